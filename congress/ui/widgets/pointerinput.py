"""The mouse on a paper: selecting, links, tools, the wheel."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QMouseEvent, QNativeGestureEvent, QWheelEvent

from congress.ui.widgets.selecting import Grain
from congress.ui.widgets.textplaces import hits

if TYPE_CHECKING:
    from congress.ui.widgets.sheetview import SheetView

STEP = 1.2
"""What one step of the wheel with Ctrl multiplies the zoom with."""
_EDGE = 28
"""Pixels from the edge of the view where a selection begins to scroll it."""
_SCROLL_MS = 30
_CLICK = 4
_TURN = 120


class PointerInput:
    """Follows the mouse for one view."""

    def __init__(self, view: "SheetView") -> None:
        """Follow the mouse over ``view``."""
        self._view = view
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._grain = Grain.LETTER
        self._begun = False
        self._tool_sheet: int | None = None
        self._double_at = 0.0
        self._turned = 0.0
        self._scrolling = QTimer(view, interval=_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_on)

    def press(self, event: QMouseEvent) -> None:
        """Begin to select or to work the tool; a third press at once selects a line."""
        view, at = self._view, event.position()
        if event.button() is not Qt.MouseButton.LeftButton or not view.sheet_count:
            return
        view.touch.stop()
        if self.begin_tool(at):
            return
        triple = (
            monotonic() - self._double_at
            < QGuiApplication.styleHints().mouseDoubleClickInterval() / 1000
        )
        self._double_at = 0.0
        self._pressed, self._last = at, at
        self._grain = (
            (Grain.LINE if view.has_pages else Grain.PARAGRAPH) if triple else Grain.LETTER
        )
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._begun = False
        if shift and view.selecting.caret is not None:
            self._begun = True
            self._extend()
        else:
            self._begin()

    def double_click(self, event: QMouseEvent) -> None:
        """Select a word; beside the text, fit the column."""
        view, at = self._view, event.position()
        if event.button() is not Qt.MouseButton.LeftButton or view.tool is not None:
            return
        sheet, x, y = view.sheet_point(at)
        text = view.text_on(sheet)
        if text is not None and not hits(text, x, y):
            view.fit_column(at)
            return
        self._double_at = monotonic()
        self._pressed, self._last, self._grain = at, at, Grain.WORD
        self._begin()

    def move(self, event: QMouseEvent) -> None:
        """Go on with what was begun; without a button, show what is under the pointer."""
        view, at = self._view, event.position()
        if self._tool_sheet is not None:
            self.move_tool(at)
        elif self._pressed is not None:
            self._last = at
            self._extend()
            high = view.viewport().height()
            outside = at.y() < _EDGE or at.y() > high - _EDGE
            dragged = (at - self._pressed).manhattanLength() > _CLICK
            if outside and dragged and not self._scrolling.isActive():
                self._scrolling.start()
        elif view.tool is None:
            over = view.link_at(at) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
            view.viewport().setCursor(shape)

    def release(self, event: QMouseEvent) -> None:
        """End; a click that selected nothing may follow a link."""
        view, at = self._view, event.position()
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._scrolling.stop()
        if self._tool_sheet is not None:
            self.end_tool(at)
            return
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        still = (at - pressed).manhattanLength() <= _CLICK
        if still and view.selecting.span is None and view.activate(at):
            return
        view.settle()

    def text_came(self) -> None:
        """Begin what was waiting for the text to be placed."""
        if self._pressed is not None and not self._begun:
            self._extend()

    def _begin(self) -> None:
        view = self._view
        if self._pressed is None:
            return
        view.touch.selected = False
        place = view.place_at(self._pressed)
        if place is None:
            view.selecting.clear()
            return
        self._begun = True
        view.selecting.begin(place, self._grain)

    def _extend(self) -> None:
        if not self._begun:
            self._begin()
        place = self._view.place_at(self._last)
        if self._begun and place is not None and self._moved():
            self._view.selecting.extend(place)

    def _moved(self) -> bool:
        far = self._pressed is not None and (self._last - self._pressed).manhattanLength()
        return bool(far and far > 1)

    def _scroll_on(self) -> None:
        view, y = self._view, self._last.y()
        high = view.viewport().height()
        beyond = min(0.0, y - _EDGE) if y < high / 2 else max(0.0, y - high + _EDGE)
        if self._pressed is None or not beyond:
            self._scrolling.stop()
            return
        view.scroll_by(0, max(-40.0, min(40.0, beyond)))
        self._extend()

    # Tools

    def begin_tool(self, at: QPointF) -> bool:
        """Begin with the tool that has the pointer; return whether one has."""
        view = self._view
        if view.tool is None or not view.has_pages:
            return False
        sheet, x, y = view.sheet_point(at)
        self._tool_sheet = sheet
        view.tool.press(sheet + 1, x, y)
        return True

    def move_tool(self, at: QPointF) -> None:
        """Go on with the tool, on the sheet where it began."""
        if self._tool_sheet is not None and self._view.tool is not None:
            self._view.tool.move(self._tool_sheet + 1, *self._view.point_on(self._tool_sheet, at))
            self._view.viewport().update()

    def end_tool(self, at: QPointF) -> None:
        """End with the tool."""
        sheet, self._tool_sheet = self._tool_sheet, None
        if sheet is not None and self._view.tool is not None:
            self._view.tool.release(sheet + 1, *self._view.point_on(sheet, at))
            self._view.viewport().update()

    def cancel_tool(self) -> bool:
        """Forget what the tool began; return whether it had begun anything."""
        sheet, self._tool_sheet = self._tool_sheet, None
        if sheet is None or self._view.tool is None:
            return False
        self._view.tool.cancel()
        self._view.viewport().update()
        return True

    # The wheel and the touch pad

    def gesture(self, event: QNativeGestureEvent) -> bool:
        """Zoom by two fingers on a touch pad; two taps of them fit the column."""
        view, kind = self._view, event.gestureType()
        if not view.sheet_count:
            return False
        if kind is Qt.NativeGestureType.ZoomNativeGesture:
            view.set_zoom(view.zoom * (1 + event.value()), event.position())
        elif kind is Qt.NativeGestureType.SmartZoomNativeGesture:
            view.fit_column(event.position())
        else:
            return False
        event.accept()
        return True

    def wheel(self, event: QWheelEvent) -> bool:
        """Zoom with Ctrl; turn pages where one is shown at a time. Otherwise return false."""
        view = self._view
        view.touch.stop()
        view.forget_goal()
        if not view.sheet_count:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            view.set_zoom(view.zoom * STEP ** (event.angleDelta().y() / _TURN), event.position())
            event.accept()
            return True
        down = -event.angleDelta().y()
        bar = view.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() if down > 0 else bar.value() <= 0
        if not view.one_at_a_time or not at_end or not down:
            self._turned = 0.0
            return False
        self._turned += down / _TURN
        if abs(self._turned) >= 1:
            view.turn(1 if self._turned > 0 else -1)
            self._turned = 0.0
        event.accept()
        return True
