"""A scroll bar that also shows where things are: hits of a search, notes."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from congress.ui.context import UiContext
from congress.ui.widgets.pagelayers import Place

_TICK = 3
_MOST = 4_000
"""Ticks beyond this many are left out evenly: no screen has so many rows."""


class TickBar(QScrollBar):
    """Marks places of a paper beside the handle."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        """Begin without marks."""
        super().__init__(parent)
        self._theme = context.theme
        self._share: Callable[[Place], float] = lambda _: 0.0
        self._places: Sequence[Place] = ()
        self._current: Place | None = None
        self._rows: list[int] | None = None

    def set_share(self, share: Callable[[Place], float]) -> None:
        """Have ``share`` tell how far down the paper a place is, 0 to 1."""
        self._share = share
        self.stale()

    def set_places(self, places: Sequence[Place], current: Place | None = None) -> None:
        """Mark places, ``current`` before the others."""
        if places is not self._places:
            self._places, self._rows = places, None
        self._current = current
        self.update()

    @property
    def places(self) -> Sequence[Place]:
        """The places that are marked."""
        return self._places

    def stale(self) -> None:
        """Reckon anew where the places are: the paper is laid out in another way."""
        self._rows = None
        if self._places:
            self.update()

    def rows(self) -> list[int]:
        """Return the heights at which there is a mark, in pixels of the bar."""
        if self._rows is None:
            step = max(1, len(self._places) // _MOST)
            chosen = self._places[::step]
            self._rows = sorted({self._row(place) for place in chosen})
        return self._rows

    def _row(self, place: Place) -> int:
        return round(min(max(0.0, self._share(place)), 1.0) * (self.height() - _TICK))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, then the marks over it."""
        super().paintEvent(event)
        if not self._places:
            return
        painter = QPainter(self)
        colour = self._theme.colour("caution")
        for row in self.rows():
            painter.fillRect(3, row, self.width() - 6, _TICK, colour)
        if self._current is not None:
            row = self._row(self._current)
            painter.fillRect(1, row - 1, self.width() - 2, _TICK + 2, self._theme.colour("accent"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reckon the heights anew."""
        super().resizeEvent(event)
        self._rows = None
