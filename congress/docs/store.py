"""The tables of one file of papers, and the papers that are read from and written to them.

Each shelf has a file of its own with these tables; none of them says which shelf it is, so a row
is worth nothing in another file. ``congress.docs.version_store`` reads and writes the versions.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from congress.docs.model import Details, Paper, PaperKind, PaperType, TextOrigin
from congress.kernel.ids import ID_LENGTH, PaperId
from congress.kernel.roles import Shelf
from congress.storage.schema import papers_metadata
from congress.storage.types import UtcDateTime

paper = Table(
    "paper",
    papers_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("title", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("type", String(16), nullable=False),
    Column("number", Text, nullable=False),
    Column("agenda", Text, nullable=False),
    Column("dated", Date),
)

version = Table(
    "version",
    papers_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column(
        "paper_id",
        String(ID_LENGTH),
        ForeignKey("paper.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("number", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("sha256", LargeBinary(32), nullable=False, unique=True),
    Column("blob_id", String(ID_LENGTH), nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("imported_at", UtcDateTime, nullable=False),
    # Behind what lists need, because SQLite reads a row only as far as it has to.
    Column("reflow", Text, nullable=False),
    Column("cover", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("rendition", BigInteger, nullable=False),
    UniqueConstraint("paper_id", "number"),
)

page = Table(
    "page",
    papers_metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "version_id",
        String(ID_LENGTH),
        ForeignKey("version.id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("spaced", Boolean, nullable=False),
    UniqueConstraint("version_id", "number"),
)

_newest = (
    select(func.max(version.c.number))
    .where(version.c.paper_id == paper.c.id)
    .correlate(paper)
    .scalar_subquery()
)
_current = paper.join(version, (version.c.paper_id == paper.c.id) & (version.c.number == _newest))
_LISTED = select(
    paper.c.id,
    paper.c.title,
    paper.c.language,
    paper.c.updated_at,
    paper.c.type,
    paper.c.number,
    paper.c.agenda,
    paper.c.dated,
    version.c.id,
    version.c.number,
    version.c.kind,
    version.c.file,
    version.c.pages,
    version.c.size,
    version.c.origin,
    version.c.imported_at,
).select_from(_current)


def _paper(row: Row[Any], shelf: Shelf) -> Paper:
    paper_id, title, language, updated_at, type_, number, agenda, dated, *current = row
    version_id, version_number, kind, file, pages, size, origin, imported_at = current
    return Paper(
        id=paper_id,
        title=title,
        language=language,
        clearance=shelf.clearance,
        kind=PaperKind(kind),
        file=file,
        pages=pages,
        size=size,
        origin=TextOrigin(origin),
        imported_at=imported_at,
        updated_at=updated_at,
        version_id=version_id,
        version=version_number,
        group=shelf.group,
        type=PaperType(type_),
        number=number,
        agenda=agenda,
        dated=dated,
    )


def everything(connection: Connection, shelf: Shelf) -> list[Paper]:
    """Return all papers of the file."""
    return [_paper(row, shelf) for row in connection.execute(_LISTED)]


def find(connection: Connection, paper_id: PaperId, shelf: Shelf) -> Paper | None:
    """Return a paper, or ``None`` if this file does not hold it."""
    row = connection.execute(_LISTED.where(paper.c.id == paper_id)).one_or_none()
    return _paper(row, shelf) if row else None


def _written(details: Details, at: datetime) -> dict[str, object]:
    return {
        "title": details.title,
        "language": details.language,
        "type": details.type.value,
        "number": details.number,
        "agenda": details.agenda,
        "dated": details.dated,
        "updated_at": at,
    }


def add(connection: Connection, paper_id: PaperId, details: Details, at: datetime) -> None:
    """Write a paper without a version."""
    connection.execute(insert(paper).values(id=paper_id, **_written(details, at)))


def describe(connection: Connection, paper_id: PaperId, details: Details, at: datetime) -> bool:
    """Write other details of a paper; return whether this file holds it."""
    statement = update(paper).where(paper.c.id == paper_id).values(**_written(details, at))
    return connection.execute(statement).rowcount == 1


def touch(connection: Connection, paper_id: PaperId, at: datetime) -> None:
    """Write when a paper last changed."""
    connection.execute(update(paper).where(paper.c.id == paper_id).values(updated_at=at))


def remove(connection: Connection, paper_id: PaperId) -> None:
    """Remove a paper with its versions and pages."""
    connection.execute(delete(paper).where(paper.c.id == paper_id))
