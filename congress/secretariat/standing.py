"""Where every seat of the congress stood: in person, by an alternate, excused or absent. Pure.

Each official delegate summoned falls into exactly one of the four, in each session and over the
whole congress, so that the lines of a credentials report always add up to the number summoned.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.rollcall.model import RegisterLine, Status

_BANDS = (30, 40, 50, 60, 70)
Group = TypeVar("Group", bound=Hashable)


class Seat(StrEnum):
    """How the seat of an official delegate was taken, the fullest first."""

    IN_PERSON = "in_person"
    BY_ALTERNATE = "by_alternate"
    EXCUSED = "excused"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Count:
    """Official delegates of a group, by how their seats stood.

    Attributes:
        summoned: All of them.
        seats: How many seats stood in each way; they add up to ``summoned``.
        late: Of those in person, who came after the sitting had begun (any sitting, over the
            whole congress).
        left_early: Of those in person, who were not in the hall at the end.
    """

    summoned: int
    seats: Mapping[Seat, int]
    late: int
    left_early: int

    @property
    def present(self) -> int:
        """Seats that were taken, by the delegates themselves or by alternates."""
        return self.seats[Seat.IN_PERSON] + self.seats[Seat.BY_ALTERNATE]


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one official delegate stood.

    Attributes:
        person: The delegate.
        seat: How the seat was taken.
        late: Whether the delegate came late.
        left_early: Whether the delegate left early.
    """

    person: Person
    seat: Seat
    late: bool
    left_early: bool


def in_session(lines: Sequence[RegisterLine]) -> tuple[Stand, ...]:
    """Return where every official delegate stood in a session, in the order of its register."""
    by_others = {entry.seat_of for line in lines for entry in line.entries if entry.seat_of}
    return tuple(
        Stand(
            line.person,
            _seat(line, line.person.id in by_others),
            line.late,
            line.status is Status.LEFT_EARLY,
        )
        for line in lines
        if line.person.standing is Standing.OFFICIAL
    )


def _seat(line: RegisterLine, by_other: bool) -> Seat:
    if line.entries:
        return Seat.IN_PERSON
    if by_other:
        return Seat.BY_ALTERNATE
    return Seat.EXCUSED if line.excuse else Seat.ABSENT


def throughout(sessions: Iterable[Sequence[Stand]]) -> tuple[Stand, ...]:
    """Return where every official delegate stood over all sessions: the fullest of them.

    Who is on the list only since a later session stands as in those.
    """
    found: dict[PersonId, Stand] = {}
    ranks = {seat: rank for rank, seat in enumerate(Seat)}
    for session in sessions:
        for stand in session:
            before = found.get(stand.person.id)
            if before is None:
                found[stand.person.id] = stand
                continue
            found[stand.person.id] = Stand(
                stand.person,
                min(before.seat, stand.seat, key=ranks.__getitem__),
                before.late or stand.late,
                before.left_early or stand.left_early,
            )
    return tuple(found.values())


def count(stands: Iterable[Stand]) -> Count:
    """Return how the seats of these delegates stood."""
    stands = tuple(stands)
    return Count(
        len(stands),
        {seat: sum(stand.seat is seat for stand in stands) for seat in Seat},
        sum(stand.late for stand in stands),
        sum(stand.left_early for stand in stands),
    )


def by_group(stands: Iterable[Stand], group: Callable[[Person], Group]) -> Mapping[Group, Count]:
    """Return the counts of each group of delegates, in the order in which groups come up."""
    parts: dict[Group, list[Stand]] = {}
    for stand in stands:
        parts.setdefault(group(stand.person), []).append(stand)
    return {name: count(part) for name, part in parts.items()}


def age_band(person: Person, day: date) -> tuple[int | None, int | None] | None:
    """Return the band of the age that a person reaches in the year of ``day``.

    Returns:
        The first age of the band and the last; ``None`` for an open end. ``None`` alone if
        the year of birth is not known.
    """
    if person.born is None:
        return None
    at = bisect_right(_BANDS, day.year - person.born)
    low = _BANDS[at - 1] if at else None
    high = _BANDS[at] - 1 if at < len(_BANDS) else None
    return low, high
