"""Ranked ballots and what a count of them came to, as frozen values.

Candidates are numbered from 0 in the order of the ballot paper; people see them from 1.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class RankedBallots:
    """The ballots of one contest.

    Attributes:
        title: What is elected.
        candidates: Their names.
        seats: How many are to be elected.
        ballots: How often each ranking was cast, and the ranking, the most wanted first.
        withdrawn: Candidates who are passed over on every ballot.
    """

    title: str
    candidates: tuple[str, ...]
    seats: int
    ballots: tuple[tuple[int, tuple[int, ...]], ...]
    withdrawn: frozenset[int] = frozenset()

    @property
    def standing(self) -> tuple[int, ...]:
        """The candidates who have not withdrawn."""
        return tuple(n for n in range(len(self.candidates)) if n not in self.withdrawn)


class Step(StrEnum):
    """What a stage does. Texts: ``stv.step.<value>``."""

    FIRST = "first"
    """First preferences are counted."""
    SURPLUS = "surplus"
    """The surplus of an elected candidate moves on."""
    EXCLUSION = "exclusion"
    """The votes of an excluded candidate move on."""
    LAST = "last"
    """The last vacancies are filled without further transfers."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a count.

    Attributes:
        step: What it did.
        candidate: Whose votes moved, or ``None``.
        votes: Votes of each candidate afterwards.
        exhausted: Votes that stand for nobody any more, lost fractions included.
        quota: The quota of this stage.
        elected: Who was elected at it, in order.
    """

    step: Step
    candidate: int | None
    votes: tuple[Fraction, ...]
    exhausted: Fraction
    quota: Fraction
    elected: tuple[int, ...] = ()


class TieOver(StrEnum):
    """What candidates tie over. Texts: ``stv.tie.<value>``."""

    SURPLUS = "surplus"
    """Whose surplus moves first."""
    EXCLUSION = "exclusion"
    """Who is excluded."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Candidates whom the votes do not part: a lot or a decision must.

    Attributes:
        over: What they tie over.
        candidates: Who, in the order of the ballot paper.
    """

    over: TieOver
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A count, whole or up to a tie that nobody has decided.

    Attributes:
        elected: Who is elected, in the order of their election.
        stages: Every stage.
        tie: The tie at which the count stands still, or ``None``.
    """

    elected: tuple[int, ...]
    stages: tuple[Stage, ...]
    tie: Tie | None = None


class Undecided(Exception):
    """A tie for which no decision is left; the counting methods turn it into ``Count.tie``."""

    def __init__(self, tie: Tie) -> None:
        """Take the tie."""
        super().__init__(tie.over)
        self.tie = tie
