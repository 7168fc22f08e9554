"""Buttons, fields and choices by mouse, keyboard and screen reader."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from congress.ui.context import UiContext
from congress.ui.theme.tokens import TARGET, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Check, SegmentedControl, Select
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.field import Field, SearchEdit
from congress.ui.widgets.text import Text
from tests.helpers.uicontext import ui_context


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_button_is_pressed_by_key(
    qtbot: QtBot, context: UiContext, kind: Kind, key: Qt.Key
) -> None:
    button = Button(context, "Open", kind, "upload-simple")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, key)


def test_button_is_large_enough_and_has_a_name(qtbot: QtBot, context: UiContext) -> None:
    button = Button(context, kind=Kind.QUIET, icon="x", name="Close")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == button.toolTip() == "Close"
    assert min(button.sizeHint().height(), button.sizeHint().width()) >= TARGET


def test_button_shows_an_ampersand(qtbot: QtBot, context: UiContext) -> None:
    button = Button(context, "Rules & order")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Rules & order"
    button.set_text("Q & A")
    assert (button.text(), button.accessibleName()) == ("Q && A", "Q & A")


def test_text_never_reads_html(qtbot: QtBot, context: UiContext) -> None:
    name = '<b onclick="x">Ann</b> & ' * 5
    for role in (Type.LABEL, Type.READING):
        text = Text(context, name, role)
        qtbot.addWidget(text)
        assert text.text() == text.accessibleName() == name
        text.selectable()
        text.show()
        text.setSelection(0, len(name))
        assert text.selectedText() == name
    plain = Text(context, "<b>x</b>", wrap=False)
    qtbot.addWidget(plain)
    assert plain.textFormat() is Qt.TextFormat.PlainText


def test_text_tone(qtbot: QtBot, context: UiContext) -> None:
    text = Text(context, "late")
    qtbot.addWidget(text)
    text.show()
    text.set_tone(Tone.DANGER)
    assert text.palette().color(text.foregroundRole()).name().upper() == (
        context.theme.palette.danger
    )


def test_names_stand_at_the_start_side_in_urdu(qtbot: QtBot) -> None:
    with ui_context("ur") as (context, _):
        text = Text(context, "John Fairbairn")
        qtbot.addWidget(text)
        assert text.alignment() & Qt.AlignmentFlag.AlignRight
        assert text.alignment() & Qt.AlignmentFlag.AlignAbsolute


def test_field_says_what_is_wrong(qtbot: QtBot, context: UiContext) -> None:
    field = Field(context, "Name", help_text="As on the papers")
    qtbot.addWidget(field)
    field.show()
    assert field.help.isVisible()
    field.set_error("Taken. Choose another.")
    assert field.error.isVisible()
    assert not field.help.isVisible()
    assert field.editor.accessibleDescription() == "Taken. Choose another."
    assert field.editor.property("wrong")
    field.set_error("")
    assert field.help.isVisible()
    assert field.editor.accessibleDescription() == "As on the papers"


def test_field_value_and_signals(qtbot: QtBot, context: UiContext) -> None:
    field = Field(context, "Name", placeholder="Sixth congress")
    qtbot.addWidget(field)
    assert field.label.buddy() is field.editor
    assert field.editor.accessibleName() == "Name"
    with qtbot.waitSignal(field.changed), qtbot.waitSignal(field.submitted):
        qtbot.keyClicks(field.editor, "Sixth")
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    assert field.value == "Sixth"
    field.value = "Seventh"
    assert field.value == "Seventh"


def test_field_with_other_editors(qtbot: QtBot, context: UiContext) -> None:
    long_text = Field(context, "Note", QPlainTextEdit())
    other = Field(context, "Choice", Select(context, [(1, "one")]))
    for field in (long_text, other):
        qtbot.addWidget(field)
        field.value = "text"
    assert (long_text.value, other.value) == ("text", "")


def test_secret_field_can_be_looked_at(qtbot: QtBot, context: UiContext) -> None:
    field = Field.secret(context, "Passphrase")
    qtbot.addWidget(field)
    editor = field.editor
    assert isinstance(editor, QLineEdit)
    assert editor.echoMode() is QLineEdit.EchoMode.Password
    eye = editor.actions()[-1]
    eye.trigger()
    assert editor.echoMode() is QLineEdit.EchoMode.Normal
    assert eye.text() == context.tr("field.hide")
    eye.trigger()
    assert editor.echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_search_edit_draws_its_glass_at_the_start_side(qtbot: QtBot, lang: str) -> None:
    with ui_context(lang) as (context, _):
        edit = SearchEdit(context, "تلاش" if lang == "ur" else "Find", name="Find")
        qtbot.addWidget(edit)
        edit.resize(300, 44)
        image = edit.grab().toImage()

        def ink(columns: range) -> int:
            ground = context.theme.colour("surface").rgb()
            pixels = (image.pixelColor(x, y).rgb() for x in columns for y in range(10, 34))
            return sum(pixel != ground for pixel in pixels)

        left, right = ink(range(10, 34)), ink(range(266, 290))
        assert (left > 20, right > 20) == ((False, True) if lang == "ur" else (True, False))
        assert edit.accessibleName() == "Find"


def test_search_edit_clears(qtbot: QtBot, context: UiContext) -> None:
    edit = SearchEdit(context, "Find")
    qtbot.addWidget(edit)
    clear = edit.actions()[-1]
    assert not clear.isVisible()
    qtbot.keyClicks(edit, "ann")
    assert clear.isVisible()
    clear.trigger()
    assert edit.text() == ""


def test_elided_text_keeps_the_whole(qtbot: QtBot, context: UiContext) -> None:
    whole = "Report of the executive committee on its term of office"
    text = Elided(context, whole)
    qtbot.addWidget(text)
    text.resize(120, 30)
    text.show()
    assert text.fitted.endswith("…")
    assert text.text() == text.toolTip() == text.accessibleName() == whole
    text.resize(800, 30)
    assert (text.fitted, text.toolTip()) == (whole, "")
    text.setText("Short")
    assert text.fitted == "Short"
    assert text.minimumSizeHint().width() < 40


def _segments(control: SegmentedControl) -> list[QPushButton]:
    return control.findChildren(QPushButton)


def test_segments_choose_by_click_and_arrow(qtbot: QtBot, context: UiContext) -> None:
    control = SegmentedControl(context, [(1, "One"), (2, "Two"), (3, "Three")], 2, name="Rule")
    qtbot.addWidget(control)
    chosen: list[object] = []
    control.chosen.connect(chosen.append)
    assert control.value == 2
    qtbot.mouseClick(_segments(control)[2], Qt.MouseButton.LeftButton)
    qtbot.keyClick(control, Qt.Key.Key_Left)
    qtbot.keyClick(control, Qt.Key.Key_Left)
    qtbot.keyClick(control, Qt.Key.Key_Left)
    qtbot.keyClick(control, Qt.Key.Key_Home)
    assert chosen == [3, 2, 1]
    assert _segments(control)[0].accessibleName() == "Rule: One"
    control.set_value(3)
    assert (control.value, chosen) == (3, [3, 2, 1])


def test_segments_follow_the_direction_of_the_layout(qtbot: QtBot) -> None:
    with ui_context("ur") as (context, _):
        control = SegmentedControl(context, [(1, "ایک"), (2, "دو")])
        qtbot.addWidget(control)
        qtbot.keyClick(control, Qt.Key.Key_Left)
        assert control.value == 2


def test_select(qtbot: QtBot, context: UiContext) -> None:
    select = Select(context, [("a", "Alpha"), ("b", "Beta")], "b", name="Letter")
    qtbot.addWidget(select)
    assert (select.value, select.accessibleName()) == ("b", "Letter")
    with qtbot.waitSignal(select.chosen) as caught:
        qtbot.keyClick(select, Qt.Key.Key_Up)
    assert caught.args == ["a"]
    select.set_value("b")
    assert select.currentText() == "Beta"
    select.set_options([])
    assert select.value is None
    select.resize(120, 44)
    assert not select.grab().isNull()


def test_the_wheel_does_not_change_a_select(qtbot: QtBot, context: UiContext) -> None:
    select = Select(context, [("a", "Alpha"), ("b", "Beta")])
    qtbot.addWidget(select)
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    select.wheelEvent(turn)
    assert select.value == "a"
    assert not turn.isAccepted()


def test_check_is_ticked_by_space_and_drawn(qtbot: QtBot, context: UiContext) -> None:
    check = Check(context, "Keep photos")
    qtbot.addWidget(check)
    check.resize(200, 44)

    def accents(widget: QWidget) -> int:
        image = widget.grab().toImage()
        accent = context.theme.colour("accent").rgb()
        return sum(
            image.pixelColor(x, y).rgb() == accent for x in range(0, 40, 2) for y in range(0, 44, 2)
        )

    assert accents(check) == 0
    qtbot.keyClick(check, Qt.Key.Key_Space)
    assert check.isChecked()
    assert accents(check) > 5
    check.setEnabled(False)
    assert accents(check) == 0
    assert check.accessibleName() == "Keep photos"


def test_words_that_come_later_stand_clear_of_the_icon(qtbot: QtBot, context: UiContext) -> None:
    early = Button(context, "Make packs", icon="package")
    late = Button(context, icon="package")
    late.set_text("Make packs")
    for button in (early, late):
        qtbot.addWidget(button)
        button.show()
    assert late.sizeHint() == early.sizeHint()
    assert late.iconSize() == early.iconSize()
