"""Counting twice by different means, so that a slip of one does not become a result."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from congress.kernel.errors import BugError
from congress.voting.ballots import judge
from congress.voting.methods.forms import FORMS
from congress.voting.methods.ranked import ranking_of
from congress.voting.model import Contest, Marks, Validity
from congress.voting.outcome import Count, SectionCount
from congress.voting.rules.model import Rule

_LANE = 40
_CAST = "cast"


@dataclass(frozen=True, slots=True)
class Stake:
    """What stands behind a ballot of an open poll.

    Attributes:
        weight: What it counts.
        section: Section of the rule it is counted in.
    """

    weight: Fraction = Fraction(1)
    section: str = ""


def ballot_by_ballot(contest: Contest, rule: Rule, ballots: Sequence[Marks]) -> Count:
    """Count as a teller reads aloud: one ballot after another, a stroke for each vote."""
    strokes = dict.fromkeys(FORMS[contest.method].cells(contest), 0)
    blank = invalid = 0
    rankings: dict[tuple[str, ...], int] = {}
    for marks in ballots:
        judgement = judge(contest, rule, marks)
        blank += judgement.validity is Validity.BLANK
        invalid += judgement.validity is Validity.INVALID
        for cell in judgement.counted:
            strokes[cell] += 1
        if contest.method.ranked and judgement.validity is Validity.VALID:
            ranking = ranking_of(contest, judgement.counted)
            rankings[ranking] = rankings.get(ranking, 0) + 1
    piles = tuple(sorted(rankings.items()))
    return Count(contest.id, len(ballots), blank, invalid, strokes, piles)


def pile_by_pile(contest: Contest, rule: Rule, ballots: Sequence[Marks]) -> Count:
    """Count as tellers sort: equal ballots in one pile, each pile weighed once.

    The votes are added as one integer with a lane of 40 bits for every cell.
    """
    cells = FORMS[contest.method].cells(contest)
    piles: Counter[Validity] = Counter()
    rankings: Counter[tuple[str, ...]] = Counter()
    lanes = 0
    for marks, size in Counter(ballots).items():
        judgement = judge(contest, rule, marks)
        piles[judgement.validity] += size
        if contest.method.ranked and judgement.validity is Validity.VALID:
            rankings[ranking_of(contest, marks)] += size
        lanes += size * sum(
            1 << (_LANE * lane) for lane, cell in enumerate(cells) if cell in judgement.counted
        )
    return Count(
        contest.id,
        piles.total(),
        piles[Validity.BLANK],
        piles[Validity.INVALID],
        {cell: lanes >> (_LANE * lane) & ((1 << _LANE) - 1) for lane, cell in enumerate(cells)},
        tuple(sorted(rankings.items())),
    )


def agreed(first: Count, second: Count) -> Count:
    """Return the count that two counts agree on.

    Raises:
        BugError: They differ.
    """
    if first != second:
        raise BugError("two counts of the same ballots differ")
    return first


def count(
    contest: Contest, rule: Rule, ballots: Sequence[Marks], stakes: Sequence[Stake] | None = None
) -> Count:
    """Return the totals of one contest, counted twice.

    Args:
        contest: The contest.
        rule: Its rule.
        ballots: The marks of each ballot.
        stakes: What stands behind each of them, where an open poll counts weights or
            sections.

    Raises:
        InputError: ``voting.bad_ballot`` if a mark is not on the ballot paper.
    """
    first = ballot_by_ballot(contest, rule, ballots)
    second = pile_by_pile(contest, rule, ballots)
    if stakes is not None:
        weighed = list(zip(ballots, stakes, strict=True))
        first = replace(first, weighted=_one_by_one(contest, rule, weighed))
        second = replace(second, weighted=_by_section(contest, rule, weighed))
    return agreed(first, second)


def sections_of(rule: Rule) -> tuple[str, ...]:
    """Return the sections that weights are added up in, sorted; one without a name if none."""
    return tuple(sorted(section.id for section in rule.sections)) or ("",)


def _one_by_one(
    contest: Contest, rule: Rule, weighed: Sequence[tuple[Marks, Stake]]
) -> tuple[SectionCount, ...]:
    """Add the weight of one ballot after another to what it counts for."""
    cells = FORMS[contest.method].cells(contest)
    sums = {
        section: dict.fromkeys((_CAST, Validity.BLANK, Validity.INVALID, *cells), Fraction())
        for section in sections_of(rule)
    }
    for marks, stake in weighed:
        judgement = judge(contest, rule, marks)
        sheet = sums[stake.section if rule.sections else ""]
        for entry in (_CAST, judgement.validity, *judgement.counted):
            if entry is not Validity.VALID:
                sheet[entry] += stake.weight
    return tuple(
        SectionCount(
            section,
            sheet[_CAST],
            sheet[Validity.BLANK],
            sheet[Validity.INVALID],
            {cell: sheet[cell] for cell in cells},
        )
        for section, sheet in sums.items()
    )


def _by_section(
    contest: Contest, rule: Rule, weighed: Sequence[tuple[Marks, Stake]]
) -> tuple[SectionCount, ...]:
    """Sort the ballots by section and weight, count each pile, and weigh it once."""
    counts = []
    for section in sections_of(rule):
        heaps: dict[Fraction, list[Marks]] = {}
        for marks, stake in weighed:
            if not rule.sections or stake.section == section:
                heaps.setdefault(stake.weight, []).append(marks)
        parts = [(weight, pile_by_pile(contest, rule, heap)) for weight, heap in heaps.items()]
        counts.append(
            SectionCount(
                section,
                _total((weight, part.cast) for weight, part in parts),
                _total((weight, part.blank) for weight, part in parts),
                _total((weight, part.invalid) for weight, part in parts),
                {
                    cell: _total((weight, part.cells[cell]) for weight, part in parts)
                    for cell in FORMS[contest.method].cells(contest)
                },
            )
        )
    return tuple(counts)


def _total(parts: Iterable[tuple[Fraction, int]]) -> Fraction:
    return sum((weight * number for weight, number in parts), Fraction())


def added(first: Count, second: Count) -> Count:
    """Return two counts of one contest as one: the electronic ballots and those on paper.

    Raises:
        BugError: They are of different contests, or one of them counts weights, which never
            come together with paper.
    """
    if first.contest_id != second.contest_id or first.weighted or second.weighted:
        raise BugError("two counts cannot be added")
    piles = Counter(dict(first.piles)) + Counter(dict(second.piles))
    return Count(
        first.contest_id,
        first.cast + second.cast,
        first.blank + second.blank,
        first.invalid + second.invalid,
        {cell: votes + second.cells[cell] for cell, votes in first.cells.items()},
        tuple(sorted(piles.items())),
    )
