from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.secretariat.exports import Format, Kind
from congress.ui.context import UiContext
from congress.ui.controllers.exports import ExportController
from congress.ui.pages.exports import ExportsPage
from congress.ui.theme.tokens import Mode
from tests.helpers.smallcongress import SmallCongress
from tests.helpers.uicontext import Surroundings, ui_context


@pytest.fixture(scope="module")
def held() -> SmallCongress:
    congress = SmallCongress()
    congress.hold()
    return congress


@pytest.fixture(autouse=True)
def _documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path))


@pytest.fixture
def page(qtbot: QtBot, context: UiContext, held: SmallCongress) -> ExportsPage:
    return make(qtbot, context, held)


def make(qtbot: QtBot, context: UiContext, held: SmallCongress) -> ExportsPage:
    controller = ExportController(context, cast(OpenCongress, held))
    page = ExportsPage(context, controller)
    qtbot.addWidget(page)
    return page


def controller(page: ExportsPage) -> ExportController:
    return page._controller


def export(qtbot: QtBot, page: ExportsPage) -> None:
    with qtbot.waitSignal(controller(page).exported, timeout=20_000):
        page.go_button.click()


def test_it_begins_with_what_most_people_want(page: ExportsPage, tmp_path: Path) -> None:
    choice = controller(page).choice
    assert choice.kinds == frozenset(Kind)
    assert choice.languages == {"en"}
    assert choice.formats == {Format.PDF, Format.XLSX}
    assert choice.folder.parent == tmp_path
    assert choice.folder.name.startswith("Export 20")
    assert "Export 4 papers" in page.go_button.text()
    assert page.written_card.isHidden()


def test_ticks_change_the_choice_and_the_button(page: ExportsPage) -> None:
    page.checks["ur"].click()
    assert "Export 8 papers" in page.go_button.text()
    for form in (Format.PDF, Format.XLSX):
        page.checks[form].click()
    assert not page.go_button.isEnabled()
    assert "Tick what to export" in page.go_button.text()
    page.checks[Format.JSON].click()
    page.checks[Kind.RESULTS].click()
    assert "Export 6 papers" in page.go_button.text()
    assert controller(page).choice.kinds == set(Kind) - {Kind.RESULTS}


def test_the_files_are_written_and_listed(
    qtbot: QtBot, page: ExportsPage, around: Surroundings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = controller(page).choice.folder
    export(qtbot, page)
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{kind}.en.{form}" for kind in Kind for form in ("pdf", "xlsx")}
    assert {row.title.text() for row in page.written_list.rows} == names
    assert page.written_title.text() == f"8 files in {folder.name}"
    assert [text for text, _ in around.toasts] == ["8 files exported"]
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page.open_button.click()
    assert opened == [QUrl.fromLocalFile(str(folder))]


def test_the_next_export_gets_its_own_folder(qtbot: QtBot, page: ExportsPage) -> None:
    first = controller(page).choice.folder
    export(qtbot, page)
    second = controller(page).choice.folder
    assert second == first.with_name(f"{first.name} (2)")
    assert page.folder_row.title.text() == second.name
    export(qtbot, page)
    assert second.is_dir()
    assert len(page.written_list.rows) == 8


def test_another_place_can_be_chosen(
    page: ExportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    page.choose_button.click()
    assert controller(page).choice.folder.parent == place
    assert page.folder_row.subtitle.text() == str(place)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.choose_button.click()
    assert controller(page).choice.folder.parent == place


def test_a_failure_is_explained_and_leaves_nothing(
    qtbot: QtBot, page: ExportsPage, tmp_path: Path
) -> None:
    place = tmp_path / "file"
    place.write_bytes(b"")
    controller(page).set_place(place)
    page.go_button.click()
    assert page.sheet is not None
    sheet = page.sheet
    qtbot.waitUntil(lambda: sheet.outcome is not None and sheet.close_button.isVisible())
    assert page.written_card.isHidden()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    sheet.close_button.click()


@pytest.fixture(params=[("vi", Mode.DARK), ("ur", Mode.LIGHT)], ids=["vi", "ur"])
def foreign(
    request: pytest.FixtureRequest, qapp: QApplication
) -> Iterator[tuple[UiContext, Surroundings]]:
    lang, mode = request.param
    with ui_context(lang, mode) as pair:
        yield pair


def test_it_speaks_other_languages(
    qtbot: QtBot, foreign: tuple[UiContext, Surroundings], held: SmallCongress
) -> None:
    context, _ = foreign
    page = make(qtbot, context, held)
    assert controller(page).choice.languages == {context.tr.lang}
    assert page.header.title.text() == context.tr("exports.title")
    assert "\u2068" not in controller(page).choice.folder.name


def test_every_box_can_be_reached_and_named(page: ExportsPage) -> None:
    assert set(page.checks) == {*Kind, *Format, "en", "vi", "ur"}
    assert all(check.accessibleName() for check in page.checks.values())
    assert page.checks[Kind.MINUTES].accessibleDescription()
