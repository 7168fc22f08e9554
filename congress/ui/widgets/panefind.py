"""What a search inside a paper found, marked in both of its views."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor

from congress.docs.places import Look
from congress.ui.context import UiContext
from congress.ui.controllers.reader_find import Found, ReaderFind
from congress.ui.looks import palette
from congress.ui.widgets.pagelayers import Place, TextMark
from congress.ui.widgets.sheetview import SheetView

FIND, FIND_CURRENT = "find", "find.current"
"""Owners of the marks."""


class PaneFind(QObject):
    """Shows the places found and goes from one to the next."""

    changed = Signal()
    """More places were found, another one is shown, or the search ended."""
    hit_shown = Signal(object, bool)
    """A ``Place`` to bring into view, and whether it may be far from here."""

    def __init__(self, context: UiContext, views: Sequence[SheetView], parent: QObject) -> None:
        """Mark what is found in ``views``."""
        super().__init__(parent)
        self._views = views
        self._search = ReaderFind(context, self)
        self._look = Look.PAPER
        self._from = 1
        self._waiting = False
        self.current: int | None = None
        self._search.found.connect(self._found_more)
        self._search.ended.connect(self._ended)

    @property
    def hits(self) -> Sequence[Found]:
        """The places found so far."""
        return self._search.hits

    @property
    def typed(self) -> str:
        """What is looked for."""
        return self._search.typed

    @property
    def going_on(self) -> bool:
        """Whether there may be more."""
        return self._search.going_on

    def look_for(self, typed: str, texts: Sequence[str], page: int) -> None:
        """Look for words in the text of each page; the first place from ``page`` on is shown."""
        self.current, self._from, self._waiting = None, page, True
        self._search.look_for(typed, texts)
        self._mark()
        self.changed.emit()

    def clear(self) -> None:
        """Forget what was looked for."""
        self._search.stop()
        self.current = None
        self._mark()
        self.changed.emit()

    def set_look(self, look: Look) -> None:
        """Mark in colours that suit a look."""
        self._look = look
        self._mark()

    def _found_more(self) -> None:
        self._mark()
        if self._waiting and self.hits[-1].end.page >= self._from:
            self._show_first()
        self.changed.emit()

    def _ended(self) -> None:
        if self._waiting and self.hits:
            self._show_first()
        self._waiting = False
        self.changed.emit()

    def _show_first(self) -> None:
        self._waiting = False
        self.current = self._search.nearest(Place(self._from, 0))
        self._show(far=False)

    def move(self, step: int) -> None:
        """Go to the next place found, or the one before."""
        count = len(self.hits)
        if not count:
            return
        before = -1 if step > 0 else 0
        self.show(((before if self.current is None else self.current) + step) % count)

    def show(self, number: int) -> None:
        """Go to a place that was found (from 0)."""
        far = self.current is None or abs(number - self.current) > 1
        self.current = number
        self._show(far=far)
        self.changed.emit()

    def _show(self, *, far: bool) -> None:
        self._mark_current()
        if self.current is not None:
            self.hit_shown.emit(self.hits[self.current].start, far)

    def _mark(self) -> None:
        colour = QColor(palette(self._look).caution)
        colour = colour.darker(190) if self._look is Look.NIGHT else colour.lighter(190)
        marks = [TextMark(str(at), hit.start, hit.end, colour) for at, hit in enumerate(self.hits)]
        for view in self._views:
            view.set_marks(FIND, marks)
        self._mark_current()

    def _mark_current(self) -> None:
        at = self.current if self.current is not None and self.current < len(self.hits) else None
        colour = QColor(palette(self._look).accent)
        colour = colour.darker(140) if self._look is Look.NIGHT else colour.lighter(180)
        current = None if at is None else self.hits[at]
        marks = [] if current is None else [TextMark("now", current.start, current.end, colour)]
        places = [hit.start for hit in self.hits]
        for view in self._views:
            view.set_marks(FIND_CURRENT, marks)
            view.set_ticks(places, None if current is None else current.start)
