"""The door page, driven as the organiser drives it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.rollcall.backends import Loaded
from congress.rollcall.model import Method, Status
from congress.ui.models.register import register_columns
from congress.ui.models.rows import RowsModel
from congress.ui.pages.door_dialogs import DoorDialog, SeatDialog
from congress.ui.pages.hall_quorum import HallQuorum
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.avatar import Avatar
from congress.ui.widgets.dialog import ConfirmDialog
from tests.helpers.faces import person, picture_of
from tests.ui.rollcall.conftest import ANN, BEN, CHI, Door, Film, walking


def test_without_a_session_it_says_what_to_do(door: Door) -> None:
    door.page.shown()
    door.wait(lambda: door.page.stack.currentIndex() == 0)
    assert door.page.open_button.isVisible()
    assert not door.page.views.isVisible()
    door.page.name.value = " "
    door.page.open_button.click()
    door.wait(lambda: door.page.name.error.text())
    assert "name" in door.page.name.error.text()


def test_opens_the_doors_and_puts_the_cursor_into_the_search(door: Door) -> None:
    door.open("First sitting")
    assert door.page.header.title.text() == "First sitting"
    assert door.page.door.newest.found is None
    door.wait(lambda: door.page.door.search.field.hasFocus())


def test_the_tools_stay_on_one_line_beside_what_is_seen(door: Door) -> None:
    page = door.page
    tools = (page.screens, page.enrol_button, page.report_button)

    def tops(*widgets: QWidget) -> set[int]:
        return {each.mapTo(page, each.rect().center()).y() for each in widgets}

    page.shown()
    door.wait(lambda: page.open_button.isVisible())
    assert len(tops(*tools)) == 1
    assert page.header.isAncestorOf(page.report_button)
    door.open()
    door.wait(lambda: page.views.isVisible() and len(tops(*tools, page.views)) == 1)
    assert len(tops(page.begin_button, page.close_button)) == 1


def test_a_delegate_walks_in_and_is_registered(door: Door, film: Film) -> None:
    door.open()
    film.pictures = walking(1)
    door.watch()
    found = door.page.door.newest.found
    assert found is not None
    assert found.person == ANN
    assert door.page.door.newest.name.text() == ANN.name
    assert "Row A1" in door.page.door.newest.details.text()
    assert found.entry.method is Method.FACE
    assert door.page.door.registered.accessibleName().endswith(": 1")
    assert "1" in door.page.door.quorum.present.accessibleName()
    assert door.around.toasts == []


def test_names_stand_in_the_picture(door: Door, film: Film) -> None:
    door.open()
    film.pictures = [picture_of((1, 100, 60, 70 + at), (4, 400, 60, 90)) for at in range(130)]
    film.pace, film.waits = 0.008, True
    door.page.watch("film", paced=False)
    door.wait(
        lambda: {mark.text for mark in door.page.door.picture.view.marks} >= {ANN.name, "Unknown"}
    )
    tones = {mark.text: mark.tone for mark in door.page.door.picture.view.marks}
    assert tones[ANN.name] is Tone.GOOD
    assert door.page.door.picture.view.grab().toImage().pixelColor(5, 90).isValid()
    assert door.page.door.picture.stop.isVisible()
    door.page.door.picture.stop.click()
    assert door.page.door.picture.start.isVisible()


def test_strangers_are_counted(door: Door, film: Film) -> None:
    door.open()
    film.pictures = walking(4)
    door.watch()
    assert door.page.door.unknown.accessibleName().endswith(": 1")
    assert door.page.door.newest.found is None


def test_a_doubtful_face_is_asked_about_and_answered_by_one_key(door: Door, film: Film) -> None:
    door.open()
    film.pictures = walking(3)
    door.watch()
    card = door.page.question
    assert card.isVisible()
    assert card.question is not None
    assert card.question.portrait is not None
    assert card.question.candidates[0][0] == ANN
    QTest.keyClick(card, Qt.Key.Key_5)
    assert card.isVisible()
    QTest.keyClick(card, Qt.Key.Key_1)
    door.settle()
    assert not card.isVisible()
    found = door.page.door.newest.found
    assert found is not None
    assert (found.person, found.entry.method) == (ANN, Method.OPERATOR)
    assert found.entry.score is not None
    assert 400 < found.entry.score < 480


def test_kept_portraits_stand_beside_whom_a_doubtful_face_may_be(
    make: Callable[..., Door], film: Film
) -> None:
    door = make(settings=Settings("C", keep_photos=True))
    door.open()
    film.pictures = walking(3)
    door.watch()
    card = door.page.question
    door.wait(lambda: card.question is not None and card.question.photos)
    assert card.question is not None
    asked = {person.id for person, _ in card.question.candidates}
    assert {ANN.id, BEN.id} & asked == set(card.question.photos)
    assert not card.question.photos[ANN.id].isNull()
    assert card.list.findChildren(Avatar)[0].width() == door.context.theme.px(96)
    QTest.keyClick(card, Qt.Key.Key_1)
    door.settle()
    assert door.lines()["A1"].status is Status.PRESENT


def test_without_kept_portraits_initials_stand_there(door: Door, film: Film) -> None:
    door.open()
    film.pictures = walking(3)
    door.watch()
    card = door.page.question
    door.settle()
    assert card.question is not None
    assert card.question.photos == {}
    assert card.list.findChildren(Avatar)[0].width() == door.context.theme.px(48)


def test_none_of_these_is_a_key_too(door: Door, film: Film) -> None:
    door.open()
    film.pictures = walking(3)
    door.watch()
    QTest.keyClick(door.page.question, Qt.Key.Key_0)
    door.settle()
    assert not door.page.question.isVisible()
    assert door.page.door.newest.found is None


def test_a_question_is_settled_by_the_desk(door: Door, film: Film) -> None:
    door.open()
    film.pictures = walking(3)
    door.watch()
    door.congress.desk.check_in(ANN.id)
    door.wait(lambda: not door.page.question.isVisible())


def test_checks_in_by_badge_number_in_a_few_keys(door: Door) -> None:
    door.open()
    field = door.page.door.search.field
    QTest.keyClicks(field, "name of b2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    door.wait(lambda: door.page.door.newest.found)
    door.settle()
    assert door.page.door.newest.name.text() == BEN.name
    assert field.text() == ""
    QTest.keyClicks(field, "name of b2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    door.wait(lambda: door.around.toasts)
    assert door.around.toasts[-1][1] is Tone.NOTE
    assert len(door.doors.arrivals.newest) == 1


def test_the_newest_arrival_can_be_taken_back(door: Door) -> None:
    door.open()
    for each in (ANN, BEN):
        door.doors.check_in(each.id)
    door.wait(lambda: len(door.doors.arrivals.newest) == 2)
    door.page.door.newest.undo.click()
    door.settle()
    assert [each.person for each in door.doors.arrivals.newest] == [ANN]
    door.doors.arrivals.undo_newest()
    door.settle()
    assert door.page.door.newest.found is None
    assert door.congress.desk.quorum().present == 0


def test_an_alternate_is_given_a_seat(door: Door) -> None:
    door.open()
    door.doors.check_in(CHI.id)
    door.wait(lambda: door.page.door.newest.found)
    door.settle()
    assert door.page.door.newest.seat.isVisible()
    door.page.door.newest.seat.click()
    dialog = door.page.findChild(SeatDialog)
    assert dialog is not None
    dialog.give.click()
    door.settle()
    (line,) = [x for x in door.house.lines if x.status is Status.REPLACED]
    assert line.person == BEN
    assert door.congress.desk.quorum().present == 1


def test_the_register_lists_checks_in_and_out(door: Door) -> None:
    door.open()
    door.page.views.set_value(2)
    door.page._view(2)
    door.settle()
    rows = door.page.register.table.model.rows
    assert [row.status for row in rows] == [Status.ABSENT] * 4
    door.page.register.table.view.selectRow(1)
    assert door.page.register.in_button.isEnabled()
    door.page.register.in_button.click()
    door.wait(lambda: door.page.register.table.model.rows[1].status is Status.PRESENT)
    assert door.around.toasts[-1] == (f"{BEN.name} is registered.", Tone.GOOD)
    door.settle()
    assert door.page.register.out_button.isEnabled()
    door.page.register.out_button.click()
    door.wait(lambda: door.page.register.table.model.rows[1].status is Status.LEFT)


def test_the_register_as_a_model(door: Door, qtmodeltester: object) -> None:
    door.open()
    door.settle()
    columns = register_columns(door.context.tr)
    model = RowsModel(door.context.theme, columns, door.house.lines, door.page)
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    assert [model.headerData(at, Qt.Orientation.Horizontal) for at in (0, 4)] == ["Badge", "State"]


def test_closing_the_session_asks_first(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    door.open()
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: False)
    door.page.close_button.click()
    door.settle()
    assert door.congress.desk.current() is not None
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: True)
    door.page.close_button.click()
    door.wait(lambda: door.page.stack.currentIndex() == 0)
    assert door.congress.desk.current() is None


def test_a_lost_camera_is_said_in_words(door: Door, film: Film) -> None:
    door.open()
    film.loses, film.waits = True, True
    door.page.watch("film", paced=False)
    door.wait(lambda: door.page.door.picture.banner.isVisible())
    assert "lost" in door.page.door.picture.banner.accessibleName()
    assert door.page.door.picture.state.text == "Camera lost"
    door.door._lost(False)
    assert not door.page.door.picture.banner.isVisible()


def test_a_camera_that_is_not_there_is_said_in_words(door: Door, film: Film) -> None:
    door.open()
    film.error = EnvironmentFault("camera.missing", camera=3)
    door.watch()
    assert "Camera 3 is not there" in door.page.door.picture.banner.accessibleName()
    assert door.page.door.picture.start.isVisible()


def test_a_video_that_stops_keeps_whom_it_registered(door: Door, film: Film) -> None:
    door.open()
    film.pictures = walking(1)
    film.error = InputError("camera.file_stopped", file="x.mp4", seconds=2)
    door.watch()
    assert "breaks off" in door.page.door.picture.banner.accessibleName()
    assert door.congress.desk.quorum().present == 1


def test_a_backend_that_stepped_in_is_said(door: Door, film: Film) -> None:
    loaded = door.congress.backend()
    fault = EnvironmentFault("faces.model_missing", file="sface.onnx")
    door.congress.backend = lambda: Loaded(loaded.backend, fault)
    door.open()
    film.waits = True
    door.page.watch("film", paced=False)
    door.wait(lambda: door.page.door.picture.banner.isVisible())
    assert "sface.onnx" in door.page.door.picture.banner.accessibleName()


def test_a_refused_check_in_is_said_and_looked_at_again(door: Door, film: Film) -> None:
    door.open()
    stranger = person("Z9")
    door.doors.check_in(stranger.id)
    door.wait(lambda: door.around.toasts)
    assert door.around.toasts[-1] == (
        "This person is not on the list of the congress.",
        Tone.DANGER,
    )


def test_nobody_enrolled_leads_to_the_faces(make: Callable[..., Door], film: Film) -> None:
    door = make(enrolled=False)
    door.open()
    film.waits = True
    door.page.watch("film", paced=False)
    door.wait(lambda: door.page.door.picture.banner.isVisible())
    door.page.door.picture.remedy.click()
    door.page.enrol_button.click()
    door.page.report_button.click()
    assert door.around.visited == ["faces", "faces", "credentials"]


def test_the_source_is_asked_for(door: Door, films: dict[str, Film]) -> None:
    door.open()
    films["1"].waits = True
    door.page.door.picture.source.click()
    dialog = door.page.findChild(DoorDialog)
    assert dialog is not None
    dialog.source.value = " "
    dialog.start.click()
    assert dialog.source.error.text()
    dialog.source.value = "1"
    dialog.start.click()
    door.wait(lambda: door.door.camera)


def test_a_member_of_the_committee_only_looks(make: Callable[..., Door]) -> None:
    organiser = make()
    organiser.open()
    committee = make(Role.COMMITTEE)
    committee.page.shown()
    committee.wait(lambda: committee.page.stack.currentIndex() == 0)
    assert not committee.page.enrol_button.isVisible()
    assert not committee.page.open_button.isVisible()


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_speaks_every_language_and_everything_has_a_name(
    make: Callable[..., Door], film: Film, lang: str
) -> None:
    door = make(lang=lang)
    door.open()
    film.pictures = walking(1)
    door.watch()
    for button in door.page.findChildren(QPushButton):
        assert button.accessibleName() or button.text(), button
    assert {command.title for command in door.page.commands()}


def test_the_hall_sees_one_number_and_its_rule(door: Door) -> None:
    door.open()
    hall = door.page.open_hall()
    assert isinstance(hall, HallQuorum)
    door.qtbot.addWidget(hall)
    door.wait(lambda: hall.session.text() == "Morning")
    assert "2 delegates are missing" in hall.verdict.text()
    assert hall.rule.text() == "At least 2/3 of the official delegates must be present."
    for each in (ANN, BEN):
        door.doors.check_in(each.id)
    door.wait(lambda: hall.verdict.text() == "There is a quorum")
    assert hall.number.text() == "2"
    assert door.page.open_hall() is hall
