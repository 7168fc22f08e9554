"""A paper on the screen: what fixed pages and flowing text have in common.

Sheets (pages, or sections of text) are laid out by a plan, drawn by a worker, and answer to
mouse, fingers and keyboard alike. Places are those of the stored text, so that a selection, a
mark or a reading place means the same in both views.
"""

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from congress.docs.pdflinks import PageLink
from congress.ui.context import UiContext
from congress.ui.sheets import SheetText, SheetWorker
from congress.ui.widgets.caretkeys import CaretKeys
from congress.ui.widgets.pagelayers import (
    PageLayer,
    PageTool,
    Place,
    Selected,
    TextMark,
    TouchableLayer,
)
from congress.ui.widgets.pointerinput import PointerInput
from congress.ui.widgets.selecting import Selecting
from congress.ui.widgets.sheetpainting import SheetPainting
from congress.ui.widgets.sheetscroll import SheetScroll
from congress.ui.widgets.textplaces import boxes_between, selected
from congress.ui.widgets.touchinput import TouchInput
from congress.ui.widgets.watermark import Watermark


class SheetView(SheetScroll):
    """Shows the sheets of one paper. Subclasses lay them out and say how they are drawn."""

    selection_changed = Signal(object)
    """What is selected (``Selected``), or ``None``."""
    selection_settled = Signal(object)
    """What is selected once the pointer is let go, a key was pressed; or ``None``."""
    copy_asked = Signal(object)
    """The person wants to copy this (``Selected``)."""
    mark_activated = Signal(str, str)
    """The owner and the key of a mark that was tapped or clicked."""
    link_followed = Signal(object)
    """A ``PageLink`` that was tapped or clicked."""
    tapped = Signal()
    """A finger tapped where nothing else is, or Escape was pressed with nothing to end."""

    def __init__(
        self, context: UiContext, mark: Watermark, name: str, parent: QWidget | None = None
    ) -> None:
        """Begin without a paper; ``mark`` is written over it, ``name`` is for screen readers."""
        super().__init__(context, name, parent)
        self.mark = mark
        self.layers: list[PageLayer] = []
        self.marks: dict[str, Sequence[TextMark]] = {}
        self.tool: PageTool | None = None
        self.focus_link: PageLink | None = None
        self.selecting = Selecting(self._selection_moved)
        self.painting = SheetPainting(self)
        self.pointer = PointerInput(self)
        self.touch = TouchInput(self)
        self.keys = CaretKeys(self)
        view = self.viewport()
        view.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        view.setMouseTracking(True)
        view.setCursor(Qt.CursorShape.IBeamCursor)

    @abstractmethod
    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Set the zoom; what lies at ``around`` in the view stays where it is."""

    @property
    @abstractmethod
    def zoom(self) -> float:
        """The zoom."""

    @abstractmethod
    def fit_column(self, at: QPointF) -> None:
        """Make the column of text at a point as wide as the view, or go back."""

    @abstractmethod
    def turn(self, step: int) -> None:
        """Go on by ``step`` sheets in the direction of reading."""

    def take_worker(self, worker: SheetWorker | None, texts: Sequence[str]) -> None:
        """Show what ``worker`` draws; ``texts`` is the stored text of each page."""
        if self.tool is not None:
            self.tool.cancel()
        super().take_worker(worker, texts)
        self.focus_link = None
        self.touch.stop()
        self.painting.marks_changed()
        self.selecting.clear(texts)

    def learned(self, sheet: int, text: SheetText) -> None:
        """Take what the worker learned of a sheet."""
        self.painting.marks_changed()
        self.pointer.text_came()

    def forget_texts(self) -> None:
        """Forget where text is placed: the sheets are laid out anew."""
        super().forget_texts()
        self.painting.marks_changed()

    # What others add

    def add_layer(self, layer: PageLayer) -> None:
        """Have ``layer`` draw over every fixed page in sight."""
        self.layers.append(layer)
        self.viewport().update()

    def set_tool(self, tool: PageTool | None) -> None:
        """Give the pointer to ``tool``; with ``None`` it selects text again."""
        if self.tool is not None:
            self.tool.cancel()
        self.tool = tool
        cursor = Qt.CursorShape.IBeamCursor if tool is None else tool.cursor
        self.viewport().setCursor(cursor)

    def set_marks(self, owner: str, marks: Sequence[TextMark]) -> None:
        """Show these marks of ``owner``, and no earlier ones of theirs."""
        self.marks[owner] = marks
        self.painting.marks_changed()
        self.viewport().update()

    def set_ticks(self, places: Sequence[Place], current: Place | None = None) -> None:
        """Mark places along the scroll bar, ``current`` before the others."""
        self.ticks.set_places(places, current)

    # Selecting

    def selected(self) -> Selected | None:
        """Return what is selected."""
        span = self.selecting.span
        if span is None:
            return None
        boxes = [pair for text in self.texts_in_sight() for pair in boxes_between(text, *span)]
        return selected(self.texts, *span, boxes if self.has_pages else ())

    def select(self, start: Place, end: Place) -> None:
        """Select what lies between two places."""
        self.selecting.select(start, end)
        self.settle()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.selecting.clear()
        self.settle()

    def settle(self) -> None:
        """Tell what is selected now that the person pauses."""
        self.selection_settled.emit(self.selected())

    def copy(self) -> None:
        """Ask to copy what is selected."""
        if (chosen := self.selected()) is not None:
            self.copy_asked.emit(chosen)

    def _selection_moved(self) -> None:
        self.selection_changed.emit(self.selected())
        self.viewport().update()

    def selection_area(self) -> QRectF | None:
        """Return where in the view the selection is, or ``None`` if it is out of sight."""
        span = self.selecting.span
        if span is None:
            return None
        whole = QRectF()
        for sheet in self.in_sight():
            if (text := self.text_on(sheet)) is not None:
                for _, box in boxes_between(text, *span):
                    whole = whole.united(self.box_on_view(sheet, box))
        seen = whole.intersected(QRectF(self.viewport().rect()))
        return None if seen.isEmpty() else seen

    # Links and marks

    def link_at(self, at: QPointF) -> PageLink | None:
        """Return the link at a point of the view."""
        sheet, x, y = self.sheet_point(at)
        text = self.text_on(sheet)
        for link in text.links if text is not None else ():
            box = link.box
            if box.left <= x <= box.right and box.top <= y <= box.bottom:
                return link
        return None

    def links_in_sight(self) -> list[tuple[int, PageLink]]:
        """Return the links in sight with their sheets, in reading order."""
        return [
            (sheet, link)
            for sheet in self.in_sight()
            if (text := self.text_on(sheet)) is not None
            for link in text.links
        ]

    def activate(self, at: QPointF) -> bool:
        """Follow the link, touch the layer or name the mark at a point; return whether any is."""
        if (link := self.link_at(at)) is not None:
            self.link_followed.emit(link)
            return True
        sheet, x, y = self.sheet_point(at)
        if self.has_pages:
            for layer in reversed(self.layers):
                if isinstance(layer, TouchableLayer) and layer.tapped(sheet + 1, x, y):
                    return True
        if (found := self.painting.mark_at(sheet, x, y)) is not None:
            self.mark_activated.emit(*found)
            return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight; a sheet not drawn yet is blank, or as it was last drawn."""
        painter = QPainter(self.viewport())
        self.painting.paint(painter, event.rect())
        painter.end()

    # What the person does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, or work the tool."""
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to the pointer."""
        self.pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End selecting, or follow a link."""
        self.pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word; beside the text, fit the column."""
        self.pointer.double_click(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, turn pages, move the caret, select, follow links."""
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom around the pointer."""
        if not self.pointer.wheel(event):
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Follow the fingers, on a screen or on a touch pad."""
        if isinstance(event, QTouchEvent):
            return self.touch.event(event)
        if isinstance(event, QNativeGestureEvent) and self.pointer.gesture(event):
            return True
        return super().viewportEvent(event)
