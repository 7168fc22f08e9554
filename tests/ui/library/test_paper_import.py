"""The way of files into the library: what is asked, how far each is, what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from congress.docs.convert import ConverterUnavailable
from congress.docs.extraction import InProcess
from congress.docs.incoming import Gathered
from congress.docs.model import Details, Extract, PaperType
from congress.i18n.translator import Translator
from congress.kernel.errors import Cancelled, InputError
from congress.kernel.progress import Progress
from congress.kernel.roles import Clearance, Shelf
from congress.ui.controllers.library import LibraryController
from congress.ui.models.imports import (
    ImportLine,
    ImportsModel,
    ImportState,
    line_words,
)
from congress.ui.models.papers import META_ROLE
from congress.ui.pages.imported_paper import ImportedPaper
from congress.ui.pages.paper_import import ImportDialog, ImportSheet
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.paperdetails import Defaults
from tests.helpers.formats import zipped
from tests.helpers.uicontext import ui_context
from tests.ui.library.conftest import Hall, Make, Write

PUBLIC = Defaults(Shelf(Clearance.PUBLIC), PaperType.REPORT, "3. Finances")
Open = Callable[..., ImportSheet]


@pytest.fixture
def begin(hall: Hall, qtbot: QtBot) -> Open:
    """Prepares the import of files in a sheet over a window."""
    window = QWidget()
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    controller = LibraryController(hall.context, hall.library, hall.member, parent=window)

    def start(*paths: Path, defaults: Defaults = PUBLIC) -> ImportSheet:
        run = controller.imports.run(Gathered(paths), defaults)
        return ImportSheet(hall.context, controller.imports, run, window)

    return start


def finished(qtbot: QtBot, sheet: ImportSheet) -> ImportSheet:
    sheet.begin()
    qtbot.waitUntil(lambda: sheet._ended, timeout=20_000)
    return sheet


def states(sheet: ImportSheet) -> list[str]:
    return [str(line.state) for line in sheet.model.lines]


def test_every_file_has_its_own_result(hall: Hall, write: Write, begin: Open, qtbot: QtBot) -> None:
    good = write("note.txt", b"A note on seats in the great hall")
    twice, bad = write("again.txt", good.read_bytes()), write("empty.pdf", b"")
    packed = write("more.zip", zipped(("in.txt", b"Words in a ZIP"), ("deep.zip", b"PK\x03\x04")))
    sheet = finished(qtbot, begin(good, twice, bad, packed))
    assert states(sheet) == ["done", "duplicate", "refused", "done", "refused"]
    paper = hall.paper("in.txt")
    assert (paper.clearance, paper.type, paper.agenda) == (
        Clearance.PUBLIC,
        PaperType.REPORT,
        "3. Finances",
    )
    assert sheet.outcome.isVisible()
    assert "2 papers imported" in sheet.outcome.accessibleName()
    assert sheet.filter is not None
    assert not sheet.bar.isVisible()
    words = [str(sheet.model.index(row).data(META_ROLE)) for row in range(5)]
    assert words[0] == "note.txt · 1 page · English"
    assert "note" in words[1]
    assert "empty" in words[2]
    sheet.close()


def test_what_was_refused_says_why_and_what_to_do(write: Write, begin: Open, qtbot: QtBot) -> None:
    sheet = finished(qtbot, begin(write("a.txt", b"words"), write("empty.pdf", b"")))
    assert sheet.list.currentIndex().row() == 1
    shown = sheet.detail.widget()
    assert isinstance(shown, ImportedPaper)
    (view,) = shown.findChildren(ErrorView)
    assert "Ask the author to send the file again." in view.accessibleName()
    assert sheet.filter is not None
    sheet._filter("done")
    assert sheet.rows.rowCount() == 1
    sheet._filter("left_out")
    assert sheet.rows.rowCount() == 1
    sheet._filter("all")
    assert sheet.rows.rowCount() == 2
    sheet.close()


def test_what_came_in_is_corrected_on_the_spot(
    hall: Hall, write: Write, begin: Open, qtbot: QtBot
) -> None:
    sheet = finished(qtbot, begin(write("bao_cao.txt", b"Bao cao khong dau cua ban to chuc")))
    shown = sheet.detail.widget()
    assert isinstance(shown, ImportedPaper)
    assert shown.language.value == "en"
    shown.language.set_value("vi")
    shown.language.chosen.emit("vi")
    qtbot.waitUntil(lambda: hall.paper("bao_cao.txt").language == "vi")
    qtbot.waitUntil(lambda: "Tiếng Việt" in str(sheet.model.index(0).data(META_ROLE)))
    assert sheet.detail.widget() is shown
    editor = shown.title.editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.setText("  Báo cáo   tổ chức ")
    editor.editingFinished.emit()
    qtbot.waitUntil(lambda: hall.paper("bao_cao.txt").title == "Báo cáo tổ chức")
    qtbot.waitUntil(lambda: sheet.model.index(0).data() == "Báo cáo tổ chức")
    editor.setText(" ")
    editor.editingFinished.emit()
    assert shown.title.value == "Báo cáo tổ chức"
    shown.type.chosen.emit(PaperType.MINUTES.value)
    shown.agenda.settled.emit("4. Statutes")
    qtbot.waitUntil(lambda: hall.paper("bao_cao.txt").agenda == "4. Statutes")
    assert hall.paper("bao_cao.txt").type is PaperType.MINUTES
    sheet.close()


class _Slow(InProcess):
    """Reads a page in a while, as a large scan is read, until it is cancelled."""

    def extract(
        self, file: object, size: int, name: str, progress: Progress, language: str = ""
    ) -> Extract:
        for page in range(1, 1_000):
            progress.report(page, 1_000)
            QTest.qSleep(5)
        raise Cancelled


def test_stopping_keeps_what_is_in(
    hall: Hall, write: Write, begin: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [write(f"{name}.txt", f"text {name}".encode()) for name in "abc"]
    sheet = begin(*paths)

    def slow_from_the_second(row: int) -> None:
        if row == 0 and sheet.run.lines[0].state is ImportState.DONE:
            monkeypatch.setattr(hall.library, "_extractor", _Slow())

    sheet.run.changed.connect(slow_from_the_second)
    sheet.begin()
    qtbot.waitUntil(lambda: sheet.run.lines[1].done > 2)
    assert "Reading page" in str(sheet.model.index(1).data(META_ROLE))
    assert not sheet.grab().isNull()
    sheet.close()
    assert sheet.isVisible()
    qtbot.waitUntil(lambda: sheet._ended)
    assert states(sheet) == ["done", "stopped", "stopped"]
    assert "stopped" in sheet.outcome.accessibleName()
    assert hall.paper("a.txt").pages == 1
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not sheet.isVisible())


def test_other_changes_do_not_wait_for_reading(
    hall: Hall, write: Write, begin: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall.library, "_extractor", _Slow())
    sheet = begin(write("a.txt", b"text")).begin()
    qtbot.waitUntil(lambda: sheet.run.lines[0].done > 2)
    done: list[bool] = []
    hall.context.tasks.store(lambda _: True).success(done.append).start()
    qtbot.waitUntil(lambda: bool(done), timeout=1_000)
    assert sheet.run.lines[0].state is ImportState.READING
    sheet.cancel()
    qtbot.waitUntil(lambda: sheet._ended)
    sheet.close()


def test_a_hundred_files_stay_responsive(
    hall: Hall, write: Write, begin: Open, qtbot: QtBot
) -> None:
    paths = [write(f"{n}.txt", f"paper number {n}".encode()) for n in range(100)]
    sheet = finished(qtbot, begin(*paths))
    assert states(sheet) == ["done"] * 100
    assert len(hall.library.papers()) == 103
    sheet.close()


def test_an_import_by_drop_asks_what_holds_for_all(
    hall: Hall, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hall.library_page()
    good = write("note.txt", b"A note on seats")

    def choose(dialog: ImportDialog) -> int:
        assert dialog.chosen == Defaults(Shelf(Clearance.DELEGATES))
        dialog.details.shelf.show_shelf(Shelf(Clearance.SECRET))
        return QDialog.DialogCode.Accepted.value

    monkeypatch.setattr(ImportDialog, "exec", choose)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good))])
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, button, Qt.KeyboardModifier.NoModifier)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    assert page.drop_veil.isVisible()
    page.dragLeaveEvent(QDragLeaveEvent())
    assert not page.drop_veil.isVisible()
    page.dropEvent(QDropEvent(QPointF(9, 9), actions, data, button, Qt.KeyboardModifier.NoModifier))
    hall.qtbot.waitUntil(lambda: page._sheet is not None)
    sheet = page._sheet
    assert isinstance(sheet, ImportSheet)
    hall.qtbot.waitUntil(lambda: sheet._ended)
    assert hall.paper("note.txt").clearance is Clearance.SECRET
    sheet.close()


def test_an_import_that_is_not_agreed_to_does_nothing(
    hall: Hall, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = hall.library_page()
    asked: list[ImportDialog] = []

    def refuse(dialog: ImportDialog) -> int:
        asked.append(dialog)
        return QDialog.DialogCode.Rejected.value

    monkeypatch.setattr(ImportDialog, "exec", refuse)
    page.import_paths([write("a.txt", b"text")])
    hall.qtbot.waitUntil(lambda: bool(asked))
    page.import_paths([])
    assert page._sheet is None


def test_a_folder_without_papers_is_told(hall: Hall, tmp_path: Path) -> None:
    (tmp_path / "inside").mkdir()
    page = hall.library_page()
    page.import_paths([tmp_path / "inside"])
    hall.qtbot.waitUntil(lambda: bool(hall.around.toasts))
    assert hall.around.toasts[-1][0] == "There is no file here that can be imported"


LINES: Sequence[ImportLine] = (
    ImportLine("a.pdf", "Drafts"),
    ImportLine("b.pdf", state=ImportState.READING),
    ImportLine("c.pdf", state=ImportState.READING, done=3, total=9),
    ImportLine("d.pdf", state=ImportState.SEALING),
    ImportLine("e.doc", state=ImportState.REFUSED, error=ConverterUnavailable("e.doc")),
    ImportLine("f.pdf", state=ImportState.STOPPED, error=Cancelled()),
)


def test_the_words_of_a_line() -> None:
    tr = Translator("en")
    assert [line_words(tr, line) for line in LINES] == [
        "Waiting · Drafts",
        "Being read",
        "Reading page 3 of 9",
        "Being encrypted",
        "“e.doc” can only be read with the help of LibreOffice.",
        "Not imported: you stopped",
    ]


def test_the_model_keeps_its_promises(qtmodeltester: ModelTester) -> None:
    model = ImportsModel(Translator("en"))
    model.set_lines(LINES)
    qtmodeltester.check(model)
    model.set_line(0, ImportLine("a.pdf", state=ImportState.DONE))
    assert model.count()[ImportState.DONE] == 1
    assert "Reading page 3 of 9" in str(model.index(2).data(Qt.ItemDataRole.AccessibleTextRole))


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_it_speaks_every_language(make_hall: Make, write: Write, lang: str, qtbot: QtBot) -> None:
    hall = make_hall()
    with ui_context(lang) as (context, _):
        controller = LibraryController(context, hall.library, hall.member)
        gathered = Gathered([write("a.txt", b"words"), write("empty.pdf", b"")])
        dialog = ImportDialog(context, gathered, controller.imports)
        qtbot.addWidget(dialog)
        dialog.show()
        assert not dialog.grab().isNull()
        run = controller.imports.run(gathered, dialog.chosen)
        sheet = ImportSheet(context, controller.imports, run)
        qtbot.addWidget(sheet)
        finished(qtbot, sheet)
        assert sheet.isRightToLeft() is (lang == "ur")
        assert not sheet.grab().isNull()
        sheet.close()
        controller.deleteLater()


def test_a_changed_file_is_not_taken_for_what_was_read(hall: Hall, write: Write) -> None:
    path = write("a.txt", b"one")
    readied = hall.library.read(path)
    path.write_bytes(b"two")
    with pytest.raises(InputError, match=r"docs\.changed_meanwhile"):
        hall.library.take_in(readied, Details("", ""), Shelf(Clearance.PUBLIC))
