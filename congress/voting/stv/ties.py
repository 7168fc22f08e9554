"""Parts candidates with equal votes: by earlier stages, then by decisions made outside."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from congress.voting.stv.model import Count, Stage, Tie, TieOver, Undecided


class Counting(Protocol):
    """A count under way."""

    elected: list[int]
    stages: list[Stage]

    def run(self) -> None:
        """Count to the end.

        Raises:
            Undecided: A tie needs a decision.
        """
        ...


def result(counting: Counting) -> Count:
    """Return what a count comes to, or how far it comes before a tie."""
    tie = None
    try:
        counting.run()
    except Undecided as undecided:
        tie = undecided.tie
    return Count(tuple(counting.elected), tuple(counting.stages), tie)


class Decisions:
    """Lots or decisions of the committee, used in their order, each for one tie."""

    def __init__(self, decided: Sequence[int]) -> None:
        """Take who was chosen at each tie: whose surplus moves first, or who is excluded."""
        self._left: Iterator[int] = iter(decided)

    def of(self, tie: Tie) -> int:
        """Return who was chosen.

        Raises:
            Undecided: No decision is left, or it names nobody of the tie.
        """
        chosen = next(self._left, None)
        if chosen not in tie.candidates:
            raise Undecided(tie)
        return chosen


def parted(
    tied: Sequence[int],
    over: TieOver,
    history: Sequence[Sequence[int]],
    decisions: Decisions,
) -> int:
    """Return who of ``tied`` has the most votes (surplus) or the fewest (exclusion).

    Regard is had to the most recent earlier stage at which their votes differ; those equal
    there are parted by the stages before it, and at last by a decision (SSI 2007/42,
    Schedule 1, rules 49 and 50).

    Args:
        tied: Candidates with equal votes now; at least one.
        over: What they tie over.
        history: Votes of each candidate at each stage so far, the newest last.
        decisions: For those whom no stage parts.

    Raises:
        Undecided: No decision is left.
    """
    best = max if over is TieOver.SURPLUS else min
    left = list(tied)
    for votes in reversed(history):
        if len(left) == 1:
            break
        wanted = best(votes[each] for each in left)
        left = [each for each in left if votes[each] == wanted]
    return left[0] if len(left) == 1 else decisions.of(Tie(over, tuple(sorted(left))))
