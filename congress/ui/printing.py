"""Prints the paper that is read: asks the policy, the printer's dialog, and then draws it.

Nothing is written to a file of ours: the pages go to the system's printer from memory. What the
system keeps of them while it prints is its own, which the settings say.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QDialog, QWidget

from congress.docs.library import Library
from congress.docs.pdfium import Pdf
from congress.docs.policy import Policy
from congress.kernel.errors import EnvironmentFault
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.printsheets import Job, PdfSheets, Sheets, TextSheets, print_sheets
from congress.ui.theme.tokens import Type
from congress.ui.widgets.worksheet import WorkSheet

Mark = Callable[[], Sequence[str]]


@dataclass(frozen=True)
class Chosen:
    """What a person chose in the printer's dialog.

    Attributes:
        device: The printer, set up.
        pages: The pages to print, from 1, in order; empty for all.
    """

    device: QPagedPaintDevice
    pages: Sequence[int]


Choose = Callable[[QWidget, int, int], Chosen | None]


def choose_printer(parent: QWidget, count: int, page: int) -> Chosen | None:
    """Ask for a printer and pages, in the system's dialog; ``None`` if the person changed mind.

    Printing to a file is not offered: it would leave the paper in the clear on a disk.

    Args:
        parent: The window it belongs to.
        count: Pages of the paper; 0 if they are not known before it is laid out.
        page: The page that is read now, from 1.

    Raises:
        EnvironmentFault: ``print.no_printer``.
    """
    try:
        from PySide6.QtPrintSupport import (
            QAbstractPrintDialog,
            QPrintDialog,
            QPrinter,
            QPrinterInfo,
        )
    except ImportError as error:
        raise EnvironmentFault("print.no_printer") from error
    if not QPrinterInfo.availablePrinterNames():
        raise EnvironmentFault("print.no_printer")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    options = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(options.PrintToFile, False)
    if count:
        dialog.setOption(options.PrintPageRange, True)
        dialog.setOption(options.PrintCurrentPage, True)
        dialog.setMinMax(1, count)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    if printer.outputFormat() is QPrinter.OutputFormat.PdfFormat:
        raise EnvironmentFault("print.to_file")
    match printer.printRange():
        case QPrinter.PrintRange.PageRange:
            first, last = printer.fromPage() or 1, printer.toPage() or count
            return Chosen(printer, range(first, min(last, count or last) + 1))
        case QPrinter.PrintRange.CurrentPage:
            return Chosen(printer, [page])
    return Chosen(printer, ())


class Printing(QObject):
    """Prints for one reader page."""

    def __init__(
        self,
        context: UiContext,
        library: Library,
        policy: Callable[[], Policy],
        mark: Mark,
        window: QWidget,
        choose: Choose = choose_printer,
    ) -> None:
        """Print in the name of the signed-in member.

        Args:
            context: The surroundings.
            library: Logs each print, and opens papers.
            policy: Tells what may be printed now; called outside the GUI thread.
            mark: Returns the lines that say whose copy it is.
            window: Dialogs open over it.
            choose: Asks for a printer and pages.
        """
        super().__init__(window)
        self._context, self._library, self._policy = context, library, policy
        self._mark, self._window, self._choose = mark, window, choose

    def print(self, opened: OpenedPaper, page: int) -> None:
        """Print ``opened``, of which ``page`` (from 1) is before the reader."""

        def allowed(_: Progress) -> None:
            self._policy().require_print(opened.paper.clearance)

        def ask(_: None) -> None:
            self._ask(opened, page)

        self._context.tasks.free(allowed).success(ask).failure(self._context.show_error).start()

    def _ask(self, opened: OpenedPaper, page: int) -> None:
        try:
            chosen = self._choose(self._window, len(opened.sizes), page)
        except EnvironmentFault as fault:
            self._context.show_error(fault)
            return
        if chosen is None:
            return
        paper = opened.paper
        pages = chosen.pages or range(1, (len(opened.sizes) or paper.pages) + 1)

        def log(_: Progress) -> None:
            self._library.log_print(paper.id, pages)

        def draw(_: None) -> None:
            self._draw(opened, chosen)

        task = self._context.tasks.store(log).success(draw)
        task.failure(self._context.show_error).start()

    def _draw(self, opened: OpenedPaper, chosen: Chosen) -> None:
        tr, theme = self._context.tr, self._context.theme
        mark, font, body = tuple(self._mark()), theme.font(Type.LABEL), theme.font(Type.BODY)
        rtl = opened.paper.language == "ur"

        def work(progress: Progress) -> int:
            title, device = opened.paper.title, chosen.device

            def through(sheets: Sheets) -> int:
                pages = chosen.pages or range(1, sheets.count + 1)
                job = Job([each for each in pages if each <= sheets.count], mark, font)
                return print_sheets(device, sheets, job, progress, title)

            source = self._library.open_pages(opened.paper.id, opened.version.id)
            if source is not None:
                with Pdf(source, owned=True) as pdf:
                    return through(PdfSheets(pdf))
            area = QRectF(0, 0, device.width(), device.height())
            return through(TextSheets(opened.html, body, rtl, area, device.logicalDpiX()))

        sheet = WorkSheet(self._context, tr("print.title"), parent=self._window)
        sheet.run(self._context.tasks.free(work), lambda count: tr("print.done", count=count))
