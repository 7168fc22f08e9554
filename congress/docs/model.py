"""The papers of a congress, as frozen values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from congress.kernel.events import Event
from congress.kernel.ids import BlobId, GroupId, PaperId, VersionId
from congress.kernel.roles import Clearance, Shelf


class PaperKind(StrEnum):
    """The format of a paper's file, told from its content."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    EPUB = "epub"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"
    IMAGE = "image"
    """A picture or scan: PNG, JPEG, TIFF or WebP."""
    OFFICE = "office"
    """Another office format, read from the pages that LibreOffice makes of it."""


class TextOrigin(StrEnum):
    """Where the searchable text of a paper comes from."""

    SOURCE = "source"
    """The author's own file holds the text."""
    PDF = "pdf"
    """Read back from the pages of a PDF."""
    OCR = "ocr"
    """Recognised, wholly or in part, from pictures of pages: there may be errors in it."""
    NONE = "none"
    """There is no text, as in a scan: the paper is not searchable."""


class PaperType(StrEnum):
    """What a paper is at a congress. Texts: ``paper.type.<value>``."""

    AGENDA = "agenda"
    REPORT = "report"
    DRAFT = "draft"
    MOTION = "motion"
    AMENDMENT = "amendment"
    RESOLUTION = "resolution"
    STATUTE = "statute"
    BIOGRAPHY = "biography"
    MINUTES = "minutes"
    NOTICE = "notice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Details:
    """What the secretariat says about a paper.

    Attributes:
        title: As shown in lists.
        language: ``en``, ``vi`` or ``ur``.
        type: What kind of paper it is.
        number: Its number in the congress, as written, for instance ``"4"`` or ``"12/b"``.
        agenda: The item of the agenda it belongs to, as written, or empty.
        dated: The date the paper bears, if any.
    """

    title: str
    language: str
    type: PaperType = PaperType.OTHER
    number: str = ""
    agenda: str = ""
    dated: date | None = None


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
        version_id: Its current version.
        version: The number of its current version, from 1.
        group: The group that may read it, if it is restricted to one.
        type: What kind of paper it is.
        number: Its number in the congress, as written, or empty.
        agenda: The item of the agenda it belongs to, as written, or empty.
        dated: The date the paper bears, if any.
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
    version_id: VersionId
    version: int = 1
    group: GroupId | None = None
    type: PaperType = PaperType.OTHER
    number: str = ""
    agenda: str = ""
    dated: date | None = None

    @property
    def shelf(self) -> Shelf:
        """The file it lies in."""
        return Shelf(self.clearance, self.group)

    @property
    def details(self) -> Details:
        """What the secretariat says about it."""
        return Details(self.title, self.language, self.type, self.number, self.agenda, self.dated)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a paper: a file that came in.

    Attributes:
        id: Random identifier; it stays when the paper moves to another clearance.
        number: From 1; the highest is the current one.
        kind: Format of its file.
        file: Name of the imported file, without folders.
        size: Bytes of the file.
        pages: Number of pages.
        origin: Where its text comes from.
        imported_at: When it came in, aware, in UTC.
        note: What the secretariat said about it, or empty.
    """

    id: VersionId
    number: int
    kind: PaperKind
    file: str
    size: int
    pages: int
    origin: TextOrigin
    imported_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """The paper that holds a file already.

    Attributes:
        title: Its title.
        version: The number of the version.
    """

    title: str
    version: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where the file of a paper's version lies, and its wrapped key.

    Attributes:
        paper_id: The paper.
        version_id: The version.
        blob_id: The sealed blob.
        wrapped_key: The data key, wrapped under the key of the paper's shelf.
        sha256: SHA-256 (32 bytes) of the plain file.
        rendition: Bytes of the PDF that shows its pages, which stands in the blob after the
            file; 0 if there is none.
    """

    paper_id: PaperId
    version_id: VersionId
    blob_id: BlobId
    wrapped_key: bytes
    sha256: bytes
    rendition: int = 0


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
        rendition: A PDF made to show the fixed pages of a file that is no PDF (a picture, a
            word processor's file), or empty. Its pages are those of ``pages``.
    """

    kind: PaperKind
    title: str
    pages: tuple[PageText, ...]
    origin: TextOrigin
    reflow: str = ""
    cover: bytes = b""
    rendition: bytes = b""


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
        score: Higher is better; at least 4 if the title or number has all words, 3 for the
            phrase as it stands, 2 for words near each other, 1 for all words on the page.
        clearance: Who may read the paper.
        group: The group that may, if it is restricted to one.
        title_highlights: Slices of the title that match.
        about: The number of the paper and its item of the agenda, as far as they match: why a
            first page was found that says nothing of it; or empty.
        about_highlights: Slices of ``about`` that match.
    """

    paper: PaperId
    title: str
    file: str
    page: int
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    score: float
    clearance: Clearance
    group: GroupId | None = None
    title_highlights: tuple[tuple[int, int], ...] = ()
    about: str = ""
    about_highlights: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PaperImported(Event):
    """A paper came in."""

    paper_id: PaperId


@dataclass(frozen=True, slots=True)
class PaperChanged(Event):
    """The details or the clearance of a paper changed."""

    paper_id: PaperId


@dataclass(frozen=True, slots=True)
class PaperVersioned(Event):
    """A new version of a paper came in."""

    paper_id: PaperId
    number: int


@dataclass(frozen=True, slots=True)
class PaperRemoved(Event):
    """A paper was removed."""

    paper_id: PaperId
