"""The library by its menus and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from congress.docs.places import ReadingPlace
from congress.docs.reading_list import Reading
from congress.kernel.roles import Role
from congress.ui.controllers.library import reader_path
from congress.ui.pages.library import LibraryPage
from congress.ui.widgets.papermenu import PaperMenu
from tests.ui.library.conftest import Hall, Make, Write, papers, shown_list, titles


@pytest.fixture
def no_popup(monkeypatch: pytest.MonkeyPatch) -> None:
    """Menus are built and not shown: the offscreen platform cannot hold one open."""
    monkeypatch.setattr(PaperMenu, "popup", lambda *_: None)


def menu_of(page: LibraryPage, row: int) -> dict[str, QAction]:
    view = page.papers_view
    where = view.visualRect(view.papers.index(row)).center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, where, view.viewport().mapToGlobal(where))
    QApplication.sendEvent(view.viewport(), event)
    menu = page.findChildren(PaperMenu)[-1]
    return {action.text(): action for action in menu.actions()}


@pytest.mark.usefixtures("no_popup")
def test_a_long_press_opens_the_menu_of_a_paper_and_nothing_else(make_hall: Make) -> None:
    hall = make_hall(Role.DELEGATE)
    rules = hall.paper("rules.pdf")
    hall.places.keep(rules.id, ReadingPlace(rules.version_id), seen={1, 2, 3}, pages=3)
    page = hall.library_page()
    row = page.papers_view.papers.row_of(rules.id)
    menu = menu_of(page, row)
    assert list(menu) == ["Read", "Mark as unread"]
    assert hall.around.visited == []
    menu["Mark as unread"].trigger()
    hall.qtbot.waitUntil(lambda: papers(page)[row].reading is Reading.UNREAD)
    menu["Read"].trigger()
    assert hall.around.visited == [reader_path(rules.id)]


@pytest.mark.usefixtures("no_popup")
def test_the_menu_key_and_the_right_button_open_the_menu(make_hall: Make, write: Write) -> None:
    hall = make_hall()
    hall.library.import_file(write("plan.txt", b"plan"), agenda="1. Opening")
    page = hall.library_page()
    view = page.papers_view
    asked: list[str] = []
    view.menu_asked.connect(lambda row, _: asked.append(row.paper.title))
    view.setCurrentIndex(view.papers.index(0))
    keyboard, mouse = QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse
    view.contextMenuEvent(QContextMenuEvent(keyboard, QPoint(0, 0), QPoint(0, 0)))
    where = view.visualRect(view.papers.index(1)).center()
    view.contextMenuEvent(QContextMenuEvent(mouse, where, view.mapToGlobal(where)))
    view.contextMenuEvent(QContextMenuEvent(mouse, QPoint(5, 680), QPoint(5, 680)))
    assert asked == titles(view)[:2]
    menu = menu_of(page, 0)
    assert "Details" in menu
    next(action for text, action in menu.items() if "1. Opening" in text).trigger()
    assert titles(view) == ["plan"]


def test_ctrl_enter_and_a_double_click_read(hall: Hall) -> None:
    page = hall.library_page()
    view = page.papers_view
    view.setCurrentIndex(view.papers.index(0))
    hall.qtbot.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view.doubleClicked.emit(view.papers.index(1))
    assert hall.around.visited == [reader_path(row.paper.id) for row in papers(page)[:2]]


@pytest.mark.parametrize("keys", ["Ctrl+F", "/"])
def test_keys_lead_to_the_search_and_escape_empties_it(hall: Hall, keys: str) -> None:
    page = hall.library_page()
    page.papers_view.setFocus()
    shortcut = next(
        each for each in page.findChildren(QShortcut) if each.key() == QKeySequence(keys)
    )
    shortcut.activated.emit()
    assert page.search.hasFocus()
    hall.qtbot.keyClicks(page.search, "a/b")
    assert page.search.text() == "a/b"
    hall.qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""
    assert shown_list(page) is page.papers_view
