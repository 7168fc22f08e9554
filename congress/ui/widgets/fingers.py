"""Lists and columns under a finger: they scroll and glide on, a tap presses, a long press asks.

Qt turns a finger into a mouse, which presses whatever it passes and never scrolls. An area that
``Fingers`` follows takes the touch itself and makes a click of a tap alone.
"""

from collections import deque
from time import monotonic

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QEventPoint, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from congress.ui.widgets.gestures import FLING, HOLD, SLOP, Glide

_FRAME_MS = 16
_SAMPLED = 0.1
"""Seconds of the movement before the finger left that tell how fast it was."""

Area = QAbstractScrollArea


class Fingers(QObject):
    """Follows the first finger on one scrolling area.

    A swipe that the area has no room for moves the area around it.
    """

    def __init__(self, area: Area) -> None:
        """Follow the fingers on ``area`` as long as it lives."""
        super().__init__(area)
        self._area = area
        self._down: QPointF | None = None
        self._bar: QScrollBar | None = None
        self._upright = True
        self._owed = 0.0
        self._trail: deque[tuple[float, QPointF]] = deque()
        self._glide: Glide | None = None
        self._glided = 0.0
        self._gliding = QTimer(self, interval=_FRAME_MS)
        self._gliding.timeout.connect(self._glide_on)
        self._hold = QTimer(self, singleShot=True, interval=round(HOLD * 1000))
        self._hold.timeout.connect(self._held)
        area.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what fingers do."""
        if not isinstance(event, QTouchEvent):
            return False
        event.accept()
        point = event.points()[0] if event.points() else None
        if event.type() is QEvent.Type.TouchCancel or point is None:
            self._forget()
        elif event.type() is QEvent.Type.TouchBegin:
            self._begin(point.globalPosition())
        elif point.state() is QEventPoint.State.Released:
            self._end(point.globalPosition())
        else:
            self._move(point.globalPosition())
        return True

    def _forget(self) -> None:
        self._hold.stop()
        self._down = self._bar = None

    def _begin(self, at: QPointF) -> None:
        stopped = self._gliding.isActive()
        self._gliding.stop()
        self._trail = deque([(monotonic(), at)])
        self._down, self._bar, self._owed = at, None, 0.0
        if stopped:
            # The finger that stops a glide presses nothing.
            self._bar = self._area.verticalScrollBar()
        else:
            self._hold.start()

    def _move(self, at: QPointF) -> None:
        if self._down is None:
            return
        now, before = monotonic(), self._trail[-1][1]
        way = at - self._down
        if self._bar is None:
            if max(abs(way.x()), abs(way.y())) <= SLOP:
                return
            self._hold.stop()
            before = self._down
            self._bar = self._room(way)
        self._trail.append((now, at))
        while now - self._trail[0][0] > _SAMPLED and len(self._trail) > 2:
            self._trail.popleft()
        step = at - before
        self._scroll(self._bar, step.y() if self._upright else step.x())

    def _scroll(self, bar: QScrollBar, way: float) -> bool:
        """Move what the finger moves by so many pixels; return whether it is at its end."""
        self._owed += way / _unit(bar)
        whole = int(self._owed)
        self._owed -= whole
        before, by = bar.value(), -abs(whole) if _back(bar, whole) else abs(whole)
        bar.setValue(before + by)
        return whole != 0 and bar.value() == before

    def _room(self, way: QPointF) -> QScrollBar:
        """Return the bar that a swipe moves: of the innermost area that has room for it."""
        self._upright = abs(way.y()) >= abs(way.x())
        area: QWidget | None = self._area
        while area is not None:
            if isinstance(area, Area):
                bar = area.verticalScrollBar() if self._upright else area.horizontalScrollBar()
                back = _back(bar, way.y() if self._upright else way.x())
                if bar.value() > bar.minimum() if back else bar.value() < bar.maximum():
                    return bar
            area = area.parentWidget()
        return self._area.verticalScrollBar()

    def _end(self, at: QPointF) -> None:
        self._hold.stop()
        down, self._down = self._down, None
        if down is None:
            return
        if self._bar is None:
            QTimer.singleShot(0, self, lambda: self._tap(down.toPoint()))
            return
        recent = [(when, point) for when, point in self._trail if monotonic() - when <= _SAMPLED]
        if len(recent) > 1:
            (begun, one), (ended, other) = recent[0], recent[-1]
            speed = (other - one) / max(1e-3, ended - begun)
            along = speed.y() if self._upright else speed.x()
            if abs(along) >= FLING:
                self._glide, self._glided = Glide(0.0, along), monotonic()
                self._gliding.start()

    def _glide_on(self) -> None:
        glide, bar = self._glide, self._bar
        if glide is None or bar is None or glide.stands or not shiboken6.isValid(bar):
            self._gliding.stop()
            return
        now = monotonic()
        _, along = glide.step(now - self._glided)
        self._glided = now
        if self._scroll(bar, along):
            self._gliding.stop()

    def _target(self, at: QPoint) -> QWidget:
        port = self._area.viewport()
        return port.childAt(port.mapFromGlobal(at)) or port

    def _tap(self, at: QPoint) -> None:
        """Press what lies at a point of the screen, as a click of the mouse does."""
        target = self._target(at)
        _give_focus(target)
        here, there = QPointF(target.mapFromGlobal(at)), QPointF(at)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        for kind, buttons in (
            (QEvent.Type.MouseButtonPress, left),
            (QEvent.Type.MouseButtonRelease, none),
        ):
            if shiboken6.isValid(target):
                event = QMouseEvent(
                    kind, here, there, left, buttons, Qt.KeyboardModifier.NoModifier
                )
                QApplication.sendEvent(target, event)

    def _held(self) -> None:
        """Ask for the menu of what lies under the finger, if it has one."""
        if self._down is None:
            return
        at = self._down.toPoint()
        target = self._target(at)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, target.mapFromGlobal(at), at)
        QApplication.sendEvent(target, event)
        if event.isAccepted():
            self._forget()


def _back(bar: QScrollBar, way: float) -> bool:
    """Return whether a finger that goes ``way`` pixels right or down lowers the value."""
    mirrored = bar.orientation() is Qt.Orientation.Horizontal and bar.isRightToLeft()
    return (way > 0) is not mirrored


def _unit(bar: QScrollBar) -> float:
    """Return how many pixels one step of a bar is: editors of plain text count in lines."""
    area = bar.parentWidget()
    while area is not None and not isinstance(area, Area):
        area = area.parentWidget()
    return area.fontMetrics().lineSpacing() if isinstance(area, QPlainTextEdit) else 1.0


def _give_focus(target: QWidget) -> None:
    widget: QWidget | None = target
    while widget is not None and not widget.isWindow():
        if widget.focusPolicy().value & Qt.FocusPolicy.ClickFocus.value and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        widget = widget.parentWidget()
