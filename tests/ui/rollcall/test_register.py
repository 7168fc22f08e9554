"""The register: narrowed by chips, excused with a reason, corrected by two."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congress.kernel.ids import SessionId
from congress.rollcall.model import CorrectionKind, Session, Status
from congress.ui.models.register import Filter, fitting
from congress.ui.pages.register_dialogs import CorrectionDialog, ExcuseDialog, moment
from tests.helpers.vaults import MORNING
from tests.ui.rollcall.conftest import ANN, BEN, CHI, PASSPHRASE, Door

OPENED = MORNING.astimezone()


def register(door: Door) -> None:
    """Open a session, let the morning pass, and show the register."""
    door.open()
    door.congress.desk.check_in(ANN.id)
    door.congress.clock.advance(timedelta(hours=1))
    door.page.views.set_value(2)
    door.page._view(2)
    door.settle()


def choose(door: Door, badge: str) -> None:
    table = door.page.register.table
    at = [line.person.badge for line in table.model.rows].index(badge)
    table.view.setCurrentIndex(table.proxy.mapFromSource(table.model.index(at, 0)))


def correcting(door: Door, badge: str) -> CorrectionDialog:
    choose(door, badge)
    door.page.register.correct_button.click()
    found = door.page.findChildren(CorrectionDialog)[-1]
    assert found is not None
    return found


def badges(door: Door) -> list[str]:
    return [line.person.badge for line in door.page.register.table.model.rows]


def test_chips_narrow_the_register_and_count(door: Door) -> None:
    register(door)
    chips = door.page.register.chips
    assert chips.chips[Filter.PRESENT].text() == "Present 1"
    assert not chips.chips[Filter.LATE].isVisible()
    chips.chips[Filter.ABSENT].click()
    assert badges(door) == ["B2", "C3", "D4"]
    door.congress.desk.begin_sitting()
    door.congress.clock.advance(timedelta(minutes=1))
    door.congress.desk.check_in(BEN.id)
    door.wait(lambda: badges(door) == ["C3", "D4"])
    chips.chips[Filter.LATE].click()
    assert badges(door) == ["B2"]
    shown = door.page.register.table.model.columns[4].text(door.page.register.table.model.rows[0])
    assert "Present" in shown
    assert "late" in shown


def test_every_status_has_its_chip(door: Door) -> None:
    register(door)
    desk, session = door.congress.desk, door.congress.desk.current()
    assert session is not None
    door.congress.corrections.excuse(session.id, BEN.id, "In hospital")
    desk.check_in(CHI.id)
    desk.check_out(ANN.id)
    desk.take_seat(CHI.id, ANN.id)
    lines = desk.register(session.id)
    assert [line.person.badge for line in fitting(lines, Filter.EXCUSED)] == ["B2"]
    assert [line.person.badge for line in fitting(lines, Filter.REPLACED)] == ["A1"]
    assert len(fitting(lines, Filter.ALL)) == 4
    desk.check_out(CHI.id)
    lines = desk.register(session.id)
    assert [line.person.badge for line in fitting(lines, Filter.LEFT)] == ["A1", "C3"]


def test_an_excuse_has_a_reason_and_can_be_taken_back(door: Door) -> None:
    register(door)
    choose(door, "B2")
    door.page.register.excuse_button.click()
    dialog = door.page.findChild(ExcuseDialog)
    assert dialog is not None
    dialog.yes.click()
    assert dialog.reason.error.text() == "Write the reason."
    dialog.reason.value = "In hospital"
    QTest.keyClick(dialog.reason.editor, Qt.Key.Key_Return)
    door.wait(lambda: door.lines()["B2"].status is Status.EXCUSED)
    door.settle()
    choose(door, "B2")
    door.page.register.excuse_button.click()
    again = door.page.findChildren(ExcuseDialog)[-1]
    assert again.reason.value == "In hospital"
    again.withdraw.click()
    door.wait(lambda: door.lines()["B2"].status is Status.ABSENT)


def test_who_came_is_not_excused(door: Door) -> None:
    register(door)
    choose(door, "A1")
    assert not door.page.register.excuse_button.isEnabled()
    assert door.page.register.correct_button.isEnabled()


def test_before_the_sitting_one_person_adds_a_stay(door: Door) -> None:
    register(door)
    dialog = correcting(door, "B2")
    assert dialog.approval is None
    assert not dialog.kind.isVisible()
    assert not dialog.yes.isEnabled()
    dialog.came.value = f"{OPENED + timedelta(minutes=5):%H:%M}"
    dialog.left.value = "25:00"
    dialog.reason.value = "Came by the side door"
    dialog.yes.click()
    assert dialog.left.error.text()
    dialog.left.value = ""
    dialog.yes.click()
    door.wait(lambda: door.lines()["B2"].status is Status.PRESENT)
    assert door.lines()["B2"].entries[0].came_at == MORNING + timedelta(minutes=5)


def test_after_the_sitting_began_two_people_change_times(door: Door) -> None:
    register(door)
    door.congress.desk.begin_sitting()
    door.settle()
    dialog = correcting(door, "A1")
    assert dialog.approval is not None
    assert dialog.approval.name.value == "Second"
    dialog.left.value = f"{OPENED + timedelta(minutes=30):%H:%M}"
    dialog.reason.value = "Left unseen"
    assert not dialog.yes.isEnabled()
    dialog.approval.passphrase.value = "wrong"
    dialog.yes.click()
    door.wait(lambda: dialog.approval is not None and dialog.approval.passphrase.error.text())
    assert door.lines()["A1"].status is Status.PRESENT
    dialog.approval.passphrase.value = PASSPHRASE
    dialog.yes.click()
    door.wait(lambda: door.lines()["A1"].status is Status.LEFT)
    door.settle()
    (made,) = door.house.corrections
    assert (made.kind, made.reason) == (CorrectionKind.TIMES, "Left unseen")
    assert made.confirmed_by is not None
    door.page.views.set_value(3)
    door.page._view(3)
    table = door.page.corrections.table
    cells = [column.text(table.model.rows[0]) for column in table.model.columns]
    assert cells[1] == ANN.name
    assert cells[3:] == ["Left unseen", "Me", "Second"]
    assert f"{OPENED:%H:%M} to {OPENED + timedelta(minutes=30):%H:%M}" in cells[2]


def test_a_stay_is_taken_back_and_the_very_second_stays(door: Door) -> None:
    register(door)
    dialog = correcting(door, "A1")
    dialog.kind.set_value("taken_back")
    dialog.kind.chosen.emit("taken_back")
    assert not dialog.came.isVisible()
    dialog.reason.value = "Was not here"
    dialog.yes.click()
    door.wait(lambda: door.lines()["A1"].status is Status.ABSENT)


def test_what_the_register_refuses_is_said_in_the_dialog(door: Door) -> None:
    register(door)
    dialog = correcting(door, "A1")
    dialog.stay.set_value(None)
    dialog.stay.chosen.emit(None)
    dialog.came.value = f"{OPENED + timedelta(minutes=1):%H:%M}"
    dialog.reason.value = "Twice"
    dialog.yes.click()
    door.wait(lambda: dialog.trouble.isVisible())
    assert "in the register already" in dialog.trouble.accessibleName()
    assert dialog.yes.isEnabled()


def test_an_earlier_session_can_be_looked_at_and_corrected(door: Door) -> None:
    register(door)
    first = door.congress.desk.current()
    door.congress.desk.check_out(ANN.id)
    door.congress.desk.close_session()
    door.wait(lambda: door.house.current is None)
    assert door.page.stack.currentIndex() == 2
    assert door.house.lines[0].status is Status.LEFT_EARLY
    assert not door.page.register.in_button.isEnabled()
    door.congress.clock.advance(timedelta(hours=1))
    door.congress.desk.open_session("Afternoon")
    door.wait(lambda: door.house.shown and door.house.shown.name == "Afternoon")
    assert first is not None
    door.page.register.session.chosen.emit(first.id)
    door.wait(lambda: door.house.shown == door.house.sessions[1])
    choose(door, "A1")
    assert not door.page.register.in_button.isEnabled()
    assert door.page.register.correct_button.isEnabled()


SESSION = Session(SessionId("s"), "Morning", MORNING)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("{:%H:%M}", 45), ("{:%H%M}", 45), ("{:%H.%M}", 45), (" {:%H h %M} ", None), ("", None)],
)
def test_times_of_day_are_of_the_session(text: str, minutes: int | None) -> None:
    at = OPENED + timedelta(minutes=45)
    found = moment(text.format(at), SESSION)
    assert found == (None if minutes is None else at)


def test_a_time_before_the_doors_opened_is_of_the_next_day() -> None:
    late = Session(SessionId("s"), "Night", datetime(2026, 3, 14, 12, tzinfo=UTC))
    opened = late.opened_at.astimezone()
    before = opened - timedelta(hours=2)
    assert moment(f"{before:%H:%M}", late) == before + timedelta(days=1)
    assert moment("24:00", late) is None
    assert moment("12:60", late) is None
    urdu = "".join("۰۱۲۳۴۵۶۷۸۹"[int(c)] if c.isdigit() else c for c in f"{opened:%H:%M}")
    assert moment(urdu, late) == opened


def test_the_minute_in_which_the_doors_opened_begins_with_them() -> None:
    opened = datetime(2026, 3, 14, 12, 0, 30, tzinfo=UTC)
    assert moment(f"{opened.astimezone():%H:%M}", Session(SessionId("s"), "x", opened)) == opened
