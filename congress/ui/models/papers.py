"""What the library page shows: papers, pages found, and the filters at their side."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QObject, Qt, Signal
from PySide6.QtGui import QPixmap

from congress.docs.model import Hit, Paper, PaperKind, TextOrigin
from congress.i18n.translator import Translator
from congress.kernel.ids import PaperId
from congress.kernel.roles import Clearance
from congress.kernel.settings import LANGUAGES
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import Tone

COVER_ROLE = Qt.ItemDataRole.UserRole + 2
META_ROLE = Qt.ItemDataRole.UserRole + 3
_KB, _MB = 1024, 1024 * 1024

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

FACETS: Mapping[str, tuple[Callable[[Paper], str], Sequence[str]]] = {
    "language": (lambda paper: paper.language, LANGUAGES),
    "clearance": (lambda paper: paper.clearance, tuple(Clearance)),
    "kind": (lambda paper: paper.kind, tuple(PaperKind)),
}
"""Each filter: what of a paper it looks at, and the values in their order."""
FACET_WORDS = {"language": "language.", "clearance": "clearance.", "kind": "library.kind."}
"""Where the words of each filter's values stand in the catalogues."""


@dataclass(frozen=True)
class Filters:
    """Which papers are kept.

    Attributes:
        chosen: Values chosen in each filter; a filter without any keeps all.
    """

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def keeps(self, paper: Paper, *, without: str = "") -> bool:
        """Return whether every filter, except ``without``, keeps ``paper``."""
        return all(
            FACETS[name][0](paper) in values
            for name, values in self.chosen.items()
            if values and name != without
        )

    def toggled(self, name: str, value: str) -> "Filters":
        """Return these filters with one value chosen, or chosen no more."""
        return Filters({**self.chosen, name: self.chosen.get(name, frozenset()) ^ {value}})

    @property
    def active(self) -> bool:
        """Whether any paper may be left out."""
        return any(self.chosen.values())

    def counts(self, papers: Sequence[Paper], name: str) -> list[tuple[str, int]]:
        """Return each value of a filter that occurs, and how many papers it would keep."""
        value_of, order = FACETS[name]
        counts = Counter(value_of(each) for each in papers if self.keeps(each, without=name))
        occurring = {value_of(each) for each in papers}
        return [(value, counts[value]) for value in order if value in occurring]


def file_size(tr: Translator, size: int) -> str:
    """Return a number of bytes as a person reads it."""
    if size < _MB:
        return tr("library.size.kb", count=max(1, round(size / _KB)))
    return tr("library.size.mb", count=round(size / _MB))


def paper_line(tr: Translator, paper: Paper) -> str:
    """Return the line below a paper's title."""
    parts = [
        tr(f"library.kind.{paper.kind}"),
        tr("library.summary.pages", count=paper.pages),
        tr(f"language.{paper.language}"),
        tr.date(paper.updated_at.astimezone().date()),
    ]
    if paper.origin is TextOrigin.NONE:
        parts.append(tr("library.not_searchable"))
    return tr.joined(*parts)


class PapersModel(QAbstractListModel):
    """Papers, one a row, with their covers as they come."""

    cover_needed = Signal(object)
    """The ``PaperId`` of a paper whose cover is looked at for the first time."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        """Begin with no papers."""
        super().__init__(parent)
        self._tr = tr
        self._rows: tuple[Paper, ...] = ()
        self._covers: dict[PaperId, QPixmap | None] = {}

    @property
    def rows(self) -> tuple[Paper, ...]:
        """The papers on show."""
        return self._rows

    def set_rows(self, papers: Sequence[Paper]) -> None:
        """Show other papers."""
        self.beginResetModel()
        self._rows = tuple(papers)
        self.endResetModel()

    def set_cover(self, paper_id: PaperId, cover: QPixmap) -> None:
        """Show the cover of a paper."""
        self._covers[paper_id] = cover
        for row, paper in enumerate(self._rows):
            if paper.id == paper_id:
                self.dataChanged.emit(self.index(row), self.index(row), [COVER_ROLE])

    def row_of(self, paper_id: PaperId) -> int:
        """Return the row of a paper, or -1."""
        return next((row for row, each in enumerate(self._rows) if each.id == paper_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many papers there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt or the delegate asks of a paper."""
        if not index.isValid():
            return None
        paper, roles = self._rows[index.row()], Qt.ItemDataRole
        if role == roles.DisplayRole:
            return paper.title
        if role == VALUE_ROLE:
            return paper
        if role == META_ROLE:
            return paper_line(self._tr, paper)
        if role == roles.AccessibleTextRole:
            clearance = self._tr(f"clearance.{paper.clearance}")
            return self._tr.listed((paper.title, paper_line(self._tr, paper), clearance))
        if role == COVER_ROLE:
            if paper.id not in self._covers:
                self._covers[paper.id] = None
                self.cover_needed.emit(paper.id)
            return self._covers[paper.id]
        return None


class HitsModel(QAbstractListModel):
    """Pages that a search found, one a row, best first."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        """Begin with no hits."""
        super().__init__(parent)
        self._tr = tr
        self._rows: tuple[Hit, ...] = ()

    @property
    def rows(self) -> tuple[Hit, ...]:
        """The hits on show."""
        return self._rows

    def set_rows(self, hits: Sequence[Hit]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._rows = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many hits there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt or the delegate asks of a hit."""
        if not index.isValid():
            return None
        hit, roles = self._rows[index.row()], Qt.ItemDataRole
        if role == roles.DisplayRole:
            return hit.title
        if role == VALUE_ROLE:
            return hit
        if role == META_ROLE:
            return self._tr("library.page", page=hit.page)
        if role == roles.AccessibleTextRole:
            return self._tr.listed(
                (hit.title, self._tr("library.page", page=hit.page), hit.snippet)
            )
        return None
