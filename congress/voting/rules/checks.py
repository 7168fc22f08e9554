"""What does not fit together in a rule, however well each part is written."""

from collections.abc import Iterator
from fractions import Fraction

from congress.voting.model import Kind, Method, Secrecy
from congress.voting.rules.model import Base, Rule, Subject, TieRule

_OF_BALLOTS = (Base.CAST, Base.NONBLANK, Base.VALID, Base.YES_NO)


def misfits(rule: Rule) -> Iterator[str]:
    """Yield the keys of a rule's table whose values do not go with the others."""
    if not rule.examples:
        yield "examples"
    yield from _methods(rule)
    yield from _thresholds(rule)
    yield from _sections(rule)
    if rule.proxies and Secrecy.OPEN not in rule.secrecies:
        yield "proxies"
    if any(example.contest.method not in rule.methods for example in rule.examples):
        yield "examples"


def _methods(rule: Rule) -> Iterator[str]:
    motion = rule.kind is Kind.MOTION
    if motion != (rule.methods == (Method.YES_NO_ABSTAIN,)):
        yield "methods"
    if not motion and Method.YES_NO_ABSTAIN in rule.methods:
        yield "methods"
    if len({method.ranked for method in rule.methods}) > 1:
        yield "methods"
    if rule.ranked and rule.tie is not TieRule.DECISION:
        yield "tie"
    if rule.ranked and rule.weights:
        yield "weights"


def _thresholds(rule: Rule) -> Iterator[str]:
    if rule.has_support and rule.ranked:
        yield "thresholds"
    if not rule.has_support and (rule.kind is Kind.MOTION or rule.sections):
        yield "thresholds"
    bases = [item.base for item in rule.thresholds]
    if rule.kind is Kind.ELECTION and Base.YES_NO in bases:
        yield "thresholds"
    if rule.weights and not {*bases} <= {*_OF_BALLOTS, Base.ENTITLED}:
        yield "thresholds"
    if rule.sections and (
        len(rule.thresholds) != 1
        or rule.thresholds[0].subject is not Subject.SUPPORT
        or bases[0] not in _OF_BALLOTS
    ):
        yield "thresholds"


def _sections(rule: Rule) -> Iterator[str]:
    if not rule.sections:
        return
    ids = {section.id for section in rule.sections}
    whole = sum((section.share for section in rule.sections), Fraction())
    if len(ids) < max(2, len(rule.sections)) or whole != 1 or rule.ranked:
        yield "sections"
    if rule.secrecies != (Secrecy.OPEN,):
        yield "secrecies"
