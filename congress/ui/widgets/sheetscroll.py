"""A paper that scrolls: what of it is in sight, what is to be drawn, and where one reads.

Places are those of the stored text, so that a reading place means the same in every view.
"""

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPointF, QRectF, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from congress.docs.places import Look
from congress.ui.context import UiContext
from congress.ui.sheets import Drawing, Form, SheetText, SheetWorker, Wanted, bands
from congress.ui.widgets.pagelayers import Place
from congress.ui.widgets.sheetarea import LINE, SheetArea
from congress.ui.widgets.sheetimages import SheetImages
from congress.ui.widgets.textplaces import caret_box, nearest
from congress.ui.widgets.tickbar import TickBar

_ABOVE = 24
"""Pixels between the top of the view and a place gone to."""
_TEXTS_KEPT = 24
_REST_MS = 60


class SheetScroll(SheetArea):
    """Draws the sheets of one paper as they come into sight, and knows where one reads."""

    page_changed = Signal(int)
    """Another page (from 1) is in front."""
    zoom_changed = Signal(float)
    """The zoom."""

    def __init__(self, context: UiContext, name: str, parent: QWidget | None = None) -> None:
        """Begin without a paper; ``name`` is for screen readers."""
        super().__init__(context, name, parent)
        self.worker: SheetWorker | None = None
        self.images = SheetImages()
        self.look = Look.PAPER
        self._sheet_texts: OrderedDict[int, SheetText] = OrderedDict()
        self._goal: tuple[Place, float] | None = None
        self._asked: Place | None = None
        self._front = 0
        self.ticks = TickBar(context, self)
        self.ticks.set_share(self._share)
        self.setVerticalScrollBar(self.ticks)
        self._ask_later = QTimer(self, singleShot=True, interval=0)
        self._ask_later.timeout.connect(self._ask)
        self._place_later = QTimer(self, singleShot=True, interval=_REST_MS)
        self._place_later.timeout.connect(self._ask_for_texts)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)

    # What a view of its own says

    @abstractmethod
    def form(self) -> Form:
        """How sheets are drawn now."""

    @abstractmethod
    def pixels(self, sheet: int) -> tuple[int, int]:
        """Return columns and rows of a drawn sheet, in pixels of the device."""

    def shape(self) -> Hashable:
        """Return how sheets are laid out, where there is more than one way."""
        return None

    def learned(self, sheet: int, text: SheetText) -> None:
        """Take what the worker learned of a sheet."""

    # The paper

    def take_worker(self, worker: SheetWorker | None, texts: Sequence[str]) -> None:
        """Show what ``worker`` draws; ``texts`` is the stored text of each page."""
        self.worker = worker
        if worker is not None:
            worker.drawn.connect(self.take_drawing)
            worker.placed.connect(self._take_text)
        self.images.clear()
        self._sheet_texts.clear()
        self._goal, self._asked, self._front = None, None, 0
        self.texts = texts

    @property
    def page(self) -> int:
        """The page (from 1) in front; 0 while there is no paper."""
        return self._front

    def set_look(self, look: Look) -> None:
        """Show the paper in other colours."""
        if look is not self.look:
            self.look = look
            self.images.clear()
            self.refresh()

    def refresh(self) -> None:
        """Draw anew what is in sight."""
        self._ask_later.start()
        self.viewport().update()

    # Places

    def place(self) -> Place:
        """Return the place at the top of the view, or that was gone to last."""
        if not self._front:
            return Place(1, 0)
        if self._asked is not None:
            return self._asked
        for down in (_ABOVE, 4 * _ABOVE):
            sheet = self.plan.page_at(self.top + down)
            area = self.area_on_view(sheet)
            side = area.right() - 1 if self.reads_from_right else area.left() + 1
            found = self.place_at(QPointF(side, down))
            if found is not None:
                return found
        return Place(self._front, 0)

    def place_at(self, at: QPointF) -> Place | None:
        """Return the place in the text nearest to a point of the view, if it is known."""
        sheet, x, y = self.sheet_point(at)
        text = self.text_on(sheet)
        if text is None:
            self.need_text(sheet)
            return None
        return nearest(text, x, y)

    def go_to(self, page: int) -> None:
        """Bring the top of a page (from 1) to the top of the view."""
        self.go_to_place(Place(page, 0))

    def go_to_place(self, place: Place) -> None:
        """Bring a place to the top of the view, as soon as it is known where it stands."""
        if not self.sheet_count:
            return
        page = min(max(1, place.page), max(1, self.page_count))
        self.show_sheet(self.sheet_of(page))
        self.set_goal(Place(page, place.offset))
        self._note_front()
        self.refresh()

    def set_goal(self, place: Place, above: float = _ABOVE) -> None:
        """Have a place stand ``above`` pixels below the top of the view, now or once placed."""
        self._goal, self._asked = (place, above), place
        self._reach_goal()

    def reveal(self, place: Place) -> None:
        """Bring a place into view if it is not; leave the view alone if it is."""
        area = self.caret_area(place)
        view = self.viewport()
        if area is None:
            self.go_to_place(place)
            return
        self.forget_goal()
        if not LINE < area.top() < view.height() - 2 * LINE:
            self.scroll_to(self.top + area.top() - view.height() / 3)
        if not 0 < area.left() < view.width() - LINE:
            self.set_left(self.left + area.left() - view.width() / 3)

    def caret_area(self, place: Place, *, ending: bool = False) -> QRectF | None:
        """Return where in the view the caret at a place is, if that is known.

        With ``ending`` it belongs to the letter before it, as at the end of a selection.
        """
        sheet = self.sheet_of(place.page)
        for each in (sheet + 1, sheet - 1, sheet):
            # What runs over a page break is drawn as one, on one of the two sheets.
            text = self.text_on(each)
            placed = text.pages.get(place.page) if text is not None else None
            if text is None or placed is None:
                continue
            if each == sheet or any(placed.boxes[place.offset : place.offset + 1]):
                box = caret_box(text, place, ending=ending)
                return None if box is None else self.box_on_view(each, box)
        return None

    def forget_goal(self) -> None:
        """Stay here: whatever was still to be gone to."""
        self._goal = self._asked = None

    def show_sheet(self, sheet: int) -> None:
        """Bring the top of a sheet to the top of the view."""
        self.scroll_to(self.plan.place(sheet).y - 8)

    def _share(self, place: Place) -> float:
        if not self.sheet_count:
            return 0.0
        area = self.plan.place(self.sheet_of(place.page))
        text = self.texts[place.page - 1] if place.page <= len(self.texts) else ""
        down = place.offset / max(1, len(text)) * area.height
        return (area.y + down) / max(1.0, self.plan.height)

    def _reach_goal(self) -> None:
        """Go to the goal exactly, if its letters are placed by now."""
        if self._goal is None:
            return
        place, above = self._goal
        sheet = self.sheet_of(place.page)
        text = self.text_on(sheet)
        if text is None:
            self.need_text(sheet)
            return
        self._goal = None
        if place.offset or len(text.pages) > 1 or above != _ABOVE:
            box = caret_box(text, place)
            if box is not None:
                self.scroll_to(self.top + self.box_on_view(sheet, box).top() - above)

    # Text on sheets

    def text_on(self, sheet: int) -> SheetText | None:
        """Return the placed text of a sheet, if it is known."""
        if sheet in self._sheet_texts:
            self._sheet_texts.move_to_end(sheet)
        return self._sheet_texts.get(sheet)

    def need_text(self, sheet: int) -> None:
        """Have the text of a sheet placed first."""
        if self.worker is not None:
            missing = [at for at in self.in_sight() if at not in self._sheet_texts]
            self.worker.place([sheet, *(at for at in missing if at != sheet)])

    def texts_in_sight(self) -> list[SheetText]:
        """Return the placed texts of the sheets in sight, as far as they are known."""
        found = (self.text_on(sheet) for sheet in self.in_sight())
        return [text for text in found if text is not None]

    def _take_text(self, sheet: int, text: SheetText) -> None:
        if text.shape != self.shape():
            return
        self._sheet_texts[sheet] = text
        while len(self._sheet_texts) > _TEXTS_KEPT:
            self._sheet_texts.popitem(last=False)
        self.learned(sheet, text)
        self._reach_goal()
        self._note_front()
        self.viewport().update()

    def forget_texts(self) -> None:
        """Forget where text is placed: the sheets are laid out anew."""
        self._sheet_texts.clear()

    # Scrolling

    def scroll_by(self, dx: float, dy: float) -> None:
        """Scroll the content; at its ends it stands."""
        self.forget_goal()
        super().scroll_by(dx, dy)

    def set_ranges(self) -> None:
        """Fit the scroll bars to the plan."""
        super().set_ranges()
        self.ticks.stale()

    def _scrolled(self) -> None:
        if not self._steady:
            self.forget_goal()
        self._note_front()
        self.refresh()

    def _note_front(self) -> None:
        page = self._page_now() if self.sheet_count else 0
        if page != self._front:
            self._front = page
            if page:
                self.page_changed.emit(page)

    def _page_now(self) -> int:
        return self._asked.page if self._asked is not None else self.page_in_front()

    # Drawing

    def wanted(self, sheet: int) -> list[Wanted]:
        """Return the drawings of which a sheet is made up."""
        form = self.form()
        return [Wanted(sheet, form, at) for at in range(len(bands(*self.pixels(sheet))))]

    def _in_reach(self, sheet: int, above: float, below: float) -> list[Wanted]:
        area, (columns, rows) = self.plan.place(sheet), self.pixels(sheet)
        form = self.form()
        found = []
        for at, (top, bottom) in enumerate(bands(columns, rows)):
            begin = area.y + area.height * top / rows
            end = area.y + area.height * bottom / rows
            if end >= above and begin <= below:
                found.append(Wanted(sheet, form, at))
        return found

    def _ask(self) -> None:
        if self.worker is None or not self.sheet_count:
            return
        top, high = self.top, self.viewport().height()
        seen = self.in_sight()
        wanted = [each for sheet in seen for each in self._in_reach(sheet, top, top + high)]
        near = [at for at in (seen.stop, seen.start - 1) if 0 <= at < self.sheet_count]
        for sheet in (*seen, *near):
            wanted += [
                each
                for each in self._in_reach(sheet, top - high, top + 2 * high)
                if each not in wanted
            ]
        self.worker.want([each for each in wanted if each not in self.images])
        # Where text stands is found out once the paper rests: it costs more than drawing.
        self._place_later.start()

    def _ask_for_texts(self) -> None:
        if self.worker is None or not self.sheet_count:
            return
        seen = self.in_sight()
        near = [at for at in (seen.stop, seen.start - 1) if 0 <= at < self.sheet_count]
        self.worker.place([at for at in (*seen, *near) if at not in self._sheet_texts])

    def take_drawing(self, drawing: Drawing) -> None:
        """Show a drawing, unless another form is shown by now."""
        if drawing.wanted.form == self.form():
            self.images.put(drawing)
            self.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what was drawn: it is drawn again when it is needed."""
        super().hideEvent(event)
        self.images.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what is in sight."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place in the paper."""
        super().resizeEvent(event)
        ratio, view = self.devicePixelRatioF(), self.viewport()
        self.images.make_room(round(view.width() * ratio), round(view.height() * ratio))
        self.lay_out()
