"""Whoever the camera fails: by name, badge and scanner, with one hand on the keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import cv2
import numpy as np
import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from congress.kernel.people import Standing
from congress.rollcall.faces import Image
from congress.rollcall.model import Method, Status
from congress.ui.doors.model import Ask
from congress.ui.pages.door_dialogs import SeatDialog
from congress.ui.pages.register_dialogs import CorrectionDialog
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.dialog import ConfirmDialog
from tests.helpers.faces import person, picture_of
from tests.ui.rollcall.conftest import ANN, BEN, CHI, Door, Film, walking


def typed(field: QWidget, text: str) -> None:
    """Type letters of any script, as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def shown_badge(code: str, count: int = 6) -> list[Image]:
    """Return pictures in which somebody holds up a badge."""
    side = segno.make(code, error="m").symbol_size(border=4)[0]
    scale = max(1, 200 // side)
    rows = segno.make(code, error="m").matrix_iter(scale=scale, border=4)
    drawn = np.array([[255 - 255 * dark for dark in row] for row in rows], np.uint8)
    image = picture_of()
    image[60 : 60 + len(drawn), 60 : 60 + len(drawn)] = cv2.cvtColor(drawn, cv2.COLOR_GRAY2BGR)
    return [image] * count


NAMES = (
    "Nguyễn Thị Minh Châu",
    "Trần Đức Anh",
    "عائشہ صدیقی",
    "محمد حارث قریشی",
    "Émile Henriot",
    "Grace Hopper",
    "Marie Curie",
    "Paul Dirac",
    "Niels Bohr",
    "Max Planck",
)
TYPED = (
    "nguyen chau",
    "duc anh",
    "عائشه",
    "قريشي",
    "emile",
    "hopper",
    "D07",
    "dirac",
    "bohr",
    "planck",
)
"""As people type them: without marks, with Arabic letters for Urdu ones, by badge number."""


def test_ten_delegates_arrive_by_keyboard_alone(make: Callable[..., Door]) -> None:
    delegates = [replace(person(f"D{at:02}"), name=name) for at, name in enumerate(NAMES, start=1)]
    door = make(people=delegates, enrolled=False, listed=True)
    door.page.shown()
    door.wait(lambda: door.page.name.hasFocus() or door.page.name.editor.hasFocus())
    QTest.keyClick(door.page.name.editor, Qt.Key.Key_Return)
    door.wait(lambda: door.page.door.search.field.hasFocus())
    field = door.page.door.search.field
    for number, text in enumerate(TYPED, start=1):
        assert QApplication.focusWidget() is field
        typed(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)
        door.wait(partial(lambda wanted: door.doors.arrivals.count == wanted, number))
    found = [each.person.name for each in reversed(door.doors.arrivals.newest)]
    assert found == list(NAMES)
    assert {line.status for line in door.lines().values()} == {Status.PRESENT}
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    door.wait(lambda: door.doors.arrivals.count == 9)
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    door.wait(lambda: door.doors.arrivals.count == 8)
    absent = [line.person.name for line in door.lines().values() if line.status is Status.ABSENT]
    assert absent == ["Niels Bohr", "Max Planck"]


def test_control_z_undoes_letters_while_somebody_types(door: Door) -> None:
    door.open()
    door.doors.check_in(ANN.id)
    door.wait(lambda: door.doors.arrivals.count)
    field = door.page.door.search.field
    QTest.keyClicks(field, "ub")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert door.doors.arrivals.count == 1


def test_u_takes_back_where_nobody_types(door: Door) -> None:
    door.open()
    door.doors.check_in(ANN.id)
    door.wait(lambda: door.doors.arrivals.count)
    stop = door.page.door.picture.start
    stop.setFocus()
    QTest.keyClick(stop, Qt.Key.Key_U)
    door.wait(lambda: not door.doors.arrivals.count)


def test_once_the_sitting_began_an_old_entry_asks_for_two(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.open()
    door.doors.check_in(ANN.id)
    door.wait(lambda: door.doors.arrivals.count)
    asked: list[str] = []

    def agree(*words: object, **_: object) -> bool:
        asked.extend(str(each) for each in words)
        return True

    monkeypatch.setattr(ConfirmDialog, "ask", agree)
    door.page.begin_button.click()
    door.wait(lambda: door.house.current and door.house.current.began_at)
    assert any("late" in each for each in asked)
    assert not door.page.begin_button.isVisible()
    assert "began at" in door.page.lead.text()
    door.congress.clock.advance(timedelta(minutes=11))
    door.settle()
    door.doors.arrivals.undo_newest()
    door.wait(lambda: door.page.findChild(CorrectionDialog))
    assert any("Two people" in each for each in asked)
    assert door.lines()["A1"].status is Status.PRESENT


def test_a_badge_before_the_camera_registers_its_bearer(door: Door, film: Film) -> None:
    door.open()
    film.pictures = shown_badge(door.congress.badges.codes()[BEN.id])
    door.watch()
    found = door.doors.arrivals.newest[0]
    assert (found.person, found.entry.method) == (BEN, Method.QR)
    assert found.entry.score is None


def test_a_void_badge_is_said(door: Door, film: Film) -> None:
    door.open()
    film.pictures = shown_badge(door.congress.badges.codes()[BEN.id])
    door.congress.badges.issue_anew(BEN.id)
    door.watch()
    assert door.doors.arrivals.count == 0
    text, tone = door.around.toasts[-1]
    assert "void" in text
    assert tone is Tone.DANGER


def test_a_badge_that_becomes_void_while_the_camera_runs(door: Door, film: Film) -> None:
    door.open()
    film.pictures = [picture_of()] * 3 + shown_badge(door.congress.badges.codes()[BEN.id])
    film.waits = True
    door.congress.badges.issue_anew(BEN.id)
    door.settle()
    door.page.watch("film", paced=False)
    door.wait(lambda: door.around.toasts)
    assert "void" in door.around.toasts[-1][0]


def test_a_scanner_types_into_the_search_and_enters(door: Door) -> None:
    door.open()
    door.settle()
    code = door.congress.badges.codes()[ANN.id]
    field = door.page.door.search.field
    QTest.keyClicks(field, code.lower())
    QTest.keyClick(field, Qt.Key.Key_Return)
    door.wait(lambda: door.doors.arrivals.count == 1)
    assert door.doors.arrivals.newest[0].entry.method is Method.QR
    assert field.text() == ""
    QTest.keyClicks(field, "PCB1:" + "A" * 20)
    QTest.keyClick(field, Qt.Key.Key_Return)
    door.wait(lambda: door.around.toasts)
    assert "void" in door.around.toasts[-1][0]
    assert field.text() == ""


def seated(door: Door) -> None:
    """Let the alternate take the seat of BEN."""
    door.congress.desk.check_in(CHI.id)
    door.congress.desk.take_seat(CHI.id, BEN.id, "Ill")
    door.settle()


def test_an_alternate_is_given_a_seat_with_a_reason_by_enter(door: Door) -> None:
    door.open()
    field = door.page.door.search.field
    QTest.keyClicks(field, "name of c3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    door.wait(lambda: door.doors.arrivals.count == 1)
    door.settle()
    QTest.keyClick(field, Qt.Key.Key_Return)
    dialog = door.page.findChild(SeatDialog)
    assert dialog is not None
    dialog.reason.value = "Ill since yesterday"
    QTest.keyClick(dialog.reason.editor, Qt.Key.Key_Return)
    door.settle()
    assert door.lines()["B2"].status is Status.REPLACED
    (stay,) = [each for each in door.lines()["C3"].entries if each.left_at is None]
    assert (stay.seat_of, stay.reason) == (BEN.id, "Ill since yesterday")


def test_an_alternate_who_came_before_is_found_again_and_given_a_seat(door: Door) -> None:
    door.open()
    for each in (CHI, ANN):
        door.doors.check_in(each.id)
    door.wait(lambda: door.doors.arrivals.count == 2)
    assert not door.page.door.newest.seat.isVisible()
    door.doors.check_in(CHI.id)
    door.wait(lambda: door.page.door.newest.seat.isVisible())


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_Return])
def test_a_delegate_who_comes_back_gets_the_seat_with_one_key(door: Door, key: Qt.Key) -> None:
    door.open()
    seated(door)
    field = door.page.door.search.field
    QTest.keyClicks(field, "name of b2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    door.wait(lambda: door.page.question.isVisible())
    question = door.page.question.question
    assert question is not None
    assert question.kind is Ask.SEAT
    assert CHI.name in door.page.question.why.text()
    QTest.keyClick(door.page.question, key)
    door.wait(lambda: door.lines()["B2"].status is Status.PRESENT)
    door.settle()
    assert door.lines()["C3"].status is Status.PRESENT
    (open_stay,) = [each for each in door.lines()["C3"].entries if each.left_at is None]
    assert open_stay.seat_of is None
    assert not door.page.question.isVisible()


def test_the_camera_offers_the_seat_back_too(door: Door, film: Film) -> None:
    door.open()
    door.congress.desk.check_in(CHI.id)
    door.congress.desk.take_seat(CHI.id, ANN.id)
    film.pictures = walking(1)
    door.watch()
    assert door.page.question.isVisible()
    QTest.keyClick(door.page.question, Qt.Key.Key_0)
    assert not door.page.question.isVisible()
    assert door.lines()["A1"].status is Status.REPLACED
    film.pictures = walking(1)
    door.watch()
    QTest.keyClick(door.page.question, Qt.Key.Key_1)
    door.wait(lambda: door.lines()["A1"].status is Status.PRESENT)
    assert door.lines()["A1"].entries[-1].method is Method.FACE


def test_somebody_at_the_desk_goes_before_the_questions_of_cameras(door: Door, film: Film) -> None:
    door.open()
    seated(door)
    film.pictures = walking(3)
    door.watch()
    assert [each.kind for each in door.doors.questions.waiting] == [Ask.WHO]
    door.doors.check_in(BEN.id)
    door.wait(lambda: len(door.doors.questions.waiting) == 2)
    assert door.page.question.question is not None
    assert door.page.question.question.kind is Ask.SEAT
    assert door.page.question.waiting.text == "1 more waits"


def test_guests_and_officials_take_no_seat(door: Door) -> None:
    door.open()
    door.doors.check_in(ANN.id)
    door.wait(lambda: door.doors.arrivals.count)
    assert ANN.standing is Standing.OFFICIAL
    QTest.keyClick(door.page.door.search.field, Qt.Key.Key_Return)
    assert door.page.findChild(SeatDialog) is None
