"""The library: what it lists, filters, sorts, finds and takes in."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from pytestqt.qtbot import QtBot

from congress.docs.model import Hit, Paper, PaperChanged
from congress.docs.places import ReadingPlace
from congress.docs.reading_list import Reading
from congress.kernel.ids import PaperId
from congress.kernel.roles import Role
from congress.ui.controllers.library import LibraryController, reader_path
from congress.ui.models.listing import Facet
from congress.ui.models.ordering import Sort
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.paper_import import choose_files
from tests.helpers.papers import pdf
from tests.helpers.uicontext import ui_context
from tests.ui.library.conftest import Hall, Make, Write, papers, shown_list, titles


def test_it_lists_what_the_member_may_read(make_hall: Make) -> None:
    page = make_hall().library_page()
    assert shown_list(page) is page.papers_view
    assert set(titles(page.papers_view)) == {"Rules of order", "Chương trình đại hội", "draft"}
    assert page.header.lead.text().startswith("3 papers")
    assert page.import_button.isVisible()


def test_a_delegate_sees_no_secret_and_no_way_to_change(make_hall: Make) -> None:
    hall = make_hall(Role.DELEGATE)
    page = hall.library_page()
    assert set(titles(page.papers_view)) == {"Rules of order", "Chương trình đại hội"}
    assert not page.import_button.isVisible()
    assert not page.acceptDrops()
    assert page.commands() == ()
    hall.qtbot.mouseClick(
        page.papers_view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.papers_view.visualRect(page.papers_view.papers.index(0)).center(),
    )
    assert hall.around.visited == [reader_path(papers(page)[0].paper.id)]


def test_an_empty_library_teaches(make_hall: Make) -> None:
    page = make_hall(filled=False).library_page()
    assert shown_list(page) is page.empty
    assert page.empty.button is not None
    assert not page.search.isVisible()
    assert not page.import_button.isVisible()


def test_an_empty_library_asks_a_delegate_to_wait(make_hall: Make) -> None:
    page = make_hall(Role.DELEGATE, filled=False).library_page()
    assert page.empty.button is None
    assert "secretariat" in page.empty.accessibleName()


def test_search_shows_pages_as_one_types(hall: Hall) -> None:
    page = hall.library_page()
    page.search.setText("quor")
    assert page.bar.status.text() == "Searching…"
    hall.qtbot.waitUntil(lambda: page.hits_view.hits.rowCount() > 0)
    assert shown_list(page) is page.hits_view
    assert titles(page.hits_view) == ["Rules of order"]
    assert page.bar.status.text() == "1 page found in 1 paper"
    hall.qtbot.keyClick(page.search, Qt.Key.Key_Down)
    hall.qtbot.keyClick(page.hits_view, Qt.Key.Key_Return)
    assert hall.around.visited == [reader_path(hall.paper("rules.pdf").id, 1, "quor")]
    page.search.clear()
    assert shown_list(page) is page.papers_view


def test_only_the_last_search_is_shown(hall: Hall) -> None:
    page = hall.library_page()
    for typed in ("sec", "quorum"):
        page.search.setText(typed)
        page._controller._search_now()
    hall.qtbot.waitUntil(lambda: page.hits_view.hits.rowCount() > 0)
    hall.qtbot.wait(50)
    assert titles(page.hits_view) == ["Rules of order"]


def test_nothing_found_says_what_to_try(hall: Hall) -> None:
    page = hall.library_page()
    page.opened("no such words")
    hall.qtbot.waitUntil(lambda: shown_list(page) is page.nothing)
    hall.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert shown_list(page) is page.nothing


def test_filters_keep_papers_and_hits(hall: Hall) -> None:
    page = hall.library_page()
    assert page.facets.isVisible()
    checks = page.facets.checks
    assert checks[Facet.LANGUAGE, "en"].text() == "English (2)"
    checks[Facet.LANGUAGE, "vi"].click()
    assert titles(page.papers_view) == ["Chương trình đại hội"]
    assert page.bar.status.text() == "1 of 3 papers"
    assert page.bar.filter_button.text() == "Filters (1)"
    assert page.facets.checks[Facet.SHELF, "secret"].text() == "Secret (0)"
    page.facets.checks[Facet.SHELF, "secret"].click()
    assert shown_list(page) is page.filtered
    page.search.setText("quorum")
    hall.qtbot.waitUntil(lambda: page.hits_view.found is not None)
    assert shown_list(page) is page.filtered
    assert page.filtered.button is not None
    page.filtered.button.click()
    hall.qtbot.waitUntil(lambda: titles(page.hits_view) == ["Rules of order"])
    assert not page.facets.checks[Facet.LANGUAGE, "vi"].isChecked()
    page.search.clear()
    page.facets.checks[Facet.LANGUAGE, "vi"].click()
    page.facets.clear_button.click()
    assert len(titles(page.papers_view)) == 3


def test_filters_go_where_there_is_no_room_and_come_by_their_button(hall: Hall) -> None:
    page = hall.library_page()
    page.resize(600, 700)
    assert not page.facets.isVisible()
    assert not page.bar.filter_button.isChecked()
    page.bar.filter_button.click()
    assert page.facets.isVisible()
    page.bar.filter_button.click()
    page.resize(1200, 700)
    assert not page.facets.isVisible()


def test_a_filter_with_many_values_shows_some_of_them(
    make_hall: Make, write: Write, qtbot: QtBot
) -> None:
    hall = make_hall()
    for number in range(9):
        path = write(f"{number}.txt", f"text {number}".encode())
        hall.library.import_file(path, agenda=f"{number}. Item")
    page = hall.library_page()
    qtbot.waitUntil(lambda: len(titles(page.papers_view)) == 12)
    assert (Facet.AGENDA, "8. Item") not in page.facets.checks
    page.facets.more[Facet.AGENDA].click()
    page.facets.checks[Facet.AGENDA, "8. Item"].click()
    assert titles(page.papers_view) == ["8"]


def test_papers_are_sorted_and_stand_under_their_agenda_items(
    make_hall: Make, write: Write
) -> None:
    hall = make_hall()
    for name, agenda in (("zeta", "1. Opening"), ("alpha", "2. Finances")):
        hall.library.import_file(write(f"{name}.txt", name.encode()), title=name, agenda=agenda)
    page = hall.library_page()
    assert titles(page.papers_view)[:2] == ["zeta", "alpha"]
    page.bar.sorted.emit(Sort.TITLE)
    assert titles(page.papers_view)[0] == "alpha"
    page.bar.group_button.click()
    assert titles(page.papers_view)[:4] == ["1. Opening", "zeta", "2. Finances", "alpha"]
    hall.qtbot.keyClick(page.search, Qt.Key.Key_Down)
    assert page.papers_view.currentIndex().row() == 1
    hall.qtbot.keyClick(page.papers_view, Qt.Key.Key_Down)
    assert page.papers_view.currentIndex().row() == 3
    assert not page.grab().isNull()


def test_choices_are_remembered(make_hall: Make) -> None:
    hall = make_hall()
    page = hall.library_page()
    page.facets.checks[Facet.LANGUAGE, "vi"].click()
    page.bar.group_button.click()
    hall.qtbot.waitUntil(lambda: not hall.context.tasks.busy)
    again = hall.library_page()
    assert titles(again.papers_view) == ["No agenda item", "Chương trình đại hội"]
    assert again.facets.checks[Facet.LANGUAGE, "vi"].isChecked()
    assert again.bar.group_button.isChecked()


def test_what_was_read_is_marked(make_hall: Make) -> None:
    hall = make_hall(Role.DELEGATE)
    rules = hall.paper("rules.pdf")
    hall.places.keep(rules.id, ReadingPlace(rules.version_id), seen={1}, pages=3)
    page = hall.library_page()
    assert page.facets.checks[Facet.STATE, "unread"].text() == "Unread (1)"
    page.facets.checks[Facet.STATE, "mine"].click()
    (row,) = papers(page)
    assert (row.paper, row.reading, row.percent) == (rules, Reading.BEGUN, 33)
    assert not page.grab().isNull()


def test_more_pages_of_a_paper_are_opened(make_hall: Make, write: Write) -> None:
    hall = make_hall()
    pages = pdf(*(f"The budget on page {number}" for number in range(1, 7)))
    hall.library.import_file(write("budget.pdf", pages), title="Figures")
    page = hall.library_page()
    page.search.setText("budget")
    view = page.hits_view
    hall.qtbot.waitUntil(lambda: view.hits.rowCount() > 0)
    assert page.bar.status.text() == "6 pages found in 1 paper"
    assert titles(view) == ["Figures", "Figures", "4 more pages in this paper"]
    hall.qtbot.keyClick(page.search, Qt.Key.Key_Return)
    view.setCurrentIndex(view.hits.index(2))
    hall.qtbot.keyClick(view, Qt.Key.Key_Return)
    hall.qtbot.waitUntil(lambda: view.hits.rowCount() == 6)
    assert [row.page for row in view.hits.rows if isinstance(row, Hit)] == [1, 2, 3, 4, 5, 6]
    assert view.currentIndex().row() == 2
    assert not page.grab().isNull()


def test_files_dragged_above_the_page_are_welcomed(
    hall: Hall, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hall.library_page()
    taken: list[list[Path]] = []
    monkeypatch.setattr(page, "import_paths", taken.append)
    path, data = write("note.txt", b"A note"), QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, button, keys)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert page.drop_veil.isVisible()
    assert page.drop_veil.geometry() == page.rect()
    page.resize(900, 640)
    assert page.drop_veil.geometry() == page.rect()
    assert not page.grab().isNull()
    page.dragLeaveEvent(QDragLeaveEvent())
    assert not page.drop_veil.isVisible()
    page.dropEvent(QDropEvent(QPointF(9, 9), actions, data, button, keys))
    assert taken == [[path]]


def test_papers_are_read_again_only_after_a_change(
    make_hall: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = make_hall(Role.DELEGATE)
    page = hall.library_page()
    hall.qtbot.waitUntil(lambda: not hall.context.tasks.busy)
    read: list[int] = []
    papers = hall.library.papers

    def counted() -> Sequence[Paper]:
        read.append(1)
        return papers()

    monkeypatch.setattr(hall.library, "papers", counted)
    with hall.qtbot.waitSignal(page._controller.listed):
        page.shown()
    assert read == []
    with hall.qtbot.waitSignal(page._controller.listed):
        hall.around.bus.publish(PaperChanged(PaperId("x" * 26)))
    assert read == [1]


def test_covers_come_when_they_are_looked_at(hall: Hall) -> None:
    page = hall.library_page()
    model = page.papers_view.papers
    rules, agenda = hall.paper("rules.pdf").id, hall.paper("agenda.docx").id
    hall.qtbot.waitUntil(lambda: rules in model._covers and agenda in model._covers)
    cover = model._covers[rules][1]
    assert cover is not None
    assert 0 < cover.width() <= 132
    assert model._covers[agenda][1] is None


def test_the_file_chooser_leads_to_the_import(
    hall: Hall, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("a.txt", b"text")
    monkeypatch.setattr(
        "congress.ui.pages.paper_import.QFileDialog.getOpenFileNames",
        lambda *_: ([str(path)], ""),
    )
    page = hall.library_page()
    assert choose_files(hall.context, page) == [path]
    taken: list[list[Path]] = []
    monkeypatch.setattr(page, "import_paths", taken.append)
    monkeypatch.setattr(
        "congress.ui.pages.paper_import.QFileDialog.getExistingDirectory",
        lambda *_: str(path.parent),
    )
    for command in page.commands():
        command.run()
    assert taken == [[path], [path.parent]]


def test_a_paper_removed_meanwhile_has_no_cover(hall: Hall, qtbot: QtBot) -> None:
    controller = LibraryController(hall.context, hall.library, hall.member)
    paper = hall.paper("rules.pdf")
    hall.library.remove(paper.id)
    with qtbot.waitSignal(controller.cover_came, check_params_cb=lambda _, cover: cover.isNull()):
        controller.load_covers([paper.id])
    assert hall.around.errors == []


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_it_speaks_every_language(make_hall: Make, lang: str, qtbot: QtBot) -> None:
    hall = make_hall()
    with ui_context(lang) as (context, _):
        page = LibraryPage(context, LibraryController(context, hall.library, hall.member))
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        page.shown()
        qtbot.waitUntil(lambda: page.papers_view.papers.rowCount() == 3)
        assert page.isRightToLeft() is (lang == "ur")
        assert not page.grab().isNull()
        page.search.setText("quorum")
        qtbot.waitUntil(lambda: page.hits_view.hits.rowCount() == 1)
        assert page.hits_view.hits.index(0).data(VALUE_ROLE).page == 1
        assert not page.grab().isNull()
        page.close()
