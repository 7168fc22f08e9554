"""The components of the ballot: rows, pictures, codes, numbers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Mode, Type
from congress.ui.widgets.avatar import Avatar, initials
from congress.ui.widgets.ballot import BallotRow, PairRow, StruckText
from congress.ui.widgets.largebutton import LargeButton
from congress.ui.widgets.number import NumberEdit
from congress.ui.widgets.qr import QUIET_ZONE, QrCode
from tests.helpers.uicontext import ui_context


def shown(qtbot: QtBot, widget: QWidget) -> QImage:
    qtbot.addWidget(widget)
    widget.show()
    return widget.grab().toImage()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Nguyễn Thị Minh Ánh", "NÁ"),
        ("đặng", "Đ"),
        ("عائشہ صدیقی", "ع"),
        ("Cher", "C"),
        ("  ", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_picture_stands_where_there_is_one(context: UiContext, qtbot: QtBot) -> None:
    picture = QPixmap(48, 48)
    picture.fill(QColor("#FF0000"))
    image = shown(qtbot, Avatar(context, "A B", picture=picture))
    assert image.pixelColor(24, 24) == QColor("#FF0000")


def test_a_qr_code_is_dark_on_white_in_the_dark_too(qtbot: QtBot) -> None:
    with ui_context(mode=Mode.DARK) as (dark, _):
        code = QrCode(dark, "PC1:AAAQEAYEAUDAOCAJBIFQYDIOB4", name="card")
        image = shown(qtbot, code)
        module = code.width() // (len(code._rows) + 2 * QUIET_ZONE)
        assert image.pixelColor(code.width() // 2, 2) == QColor("#FFFFFF")
        corner = (code.width() - module * len(code._rows)) // 2
        assert image.pixelColor(corner + 1, corner + 1) == QColor("#000000")
        assert code._rows[0][:7] == bytes([1] * 7)
        assert code.accessibleName() == "card"


def _red(image: QImage, theme_red: QColor) -> list[int]:
    return [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) == theme_red
    ]


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_striking_draws_a_line_through_the_name(qtbot: QtBot, lang: str) -> None:
    with ui_context(lang) as (context, _):
        text = StruckText(context, "Henry Castellano", Type.LEAD)
        text.resize(400, 40)
        red = context.theme.colour("danger")
        assert not _red(shown(qtbot, text), red)
        text.strike(True)
        drawn = _red(text.grab().toImage(), red)
        assert max(drawn) - min(drawn) > 100
        text._draw_to(0.5)
        half = _red(text.grab().toImage(), red)
        assert (min(half) > min(drawn)) == (lang == "ur")
        text.strike(False)
        assert not _red(text.grab().toImage(), red)


def test_the_line_is_drawn_as_a_movement(context: UiContext, qtbot: QtBot) -> None:
    moving = replace(context, theme=replace(context.theme, motion=True))
    text = StruckText(moving, "Henry", Type.LEAD)
    qtbot.addWidget(text)
    text.show()
    text.strike(True)
    assert text.drawn < 1
    qtbot.waitUntil(lambda: text.drawn == 1.0, timeout=2000)


def test_a_row_turns_by_mouse_and_keys_and_is_large(context: UiContext, qtbot: QtBot) -> None:
    row = BallotRow(context, "Yes", "note", words=("off", "on"))
    shown(qtbot, row)
    assert row.sizeHint().height() >= 64
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert row.accessibleName() == "Yes: on"
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert not row.isChecked()
    row.setDown(True)
    row.setFocus()
    row.grab()


def test_both_boxes_of_a_name_may_be_marked(context: UiContext, qtbot: QtBot) -> None:
    pair = PairRow(context, "Ann", "", ("Agree", "Disagree"), (True, False))
    shown(qtbot, pair)
    assert [box.isChecked() for box in pair.boxes] == [True, False]
    with qtbot.waitSignal(pair.changed):
        pair.boxes[1].click()
    assert all(box.isChecked() for box in pair.boxes)


def test_a_number_stays_within_its_bounds(context: UiContext, qtbot: QtBot) -> None:
    number = NumberEdit(context, 1, 5, 4)
    shown(qtbot, number)
    number.more.click()
    assert not number.more.isEnabled()
    number.set_value(9)
    assert number.value == 5
    qtbot.keyClick(number, Qt.Key.Key_Down)
    qtbot.keyClick(number, Qt.Key.Key_Up)
    qtbot.keyClick(number, Qt.Key.Key_Left)
    number.edit.clear()
    assert number.value == 1
    number.less.click()
    assert number.value == 1
    number.setAccessibleName("Seats")
    assert number.edit.accessibleName() == "Seats"


def test_a_large_button_is_large_in_a_layout(context: UiContext, qtbot: QtBot) -> None:
    ground = QWidget()
    box = QHBoxLayout(ground)
    button = LargeButton(context, "Go")
    box.addWidget(button)
    shown(qtbot, ground)
    QApplication.processEvents()
    assert button.height() >= 56
    assert button.width() >= 200
