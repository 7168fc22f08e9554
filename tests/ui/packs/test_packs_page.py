from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.ui.context import UiContext
from congress.ui.controllers.packs import PacksController
from congress.ui.pages.packs import BOOK, COPIES, PacksPage
from congress.ui.pages.packs_make import BODIES
from congress.ui.widgets.ticktree import Tick, TickTree
from tests.helpers.handouts import person
from tests.helpers.uicontext import Surroundings

Made = tuple[UiContext, Surroundings]


@pytest.fixture
def page(qtbot: QtBot, surroundings: Made, house: OpenCongress, tmp_path: Path) -> PacksPage:
    context, _ = surroundings
    controller = PacksController(
        context, house.handout, house.people.everyone, lambda: house.settings, house.clock
    )
    page = PacksPage(context, controller)
    qtbot.addWidget(page, before_close_func=lambda _: page.closing())
    page.resize(1100, 900)
    page.show()
    with qtbot.waitSignal(controller.told):
        page.shown()
    page.make.set_place(tmp_path)
    return page


def _make(page: PacksPage, qtbot: QtBot) -> None:
    page.go_button.click()
    assert page.sheet is not None
    with qtbot.waitSignal(page.sheet.finished_well, timeout=10_000):
        pass


def test_all_open_papers_are_ticked_and_nobody_is(page: PacksPage) -> None:
    assert len(page.make.papers.ticked()) == 4
    assert page.make.recipients.ticked() == []
    assert not page.go_button.isEnabled()
    assert page.make.until.day is not None


def test_packs_are_made_for_who_is_ticked_and_the_slips_saved(
    page: PacksPage,
    house: OpenCongress,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = len(house.handout.copies.copies())
    page.make.recipients.set_ticked(person(house, "D-014"), on=True)
    page.make.recipients.set_ticked(person(house, "D-016"), on=True)
    assert page.go_button.isEnabled()
    _make(page, qtbot)
    assert len(list(tmp_path.glob("*.congresspack"))) == 2
    assert page.make.done.isVisibleTo(page.make)
    target = tmp_path / "slips.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.make.slips_button.click()
    qtbot.waitUntil(target.exists)
    page.views.set_value(COPIES)
    page.shown()
    qtbot.waitUntil(lambda: len(page.copies.model.rows) == before + 2)
    page.closing()
    assert not page._controller.slips


def test_a_delegation_gets_one_pack(page: PacksPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.make.kind.set_value(BODIES)
    page.make._show_people()
    page.make.recipients.set_ticked("Huế", on=True)
    assert (page.make.persons, page.make.bodies) == ([], ["Huế"])
    _make(page, qtbot)
    (file,) = tmp_path.glob("*.congresspack")
    assert file.name.startswith("Huế ")


def test_without_papers_or_a_day_nothing_can_be_made(page: PacksPage, house: OpenCongress) -> None:
    page.make.recipients.set_ticked(person(house, "D-014"), on=True)
    page.make.none_button.click()
    assert not page.go_button.isEnabled()
    page.make.all_button.click()
    assert page.go_button.isEnabled()
    page.make.until.value = "soon"
    assert not page.go_button.isEnabled()


def test_the_book_is_written_where_one_chooses(
    page: PacksPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.views.set_value(BOOK)
    page._show_view()
    assert page.book.button.isEnabled()
    for check in page.book.forms.values():
        check.setChecked(False)
    assert not page.book.button.isEnabled()
    next(iter(page.book.forms.values())).setChecked(True)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.book.button.click()
    assert page.book.sheet is not None
    with qtbot.waitSignal(page.book.sheet.finished_well, timeout=10_000):
        pass
    assert len(list(tmp_path.glob("*/papers.*.epub"))) == 1


def _tree(surroundings: Made, qtbot: QtBot) -> TickTree:
    tree = TickTree(surroundings[0], "Papers")
    qtbot.addWidget(tree)
    tree.set_groups(
        [("First", [Tick(1, "Đại hội"), Tick(2, "Budget", "D-2")]), ("Second", [Tick(3, "c")])],
        ticked=False,
    )
    tree.resize(400, 300)
    tree.show()
    return tree


def test_a_group_ticks_all_of_it(surroundings: Made, qtbot: QtBot) -> None:
    tree = _tree(surroundings, qtbot)
    with qtbot.waitSignal(tree.changed):
        tree._groups()[0].setCheckState(0, Qt.CheckState.Checked)
    assert tree.ticked() == [1, 2]
    tree.set_ticked(1, on=False)
    assert tree._groups()[0].checkState(0) is Qt.CheckState.PartiallyChecked


def test_the_keyboard_ticks_and_lines_are_large_enough(surroundings: Made, qtbot: QtBot) -> None:
    tree = _tree(surroundings, qtbot)
    item = tree._leaves()[1]
    tree.setCurrentItem(item)
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert tree.ticked() == [2]
    assert tree.visualItemRect(item).height() >= 44


def test_only_what_is_in_sight_is_ticked_at_once(surroundings: Made, qtbot: QtBot) -> None:
    tree = _tree(surroundings, qtbot)
    tree.narrow("dai hoi")
    tree.tick_all(on=True)
    assert tree.ticked() == [1]
    tree.narrow("")
    tree.set_groups([("First", [Tick(1, "a"), Tick(9, "new")])], ticked=False)
    assert tree.ticked() == [1]
