"""The flowing text of a paper in a readable measure, for any width and any eyes."""

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from congress.docs.flow import Flow
from congress.docs.places import Look
from congress.ui.context import UiContext
from congress.ui.flowrender import LINE_HEIGHT, SIDE, FlowForm, FlowWorker
from congress.ui.sheets import Drawing, SheetText, Wanted
from congress.ui.theme.tokens import SPACE_5, Type
from congress.ui.widgets.flowlayout import FlowLayout
from congress.ui.widgets.sheetview import SheetView
from congress.ui.widgets.watermark import Watermark

MEASURE = 720
"""The widest a line of text grows, in pixels at zoom 1."""
SMALLEST, LARGEST = 0.6, 3.0
STEP = 1.15
_LARGER = 1.4
"""The zoom that a double tap changes to and back from."""
_LETTER = {"en": 0.52, "vi": 0.5, "ur": 0.36}
"""Guessed width of a letter in em."""
_LINE = {"en": 1.27, "vi": 1.27, "ur": 2.5}
"""Height of a line of the font in em."""


class TextView(SheetView):
    """Shows the text of one paper, section by section."""

    def __init__(self, context: UiContext, mark: Watermark, parent: QWidget | None = None) -> None:
        """Begin empty; ``mark`` is written over the text."""
        self._flow = Flow(())
        self._lang = context.tr.lang
        self._zoom = 1.0
        self._heights: dict[int, float] = {}
        self._sure: set[int] = set()
        self._firsts: list[int] = []
        self._letters: tuple[int, ...] = ()
        self._plan = FlowLayout((), {}, 1.0, MEASURE, MEASURE)
        super().__init__(context, mark, context.tr("reader.text"), parent)

    def set_flow(self, flow: Flow, worker: FlowWorker, texts: Sequence[str], lang: str) -> None:
        """Show a text.

        Args:
            flow: Its sections.
            worker: Lays them out and draws them.
            texts: The stored text of each page.
            lang: The language it is written in.
        """
        self._flow, self._lang = flow, lang
        self._heights, self._sure = {}, set()
        self._firsts = [section.pages.start for section in flow.sections]
        self._letters = tuple(
            sum(len(texts[page - 1]) for page in section.pages if page <= len(texts))
            for section in flow.sections
        )
        self.take_worker(worker, texts)
        self._plan_anew()
        self.scroll_to(0)
        self._note_front()
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._flow, self._letters, self._firsts = Flow(()), (), []
        self._heights, self._sure = {}, set()
        self.take_worker(None, ())
        self._plan_anew()

    # How the sheets lie

    @property
    def plan(self) -> FlowLayout:
        """Where the sections lie."""
        return self._plan

    @property
    def sheet_count(self) -> int:
        """How many sections there are."""
        return len(self._flow.sections)

    @property
    def reads_from_right(self) -> bool:
        """Whether the text is read from right to left."""
        return self._lang == "ur"

    def sheet_of(self, page: int) -> int:
        """Return the section (from 0) in which a page (from 1) is."""
        return max(0, bisect_right(self._firsts, page) - 1)

    def page_in_front(self) -> int:
        """Return the page (from 1) at the top of the view."""
        sheet = self._plan.page_at(self.top + SPACE_5)
        pages = self._flow.sections[sheet].pages
        if len(pages) > 1 and self.text_on(sheet) is not None:
            return self.place().page
        return pages.start

    def form(self) -> FlowForm:
        """How sections are drawn now."""
        return FlowForm(self._measure(), self._zoom, self.devicePixelRatioF(), self.look)

    def shape(self) -> tuple[int, float]:
        """Return how sections are laid out."""
        return self.form().shape

    def pixels(self, sheet: int) -> tuple[int, int]:
        """Return columns and rows of a drawn section, in pixels of the device."""
        ratio = self.devicePixelRatioF()
        columns = round((self._measure() + 2 * SIDE) * ratio)
        return columns, max(1, round(self._heights.get(sheet, 1.0) * ratio))

    def _in_reach(self, sheet: int, above: float, below: float) -> list[Wanted]:
        if sheet in self._sure:
            return super()._in_reach(sheet, above, below)
        # Its first band tells how high it is.
        return [Wanted(sheet, self.form(), 0)]

    def _measure(self) -> int:
        widest = self.context.theme.px(MEASURE * self._zoom**0.5)
        room = self.viewport().width() - 2 * SPACE_5 - 2 * SIDE
        return max(160, min(widest, room))

    def _plan_anew(self) -> None:
        em = self.context.theme.px(Type.READING.pixels) * self._zoom
        line = em * _LINE[self._lang] * LINE_HEIGHT[self._lang] / 100
        view = self.viewport()
        self._plan = FlowLayout(
            self._letters,
            self._heights,
            em * _LETTER[self._lang] * line / self._measure(),
            self._measure() + 2 * SIDE,
            view.width(),
            view.height(),
            self._zoom,
        )
        if isinstance(self.worker, FlowWorker):
            self.worker.set_form(self.form())
        self.set_ranges()

    def learned(self, sheet: int, text: SheetText) -> None:
        """Give a section its true height."""
        super().learned(sheet, text)
        self._grow(sheet, text.height)

    def take_drawing(self, drawing: Drawing) -> None:
        """Show a drawing, and give its section its true height."""
        super().take_drawing(drawing)
        if drawing.wanted.form == self.form():
            self._grow(drawing.wanted.sheet, drawing.height)

    def _grow(self, sheet: int, height: float) -> None:
        """Give a section its true height; what is read does not move."""
        before = self._plan.place(sheet)
        if sheet in self._sure and before.height == height:
            return
        under = self._plan.page_at(self.top)
        into = self.top - self._plan.place(under).y
        share = into / max(1.0, before.height) if under == sheet else 0.0
        self._heights[sheet] = height
        self._sure.add(sheet)
        self._plan_anew()
        into = share * height if under == sheet and into > 0 else into
        self.scroll_to(self._plan.place(under).y + into)
        self.refresh()

    def lay_out(self) -> None:
        """Keep the measure in the middle."""
        if not self.sheet_count:
            return
        if self._measure() + 2 * SIDE == round(self._plan.measure):
            self._plan_anew()
            self.refresh()
        else:
            self._relayed(self._zoom, None)

    # Zoom

    @property
    def zoom(self) -> float:
        """How many times larger than usual the letters are."""
        return self._zoom

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Make the letters larger or smaller; the place in the text is kept."""
        zoom = min(max(SMALLEST, zoom), LARGEST)
        if zoom != self._zoom:
            self._relayed(zoom, around)
            self.zoom_changed.emit(zoom)

    def _relayed(self, zoom: float, around: QPointF | None) -> None:
        place, above = self.place(), None
        if around is not None and (found := self.place_at(around)) is not None:
            place, area = found, self.caret_area(found)
            above = area.top() if area is not None else None
        before = self._zoom**2 / max(1.0, self._plan.measure)
        self._zoom = zoom
        after = zoom**2 / max(1.0, self._measure() + 2 * SIDE)
        self._heights = {at: high * after / before for at, high in self._heights.items()}
        self._sure = set()
        self.forget_texts()
        self._plan_anew()
        if self.sheet_count:
            if above is None:
                self.go_to_place(place)
            else:
                self.set_goal(place, above)
        self.refresh()

    def zoom_in(self) -> None:
        """Make the letters larger."""
        self.set_zoom(self._zoom * STEP)

    def zoom_out(self) -> None:
        """Make the letters smaller."""
        self.set_zoom(self._zoom / STEP)

    def fit_column(self, at: QPointF) -> None:
        """Make the letters larger, or as usual again: the column always fits."""
        self.set_zoom(1.0 if self._zoom != 1.0 else _LARGER, at)

    def turn(self, step: int) -> None:
        """Go on by almost a view."""
        self.forget_goal()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    def set_look(self, look: Look) -> None:
        """Show the text in other colours."""
        super().set_look(look)
        if isinstance(self.worker, FlowWorker):
            self.worker.set_form(self.form())
