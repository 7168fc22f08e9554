"""Voters who do not exist: some candidates are liked better than others, some papers spoiled.

Their marks come from a seeded generator, so that the same seed gives the same totals. Nothing
secret is made of it.
"""

from collections.abc import Mapping, Sequence
from random import Random

from congress.voting.ballots import judge
from congress.voting.methods.forms import FORMS
from congress.voting.model import Contest, Judgement, Marks, Method
from congress.voting.rules.model import Rule

_SPOILED, _EMPTY = 0.02, 0.02
"""Shares of the voters who mark too much, and nothing."""
_SWAYED = {"yes": 6.0, "no": 3.0, "abstain": 1.0}
_FEWER = 0.25
"""Share of the voters who choose fewer names than they may."""


class Voters:
    """The opinions of a congress on one contest."""

    def __init__(self, contest: Contest, rule: Rule, random: Random) -> None:
        """Draw how well each cell is liked.

        Args:
            contest: What is voted on.
            rule: What a ballot counts as.
            random: Seeded.
        """
        self._contest, self._rule, self._random = contest, rule, random
        self._cells = FORMS[contest.method].cells(contest)
        self._liked = self._opinions()

    def _opinions(self) -> Mapping[str, float]:
        if self._contest.method is Method.YES_NO_ABSTAIN:
            return _SWAYED
        return {cell: 0.2 + self._random.random() for cell in self._cells}

    def judgement(self) -> Judgement:
        """Return what the next voter's ballot counts as; the rule lets it be cast."""
        judged = judge(self._contest, self._rule, self._marks())
        while not judged.castable:
            judged = judge(self._contest, self._rule, self._marks())
        return judged

    def _marks(self) -> Marks:
        chance = self._random.random()
        if chance < _EMPTY:
            return frozenset()
        if chance < _EMPTY + _SPOILED:
            return frozenset(self._cells)
        if self._contest.method is Method.AGREE_DISAGREE:
            return frozenset(self._agreed(candidate.id) for candidate in self._contest.candidates)
        return frozenset(self._preferred()[: self._number()])

    def _agreed(self, candidate_id: str) -> str:
        agree = FORMS[self._contest.method].support(candidate_id)
        return agree if self._random.random() < self._liked[agree] else f"{candidate_id}:disagree"

    def _number(self) -> int:
        """Return how many cells the voter marks."""
        most = {
            Method.YES_NO_ABSTAIN: 1,
            Method.K_OF_N: self._contest.choices,
            Method.APPROVAL: len(self._cells),
        }.get(self._contest.method, min(self._contest.seats, len(self._cells)))
        return most if self._random.random() > _FEWER else self._random.randint(1, most)

    def _preferred(self) -> Sequence[str]:
        """Return all cells, drawn one after the other by how well they are liked.

        Sorting by ``u^(1/w)`` draws without replacement (Efraimidis, Spirakis, 2006).
        """
        keys = {cell: self._random.random() ** (1 / self._liked[cell]) for cell in self._cells}
        return sorted(self._cells, key=keys.__getitem__, reverse=True)
