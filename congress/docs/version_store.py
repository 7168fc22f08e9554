"""The versions of papers and their pages, as they are read from and written to one file."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, func, insert, select

from congress.docs.model import (
    Extract,
    Holder,
    PageText,
    PaperKind,
    Sealed,
    TextOrigin,
    Version,
)
from congress.docs.store import page, paper, version
from congress.kernel.errors import InputError
from congress.kernel.ids import BlobId, PaperId, VersionId

Found = TypeVar("Found")

_TOLD = (
    version.c.id,
    version.c.number,
    version.c.kind,
    version.c.file,
    version.c.size,
    version.c.pages,
    version.c.origin,
    version.c.imported_at,
    version.c.note,
)


def _version(row: RowMapping) -> Version:
    return Version(
        id=VersionId(row["id"]),
        number=row["number"],
        kind=PaperKind(row["kind"]),
        file=row["file"],
        size=row["size"],
        pages=row["pages"],
        origin=TextOrigin(row["origin"]),
        imported_at=row["imported_at"],
        note=row["note"],
    )


def _found(value: Found | None, version_id: VersionId | None) -> Found:
    """Return what was read of a version.

    Raises:
        InputError: ``docs.unknown_version``, or ``docs.unknown_paper`` where the current one
            was asked for: the paper was removed, or moved to another file, after the caller
            found it.
    """
    if value is None:
        raise InputError("docs.unknown_paper" if version_id is None else "docs.unknown_version")
    return value


def _of(
    paper_id: PaperId, version_id: VersionId | None, *columns: ColumnElement[Any]
) -> Select[Any]:
    """Select columns of one version of a paper; ``None`` is the current one."""
    newest = select(func.max(version.c.number)).where(version.c.paper_id == paper_id)
    chosen = (
        version.c.number == newest.scalar_subquery()
        if version_id is None
        else version.c.id == version_id
    )
    return select(*columns).where(version.c.paper_id == paper_id, chosen)


def versions(connection: Connection, paper_id: PaperId) -> list[Version]:
    """Return all versions of a paper, the newest first."""
    query = select(*_TOLD).where(version.c.paper_id == paper_id).order_by(version.c.number.desc())
    return [_version(row) for row in connection.execute(query).mappings()]


def holder_of(connection: Connection, sha256: bytes) -> Holder | None:
    """Return the paper one of whose versions has this SHA-256, or ``None``."""
    query = (
        select(paper.c.title, version.c.number)
        .join(version, version.c.paper_id == paper.c.id)
        .where(version.c.sha256 == sha256)
    )
    row = connection.execute(query).one_or_none()
    return Holder(row.title, row.number) if row else None


def sealed(
    connection: Connection, paper_id: PaperId, version_id: VersionId | None = None
) -> Sealed:
    """Return where the file of a version lies; ``None`` is the current one.

    Raises:
        InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
    """
    columns = (
        *(version.c.id, version.c.blob_id, version.c.wrapped_key, version.c.sha256),
        version.c.rendition,
    )
    query = _of(paper_id, version_id, *columns)
    row = _found(connection.execute(query).mappings().one_or_none(), version_id)
    return Sealed(
        paper_id=paper_id,
        version_id=VersionId(row["id"]),
        blob_id=BlobId(row["blob_id"]),
        wrapped_key=row["wrapped_key"],
        sha256=row["sha256"],
        rendition=row["rendition"],
    )


def cover(connection: Connection, paper_id: PaperId, version_id: VersionId | None = None) -> bytes:
    """Return the cover of a version, empty if it has none.

    Raises:
        InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
    """
    query = _of(paper_id, version_id, version.c.cover)
    return bytes(_found(connection.execute(query).scalar_one_or_none(), version_id))


def reflow(connection: Connection, paper_id: PaperId, version_id: VersionId | None = None) -> str:
    """Return the reading HTML of a version, empty if it has none.

    Raises:
        InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
    """
    query = _of(paper_id, version_id, version.c.reflow)
    return str(_found(connection.execute(query).scalar_one_or_none(), version_id))


def blobs_of(connection: Connection, paper_id: PaperId) -> list[BlobId]:
    """Return the blobs of all versions of a paper."""
    query = select(version.c.blob_id).where(version.c.paper_id == paper_id)
    return [BlobId(blob) for blob in connection.execute(query).scalars()]


def pages(connection: Connection, version_id: VersionId) -> dict[int, PageText]:
    """Return the pages of a version by their row's number, in order."""
    query = select(page).where(page.c.version_id == version_id).order_by(page.c.number)
    rows = connection.execute(query).mappings()
    return {row["id"]: PageText(row["text"], row["spaced"]) for row in rows}


def add(
    connection: Connection, place: Sealed, described: Version, text: Extract
) -> dict[int, PageText]:
    """Write a version and its pages; return the pages by their row's number, in order."""
    connection.execute(
        insert(version).values(
            id=place.version_id,
            paper_id=place.paper_id,
            number=described.number,
            kind=described.kind.value,
            file=described.file,
            size=described.size,
            pages=described.pages,
            sha256=place.sha256,
            blob_id=place.blob_id,
            wrapped_key=place.wrapped_key,
            origin=described.origin.value,
            reflow=text.reflow,
            cover=text.cover,
            imported_at=described.imported_at,
            note=described.note,
            rendition=place.rendition,
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


def extract_of(connection: Connection, version_id: VersionId) -> Extract:
    """Return what was read from a version's file when it came in, its title left out.

    Raises:
        InputError: ``docs.unknown_version``.
    """
    columns = (version.c.kind, version.c.origin, version.c.reflow, version.c.cover)
    query = select(*columns).where(version.c.id == version_id)
    row = _found(connection.execute(query).mappings().one_or_none(), version_id)
    return Extract(
        kind=PaperKind(row["kind"]),
        title="",
        pages=tuple(pages(connection, version_id).values()),
        origin=TextOrigin(row["origin"]),
        reflow=row["reflow"],
        cover=bytes(row["cover"]),
    )
