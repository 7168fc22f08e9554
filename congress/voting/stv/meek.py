"""Meek's STV: votes flow through elected candidates in proportion, until nothing is left over.

Hill, Wichmann and Woodall: "Algorithm 123: Single Transferable Vote by Meek's Method", The
Computer Journal 30 (1987), with the nine decimals and the roundings of New Zealand's Local
Electoral Regulations 2001, Schedule 1A. All values are integers of 10^-9 of a vote.
"""

from collections.abc import Sequence
from fractions import Fraction

from congress.voting.stv.model import Count, RankedBallots, Stage, Step, TieOver
from congress.voting.stv.ties import Decisions, parted, result

ONE = 1_000_000_000
"""A whole vote in the unit of the count."""
_SETTLED = ONE // 10_000
"""Surpluses that together stay under this count as nothing."""


def count(ballots: RankedBallots, decided: Sequence[int] = ()) -> Count:
    """Count ranked ballots by Meek's method.

    Args:
        ballots: The ballots; those without a preference for anybody standing are not valid.
        decided: Who was chosen for exclusion at each tie that earlier stages do not part.

    Returns:
        The count; up to the first tie if ``decided`` does not reach.
    """
    return result(_Counting(ballots, Decisions(decided)))


class _Counting:
    def __init__(self, ballots: RankedBallots, decisions: Decisions) -> None:
        standing = set(ballots.standing)
        self._ballots = [
            (papers, wanted)
            for papers, preferences in ballots.ballots
            if (wanted := tuple(each for each in preferences if each in standing))
        ]
        self._seats = ballots.seats
        self._decisions = decisions
        self._hopeful = list(ballots.standing)
        self._keep = [ONE if each in standing else 0 for each in range(len(ballots.candidates))]
        self._votes = [0] * len(ballots.candidates)
        self._total = ONE * sum(papers for papers, _ in self._ballots)
        self._quota = 0
        self._history: list[list[int]] = []
        self.elected: list[int] = []
        self.stages: list[Stage] = []

    def run(self) -> None:
        step, whose = Step.FIRST, None
        while True:
            self._distribute()
            new = self._reaching()
            self._note(step, whose, new)
            if len(self.elected) >= self._seats or not self._hopeful:
                return
            if len(self.elected) + len(self._hopeful) <= self._seats:
                self._fill()
                return
            if (new or self._surplus() >= _SETTLED) and self._lower():
                step, whose = Step.SURPLUS, None
            else:
                step, whose = Step.EXCLUSION, self._exclude()

    def _distribute(self) -> None:
        """Let every ballot flow through its preferences: each candidate keeps a part."""
        self._votes = [0] * len(self._votes)
        for papers, preferences in self._ballots:
            left = ONE
            for candidate in preferences:
                kept = -(-left * self._keep[candidate] // ONE)
                self._votes[candidate] += papers * kept
                left -= kept
                if left <= 0:
                    break
        self._quota = sum(self._votes) // (self._seats + 1) + 1

    def _reaching(self) -> tuple[int, ...]:
        found = [each for each in self._hopeful if self._votes[each] >= self._quota]
        found.sort(key=lambda each: -self._votes[each])
        chosen = tuple(found[: self._seats - len(self.elected)])
        for each in chosen:
            self._hopeful.remove(each)
            self.elected.append(each)
        return chosen

    def _lower(self) -> bool:
        """Lower what the elected keep towards a quota each; return whether anything changed."""
        changed = False
        for each in self.elected:
            keep = min(ONE, -(-self._keep[each] * self._quota // self._votes[each]))
            changed |= keep != self._keep[each]
            self._keep[each] = keep
        return changed

    def _surplus(self) -> int:
        return sum(max(0, self._votes[each] - self._quota) for each in self.elected)

    def _exclude(self) -> int:
        fewest = min(self._votes[each] for each in self._hopeful)
        tied = [each for each in self._hopeful if self._votes[each] == fewest]
        candidate = parted(tied, TieOver.EXCLUSION, self._history[:-1], self._decisions)
        self._hopeful.remove(candidate)
        self._keep[candidate] = 0
        return candidate

    def _fill(self) -> None:
        ranked = sorted(self._hopeful, key=lambda each: -self._votes[each])
        self._hopeful = []
        self.elected += ranked
        self._note(Step.LAST, None, tuple(ranked))

    def _note(self, step: Step, candidate: int | None, elected: tuple[int, ...]) -> None:
        self._history.append(list(self._votes))
        same = step is Step.SURPLUS and self.stages and self.stages[-1].step is Step.SURPLUS
        stage = Stage(
            step,
            candidate,
            tuple(Fraction(each, ONE) for each in self._votes),
            Fraction(self._total - sum(self._votes), ONE),
            Fraction(self._quota, ONE),
            elected,
        )
        if same and not elected and not self.stages[-1].elected:
            # Rounds that only bring the surpluses down are one stage to a reader.
            self.stages[-1] = stage
        else:
            self.stages.append(stage)
