"""The values of the list of the congress: its fields, the outcome of an import, its events."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from congress.kernel.events import Event
from congress.kernel.folding import fold
from congress.kernel.people import Person, PhotoFile, Standing
from congress.kernel.text import tidy

_DIGITS = re.compile(r"(\d+)")


class Field(StrEnum):
    """What a column of a list says of a person.

    The values are the attributes of ``Person``, but for ``PHOTO``: it names files, which are
    enrolled and not kept on the list.
    """

    BADGE = "badge"
    NAME = "name"
    DELEGATION = "delegation"
    STANDING = "standing"
    SEAT = "seat"
    OFFICE = "office"
    WEIGHT = "weight"
    LANGUAGE = "language"
    CONTACT = "contact"
    CONVENER = "convener"
    SEX = "sex"
    BORN = "born"
    PHOTO = "photo"


KEPT = tuple(field for field in Field if field is not Field.PHOTO)
"""The attributes of a person."""

SEVERAL = frozenset({Field.PHOTO})
"""Fields that more than one column may hold."""

REQUIRED = (Field.BADGE, Field.NAME)
"""Fields without which a person cannot be on the list."""


class Reason(StrEnum):
    """Why a field is refused. The catalogues hold ``people.reason.*`` and ``people.remedy.*``."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    BIDI = "bidi"
    MARKS = "marks"
    TOO_LONG = "too_long"
    NOT_A_WEIGHT = "not_a_weight"
    UNKNOWN_STANDING = "unknown_standing"
    UNKNOWN_LANGUAGE = "unknown_language"
    NOT_YES_OR_NO = "not_yes_or_no"
    UNKNOWN_SEX = "unknown_sex"
    NOT_A_YEAR = "not_a_year"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is refused.

    Attributes:
        field: The field.
        reason: Why.
        number: The limit of characters for ``TOO_LONG``, the earlier row for ``DUPLICATE``,
            otherwise 0.
    """

    field: Field
    reason: Reason
    number: int = 0


class Outcome(StrEnum):
    """What an import does with a row."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What an import does with one row.

    Attributes:
        number: The row, as a spreadsheet shows it.
        outcome: What is done with it.
        person: The person as the list will hold them; ``None`` if the row is rejected.
        changes: For ``UPDATED``, the fields that change.
        faults: For ``REJECTED``, everything that is wrong with the row.
        photos: The files of photographs that the row names.
    """

    number: int
    outcome: Outcome
    person: Person | None = None
    changes: tuple[Field, ...] = ()
    faults: tuple[Fault, ...] = ()
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import does, or would do, with every row of a file.

    Attributes:
        file: Name of the file.
        rows: Its rows below the heading, in order.
    """

    file: str
    rows: tuple[RowOutcome, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have this outcome."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def rejected(self) -> tuple[RowOutcome, ...]:
        """The rows that are not taken over."""
        return tuple(row for row in self.rows if row.outcome is Outcome.REJECTED)

    @property
    def photos(self) -> tuple[PhotoFile, ...]:
        """The photographs that the rows taken over name, in order."""
        return tuple(
            PhotoFile(row.number, row.person.badge, name)
            for row in self.rows
            if row.person is not None
            for name in row.photos
        )


@dataclass(frozen=True, slots=True)
class DelegationCount:
    """How many persons of each standing a delegation has."""

    delegation: str
    official: int
    alternate: int
    guest: int

    @property
    def total(self) -> int:
        """All persons of the delegation."""
        return self.official + self.alternate + self.guest


@dataclass(frozen=True, slots=True)
class PeopleChanged(Event):
    """The list of the congress changed."""

    added: int = 0
    updated: int = 0
    removed: int = 0


def count_by_delegation(people: Iterable[Person]) -> tuple[DelegationCount, ...]:
    """Return the counts of each delegation, in alphabetical order."""
    counts = Counter((person.delegation, person.standing) for person in people)
    names = sorted({name for name, _ in counts}, key=lambda name: (fold(name), name))
    return tuple(
        DelegationCount(
            name,
            counts[name, Standing.OFFICIAL],
            counts[name, Standing.ALTERNATE],
            counts[name, Standing.GUEST],
        )
        for name in names
    )


def badge_key(badge: str) -> str:
    """Return what makes a badge number the same: without case, spaces and script of digits.

    ``đ`` and ``d`` stay apart: ``ĐB01`` and ``DB01`` are two badges.
    """
    plain, before = tidy(badge), ""
    while plain != before:
        before = plain
        plain = "".join(tidy(unicodedata.normalize("NFKC", plain.casefold())).split())
    return "".join(
        str(digit) if (digit := unicodedata.decimal(char, -1)) >= 0 else char for char in plain
    )


def badge_order(badge: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts ``S2`` before ``S10``."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(badge_key(badge))
        if part
    )


def changed_fields(before: Person, after: Person) -> tuple[Field, ...]:
    """Return the fields in which two states of a person differ."""
    return tuple(field for field in KEPT if getattr(before, field) != getattr(after, field))
