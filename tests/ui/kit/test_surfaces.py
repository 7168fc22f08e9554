"""Cards, rows, chips, figures, banners, toasts, empty states."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPropertyAnimation, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from congress.ui.context import UiContext
from congress.ui.theme.tokens import TARGET, Tone
from congress.ui.widgets.banner import TOASTS_AT_ONCE, Banner, Toast, Toaster
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.figure import Bar, Stat, StepLine, StepState
from congress.ui.widgets.layout import boxed, clear, column, hairline, row
from tests.helpers.uicontext import ui_context


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_row_is_pressed_by_key(qtbot: QtBot, context: UiContext, key: Qt.Key) -> None:
    item = ListRow(context, "Ann", "Harbour", icon="user")
    qtbot.addWidget(item)
    with qtbot.waitSignal(item.activated):
        qtbot.keyClick(item, key)
    assert item.accessibleName() == "Ann, Harbour"
    assert item.sizeHint().height() >= TARGET


def test_a_press_that_is_drawn_away_does_nothing(qtbot: QtBot, context: UiContext) -> None:
    item = ListRow(context, "Ann", leading=QLabel("A"))
    qtbot.addWidget(item)
    item.resize(300, 56)
    pressed: list[int] = []
    item.activated.connect(lambda: pressed.append(1))
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(item, left)
    qtbot.mouseRelease(item, left, pos=QPoint(500, 10))
    assert not pressed
    qtbot.mouseClick(item, left)
    assert pressed == [1]
    qtbot.mouseClick(item, Qt.MouseButton.RightButton)
    assert pressed == [1]


def test_a_plain_card_is_not_pressed(qtbot: QtBot, context: UiContext) -> None:
    card = Card(context, "Delegates")
    qtbot.addWidget(card)
    with qtbot.assertNotEmitted(card.activated):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert card.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert card.accessibleName() == "Delegates"


def test_row_list_marks_the_last(qtbot: QtBot, context: UiContext) -> None:
    rows = RowList()
    qtbot.addWidget(rows)
    first, second = (rows.add(ListRow(context, name)) for name in "ab")
    assert (first.property("last"), second.property("last")) == (False, True)
    rows.clear()
    assert not rows.rows
    second_subtitle = ListRow(context, "c")
    qtbot.addWidget(second_subtitle)
    second_subtitle.set_subtitle("Harbour")
    assert not second_subtitle.subtitle.isHidden()


def test_a_chip_has_an_icon_and_a_word(qtbot: QtBot, context: UiContext) -> None:
    chip = Chip(context, "Quorum", Tone.GOOD)
    qtbot.addWidget(chip)
    mark = chip.findChild(QLabel)
    assert mark is not None
    assert not mark.pixmap().isNull()
    assert chip.text == chip.accessibleName() == "Quorum"
    chip.set("Waiting", Tone.NEUTRAL)
    assert mark.isHidden()
    chip.set("Late", Tone.CAUTION, "clock")
    assert not mark.isHidden()


def test_stat_and_bar_tell_their_number(qtbot: QtBot, context: UiContext) -> None:
    stat = Stat(context, "12", "present")
    bar = Bar(context, "Harbour", "4 of 5", 0.8, mark=0.5)
    for widget in (stat, bar):
        qtbot.addWidget(widget)
    assert stat.accessibleName() == "present: 12"
    stat.set("13", "in the hall", Tone.GOOD)
    assert stat.accessibleName() == "in the hall: 13"
    bar.set("5 of 5", 1.0, Tone.GOOD)
    assert bar.accessibleName() == "Harbour: 5 of 5"


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_a_bar_grows_from_the_start_side(qtbot: QtBot, lang: str) -> None:
    with ui_context(lang) as (context, _):
        bar = Bar(context, "", "", 0.25, mark=0.75)
        qtbot.addWidget(bar)
        bar.resize(400, 40)
        image = bar.grab().toImage()
        accent = context.theme.colour("accent").rgb()
        columns = [
            x
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).rgb() == accent
        ]
        assert (min(columns) > 250) is (lang == "ur")
        assert max(columns) - min(columns) == pytest.approx(100, abs=6)


def test_step_line(qtbot: QtBot, context: UiContext) -> None:
    line = StepLine(context, ["Prepare", "Open", "Close"], 1)
    qtbot.addWidget(line)
    states = [line.state(at) for at in range(3)]
    assert states == [StepState.DONE, StepState.CURRENT, StepState.TODO]
    assert line.accessibleName() == "Prepare (done), Open (now), Close (to come)"
    line.set_current(3)
    assert {line.state(at) for at in range(3)} == {StepState.DONE}
    line.resize(600, 40)
    assert not line.grab().isNull()


@pytest.mark.parametrize("tone", list(Tone))
def test_a_banner_begins_with_a_word(qtbot: QtBot, context: UiContext, tone: Tone) -> None:
    banner = Banner(context, "The list is complete.", tone)
    qtbot.addWidget(banner)
    assert banner.accessibleName() == f"{context.tr(f'tone.{tone}')}: The list is complete."
    banner.set("", tone, title="Complete")
    assert banner.accessibleName() == "Complete"


def test_a_toast_goes_and_can_undo(qtbot: QtBot, context: UiContext) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    toaster = Toaster(context, over)
    undone: list[int] = []
    toaster.show_toast("Removed", Tone.GOOD, lambda: undone.append(1))
    toast = toaster.toasts[0]
    assert toast.button is not None
    with qtbot.waitSignal(toast.destroyed):
        qtbot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert undone == [1]
    qtbot.waitUntil(lambda: not toaster.isVisible())


def test_a_tap_on_a_toast_sends_it_away(qtbot: QtBot, context: UiContext) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    toaster, undone = Toaster(context, over), list[int]()
    toaster.show_toast("Removed", Tone.GOOD, lambda: undone.append(1))
    (toast,) = toaster.toasts
    with qtbot.waitSignal(toast.destroyed):
        qtbot.mouseClick(toast, Qt.MouseButton.LeftButton, pos=QPoint(30, 10))
    assert undone == []


def test_toasts_stack_and_follow_the_window(qtbot: QtBot, context: UiContext) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    toaster = Toaster(context, over)
    for number in range(TOASTS_AT_ONCE + 2):
        toaster.show_toast(f"Saved {number}")
    assert [toast.accessibleName() for toast in toaster.toasts] == ["Saved 2", "Saved 3", "Saved 4"]
    over.resize(500, 400)
    qtbot.waitUntil(lambda: toaster.geometry().right() < 500)
    assert toaster.geometry().bottom() < 400


def test_each_toast_of_a_stack_has_its_full_height(qtbot: QtBot, context: UiContext) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    toaster = Toaster(context, over)
    for text in ("Saved", "Saved again", "word " * 40):
        toaster.show_toast(text, Tone.GOOD, lambda: None)
        for toast in toaster.toasts:
            assert toast.height() >= toast.heightForWidth(toast.width())


def test_a_toast_that_closes_while_it_slides_in(qtbot: QtBot, context: UiContext) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(800, 600)
    over.show()
    toaster = Toaster(replace(context, theme=replace(context.theme, motion=True)), over)
    toaster.show_toast("Saved")
    toast = toaster.toasts[0]
    qtbot.wait(30)
    with qtbot.waitSignal(toast.destroyed):
        toast.close()
    toaster.show_toast("Saved again")
    movements = toaster.findChildren(QPropertyAnimation)
    assert len(movements) == 1
    qtbot.waitUntil(lambda: movements[0].state() is QPropertyAnimation.State.Stopped)
    assert toaster.geometry().bottom() < 600


def test_a_toast_ends_by_itself(qtbot: QtBot, context: UiContext) -> None:
    toast = Toast(context, "Saved")
    with qtbot.waitSignal(toast.destroyed):
        toast._timer.start(1)


def test_an_empty_state_teaches(qtbot: QtBot, context: UiContext) -> None:
    empty = EmptyState(context, "No delegates yet", "They come from a list.", "Import")
    bare = EmptyState(context, "No papers", "Nothing to read.")
    for widget in (empty, bare):
        qtbot.addWidget(widget)
    assert empty.button is not None
    assert bare.button is None
    with qtbot.waitSignal(empty.acted):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert empty.accessibleName() == "No delegates yet They come from a list."


def test_layout_helpers(qtbot: QtBot) -> None:
    inner = row(QLabel("a"), None, QLabel("b"))
    holder = boxed(column(inner, hairline(), hairline(Qt.Orientation.Vertical)))
    qtbot.addWidget(holder)
    layout = holder.layout()
    assert isinstance(layout, QVBoxLayout)
    assert layout.count() == 3
    clear(layout)
    assert layout.count() == 0
