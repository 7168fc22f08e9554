"""One finger on the windows of a walk: it taps, holds, drags, and types on the screen's keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QEventPoint, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QMenu,
    QPushButton,
    QWidget,
)

from congress.ui.theme.tokens import TARGET
from congress.ui.window import MainWindow
from tests.helpers.vaults import manual_clock
from tests.helpers.walking import Walk, describe, let_go, window_in, worked

_STEP = 24
"""Pixels between two points that the screen reports of a finger on its way."""
_STILL = 120
"""Milliseconds a finger rests before it leaves, so that nothing glides on."""
_DRAGS = 40


class Finger:
    """A finger, which can do only what a finger can: nothing is pressed that is not in sight.

    Touches go to the window, and Qt finds what lies under them.
    """

    def __init__(self, walked: Walk) -> None:
        self._walked = walked

    @contextmanager
    def _doing(self) -> Iterator[None]:
        """Wait after it until nothing is under way, unless all waits for the dialog it is in."""
        within = QApplication.activeModalWidget()
        yield
        if within is None:
            self._walked.rest()
        else:
            QTest.qWait(10)

    # Touching

    def _touch(self, widget: QWidget, *points: QPoint, hold: bool = False, still: int = 0) -> None:
        """Put the finger down on the first point of a widget, move it over the others, lift it."""
        window = widget.window()
        on = [widget.mapTo(widget.window(), each) for each in points]
        self._report(window, QEventPoint.State.Pressed, on[0])
        if hold:
            self._walked.until(QApplication.activePopupWidget, "holding brings no menu")
        for each in on[1:]:
            QTest.qWait(2)
            self._report(window, QEventPoint.State.Updated, each)
        if still:
            QTest.qWait(still)
        self._report(window, QEventPoint.State.Released, on[-1])
        QTest.qWait(2)

    def _report(self, widget: QWidget, state: QEventPoint.State, at: QPoint) -> None:
        window = _window(widget)
        touch = QTest.touchEvent(window, self._walked.screen)
        if state is QEventPoint.State.Pressed:
            touch.press(1, at, window)
        elif state is QEventPoint.State.Updated:
            touch.move(1, at, window)
        else:
            touch.release(1, at, window)
        touch.commit()

    def tap(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Tap a widget, in its middle unless told otherwise."""
        popup = QApplication.activePopupWidget()
        if popup is not None and popup is not widget.window():
            self._touch(widget, widget.rect().center())
            self._walked.until(lambda: not QApplication.activePopupWidget(), "a popup stays open")
        # A desktop wakes the window that is touched.
        widget.window().activateWindow()
        self.bring(widget)
        at = widget.rect().center() if at is None else at
        self._uncover(widget, at)
        with self._doing():
            self._touch(widget, at)

    def tap_at(self, area: QAbstractScrollArea, where: Callable[[], QRect]) -> None:
        """Drag an area until what it draws at ``where`` is in sight, and tap it."""
        self.bring(area)
        self._bring(area, where)
        at = (where() & _seen(area.viewport())).center()
        self._uncover(area.viewport(), at)
        with self._doing():
            self._touch(area.viewport(), at)

    def tap_row(self, view: QAbstractItemView, row: int, column: int = 0, x: int = 0) -> None:
        """Tap a row of a list or a table, ``x`` pixels from the middle of its cell."""
        at = self._row(view, row, column) + QPoint(x, 0)
        self._uncover(view.viewport(), at)
        with self._doing():
            self._touch(view.viewport(), at)

    def hold_row(self, view: QAbstractItemView, row: int) -> None:
        """Hold the finger on a row until its menu comes."""
        at = self._row(view, row, 0)
        self._uncover(view.viewport(), at)
        with self._doing():
            self._touch(view.viewport(), at, hold=True)

    def _uncover(self, widget: QWidget, at: QPoint) -> None:
        """Tap messages away that lie over a point of a widget."""
        spot = widget.mapToGlobal(at)
        toaster = self._walked.window.shell.toaster
        while over := [
            each
            for each in toaster.toasts
            if each.window() is widget.window()
            and each.rect().contains(each.mapFromGlobal(spot))
            and not each.isAncestorOf(widget)
        ]:
            self._touch(over[0], QPoint(over[0].width() // 2, 6))
            self._walked.until(partial(_is_gone, over[0]), "a message stays")
            QTest.qWait(5)
        _check(widget, at)

    # Moving what is out of sight

    def drag(self, area: QAbstractScrollArea, by: QPoint) -> None:
        """Put the finger down on the ground of an area and move it."""
        port = area.viewport()
        start = self._ground(area, by)
        steps = max(2, max(abs(by.x()), abs(by.y())) // _STEP)
        way = [start + by * at / steps for at in range(steps + 1)]
        self._uncover(port, start)
        self._touch(port, *way, still=_STILL)

    def _ground(self, area: QAbstractScrollArea, by: QPoint) -> QPoint:
        """Return where a drag may begin that means the area, and nothing that scrolls in it."""
        port = area.viewport()
        seen = _seen(port)
        for across in (4, 1, 7, 0, 8):
            for down in (4, 3, 5, 2, 6):
                at = seen.topLeft() + QPoint(
                    seen.width() * (across * 7 + 4) // 64, seen.height() * down // 8
                )
                if _area_under(port, at) is area:
                    return at - by / 2
        raise AssertionError(f"no finger comes to {describe(area)}")

    def bring(self, widget: QWidget) -> None:
        """Drag what scrolls around a widget until its middle is in sight."""
        areas: list[QAbstractScrollArea] = []
        inside: QWidget = widget
        while not inside.isWindow() and (above := inside.parentWidget()) is not None:
            if isinstance(above, QAbstractScrollArea) and above.viewport().isAncestorOf(widget):
                areas.append(above)
            inside = above
        for area in reversed(areas):
            self._bring(area, partial(_part, widget, area))

    def _row(self, view: QAbstractItemView, row: int, column: int) -> QPoint:
        """Drag a list until a row is in sight; return the middle of it."""
        self.bring(view)
        index = view.model().index(row, column)
        assert index.isValid(), f"no row {row} in {describe(view)}"
        self._bring(view, lambda: view.visualRect(index))
        middle = view.visualRect(index) & _seen(view.viewport())
        return middle.center()

    def _bring(self, area: QAbstractScrollArea, where: Callable[[], QRect]) -> None:
        for _ in range(_DRAGS):
            seen, part = _seen(area.viewport()), where()
            room = _room(seen)
            way = seen.center() - part.center()
            if room.top() <= part.center().y() <= room.bottom():
                way.setY(0)
            if room.left() <= part.center().x() <= room.right():
                way.setX(0)
            if way.isNull():
                return
            if abs(way.y()) >= abs(way.x()):
                most = seen.height() * 6 // 10
                self.drag(area, QPoint(0, max(-most, min(most, way.y()))))
            else:
                most = seen.width() * 6 // 10
                self.drag(area, QPoint(max(-most, min(most, way.x())), 0))
            assert where() != part, f"{describe(area)} does not follow the finger"
        raise AssertionError(f"{describe(area)} never brings it into sight")

    # Choosing and typing

    def choose(self, box: QComboBox, row: int) -> None:
        """Open a list that drops down, and tap a row of it."""
        self.tap(box)
        self.choose_open(box, row)

    def choose_open(self, box: QComboBox, row: int) -> None:
        """Tap a row of a list that has dropped down."""
        view = box.view()
        # Held, since Python forgets what lies in a window together with the window.
        held = view.window(), view.viewport()
        self._walked.until(view.isVisible, f"{describe(box)} does not open")
        place = self._row(view, row, 0)
        height = view.visualRect(view.model().index(row, 0)).height()
        assert height >= TARGET, f"a row of {describe(box)} is {height} high"
        with self._doing():
            self._touch(held[1], place)
            self._walked.until(lambda: not view.isVisible(), f"{describe(box)} stays open")

    def pick(self, button: QPushButton, words: str) -> None:
        """Open the menu of a button, and tap an entry of it."""
        self.tap(button)
        self.pick_open(button.menu(), words)

    def pick_open(self, menu: QMenu, words: str) -> None:
        """Tap an entry of a menu that is open."""
        self._walked.until(menu.isVisible, "no menu opens")
        found = [each for each in menu.actions() if each.text() == words]
        assert found, f"{words} is not among {[each.text() for each in menu.actions()]}"
        entry = menu.actionGeometry(found[0])
        assert entry.height() >= TARGET, f"{words} is {entry.height()} high"
        with self._doing():
            self._touch(menu, entry.center())

    def write(self, widget: QWidget, text: str) -> None:
        """Tap a field, rub out what is in it, and enter words on the keys of the screen."""
        self.tap(widget)
        focus = self._walked.focus
        assert widget is focus or widget.isAncestorOf(focus), f"{describe(focus)} has the keyboard"
        assert focus.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        before = str(focus.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) or "")
        QTest.keyClick(focus, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(focus, Qt.Key.Key_End)
        for _ in before:
            QTest.keyClick(focus, Qt.Key.Key_Backspace)
        entered = QInputMethodEvent()
        entered.setCommitString(text)
        with self._doing():
            QApplication.sendEvent(focus, entered)


@contextmanager
def door(walked: Walk, application: QApplication) -> Iterator[MainWindow]:
    """Yield another window, into which nothing was entered, in the language of a walk."""
    folder = walked.folder / "door"
    folder.mkdir()
    window = window_in(application, walked.lang, manual_clock(), folder)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    try:
        yield window
    finally:
        let_go(window)


def unreachable(finger: Finger, within: QWidget) -> list[str]:
    """Return what a person can work in ``within`` and no finger comes to."""
    wrong = []
    for widget in list(worked(within)):
        if not widget.isEnabled():
            continue
        try:
            finger.bring(widget)
            _check(widget, _middle(widget))
        except AssertionError as error:
            wrong.append(str(error))
    return wrong


def _is_gone(widget: QWidget) -> bool:
    return not shiboken6.isValid(widget)


def _middle(widget: QWidget) -> QPoint:
    """Return the middle of what is in sight of a widget."""
    return _seen(widget).center()


def _window(widget: QWidget) -> QWindow:
    handle = widget.windowHandle()
    assert handle is not None, f"{describe(widget)} was never shown"
    return handle


def _part(widget: QWidget, area: QAbstractScrollArea) -> QRect:
    return QRect(widget.mapTo(area.viewport(), QPoint()), widget.size())


def _seen(widget: QWidget) -> QRect:
    """Return the part of a widget that nothing around it cuts off."""
    seen, inside = widget.rect(), widget
    while not inside.isWindow() and (above := inside.parentWidget()) is not None:
        seen &= QRect(widget.mapFrom(above, QPoint()), above.size())
        inside = above
    return seen


def _room(seen: QRect) -> QRect:
    """Return where the middle of a control has to lie for a fingertip to have room around it."""
    rim = min(20, seen.height() // 3, seen.width() // 3)
    return seen.adjusted(rim, rim, -rim, -rim)


def _area_under(port: QWidget, at: QPoint) -> QWidget | None:
    widget: QWidget | None = port.childAt(at) or port
    while widget is not None and not isinstance(widget, QAbstractScrollArea):
        widget = widget.parentWidget()
    return widget


def _check(widget: QWidget, at: QPoint) -> None:
    """Fail unless a finger on a point of a widget comes to it, and not to what lies over it."""
    window = widget.window()
    there = widget.mapTo(window, at)
    under = window.childAt(there) or window
    hit = under is widget or widget.isAncestorOf(under)
    assert hit, f"{describe(widget)} lies under {describe(under)}"
