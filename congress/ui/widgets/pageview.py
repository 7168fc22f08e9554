"""The fixed pages of a paper: below each other, one at a time, or as spreads; zoomed, turned."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from congress.docs.pdfium import Box
from congress.docs.places import Arrangement, Fit
from congress.ui.context import UiContext
from congress.ui.pagerender import PageForm, RenderWorker
from congress.ui.widgets.pagelayout import GAP, PageLayout
from congress.ui.widgets.sheetview import SheetView
from congress.ui.widgets.textplaces import column_at
from congress.ui.widgets.watermark import Watermark

SMALLEST, LARGEST = 0.1, 6.4
"""Limits of the zoom."""
COMFORT = 1.25
"""The largest zoom at which a paper opens by itself."""
STEP = 1.2
"""What one press of "larger" multiplies the zoom with."""
_SAME_ZOOM = 0.02
_CLOSEST = 3.0
"""A column of text is never shown larger than this many times the page as wide as the view."""


class PageView(SheetView):
    """Shows the fixed pages of one paper."""

    def __init__(self, context: UiContext, mark: Watermark, parent: QWidget | None = None) -> None:
        """Begin without a paper; ``mark`` is written over every page."""
        self._layout = PageLayout((), 1.0, 1.0)
        self._fit = Fit.COMFORT
        super().__init__(context, mark, context.tr("reader.pages"), parent)

    def set_pages(
        self,
        sizes: Sequence[tuple[float, float]],
        worker: RenderWorker,
        texts: Sequence[str] = (),
        *,
        rtl: bool = False,
    ) -> None:
        """Show the pages of a paper.

        Args:
            sizes: Width and height of each page in points.
            worker: Draws them.
            texts: The stored text of each page.
            rtl: Whether the paper is read from right to left.
        """
        self.take_worker(worker, texts)
        self._layout = replace(
            self._layout,
            sizes=tuple(sizes),
            view_width=self.viewport().width(),
            view_height=self.viewport().height(),
            rtl=rtl,
            turns=0,
            front=0,
        )
        self.scroll_to(0)
        self.set_fit(Fit.COMFORT)
        self._note_front()

    # How the sheets lie

    @property
    def plan(self) -> PageLayout:
        """Where the pages lie."""
        return self._layout

    @property
    def sheet_count(self) -> int:
        """How many pages there are."""
        return len(self._layout.sizes)

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._layout.sizes)

    @property
    def has_pages(self) -> bool:
        """Whether boxes of this view are boxes on fixed pages."""
        return True

    @property
    def reads_from_right(self) -> bool:
        """Whether the paper is read from right to left."""
        return self._layout.rtl

    @property
    def one_at_a_time(self) -> bool:
        """Whether pages are turned rather than scrolled."""
        return self._layout.paged

    def sheet_of(self, page: int) -> int:
        """Return the sheet (from 0) on which a page (from 1) is."""
        return min(max(1, page), max(1, self.sheet_count)) - 1

    def page_in_front(self) -> int:
        """Return the page (from 1) that fills most of the view."""
        if self._layout.paged:
            return self._layout.front + 1
        return self._layout.page_at(self.top + self.viewport().height() / 3) + 1

    def form(self) -> PageForm:
        """How pages are drawn now."""
        scale = round(self._layout.scale * self.devicePixelRatioF(), 4)
        return PageForm(scale, self._layout.turns, self.look)

    def pixels(self, sheet: int) -> tuple[int, int]:
        """Return columns and rows of a drawn page, in pixels of the device."""
        return self.form().pixels(self._layout.sizes[sheet])

    # Moving

    def show_sheet(self, sheet: int) -> None:
        """Bring the top of a page to the top of the view."""
        if self._layout.paged and sheet != self._layout.front:
            self._change(front=sheet)
            self._apply_fit()
        if self._layout.paged:
            self.scroll_to(0)
        else:
            super().show_sheet(sheet)

    def turn(self, step: int) -> None:
        """Go on by ``step`` rows of pages."""
        if not self.sheet_count:
            return
        now = max(0, self.page - 1)
        goal = self._layout.step(now, step)
        if self._layout.row_of(goal) == self._layout.row_of(now):
            return
        self.go_to(goal + 1)
        if self._layout.paged and step < 0:
            self.scroll_to(self.verticalScrollBar().maximum())

    # Zoom

    @property
    def zoom(self) -> float:
        """The zoom; 1 is the size on paper."""
        return self._layout.zoom

    @property
    def fit(self) -> Fit:
        """What the zoom follows."""
        return self._fit

    def set_fit(self, fit: Fit) -> None:
        """Have the zoom follow the view."""
        self._fit = fit
        self._apply_fit()

    def _apply_fit(self) -> None:
        if not self.sheet_count:
            return
        page = min(max(0, self.page - 1), self.sheet_count - 1)
        if self._fit is Fit.COMFORT:
            self._zoom_to(min(COMFORT, self._layout.fitting_width(page)))
        elif self._fit is Fit.WIDTH:
            self._zoom_to(self._layout.fitting_width(page))
        elif self._fit is Fit.PAGE:
            self._zoom_to(self._layout.fitting_page(page, self.viewport().height()))
            self.scroll_to(0 if self._layout.paged else self._layout.place(page).y - GAP)
        else:
            self._zoom_to(self.zoom)

    def fit_width(self) -> None:
        """Make the page as wide as the view, and keep it so."""
        self.set_fit(Fit.WIDTH)

    def fit_page(self) -> None:
        """Make the whole page fit the view, and keep it so."""
        self.set_fit(Fit.PAGE)

    def fit_column(self, at: QPointF) -> None:
        """Make the column of text at a point as wide as the view, or go back."""
        sheet, x, _ = self.sheet_point(at)
        text = self.text_on(sheet)
        column = column_at(text, x) if text is not None and not self._layout.turns else None
        if column is None:
            goal = min(LARGEST, self._layout.fitting_width(sheet))
        else:
            most = _CLOSEST * self._layout.fitting_width(sheet)
            goal = min(LARGEST, most, self._layout.fitting_column(*column))
        if abs(goal - self.zoom) < _SAME_ZOOM * goal:
            self.set_fit(Fit.COMFORT)
            return
        self.set_zoom(goal, at)
        if column is not None:
            left, _, _, _ = self._layout.on_content(sheet, Box(column[0], 0, column[1], 1))
            self.set_left(left - GAP)

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Set the zoom; what lies at ``around`` in the view stays where it is."""
        self._fit = Fit.FREE
        self._zoom_to(zoom, around)

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self.set_zoom(self.zoom * STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self.set_zoom(self.zoom / STEP)

    def _zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        if self.sheet_count:
            self._change(around, zoom=min(max(SMALLEST, zoom), LARGEST))
            self.zoom_changed.emit(self.zoom)

    # Arrangement

    @property
    def arrangement(self) -> Arrangement:
        """How the pages lie."""
        return self._layout.arrangement

    @property
    def turns(self) -> int:
        """Quarter turns of the pages, clockwise."""
        return self._layout.turns

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Lay the pages in another way; the page in front stays in front."""
        page = self.page
        self._layout = replace(self._layout, arrangement=arrangement, front=max(0, page - 1))
        self._arranged(page)

    def set_turns(self, turns: int) -> None:
        """Turn every page by quarters, clockwise."""
        page = self.page
        self._layout = replace(self._layout, turns=turns % 4)
        self._arranged(page)

    def _arranged(self, page: int) -> None:
        self.set_ranges()
        self._apply_fit()
        self.go_to(page)
        self.refresh()

    def lay_out(self) -> None:
        """Keep the fit, or else the place in the paper."""
        if self.sheet_count:
            view = self.viewport()
            self._change(view_width=float(view.width()), view_height=float(view.height()))
            self._apply_fit()

    def _change(self, around: QPointF | None = None, **changes: float) -> None:
        """Change the layout; what lies at ``around`` in the view stays where it is."""
        at = around or QPointF(self.viewport().width() / 2, 0)
        before = self._layout
        x, y = self.left + at.x(), self.top + at.y()
        page = before.page_at(y, x)
        area = before.place(page)
        across, down = (x - area.x) / area.width, (y - area.y) / area.height
        self._layout = replace(before, **changes)  # type: ignore[arg-type]
        self.set_ranges()
        area = self._layout.place(page)
        with self.steady():
            self.scroll_to(area.y + down * area.height - at.y())
            self.set_left(area.x + across * area.width - at.x())
        self.refresh()
