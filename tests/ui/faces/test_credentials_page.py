"""The credentials report on the screen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congress.i18n.translator import Translator
from congress.kernel.roles import Actor, Role
from congress.secretariat.exports import Exports
from congress.secretariat.worksheet import written
from congress.ui.context import UiContext
from congress.ui.controllers.credentials import CredentialsController
from congress.ui.pages.credentials import CredentialsPage
from tests.helpers.smallcongress import SmallCongress
from tests.helpers.uicontext import ui_context
from tests.helpers.vaults import actor


@dataclass
class Congress:
    """What the page uses of an open congress."""

    actor: Actor
    exports: Exports


@dataclass
class Office:
    """The page in its surroundings."""

    qtbot: QtBot
    context: UiContext
    small: SmallCongress
    page: CredentialsPage

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=8000)

    def show(self) -> None:
        told: list[object] = []
        self.page._controller.told.connect(told.append)
        self.page.shown()
        self.wait(lambda: told)

    def choose(self, sheet: str) -> list[list[str]]:
        self.page.sheet.set_value(sheet)
        self.page.sheet.chosen.emit(sheet)
        return self.cells()

    def cells(self) -> list[list[str]]:
        table = self.page.table
        assert table is not None
        rows, columns = table.proxy.rowCount(), table.proxy.columnCount()
        return [[table.proxy.index(r, c).data() for c in range(columns)] for r in range(rows)]


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Office]]:
    surroundings = []

    def office(lang: str = "en", role: Role = Role.SECRETARIAT, *, held: bool = True) -> Office:
        surrounding = ui_context(lang)
        context, _ = surrounding.__enter__()
        surroundings.append(surrounding)
        small = SmallCongress(role=role)
        if held:
            small.hold()
        congress = Congress(actor(role), small.exports)
        controller = CredentialsController(context, congress)  # type: ignore[arg-type]
        page = CredentialsPage(context, controller)
        qtbot.addWidget(page)
        page.resize(1040, 720)
        page.show()
        return Office(qtbot, context, small, page)

    yield office
    for surrounding in surroundings:
        surrounding.__exit__(None, None, None)


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_the_tables_are_those_of_the_paper(make: Callable[..., Office], lang: str) -> None:
    office, tr = make(lang), Translator(lang)
    office.show()
    _, sheets = office.small.exports.credentials(lang)
    assert len(sheets) >= 4
    for sheet in sheets:
        expected = [
            [written(tr, c.kind, v) for c, v in zip(sheet.columns, row, strict=True)]
            for row in sheet.rows
        ]
        assert office.choose(sheet.key) == expected
        assert office.page.table is not None
        for column in range(len(sheet.columns)):
            office.page.table.view.sortByColumn(column, office.page.table.proxy.sortOrder())


def test_one_session_is_reported_alone(make: Callable[..., Office]) -> None:
    office = make()
    office.show()
    assert [row[0] for row in office.cells()] == [
        "First session",
        "Second session",
        "Whole congress",
    ]
    second = office.page.session.itemText(2)
    session = office.small.desk.sessions()[1].id
    office.page.session.chosen.emit(session)
    office.wait(lambda: len(office.cells()) == 1)
    assert office.cells()[0][0] == second
    assert "base" not in [office.page.sheet.itemText(at) for at in range(9)]


def test_sums_stay_below_when_sorted(make: Callable[..., Office]) -> None:
    office = make()
    office.show()
    cells = office.choose("delegations")
    assert office.page.table is not None
    office.page.table.view.sortByColumn(1, office.page.table.proxy.sortOrder().AscendingOrder)
    assert office.cells()[-1] == cells[-1]


def test_rows_are_copied_and_everything_is_saved(make: Callable[..., Office], saved: Path) -> None:
    office = make()
    office.show()
    assert office.page.table is not None
    office.page.table.view.selectAll()
    office.page.table.copy()
    assert "First session\t" in QGuiApplication.clipboard().text()
    office.page.table.export_asked.emit()
    office.page.pdf_button.click()
    office.page.xlsx_button.click()
    names = {"credentials.pdf", "credentials.xlsx", "credentials-sessions.csv"}
    office.wait(lambda: {path.name for path in saved.iterdir()} == names)
    assert (saved / "credentials.pdf").read_bytes().startswith(b"%PDF")
    assert (saved / "credentials.xlsx").read_bytes().startswith(b"PK")
    assert "First session" in (saved / "credentials-sessions.csv").read_text("utf-8-sig")


def test_before_the_first_session_it_says_when_it_fills(make: Callable[..., Office]) -> None:
    office = make(held=False)
    office.show()
    assert office.page.empty.isVisible()
    assert not office.page.pdf_button.isVisible()


def test_an_organiser_reads_but_does_not_export(make: Callable[..., Office]) -> None:
    office = make(role=Role.ORGANISER)
    office.show()
    assert office.cells()
    assert not office.page.pdf_button.isVisible()


@pytest.mark.parametrize("width", [760, 1700])
def test_the_first_column_is_never_cut(make: Callable[..., Office], width: int) -> None:
    office = make()
    office.show()
    office.page.resize(width, 720)
    table = office.page.table
    assert table is not None
    head = table.view.horizontalHeader()
    office.wait(lambda: head.sectionSize(0) >= table.view.sizeHintForColumn(0))
    if width > 1000:
        office.wait(lambda: head.length() == table.view.viewport().width())
