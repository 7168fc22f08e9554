"""Reads the entries of the register: who is inside, who is absent, who counts. Pure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Person, Standing
from congress.kernel.roll import Roll
from congress.rollcall.model import Entry, RegisterLine, Session, Status


def inside(entries: Sequence[Entry]) -> dict[PersonId, Entry]:
    """Return the open entry of everyone who is in the hall."""
    return {entry.person_id: entry for entry in entries if entry.left_at is None}


def lines(
    everyone: Sequence[Person],
    entries: Sequence[Entry],
    session: Session,
    excuses: Mapping[PersonId, str] | None = None,
) -> tuple[RegisterLine, ...]:
    """Return a line for everyone, in the order given.

    Args:
        everyone: The list of the congress.
        entries: The entries of the session, in order of arrival.
        session: The session.
        excuses: Why who is excused from it.
    """
    excused = excuses or {}
    stays: dict[PersonId, list[Entry]] = {}
    seated: dict[PersonId, PersonId] = {}
    for entry in entries:
        stays.setdefault(entry.person_id, []).append(entry)
        if entry.seat_of and entry.left_at is None:
            seated[entry.seat_of] = entry.person_id
    return tuple(
        RegisterLine(
            person,
            _status(
                stays.get(person.id, ()),
                session,
                replaced=person.id in seated,
                excused=person.id in excused,
            ),
            tuple(stays.get(person.id, ())),
            seated.get(person.id),
            _late(stays.get(person.id, ()), session),
            excused.get(person.id, ""),
        )
        for person in everyone
    )


def absent(everyone: Sequence[Person], seated: Collection[PersonId]) -> tuple[Person, ...]:
    """Return the official delegates whose seats nobody ever took.

    Args:
        everyone: The list of the congress.
        seated: Whose seats were taken in some session, by themselves or an alternate.
    """
    return tuple(
        person
        for person in everyone
        if person.standing is Standing.OFFICIAL and person.id not in seated
    )


def roll(
    session_id: SessionId,
    at: datetime,
    everyone: Sequence[Person],
    entries: Sequence[Entry],
    seated: Collection[PersonId],
) -> Roll:
    """Return who counts: official delegates inside, and alternates in the seats of others.

    Args:
        session_id: The session.
        at: Now.
        everyone: The list of the congress.
        entries: The entries of the session.
        seated: Whose seats were taken in some session so far.
    """
    officials = {person.id: person for person in everyone if person.standing is Standing.OFFICIAL}
    voters = {
        entry.person_id: officials[seat]
        for entry in inside(entries).values()
        if (seat := entry.seat_of or entry.person_id) in officials
    }
    missing = absent(everyone, seated)
    conveners = sum(person.convener for person in missing)
    return Roll(
        session_id=session_id,
        taken_at=at,
        summoned=len(officials),
        present=frozenset(voters),
        absent_throughout=len(missing) - conveners,
        conveners_absent_throughout=conveners,
        weights={person_id: seat.weight for person_id, seat in voters.items()},
        sections={person_id: seat.delegation for person_id, seat in voters.items()},
        replaced=frozenset(seat.id for person_id, seat in voters.items() if seat.id != person_id),
    )


def _status(stays: Sequence[Entry], session: Session, *, replaced: bool, excused: bool) -> Status:
    if any(entry.left_at is None for entry in stays):
        return Status.PRESENT
    if replaced:
        return Status.REPLACED
    if stays:
        return Status.LEFT if session.closed_at is None else Status.LEFT_EARLY
    return Status.EXCUSED if excused else Status.ABSENT


def _late(stays: Sequence[Entry], session: Session) -> bool:
    return bool(stays) and session.began_at is not None and stays[0].came_at > session.began_at
