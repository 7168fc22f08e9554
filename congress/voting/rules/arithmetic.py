"""The arithmetic that every verdict begins with: ballots, bases and thresholds, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from congress.kernel.roll import Roll
from congress.voting.electors import common_unit
from congress.voting.model import Contest, Line, Method, Number, Term
from congress.voting.outcome import Count, SectionCount
from congress.voting.rules import sections
from congress.voting.rules.model import Base, Rule, Subject, Threshold, base_of


@dataclass(frozen=True, slots=True)
class Measure:
    """What the votes of one contest are measured against.

    Attributes:
        votes: Votes of every cell: ballots, weights, or shares of the whole.
        base: Number of the threshold of support named first; 1 for shares.
        needed: Votes that reach every threshold of support.
        enough: Whether every threshold of turnout is reached.
        lines: How it was reckoned.
        shared: Whether the votes are shares of sections added up.
        beyond: Whether more than ``needed`` is needed; a share has no next one.
    """

    votes: Mapping[str, Number]
    base: Number
    needed: Number
    enough: bool
    lines: tuple[Line, ...]
    shared: bool = False
    beyond: bool = False

    def reaches(self, votes: Number) -> bool:
        """Return whether ``votes`` are enough for the motion or for a seat."""
        return votes > self.needed if self.beyond else votes > 0 and votes >= self.needed


def measure(
    contest: Contest,
    rule: Rule,
    count: Count,
    roll: Roll,
    entitled: int,
    weights: Sequence[Fraction] = (),
) -> Measure:
    """Reckon bases and thresholds of ``rule`` for this count.

    Args:
        contest: What was voted on.
        rule: By which rule.
        count: The totals.
        roll: The roll call frozen at opening.
        entitled: How many were given a ballot.
        weights: Weight of every elector of an open poll.
    """
    lines = _count_lines(contest, count)
    if rule.sections and count.weighted:
        threshold = rule.support
        votes, more = sections.supports(contest, rule, count.weighted)
        return Measure(
            votes,
            1,
            threshold.share,
            enough=True,
            lines=(*lines, *more, sections.needed_line(threshold)),
            shared=True,
            beyond=threshold.strict,
        )
    totals: Count | SectionCount = count
    given: Number = entitled
    unit = Fraction(1)
    if rule.weights and count.weighted:
        totals, given, unit = count.weighted[0], sum(weights, Fraction()), common_unit(weights)
        lines += _weight_lines(contest, totals, len(weights), given)
    enough, needed = True, Fraction()
    for threshold in rule.thresholds:
        base = base_of(threshold.base, totals, roll, given)
        lines += _base_lines(threshold.base, roll, base)
        least = threshold.needed(base, unit)
        lines.append(_threshold_line(threshold, base, least))
        if threshold.subject is Subject.SUPPORT:
            needed = max(needed, Fraction(least))
        else:
            reached = threshold.reached(totals.cast, base)
            enough = enough and reached
            key = "verdict.turnout.reached" if reached else "verdict.turnout.missed"
            lines.append(Line(key, {"cast": totals.cast, "needed": least}))
    if not rule.has_support:
        if not contest.method.ranked:
            lines.append(Line("verdict.most"))
        return Measure(totals.cells, totals.valid, whole(unit), enough, tuple(lines))
    base = base_of(rule.support.base, totals, roll, given)
    return Measure(totals.cells, base, whole(needed), enough, tuple(lines))


def whole(value: Fraction) -> Number:
    """Return a whole number as an integer, and any other as it is."""
    return value.numerator if value.denominator == 1 else value


def _count_lines(contest: Contest, count: Count) -> list[Line]:
    kinds = {"valid": count.valid, "blank": count.blank, "invalid": count.invalid}
    lines = [Line("verdict.ballots", {"count": count.cast, **kinds})]
    if contest.method is Method.YES_NO_ABSTAIN:
        lines.append(Line("verdict.motion.votes", dict(count.cells)))
    return lines


def _weight_lines(
    contest: Contest, totals: SectionCount, electors: int, entitled: Number
) -> list[Line]:
    lines = [
        Line("verdict.weights", {"count": electors, "weight": entitled, "cast": totals.cast}),
    ]
    if contest.method is Method.YES_NO_ABSTAIN:
        lines.append(Line("verdict.motion.weights", dict(totals.cells)))
    return lines


def _base_lines(base: Base, roll: Roll, number: Number) -> list[Line]:
    items = roll.items if base is Base.ADJUSTED else ()
    return [
        *(Line(f"verdict.item.{item.kind.value}", {"count": abs(item.count)}) for item in items),
        Line("verdict.base", {"base": Term(f"verdict.base.{base.value}"), "count": number}),
    ]


def _threshold_line(threshold: Threshold, base: Number, needed: Number) -> Line:
    return Line(
        "verdict.needed.more" if threshold.strict else "verdict.needed.least",
        {"share": str(threshold.share), "base": base, "needed": needed},
    )
