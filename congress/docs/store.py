"""The tables of one file of papers, and what is read from and written to them.

Each clearance has a file of its own with these tables; none of them says which clearance it is,
so a row is worth nothing in another file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    RowMapping,
    Select,
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

from congress.docs.model import Extract, PageText, Paper, PaperKind, Sealed, TextOrigin
from congress.kernel.errors import InputError
from congress.kernel.ids import ID_LENGTH, BlobId, PaperId, VersionId
from congress.kernel.roles import Clearance
from congress.storage.schema import papers_metadata
from congress.storage.types import UtcDateTime

Found = TypeVar("Found")

paper = Table(
    "paper",
    papers_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("title", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
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
    # Last, because SQLite reads a row only as far as it has to.
    Column("reflow", Text, nullable=False),
    Column("cover", LargeBinary, nullable=False),
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
_LISTED = (
    paper.c.id,
    paper.c.title,
    paper.c.language,
    paper.c.updated_at,
    version.c.kind,
    version.c.file,
    version.c.pages,
    version.c.size,
    version.c.origin,
    version.c.imported_at,
)


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page as a search needs it.

    Attributes:
        paper: The paper it belongs to.
        number: Page number, from 1.
        text: Its text.
    """

    paper: Paper
    number: int
    text: str


def _paper(row: RowMapping, clearance: Clearance) -> Paper:
    return Paper(
        id=PaperId(row[paper.c.id]),
        title=row[paper.c.title],
        language=row[paper.c.language],
        clearance=clearance,
        kind=PaperKind(row[version.c.kind]),
        file=row[version.c.file],
        pages=row[version.c.pages],
        size=row[version.c.size],
        origin=TextOrigin(row[version.c.origin]),
        imported_at=row[version.c.imported_at],
        updated_at=row[paper.c.updated_at],
    )


def everything(connection: Connection, clearance: Clearance) -> list[Paper]:
    """Return all papers of the file."""
    rows = connection.execute(select(*_LISTED).select_from(_current)).mappings()
    return [_paper(row, clearance) for row in rows]


def find(connection: Connection, paper_id: PaperId, clearance: Clearance) -> Paper | None:
    """Return a paper, or ``None`` if this file does not hold it."""
    query = select(*_LISTED).select_from(_current).where(paper.c.id == paper_id)
    row = connection.execute(query).mappings().one_or_none()
    return _paper(row, clearance) if row else None


def holder_of(connection: Connection, sha256: bytes) -> str | None:
    """Return the title of the paper whose file has this SHA-256, or ``None``."""
    query = (
        select(paper.c.title)
        .join(version, version.c.paper_id == paper.c.id)
        .where(version.c.sha256 == sha256)
    )
    return connection.execute(query).scalar_one_or_none()


def sealed(connection: Connection, paper_id: PaperId) -> Sealed:
    """Return where the file of a paper's current version lies."""
    row = _current_version(connection, paper_id)
    return Sealed(
        paper_id=paper_id,
        version_id=VersionId(row["id"]),
        blob_id=BlobId(row["blob_id"]),
        wrapped_key=row["wrapped_key"],
        sha256=row["sha256"],
    )


def _of_current(table: Table, paper_id: PaperId) -> Select[tuple[object, ...]]:
    return select(table).select_from(_current).where(paper.c.id == paper_id)


def _current_version(connection: Connection, paper_id: PaperId) -> RowMapping:
    return _found(connection.execute(_of_current(version, paper_id)).mappings().one_or_none())


def _found(value: Found | None) -> Found:
    """Return what was read of a paper.

    Raises:
        InputError: ``docs.unknown_paper``: it was removed, or moved to another file, after
            the caller found it.
    """
    if value is None:
        raise InputError("docs.unknown_paper")
    return value


def cover(connection: Connection, paper_id: PaperId) -> bytes:
    """Return the cover of a paper's current version, empty if it has none."""
    query = select(version.c.cover).select_from(_current).where(paper.c.id == paper_id)
    return bytes(_found(connection.execute(query).scalar_one_or_none()))


def reflow(connection: Connection, paper_id: PaperId) -> str:
    """Return the reading HTML of a paper's current version, empty if it has none."""
    query = select(version.c.reflow).select_from(_current).where(paper.c.id == paper_id)
    return str(_found(connection.execute(query).scalar_one_or_none()))


def blobs_of(connection: Connection, paper_id: PaperId) -> list[BlobId]:
    """Return the blobs of all versions of a paper."""
    query = select(version.c.blob_id).where(version.c.paper_id == paper_id)
    return [BlobId(blob) for blob in connection.execute(query).scalars()]


def pages(connection: Connection, version_id: VersionId) -> dict[int, PageText]:
    """Return the pages of a version by their row's number, in order."""
    query = select(page).where(page.c.version_id == version_id).order_by(page.c.number)
    rows = connection.execute(query).mappings()
    return {row["id"]: PageText(row["text"], row["spaced"]) for row in rows}


def pages_at(
    connection: Connection, ids: Sequence[int], clearance: Clearance
) -> Mapping[int, FoundPage]:
    """Return the pages in these rows, with their papers."""
    query = (
        select(*_LISTED, page.c.id.label("page_id"), page.c.number, page.c.text)
        .select_from(_current.join(page, page.c.version_id == version.c.id))
        .where(page.c.id.in_(ids))
    )
    return {
        row["page_id"]: FoundPage(_paper(row, clearance), row[page.c.number], row[page.c.text])
        for row in connection.execute(query).mappings()
    }


def add_paper(
    connection: Connection, *, paper_id: PaperId, title: str, language: str, at: datetime
) -> None:
    """Write a paper without a version."""
    connection.execute(
        insert(paper).values(id=paper_id, title=title, language=language, updated_at=at)
    )


def add_version(
    connection: Connection,
    place: Sealed,
    *,
    number: int,
    file: str,
    size: int,
    text: Extract,
    at: datetime,
) -> dict[int, PageText]:
    """Write a version and its pages; return the pages by their row's number, in order."""
    connection.execute(
        insert(version).values(
            id=place.version_id,
            paper_id=place.paper_id,
            number=number,
            kind=text.kind.value,
            file=file,
            size=size,
            pages=len(text.pages),
            sha256=place.sha256,
            blob_id=place.blob_id,
            wrapped_key=place.wrapped_key,
            origin=text.origin.value,
            reflow=text.reflow,
            cover=text.cover,
            imported_at=at,
        )
    )
    connection.execute(
        insert(page),
        [
            {
                "version_id": place.version_id,
                "number": index,
                "text": each.text,
                "spaced": each.spaced,
            }
            for index, each in enumerate(text.pages, start=1)
        ],
    )
    return pages(connection, place.version_id)


def extract_of(connection: Connection, paper_id: PaperId) -> Extract:
    """Return what was read from a paper's current version when it came in."""
    row = _current_version(connection, paper_id)
    return Extract(
        kind=PaperKind(row["kind"]),
        title="",
        pages=tuple(pages(connection, VersionId(row["id"])).values()),
        origin=TextOrigin(row["origin"]),
        reflow=row["reflow"],
        cover=bytes(row["cover"]),
    )


def change(
    connection: Connection, paper_id: PaperId, *, title: str, language: str, at: datetime
) -> None:
    """Write other details of a paper."""
    connection.execute(
        update(paper)
        .where(paper.c.id == paper_id)
        .values(title=title, language=language, updated_at=at)
    )


def remove(connection: Connection, paper_id: PaperId) -> None:
    """Remove a paper with its versions and pages."""
    connection.execute(delete(paper).where(paper.c.id == paper_id))
