"""The reader by touch alone: synthetic fingers on both views."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from congress.docs.places import Arrangement, Fit
from congress.ui.pages.reader import ReaderPage
from congress.ui.widgets.button import Button
from congress.ui.widgets.gestures import HOLD
from congress.ui.widgets.pagelayers import Place
from congress.ui.widgets.sheetview import SheetView
from tests.helpers.papers import pdf
from tests.ui.library.conftest import Hall, Write
from tests.ui.library.test_reader_extension import Pen
from tests.ui.library.test_reader_page import opened, ready
from tests.ui.library.test_reader_select import point

LINES = "\n".join(f"Line {number} of the paper in hand" for number in range(30))


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice()


class Fingers:
    """Puts fingers on a view."""

    def __init__(self, hall: Hall, screen: QPointingDevice, view: SheetView) -> None:
        self._hall, self._screen, self._port = hall, screen, view.viewport()

    def press(self, **fingers: QPoint) -> None:
        event = QTest.touchEvent(self._port, self._screen)
        for name, at in fingers.items():
            event.press(int(name[1:]), at, self._port)
        event.commit()

    def move(self, **fingers: QPoint) -> None:
        event = QTest.touchEvent(self._port, self._screen)
        for name, at in fingers.items():
            event.move(int(name[1:]), at, self._port)
        event.commit()

    def release(self, **fingers: QPoint) -> None:
        event = QTest.touchEvent(self._port, self._screen)
        for name, at in fingers.items():
            event.release(int(name[1:]), at, self._port)
        event.commit()

    def tap(self, at: QPoint) -> None:
        self.press(f1=at)
        self.release(f1=at)

    def swipe(self, start: QPoint, end: QPoint, *, steps: int = 6, pause: int = 8) -> None:
        self.press(f1=start)
        for step in range(1, steps + 1):
            self._hall.qtbot.wait(pause)
            self.move(f1=start + (end - start) * step / steps)
        self.release(f1=end)


Touch = Callable[[SheetView], Fingers]


@pytest.fixture
def touch(hall: Hall, screen: QPointingDevice) -> Touch:
    return lambda view: Fingers(hall, screen, view)


@pytest.fixture
def page(hall: Hall, write: Write) -> ReaderPage:
    """A paper of four full pages."""
    hall.library.import_file(write("four.pdf", pdf(*[LINES] * 4)))
    page = opened(hall, "four.pdf")
    ready(hall, page)
    return page


@pytest.mark.parametrize("shown", ["pages", "text"])
def test_a_finger_moves_the_paper_and_it_glides_on(
    page: ReaderPage, hall: Hall, touch: Touch, shown: str
) -> None:
    page.first.show_view(shown)
    ready(hall, page)
    view = page.view
    fingers = touch(view)
    fingers.swipe(QPoint(400, 500), QPoint(400, 300))
    assert view.touch.gliding
    left = view.top
    assert 150 < left < 400
    hall.qtbot.waitUntil(lambda: not view.touch.gliding, timeout=4000)
    assert view.top > left + 100


def test_a_finger_stops_the_glide_and_the_ends_hold_it(
    page: ReaderPage, hall: Hall, touch: Touch
) -> None:
    view = page.pages
    fingers = touch(view)
    fingers.swipe(QPoint(400, 500), QPoint(400, 300))
    fingers.press(f1=QPoint(400, 300))
    assert not view.touch.gliding
    fingers.release(f1=QPoint(400, 300))
    fingers.swipe(QPoint(400, 100), QPoint(400, 590))
    fingers.swipe(QPoint(400, 100), QPoint(400, 590))
    hall.qtbot.waitUntil(lambda: not view.touch.gliding, timeout=4000)
    assert view.top == 0


def test_a_finger_that_stops_before_it_leaves_lets_the_paper_lie(
    page: ReaderPage, hall: Hall, touch: Touch
) -> None:
    view = page.pages
    fingers, top = touch(view), view.top
    fingers.press(f1=QPoint(400, 500))
    fingers.move(f1=QPoint(400, 400))
    hall.qtbot.wait(150)
    fingers.release(f1=QPoint(400, 400))
    assert not view.touch.gliding
    assert view.top == pytest.approx(top + 100, abs=2)


@pytest.mark.parametrize("shown", ["pages", "text"])
def test_two_fingers_zoom_around_the_point_between_them(
    page: ReaderPage, hall: Hall, touch: Touch, shown: str
) -> None:
    page.first.show_view(shown)
    ready(hall, page)
    view = page.view
    fingers = touch(view)
    before = view.zoom
    middle = QPoint(400, 300)
    there = view.sheet_point(QPointF(middle))
    fingers.press(f1=middle - QPoint(50, 0), f2=middle + QPoint(50, 0))
    for apart in (60, 70, 80):
        fingers.move(f1=middle - QPoint(apart, 0), f2=middle + QPoint(apart, 0))
    fingers.release(f1=middle - QPoint(80, 0), f2=middle + QPoint(80, 0))
    assert view.zoom == pytest.approx(1.6 * before, rel=0.02)
    if shown == "pages":
        after = view.sheet_point(QPointF(middle))
        assert after[1:] == pytest.approx(there[1:], abs=2)


@pytest.mark.parametrize("shown", ["pages", "text"])
def test_a_finger_held_still_selects_a_word_and_handles_widen_it(
    page: ReaderPage, hall: Hall, touch: Touch, shown: str
) -> None:
    page.first.show_view(shown)
    ready(hall, page)
    view = page.view
    fingers = touch(view)
    begin = view.texts[0].index("of the paper")
    at = point(view, Place(1, begin + 8))
    fingers.press(f1=at)
    hall.qtbot.waitUntil(lambda: view.selecting.span is not None, timeout=round(3000 * HOLD))
    fingers.release(f1=at)
    chosen = view.selected()
    assert chosen is not None
    assert chosen.text == "paper"
    handles = view.painting.handles()
    assert set(handles) == {chosen.start, chosen.end}
    end = handles[chosen.end].toPoint()
    goal = point(view, Place(1, chosen.end.offset + 3)) + QPoint(0, 22)
    fingers.press(f1=end)
    fingers.move(f1=(end + goal) / 2)
    fingers.move(f1=goal)
    fingers.release(f1=goal)
    wider = view.selected()
    assert wider is not None
    assert wider.start == chosen.start
    assert wider.text == "paper in"
    assert page.selecting.isVisible()
    fingers.tap(QPoint(20, 20))
    hall.qtbot.waitUntil(lambda: view.selected() is None)


def test_handles_are_large_enough_for_a_finger(page: ReaderPage, hall: Hall, touch: Touch) -> None:
    view = page.pages
    view.touch.selected = True
    view.select(Place(1, 5), Place(1, 12))
    (start, _) = view.painting.handles().values()
    at = start.toPoint() + QPoint(0, 20)
    fingers = touch(view)
    fingers.press(f1=at)
    fingers.move(f1=at + QPoint(0, 1))
    fingers.release(f1=at)
    assert view.selected() is not None


def test_two_taps_fit_the_column_and_two_more_go_back(
    page: ReaderPage, hall: Hall, touch: Touch
) -> None:
    view = page.pages
    fingers = touch(view)
    at = point(view, Place(1, 10))
    fingers.tap(at)
    fingers.tap(at)
    assert (view.fit, view.zoom > 1.5) == (Fit.FREE, True)
    fingers.tap(at)
    fingers.tap(at)
    assert (view.fit, view.zoom > 1.5) == (Fit.COMFORT, False)


@pytest.mark.parametrize("shown", ["pages", "text"])
def test_a_touch_pad_zooms_too(page: ReaderPage, hall: Hall, shown: str) -> None:
    page.first.show_view(shown)
    ready(hall, page)
    view, at = page.view, QPointF(400, 300)

    def gesture(kind: Qt.NativeGestureType, value: float) -> None:
        device = QPointingDevice.primaryPointingDevice()
        event = QNativeGestureEvent(kind, device, 2, at, at, at, value, QPointF())
        QApplication.sendEvent(view.viewport(), event)

    before = view.zoom
    gesture(Qt.NativeGestureType.ZoomNativeGesture, 0.25)
    assert view.zoom == pytest.approx(1.25 * before)
    gesture(Qt.NativeGestureType.RotateNativeGesture, 30)
    assert view.zoom == pytest.approx(1.25 * before)
    gesture(Qt.NativeGestureType.SmartZoomNativeGesture, 0)
    assert view.zoom != pytest.approx(1.25 * before)


def test_a_tap_tells_the_reader(page: ReaderPage, hall: Hall, touch: Touch) -> None:
    with hall.qtbot.waitSignal(page.pages.tapped):
        touch(page.pages).tap(QPoint(400, 300))


def test_a_swipe_turns_the_page(page: ReaderPage, hall: Hall, touch: Touch) -> None:
    page.doing.arrange(Arrangement.SINGLE)
    assert page.pages.fit is Fit.PAGE
    fingers = touch(page.pages)
    fingers.swipe(QPoint(500, 300), QPoint(300, 300))
    assert page.pages.page == 2
    fingers.swipe(QPoint(300, 300), QPoint(500, 300))
    assert page.pages.page == 1
    fingers.swipe(QPoint(400, 400), QPoint(400, 200))
    assert page.pages.page == 2


def test_a_tool_has_one_finger_and_two_still_zoom(
    page: ReaderPage, hall: Hall, touch: Touch
) -> None:
    pen, view = Pen(), page.pages
    view.set_tool(pen)
    fingers = touch(view)
    top = view.top
    fingers.swipe(QPoint(400, 400), QPoint(400, 300))
    assert [told[0] for told in pen.told].count("press") == 1
    assert pen.told[-1][0] == "release"
    assert view.top == top
    before = view.zoom
    fingers.press(f1=QPoint(300, 300))
    fingers.press(f1=QPoint(300, 300), f2=QPoint(400, 300))
    assert pen.told[-1] == ("cancel",)
    fingers.move(f1=QPoint(250, 300), f2=QPoint(450, 300))
    fingers.release(f1=QPoint(250, 300), f2=QPoint(450, 300))
    assert view.zoom > 1.5 * before
    view.set_tool(None)


def test_a_finger_cannot_select_what_is_not_text(hall: Hall, touch: Touch, write: Write) -> None:
    hall.library.import_file(write("scan.pdf", pdf("")))
    page = opened(hall, "scan.pdf")
    ready(hall, page)
    fingers = touch(page.pages)
    fingers.press(f1=QPoint(400, 300))
    hall.qtbot.wait(round(1000 * HOLD) + 80)
    fingers.move(f1=QPoint(400, 280))
    fingers.release(f1=QPoint(400, 280))
    assert page.pages.selected() is None


def test_every_button_is_large_enough_for_a_finger(page: ReaderPage, hall: Hall) -> None:
    page.set_side(True)
    page.finder.focus()
    small = [
        button.accessibleName()
        for button in page.findChildren(Button)
        if button.isVisible() and min(button.width(), button.height()) < 44
    ]
    assert small == []
    assert page.scrubber.line.height() >= 44


def test_the_scrubber_is_dragged_by_a_finger(
    page: ReaderPage, hall: Hall, screen: QPointingDevice
) -> None:
    line = page.scrubber.line
    button = Qt.MouseButton.LeftButton
    hall.qtbot.mousePress(line, button, pos=QPoint(5, 20))
    hall.qtbot.mouseMove(line, QPoint(line.width() - 4, 20))
    assert line.dragging
    hall.qtbot.mouseRelease(line, button, pos=QPoint(line.width() - 4, 20))
    assert page.pages.page == 4
