"""Draws the fixed pages of one open PDF, and says where their stored text stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from congress.docs.alignment import carried
from congress.docs.pdfium import Pdf
from congress.docs.pdflinks import links
from congress.docs.places import Look
from congress.docs.text.pdf import placed_text
from congress.ui.looks import in_look
from congress.ui.sheets import Drawing, SheetText, SheetWorker, Wanted, bands, to_image


@dataclass(frozen=True, slots=True)
class PageForm:
    """How a fixed page is drawn.

    Attributes:
        scale: Pixels of the device per point.
        turns: Quarter turns, clockwise.
        look: In which colours.
    """

    scale: float
    turns: int = 0
    look: Look = Look.PAPER

    def pixels(self, size: tuple[float, float]) -> tuple[int, int]:
        """Return columns and rows of a page of this size in points."""
        width, height = size if self.turns % 2 == 0 else size[::-1]
        return max(1, round(width * self.scale)), max(1, round(height * self.scale))


class RenderWorker(SheetWorker):
    """Draws the pages of one PDF in a thread of its own."""

    def __init__(self, pdf: Pdf, texts: Sequence[str] = (), parent: QObject | None = None) -> None:
        """Start the thread; it takes over ``pdf`` and closes it at the end.

        Args:
            pdf: The paper.
            texts: The stored text of each page.
            parent: The Qt parent.
        """
        super().__init__("render", parent)
        self._pdf, self._texts = pdf, texts
        self.start()

    def _drawing(self, wanted: Wanted) -> Drawing | None:
        form, page = wanted.form, wanted.sheet
        if not isinstance(form, PageForm):
            return None
        columns, rows = form.pixels(self._pdf.size(page))
        cut = bands(columns, rows)
        if wanted.band >= len(cut):
            return None
        top, bottom = cut[wanted.band]
        pixels = self._pdf.render(page, form.scale, form.turns, (top, bottom))
        image = in_look(to_image(pixels), form.look)
        return Drawing(wanted, image, top / rows, bottom / rows)

    def _text(self, sheet: int) -> SheetText:
        drawn = placed_text(self._pdf, sheet)
        stored = self._texts[sheet] if sheet < len(self._texts) else drawn.text
        return SheetText({sheet + 1: carried(drawn, stored)}, links(self._pdf, sheet))

    def _end(self) -> None:
        self._pdf.close()
