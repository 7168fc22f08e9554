"""The frozen result of the roll call: all that voting ever learns about who is present."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from congress.kernel.errors import BugError
from congress.kernel.ids import PersonId, SessionId


class RollItemKind(StrEnum):
    """Why persons were taken off the number summoned (190-QD/TW, election base)."""

    SUMMONED = "summoned"
    CONVENERS_ABSENT_THROUGHOUT = "conveners_absent_throughout"
    ABSENT_THROUGHOUT = "absent_throughout"


@dataclass(frozen=True, slots=True)
class RollItem:
    """One line of the itemised base: ``count`` persons, added or taken off."""

    kind: RollItemKind
    count: int


@dataclass(frozen=True, slots=True)
class Roll:
    """Who counts, frozen at one moment.

    Attributes:
        session_id: The session in which the roll was frozen.
        taken_at: When, aware, in UTC.
        summoned: Official delegates summoned.
        present: Persons with a vote who are in the hall now (alternates who took a seat
            included).
        absent_throughout: Delegates absent in every session so far without an alternate,
            conveners not included.
        conveners_absent_throughout: Conveners absent in every session so far.
        weights: Votes of each person present, by person.
        sections: Delegation of each person present, by person.
        replaced: Delegates whose seats alternates who are present have taken.
    """

    session_id: SessionId
    taken_at: datetime
    summoned: int
    present: frozenset[PersonId]
    absent_throughout: int
    conveners_absent_throughout: int
    weights: Mapping[PersonId, Fraction]
    sections: Mapping[PersonId, str]
    replaced: frozenset[PersonId] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a roll that does not add up: it would be our bug, not the world's."""
        if set(self.weights) != self.present or set(self.sections) != self.present:
            raise BugError("a roll's weights and sections must cover exactly those present")
        if min(self.summoned, self.adjusted) < 0:
            raise BugError("a roll's base must not be negative")

    @property
    def adjusted(self) -> int:
        """The adjusted base: summoned less those absent throughout."""
        return self.summoned - self.conveners_absent_throughout - self.absent_throughout

    @property
    def items(self) -> tuple[RollItem, ...]:
        """The arithmetic of ``adjusted``, line by line, the takings negative."""
        return (
            RollItem(RollItemKind.SUMMONED, self.summoned),
            RollItem(RollItemKind.CONVENERS_ABSENT_THROUGHOUT, -self.conveners_absent_throughout),
            RollItem(RollItemKind.ABSENT_THROUGHOUT, -self.absent_throughout),
        )
