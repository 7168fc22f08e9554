"""The two ways of counting ranked ballots (SPECIFICATION, section 13), on whole numbers.

Scottish STV is that of SSI 2007/42, schedule 1, rules 46 to 52; Meek's that of Hill,
Wichmann, Woodall, *Algorithm 123* (The Computer Journal 30, 1987) with the decimals of New
Zealand's regulations of 2001. Candidates are numbers in the order of the ballot paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congress.verifier.faults import Fault

SURPLUS, EXCLUSION = "surplus", "exclusion"
_HUNDRED_THOUSAND = 10**5
_ONE = 10**9
_SMALL = _ONE // 10**4

Piles = Mapping[tuple[int, ...], int]


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a tie: ``over`` what, and which candidate."""

    over: str
    chosen: int


@dataclass(frozen=True, slots=True)
class Ended:
    """How a count ended.

    Attributes:
        elected: In the order of election.
        quota: Of the last stage, in votes.
        tied: Candidates of the tie at which it stands still; empty if it came to its end.
    """

    elected: tuple[int, ...]
    quota: Fraction
    tied: tuple[int, ...]


class _StandsStill(Exception):
    def __init__(self, tied: Sequence[int]) -> None:
        super().__init__()
        self.tied = tuple(tied)


@dataclass
class _Table:
    """What both methods keep."""

    seats: int
    decisions: list[Decision]
    votes: list[int]
    stages: list[tuple[int, ...]] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    excluded: set[int] = field(default_factory=set)

    @property
    def left(self) -> int:
        return self.seats - len(self.elected)

    def continuing(self) -> list[int]:
        return [
            each
            for each in range(len(self.votes))
            if each not in self.elected and each not in self.excluded
        ]

    def by_votes(self, candidates: Sequence[int]) -> list[int]:
        return sorted(candidates, key=lambda each: (-self.votes[each], each))

    def elect(self, candidates: Sequence[int]) -> list[int]:
        """Elect as many as seats are left, in order of votes."""
        chosen = self.by_votes(candidates)[: self.left]
        self.elected += chosen
        return chosen

    def part(self, candidates: Sequence[int], over: str) -> int:
        """Return who comes first among candidates with the most, or the fewest, votes."""
        best = max if over == SURPLUS else min
        tied = list(candidates)
        for votes in [tuple(self.votes), *reversed(self.stages[:-1])]:
            extreme = best(votes[each] for each in tied)
            tied = [each for each in tied if votes[each] == extreme]
        if len(tied) == 1:
            return tied[0]
        if not self.decisions:
            raise _StandsStill(tied)
        decision = self.decisions.pop(0)
        if decision.over != over or decision.chosen not in tied:
            raise Fault("wrong_decision")
        return decision.chosen


def count(
    method: str, candidates: int, seats: int, piles: Piles, decisions: Sequence[Decision]
) -> Ended:
    """Return how ranked ballots come out.

    Args:
        method: ``scottish_stv`` or ``meek_stv``.
        candidates: How many there are.
        seats: How many are to be elected.
        piles: How many ballots have each ranking; at least one.
        decisions: About ties, in the order in which they were made.

    Raises:
        Fault: ``wrong_decision`` if a decision does not fit its tie, or finds none.
    """
    run = _Scottish if method == "scottish_stv" else _Meek
    table = run(seats, list(decisions), [0] * candidates)
    tied: tuple[int, ...] = ()
    try:
        table.run(piles)
    except _StandsStill as still:
        tied = still.tied
    if table.decisions:
        raise Fault("wrong_decision")
    return Ended(tuple(table.elected), table.quota, tied)


class _Scottish(_Table):
    quota = Fraction(0)

    def run(self, piles: Piles) -> None:
        quota = sum(piles.values()) // (self.seats + 1) + 1
        self.quota, self._quota = Fraction(quota), quota * _HUNDRED_THOUSAND
        self._papers: list[list[tuple[tuple[int, ...], int, int]]] = [[] for _ in self.votes]
        self._surpluses: set[int] = set()
        for order, ballots in piles.items():
            self._hand_over(order, ballots, _HUNDRED_THOUSAND)
        self._end_stage()
        while self.left:
            continuing = self.continuing()
            if len(continuing) <= self.left:
                self.elect(continuing)
                return
            if self.left == 1 and self._is_ahead(self.by_votes(continuing)):
                self.elect(continuing)
                return
            if self._surpluses:
                self._transfer(self.part(sorted(self._surpluses), SURPLUS))
            else:
                self._exclude(self.part(continuing, EXCLUSION))
            self._end_stage()

    def _is_ahead(self, standing: Sequence[int]) -> bool:
        first, *others = standing
        waiting = sum(self.votes[each] - self._quota for each in self._surpluses)
        return self.votes[first] > sum(self.votes[each] for each in others) + waiting

    def _hand_over(self, order: tuple[int, ...], ballots: int, value: int) -> None:
        continuing = set(self.continuing())
        for place, each in enumerate(order):
            if each in continuing:
                self._papers[each].append((order[place:], ballots, value))
                self.votes[each] += ballots * value
                return

    def _transfer(self, candidate: int) -> None:
        votes = self.votes[candidate]
        surplus = votes - self._quota
        self._surpluses.discard(candidate)
        self.votes[candidate] = self._quota
        papers, self._papers[candidate] = self._papers[candidate], []
        for order, ballots, value in papers:
            self._hand_over(order, ballots, surplus * value // votes)

    def _exclude(self, candidate: int) -> None:
        self.excluded.add(candidate)
        self.votes[candidate] = 0
        papers, self._papers[candidate] = self._papers[candidate], []
        for order, ballots, value in papers:
            self._hand_over(order, ballots, value)

    def _end_stage(self) -> None:
        self.stages.append(tuple(self.votes))
        reached = [each for each in self.continuing() if self.votes[each] >= self._quota]
        for each in self.elect(reached):
            if self.votes[each] > self._quota:
                self._surpluses.add(each)


class _Meek(_Table):
    quota = Fraction(0)

    def run(self, piles: Piles) -> None:
        keep = [_ONE] * len(self.votes)
        while True:
            quota = self._round(piles, keep)
            elected = self.elect([each for each in self.continuing() if self.votes[each] >= quota])
            hopeful = self.continuing()
            if not self.left or not hopeful:
                return
            if len(hopeful) <= self.left:
                self.elect(hopeful)
                return
            surplus = sum(self.votes[each] - quota for each in self.elected)
            before = list(keep)
            if elected or surplus >= _SMALL:
                for each in self.elected:
                    kept = -(-keep[each] * quota // self.votes[each])
                    keep[each] = min(_ONE, kept)
            if keep == before:
                loser = self.part(hopeful, EXCLUSION)
                self.excluded.add(loser)
                keep[loser] = 0

    def _round(self, piles: Piles, keep: Sequence[int]) -> int:
        self.votes = [0] * len(keep)
        for order, ballots in piles.items():
            left = _ONE
            for each in order:
                kept = -(-left * keep[each] // _ONE)
                self.votes[each] += kept * ballots
                left -= kept
                if not left:
                    break
        self.stages.append(tuple(self.votes))
        quota = sum(self.votes) // (self.seats + 1) + 1
        self.quota = Fraction(quota, _ONE)
        return quota
