"""From a count to a verdict, and the arithmetic in words (SPECIFICATION, section 13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from congress.verifier import canonical, manifest, ranked
from congress.verifier.counts import Count, Sums
from congress.verifier.faults import Fault
from congress.verifier.fields import written
from congress.verifier.manifest import Contest
from congress.verifier.rules import Rule, Threshold

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Electorate:
    """What the votes are measured against beside the ballots.

    Attributes:
        present: Persons of the roll call.
        summoned: Delegates summoned.
        adjusted: Those less the ones absent throughout.
        entitled: How many were given a ballot; the sum of weights where weights count.
        unit: The smallest step between two numbers of votes.
    """

    present: int
    summoned: int
    adjusted: int
    entitled: Fraction
    unit: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Decision:
    """One ``tie_decision``: those elected by it, or what a ranked count goes on with."""

    elected: tuple[str, ...] = ()
    over: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a count means.

    Attributes:
        contest: The contest.
        outcome: ``carried``, ``lost``, ``filled``, ``vacant``, ``tied`` or ``void``.
        base: What the votes are measured against.
        needed: Votes needed.
        elected: Identifiers, in order.
        vacant: Seats left.
        tied: Who is level while the tie is left.
        votes: Of each candidate, or of ``yes``.
    """

    contest: Contest
    outcome: str
    base: Fraction
    needed: Fraction
    elected: tuple[str, ...] = ()
    vacant: int = 0
    tied: tuple[str, ...] = ()
    votes: Mapping[str, Fraction] | None = None

    def to_json(self) -> canonical.Json:
        """Return the verdict as a certificate must have it."""
        return {
            "contest": self.contest.id,
            "outcome": self.outcome,
            "base": written(self.base),
            "needed": written(self.needed),
            "elected": list(self.elected),
            "vacant": self.vacant,
            "tied": list(self.tied),
        }


def decide(
    contest: Contest,
    rule: Rule,
    count: Count,
    electorate: Electorate,
    decisions: Sequence[Decision],
) -> Verdict:
    """Return what a count means by a rule.

    Args:
        contest: What was voted on.
        rule: By which rule.
        count: The totals.
        electorate: What else is measured against.
        decisions: The tie decisions about this contest, in the order of the ledger.

    Raises:
        Fault: ``wrong_decision`` if a decision does not fit, or finds no tie.
    """
    sums = count.weighted.get("", count.heads)
    enough = all(
        sums.cast >= item.needed(_base(item.base, sums, electorate), electorate.unit)
        for item in rule.turnouts
    )
    if contest.method in manifest.RANKED:
        return _ranked(contest, count, enough, decisions)
    base, needed = _needed(rule, sums, electorate)
    cells = _supports(rule, count, sums)
    if rule.sections:
        base, needed = Fraction(1), rule.supports[0].share

    def reaches(votes: Fraction) -> bool:
        if not rule.sections:
            return votes >= needed
        return votes > needed if rule.supports[0].strict else votes >= needed and votes > 0

    if rule.kind == manifest.MOTION:
        if decisions:
            raise Fault("wrong_decision")
        yes = cells["yes"]
        outcome = ("carried" if reaches(yes) else "lost") if enough else "void"
        return Verdict(contest, outcome, base, needed, votes={"yes": yes})
    votes = {item.id: cells[contest.supporting(item.id)] for item in contest.candidates}
    standing = sorted(votes, key=lambda name: -votes[name])
    reached = [name for name in standing if enough and reaches(votes[name])]
    verdict = Verdict(contest, "", base, needed, votes=votes)
    return _election(verdict, rule, reached, enough, decisions)


def _base(name: str, sums: Sums, electorate: Electorate) -> Fraction:
    match name:
        case "cast":
            return sums.cast
        case "nonblank":
            return sums.cast - sums.blank
        case "valid":
            return sums.valid
        case "yes_no":
            return sums.cells["yes"] + sums.cells["no"]
        case "present":
            return Fraction(electorate.present)
        case "summoned":
            return Fraction(electorate.summoned)
        case "adjusted":
            return Fraction(electorate.adjusted)
        case _:
            return electorate.entitled


def _needed(rule: Rule, sums: Sums, electorate: Electorate) -> tuple[Fraction, Fraction]:
    def of(item: Threshold) -> Fraction:
        return _base(item.base, sums, electorate)

    if not rule.supports:
        return sums.valid, electorate.unit
    needed = max(item.needed(of(item), electorate.unit) for item in rule.supports)
    return of(rule.supports[0]), needed


def _supports(rule: Rule, count: Count, sums: Sums) -> Mapping[str, Fraction]:
    """Return the votes of every cell, or its share of the sections together."""
    if not rule.sections:
        return sums.cells
    nobody = Electorate(0, 0, 0, ZERO)
    found = dict.fromkeys(sums.cells, ZERO)
    for name, share in rule.sections.items():
        section = count.weighted[name]
        base = _base(rule.supports[0].base, section, nobody)
        if base:
            for cell, votes in section.cells.items():
                found[cell] += share * votes / base
    return found


def _election(
    verdict: Verdict,
    rule: Rule,
    reached: Sequence[str],
    enough: bool,
    decisions: Sequence[Decision],
) -> Verdict:
    contest, votes = verdict.contest, verdict.votes or {}
    elected, level = list(reached), []
    if len(reached) > contest.seats:
        last = votes[reached[contest.seats - 1]]
        elected = [name for name in reached if votes[name] > last]
        level = [name for name in reached if votes[name] == last]
        if len(elected) + len(level) == contest.seats:
            elected, level = elected + level, []
    seats = contest.seats - len(elected)
    chosen = _chosen(contest, rule, level, seats, decisions)
    if chosen:
        elected, level, seats = elected + chosen, [], 0
    outcome = "filled"
    if not enough:
        outcome = "void"
    elif level:
        outcome = "tied"
    elif seats:
        outcome = "vacant"
    return replace(
        verdict,
        outcome=outcome,
        elected=tuple(elected),
        vacant=0 if level else seats,
        tied=tuple(level),
    )


def _chosen(
    contest: Contest,
    rule: Rule,
    level: Sequence[str],
    seats: int,
    decisions: Sequence[Decision],
) -> list[str]:
    """Return who of those level is elected, by age or by decision; nobody while it is open."""
    eldest = _eldest(contest, level, seats) if rule.tie == "elder" and level else []
    if not decisions:
        return eldest
    (decision, *more) = decisions
    fits = len(decision.elected) == len(set(decision.elected)) == seats and set(
        decision.elected
    ) <= set(level)
    if more or eldest or not level or not fits or rule.tie == "revote":
        raise Fault("wrong_decision")
    return list(decision.elected)


def _eldest(contest: Contest, level: Sequence[str], seats: int) -> list[str]:
    born = {item.id: item.born for item in contest.candidates}
    days: list[tuple[date, str]] = []
    for name in level:
        day = born[name]
        if day is None:
            return []
        days.append((day, name))
    days.sort()
    if days[seats - 1][0] == days[seats][0]:
        return []
    return [name for _, name in days[:seats]]


def _ranked(contest: Contest, count: Count, enough: bool, decisions: Sequence[Decision]) -> Verdict:
    base = count.heads.valid
    if not enough or not count.piles:
        if decisions:
            raise Fault("wrong_decision")
        outcome = "vacant" if enough else "void"
        return Verdict(contest, outcome, base, ZERO, vacant=contest.seats)
    numbers = {item.id: number for number, item in enumerate(contest.candidates)}
    names = {number: name for name, number in numbers.items()}
    if not all(item.chosen in numbers for item in decisions):
        raise Fault("wrong_decision")
    ended = ranked.count(
        contest.method,
        len(names),
        contest.seats,
        {tuple(numbers[name] for name in order): n for order, n in count.piles.items()},
        [ranked.Decision(item.over, numbers[item.chosen]) for item in decisions],
    )
    vacant = 0 if ended.tied else contest.seats - len(ended.elected)
    outcome = "tied" if ended.tied else "vacant" if vacant else "filled"
    elected = tuple(names[number] for number in ended.elected)
    tied = tuple(names[number] for number in ended.tied)
    return Verdict(contest, outcome, base, ended.quota, elected, vacant, tied)
