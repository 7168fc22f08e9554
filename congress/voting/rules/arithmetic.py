"""The arithmetic that every verdict begins with: ballots, bases and thresholds, line by line."""

from dataclasses import dataclass

from congress.kernel.roll import Roll
from congress.voting.model import Contest, Line, Method, Term
from congress.voting.outcome import Count
from congress.voting.rules.model import Base, Rule, Subject, Threshold, base_of


@dataclass(frozen=True, slots=True)
class Measure:
    """What the votes of one contest are measured against.

    Attributes:
        base: Number of the threshold of support named first.
        needed: Votes that reach every threshold of support.
        enough: Whether every threshold of turnout is reached.
        lines: How it was reckoned.
    """

    base: int
    needed: int
    enough: bool
    lines: tuple[Line, ...]


def measure(contest: Contest, rule: Rule, count: Count, roll: Roll, entitled: int) -> Measure:
    """Reckon bases and thresholds of ``rule`` for this count."""
    lines = _count_lines(contest, count)
    enough, needed = True, 0
    for threshold in rule.thresholds:
        base = base_of(threshold.base, count, roll, entitled)
        lines += _base_lines(threshold.base, roll, base)
        lines.append(_threshold_line(threshold, base))
        if threshold.subject is Subject.SUPPORT:
            needed = max(needed, threshold.needed(base))
        else:
            reached = threshold.reached(count.cast, base)
            enough = enough and reached
            key = "verdict.turnout.reached" if reached else "verdict.turnout.missed"
            lines.append(Line(key, {"cast": count.cast, "needed": threshold.needed(base)}))
    base = base_of(rule.support.base, count, roll, entitled)
    return Measure(base, needed, enough, tuple(lines))


def _count_lines(contest: Contest, count: Count) -> list[Line]:
    kinds = {"valid": count.valid, "blank": count.blank, "invalid": count.invalid}
    lines = [Line("verdict.ballots", {"count": count.cast, **kinds})]
    if contest.method is Method.YES_NO_ABSTAIN:
        lines.append(Line("verdict.motion.votes", dict(count.cells)))
    return lines


def _base_lines(base: Base, roll: Roll, number: int) -> list[Line]:
    items = roll.items if base is Base.ADJUSTED else ()
    return [
        *(Line(f"verdict.item.{item.kind.value}", {"count": abs(item.count)}) for item in items),
        Line("verdict.base", {"base": Term(f"verdict.base.{base.value}"), "count": number}),
    ]


def _threshold_line(threshold: Threshold, base: int) -> Line:
    return Line(
        "verdict.needed.more" if threshold.strict else "verdict.needed.least",
        {"share": str(threshold.share), "base": base, "needed": threshold.needed(base)},
    )
