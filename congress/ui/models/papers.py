"""The papers of the library page as rows for Qt, and the words for them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal
from PySide6.QtGui import QPixmap

from congress.docs.model import Paper, PaperKind, PaperType, TextOrigin
from congress.docs.reading_list import Reading
from congress.i18n.translator import Translator
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance
from congress.ui.models.listing import Heading, ListedPaper, Row
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import Tone

COVER_ROLE = Qt.ItemDataRole.UserRole + 2
META_ROLE = Qt.ItemDataRole.UserRole + 3
_KB, _MB = 1024, 1024 * 1024
_COVERS = 300
"""How many covers are kept at most: more than fit on any screen."""

CLEARANCE_LOOK: Mapping[Clearance, tuple[Tone, str]] = {
    Clearance.PUBLIC: (Tone.NEUTRAL, "globe"),
    Clearance.DELEGATES: (Tone.NOTE, "users"),
    Clearance.RESTRICTED: (Tone.CAUTION, "lock-simple"),
    Clearance.SECRET: (Tone.DANGER, "lock-key"),
}
"""Tone and icon of the chip of each clearance."""
KIND_ICONS: Mapping[PaperKind, str] = {
    PaperKind.PDF: "file-pdf",
    PaperKind.DOCX: "article",
    PaperKind.ODT: "article",
    PaperKind.EPUB: "book-open",
    PaperKind.HTML: "browser",
    PaperKind.MARKDOWN: "file-text",
    PaperKind.TEXT: "file-text",
    PaperKind.IMAGE: "image",
    PaperKind.OFFICE: "file",
}
"""Icon of each type of file."""


def file_size(tr: Translator, size: int) -> str:
    """Return a number of bytes as a person reads it."""
    if size < _MB:
        return tr("library.size.kb", count=max(1, round(size / _KB)))
    return tr("library.size.mb", count=round(size / _MB))


def paper_line(tr: Translator, paper: Paper) -> str:
    """Return the line below a paper's title."""
    parts = [
        "" if paper.type is PaperType.OTHER else tr(f"paper.type.{paper.type}"),
        paper.agenda,
        tr("library.summary.pages", count=paper.pages),
        tr(f"language.{paper.language}"),
        tr.date(paper.dated or paper.updated_at.astimezone().date()),
    ]
    if paper.origin is TextOrigin.NONE:
        parts.append(tr("library.not_searchable"))
    return tr.joined(*filter(None, parts))


def paper_title(tr: Translator, paper: Paper) -> str:
    """Return the title of a paper with its number before it."""
    return (
        tr("library.numbered", number=paper.number, title=paper.title)
        if paper.number
        else paper.title
    )


def reading_words(tr: Translator, row: ListedPaper) -> str:
    """Return how far the member is with a paper, in a word or two."""
    if row.reading is Reading.BEGUN:
        return tr("library.begun", percent=tr.percent(row.percent, 100, 0))
    return tr(f"library.state.{row.reading}")


def heading_words(tr: Translator, heading: Heading) -> str:
    """Return the words of the heading above the papers of an agenda item."""
    return tr.isolated(heading.agenda) if heading.agenda else tr("library.no_agenda")


class PapersModel(QAbstractListModel):
    """Papers, one a row, with their covers as they come; headings stand between them."""

    cover_needed = Signal(object)
    """The ``PaperId`` of a paper whose cover is looked at and is not here."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        """Begin with no papers."""
        super().__init__(parent)
        self._tr = tr
        self._rows: Sequence[Row] = ()
        self._places: dict[PaperId, int] = {}
        self._lines: dict[PaperId, str] = {}
        self._covers: dict[PaperId, tuple[VersionId, QPixmap | None]] = {}

    @property
    def rows(self) -> Sequence[Row]:
        """The papers and headings on show."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other papers."""
        self.beginResetModel()
        self._rows = rows
        self._lines = {}
        self._places = {
            row.paper.id: at for at, row in enumerate(rows) if isinstance(row, ListedPaper)
        }
        self.endResetModel()

    def set_cover(self, paper_id: PaperId, cover: QPixmap | None) -> None:
        """Show the cover of a paper, ``None`` if it has none; some are kept, not all."""
        at = self.row_of(paper_id)
        row = self._rows[at] if at >= 0 else None
        if not isinstance(row, ListedPaper):
            return
        self._covers.pop(paper_id, None)
        self._covers[paper_id] = row.paper.version_id, cover
        while len(self._covers) > _COVERS:
            del self._covers[next(iter(self._covers))]
        self.dataChanged.emit(self.index(at), self.index(at), [COVER_ROLE])

    def row_of(self, paper_id: PaperId) -> int:
        """Return the row of a paper, or -1."""
        return self._places.get(paper_id, -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many papers and headings there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the keyboard step over headings."""
        if index.isValid() and isinstance(self._rows[index.row()], Heading):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt or the delegate asks of a paper or heading."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == VALUE_ROLE:
            return row
        if isinstance(row, Heading):
            return self._of_heading(row, role)
        return self._of_paper(row, role)

    def _of_heading(self, heading: Heading, role: int) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return heading_words(self._tr, heading)
        return None

    def _of_paper(self, row: ListedPaper, role: int) -> object:
        paper, roles = row.paper, Qt.ItemDataRole
        if role == roles.DisplayRole:
            return paper_title(self._tr, paper)
        if role == META_ROLE:
            if paper.id not in self._lines:
                self._lines[paper.id] = paper_line(self._tr, paper)
            return self._lines[paper.id]
        if role == roles.AccessibleTextRole:
            return self._tr.listed(
                (
                    paper_title(self._tr, paper),
                    reading_words(self._tr, row),
                    paper_line(self._tr, paper),
                    self._tr(f"clearance.{paper.clearance}"),
                )
            )
        if role == COVER_ROLE:
            return self._cover(paper)
        return None

    def _cover(self, paper: Paper) -> QPixmap | None:
        version, cover = self._covers.get(paper.id, (None, None))
        if version != paper.version_id:
            # The cover of the version before stays until the new one is there.
            self.cover_needed.emit(paper.id)
        return cover
