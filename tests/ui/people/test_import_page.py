"""The way of a list of people into the congress."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.kernel.errors import Cancelled
from congress.people.directory import Directory
from congress.people.model import Field, Outcome
from congress.people.table import read_table
from congress.rollcall.enrolment import Enrolment
from congress.ui.controllers.people_import import ImportController
from congress.ui.pages.people_import import CHECK, DONE, FILE, PeopleImportPage
from congress.ui.widgets.text import Text
from tests.helpers.faces import face_keys, fake_backend, picture_of, png
from tests.helpers.vaults import actor, manual_clock
from tests.ui.people.conftest import House

BAD = "Số thẻ;Họ và tên;Phòng\nX1;Trần Văn Đức;1\nX1;Twin;2\n;Nobody;3\nX2;Lê Thị Hoa;4\n"


@pytest.fixture
def page(house: House, qtbot: QtBot) -> PeopleImportPage:
    page = PeopleImportPage(house.context, ImportController(house.context, house.directory, "vi"))
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.shown()
    return page


def choose(
    page: PeopleImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    with qtbot.waitSignal(page._controller.planned):
        page.choose()


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_a_file_is_checked_imported_and_reported(
    page: PeopleImportPage,
    house: House,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    bad: Path,
    tmp_path: Path,
) -> None:
    assert page.stack.currentIndex() == FILE
    assert not page.import_button.isVisible()
    choose(page, qtbot, monkeypatch, bad)
    assert page.stack.currentIndex() == CHECK
    assert page.import_button.text() == "Import 2 people"
    assert page.check_step.mapping.isVisible()
    assert [select.value for select in page.check_step.selects] == [Field.BADGE, Field.NAME, None]
    assert page.check_step.lines.model.rowCount() == 4
    assert house.directory.everyone() == ()
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == DONE)
    assert [person.badge for person in house.directory.everyone()] == ["X1", "X2"]
    assert "2 people imported" in house.around.toasts[0][0]
    saved = tmp_path / "rejected.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    page.done_step.save_asked.emit()
    qtbot.waitUntil(saved.exists)
    qtbot.waitUntil(lambda: len(house.around.toasts) == 2)
    assert [row.cells[0] for row in read_table(saved).rows] == ["Row", "3", "4"]
    qtbot.mouseClick(page.list_button, Qt.MouseButton.LeftButton)
    assert house.around.visited == ["people"]
    page.shown()
    assert page.stack.currentIndex() == FILE


def test_columns_can_be_said_otherwise(
    page: PeopleImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, bad: Path
) -> None:
    choose(page, qtbot, monkeypatch, bad)
    step = page.check_step
    with qtbot.waitSignal(page._controller.planned):
        step.selects[2].chosen.emit(Field.SEAT)
    assert step.selects[2].value is Field.SEAT
    with qtbot.waitSignal(page._controller.planned):
        step.selects[2].chosen.emit(Field.BADGE)
    assert [select.value for select in step.selects] == [None, Field.NAME, Field.BADGE]
    assert page.import_button.text() == "Import 4 people"


def test_a_needed_column_must_be_there(
    page: PeopleImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, bad: Path
) -> None:
    choose(page, qtbot, monkeypatch, bad)
    with qtbot.waitSignal(page._controller.failed):
        page.check_step.selects[1].chosen.emit(None)
    assert page.trouble.isVisible()
    assert "No column is chosen for the name." in page.trouble.accessibleName()
    assert not page.import_button.isEnabled()
    assert not page.check_step.lines.isVisible()
    with qtbot.waitSignal(page._controller.planned):
        page.check_step.selects[1].chosen.emit(Field.NAME)
    assert not page.trouble.isVisible()
    assert page.import_button.isEnabled()


def test_the_sample_can_be_looked_at_and_its_columns_are_folded_away(
    page: PeopleImportPage, house: House, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page._controller.planned):
        page.file_step.sample_asked.emit()
    assert page._controller.report is not None
    assert page._controller.report.count(Outcome.ADDED) == 39
    assert not page.check_step.mapping.isVisible()
    page.check_step.change.click()
    assert page.check_step.mapping.isVisible()
    assert house.directory.everyone() == ()


def test_importing_again_has_nothing_to_do(
    page: PeopleImportPage, house: House, qtbot: QtBot
) -> None:
    house.fill()
    with qtbot.waitSignal(page._controller.planned):
        page.file_step.sample_asked.emit()
    assert page.import_button.text() == "Nothing to import"
    assert not page.import_button.isEnabled()


def test_a_file_that_is_no_list_is_told_in_the_page(
    page: PeopleImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\0\0")
    with qtbot.waitSignal(page._controller.failed):
        page._controller.open_file(path)
    assert page.trouble.isVisible()
    assert "picture.csv" in page.trouble.accessibleName()
    assert page.stack.currentIndex() == FILE


def test_choosing_nothing_changes_nothing(
    page: PeopleImportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    page.choose()
    page.start()
    assert page.stack.currentIndex() == FILE
    assert page.sheet is None


def test_a_cancelled_import_stays_at_the_rows(
    page: PeopleImportPage,
    house: House,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    bad: Path,
) -> None:
    def cancelled(*_: object) -> None:
        raise Cancelled

    choose(page, qtbot, monkeypatch, bad)
    monkeypatch.setattr(Directory, "import_table", cancelled)
    page.start()
    assert page.sheet is not None
    qtbot.waitUntil(page.sheet.close_button.isVisible)
    page.sheet.close_button.click()
    assert page.stack.currentIndex() == CHECK
    assert house.directory.everyone() == ()


def test_the_template_is_offered(
    page: PeopleImportPage,
    house: House,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    saved = tmp_path / "empty.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    page.file_step.template_asked.emit()
    qtbot.waitUntil(lambda: bool(house.around.toasts))
    assert len(read_table(saved).rows) == 2


def _mime(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def test_a_file_can_be_dropped(page: PeopleImportPage, qtbot: QtBot, bad: Path) -> None:
    local, remote = _mime(QUrl.fromLocalFile(str(bad))), _mime(QUrl("https://x.example/a.csv"))
    common: Any = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for data, taken in ((local, True), (remote, False)):
        enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *common)
        enter.ignore()
        page.dragEnterEvent(enter)
        assert enter.isAccepted() is taken
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, remote, *common))
    assert page.stack.currentIndex() == FILE
    with qtbot.waitSignal(page._controller.planned):
        page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, local, *common))
    assert page.stack.currentIndex() == CHECK


def test_the_photographs_of_a_list_are_enrolled_once_everyone_agreed(
    house: House, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = house.database
    enrolment = Enrolment(
        database, actor(), house.directory, fake_backend, face_keys(database), manual_clock()
    )
    page = PeopleImportPage(
        house.context, ImportController(house.context, house.directory, "en", enrolment)
    )
    qtbot.addWidget(page)
    page.show()
    path = tmp_path / "people.csv"
    path.write_text("Badge,Name,Photo\nA1,Bohr,bohr.png\nA2,Curie,gone.png\n", encoding="utf-8")
    (tmp_path / "bohr.png").write_bytes(png(picture_of((1, 100, 80, 160))))
    choose(page, qtbot, monkeypatch, path)
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == DONE)
    assert enrolment.status().persons == frozenset(), "nothing is enrolled by itself"
    card = page.done_step.photos
    assert card is not None
    assert card.go_button.text() == "Enrol 2 photographs"
    card.agreed.setChecked(True)
    qtbot.mouseClick(card.go_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(enrolment.status().persons) == 1)
    assert page.sheet is not None
    sheet = page.sheet
    qtbot.waitUntil(lambda: any("row 3" in text.text() for text in sheet.findChildren(Text)))
    sheet.accept()

    choose(page, qtbot, monkeypatch, path)
    assert page.import_button.text() == "Go on to the photographs"
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == DONE)
    assert page.done_step.photos is not None


def test_who_may_not_enrol_is_not_offered_to(
    page: PeopleImportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Badge,Name,Photo\nA1,Bohr,bohr.png\n", encoding="utf-8")
    choose(page, qtbot, monkeypatch, path)
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stack.currentIndex() == DONE)
    assert page.done_step.photos is None
