"""Tables and queries of the roll call: sessions, the register, sealed templates."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
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
from congress.rollcall.faces import Model
from congress.rollcall.model import (
    Correction,
    CorrectionKind,
    Entry,
    EntryId,
    Excuse,
    Method,
    Session,
)
from congress.rollcall.templates import SealedTemplate
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

face_key = Table(
    "face_key",
    congress_metadata,
    Column("person_id", _ID, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("enrolled_at", UtcDateTime, nullable=False),
)

face_template = Table(
    "face_template",
    congress_metadata,
    Column("id", _ID, primary_key=True),
    Column("person_id", _ID, nullable=False, index=True),
    Column("model", String(80), nullable=False),
    Column("model_sha256", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

face_threshold = Table(
    "face_threshold",
    congress_metadata,
    Column("model_sha256", String(64), primary_key=True),
    Column("threshold", Integer, nullable=False),
    Column("persons", Integer, nullable=False),
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


def wrapped_keys(connection: Connection) -> dict[PersonId, bytes]:
    """Return each person's wrapped template key."""
    rows = connection.execute(select(face_key.c.person_id, face_key.c.wrapped))
    return {PersonId(row.person_id): row.wrapped for row in rows}


def templates(connection: Connection, model: Model) -> Sequence[SealedTemplate]:
    """Return the sealed templates of one model, those of a person together."""
    rows = connection.execute(
        select(face_template.c.person_id, face_template.c.sealed)
        .where(face_template.c.model_sha256 == model.sha256)
        .order_by(face_template.c.person_id, face_template.c.id)
    )
    return tuple(SealedTemplate(PersonId(row.person_id), row.sealed) for row in rows)


def persons_by_model(connection: Connection) -> dict[str, frozenset[PersonId]]:
    """Return who is enrolled under each model, by the hash of its weights."""
    rows = connection.execute(
        select(face_template.c.model_sha256, face_template.c.person_id).distinct()
    )
    found: dict[str, set[PersonId]] = {}
    for row in rows:
        found.setdefault(row.model_sha256, set()).add(PersonId(row.person_id))
    return {model: frozenset(persons) for model, persons in found.items()}


def replace_templates(
    connection: Connection,
    person_id: PersonId,
    model: Model,
    wrapped: bytes,
    sealed: Sequence[tuple[str, bytes]],
    at: datetime,
) -> None:
    """Write a person's key and templates in place of those before, of whatever model."""
    erase_person(connection, person_id)
    connection.execute(
        insert(face_key).values(person_id=person_id, wrapped=wrapped, enrolled_at=at)
    )
    connection.execute(
        insert(face_template),
        [
            {
                "id": template_id,
                "person_id": person_id,
                "model": model.name,
                "model_sha256": model.sha256,
                "sealed": data,
            }
            for template_id, data in sealed
        ],
    )


def erase_person(connection: Connection, person_id: PersonId) -> int:
    """Delete a person's key and templates; return how many templates there were."""
    connection.execute(delete(face_key).where(face_key.c.person_id == person_id))
    gone = connection.execute(delete(face_template).where(face_template.c.person_id == person_id))
    return gone.rowcount


def write_threshold(connection: Connection, model: Model, threshold: int, persons: int) -> None:
    """Keep the threshold (in thousandths) that the gallery of ``model`` has now."""
    connection.execute(delete(face_threshold).where(face_threshold.c.model_sha256 == model.sha256))
    connection.execute(
        insert(face_threshold).values(
            model_sha256=model.sha256, threshold=threshold, persons=persons
        )
    )


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
