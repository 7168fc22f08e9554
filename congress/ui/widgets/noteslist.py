"""A list of notes: the words they stand on, what the reader wrote, and who can see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractListModel, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from congress.docs.model import Paper
from congress.docs.notes.model import (
    Anchored,
    AreaAnchor,
    Fit,
    Note,
    NoteColour,
    NoteKind,
    TextAnchor,
)
from congress.i18n.translator import Translator
from congress.kernel.folding import fold
from congress.kernel.ids import GroupId, MemberId
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.widgets.fingers import Fingers

HEADING_ROLE = Qt.ItemDataRole.UserRole + 2
META_ROLE = Qt.ItemDataRole.UserRole + 3

KIND_ICONS: Mapping[NoteKind, str] = {
    NoteKind.HIGHLIGHT: "highlighter-circle",
    NoteKind.UNDERLINE: "text-underline",
    NoteKind.NOTE: "note",
    NoteKind.INK: "pencil-line",
    NoteKind.BOOKMARK: "bookmark-simple",
}
"""Icon of each kind of note."""


@dataclass(frozen=True)
class Row:
    """A note in a list.

    Attributes:
        note: The note.
        at: Its place in the version that is open; ``None`` among the notes on all papers.
        paper: Its paper there; ``None`` if it cannot be read any more.
        heading: Stands above it, or empty.
    """

    note: Note
    at: Anchored | None = None
    paper: Paper | None = None
    heading: str = ""

    @property
    def page(self) -> int:
        """The page (from 1) it stands on, or 0 if it is unplaced."""
        anchor = self.note.made if self.at is None else self.at.anchor
        match anchor:
            case TextAnchor(start=start):
                return start.page
            case AreaAnchor(page=page):
                return page
        return 0

    @property
    def unplaced(self) -> bool:
        """Whether it has no place in the version that is open."""
        return self.at is not None and self.at.fit is Fit.UNPLACED


@dataclass(frozen=True)
class NoteFilter:
    """Which notes are shown.

    Attributes:
        words: Each must stand in the quote, the text or the paper's title.
        kind: Of this kind, if any.
        colour: Of this colour, if any.
        whose: ``"all"``, ``"mine"`` or ``"shared"``.
    """

    words: str = ""
    kind: NoteKind | None = None
    colour: NoteColour | None = None
    whose: str = "all"

    @property
    def active(self) -> bool:
        """Whether any note may be left out."""
        return self != NoteFilter()

    def keeps(self, row: Row, me: MemberId) -> bool:
        """Return whether a note is shown."""
        note = row.note
        if (self.kind and note.kind is not self.kind) or (
            self.colour and note.colour is not self.colour
        ):
            return False
        if self.whose == "mine" and note.author_id != me:
            return False
        if self.whose == "shared" and note.group is None:
            return False
        title = row.paper.title if row.paper else ""
        text = fold(f"{note.quote} {note.body} {note.author} {title}")
        return all(word in text for word in fold(self.words).split())


@dataclass(frozen=True)
class Audience:
    """Says who can see a note.

    Attributes:
        tr: The language.
        me: The signed-in member.
        groups: The names of the groups they belong to.
    """

    tr: Translator
    me: MemberId
    groups: Mapping[GroupId, str] = field(default_factory=dict)

    def words(self, note: Note) -> str:
        """Return who can see a note, in a few words."""
        if note.group is None:
            return self.tr("notes.sees.me")
        name = self.groups.get(note.group)
        if name is None:
            return self.tr("notes.sees.left")
        return self.tr("notes.sees.group", group=name)


class NotesModel(QAbstractListModel):
    """Notes, one a row."""

    def __init__(self, tr: Translator, me: MemberId, parent: QObject | None = None) -> None:
        """Begin without notes."""
        super().__init__(parent)
        self._tr, self._me = tr, me
        self._audience = Audience(tr, me)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """The notes on show."""
        return self._rows

    def set_rows(self, rows: Sequence[Row], audience: Audience) -> None:
        """Show other notes; ``audience`` says who can see them."""
        self.beginResetModel()
        self._rows, self._audience = tuple(rows), audience
        self.endResetModel()

    def row_of(self, note_id: str) -> int:
        """Return the row of a note, or -1."""
        return next((row for row, each in enumerate(self._rows) if each.note.id == note_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many notes there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt or the delegate asks of a note."""
        if not index.isValid():
            return None
        row, roles = self._rows[index.row()], Qt.ItemDataRole
        if role == roles.DisplayRole:
            return row.note.body or row.note.quote
        if role == VALUE_ROLE:
            return row
        if role == HEADING_ROLE:
            return row.heading
        if role == META_ROLE:
            return self._line(row)
        if role == roles.AccessibleTextRole:
            return self._tr.listed(self._spoken(row))
        return None

    def _line(self, row: Row) -> str:
        """Return where a note stands, and who else is concerned."""
        tr, note = self._tr, row.note
        others = note.author if note.author_id != self._me else ""
        return tr.joined(
            tr("notes.unplaced") if row.unplaced else tr("notes.page", page=row.page),
            tr("notes.changed_words") if row.at and row.at.fit is Fit.FUZZY else "",
            others,
            self._audience.words(note),
        )

    def _spoken(self, row: Row) -> tuple[str, ...]:
        tr, note = self._tr, row.note
        colour = "" if note.kind is NoteKind.BOOKMARK else tr(f"notes.colour.{note.colour.value}")
        return (
            row.heading,
            tr(f"notes.kind.{note.kind.value}"),
            colour,
            self._line(row),
            note.quote,
            note.body,
        )


class NotesList(QListView):
    """A list of notes whose rows open by click, touch and Enter."""

    chosen = Signal(object)
    """The ``Row`` that a person opened."""
    edit_asked = Signal(object)
    """The ``Row`` that a person wants to change (F2)."""
    delete_asked = Signal(object)
    """The ``Row`` that a person wants to delete (Delete)."""
    menu_asked = Signal(object, QPoint)
    """A ``Row``, by a long press, the right button or the menu key, and where on the screen."""
    lighted = Signal(object)
    """The ``Row`` that is lit, or ``None``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Begin empty; ``name`` is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        Fingers(self)
        self.clicked.connect(lambda index: self.chosen.emit(index.data(VALUE_ROLE)))

    @property
    def row(self) -> Row | None:
        """The note that is lit."""
        value = self.currentIndex().data(VALUE_ROLE)
        return value if isinstance(value, Row) else None

    def light(self, note_id: str) -> None:
        """Light a note and bring it into view."""
        model = self.model()
        if isinstance(model, NotesModel) and (row := model.row_of(note_id)) >= 0:
            self.setCurrentIndex(model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, change with F2, delete with Delete."""
        acts = {
            Qt.Key.Key_Return: self.chosen,
            Qt.Key.Key_Enter: self.chosen,
            Qt.Key.Key_F2: self.edit_asked,
            Qt.Key.Key_Delete: self.delete_asked,
        }
        signal = acts.get(Qt.Key(event.key()))
        if signal is not None and self.row is not None:
            signal.emit(self.row)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a note, the one that is lit if the keyboard asked."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not isinstance(row := index.data(VALUE_ROLE), Row):
            event.ignore()
            return
        self.setCurrentIndex(index)
        middle = self.viewport().mapToGlobal(self.visualRect(index).center())
        self.menu_asked.emit(row, middle if by_key else event.globalPos())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which note is lit."""
        super().currentChanged(current, previous)
        self.lighted.emit(self.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows again: their height follows the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def minimumSizeHint(self) -> QSize:
        """Let the list become small where there is little room."""
        return QSize(0, 0)
