"""What ballots count as, and their sums (SPECIFICATION, sections 11 and 13)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congress.verifier import manifest
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.manifest import Contest
from congress.verifier.rules import Rule

VALID, BLANK, INVALID, REFUSED = "valid", "blank", "invalid", "refused"


@dataclass(frozen=True, slots=True)
class Sums:
    """Ballots of one contest, or of one section of it, added up.

    Attributes:
        cast: Ballots.
        blank: Blank ones among them.
        invalid: Invalid ones among them.
        cells: Votes for every cell of the ballot paper.
    """

    cast: Fraction
    blank: Fraction
    invalid: Fraction
    cells: Mapping[str, Fraction]

    @property
    def valid(self) -> Fraction:
        """Valid ballots."""
        return self.cast - self.blank - self.invalid


@dataclass(frozen=True, slots=True)
class Count:
    """The count of one contest.

    Attributes:
        contest_id: The contest.
        heads: Ballots as such.
        piles: Valid ranked ballots by their ranking; empty for other methods.
        weighted: The same sums by weight, by section; empty where neither counts.
    """

    contest_id: str
    heads: Sums
    piles: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    weighted: Mapping[str, Sums] = field(default_factory=dict)


def judge(contest: Contest, rule: Rule, marks: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Return what a ballot counts as, and which of its cells count."""
    nothing: frozenset[str] = frozenset()
    if contest.method in manifest.RANKED:
        order = ranking(contest, marks)
        if order:
            return VALID, frozenset(f"{name}:{rank}" for rank, name in enumerate(order, start=1))
        return (rule.overmarked if marks else rule.unmarked), nothing
    if contest.method == "agree_disagree":
        counted = frozenset(cell for cell in marks if _other(cell) not in marks)
        if len(contest.candidates) > 1 or counted:
            return VALID, counted
        return (rule.overmarked if marks else rule.unmarked), nothing
    most = {
        "yes_no_abstain": 1,
        "strike_out": contest.seats,
        "plurality": contest.seats,
        "k_of_n": contest.choices,
        "approval": len(contest.candidates),
    }[contest.method]
    if not marks:
        return rule.unmarked, nothing
    return (VALID, marks) if len(marks) <= most else (rule.overmarked, nothing)


def _other(cell: str) -> str:
    name, _, box = cell.rpartition(":")
    return f"{name}:{'disagree' if box == 'agree' else 'agree'}"


def ranking(contest: Contest, marks: frozenset[str]) -> tuple[str, ...]:
    """Return the candidates of a ranked ballot, as far as it can be read."""
    ranks: dict[str, list[int]] = {}
    holders: dict[int, list[str]] = {}
    for mark in marks:
        name, _, rank = mark.rpartition(":")
        ranks.setdefault(name, []).append(int(rank))
        holders.setdefault(int(rank), []).append(name)
    order: list[str] = []
    while len(names := holders.get(len(order) + 1, [])) == 1 and len(ranks[names[0]]) == 1:
        order += names
    return tuple(order)


def count(
    contest: Contest,
    rule: Rule,
    ballots: Iterable[tuple[frozenset[str], int, Fraction, str]],
) -> Count:
    """Return the count of ballots.

    Args:
        contest: What is voted on.
        rule: By which rule.
        ballots: Marks, how many such ballots, weight of each, section of the electors.

    Raises:
        Fault: ``refused_ballot`` if the rule does not let such a ballot be cast.
    """
    tellers = {name: _Teller(contest) for name in rule.sections or ("",)}
    heads = _Teller(contest)
    piles: Counter[tuple[str, ...]] = Counter()
    for marks, number, weight, section in ballots:
        judged, counted = judge(contest, rule, marks)
        if judged == REFUSED:
            raise Fault("refused_ballot", contest=contest.id)
        heads.add(judged, counted, Fraction(number))
        tellers[section if rule.sections else ""].add(judged, counted, weight * number)
        if judged == VALID and contest.method in manifest.RANKED:
            piles[ranking(contest, marks)] += number
    weighed = rule.weighted or bool(rule.sections)
    return Count(
        contest.id,
        heads.sums(),
        dict(piles),
        {name: teller.sums() for name, teller in tellers.items()} if weighed else {},
    )


class _Teller:
    """Adds up ballots."""

    def __init__(self, contest: Contest) -> None:
        self._kinds = dict.fromkeys((VALID, BLANK, INVALID), Fraction(0))
        self._cells = dict.fromkeys(contest.cells, Fraction(0))

    def add(self, judged: str, counted: frozenset[str], worth: Fraction) -> None:
        self._kinds[judged] += worth
        for cell in counted:
            self._cells[cell] += worth

    def sums(self) -> Sums:
        return Sums(
            sum(self._kinds.values(), Fraction(0)),
            self._kinds[BLANK],
            self._kinds[INVALID],
            dict(self._cells),
        )


def of_totals(contest: Contest, cells: Sequence[str], totals: Sequence[int], cast: int) -> Count:
    """Return the count that decrypted totals mean.

    Args:
        contest: The contest.
        cells: The cells of its layout, flags included.
        totals: Their totals.
        cast: How many ballots were added up.
    """
    by_cell = dict(zip(cells, map(Fraction, totals), strict=True))
    blank, invalid = by_cell.pop(":blank", Fraction(0)), by_cell.pop(":invalid", Fraction(0))
    return Count(contest.id, Sums(Fraction(cast), blank, invalid, by_cell))


def added(first: Count, second: Count) -> Count:
    """Return the sum of an electronic and a paper count of one contest."""
    a, b = first.heads, second.heads
    cells = {cell: votes + b.cells[cell] for cell, votes in a.cells.items()}
    heads = Sums(a.cast + b.cast, a.blank + b.blank, a.invalid + b.invalid, cells)
    return Count(first.contest_id, heads, dict(Counter(first.piles) + Counter(second.piles)))


def read(fields: Fields, contest: Contest, rule: Rule, secrecy: str) -> Count:
    """Return a count as it stands in an entry of an open or a secret poll.

    Raises:
        Fault: It has not the form of this contest's, or does not add up in itself.
    """
    if fields.text("contest") != contest.id:
        raise Fault("other_contest", contest=contest.id)
    heads = _read_sums(fields, contest)
    piles = _read_piles(fields, contest)
    weighted = {}
    if secrecy == "open" and (rule.weighted or rule.sections):
        for item in fields.objects("weighted"):
            weighted[item.text("section")] = _read_sums(item, contest)
            item.end()
        if list(weighted) != sorted(rule.sections or ("",)):
            raise Fault("wrong_sections", contest=contest.id)
    fields.end()
    return Count(contest.id, heads, piles, weighted)


def _read_sums(fields: Fields, contest: Contest) -> Sums:
    cells = fields.object("cells")
    sums = Sums(
        fields.number("cast"),
        fields.number("blank"),
        fields.number("invalid"),
        {cell: cells.number(cell) for cell in contest.cells},
    )
    cells.end()
    return sums


def _read_piles(fields: Fields, contest: Contest) -> dict[tuple[str, ...], int]:
    if contest.method not in manifest.RANKED or not fields.has("piles"):
        return {}
    names = {candidate.id for candidate in contest.candidates}
    piles: dict[tuple[str, ...], int] = {}
    for item in fields.objects("piles"):
        order, ballots = item.texts("ranking"), item.whole("ballots")
        item.end()
        if not (order and ballots and set(order) <= names and len(set(order)) == len(order)):
            raise Fault("wrong_piles", contest=contest.id)
        if piles and order <= list(piles)[-1]:
            raise Fault("wrong_piles", contest=contest.id)
        piles[order] = ballots
    return piles


def require_possible(contest: Contest, rule: Rule, tally: Count) -> None:
    """Check that some ballots could have given a count that was not made here (paper).

    Raises:
        Fault: ``impossible_count``.
    """
    heads = tally.heads
    numbers = (heads.cast, heads.blank, heads.invalid, *heads.cells.values())
    valid, votes = heads.valid, sum(heads.cells.values(), Fraction(0))
    blank = rule.unmarked == BLANK
    invalid = INVALID in (rule.unmarked, rule.overmarked)
    if (
        any(number.denominator != 1 for number in numbers)
        or valid < 0
        or (heads.blank and not blank)
        or (heads.invalid and not invalid)
        or any(cell > valid for cell in heads.cells.values())
        or tally.weighted
    ):
        raise Fault("impossible_count", contest=contest.id)
    most = {"yes_no_abstain": 1, "k_of_n": contest.choices}.get(contest.method, contest.seats)
    if contest.method in manifest.RANKED:
        cells: Counter[str] = Counter()
        for order, ballots in tally.piles.items():
            cells.update({f"{name}:{rank}": ballots for rank, name in enumerate(order, start=1)})
        holds = sum(tally.piles.values()) == valid and all(
            heads.cells[cell] == cells[cell] for cell in contest.cells
        )
    elif contest.method == "agree_disagree":
        holds = all(
            heads.cells[f"{item.id}:agree"] + heads.cells[f"{item.id}:disagree"] <= valid
            for item in contest.candidates
        )
    elif contest.method == "approval":
        holds = votes >= valid
    else:
        holds = valid <= votes <= most * valid
    if not holds:
        raise Fault("impossible_count", contest=contest.id)
