"""What a rule says, in sentences: for whoever chooses one, and whoever votes by it."""

from collections.abc import Iterator

from congress.voting.model import Kind, Line, Secrecy, Term, Words
from congress.voting.rules.model import Rule, Subject, Surplus, Threshold


def facts(rule: Rule) -> tuple[Line, ...]:
    """Return what ``rule`` decides by, what a ballot must be like, and what may be listed."""
    return tuple(_facts(rule))


def _facts(rule: Rule) -> Iterator[Line]:
    yield from map(_threshold, rule.thresholds)
    if rule.ranked:
        yield Line("rule.fact.quota")
    elif not rule.has_support:
        yield Line("verdict.most")
    for section in rule.sections:
        yield Line(
            "rule.fact.section",
            {"section": Words(section.names), "share": str(section.share)},
        )
    if rule.weights:
        yield Line("rule.fact.weights")
        if Secrecy.SECRET in rule.secrecies:
            yield Line("rule.fact.weights.secret")
    if rule.proxies:
        yield Line("rule.fact.proxies", {"count": rule.proxies})
    yield Line(f"rule.fact.unmarked.{rule.unmarked.value}")
    yield Line(f"rule.fact.overmarked.{rule.overmarked.value}")
    if rule.kind is Kind.ELECTION:
        yield from _surplus(rule.surplus)
        yield Line("rule.fact.tie.ranked" if rule.ranked else f"rule.fact.tie.{rule.tie.value}")


def _threshold(threshold: Threshold) -> Line:
    subject = "turnout" if threshold.subject is Subject.TURNOUT else "support"
    key = f"rule.fact.{subject}.{'more' if threshold.strict else 'least'}"
    base = Term(f"verdict.base.{threshold.base.value}")
    return Line(key, {"share": str(threshold.share), "base": base})


def _surplus(surplus: Surplus) -> Iterator[Line]:
    if surplus.required:
        yield Line("rule.fact.surplus.required")
    if surplus.share is not None:
        yield Line("rule.fact.surplus.share", {"share": str(surplus.share)})
    for first, last, allowed in surplus.small:
        yield Line("rule.fact.surplus.small", {"from": first, "to": last, "count": allowed})
