"""The papers of a congress, as frozen values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from congress.kernel.events import Event
from congress.kernel.ids import BlobId, PaperId, VersionId
from congress.kernel.roles import Clearance


class PaperKind(StrEnum):
    """The format of a paper's file, told from its content."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    TEXT = "text"


class TextOrigin(StrEnum):
    """Where the searchable text of a paper comes from."""

    SOURCE = "source"
    """The author's own file holds the text."""
    PDF = "pdf"
    """Read back from the pages of a PDF."""
    NONE = "none"
    """There is no text, as in a scan: the paper is not searchable."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and its current version.

    Attributes:
        id: Random identifier.
        title: As shown in lists.
        language: ``en``, ``vi`` or ``ur``.
        clearance: Who may read it.
        kind: Format of its file.
        file: Name of the imported file, without folders.
        pages: Number of pages; other formats count sections of their text.
        size: Bytes of the file.
        origin: Where its text comes from.
        imported_at: When its current version came in, aware, in UTC.
        updated_at: When the paper or its details last changed, aware, in UTC.
    """

    id: PaperId
    title: str
    language: str
    clearance: Clearance
    kind: PaperKind
    file: str
    pages: int
    size: int
    origin: TextOrigin
    imported_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where the file of a paper's version lies, and its wrapped key.

    Attributes:
        paper_id: The paper.
        version_id: The version.
        blob_id: The sealed blob.
        wrapped_key: The data key, wrapped under the key of the paper's clearance.
        sha256: SHA-256 (32 bytes) of the plain file.
    """

    paper_id: PaperId
    version_id: VersionId
    blob_id: BlobId
    wrapped_key: bytes
    sha256: bytes


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page.

    Attributes:
        text: In reading order.
        spaced: Whether its words are reliably parted by spaces. Pages that draw Urdu glyph by
            glyph are not; they are also searched with all spaces left out.
    """

    text: str
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Extract:
    """What was read from a file.

    Attributes:
        kind: Format of the file.
        title: A title found in the file, or empty.
        pages: Text of each page.
        origin: Where the text comes from.
        reflow: Sanitised HTML to read the text in any width, or empty if the pages' text is
            all there is. Page ``n`` begins at the anchor ``page-n``.
        cover: Small PNG of the first page, or empty.
    """

    kind: PaperKind
    title: str
    pages: tuple[PageText, ...]
    origin: TextOrigin
    reflow: str = ""
    cover: bytes = b""


@dataclass(frozen=True, slots=True)
class Hit:
    """One page that a search found.

    Attributes:
        paper: Identifier of the paper.
        title: Its title.
        file: Name of its file.
        page: Page number, from 1.
        snippet: The words around the match, on one line.
        highlights: Slices ``(start, end)`` of the snippet that match.
        score: Higher is better; at least 2 for the phrase as it stands, at least 1 for all
            words on the page.
        clearance: Who may read the paper.
    """

    paper: PaperId
    title: str
    file: str
    page: int
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    score: float
    clearance: Clearance


@dataclass(frozen=True, slots=True)
class PaperImported(Event):
    """A paper came in."""

    paper_id: PaperId


@dataclass(frozen=True, slots=True)
class PaperChanged(Event):
    """The title, language or clearance of a paper changed."""

    paper_id: PaperId


@dataclass(frozen=True, slots=True)
class PaperRemoved(Event):
    """A paper was removed."""

    paper_id: PaperId
