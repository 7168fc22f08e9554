"""The tables of a member's own notes, in the file that nobody else can open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from congress.docs.notes.codec import anchor_json, anchor_of, strokes_json, strokes_of
from congress.docs.notes.model import Anchored, Fit, Note, NoteColour, NoteId, NoteKind
from congress.kernel.errors import InputError
from congress.kernel.ids import ID_LENGTH, GroupId, PaperId, VersionId
from congress.kernel.roles import Actor
from congress.storage.schema import own_metadata
from congress.storage.types import CanonicalJson, UtcDateTime

note = Table(
    "note",
    own_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("paper_id", String(ID_LENGTH), nullable=False, index=True),
    Column("version_id", String(ID_LENGTH), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("colour", String(16), nullable=False),
    Column("body", Text, nullable=False),
    Column("strokes", CanonicalJson, nullable=False),
    Column("made", CanonicalJson, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("group_id", String(ID_LENGTH), nullable=True),
)

note_place = Table(
    "note_place",
    own_metadata,
    Column(
        "note_id",
        String(ID_LENGTH),
        ForeignKey("note.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("version_id", String(ID_LENGTH), primary_key=True),
    Column("anchor", CanonicalJson, nullable=False),
    Column("fit", String(16), nullable=False),
    Column("score", Integer, nullable=False),
)

Places = Mapping[NoteId, Mapping[VersionId, Anchored]]


def notes(connection: Connection, actor: Actor, paper_id: PaperId | None = None) -> list[Note]:
    """Return the notes on a paper, or all of them, in the order they were made."""
    query = select(note).order_by(note.c.made_at, note.c.id)
    if paper_id is not None:
        query = query.where(note.c.paper_id == paper_id)
    return [_note(row, actor) for row in connection.execute(query).mappings()]


def find(connection: Connection, actor: Actor, note_id: NoteId) -> Note:
    """Return a note.

    Raises:
        InputError: ``notes.unknown``.
    """
    row = connection.execute(select(note).where(note.c.id == note_id)).mappings().one_or_none()
    if row is None:
        raise InputError("notes.unknown")
    return _note(row, actor)


def places(connection: Connection, paper_id: PaperId) -> Places:
    """Return the place of each note on a paper in each version where it is known."""
    query = select(note_place).join(note).where(note.c.paper_id == paper_id)
    found: dict[NoteId, dict[VersionId, Anchored]] = defaultdict(dict)
    for row in connection.execute(query).mappings():
        found[NoteId(row["note_id"])][VersionId(row["version_id"])] = _anchored(row)
    return found


def places_of(connection: Connection, note_id: NoteId) -> tuple[tuple[VersionId, Anchored], ...]:
    """Return the place of one note in each version where it is known."""
    query = select(note_place).where(note_place.c.note_id == note_id)
    query = query.order_by(note_place.c.version_id)
    rows = connection.execute(query).mappings()
    return tuple((VersionId(row["version_id"]), _anchored(row)) for row in rows)


def add(connection: Connection, new: Note) -> None:
    """Write a note."""
    values = {
        "id": new.id,
        "paper_id": new.paper_id,
        "version_id": new.version_id,
        "made": anchor_json(new.made),
        "made_at": new.made_at,
    }
    connection.execute(insert(note).values(**values, **_changing(new)))


def change(connection: Connection, changed: Note) -> None:
    """Write another look, text or group of a note."""
    connection.execute(update(note).where(note.c.id == changed.id).values(**_changing(changed)))


def put_places(connection: Connection, found: Iterable[tuple[NoteId, VersionId, Anchored]]) -> None:
    """Write where notes stand in versions, in place of what was known."""
    for note_id, version_id, at in found:
        here = (note_place.c.note_id == note_id) & (note_place.c.version_id == version_id)
        connection.execute(delete(note_place).where(here))
        connection.execute(
            insert(note_place).values(
                note_id=note_id,
                version_id=version_id,
                anchor=anchor_json(at.anchor) if at.anchor else None,
                fit=at.fit.value,
                score=at.score,
            )
        )


def remove(connection: Connection, note_id: NoteId) -> None:
    """Remove a note and its places."""
    connection.execute(delete(note).where(note.c.id == note_id))


def _changing(each: Note) -> dict[str, object]:
    return {
        "kind": each.kind.value,
        "colour": each.colour.value,
        "body": each.body,
        "strokes": strokes_json(each.strokes),
        "changed_at": each.changed_at,
        "group_id": each.group,
    }


def _note(row: RowMapping, actor: Actor) -> Note:
    return Note(
        id=NoteId(row["id"]),
        paper_id=PaperId(row["paper_id"]),
        version_id=VersionId(row["version_id"]),
        kind=NoteKind(row["kind"]),
        colour=NoteColour(row["colour"]),
        body=row["body"],
        strokes=strokes_of(row["strokes"]),
        made=anchor_of(row["made"]),
        made_at=row["made_at"],
        changed_at=row["changed_at"],
        group=GroupId(row["group_id"]) if row["group_id"] else None,
        author_id=actor.member_id,
        author=actor.name,
    )


def _anchored(row: RowMapping) -> Anchored:
    anchor = anchor_of(row["anchor"]) if row["anchor"] else None
    return Anchored(anchor, Fit(row["fit"]), row["score"])
