"""What the sheet of an import shows: a line for each file, and how far it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractListModel, QObject, QSortFilterProxyModel, Qt

from congress.docs.model import Paper, TextOrigin
from congress.i18n.translator import Translator
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId
from congress.ui.models.papers import META_ROLE
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import Tone


class ImportState(StrEnum):
    """How far a file is on its way into the library. Texts: ``import.state.<value>``."""

    WAITING = "waiting"
    READING = "reading"
    SEALING = "sealing"
    DONE = "done"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    STOPPED = "stopped"


UNDER_WAY = frozenset((ImportState.WAITING, ImportState.READING, ImportState.SEALING))
LEFT_OUT = frozenset((ImportState.DUPLICATE, ImportState.REFUSED, ImportState.STOPPED))

LOOKS: Mapping[ImportState, tuple[Tone, str]] = {
    ImportState.WAITING: (Tone.NEUTRAL, "clock"),
    ImportState.READING: (Tone.NOTE, "book-open"),
    ImportState.SEALING: (Tone.NOTE, "lock-key"),
    ImportState.DONE: (Tone.GOOD, "check-circle"),
    ImportState.DUPLICATE: (Tone.NOTE, "copy"),
    ImportState.REFUSED: (Tone.DANGER, "x-circle"),
    ImportState.STOPPED: (Tone.CAUTION, "stop-circle"),
}
"""Tone and icon of each state."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One file of an import.

    Attributes:
        name: Its name.
        place: The folder or ZIP it came from, or empty.
        state: How far it is.
        done: Pages read.
        total: Pages in all; 0 while that is not known.
        paper: What became of it.
        error: Why nothing did.
    """

    name: str
    place: str = ""
    state: ImportState = ImportState.WAITING
    done: int = 0
    total: int = 0
    paper: Paper | None = None
    error: CongressError | None = None


def line_title(line: ImportLine) -> str:
    """Return what names a line: the title once it is known."""
    return line.paper.title if line.paper else line.name


def line_words(tr: Translator, line: ImportLine) -> str:
    """Return how far a file is, or what became of it, in a person's words."""
    if line.paper is not None:
        paper = line.paper
        parts = [
            line.name,
            tr("library.summary.pages", count=paper.pages),
            tr(f"language.{paper.language}"),
        ]
        if paper.origin in (TextOrigin.NONE, TextOrigin.OCR):
            parts.append(tr(f"import.origin.{paper.origin}"))
        return tr.joined(*parts)
    if line.error is not None and line.state is not ImportState.STOPPED:
        return tr.error(line.error).what
    if line.state is ImportState.READING and line.total:
        return tr("import.page", done=line.done, total=line.total)
    return tr.joined(tr(f"import.state.{line.state}"), *([line.place] if line.place else ()))


class ImportsModel(QAbstractListModel):
    """The files of an import, one a row."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        """Begin without files."""
        super().__init__(parent)
        self._tr = tr
        self._lines: list[ImportLine] = []

    @property
    def lines(self) -> Sequence[ImportLine]:
        """The lines as they are."""
        return self._lines

    def count(self) -> Mapping[ImportState, int]:
        """Return how many files there are in each state."""
        return Counter(line.state for line in self._lines)

    def set_lines(self, lines: Sequence[ImportLine]) -> None:
        """Show other files."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def set_line(self, row: int, line: ImportLine) -> None:
        """Show how far one file is."""
        self._lines[row] = line
        self.dataChanged.emit(self.index(row), self.index(row))

    def row_of(self, paper_id: PaperId) -> int:
        """Return the row of the file that became a paper, or -1."""
        papers = (line.paper.id if line.paper else None for line in self._lines)
        return next((row for row, each in enumerate(papers) if each == paper_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many files there are."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt or the delegate asks of a file."""
        if not index.isValid():
            return None
        line, roles = self._lines[index.row()], Qt.ItemDataRole
        if role == roles.DisplayRole:
            return line_title(line)
        if role == VALUE_ROLE:
            return line
        if role == META_ROLE:
            return line_words(self._tr, line)
        if role == roles.AccessibleTextRole:
            state = self._tr(f"import.state.{line.state}")
            return self._tr.listed((line_title(line), state, line_words(self._tr, line)))
        return None


class ImportsFilter(QSortFilterProxyModel):
    """Keeps the files in some states."""

    def __init__(self, source: ImportsModel, parent: QObject | None = None) -> None:
        """Stand before ``source`` and keep all."""
        super().__init__(parent)
        self._lines = source
        self._states: frozenset[ImportState] = frozenset(ImportState)
        self.setSourceModel(source)

    def keep(self, states: frozenset[ImportState]) -> None:
        """Keep only files in ``states``."""
        self.beginFilterChange()
        self._states = states
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Return whether a file is kept."""
        return self._lines.lines[source_row].state in self._states
