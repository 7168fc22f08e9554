"""The library's pages by keyboard alone, left to right and right to left."""

from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtCore import Qt

from congress.docs.amendments.model import State
from congress.kernel.roles import Clearance
from congress.ui.models.listing import Facet, Heading, ListedPaper
from congress.ui.page import Page
from congress.ui.pages.access import AccessPage
from congress.ui.pages.amendment_dialogs import ProposalDialog
from congress.ui.pages.amendments import AmendmentsPage
from congress.ui.pages.changes import ChangesPage
from congress.ui.pages.group_dialog import GroupDialog
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.notes import NotesPage
from congress.ui.pages.packs import PacksPage
from congress.ui.pages.paper_clearance import ClearanceDialog
from congress.ui.pages.paper_version import VersionDialog
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.settings import SettingsPage
from congress.ui.widgets.changeview import ViewMode
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.papermenu import PaperMenu
from congress.ui.widgets.text import Text
from tests.helpers.walking import Walk, audit, describe, out_of_order, unseen
from tests.ui.library.walks.conftest import PAGES, await_version, inspected, lies

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.mark.parametrize("path", PAGES)
def test_tab_reaches_everything_in_order_and_in_sight(walked: Walk, path: str) -> None:
    page = walked.go(path.format(walked.paper.id), Page)
    stops = walked.stops(walked.window)
    assert audit(walked.window, stops) == []
    assert out_of_order([each for each in stops if page.isAncestorOf(each)], walked.lang) == []
    assert unseen(stops, walked.window) == []


def current(page: LibraryPage) -> ListedPaper:
    row = page.papers_view.papers.rows[page.papers_view.currentIndex().row()]
    assert isinstance(row, ListedPaper)
    return row


def library(walked: Walk) -> LibraryPage:
    page = walked.go("library", LibraryPage)
    page.search.clear()
    page._clear_filters()
    walked.rest()
    walked.press(Key.Key_F, CONTROL)
    assert walked.focus is page.search
    return page


def at_rules(walked: Walk) -> LibraryPage:
    """Go down the list to the paper in two versions."""
    page = library(walked)
    walked.press(Key.Key_Down)
    for _ in range(20):
        if current(page).paper.id == walked.paper.id:
            return page
        walked.press(Key.Key_Down)
    raise AssertionError("the paper is not on the list")


def test_the_list_is_walked_filtered_and_grouped(walked: Walk) -> None:
    page = library(walked)
    walked.press(Key.Key_Down)
    assert walked.focus is page.papers_view
    first = current(page).paper
    walked.press(Key.Key_Down)
    assert current(page).paper != first
    walked.tab_to(page.facets.checks[Facet.LANGUAGE, "ur"])
    walked.press(Key.Key_Space)
    assert [row.paper.language for row in page.papers_view.papers.rows] == ["ur"]  # type: ignore[union-attr]
    walked.tab_to(page.facets.clear_button, back=True)
    walked.press(Key.Key_Return)
    assert page.papers_view.papers.rowCount() == 7
    walked.tab_to(page.bar.group_button, back=True)
    walked.press(Key.Key_Space)
    assert isinstance(page.papers_view.papers.rows[0], Heading)
    walked.tab_to(page.papers_view)
    walked.press(Key.Key_Home)
    assert current(page).paper.title
    walked.tab_to(page.bar.group_button, back=True)
    walked.press(Key.Key_Space)
    walked.tab_to(page.bar.order)
    before = page.bar.order.value
    walked.press(Key.Key_Down)
    assert page.bar.order.value != before
    walked.press(Key.Key_Up)


def test_what_is_typed_is_found_and_opened(walked: Walk) -> None:
    page = library(walked)
    walked.type("boats")
    walked.until(lambda: page.hits_view.found is not None and page.hits_view.found.hits)
    walked.press(Key.Key_Down)
    assert walked.focus is page.hits_view
    walked.press(Key.Key_Return)
    walked.rest()
    assert isinstance(walked.page, ReaderPage)
    walked.go("library", LibraryPage)
    walked.press(Key.Key_F, CONTROL)
    walked.press(Key.Key_Escape)
    assert page.search.text() == ""


def test_the_menu_key_asks_for_what_can_be_done_with_a_paper(
    walked: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PaperMenu, "popup", lambda *_: None)
    page = at_rules(walked)
    walked.menu_key()
    menu = page.findChildren(PaperMenu)[-1]
    assert menu.row.paper.id == walked.paper.id
    assert menu.actions()


def test_a_paper_is_described_anew(walked: Walk) -> None:
    at_rules(walked)
    walked.press(Key.Key_Return)
    panel = inspected(walked)
    walked.tab_to(panel.title)
    walked.press(Key.Key_A, CONTROL)
    walked.type("Rules of order")
    walked.tab_to(panel.type_select)
    walked.press(Key.Key_Home)
    walked.tab_to(panel.agenda_box)
    walked.press(Key.Key_A, CONTROL)
    walked.type("2. Rules")
    walked.press(Key.Key_Tab)
    walked.rest()
    paper = walked.house.library.paper(walked.paper.id)
    assert (paper.title, paper.agenda) == ("Rules of order", "2. Rules")
    assert paper.type == panel.type_select.value != walked.paper.type
    stops = walked.stops(walked.window)
    assert audit(panel, stops) == []
    assert unseen([each for each in stops if panel.isAncestorOf(each)], walked.window) == []


def test_another_clearance_warns_first_and_gives_the_keyboard_back(walked: Walk) -> None:
    at_rules(walked)
    walked.press(Key.Key_Return)
    panel = inspected(walked)
    walked.tab_to(panel.shelf)
    field = walked.focus
    seen: list[str] = []

    def refuse() -> None:
        dialog = walked.dialog(ClearanceDialog)
        seen.extend(audit(dialog, walked.stops(dialog)) or [dialog.yes.text()])
        walked.press(Key.Key_Escape)

    walked.meanwhile(refuse)
    walked.press(Key.Key_End)
    walked.until(lambda: seen)
    walked.back()
    assert len(seen) == 1
    walked.rest()
    assert panel.shelf.shelf == walked.paper.shelf
    assert walked.focus is field

    def agree() -> None:
        dialog = walked.dialog(ClearanceDialog)
        walked.tab_to(dialog.yes)
        walked.press(Key.Key_Return)

    for key, clearance in ((Key.Key_End, Clearance.SECRET), (Key.Key_Home, Clearance.PUBLIC)):
        walked.meanwhile(agree)
        walked.tab_to(panel.shelf)
        walked.press(key)
        walked.until(partial(lies, walked, clearance))
        walked.back()


@pytest.mark.usefixtures("another_version")
def test_a_version_is_added_and_versions_are_compared(walked: Walk) -> None:
    before = walked.house.library.paper(walked.paper.id).version
    at_rules(walked)
    walked.press(Key.Key_Return)
    panel = inspected(walked)
    room: list[int] = []

    def answer() -> None:
        dialog = walked.dialog(VersionDialog)
        assert walked.focus is dialog.note.editor
        assert audit(dialog, walked.stops(dialog)) == []
        walked.tab_to(dialog.note)
        walked.type("Paragraph 15")
        words = max(each.geometry().bottom() for each in dialog.findChildren(Text))
        room.append(dialog.start_button.y() - words)
        walked.press(Key.Key_Return)

    walked.tab_to(panel.version_button)
    walked.meanwhile(answer)
    walked.press(Key.Key_Return)
    await_version(walked, panel, before + 1)
    assert room[0] < 60
    words = walked.window.context.tr("paper.version.changes", number=before)
    walked.tab_to(walked.named(panel.versions, words))
    walked.press(Key.Key_Return)
    walked.rest()
    assert isinstance(walked.page, ChangesPage)


def test_changes_are_gone_through(walked: Walk) -> None:
    page = walked.go(f"changes/{walked.paper.id}", ChangesPage)
    view = page.view
    assert (walked.focus, view.current) == (view, 0)
    walked.press(Key.Key_N)
    assert view.current == 1 % view.changes
    walked.press(Key.Key_P)
    assert view.current == 0
    walked.press(Key.Key_F8)
    walked.press(Key.Key_F8, SHIFT)
    assert view.current == 0
    rows = len(view.rows)
    walked.press(Key.Key_O, CONTROL)
    assert len(view.rows) > rows
    walked.press(Key.Key_O, CONTROL)
    walked.press(Key.Key_Return)
    assert len(view.rows) >= rows
    walked.press(Key.Key_E, CONTROL)
    assert view.mode.value == ViewMode.TRACKED.value
    walked.tab_to(page.bar.mode)
    walked.press(walked.start)
    assert view.mode.value == ViewMode.SIDES.value
    walked.tab_to(page.bar.new)
    assert page.bar.new.count() >= 2


def test_an_amendment_is_entered_decided_and_taken_back(walked: Walk) -> None:
    page = walked.go(f"amendments/{walked.paper.id}", AmendmentsPage)
    walked.until(lambda: page.cards)
    before = len(walked.house.amendments.of(walked.paper.id).amendments)
    walked.tab_to(page.enter)
    walked.press(Key.Key_Return)
    dialog = walked.dialog(ProposalDialog)
    assert audit(dialog, walked.stops(dialog)) == []
    walked.tab_to(dialog.mover)
    walked.type("Marie Curie")
    walked.tab_to(dialog.text)
    walked.press(Key.Key_A, CONTROL)
    walked.type("Every word is another one")
    walked.tab_to(dialog.yes)
    walked.press(Key.Key_Return)
    walked.back()
    walked.rest()
    amended = walked.house.amendments.of(walked.paper.id)
    assert len(amended.amendments) == before + 1
    assert walked.focus is page.enter
    walked.until(lambda: not page._waiting)
    rows = [row for card in page.cards for row in card.rows]
    open_ = next(row for row in rows if row.placed.amendment.state is State.SUBMITTED)
    number = open_.placed.amendment.number
    walked.tab_to(open_)
    assert walked.focus.accessibleName()
    walked.press(Key.Key_Return)
    walked.rest()

    def state() -> State:
        found = walked.house.amendments.of(walked.paper.id).amendments
        return next(e.amendment.state for e in found if e.amendment.number == number)

    assert state() is State.ACCEPTED
    assert page.isAncestorOf(walked.focus), describe(walked.focus)


def test_the_hall_is_led_by_arrow_keys_along_the_line(walked: Walk) -> None:
    page = walked.go(f"amendments/{walked.paper.id}", AmendmentsPage)
    walked.until(lambda: page.cards)
    walked.tab_to(page.project)
    walked.press(Key.Key_Return)
    hall = page.hall
    assert hall is not None
    walked.until(hall.isActiveWindow)
    for key, at in ((walked.end, 1), (walked.start, 0), (Key.Key_Space, 1), (Key.Key_P, 0)):
        walked.key(hall, key)
        assert hall.at == at
    walked.key(hall, Key.Key_Escape)
    walked.until(lambda: not hall.isVisible())
    walked.window.activateWindow()
    walked.rest()
    assert walked.focus is page.project


def test_packs_are_made(walked: Walk) -> None:
    page = walked.go("packs", PacksPage)
    page.make.set_place(walked.folder)
    walked.tab_to(page.make.papers)
    walked.press(Key.Key_Home)
    papers = len(page.make.papers.ticked())
    walked.press(Key.Key_Space)
    assert len(page.make.papers.ticked()) < papers
    walked.press(Key.Key_Space)
    walked.tab_to(page.make.recipients)
    walked.press(Key.Key_Home)
    walked.press(Key.Key_Down)
    walked.press(Key.Key_Space)
    assert page.make.packs == 1
    walked.tab_to(page.make.until)
    day = (walked.house.clock.now() + timedelta(days=2)).date()
    walked.press(Key.Key_A, CONTROL)
    walked.type(f"{day:%d/%m/%Y}")
    assert page.make.until.day == day
    walked.tab_to(page.go_button, back=True)
    walked.press(Key.Key_Return)
    walked.until(lambda: page.make.done.isVisible())
    sheet = page.sheet
    assert sheet is not None
    walked.until(lambda: not sheet.isVisible() or sheet.close())
    walked.back()
    assert audit(page, walked.stops(walked.window)) == []
    walked.tab_to(page.views, back=True)
    walked.press(walked.end)
    walked.tab_to(page.copies.view)


def test_who_read_what_is_read_cell_by_cell(walked: Walk) -> None:
    page = walked.go("readers/papers", AccessPage)
    walked.tab_to(page.papers.view)
    walked.press(Key.Key_Down)
    assert walked.window.shell.inspector.isVisible()
    walked.tab_to(page.views, back=True)
    walked.press(walked.end)
    walked.press(walked.end)
    walked.tab_to(page.grid.view)
    before = page.grid.told.text()
    walked.press(walked.end)
    walked.press(Key.Key_Down)
    assert page.grid.told.text() != before
    walked.tab_to(page.views, back=True)
    walked.press(walked.end)
    walked.tab_to(page.code)
    walked.type("7zk3q0mw")
    walked.press(Key.Key_Return)
    walked.rest()
    assert page.found.count()


def test_a_group_is_made_and_removed(walked: Walk) -> None:
    page = walked.go("settings", SettingsPage)
    groups = page.paper_groups
    walked.tab_to(groups.new)
    walked.press(Key.Key_Return)
    dialog = walked.dialog(GroupDialog)
    assert audit(dialog, walked.stops(dialog)) == []
    walked.tab_to(dialog.name)
    walked.type("Finance")
    walked.tab_to(dialog.members.outside)
    walked.press(Key.Key_Return)
    assert len(dialog.members.chosen) == 1
    walked.tab_to(dialog.yes)
    walked.press(Key.Key_Return)
    walked.back()
    walked.until(lambda: len(groups.list.rows) == 1)
    assert walked.focus is groups.new
    assert audit(groups, walked.stops(walked.window)) == []

    def agree() -> None:
        walked.tab_to(walked.dialog(ConfirmDialog).yes)
        walked.press(Key.Key_Return)

    walked.tab_to(groups.new)
    walked.press(Key.Key_Tab)
    walked.press(Key.Key_Tab)
    walked.meanwhile(agree)
    walked.press(Key.Key_Return)
    walked.until(lambda: not groups.list.rows)
    walked.rest()
    assert page.isAncestorOf(walked.focus), describe(walked.focus)


def test_a_note_is_deleted_and_comes_back(walked: Walk) -> None:
    page = walked.go("notes", NotesPage)
    walked.tab_to(page.list)
    walked.press(Key.Key_Home)
    before = len(walked.house.notes.everywhere())
    walked.press(Key.Key_Delete)
    walked.rest()
    assert len(walked.house.notes.everywhere()) == before - 1
    toast = walked.window.shell.toaster
    undo = toast.toasts[-1].button
    assert undo is not None
    walked.tab_to(undo)
    walked.press(Key.Key_Return)
    walked.rest()
    assert len(walked.house.notes.everywhere()) == before
    walked.tab_to(page.list)
    walked.press(Key.Key_F2)
    walked.rest()
    assert isinstance(walked.page, ReaderPage)
