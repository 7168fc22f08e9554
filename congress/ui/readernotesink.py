"""Drawing on the open paper: which strokes are there, what was undone, and the tools for it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from congress.docs.notes.model import (
    MOST_POINTS,
    AreaAnchor,
    Draft,
    Note,
    NoteColour,
    NoteId,
    NoteKind,
    Placed,
    Spot,
    Stroke,
)
from congress.kernel.ids import MemberId, VersionId
from congress.ui.context import UiContext
from congress.ui.controllers.notes import NotesController
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader import ReaderPage
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_4
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.layout import hairline
from congress.ui.widgets.noteseditor import ColourRow
from congress.ui.widgets.notesink import ERASER, THICK, THIN, Eraser, InkLayer, Pen, distance


class InkKeeper(Protocol):
    """Keeps ink: the controller of notes."""

    def add(self, draft: Draft) -> None:
        """Make a note of ink; ``InkDesk.made`` is told of it."""
        ...

    def draw(self, note_id: NoteId, strokes: Sequence[Stroke]) -> None:
        """Give a note other ink."""
        ...


class InkDesk:
    """The own ink on the open version, a drawing for each page, with what can be undone.

    Strokes show at once and are kept behind: until the first stroke on a page has become a note,
    further ones wait for it.
    """

    def __init__(self, me: MemberId, keeper: InkKeeper, changed: Callable[[], object]) -> None:
        """Begin without a paper; ``changed`` is called when ``strokes`` is another one."""
        self._me, self._keeper, self._changed = me, keeper, changed
        self._others: dict[int, list[Stroke]] = {}
        self._own: dict[int, tuple[Stroke, ...]] = {}
        self._notes: dict[int, NoteId | None] = {}
        self._behind: set[int] = set()
        self._touched: set[int] = set()
        self._undo: list[tuple[int, tuple[Stroke, ...]]] = []

    @property
    def strokes(self) -> Mapping[int, Sequence[Stroke]]:
        """The ink on each page (from 1), that of others first."""
        pages = self._others.keys() | self._own.keys()
        return {page: [*self._others.get(page, ()), *self._own.get(page, ())] for page in pages}

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._undo)

    def take(self, placed: Sequence[Placed], version: VersionId) -> None:
        """Take the ink as it is kept; a page with strokes on their way stays as it is."""
        self._others = {}
        notes: dict[int, Note] = {}
        for each in sorted(placed, key=lambda each: each.note.made_at):
            note = each.note
            if note.kind is not NoteKind.INK or not each.page:
                continue
            mine = note.author_id == self._me and note.version_id == version
            if mine and _room(note) and each.page not in notes:
                notes[each.page] = note
            else:
                self._others.setdefault(each.page, []).extend(note.strokes)
        kept = {page: note.strokes for page, note in notes.items()}
        self._touched = {
            page for page in self._touched if kept.get(page, ()) != self._own.get(page, ())
        }
        own = {page: self._own[page] for page in self._touched}
        self._own = {**kept, **own}
        known = {page: note.id for page, note in notes.items()}
        ours = self._touched & self._notes.keys()
        self._notes = {**known, **{page: self._notes[page] for page in ours}}
        self._changed()

    def give_up(self) -> None:
        """Forget strokes that could not be kept; ``take`` then brings what is."""
        self._touched.clear()
        self._behind.clear()
        self._undo.clear()
        self._notes = {page: note_id for page, note_id in self._notes.items() if note_id}

    def clear(self) -> None:
        """Forget the paper."""
        self._others, self._own, self._notes = {}, {}, {}
        self._behind.clear()
        self._touched.clear()
        self._undo.clear()
        self._changed()

    def draw(self, page: int, stroke: Stroke) -> None:
        """Add a stroke to a page (from 1)."""
        self._replace(page, (*self._own.get(page, ()), stroke))

    def erase(self, page: int, x: float, y: float) -> None:
        """Take away the own strokes at a point of a page."""
        strokes = self._own.get(page, ())
        kept = tuple(each for each in strokes if distance(each, x, y) > ERASER)
        if len(kept) < len(strokes):
            self._replace(page, kept)

    def undo(self) -> int:
        """Take back the last stroke or erasing; return its page, or 0 if there is none."""
        if not self._undo:
            return 0
        page, before = self._undo.pop()
        self._put(page, before)
        return page

    def made(self, note: Note) -> None:
        """Learn that the first stroke of a page has become a note."""
        page = note.made.page if isinstance(note.made, AreaAnchor) else 0
        if note.kind is not NoteKind.INK or self._notes.get(page, note.id) is not None:
            return
        self._notes[page] = note.id
        if page in self._behind:
            self._behind.discard(page)
            self._keeper.draw(note.id, self._own.get(page, ()))

    def _replace(self, page: int, strokes: tuple[Stroke, ...]) -> None:
        self._undo.append((page, self._own.get(page, ())))
        self._put(page, strokes)

    def _put(self, page: int, strokes: tuple[Stroke, ...]) -> None:
        self._own[page] = strokes
        self._touched.add(page)
        if page not in self._notes:
            if strokes:
                self._notes[page] = None
                self._keeper.add(Draft(NoteKind.INK, Spot(page, 0), Spot(page, 0), strokes=strokes))
        elif (note_id := self._notes[page]) is None:
            self._behind.add(page)
        else:
            if not strokes:
                del self._notes[page]
            self._keeper.draw(note_id, strokes)
        self._changed()


def _room(note: Note) -> bool:
    """Return whether a drawing is small enough to be drawn on; the next begins another."""
    return sum(len(each.points) for each in note.strokes) < MOST_POINTS // 2


class InkBar(QFrame):
    """The tools for drawing, at the bottom of the page."""

    tool_chosen = Signal(bool)
    """The eraser (true) or the pen."""
    colour_chosen = Signal(object)
    """A ``NoteColour`` for the pen."""
    width_chosen = Signal(float)
    """A width for the pen, in points."""
    undo_asked = Signal()
    """Take back the last stroke."""
    done = Signal()
    """Draw no more."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        """Lie over ``parent``, hidden at first."""
        super().__init__(parent)
        self._over = parent
        self.setObjectName("floating")
        tr = context.tr
        self.setAccessibleName(tr("notes.draw.bar"))
        self.pen = Button(context, kind=Kind.QUIET, icon="pen-nib", name=tr("notes.draw.pen"))
        self.eraser = Button(context, kind=Kind.QUIET, icon="eraser", name=tr("notes.draw.eraser"))
        for button in (self.pen, self.eraser):
            button.setCheckable(True)
            button.setAutoExclusive(True)
        self.pen.setChecked(True)
        self.colours = ColourRow(context)
        self.colours.set_value(NoteColour.BLUE)
        thick = tr("notes.draw.thick")
        self.thick = Button(context, kind=Kind.QUIET, icon="paint-brush", name=thick)
        self.thick.setCheckable(True)
        self.undo = Button(
            context,
            kind=Kind.QUIET,
            icon="arrow-counter-clockwise",
            name=f"{tr('notes.draw.undo')} (Ctrl+Z)",
        )
        self.done_button = Button(context, tr("notes.draw.done"), Kind.PRIMARY)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_2, SPACE_1, SPACE_2, SPACE_1)
        box.setSpacing(SPACE_1)
        line = hairline(Qt.Orientation.Vertical)
        for widget in (self.pen, self.eraser, line, self.colours, self.thick, self.undo):
            box.addWidget(widget)
        box.addWidget(self.done_button)
        self.pen.clicked.connect(lambda: self.tool_chosen.emit(False))
        self.eraser.clicked.connect(lambda: self.tool_chosen.emit(True))
        self.colours.chosen.connect(self._coloured)
        self.thick.toggled.connect(lambda on: self.width_chosen.emit(THICK if on else THIN))
        self.undo.clicked.connect(self.undo_asked)
        self.done_button.clicked.connect(self.done)
        self._undo_key = QShortcut(QKeySequence.StandardKey.Undo, parent, self.undo_asked.emit)
        self._undo_key.setEnabled(False)
        self.hide()

    def _coloured(self, colour: object) -> None:
        self.pen.setChecked(True)
        self.tool_chosen.emit(False)
        self.colour_chosen.emit(colour)

    def float_low(self) -> None:
        """Show the tools at the bottom of what they lie over."""
        self.adjustSize()
        over = self._over.rect()
        y = over.height() - self.height() - SPACE_4
        self.move((over.width() - self.width()) // 2, y)
        self.show()
        self.raise_()
        self._undo_key.setEnabled(True)

    def put_away(self) -> None:
        """Hide the tools."""
        self.hide()
        self._undo_key.setEnabled(False)


class InkPart(QObject):
    """Draws on the fixed pages of the reader, with pen, finger or mouse."""

    def __init__(self, context: UiContext, page: ReaderPage, controller: NotesController) -> None:
        """Join ``page``."""
        super().__init__(page)
        self._page, self._fixed = page, False
        self.layer = InkLayer()
        self.desk = InkDesk(controller.me, controller, self._changed)
        self.pen = Pen(self.desk.draw, page.pages.viewport().update)
        self.eraser = Eraser(self.desk.erase)
        self.layer.pen = self.pen
        page.pages.add_layer(self.layer)
        self.bar = InkBar(context, page.stack)
        self.action = page.bar.add_action(
            "ink",
            context.tr("notes.draw"),
            "pencil-line",
            self.toggle,
            keys="Ctrl+Shift+D",
            checkable=True,
        )
        controller.not_kept.connect(self.desk.give_up)
        self.bar.tool_chosen.connect(self._choose)
        self.bar.colour_chosen.connect(self._colour)
        self.bar.width_chosen.connect(self._width)
        self.bar.undo_asked.connect(self._undo)
        self.bar.done.connect(self.stop)
        page.stack.currentChanged.connect(lambda _: self._follow_view())

    @property
    def drawing(self) -> bool:
        """Whether the pointer draws."""
        return not self.bar.isHidden()

    def opened(self, opened: OpenedPaper) -> None:
        """Offer drawing where a paper has fixed pages."""
        self._fixed = bool(opened.sizes)
        self._follow_view()

    def closed(self) -> None:
        """Forget the paper."""
        self.stop()
        self.desk.clear()

    def take(self, placed: Sequence[Placed], version: VersionId) -> None:
        """Show the ink as it is kept."""
        self.desk.take(placed, version)

    def made(self, note: Note) -> None:
        """Learn that a first stroke was kept."""
        self.desk.made(note)

    def toggle(self) -> None:
        """Begin to draw, or end."""
        if self.drawing:
            self.stop()
        else:
            self._page.view.clear_selection()
            self.bar.float_low()
            self._choose(self.bar.eraser.isChecked())
            self.action.setChecked(True)

    def stop(self) -> None:
        """Let the pointer select text again."""
        self.bar.put_away()
        self._page.pages.set_tool(None)
        self.action.setChecked(False)

    def _follow_view(self) -> None:
        on_pages = self._fixed and self._page.stack.currentWidget() is self._page.pages
        self.action.setVisible(on_pages)
        if not on_pages:
            self.stop()

    def _choose(self, eraser: bool) -> None:
        self._page.pages.set_tool(self.eraser if eraser else self.pen)

    def _colour(self, colour: NoteColour) -> None:
        self.pen.colour = colour

    def _width(self, width: float) -> None:
        self.pen.width = width

    def _undo(self) -> None:
        page = self.desk.undo()
        if page and page - 1 not in self._page.pages.in_sight():
            self._page.pages.go_to(page)

    def _changed(self) -> None:
        self.layer.strokes = self.desk.strokes
        self.bar.undo.setEnabled(self.desk.can_undo)
        self._page.pages.viewport().update()
