"""The person picker finds by keyboard alone and never picks the wrong person."""

from collections.abc import Callable, Sequence
from threading import Event as Flag

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.ui.context import UiContext
from congress.ui.widgets.picker import PersonPicker, description

PEOPLE = [
    Person(PersonId("1"), "A-1", "Ann", "Harbour", seat="3"),
    Person(PersonId("2"), "A-2", "Anna", "University"),
    Person(PersonId("3"), "A-3", "Bo", "Harbour"),
]


def _search(text: str) -> Sequence[Person]:
    return [person for person in PEOPLE if text.casefold() in person.name.casefold()]


@pytest.fixture
def picker(qtbot: QtBot, context: UiContext) -> PersonPicker:
    made = PersonPicker(context, _search)
    qtbot.addWidget(made)
    made.show()
    return made


def _picked(picker: PersonPicker) -> list[Person]:
    seen: list[Person] = []
    picker.picked.connect(seen.append)
    return seen


def test_description_tells_two_of_one_name_apart(context: UiContext) -> None:
    lines = [description(context, person) for person in PEOPLE[:2]]
    assert lines[0] == "A-1 · Harbour · Seat 3 · Official delegate"
    assert "Seat" not in lines[1]


def test_typing_finds_and_enter_picks_the_first(qtbot: QtBot, picker: PersonPicker) -> None:
    seen = _picked(picker)
    qtbot.keyClicks(picker.field, "ann")
    qtbot.waitUntil(lambda: len(picker.people) == 2)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert seen == [PEOPLE[0]]
    assert picker.field.text() == ""
    assert not picker.list.rows


def test_enter_at_once_waits_for_the_search_of_the_whole_text(
    qtbot: QtBot, picker: PersonPicker
) -> None:
    seen = _picked(picker)
    qtbot.keyClicks(picker.field, "ann")
    qtbot.waitUntil(lambda: len(picker.people) == 2)
    qtbot.keyClicks(picker.field, "a")
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [PEOPLE[1]]


def test_enter_while_the_search_runs(qtbot: QtBot, context: UiContext) -> None:
    go = Flag()

    def slow(text: str) -> Sequence[Person]:
        go.wait(5)
        return _search(text)

    picker = PersonPicker(context, slow, keep_text=True)
    qtbot.addWidget(picker)
    seen = _picked(picker)
    qtbot.keyClicks(picker.field, "bo")
    qtbot.waitUntil(lambda: not picker._timer.isActive())
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    go.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [PEOPLE[2]]
    assert picker.field.text() == "Bo"


def test_arrows_move_between_field_and_rows(qtbot: QtBot, picker: PersonPicker) -> None:
    seen = _picked(picker)
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    qtbot.keyClicks(picker.field, "ann")
    qtbot.waitUntil(lambda: len(picker.people) == 2)
    focus: Callable[[], object] = picker.window().focusWidget
    qtbot.keyClick(picker.field, Qt.Key.Key_Down)
    assert focus() is picker.list.rows[0]
    qtbot.keyClick(picker.list.rows[0], Qt.Key.Key_Down)
    assert focus() is picker.list.rows[1]
    qtbot.keyClick(picker.list.rows[1], Qt.Key.Key_Return)
    assert seen == [PEOPLE[1]]


def test_nobody_and_nothing(qtbot: QtBot, picker: PersonPicker) -> None:
    seen = _picked(picker)
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    qtbot.keyClicks(picker.field, "zz")
    qtbot.waitUntil(lambda: picker._none.isVisible())
    qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    assert not seen
    for _ in range(2):
        qtbot.keyClick(picker.field, Qt.Key.Key_Backspace)
    assert not picker._none.isVisible()
