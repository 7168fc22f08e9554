"""How a session filled: the most seats taken at once, and when the quorum was reached. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from congress.kernel.ids import PersonId
from congress.kernel.people import Standing
from congress.rollcall.model import RegisterLine, Status


@dataclass(frozen=True, slots=True)
class House:
    """How the house filled in one session.

    Attributes:
        attended: Seats of official delegates that were taken at some time.
        by_alternates: Those among them that only an alternate took.
        most: Most of them taken at once.
        quorate_at: When the quorum was first reached, or ``None``.
        guests: Others who came: guests, and alternates without a seat.
    """

    attended: int
    by_alternates: int
    most: int
    quorate_at: datetime | None
    guests: int


def house(lines: Iterable[RegisterLine], needed: int) -> House:
    """Return how the house filled.

    Args:
        lines: The register of the session.
        needed: How many seats make a quorum.
    """
    lines = tuple(lines)
    official = {line.person.id for line in lines if line.person.standing is Standing.OFFICIAL}
    steps: list[tuple[datetime, int, PersonId]] = []
    themselves: set[PersonId] = set()
    by_others: set[PersonId] = set()
    guests: set[PersonId] = set()
    for line in lines:
        for entry in line.entries:
            seat = entry.seat_of or entry.person_id
            if seat not in official:
                guests.add(entry.person_id)
                continue
            (by_others if entry.seat_of else themselves).add(seat)
            steps.append((entry.came_at, 1, seat))
            if entry.left_at is not None:
                steps.append((entry.left_at, -1, seat))
    taken: dict[PersonId, int] = {}
    most = 0
    quorate_at = None
    for moment, change, seat in sorted(steps, key=lambda step: (step[0], -step[1])):
        taken[seat] = taken.get(seat, 0) + change
        now = sum(count > 0 for count in taken.values())
        most = max(most, now)
        if quorate_at is None and 0 < needed <= now:
            quorate_at = moment
    seated = {entry.person_id for line in lines for entry in line.entries if entry.seat_of}
    return House(
        attended=len(themselves | by_others),
        by_alternates=len(by_others - themselves),
        most=most,
        quorate_at=quorate_at,
        guests=len(guests - seated),
    )


def came(line: RegisterLine) -> datetime | None:
    """Return when the person first came, or ``None``."""
    return min((entry.came_at for entry in line.entries), default=None)


def went(line: RegisterLine) -> datetime | None:
    """Return when the person last left, or ``None`` while in the hall or never there."""
    if line.status is Status.PRESENT:
        return None
    return max((entry.left_at for entry in line.entries if entry.left_at), default=None)
