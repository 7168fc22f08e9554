"""Packs, who read what, groups and notes by one finger alone, in both directions."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QMenu, QWidget

from congress.ui.controllers import open_pack
from congress.ui.pages.access import AccessPage
from congress.ui.pages.group_dialog import GroupDialog
from congress.ui.pages.notes import NotesPage
from congress.ui.pages.open_pack import OpenPackPage
from congress.ui.pages.pack_home import PackHomePage
from congress.ui.pages.packs import PacksPage
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.settings import SettingsPage
from congress.ui.widgets.card import ListRow
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.ticktree import TickTree
from tests.helpers.touching import Finger, door, unreachable
from tests.helpers.walking import Walk, audit

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def test_packs_are_made(walked: Walk, finger: Finger) -> None:
    page = walked.go("packs", PacksPage)
    make = page.make
    make.set_place(walked.folder)
    papers = len(make.papers.ticked())
    finger.tap(make.none_button)
    assert make.papers.ticked() == []
    finger.tap(make.all_button)
    assert len(make.papers.ticked()) == papers
    for fewer in (1, 0):
        finger.tap_at(make.papers, lambda: _leaf(make.papers, 0))
        assert len(make.papers.ticked()) == papers - fewer
    finger.write(make.filter, "lan")
    finger.write(make.filter, "")
    finger.tap_at(make.recipients, lambda: _leaf(make.recipients, 0))
    assert make.packs == 1
    day = (walked.house.clock.now() + timedelta(days=2)).date()
    finger.write(make.until, f"{day:%d/%m/%Y}")
    assert make.until.day == day
    finger.tap(page.go_button)
    walked.until(lambda: make.done.isVisible())
    sheet = page.sheet
    assert sheet is not None
    walked.until(lambda: not sheet.isVisible() or sheet.close())
    walked.back()
    assert unreachable(finger, page) == []
    finger.tap(page.views._group.button(1))
    assert page.copies.isVisible()
    finger.tap(page.views._group.button(2))
    assert page.book.isVisible()
    assert unreachable(finger, page) == []
    finger.tap(page.views._group.button(0))


def _leaf(tree: TickTree, at: int) -> QRect:
    group = tree.topLevelItem(0)
    item = None if group is None else group.child(at)
    assert item is not None
    return tree.visualItemRect(item)


def test_who_read_what_is_looked_at(walked: Walk, finger: Finger) -> None:
    page = walked.go("readers/papers", AccessPage)
    finger.tap_row(page.papers.view, 1)
    assert walked.window.shell.inspector.isVisible()
    assert unreachable(finger, walked.window.shell.inspector) == []
    finger.tap(page.views._group.button(1))
    finger.tap_row(page.people.view, 0)
    assert walked.window.shell.inspector.isVisible()
    finger.tap(page.missing_only)
    assert page.missing_only.isChecked()
    finger.tap(page.missing_only)
    finger.tap(page.views._group.button(2))
    before = page.grid.told.text()
    finger.tap_row(page.grid.view, 0, page.grid.model.columnCount() - 1)
    assert page.grid.told.text() != before
    finger.tap(page.views._group.button(3))
    finger.write(page.code, "7zk3q0mw")
    finger.tap(page.find_button)
    assert page.found.count()


def test_a_table_is_sorted_by_its_head(walked: Walk, finger: Finger) -> None:
    page = walked.go("readers/papers", AccessPage)
    finger.tap(page.views._group.button(0))
    head = page.papers.view.horizontalHeader()
    across = head.sectionViewportPosition(0) + head.sectionSize(0) // 2
    orders = []
    for _ in range(2):
        # Two taps close to each other in time are a double click to a head.
        QTest.qWait(QApplication.doubleClickInterval() + 20)
        finger.tap(head.viewport(), QPoint(across, head.height() // 2))
        orders.append(head.sortIndicatorOrder())
    assert head.sortIndicatorSection() == 0
    assert orders[0] is not orders[1]


def test_a_group_is_made_changed_and_removed(walked: Walk, finger: Finger) -> None:
    page = walked.go("settings", SettingsPage)
    groups, tr = page.paper_groups, walked.window.context.tr
    finger.tap(groups.new)
    dialog = walked.dialog(GroupDialog)
    finger.tap(dialog.yes)
    assert dialog.isVisible()
    finger.write(dialog.name, "Finance")
    finger.tap(dialog.members.outside.rows[0])
    assert len(dialog.members.chosen) == 1
    assert audit(dialog) == []
    assert unreachable(finger, dialog) == []
    finger.tap(dialog.yes)
    walked.back()
    walked.until(lambda: len(groups.list.rows) == 1)
    finger.tap(walked.named(groups, tr("groups.change.name", name="Finance")))
    dialog = walked.dialog(GroupDialog)
    finger.write(dialog.name, "Money")
    finger.tap(dialog.yes)
    walked.back()
    remove = tr("groups.remove.title", name="Money")
    walked.until(lambda: [e for e in groups.findChildren(QWidget) if e.accessibleName() == remove])
    assert unreachable(finger, groups) == []
    walked.meanwhile(lambda: finger.tap(walked.dialog(ConfirmDialog).yes))
    finger.tap(walked.named(groups, remove))
    walked.until(lambda: not groups.list.rows)


def test_a_note_is_deleted_and_comes_back(walked: Walk, finger: Finger) -> None:
    page, tr = walked.go("notes", NotesPage), walked.window.context.tr
    before = len(walked.house.notes.everywhere())
    finger.hold_row(page.list, 0)
    finger.pick_open(page.findChildren(QMenu)[-1], tr("notes.delete"))
    assert len(walked.house.notes.everywhere()) == before - 1
    undo = walked.window.shell.toaster.toasts[-1].button
    assert undo is not None
    finger.tap(undo)
    assert len(walked.house.notes.everywhere()) == before
    finger.tap_row(page.list, 0)
    assert isinstance(walked.page, ReaderPage)


def test_notes_are_filtered_and_exported(
    walked: Walk, finger: Finger, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = walked.go("notes", NotesPage)
    before = len(page.model.rows)
    chips = [e for e in page.filter.findChildren(QAbstractButton) if e.isVisible()]
    finger.tap(chips[-1])
    assert len(page.model.rows) <= before
    file = walked.folder / f"notes-{walked.lang}.html"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.filter.clear()
    finger.pick(page.export_button, page.menu.actions()[0].text())
    walked.until(file.exists)


def test_a_pack_is_opened_and_read(
    walked: Walk, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_pack, "_documents", lambda: tmp_path / "home")
    with door(walked, qapp) as window:
        guest = replace(walked, window=window)
        finger = Finger(guest)
        window.navigate(f"open-pack/{walked.pack}")
        page = window.shell.current
        assert isinstance(page, OpenPackPage)
        guest.until(lambda: page.card.isVisible())
        guest.rest()
        finger.tap(page.button)
        assert page.code.error.text()
        finger.write(page.code, walked.slip.secret)
        assert unreachable(finger, page) == []
        finger.tap(page.button)
        guest.until(lambda: isinstance(window.shell.current, PackHomePage))
        guest.rest()
        home = window.shell.current
        assert isinstance(home, PackHomePage)
        guest.until(lambda: home.findChildren(ListRow))
        assert audit(window) == []
        assert unreachable(finger, window) == []
        row = next(each for each in home.findChildren(ListRow) if each.property("clickable"))
        finger.tap(row)
        guest.until(lambda: isinstance(window.shell.current, ReaderPage))
