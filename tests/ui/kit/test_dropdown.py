import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyledItemDelegate
from pytestqt.qtbot import QtBot

from congress.ui.context import UiContext
from congress.ui.theme.tokens import TARGET
from congress.ui.widgets.choice import Check, Select
from congress.ui.widgets.paperdetails import AgendaBox

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
ITEMS = [f"{number}. An item of the agenda that is rather long" for number in range(1, 31)]


@pytest.fixture(scope="module")
def screen() -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture(params=["select", "agenda"])
def box(request: pytest.FixtureRequest, qtbot: QtBot, context: UiContext) -> QComboBox:
    made: QComboBox = AgendaBox(context, ITEMS)
    if request.param == "select":
        made = Select(context, list(enumerate(ITEMS)))
    qtbot.addWidget(made)
    made.setFixedWidth(160)
    made.show()
    made.showPopup()
    qtbot.waitUntil(made.view().isVisible)
    return made


def touch(screen: QPointingDevice, view: QAbstractItemView, *points: QPoint) -> None:
    popup = view.window()
    window = popup.windowHandle()
    assert window is not None
    on = [view.viewport().mapTo(popup, each) for each in points]
    QTest.touchEvent(window, screen).press(1, on[0], window).commit()
    for each in on[1:]:
        QTest.touchEvent(window, screen).move(1, each, window).commit()
    QTest.touchEvent(window, screen).release(1, on[-1], window).commit()


def test_a_finger_scrolls_a_long_list_and_a_tap_chooses(
    qtbot: QtBot, box: QComboBox, screen: QPointingDevice
) -> None:
    view, before = box.view(), box.currentText()
    bar = view.verticalScrollBar()
    assert bar.maximum() > 0
    touch(screen, view, QPoint(40, 300), QPoint(40, 250), QPoint(40, 120))
    assert bar.value() == 180
    assert view.isVisible()
    assert box.currentText() == before
    middle = view.rect().center()
    words = view.indexAt(middle).data()
    qtbot.wait(20)
    touch(screen, view, middle)
    qtbot.waitUntil(lambda: not view.isVisible())
    assert box.currentText() == words != before


def test_rows_are_as_tall_as_a_finger_and_as_wide_as_their_words(box: QComboBox) -> None:
    view = box.view()
    rows = [view.visualRect(view.model().index(row, 0)) for row in range(box.count())]
    assert min(row.height() for row in rows) >= TARGET
    words = view.fontMetrics().horizontalAdvance(ITEMS[-1])
    assert view.viewport().width() > words > box.width()


def test_what_is_offered_while_typing_is_as_tall(qtbot: QtBot, context: UiContext) -> None:
    box = AgendaBox(context, ITEMS)
    qtbot.addWidget(box)
    box.show()
    box.line.setFocus()
    completer = box.completer()
    assert completer is not None
    completer.setCompletionPrefix("2")
    completer.complete()
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert popup.visualRect(completer.completionModel().index(0, 0)).height() >= TARGET
    popup.hide()


def test_a_box_is_ticked_anywhere(qtbot: QtBot, context: UiContext) -> None:
    check = Check(context, "Urdu")
    qtbot.addWidget(check)
    check.resize(400, TARGET)
    check.show()
    for ticked, at in ((True, QPoint(390, 40)), (False, QPoint(8, 4))):
        qtbot.mouseClick(check, Qt.MouseButton.LeftButton, pos=at)
        assert check.isChecked() is ticked


def test_rows_run_in_the_direction_of_their_own_words(context: UiContext) -> None:
    box = AgendaBox(context, ITEMS)
    delegate = box.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    assert delegate.displayText("1. Open", QLocale()) == "\u20681. Open\u2069"
