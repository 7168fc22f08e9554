"""Fingers on a paper: scrolling that goes on by itself, zooming, selecting, tools."""

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QEventPoint, QTouchEvent

from congress.ui.theme.tokens import TARGET
from congress.ui.widgets.gestures import DOUBLE, FLING, HOLD, Gestures, Glide, Point
from congress.ui.widgets.selecting import Grain

if TYPE_CHECKING:
    from congress.ui.widgets.sheetview import SheetView

_FRAME_MS = 16
_SWIPE = 60
"""Pixels a finger goes sideways to turn a page that has no more to show there."""


class TouchInput:
    """Follows the fingers for one view."""

    def __init__(self, view: "SheetView") -> None:
        """Follow the fingers on ``view``."""
        self._view = view
        self.selected = False
        """Whether the selection was made by touch, and so has handles."""
        self._gestures = Gestures(self)
        self._glide: Glide | None = None
        self._glided = 0.0
        self._fixed: object = None
        self._gliding = QTimer(view, interval=_FRAME_MS)
        self._gliding.timeout.connect(self._glide_on)
        self._hold = QTimer(view, singleShot=True, interval=round(HOLD * 1000) + 5)
        self._hold.setTimerType(Qt.TimerType.PreciseTimer)
        self._hold.timeout.connect(lambda: self._gestures.held(monotonic()))
        self._second = QTimer(view, singleShot=True, interval=round(DOUBLE * 1000) + 5)
        self._second.setTimerType(Qt.TimerType.PreciseTimer)
        self._second.timeout.connect(lambda: self._gestures.settled(monotonic()))

    def event(self, event: QTouchEvent) -> bool:
        """Take an event; the view has no other use for it."""
        event.accept()
        if event.type() is QEvent.Type.TouchCancel:
            self._hold.stop()
            self._gestures.cancel()
            return True
        points = {
            point.id(): (point.position().x(), point.position().y())
            for point in event.points()
            if point.state() is not QEventPoint.State.Released
        }
        now = monotonic()
        self._gestures.touched(points, now)
        if not self._gestures.waits_for_hold:
            self._hold.stop()
        elif not self._hold.isActive():
            self._hold.start()
        if self._gestures.waits_for_second:
            self._second.start()
        return True

    def stop(self) -> None:
        """Stop whatever goes on by itself."""
        self._gliding.stop()
        self._glide = None

    @property
    def gliding(self) -> bool:
        """Whether the paper goes on by itself."""
        return self._gliding.isActive()

    def _glide_on(self) -> None:
        if self._glide is None or self._glide.stands:
            self.stop()
            return
        now = monotonic()
        dx, dy = self._glide.step(now - self._glided)
        self._glided = now
        view = self._view
        before = view.top, view.left
        view.scroll_by(-dx, -dy)
        if (dx or dy) and before == (view.top, view.left):
            self.stop()

    # What the fingers mean (``Touched``)

    def touch_begins(self) -> None:
        """Stop whatever goes on by itself."""
        self.stop()
        self._view.forget_goal()
        self._second.stop()

    def pan(self, dx: float, dy: float) -> None:
        """Move the paper with the finger."""
        self._view.scroll_by(-dx, -dy)

    def pan_ended(self, dx: float, dy: float, vx: float, vy: float) -> None:
        """Let the paper go on, or turn the page."""
        view = self._view
        if view.one_at_a_time and abs(dx) > max(_SWIPE, abs(dy)):
            if not view.horizontalScrollBar().maximum():
                forward = (dx < 0) is not view.reads_from_right
                view.turn(1 if forward else -1)
                return
        elif view.one_at_a_time and abs(dy) > _SWIPE and not view.verticalScrollBar().maximum():
            view.turn(1 if dy < 0 else -1)
            return
        if max(abs(vx), abs(vy)) >= FLING:
            self._glide, self._glided = Glide(vx, vy), monotonic()
            self._gliding.start()

    def pinch(self, factor: float, at: Point, dx: float, dy: float) -> None:
        """Zoom around the point between the fingers, and move the paper with them."""
        view = self._view
        if view.sheet_count:
            view.set_zoom(view.zoom * factor, QPointF(*at))
            view.scroll_by(-dx, -dy)

    def tap(self, at: Point) -> None:
        """Follow what is there; else end the selection, or else tell the reader."""
        view = self._view
        if not view.sheet_count or view.activate(QPointF(*at)):
            return
        if view.selecting.span is not None:
            view.clear_selection()
        else:
            view.tapped.emit()

    def double_tap(self, at: Point) -> None:
        """Fit the column of text."""
        if self._view.sheet_count:
            self._view.fit_column(QPointF(*at))

    def hold(self, at: Point) -> bool:
        """Select the word under the finger."""
        view = self._view
        place = view.place_at(QPointF(*at)) if view.sheet_count else None
        if place is None:
            return False
        self.selected = True
        view.selecting.begin(place, Grain.WORD)
        return True

    def hold_moved(self, at: Point) -> None:
        """Select up to the finger; a handle is held above the finger."""
        view = self._view
        lifted = QPointF(at[0], at[1] - (TARGET / 2 if self._fixed is not None else 0))
        place = view.place_at(lifted)
        if place is not None:
            view.selecting.extend(place)
        high = view.viewport().height()
        if at[1] < TARGET / 2 or at[1] > high - TARGET / 2:
            view.scroll_by(0, -12 if at[1] < high / 2 else 12)

    def hold_ended(self) -> None:
        """End selecting."""
        self._fixed = None
        self._view.settle()

    def grab(self, at: Point) -> bool:
        """Take hold of a handle: the other end of the selection then stays."""
        view = self._view
        span = view.selecting.span
        for place, handle in view.painting.handles().items():
            if (handle - QPointF(*at)).manhattanLength() <= TARGET and span is not None:
                self._fixed = span[1] if place == span[0] else span[0]
                fixed, moving = (span[1], span[0]) if place == span[0] else span
                view.selecting.select(fixed, moving)
                return True
        return False

    def tool_begins(self, at: Point) -> bool:
        """Begin with the tool that has the pointer."""
        return self._view.pointer.begin_tool(QPointF(*at))

    def tool_moved(self, at: Point) -> None:
        """Go on with the tool."""
        self._view.pointer.move_tool(QPointF(*at))

    def tool_ended(self, at: Point) -> None:
        """End with the tool."""
        self._view.pointer.end_tool(QPointF(*at))

    def tool_cancelled(self) -> None:
        """Forget what the tool began."""
        self._view.pointer.cancel_tool()
