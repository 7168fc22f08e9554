"""The table of notes shared with a group, in the file of that group's papers."""

from collections.abc import Mapping

from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
)

from congress.docs.notes.codec import anchor_json, anchor_of, strokes_json, strokes_of
from congress.docs.notes.model import Anchored, Fit, Note, NoteColour, NoteId, NoteKind
from congress.kernel.ids import ID_LENGTH, GroupId, MemberId, PaperId, VersionId
from congress.storage.schema import papers_metadata
from congress.storage.types import CanonicalJson, UtcDateTime

shared_note = Table(
    "shared_note",
    papers_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("paper_id", String(ID_LENGTH), nullable=False, index=True),
    Column("version_id", String(ID_LENGTH), nullable=False),
    Column("author_id", String(ID_LENGTH), nullable=False),
    Column("author", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("colour", String(16), nullable=False),
    Column("body", Text, nullable=False),
    Column("strokes", CanonicalJson, nullable=False),
    Column("made", CanonicalJson, nullable=False),
    Column("by_hand", CanonicalJson, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)


def notes(
    connection: Connection, group: GroupId, paper_id: PaperId | None = None
) -> dict[Note, Mapping[VersionId, Anchored]]:
    """Return the notes shared on a paper, or all, and where their authors put them by hand."""
    query = select(shared_note).order_by(shared_note.c.made_at, shared_note.c.id)
    if paper_id is not None:
        query = query.where(shared_note.c.paper_id == paper_id)
    rows = connection.execute(query).mappings()
    return {_note(row, group): _by_hand(row) for row in rows}


def ids(connection: Connection, author: MemberId) -> set[NoteId]:
    """Return which notes of one author are shared here."""
    query = select(shared_note.c.id).where(shared_note.c.author_id == author)
    return {NoteId(found) for found in connection.execute(query).scalars()}


def put(connection: Connection, note: Note, by_hand: Mapping[VersionId, Anchored]) -> None:
    """Write a note, in place of what was shared of it before."""
    remove(connection, note.id)
    connection.execute(
        insert(shared_note).values(
            id=note.id,
            paper_id=note.paper_id,
            version_id=note.version_id,
            author_id=note.author_id,
            author=note.author,
            kind=note.kind.value,
            colour=note.colour.value,
            body=note.body,
            strokes=strokes_json(note.strokes),
            made=anchor_json(note.made),
            by_hand={
                version: anchor_json(at.anchor)
                for version, at in by_hand.items()
                if at.anchor is not None
            },
            made_at=note.made_at,
            changed_at=note.changed_at,
        )
    )


def remove(connection: Connection, note_id: NoteId) -> None:
    """Remove a note."""
    connection.execute(delete(shared_note).where(shared_note.c.id == note_id))


def remove_paper(connection: Connection, paper_id: PaperId) -> int:
    """Remove the notes on a paper; return how many."""
    query = delete(shared_note).where(shared_note.c.paper_id == paper_id)
    return connection.execute(query).rowcount


def _note(row: RowMapping, group: GroupId) -> Note:
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
        group=group,
        author_id=MemberId(row["author_id"]),
        author=row["author"],
    )


def _by_hand(row: RowMapping) -> Mapping[VersionId, Anchored]:
    return {
        VersionId(version): Anchored(anchor_of(anchor), Fit.BY_HAND)
        for version, anchor in row["by_hand"].items()
    }
