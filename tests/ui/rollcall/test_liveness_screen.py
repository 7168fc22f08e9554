"""An unattended door: who turns as asked is in, a photograph is not."""

from collections.abc import Sequence
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congress.rollcall.faces import Image
from congress.rollcall.guard import Guard
from congress.rollcall.liveness import Move
from congress.rollcall.model import Method, Status
from congress.ui.doors import watch
from congress.ui.doors.model import Ask
from congress.ui.pages.door_dialogs import DoorDialog
from congress.ui.pages.greeting import Greeting, Shown
from tests.helpers.faces import picture_of
from tests.ui.rollcall.conftest import ANN, Door, Film

NOD = [0.0] * 10 + [0.45] * 12 + [0.0] * 12 + [-0.45] * 12 + [0.0] * 10


def faces(turns: Sequence[float], number: int = 1) -> list[Image]:
    return [
        picture_of((number, 100 + at % 3, 60, 120 + at % 2), turned=turned)
        for at, turned in enumerate(turns)
    ]


@pytest.fixture
def unattended(door: Door, monkeypatch: pytest.MonkeyPatch) -> Door:
    chosen = partial(Guard, moves=lambda: (Move.LEFT, Move.RIGHT))
    monkeypatch.setattr(watch, "Guard", chosen)
    door.open()
    door.doors.change(door.door, unattended=True)
    return door


def test_who_turns_as_asked_is_shown_how_and_is_in(unattended: Door, film: Film) -> None:
    door = unattended
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    told: list[str] = []
    names: list[str] = []
    door.door.turned.connect(lambda: told.extend(greeting.words))
    door.door.pictured.connect(
        lambda _: names.extend(mark.text for mark in door.page.door.picture.view.marks)
    )
    film.pictures, film.pace = faces(NOD), 0.004
    door.watch()
    assert door.lines()["A1"].status is Status.PRESENT
    assert door.lines()["A1"].entries[0].method is Method.FACE
    assert "Turn your head to your left" in told
    assert "Turn your head to your right" in told
    assert greeting.shown is Shown.NAME
    assert {"Look straight", "Turning"} & set(names)


def test_a_photograph_is_not_let_in_and_the_operator_looks(unattended: Door, film: Film) -> None:
    door = unattended
    greeting = door.page.open_greeting()
    assert isinstance(greeting, Greeting)
    film.pictures = faces([0.0] * 200)
    door.watch()
    assert door.lines()["A1"].status is Status.ABSENT
    assert greeting.shown is Shown.DESK
    assert ANN.name not in greeting.words
    card = door.page.question
    assert card.question is not None
    assert card.question.kind is Ask.ALIVE
    assert "photograph" in card.why.text()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert card.isVisible()
    QTest.keyClick(card, Qt.Key.Key_1)
    door.wait(lambda: door.lines()["A1"].status is Status.PRESENT)
    assert door.lines()["A1"].entries[0].method is Method.OPERATOR


def test_no_name_stands_over_a_face_that_is_not_in_the_register(
    unattended: Door, film: Film
) -> None:
    door = unattended
    names: list[str] = []
    door.door.pictured.connect(
        lambda _: names.extend(mark.text for mark in door.page.door.picture.view.marks)
    )
    film.pictures, film.pace = faces([0.0] * 120), 0.002
    door.watch()
    assert names
    assert ANN.name not in names


def test_the_screen_says_what_the_check_does_not_stop(unattended: Door) -> None:
    door = unattended
    door.page.choose_source()
    dialog = door.page.findChild(DoorDialog)
    assert dialog is not None
    said = dialog.truth.accessibleName()
    assert "does not stop a video" in said
    assert "mask" in said
