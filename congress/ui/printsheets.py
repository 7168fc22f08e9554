"""Draws the pages of a paper for a printer, in memory and with the reader's mark on each.

Runs outside the GUI thread: no pixmap is used, and whatever is drawn is let go page by page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPainter,
    QTextDocument,
    QTextOption,
)

from congress.docs.pdfium import Pdf
from congress.kernel.errors import EnvironmentFault
from congress.kernel.progress import Progress
from congress.ui.sheets import to_image

_DPI = 300
"""Dots per inch at which pages are drawn; more than paper shows of a text."""
_MARGIN = 48
"""Pixels of 1/96 inch around a text."""
_MARK_STRENGTH = 60
"""Opacity of the mark, of 255: read on paper, and in the way of nobody."""
_MARK_TURN = -24


class Sheets(Protocol):
    """The pages of a paper, as they are printed."""

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    def draw(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Draw a page (from 1) into ``area``, in the painter's units."""
        ...


class PdfSheets:
    """The pages of a PDF, whole and in their own proportions."""

    def __init__(self, pdf: Pdf) -> None:
        """Draw from ``pdf``."""
        self._pdf = pdf

    @property
    def count(self) -> int:
        """How many there are."""
        return self._pdf.page_count

    def draw(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Draw a page (from 1) as large as it fits into ``area``."""
        width, height = self._pdf.size(page - 1)
        dots = painter.device().logicalDpiX()
        shown = QSizeF(width, height).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        scale = shown.width() / width * min(1.0, _DPI / dots)
        image = to_image(self._pdf.render(page - 1, scale))
        where = QRectF(area.topLeft(), shown)
        where.moveCenter(area.center())
        painter.drawImage(where, image)


class _Sealed(QTextDocument):
    """A text that fetches nothing: no picture and no style from the disk or the network."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Find nothing."""
        return None


class TextSheets:
    """A paper without fixed pages, laid out for the sheet it is printed on."""

    def __init__(self, html: str, font: QFont, rtl: bool, area: QRectF, dots: int) -> None:
        """Lay out the text.

        Args:
            html: The paper as sanitised HTML.
            font: For its words.
            rtl: Whether its lines run from right to left.
            area: What a sheet has room for, in dots of the printer.
            dots: Dots of the printer per inch.
        """
        self._scale = dots / 96
        self._size = QSizeF(area.width() / self._scale, area.height() / self._scale)
        self._document = _Sealed()
        self._document.setDefaultFont(font)
        self._document.setDocumentMargin(_MARGIN)
        option = QTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        self._document.setDefaultTextOption(option)
        self._document.setHtml(html)
        self._document.setPageSize(self._size)

    @property
    def count(self) -> int:
        """How many there are."""
        return self._document.pageCount()

    def draw(self, painter: QPainter, page: int, area: QRectF) -> None:
        """Draw a page (from 1) into ``area``."""
        painter.save()
        painter.translate(area.topLeft())
        painter.scale(self._scale, self._scale)
        painter.translate(0, -(page - 1) * self._size.height())
        part = QRectF(0, (page - 1) * self._size.height(), self._size.width(), self._size.height())
        self._document.drawContents(painter, part)
        painter.restore()


@dataclass(frozen=True)
class Job:
    """What is printed.

    Attributes:
        pages: Page numbers, from 1, in order.
        mark: Lines that say whose copy it is, on every page.
        font: For the mark.
    """

    pages: Sequence[int]
    mark: Sequence[str]
    font: QFont


def print_sheets(
    device: QPagedPaintDevice, sheets: Sheets, job: Job, progress: Progress, label: str
) -> int:
    """Draw pages on a printer; return how many.

    Args:
        device: The printer.
        sheets: The pages of the paper.
        job: Which of them, and the mark.
        progress: Told each page; may cancel between two.
        label: Title of the paper.

    Raises:
        EnvironmentFault: ``print.failed``.
        Cancelled: The person cancelled; the printer may have pages already.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise EnvironmentFault("print.failed")
    try:
        area = QRectF(0, 0, device.width(), device.height())
        for done, page in enumerate(job.pages):
            progress.check()
            progress.report(done, len(job.pages), label)
            if done and not device.newPage():
                raise EnvironmentFault("print.failed")
            sheets.draw(painter, page, area)
            _mark(painter, area, job)
        progress.report(len(job.pages), len(job.pages), label)
    finally:
        painter.end()
    return len(job.pages)


def _mark(painter: QPainter, area: QRectF, job: Job) -> None:
    text = "\n".join(line for line in job.mark if line)
    if not text:
        return
    painter.save()
    painter.setFont(job.font)
    ink = QColor(Qt.GlobalColor.black)
    ink.setAlpha(_MARK_STRENGTH)
    painter.setPen(ink)
    words = QFontMetricsF(job.font, painter.device()).boundingRect(QRectF(0, 0, 1e5, 1e5), 0, text)
    across, down = words.width() * 2.2, max(words.width() * 1.2, words.height() * 4)
    painter.translate(area.center())
    painter.rotate(_MARK_TURN)
    reach = (area.width() + area.height()) / 2
    rows, columns = int(reach / down) + 1, int(reach / across) + 1
    for row in range(-rows, rows + 1):
        for column in range(-columns, columns + 1):
            where = QRectF(0, 0, words.width() + 4, words.height() + 4)
            where.moveCenter(QRectF(column * across, row * down, 0, 0).center())
            painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
