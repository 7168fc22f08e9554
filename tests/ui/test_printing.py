"""Printing: the policy, the log, the pages and the mark on them."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress, create_congress
from congress.docs.model import Paper
from congress.docs.pdfium import Pdf
from congress.kernel.errors import Cancelled, EnvironmentFault
from congress.kernel.progress import CancelFlag
from congress.kernel.roles import Clearance
from congress.kernel.settings import Settings
from congress.storage.audit import entries
from congress.ui import printing, printsheets
from congress.ui.context import UiContext
from congress.ui.controllers.reader import ReaderController, open_paper
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.reader_print import PrintPart
from congress.ui.printing import Choose, Chosen, Printing, choose_printer
from congress.ui.printsheets import Job, PdfSheets, TextSheets, print_sheets
from congress.ui.theme.tokens import Type
from congress.ui.widgets.worksheet import WorkSheet
from tests.helpers.papers import pdf
from tests.helpers.uicontext import Surroundings
from tests.helpers.vaults import CHEAP, PASSPHRASE

_MARK = ("Lan", "14 March 2026")


class _Paper:
    """A printer whose sheets are pages of a PDF in memory."""

    def __init__(self) -> None:
        self.buffer = QBuffer()
        self.buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.device = QPdfWriter(self.buffer)
        self.device.setResolution(150)
        self.device.setPageSize(QPageSize(QSizeF(612, 792), QPageSize.Unit.Point))
        self.device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)

    def pdf(self) -> Pdf:
        self.buffer.close()
        return Pdf(BytesIO(bytes(self.buffer.data().data())))


class _Watched(CancelFlag):
    def __init__(self, stop_at: int = -1) -> None:
        super().__init__()
        self.steps: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def report(self, done: int, total: int, label: str = "") -> None:
        self.steps.append((done, total))
        if done == self._stop_at:
            self.raise_flag()


@pytest.fixture
def congress(tmp_path: Path) -> Iterator[OpenCongress]:
    with create_congress(tmp_path / "vault", Settings("Boats"), PASSPHRASE, kdf=CHEAP) as made:
        yield made


def _dark(page: Pdf, index: int) -> int:
    data = page.render(index, 0.5).data
    return sum(value < 128 for value in data[::4])


@pytest.mark.usefixtures("qapp")
def test_the_chosen_pages_are_drawn_with_the_mark(context: UiContext) -> None:
    source = Pdf(BytesIO(pdf("ONE", "TWO " * 12, "THREE")))
    paper, watched = _Paper(), _Watched()
    job = Job([2, 3], _MARK, context.theme.font(Type.LABEL))
    assert print_sheets(paper.device, PdfSheets(source), job, watched, "A paper") == 2
    assert watched.steps == [(0, 2), (1, 2), (2, 2)]
    with paper.pdf() as printed:
        assert printed.page_count == 2
        # Pages are pictures; the mark is written over them.
        assert "TWO" not in printed.text(0)
        assert printed.text(0).count("Lan") >= 4
        assert printed.text(1).count("14 March 2026") >= 4
        assert _dark(printed, 0) > _dark(printed, 1) > 0
    source.close()


@pytest.mark.usefixtures("qapp")
def test_a_cancelled_print_stops_between_pages(context: UiContext) -> None:
    source, paper = Pdf(BytesIO(pdf("1", "2", "3"))), _Paper()
    job = Job([1, 2, 3], (), context.theme.font(Type.LABEL))
    with pytest.raises(Cancelled):
        print_sheets(paper.device, PdfSheets(source), job, _Watched(stop_at=1), "")
    source.close()
    with paper.pdf() as printed:
        assert printed.page_count == 2


@pytest.mark.usefixtures("qapp")
def test_a_paper_without_fixed_pages_is_laid_out_for_the_sheet(context: UiContext) -> None:
    html = "".join(f"<p>Paragraph {number} of a long report.</p>" for number in range(200))
    html += "<img src='file:///etc/hostname'>"
    paper = _Paper()
    area = QRectF(0, 0, paper.device.width(), paper.device.height())
    sheets = TextSheets(html, context.theme.font(Type.BODY), False, area, 150)
    assert 4 < sheets.count < 30
    job = Job(range(1, sheets.count + 1), _MARK, context.theme.font(Type.LABEL))
    print_sheets(paper.device, sheets, job, _Watched(), "")
    with paper.pdf() as printed:
        assert printed.page_count == sheets.count
        text = " ".join("".join(printed.text(page) for page in range(sheets.count)).split())
        assert all(f"Paragraph {number} of" in text for number in (0, 77, 199))


class _Jammed(QPdfWriter):
    def newPage(self) -> bool:
        return False


@pytest.mark.usefixtures("qapp")
def test_a_printer_that_takes_no_more_is_said(context: UiContext) -> None:
    source, paper = Pdf(BytesIO(pdf("1", "2"))), _Paper()
    jammed = _Jammed(paper.buffer)
    job = Job([1, 2], (), context.theme.font(Type.LABEL))
    watched = _Watched()
    with pytest.raises(EnvironmentFault) as caught:
        print_sheets(jammed, PdfSheets(source), job, watched, "")
    assert (caught.value.code, watched.steps[-1]) == ("print.failed", (1, 2))
    source.close()


@pytest.mark.usefixtures("qapp")
def test_a_printer_that_takes_nothing_is_said(
    context: UiContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unwilling(QPainter):
        def begin(self, _: object) -> bool:
            return False

    monkeypatch.setattr(printsheets, "QPainter", Unwilling)
    source, paper = Pdf(BytesIO(pdf("1"))), _Paper()
    job = Job([1], (), context.theme.font(Type.LABEL))
    with pytest.raises(EnvironmentFault) as caught:
        print_sheets(paper.device, PdfSheets(source), job, _Watched(), "")
    assert caught.value.code == "print.failed"
    source.close()


def test_without_a_printer_nothing_is_asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    with pytest.raises(EnvironmentFault) as caught:
        choose_printer(window, 3, 1)
    assert caught.value.code == "print.no_printer"


def _printed(congress: OpenCongress, paper: Paper) -> list[object]:
    with congress.vault.papers[paper.shelf].reading() as connection:
        told = entries(connection, actions=["paper.printed"], subject=paper.id)
        return [each.detail["pages"] for each in told]


def _import(congress: OpenCongress, tmp_path: Path, clearance: Clearance) -> Paper:
    (tmp_path / "a.pdf").write_bytes(pdf("ONE", "TWO", "THREE"))
    return congress.library.import_file(tmp_path / "a.pdf", clearance=clearance)


def _printing(
    context: UiContext, congress: OpenCongress, window: QWidget, choose: Choose
) -> Printing:
    return Printing(
        context, congress.library, lambda: congress.policy, lambda: _MARK, window, choose
    )


def test_a_print_is_logged_and_then_drawn(
    qtbot: QtBot, context: UiContext, congress: OpenCongress, tmp_path: Path
) -> None:
    paper, sheets = _import(congress, tmp_path, Clearance.DELEGATES), _Paper()
    window = QWidget()
    qtbot.addWidget(window)
    asked: list[tuple[int, int]] = []

    def choose(_: QWidget, count: int, page: int) -> Chosen:
        asked.append((count, page))
        return Chosen(sheets.device, range(2, 4))

    opened = open_paper(congress.library, paper.id)
    _printing(context, congress, window, choose).print(opened, 2)
    qtbot.waitUntil(lambda: bool(window.findChildren(WorkSheet)))
    (sheet,) = window.findChildren(WorkSheet)
    qtbot.waitUntil(lambda: sheet.outcome is not None)
    assert opened.pdf is not None
    opened.pdf.close()
    assert asked == [(3, 2)]
    assert _printed(congress, paper) == ["2-3"]
    assert sheet.outcome is not None
    assert "2 pages were sent" in sheet.outcome.accessibleName()
    sheet.accept()
    with sheets.pdf() as printed:
        assert printed.page_count == 2


def test_what_may_not_be_printed_is_refused_before_a_printer_is_asked_for(
    qtbot: QtBot,
    context: UiContext,
    around: Surroundings,
    congress: OpenCongress,
    tmp_path: Path,
) -> None:
    paper = _import(congress, tmp_path, Clearance.SECRET)
    window = QWidget()
    qtbot.addWidget(window)

    def never(*_: object) -> Chosen:
        raise AssertionError

    opened = open_paper(congress.library, paper.id)
    _printing(context, congress, window, never).print(opened, 1)
    qtbot.waitUntil(lambda: bool(around.errors))
    assert opened.pdf is not None
    opened.pdf.close()
    assert around.errors[0].code == "policy.no_printing"
    assert _printed(congress, paper) == []


@pytest.mark.parametrize("answer", [None, "no printer"])
def test_who_changes_their_mind_prints_nothing(
    qtbot: QtBot,
    context: UiContext,
    around: Surroundings,
    congress: OpenCongress,
    tmp_path: Path,
    answer: str | None,
) -> None:
    paper = _import(congress, tmp_path, Clearance.PUBLIC)
    window = QWidget()
    qtbot.addWidget(window)
    asked: list[bool] = []

    def choose(*_: object) -> None:
        asked.append(True)
        if answer:
            raise EnvironmentFault("print.no_printer")

    opened = open_paper(congress.library, paper.id)
    _printing(context, congress, window, choose).print(opened, 1)
    qtbot.waitUntil(lambda: bool(asked))
    assert opened.pdf is not None
    opened.pdf.close()
    assert [each.code for each in around.errors] == (["print.no_printer"] if answer else [])
    assert _printed(congress, paper) == []
    assert window.findChildren(WorkSheet) == []


def test_what_the_dialog_says_is_followed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Paper"])
    formats = [QPrinter.OutputFormat.NativeFormat]
    monkeypatch.setattr(QPrinter, "outputFormat", lambda _: formats[-1])

    def answering(act: Callable[[QPrinter], object], accepted: bool = True) -> Chosen | None:
        def run(dialog: QPrintDialog) -> int:
            option = QAbstractPrintDialog.PrintDialogOption.PrintToFile
            assert not dialog.testOption(option)
            act(dialog.printer())
            return int(accepted)

        monkeypatch.setattr(QPrintDialog, "exec", run)
        return printing.choose_printer(window, 9, 4)

    every = answering(lambda printer: printer.setPrintRange(QPrinter.PrintRange.AllPages))
    assert every is not None
    assert list(every.pages) == []
    current = answering(lambda printer: printer.setPrintRange(QPrinter.PrintRange.CurrentPage))
    assert current is not None
    assert list(current.pages) == [4]

    def some(printer: QPrinter) -> None:
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(7, 99)

    ranged = answering(some)
    assert ranged is not None
    assert list(ranged.pages) == [7, 8, 9]
    assert answering(lambda _: None, accepted=False) is None
    formats.append(QPrinter.OutputFormat.PdfFormat)
    with pytest.raises(EnvironmentFault) as caught:
        answering(lambda _: None)
    assert caught.value.code == "print.to_file"


def test_the_button_prints_what_is_open(
    qtbot: QtBot, context: UiContext, congress: OpenCongress, tmp_path: Path
) -> None:
    page = ReaderPage(context, ReaderController(context, congress.library), "lan")
    qtbot.addWidget(page)
    asked: list[tuple[int, int]] = []

    def choose(_: QWidget, count: int, at: int) -> None:
        asked.append((count, at))

    part = PrintPart(context, page, _printing(context, congress, page, choose))
    assert not part.action.isEnabled()
    part.print()
    opened = open_paper(congress.library, _import(congress, tmp_path, Clearance.PUBLIC).id)
    assert opened.pdf is not None
    opened.pdf.close()
    part.opened(opened)
    part.turned(3)
    part.action.trigger()
    qtbot.waitUntil(lambda: asked == [(3, 3)])
    part.closed()
    assert not part.action.isEnabled()
    assert part.action.shortcut().toString() == "Ctrl+P"
