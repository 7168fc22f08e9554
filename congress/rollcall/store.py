"""Tables and queries of the register: sessions, stays, excuses, corrections, badges."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    text,
    update,
)

from congress.kernel.ids import ID_LENGTH, MemberId, PersonId, SessionId
from congress.rollcall.model import (
    Correction,
    CorrectionKind,
    Entry,
    EntryId,
    Excuse,
    Method,
    Session,
)
from congress.storage.schema import congress_metadata
from congress.storage.types import UtcDateTime

_ID = String(ID_LENGTH)

session = Table(
    "rollcall_session",
    congress_metadata,
    Column("id", _ID, primary_key=True),
    Column("name", String(200), nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    Column("began_at", UtcDateTime),
)

presence = Table(
    "presence",
    congress_metadata,
    Column("id", _ID, primary_key=True),
    Column("session_id", _ID, nullable=False),
    Column("person_id", _ID, nullable=False),
    Column("came_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    Column("undone_at", UtcDateTime),
    Column("method", String(20), nullable=False),
    Column("score", Integer),
    Column("model", String(80), nullable=False),
    Column("door", String(80), nullable=False),
    Column("seat_of", _ID),
    Column("reason", Text, nullable=False, server_default=""),
)
_inside = "left_at IS NULL AND undone_at IS NULL"
Index(
    "ux_presence_inside",
    presence.c.session_id,
    presence.c.person_id,
    unique=True,
    sqlite_where=text(_inside),
    postgresql_where=text(_inside),
)

excuse = Table(
    "rollcall_excuse",
    congress_metadata,
    Column("session_id", _ID, primary_key=True),
    Column("person_id", _ID, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

correction = Table(
    "rollcall_correction",
    congress_metadata,
    Column("id", _ID, primary_key=True),
    Column("session_id", _ID, nullable=False, index=True),
    Column("person_id", _ID, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("before", _ID),
    Column("after", _ID),
    Column("reason", Text, nullable=False),
    Column("by", _ID, nullable=False),
    Column("confirmed_by", _ID),
    Column("at", UtcDateTime, nullable=False),
)

badge = Table(
    "badge",
    congress_metadata,
    Column("person_id", _ID, primary_key=True),
    Column("number", Integer, nullable=False),
)


def sessions(connection: Connection) -> Sequence[Session]:
    """Return all sessions, the first opened first."""
    rows = connection.execute(select(session).order_by(session.c.opened_at, session.c.id))
    return tuple(_session(row) for row in rows)


def open_one(connection: Connection) -> Session | None:
    """Return the open session, or ``None``."""
    rows = connection.execute(select(session).where(session.c.closed_at.is_(None)))
    return next((_session(row) for row in rows), None)


def add_session(connection: Connection, value: Session) -> None:
    """Write a new session."""
    connection.execute(
        insert(session).values(
            id=value.id, name=value.name, opened_at=value.opened_at, closed_at=value.closed_at
        )
    )


def close_session(connection: Connection, session_id: SessionId, at: datetime) -> None:
    """Date the end of a session."""
    connection.execute(update(session).where(session.c.id == session_id).values(closed_at=at))


def begin_session(connection: Connection, session_id: SessionId, at: datetime) -> None:
    """Date the beginning of a sitting."""
    connection.execute(update(session).where(session.c.id == session_id).values(began_at=at))


def session_of(connection: Connection, session_id: SessionId) -> Session | None:
    """Return a session, or ``None``."""
    rows = connection.execute(select(session).where(session.c.id == session_id))
    return next((_session(row) for row in rows), None)


def excuses(connection: Connection, session_id: SessionId) -> Sequence[Excuse]:
    """Return who is excused from a session, in the order in which it was noted."""
    rows = connection.execute(
        select(excuse).where(excuse.c.session_id == session_id).order_by(excuse.c.at)
    )
    return tuple(
        Excuse(SessionId(row.session_id), PersonId(row.person_id), row.reason, row.at)
        for row in rows
    )


def put_excuse(connection: Connection, value: Excuse) -> None:
    """Write an excuse in place of the one before."""
    remove_excuse(connection, value.session_id, value.person_id)
    connection.execute(
        insert(excuse).values(
            session_id=value.session_id,
            person_id=value.person_id,
            reason=value.reason,
            at=value.at,
        )
    )


def remove_excuse(connection: Connection, session_id: SessionId, person_id: PersonId) -> int:
    """Delete an excuse; return how many there were."""
    gone = connection.execute(
        delete(excuse).where(excuse.c.session_id == session_id, excuse.c.person_id == person_id)
    )
    return gone.rowcount


def add_correction(connection: Connection, value: Correction) -> None:
    """Write what was corrected, by whom and why."""
    connection.execute(
        insert(correction).values(
            id=value.id,
            session_id=value.session_id,
            person_id=value.person_id,
            kind=value.kind.value,
            before=value.before,
            after=value.after,
            reason=value.reason,
            by=value.by,
            confirmed_by=value.confirmed_by,
            at=value.at,
        )
    )


def corrections(connection: Connection, session_id: SessionId) -> Sequence[Correction]:
    """Return the corrections of a session, the first made first."""
    rows = connection.execute(
        select(correction)
        .where(correction.c.session_id == session_id)
        .order_by(correction.c.at, correction.c.id)
    )
    return tuple(
        Correction(
            id=row.id,
            session_id=SessionId(row.session_id),
            person_id=PersonId(row.person_id),
            kind=CorrectionKind(row.kind),
            before=EntryId(row.before) if row.before else None,
            after=EntryId(row.after) if row.after else None,
            reason=row.reason,
            by=MemberId(row.by),
            confirmed_by=MemberId(row.confirmed_by) if row.confirmed_by else None,
            at=row.at,
        )
        for row in rows
    )


def entries(connection: Connection, session_id: SessionId) -> Sequence[Entry]:
    """Return the entries of a session that stand, in order of arrival."""
    rows = connection.execute(
        select(presence)
        .where(presence.c.session_id == session_id, presence.c.undone_at.is_(None))
        .order_by(presence.c.came_at, presence.c.id)
    )
    return tuple(_entry(row) for row in rows)


def entry(connection: Connection, entry_id: EntryId) -> Entry | None:
    """Return an entry that stands, or ``None``."""
    rows = connection.execute(
        select(presence).where(presence.c.id == entry_id, presence.c.undone_at.is_(None))
    )
    return next((_entry(row) for row in rows), None)


def ever_seated(connection: Connection) -> frozenset[PersonId]:
    """Return everyone whose seat was taken in some session, by themselves or an alternate."""
    rows = connection.execute(
        select(presence.c.person_id, presence.c.seat_of).where(presence.c.undone_at.is_(None))
    )
    return frozenset(PersonId(row.seat_of or row.person_id) for row in rows)


def add_entry(connection: Connection, value: Entry) -> None:
    """Write a new entry."""
    connection.execute(
        insert(presence).values(
            id=value.id,
            session_id=value.session_id,
            person_id=value.person_id,
            came_at=value.came_at,
            left_at=value.left_at,
            method=value.method.value,
            score=value.score,
            model=value.model,
            door=value.door,
            seat_of=value.seat_of,
            reason=value.reason,
        )
    )


def end_entry(connection: Connection, entry_id: EntryId, at: datetime) -> None:
    """Date the end of a stay."""
    connection.execute(update(presence).where(presence.c.id == entry_id).values(left_at=at))


def undo_entry(connection: Connection, entry_id: EntryId, at: datetime) -> None:
    """Take an entry back; its row stays, with the time."""
    connection.execute(update(presence).where(presence.c.id == entry_id).values(undone_at=at))


def badge_numbers(connection: Connection) -> dict[PersonId, int]:
    """Return the number of the valid badge of everyone who was given another one."""
    rows = connection.execute(select(badge.c.person_id, badge.c.number))
    return {PersonId(row.person_id): row.number for row in rows}


def write_badge_number(connection: Connection, person_id: PersonId, number: int) -> None:
    """Write which badge of a person is valid, in place of the one before."""
    connection.execute(delete(badge).where(badge.c.person_id == person_id))
    connection.execute(insert(badge).values(person_id=person_id, number=number))


def _session(row: Row[tuple[object, ...]]) -> Session:
    return Session(SessionId(row.id), row.name, row.opened_at, row.closed_at, row.began_at)


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(
        id=EntryId(row.id),
        session_id=SessionId(row.session_id),
        person_id=PersonId(row.person_id),
        came_at=row.came_at,
        left_at=row.left_at,
        method=Method(row.method),
        score=row.score,
        model=row.model,
        door=row.door,
        seat_of=PersonId(row.seat_of) if row.seat_of else None,
        reason=row.reason,
    )
