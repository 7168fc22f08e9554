from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.docs.access import AccessReport, Chain, ReadState
from congress.kernel import codes
from congress.ui.context import UiContext
from congress.ui.controllers.access import AccessController, gathered
from congress.ui.models.access import STATE_ROLE, meeting_text
from congress.ui.pages.access import AccessPage
from congress.ui.pages.access_panel import MeetingsPanel
from congress.ui.widgets.banner import Banner
from tests.helpers.uicontext import Surroundings

Made = tuple[UiContext, Surroundings]


@pytest.fixture
def page(qtbot: QtBot, surroundings: Made, house: OpenCongress) -> AccessPage:
    context, _ = surroundings
    controller = AccessController(context, house.handout, house.clock)
    page = AccessPage(context, controller)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    with qtbot.waitSignal(controller.told):
        page.shown()
    return page


def test_every_paper_stands_there_with_who_opened_it(page: AccessPage) -> None:
    lines = page.papers.model.rows
    assert [line.paper.number for line in lines] == ["1", "12", "2", "4", "5", "6"]
    assert (lines[0].expected, lines[0].missing) == (2, 1)
    assert lines[0].counts[ReadState.PART] == 1
    assert lines[4].expected == 1
    assert page.chain.accessibleName() or page.chain._text.text()


def test_a_paper_that_is_chosen_says_who_is_missing_first(
    page: AccessPage, qtbot: QtBot, surroundings: Made
) -> None:
    with qtbot.waitSignal(page.inspected) as shown:
        page.papers.selected.emit(page.papers.model.rows[0])
    panel = shown.args[0]
    assert isinstance(panel, MeetingsPanel)
    qtbot.addWidget(panel)
    readership = page._controller.readership
    assert readership is not None
    met = readership.of_paper(page.papers.model.rows[0].paper)
    assert [each.state for each in met] == [ReadState.UNOPENED, ReadState.PART]
    assert meeting_text(surroundings[0].tr, met[1])


def test_a_person_that_is_chosen_shows_their_papers(page: AccessPage, qtbot: QtBot) -> None:
    line = next(each for each in page.people.model.rows if each.reader.name == "lan")
    assert line.expected == 4
    with qtbot.waitSignal(page.inspected) as shown:
        page.people.selected.emit(line)
    assert isinstance(shown.args[0], MeetingsPanel)
    qtbot.addWidget(shown.args[0])


def test_only_what_was_not_opened_can_be_shown(page: AccessPage) -> None:
    assert len(page.papers.model.rows) == 6
    page.missing_only.setChecked(True)
    assert {line.paper.number for line in page.papers.model.rows} == {"1", "12", "2", "4", "5", "6"}
    assert all(line.missing for line in page.people.model.rows)
    report = page._controller.readership
    assert report is not None
    assert page.grid.model.columnCount() == 6


def test_the_grid_has_a_state_in_every_cell(page: AccessPage) -> None:
    model = page.grid.model
    assert (model.rowCount(), model.columnCount()) == (2, 6)
    states = {
        model.index(row, column).data(STATE_ROLE)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    }
    assert states == {ReadState.BARRED, ReadState.UNOPENED, ReadState.PART}
    page.views.set_value("grid")
    page._show_view()
    page.grid.view.setCurrentIndex(model.index(0, 0))
    assert "report.pdf" in page.grid.told.text()


def test_a_code_leads_to_its_copy(page: AccessPage, house: OpenCongress, qtbot: QtBot) -> None:
    page.opened("trace")
    page._show_view()
    code = house.handout.copies.own_code()
    page.code.value = codes.grouped(code).lower()
    with qtbot.waitSignal(page._controller.traced):
        page.find_button.click()
    (banner,) = page.findChildren(Banner)[-1:]
    assert codes.grouped(code) in banner.accessibleName()
    page.code.value = "123"
    with qtbot.waitSignal(page._controller.not_traced):
        page.find_button.click()
    assert page.code.error.text()


def test_the_tables_are_saved(
    page: AccessPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for button, ending in ((page.spreadsheet, "xlsx"), (page.table, "csv")):
        target = tmp_path / f"out.{ending}"
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, t=target: (str(t), ""))
        button.click()
        qtbot.waitUntil(target.exists)
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")
    assert "report.pdf" in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_a_broken_log_is_said_above_everything(page: AccessPage, house: OpenCongress) -> None:
    report = house.handout.access.report()
    shelf = next(iter(report.chains))
    broken = AccessReport(
        report.papers, report.readers, report.readings, {shelf: Chain(9, broken_at=3)}
    )
    page._controller._tell(gathered(broken))
    assert page.broken.isVisibleTo(page)
