"""Around the paper: layouts of pages, a second paper, full screen, the sheet of keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from congress.docs.places import Arrangement, Fit
from congress.kernel.roles import Role
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.reader_keys import GROUPS, shortcuts
from congress.ui.pages.reader_picker import PaperPicker
from congress.ui.widgets.keysheet import KeySheet
from tests.helpers.papers import pdf
from tests.helpers.uicontext import ui_context
from tests.ui.library.conftest import Hall, Make, Write
from tests.ui.library.test_reader_page import opened, ready, wheel

LINES = "\n".join(f"A line with the number {number}" for number in range(28))


@pytest.mark.parametrize("arrangement", Arrangement)
def test_every_layout_shows_the_page_that_was_in_front(
    hall: Hall, write: Write, arrangement: Arrangement
) -> None:
    hall.library.import_file(write("six.pdf", pdf(*[LINES] * 6)))
    page = opened(hall, "six.pdf")
    page.first.go_to(4)
    page.doing.arrange(arrangement)
    assert page.pages.page == 4
    assert 3 in page.pages.in_sight()
    ready(hall, page)
    page.pages.turn(1)
    assert page.pages.page in (5, 6)
    page.pages.turn(1)
    page.pages.turn(1)
    assert page.pages.page == 6
    page.pages.turn(-1)
    assert page.pages.page in (4, 5)


def test_one_page_at_a_time_is_turned_by_wheel_and_keys(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("six.pdf", pdf(*[LINES] * 6)))
    page = opened(hall, "six.pdf")
    page.doing.arrange(Arrangement.SINGLE)
    view = page.pages
    assert view.fit is Fit.PAGE
    wheel(view, -1, ctrl=False)
    assert view.page == 2
    hall.qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.page == 3
    hall.qtbot.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page == 2
    view.fit_width()
    hall.qtbot.keyClick(view, Qt.Key.Key_Space)
    assert view.page == 2
    wheel(view, -20, ctrl=False)
    wheel(view, -1, ctrl=False)
    assert view.page == 3
    assert view.top == 0
    wheel(view, 1, ctrl=False)
    assert view.page == 2
    assert view.top > 0


def test_pages_are_turned_round(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.doing.rotate(1)
    area = page.pages.plan.place(0)
    assert area.width > area.height
    ready(hall, page)
    page.doing.rotate(3)
    assert page.pages.turns == 0


def test_an_urdu_paper_is_spread_from_right_to_left(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("ur.pdf", pdf(*[LINES] * 4)), language="ur")
    page = opened(hall, "ur.pdf")
    page.doing.arrange(Arrangement.SPREADS)
    plan = page.pages.plan
    assert plan.place(1).x > plan.place(2).x
    assert plan.place(0).x < plan.width / 2
    view = page.pages
    hall.qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.page == 2


# A second paper


def test_two_papers_beside_each_other(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    picker = page.beside.choose()
    assert isinstance(picker, PaperPicker)
    hall.qtbot.waitUntil(lambda: picker.list.count() == 3)
    picker.field.setText("draft")
    assert picker.list.count() == 1
    hall.qtbot.keyClick(picker.field, Qt.Key.Key_Return)
    second = page.beside.pane
    hall.qtbot.waitUntil(lambda: second.stack.currentWidget() is second.pages)
    assert page.panes() == (page.first, second)
    assert page.beside.title.text() == "draft"
    second.view.setFocus()
    page._activate(second)
    assert page.bar.title.text() == "draft"
    page.doing.zoom(2.0)
    assert second.pages.zoom == 2.0
    assert page.pages.zoom != 2.0
    page.doing.other_pane()
    page._activate(page.first)
    assert page.bar.title.text() == "Rules of order"
    page.beside.toggle()
    assert page.panes() == (page.first,)
    assert second.paper is None


def test_papers_scroll_alone_or_together(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("one.pdf", pdf(*[LINES] * 4)))
    hall.library.import_file(write("two.pdf", pdf(*[f"{LINES}\nmore"] * 4)))
    page = opened(hall, "one.pdf", f"?beside={hall.paper('two.pdf').id}")
    second = page.beside.pane
    hall.qtbot.waitUntil(lambda: second.stack.currentWidget() is second.pages)
    page.pages.scroll_by(0, 400)
    assert second.pages.top < 20
    page.beside.toggle_together()
    page.pages.scroll_by(0, 400)
    assert second.pages.top == pytest.approx(page.pages.top, abs=30)
    second.pages.scroll_by(0, 300)
    assert second.pages.top == pytest.approx(page.pages.top, abs=30)


def test_two_versions_of_one_paper(hall: Hall, write: Write) -> None:
    hall.library.import_file(write("draft1.pdf", pdf("One")), title="Our draft")
    paper = hall.paper("draft1.pdf")
    newer = hall.library.import_version(paper.id, write("draft2.pdf", pdf("One more")))
    old = hall.library.versions(paper.id)[-1]
    page = hall.reader_page()
    page.opened(f"{paper.id}?version={newer.version_id}&beside={paper.id}&beside_version={old.id}")
    second = page.beside.pane
    hall.qtbot.waitUntil(lambda: page.first.paper is not None and second.paper is not None)
    assert page.beside.title.text().endswith("(version 1)")
    picker = page.beside.choose()
    assert picker is not None
    hall.qtbot.waitUntil(lambda: picker.list.count() > 2)
    first = picker.list.item(0)
    assert first is not None
    assert "version 2" in first.text()
    picker.reject()


# Full screen


def bars(page: ReaderPage) -> bool:
    return page.chrome.shown


def test_in_full_screen_the_bars_go_and_come_back(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.shown()
    page.chrome.toggle_full_screen()
    hall.qtbot.waitUntil(lambda: page.chrome.immersed)
    assert bars(page)
    height = page.pages.viewport().height()
    page.pages.setFocus()
    page.chrome._go()
    assert not bars(page)
    assert page.bar.isHidden() or not page.bar.isVisible()
    assert page.pages.viewport().height() == height
    page.pages.tapped.emit()
    assert bars(page)
    page.pages.tapped.emit()
    assert not bars(page)
    hall.qtbot.mouseMove(page.pages.viewport(), QPoint(300, 300))
    hall.qtbot.mouseMove(page.pages.viewport(), QPoint(340, 330))
    hall.qtbot.waitUntil(lambda: bars(page))
    page.chrome._go(at_once=True)
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_Escape)
    assert bars(page)
    hall.qtbot.keyClick(page.pages, Qt.Key.Key_Escape)
    hall.qtbot.waitUntil(lambda: not page.chrome.immersed)
    assert page.bar.isVisible()
    layout = page.layout()
    assert layout is not None
    assert layout.indexOf(page.scrubber) >= 0


def test_bars_stay_while_they_are_used(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.shown()
    page.activateWindow()
    page.chrome.toggle_full_screen()
    hall.qtbot.waitUntil(lambda: page.chrome.immersed)
    page.doing.focus_page()
    hall.qtbot.waitUntil(page.bar.page.hasFocus)
    page.chrome._go()
    assert bars(page)
    page.pages.setFocus()
    page.chrome._go()
    assert not bars(page)
    page.chrome.leave()
    assert page.bar.isVisible()


def test_the_side_panel_goes_in_full_screen_and_comes_back(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.shown()
    page.set_side(True)
    page.chrome.toggle_full_screen()
    hall.qtbot.waitUntil(lambda: page.chrome.immersed)
    assert page.side.isHidden()
    page.show_side("thumbnails")
    page.set_side(False)
    page.chrome.toggle_full_screen()
    hall.qtbot.waitUntil(lambda: not page.chrome.immersed)
    assert page.side.isVisible()


def test_everything_in_the_bar_is_also_offered_by_name(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    extra = page.bar.add_action("extra", "Do more", "note", lambda: None)
    titles = [command.title for command in page.commands()]
    assert "Do more" in titles
    extra.setEnabled(False)
    assert "Do more" not in [command.title for command in page.commands()]


def test_a_tap_leaves_the_bars_alone_in_a_window(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.shown()
    page.pages.tapped.emit()
    assert page.bar.isVisible()
    assert not page.chrome.escape()


# Keys


def test_the_sheet_of_keys_names_every_key(hall: Hall) -> None:
    page = opened(hall, "rules.pdf")
    page.bar.add_action("extra", "Do more", "note", lambda: None, keys="Ctrl+J")
    page.doing.show_keys()
    (sheet,) = page.findChildren(KeySheet)
    shown = " ".join(label.text() for label in sheet.findChildren(QLabel, "keys"))
    for _, rows in GROUPS:
        for row in rows:
            for keys in row.keys.split(" / "):
                assert keys.replace("Return", "") in shown.replace("Return", "")
    assert "Ctrl+J" in shown
    hall.qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_no_two_keys_do_different_things() -> None:
    keys = [key for key, _ in shortcuts()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_the_reader_mirrors_with_the_language(hall: Hall, lang: str) -> None:
    with ui_context(lang) as (context, _):
        there = replace(hall, context=context)
        page = opened(there, "rules.pdf")
        page.set_side(True)
        page.finder.look_for("vote")
        there.qtbot.waitUntil(lambda: len(page.first.finding.hits) == 1)
        ready(there, page)
        rtl = lang == "ur"
        assert page.isRightToLeft() is rtl
        assert (page.side.x() > page.first.x()) is rtl
        back = page.bar.back_button.mapTo(page, QPoint(0, 0)).x()
        assert (back > page.width() / 2) is rtl
        page.pages.set_zoom(3.0)
        assert page.pages.left == pytest.approx(
            (page.pages.plan.width - page.pages.viewport().width()) / 2, abs=40
        )
        page.pages.scroll_by(-50, 0)
        page.doing.show_keys()
        for sheet in page.findChildren(KeySheet):
            sheet.accept()
        page.closing()
        QApplication.processEvents()


def test_making_of_reader_roles(make_hall: Make) -> None:
    hall = make_hall(Role.DELEGATE)
    page = opened(hall, "rules.pdf")
    assert page.pages.sheet_count == 3
