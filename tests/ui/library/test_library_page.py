from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from congress.kernel.errors import Cancelled
from congress.kernel.roles import Clearance, Role
from congress.ui.controllers.library import LibraryController, reader_path
from congress.ui.controllers.paper_import import (
    ImportReport,
    PaperImports,
    files_in,
    import_papers,
)
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.paper_import import ImportDialog, ImportSheet, choose_files
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.paperlist import PaperList
from tests.helpers.papers import pdf
from tests.helpers.uicontext import ui_context
from tests.ui.library.conftest import Hall, Make

Write = Callable[[str, bytes], Path]


def titles(view: PaperList) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def shown_list(page: LibraryPage) -> QWidget | None:
    return page.stack.currentWidget()


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
        pos=page.papers_view.visualRect(page.papers_model.index(0)).center(),
    )
    assert hall.around.visited == [reader_path(page.papers_model.rows[0].id)]


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
    assert page.status.text() == "Searching…"
    hall.qtbot.waitUntil(lambda: page.hits_model.rowCount() > 0)
    assert shown_list(page) is page.hits_view
    assert titles(page.hits_view) == ["Rules of order"]
    assert page.status.text() == "1 page found"
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
    hall.qtbot.waitUntil(lambda: page.hits_model.rowCount() > 0)
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
    assert checks["language", "en"].text() == "English (2)"
    checks["language", "vi"].click()
    assert titles(page.papers_view) == ["Chương trình đại hội"]
    assert checks["clearance", "secret"].text() == "Secret (0)"
    checks["clearance", "secret"].click()
    assert shown_list(page) is page.filtered
    page.search.setText("quorum")
    hall.qtbot.waitUntil(lambda: bool(page._hits))
    assert shown_list(page) is page.filtered
    assert page.filtered.button is not None
    page.filtered.button.click()
    assert titles(page.hits_view) == ["Rules of order"]
    assert not checks["language", "vi"].isChecked()


def test_filters_go_where_there_is_no_room(hall: Hall) -> None:
    page = hall.library_page()
    page.resize(600, 700)
    assert not page.facets.isVisible()
    page.facets.checks["language", "vi"].click()
    assert page.facets.isVisible()


def test_covers_come_when_they_are_looked_at(hall: Hall) -> None:
    page = hall.library_page()
    row = page.papers_model.row_of(hall.paper("rules.pdf").id)

    def has_cover() -> bool:
        cover = page.papers_model._covers.get(hall.paper("rules.pdf").id)
        return cover is not None and not cover.isNull()

    hall.qtbot.waitUntil(has_cover)
    assert row >= 0
    assert page.papers_model._covers[hall.paper("agenda.docx").id] is None


def test_an_import_by_drop_asks_who_may_read(
    hall: Hall, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hall.library_page()
    good, bad = write("note.txt", b"A note on seats"), write("empty.pdf", b"")

    def choose(dialog: ImportDialog) -> int:
        assert dialog.chosen is Clearance.DELEGATES
        dialog.clearance.set_value(Clearance.SECRET)
        dialog._explain()
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(ImportDialog, "exec", choose)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (good, bad)])
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, button, Qt.KeyboardModifier.NoModifier)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert page.drop_hint.isVisible()
    page.dragLeaveEvent(QDragLeaveEvent())
    assert not page.drop_hint.isVisible()
    page.dropEvent(QDropEvent(QPointF(9, 9), actions, data, button, Qt.KeyboardModifier.NoModifier))
    sheet = page._sheet
    assert isinstance(sheet, ImportSheet)
    hall.qtbot.waitUntil(lambda: sheet.outcome is not None)
    hall.qtbot.waitUntil(lambda: "note" in titles(page.papers_view))
    assert hall.paper("note.txt").clearance is Clearance.SECRET
    sheet.close()


def test_an_import_that_is_not_agreed_to_does_nothing(
    hall: Hall, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hall.library_page()
    monkeypatch.setattr(ImportDialog, "exec", lambda _: QDialog.DialogCode.Rejected.value)
    page.import_paths([write("a.txt", b"text")])
    assert page._sheet is None
    page.import_paths([])
    assert page._sheet is None


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
    (command,) = page.commands()
    command.run()
    assert taken == [[path]]


def test_a_folder_gives_its_papers(hall: Hall, write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "inside"
    folder.mkdir()
    (folder / "b.PDF").write_bytes(b"")
    (folder / "a.txt").write_bytes(b"")
    (folder / "photo.jpg").write_bytes(b"")
    odd = write("odd.bin", b"")
    assert files_in([folder, odd]) == [folder / "a.txt", folder / "b.PDF", odd]
    (folder / "a.txt").unlink()
    (folder / "b.PDF").unlink()
    page = hall.library_page()
    page.import_paths([folder])
    assert hall.around.toasts[-1][0] == "There is no file here that can be imported"


class _Cancelling:
    def __init__(self, after: int) -> None:
        self.left = after

    def report(self, done: int, total: int, label: str = "") -> None:
        self.check()

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_a_stopped_import_keeps_what_came_in(hall: Hall, write: Write) -> None:
    paths = [write(f"{name}.pdf", pdf(f"page of {name}")) for name in "abc"]
    with pytest.raises(Cancelled):
        import_papers(hall.library, paths, Clearance.PUBLIC, _Cancelling(2))
    report = import_papers(hall.library, paths, Clearance.PUBLIC, _Cancelling(7))
    assert report.stopped
    assert [paper.file for paper in report.papers] == ["a.pdf"]


def test_the_report_of_a_stopped_import(hall: Hall) -> None:
    sheet = ImportSheet(hall.context, PaperImports(hall.context, hall.library))
    hall.qtbot.addWidget(sheet)
    widget = sheet._report(ImportReport((), (), stopped=True))
    hall.qtbot.addWidget(widget)
    (banner,) = widget.findChildren(Banner)
    assert "stopped" in banner.accessibleName()


def test_a_paper_removed_meanwhile_has_no_cover(hall: Hall, qtbot: QtBot) -> None:
    controller = LibraryController(hall.context, hall.library, hall.member)
    paper = hall.paper("rules.pdf")
    hall.library.remove(paper.id)
    with qtbot.assertNotEmitted(controller.cover_came):
        controller.load_cover(paper.id)
        qtbot.waitUntil(lambda: not hall.context.tasks.busy)
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
        qtbot.waitUntil(lambda: page.papers_model.rowCount() == 3)
        assert page.isRightToLeft() is (lang == "ur")
        assert not page.grab().isNull()
        page.search.setText("quorum")
        qtbot.waitUntil(lambda: page.hits_model.rowCount() == 1)
        assert page.hits_model.index(0).data(VALUE_ROLE).page == 1
        assert not page.grab().isNull()
        page.close()
