"""The people of a congress, as frozen values, and the port through which others read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from congress.kernel.ids import PersonId


class Standing(StrEnum):
    """In what capacity a person attends. Import files call this column "role"."""

    OFFICIAL = "official"
    ALTERNATE = "alternate"
    GUEST = "guest"


class Sex(StrEnum):
    """As the person states it. Texts: ``people.sex.<value>``."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """One person on the list of the congress.

    Attributes:
        id: Random identifier; stays the same when the list is imported again.
        badge: Badge number, unique in the congress, as printed on the badge.
        name: As its owner writes it (Unicode NFC, no bidirectional controls).
        delegation: The delegation or section the person belongs to.
        standing: Official delegate, alternate or guest.
        seat: Seat in the hall, or empty.
        office: Office held, or empty.
        weight: Number of votes in a card vote; 1 for most.
        language: ``en``, ``vi`` or ``ur``.
        contact: Telephone or address, or empty.
        convener: Member of the committee that convenes the congress (190-QD/TW counts
            these separately in the election base).
        sex: For the credentials report, or ``None`` if it was not given.
        born: Year of birth, for the same, or ``None``.
    """

    id: PersonId
    badge: str
    name: str
    delegation: str
    standing: Standing = Standing.OFFICIAL
    seat: str = ""
    office: str = ""
    weight: Fraction = Fraction(1)
    language: str = "en"
    contact: str = ""
    convener: bool = False
    sex: Sex | None = None
    born: int | None = None


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photograph of a person, as a list of people names it.

    Attributes:
        row: The row of the list, as a spreadsheet shows it.
        badge: Badge number of the person.
        name: Name of the file, with its folder if it lies in one.
    """

    row: int
    badge: str
    name: str


class PeopleSource(Protocol):
    """Reads the list of the congress. Implemented by ``congress.people.directory``."""

    def everyone(self) -> Sequence[Person]:
        """Return all persons, ordered by badge number."""
        ...

    def by_badge(self, badge: str) -> Person | None:
        """Return the person with this badge number, ignoring case and spaces around it."""
        ...

    def search(self, text: str, limit: int = 20) -> Sequence[Person]:
        """Return persons whose name or badge matches ``text`` folded (marks ignored)."""
        ...
