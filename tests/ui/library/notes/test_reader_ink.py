"""Notes drawn in ink, and notes made by touch."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from congress.docs.notes.model import NoteColour, NoteKind
from congress.ui.widgets.gestures import HOLD
from congress.ui.widgets.pagelayers import Place
from tests.ui.library.notes.conftest import LEFT, Desk
from tests.ui.library.test_reader_select import point
from tests.ui.library.test_reader_touch import Fingers


def stroke(desk: Desk, start: QPoint, end: QPoint) -> None:
    port: QWidget = desk.page.pages.viewport()
    desk.hall.qtbot.mousePress(port, LEFT, pos=start)
    for step in range(1, 6):
        desk.hall.qtbot.mouseMove(port, start + (end - start) * step / 5)
    desk.hall.qtbot.mouseRelease(port, LEFT, pos=end)


def test_ink_is_drawn_undone_and_erased(desk: Desk) -> None:
    ink, view = desk.part.ink, desk.page.pages
    ink.toggle()
    assert ink.bar.isVisible()
    ink.bar.thick.click()
    stroke(desk, QPoint(200, 300), QPoint(400, 300))
    (placed,) = desk.until(1)
    assert placed.note.kind is NoteKind.INK
    middle = view.viewport().grab().toImage().pixelColor(300, 300)
    assert middle.blue() > middle.red() + 30
    stroke(desk, QPoint(200, 400), QPoint(400, 400))
    desk.hall.qtbot.waitUntil(lambda: len(desk.placed[0].note.strokes) == 2)
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.hall.qtbot.waitUntil(lambda: len(desk.placed[0].note.strokes) == 1)
    ink.bar.eraser.click()
    stroke(desk, QPoint(300, 280), QPoint(300, 320))
    desk.until(0)
    ink.bar.done_button.click()
    assert not ink.bar.isVisible()
    assert view.tool is None
    assert not ink.action.isChecked()


def test_ink_is_for_fixed_pages(desk: Desk) -> None:
    desk.part.ink.toggle()
    desk.page.first.show_view("text")
    assert not desk.part.ink.drawing
    assert not desk.part.ink.action.isVisible()
    desk.page.first.show_view("pages")
    assert desk.part.ink.action.isVisible()


def test_the_pen_has_the_colour_that_was_chosen(desk: Desk) -> None:
    desk.part.ink.toggle()
    desk.part.ink.bar.eraser.click()
    desk.part.ink.bar.colours.buttons[NoteColour.GREEN].click()
    stroke(desk, QPoint(200, 300), QPoint(300, 300))
    (placed,) = desk.until(1)
    assert placed.note.strokes[0].colour is NoteColour.GREEN


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    """A touch screen."""
    return QTest.createTouchDevice()


def test_a_finger_selects_and_highlights(either: Desk, screen: QPointingDevice) -> None:
    desk, view = either, either.view
    fingers = Fingers(desk.hall, screen, view)
    at = point(view, Place(1, 6))
    fingers.press(f1=at)
    desk.hall.qtbot.wait(round(1000 * HOLD) + 100)
    fingers.release(f1=at)
    assert desk.part.bar.isVisible()
    desk.part.bar.colours[NoteColour.GREEN].click()
    (placed,) = desk.until(1)
    assert placed.note.quote == "chair"


def test_a_finger_taps_a_mark(either: Desk, screen: QPointingDevice) -> None:
    desk, view = either, either.view
    desk.add("chair opens")
    desk.until(1)
    desk.hall.qtbot.waitUntil(lambda: bool(view.painting.marks_on(0)))
    Fingers(desk.hall, screen, view).tap(point(view, Place(1, 6)))
    desk.hall.qtbot.waitUntil(desk.part.bar.isVisible)


def test_a_finger_draws(desk: Desk, screen: QPointingDevice) -> None:
    desk.part.ink.toggle()
    Fingers(desk.hall, screen, desk.page.pages).swipe(QPoint(200, 300), QPoint(400, 330))
    (placed,) = desk.until(1)
    assert len(placed.note.strokes[0].points) > 3
