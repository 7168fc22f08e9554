"""Walks through the real pages of a real window: waits, types, clicks, takes pictures."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget

from congress.kernel.errors import BugError, CongressError
from congress.kernel.progress import Progress
from congress.ui import screenshots
from congress.ui.page import Page, ScrollPage
from congress.ui.watchdog import Stall, Watchdog
from congress.ui.widgets.dialog import Dialog
from congress.ui.window import MainWindow

T = TypeVar("T")
P = TypeVar("P", bound=Page)
D = TypeVar("D", bound=Dialog)
Q = TypeVar("Q", bound=QObject)
SLICE_MS = 20


class Walker:
    """A person at the window, but quick.

    Attributes:
        pictures: Names of the pictures taken, in order.
        stalls: The longest time the GUI thread was held up, by what was watched.
    """

    def __init__(self, window: MainWindow, folder: Path, say: Callable[[str], object]) -> None:
        """Take pictures into ``folder`` and tell ``say`` of each."""
        self.window = window
        self.pictures: list[str] = []
        self.stalls: dict[str, Stall] = {}
        self._dog: Watchdog | None = None
        self._folder, self._say = folder, say
        self._error: CongressError | None = None
        self._bug: BaseException | None = None
        window.tasks.failed.connect(self._failed)
        window.tasks.bug.connect(self._broken)
        folder.mkdir(parents=True, exist_ok=True)

    def _failed(self, error: CongressError) -> None:
        self._error = error

    def _broken(self, error: BaseException) -> None:
        self._bug = error

    @contextmanager
    def watched(self, name: str) -> Iterator[None]:
        """Measure how long the GUI thread is held up meanwhile, taking pictures left out."""
        self._dog = Watchdog()
        self._dog.start()
        try:
            yield
        finally:
            self._dog.stop()
            self.stalls[name], self._dog = self._dog.longest, None

    def until(self, true: Callable[[], object], what: str, seconds: float = 60) -> None:
        """Let events run until ``true()`` holds.

        Raises:
            CongressError: Work of a page failed.
            BugError: It does not come to hold in time, or work raised what it must not.
        """
        end = monotonic() + seconds
        while not true():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, SLICE_MS)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            if self._bug is not None:
                raise BugError(f"work broke while waiting for {what}") from self._bug
            if self._error is not None:
                raise self._error
            if monotonic() > end:
                raise BugError(f"waited too long for {what}")

    def done(self, work: Callable[[Progress], T]) -> T:
        """Do ``work`` on the store thread, as a page does, and return its result."""
        results: list[T] = []
        task = self.window.tasks.store(work).success(results.append).start()
        self.until(lambda: results, "work on the store thread", 120)
        del task
        return results[0]

    def page(self, kind: type[P], subject: str = "") -> P:
        """Bring a page to the front and return it once it has come to rest."""
        self.window.navigate(f"{kind.key}/{subject}" if subject else kind.key)
        return self.current(kind)

    def current(self, kind: type[P]) -> P:
        """Return the page in front, once it has come to rest.

        Raises:
            BugError: It is another one.
        """
        screenshots.settle(self.window)
        page = self.window.shell.current
        if not isinstance(page, kind):
            raise BugError(f"the page {kind.key} did not come to the front")
        return page

    def dialog(self, kind: type[D]) -> D:
        """Return the dialog of a type that lies over the window, once it is there."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), kind), "a dialog")
        found = QApplication.activeModalWidget()
        if not isinstance(found, kind):
            raise BugError(f"there is no {kind.__name__}")
        return found

    def part(self, kind: type[Q], of: QObject | None = None) -> Q:
        """Return the one object of a type inside ``of``, by default inside the window.

        Raises:
            BugError: There is none.
        """
        found = (of or self.window).findChild(kind)
        if not isinstance(found, kind):
            raise BugError(f"there is no {kind.__name__}")
        return found

    def click(self, button: QAbstractButton | QWidget) -> None:
        """Click a button, which must be there and enabled."""
        self.until(lambda: button.isVisible() and button.isEnabled(), "a button to be enabled")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(self, area: QWidget, words: str) -> None:
        """Click the first button in ``area`` that says ``words``.

        Raises:
            BugError: There is none.
        """
        for button in area.findChildren(QAbstractButton):
            if button.text() == words.replace("&", "&&"):
                self.click(button)
                return
        raise BugError("there is no such button")

    def type(self, field: QWidget, text: str, *, enter: bool = True) -> None:
        """Type into a line instead of what stands there; by default press Enter.

        Raises:
            BugError: ``field`` is no line to type into.
        """
        if not isinstance(field, QLineEdit):
            raise BugError("there is no line to type into")
        field.setFocus()
        field.selectAll()
        self.keys(field, text)
        if enter:
            QTest.keyClick(field, Qt.Key.Key_Return)

    def shortcut(self, widget: QWidget, keys: str) -> None:
        """Press keys together in ``widget``, for instance ``Ctrl+E``."""
        # The system takes shortcuts for the window in front alone.
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window to come to the front")
        QTest.keySequence(widget, QKeySequence(keys))

    def keys(self, widget: QWidget, text: str) -> None:
        """Type letters of any language where the caret of ``widget`` is."""
        for letter in text:
            # QTest.keyClicks knows Latin keyboards only.
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QCoreApplication.sendEvent(widget, event)

    def agree(self, name: str) -> None:
        """Say yes to the question that comes next and stops everything; picture it first."""
        later = QTimer(self.window, interval=SLICE_MS)

        def look() -> None:
            question = QApplication.activeModalWidget()
            sure = [
                button
                for button in (question.findChildren(QPushButton) if question else ())
                if button.property("sure")
            ]
            if sure:
                later.stop()
                self.snap(name, question)
                sure[0].click()

        later.timeout.connect(look)
        later.start()

    def scroll(self, page: ScrollPage, widget: QWidget) -> None:
        """Bring the head of ``widget`` as near to the top of ``page`` as it goes."""
        screenshots.settle(self.window)
        area = page.scroll_area
        bar, down = area.verticalScrollBar(), widget.mapTo(area.viewport(), QPoint()).y()
        bar.setValue(bar.value() + down)

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Drag the mouse over ``widget`` with its left button held."""
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(widget, left, pos=start)
        for at in ((start + end) / 2, end):
            QTest.mouseMove(widget, at)
        QTest.mouseRelease(widget, left, pos=end)

    def picture(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of the window, or of ``widget``, as it is now."""
        screenshots.settle(self.window)
        self.snap(name, widget)

    def snap(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture without waiting for anything to come to rest; toasts go with it."""
        if self._dog is not None:
            self._dog.stop()
        file = f"{len(self.pictures) + 1:02d}-{name}.png"
        screenshots.save(widget or self.window, self._folder / file)
        self.pictures.append(file)
        for toast in self.window.shell.toaster.toasts:
            toast.close()
        self._say(f"  {file}")
        if self._dog is not None:
            self._dog.start()

    def rest(self, seconds: float) -> None:
        """Let events run for some seconds: for pictures that threads of their own draw."""
        end = monotonic() + seconds
        self.until(lambda: monotonic() >= end, "a rest", seconds + 5)
