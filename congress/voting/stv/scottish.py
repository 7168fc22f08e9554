"""Scottish STV: the weighted inclusive Gregory method with five decimals, truncated.

The Scottish Local Government Elections Order 2007 (SSI 2007/42), Schedule 1, rules 46 to 52.
All values are integers of 1/100 000 of a vote, so that truncation is exact.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from congress.voting.stv.model import Count, RankedBallots, Stage, Step, TieOver
from congress.voting.stv.ties import Decisions, parted, result

ONE = 100_000
"""A whole vote in the unit of the count."""

_Parcel = tuple[int, tuple[int, ...], int]
"""How many papers, the preferences still to come on them, and the value of each."""


def count(ballots: RankedBallots, decided: Sequence[int] = ()) -> Count:
    """Count ranked ballots by the Scottish rules.

    Args:
        ballots: The ballots; those without a preference for anybody standing are not valid.
        decided: Who was chosen by lot at each tie that earlier stages do not part, in order.

    Returns:
        The count; up to the first tie if ``decided`` does not reach.
    """
    return result(_Counting(ballots, Decisions(decided)))


class _Counting:
    def __init__(self, ballots: RankedBallots, decisions: Decisions) -> None:
        self._ballots = ballots
        self._decisions = decisions
        self._continuing = list(ballots.standing)
        self._papers: list[list[_Parcel]] = [[] for _ in ballots.candidates]
        self._votes = [0] * len(ballots.candidates)
        self._history: list[list[int]] = []
        self._surpluses: list[int] = []
        self._total = self._quota = 0
        self.elected: list[int] = []
        self.stages: list[Stage] = []

    def run(self) -> None:
        self._first()
        while self._vacancies and not self._last():
            if waiting := self._next_surplus():
                self._transfer(waiting[0])
            else:
                self._exclude()

    @property
    def _vacancies(self) -> int:
        return self._ballots.seats - len(self.elected)

    def _first(self) -> None:
        valid = 0
        for papers, preferences in self._ballots.ballots:
            wanted = tuple(each for each in preferences if each in self._continuing)
            if wanted:
                valid += papers
                self._give(papers, wanted, ONE)
        self._total = valid * ONE
        self._quota = (valid // (self._ballots.seats + 1) + 1) * ONE
        self._close(Step.FIRST, None)

    def _give(self, papers: int, preferences: tuple[int, ...], value: int) -> None:
        """Put papers to the next continuing candidate, if there is one."""
        for at, candidate in enumerate(preferences):
            if candidate in self._continuing:
                self._papers[candidate].append((papers, preferences[at + 1 :], value))
                self._votes[candidate] += papers * value
                return

    def _close(self, step: Step, candidate: int | None) -> None:
        """Note the votes at the end of a stage, and elect who reaches the quota (rule 47)."""
        self._history.append(list(self._votes))
        reaching = [each for each in self._continuing if self._votes[each] >= self._quota]
        reaching.sort(key=lambda each: -self._votes[each])
        self._note(step, candidate, self._elect(reaching[: self._vacancies]))

    def _elect(self, candidates: Iterable[int]) -> tuple[int, ...]:
        found = tuple(candidates)
        for each in found:
            self._continuing.remove(each)
            self.elected.append(each)
            if self._votes[each] > self._quota:
                self._surpluses.append(each)
        return found

    def _note(self, step: Step, candidate: int | None, elected: tuple[int, ...]) -> None:
        self.stages.append(
            Stage(
                step,
                candidate,
                tuple(Fraction(each, ONE) for each in self._votes),
                Fraction(self._total - sum(self._votes), ONE),
                Fraction(self._quota, ONE),
                elected,
            )
        )

    def _next_surplus(self) -> list[int]:
        """Return the candidate with the largest surplus, or nobody (rule 49)."""
        if not self._surpluses:
            return []
        largest = max(self._votes[each] for each in self._surpluses)
        tied = [each for each in self._surpluses if self._votes[each] == largest]
        return [parted(tied, TieOver.SURPLUS, self._history[:-1], self._decisions)]

    def _transfer(self, candidate: int) -> None:
        """Move the surplus on: all papers, each at a part of its value (rule 48)."""
        self._surpluses.remove(candidate)
        total, surplus = self._votes[candidate], self._votes[candidate] - self._quota
        self._votes[candidate] = self._quota
        parcels, self._papers[candidate] = self._papers[candidate], []
        for papers, preferences, value in parcels:
            self._give(papers, preferences, surplus * value // total)
        self._close(Step.SURPLUS, candidate)

    def _exclude(self) -> None:
        """Exclude the candidate with the fewest votes; papers keep their value (rule 50)."""
        fewest = min(self._votes[each] for each in self._continuing)
        tied = [each for each in self._continuing if self._votes[each] == fewest]
        candidate = parted(tied, TieOver.EXCLUSION, self._history[:-1], self._decisions)
        self._continuing.remove(candidate)
        self._votes[candidate] = 0
        parcels, self._papers[candidate] = self._papers[candidate], []
        for papers, preferences, value in parcels:
            self._give(papers, preferences, value)
        self._close(Step.EXCLUSION, candidate)

    def _last(self) -> bool:
        """Fill the last vacancies if nothing can change them any more (rule 52)."""
        votes = self._votes
        ranked = sorted(self._continuing, key=lambda each: -votes[each])
        if len(ranked) <= self._vacancies:
            self._note(Step.LAST, None, self._elect(ranked))
            return True
        if self._vacancies == 1:
            others = sum(votes[each] for each in ranked[1:])
            waiting = sum(votes[each] - self._quota for each in self._surpluses)
            if votes[ranked[0]] > others + waiting:
                self._note(Step.LAST, None, self._elect(ranked[:1]))
                return True
        return False
