from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from congress.i18n.translator import Translator
from congress.ui.context import UiContext
from congress.ui.widgets.dates import DayField, read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14/3/2026", date(2026, 3, 14)),
        ("14.03.2026", date(2026, 3, 14)),
        (" 14 3 2026 ", date(2026, 3, 14)),
        ("2026-03-14", date(2026, 3, 14)),
        ("۱۴/۰۳/۲۰۲۶", date(2026, 3, 14)),
        ("29/2/2028", date(2028, 2, 29)),
        ("", None),
        ("14/3", None),
        ("14/13/2026", None),
        ("29/2/2026", None),
        ("14/3/26", None),
        ("tomorrow", None),
        ("²/3/2026", date(2026, 3, 2)),
        ("14/3/2026 x", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_a_day_is_read_back_in_words(qtbot: QtBot, context: UiContext) -> None:
    field = DayField(context, "First day")
    qtbot.addWidget(field)
    assert (field.day, field.help.text()) == (None, "Not fixed yet")
    field.value = "14/3/2026"
    assert field.help.text() == Translator("en").date(date(2026, 3, 14))
    assert field.day == date(2026, 3, 14)


def test_a_day_is_told_when_the_person_leaves_the_field(qtbot: QtBot, context: UiContext) -> None:
    field = DayField(context, "First day", date(2026, 3, 14))
    qtbot.addWidget(field)
    told: list[object] = []
    field.settled.connect(told.append)
    editor = field.editor
    for text in ("14/03/2026", "15/3/2026", "15.3.2026", "soon", ""):
        field.value = text
        editor.editingFinished.emit()  # type: ignore[attr-defined]
    assert told == [date(2026, 3, 15), None]


def test_what_is_no_day_is_said_and_not_told(qtbot: QtBot, context: UiContext) -> None:
    field = DayField(context, "First day")
    qtbot.addWidget(field)
    field.value = "soon"
    assert field.wrong
    field.editor.editingFinished.emit()  # type: ignore[attr-defined]
    assert "14/03/2026" in field.error.text()
    field.show_day(date(2026, 3, 14))
    assert (field.value, field.error.text(), field.wrong) == ("14/03/2026", "", False)
