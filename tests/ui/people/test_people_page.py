"""The list of the congress on the screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from congress.kernel.people import Standing
from congress.kernel.roles import Role
from congress.people.directory import Directory
from congress.people.model import Field as PersonField
from congress.people.table import read_table
from congress.ui.controllers.people import PeopleController
from congress.ui.pages.people import IMPORT_PAGE, PeoplePage
from congress.ui.pages.person_panel import PersonPanel
from congress.ui.widgets.choice import Select
from tests.helpers.vaults import actor
from tests.ui.people.conftest import House

Open = Callable[..., PeoplePage]


class Side:
    """The end side of the window: owns what it is given, as the shell does."""

    def __init__(self, page: PeoplePage) -> None:
        self.host = QWidget()
        self.widget: QWidget | None = None
        page.inspected.connect(self.show)

    def show(self, widget: QWidget | None) -> None:
        if self.widget is not None:
            self.widget.deleteLater()
        self.widget = widget
        if widget is not None:
            widget.setParent(self.host)


@pytest.fixture
def open_page(house: House, qtbot: QtBot) -> Open:
    def build(role: Role = Role.SECRETARIAT) -> PeoplePage:
        directory = Directory(house.database, actor(role))
        controller = PeopleController(house.context, directory, actor(role), "vi")
        page = PeoplePage(house.context, controller)
        qtbot.addWidget(page)
        page.side = Side(page)  # type: ignore[attr-defined]
        page.resize(1100, 700)
        page.show()
        with qtbot.waitSignal(controller.listed):
            page.shown()
        return page

    return build


def pick(page: PeoplePage, badge: str) -> PersonPanel:
    rows = [person.badge for person in page.table.model.rows]
    index = page.table.proxy.mapFromSource(page.table.model.index(rows.index(badge), 0))
    page.table.view.setCurrentIndex(index)
    assert page.panel is not None
    return page.panel


def typed(panel: PersonPanel, **values: str) -> None:
    for name, value in values.items():
        field = panel.fields[PersonField(name)]
        if isinstance(field.editor, Select):
            field.editor.set_value(value)
        else:
            field.value = value


def test_an_empty_list_teaches_what_to_do(open_page: Open, house: House, qtbot: QtBot) -> None:
    page = open_page()
    assert page.stack.currentWidget() is page.empty
    assert not page.views.isVisible()
    assert page.empty.button is not None
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.import_button, Qt.MouseButton.LeftButton)
    assert house.around.visited == [IMPORT_PAGE, IMPORT_PAGE]


def test_the_template_is_saved_where_the_person_says(
    open_page: Open, house: House, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, chosen = open_page(), tmp_path / "list.xlsx"
    answers = iter([("", ""), (str(chosen), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: next(answers))
    page.save_template()
    page.save_template()
    qtbot.waitUntil(lambda: bool(house.around.toasts))
    assert len(read_table(chosen).rows) == 2
    assert "list.xlsx" in house.around.toasts[0][0]


def test_a_folder_that_is_not_there_is_told(
    open_page: Open, house: House, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    gone = str(tmp_path / "gone" / "list.xlsx")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (gone, ""))
    page.save_template()
    qtbot.waitUntil(lambda: bool(house.around.errors))
    assert house.around.toasts == []


def test_the_list_is_counted_sorted_and_narrowed(open_page: Open, house: House) -> None:
    house.fill()
    page = open_page()
    assert page.stack.currentWidget() is page.table
    lead = page.header.lead.text().replace("\N{NO-BREAK SPACE}", " ")
    assert lead == "39 people · 9 delegations · 32 official delegates · 5 alternates · 2 guests"
    assert page.table.model.rowCount() == 39
    page.table.filter.setText("nguyen")
    assert page.table.proxy.rowCount() == 1
    page.table.filter.clear()
    page.delegation.set_value("France")
    page.delegation.chosen.emit("France")
    assert {person.delegation for person in page.table.model.rows} == {"France"}


def test_delegations_are_counted_and_open_their_people(open_page: Open, house: House) -> None:
    house.fill()
    page = open_page()
    page.views.chosen.emit(1)
    assert page.stack.currentWidget() is page.counts
    line = next(line for line in page.counts.model.rows if line.delegation == "Denmark")
    assert (line.official, line.total) == (2, 2)
    page.counts.activated.emit(line)
    assert page.stack.currentWidget() is page.table
    assert len(page.table.model.rows) == 2


def test_a_person_is_looked_at_and_changed(open_page: Open, house: House, qtbot: QtBot) -> None:
    house.fill()
    page = open_page()
    panel = pick(page, "S20")
    assert panel.person is not None
    assert panel.person.name == "Niels Bohr"
    panel.edit()
    typed(panel, seat="Z9", standing="alternate")
    with qtbot.waitSignal(page._controller.listed):
        panel.save()
    qtbot.waitUntil(lambda: not panel.editing)
    stored = house.directory.by_badge("S20")
    assert stored is not None
    assert (stored.seat, stored.standing) == ("Z9", Standing.ALTERNATE)
    assert house.around.toasts
    assert page.table.current is not None
    assert page.table.current.badge == "S20"


def test_what_is_wrong_is_said_at_its_field(open_page: Open, house: House, qtbot: QtBot) -> None:
    house.fill()
    page = open_page()
    panel = pick(page, "S20")
    panel.edit()
    typed(panel, name="", weight="much")
    panel.save()
    assert panel.fields[PersonField.NAME].error.text() == "This is needed."
    assert "not a number of votes" in panel.fields[PersonField.WEIGHT].error.text()
    assert panel.fields[PersonField.SEAT].error.text() == ""
    typed(panel, name="Niels Bohr", weight="2", badge="S21")
    with qtbot.waitSignal(page._controller.refused):
        panel.save()
    assert panel.editing
    assert panel._trouble is not None
    assert "S21" in panel._trouble.accessibleName()
    panel._cancel()
    assert not panel.editing


def test_somebody_new_is_added(open_page: Open, house: House, qtbot: QtBot) -> None:
    page = open_page()
    page.add()
    assert page.panel is not None
    typed(page.panel, badge="N1", name="Nguye\u0302\u0303n An")
    assert page.panel.convener is not None
    page.panel.convener.setChecked(True)
    with qtbot.waitSignal(page._controller.listed):
        page.panel.save()
    found = house.directory.by_badge("N1")
    assert found is not None
    assert (found.name, found.language, found.convener) == ("Nguyễn An", "vi", True)


def test_leaving_the_form_of_somebody_new_closes_the_side(open_page: Open) -> None:
    page = open_page()
    page.add()
    assert page.panel is not None
    page.panel._cancel()
    assert page.panel is None


def test_removing_can_be_undone(open_page: Open, house: House, qtbot: QtBot) -> None:
    house.fill()
    page = open_page()
    panel = pick(page, "S20")
    with qtbot.waitSignal(page._controller.listed):
        panel.remove_asked.emit(panel.person)
    qtbot.waitUntil(lambda: house.around.undo is not None)
    assert house.directory.by_badge("S20") is None
    qtbot.waitUntil(lambda: page.panel is None)
    assert house.around.undo is not None
    with qtbot.waitSignal(page._controller.listed):
        house.around.undo()
    assert house.directory.by_badge("S20") is not None


def test_the_side_follows_the_list_and_survives_being_closed(
    open_page: Open, house: House, qtbot: QtBot
) -> None:
    house.fill()
    page = open_page()
    panel = pick(page, "S20")
    assert panel.person is not None
    with qtbot.waitSignal(page._controller.listed):
        house.directory.remove(panel.person.id)
    qtbot.waitUntil(lambda: page.panel is None)
    panel = pick(page, "S21")
    panel.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(panel))
    assert page.panel is None
    with qtbot.waitSignal(page._controller.listed):
        house.add("N1")


def test_a_person_can_be_opened_by_identifier(open_page: Open, house: House, qtbot: QtBot) -> None:
    bohr = house.add("N1")
    page = open_page()
    page.opened(bohr.id)
    assert page.panel is not None
    assert page.panel.person == bohr


def test_whoever_may_not_change_the_list_only_looks(open_page: Open, house: House) -> None:
    house.add("N1")
    page = open_page(Role.ORGANISER)
    assert not page.import_button.isVisible()
    assert not page.add_button.isVisible()
    assert page.commands() == ()
    panel = pick(page, "N1")
    assert panel.person is not None
    assert not [b for b in panel.findChildren(QWidget) if b.accessibleName() == "Edit"]


def test_commands_lead_to_adding_and_importing(open_page: Open, house: House) -> None:
    page = open_page()
    add, bring = page.commands()
    add.run()
    assert page.panel is not None
    bring.run()
    assert house.around.visited == [IMPORT_PAGE]


def test_a_narrow_list_leaves_columns_to_the_side(open_page: Open, house: House) -> None:
    house.fill()
    page = open_page()
    assert not page.table.view.isColumnHidden(3)
    page.resize(700, 700)
    assert page.table.view.isColumnHidden(3)
    page.resize(1300, 700)
    assert not page.table.view.isColumnHidden(5)
