"""What a person has selected on the pages of a paper, in reading order. Without widgets."""

import math

from congress.docs.pdfium import Box
from congress.docs.text.pdf import PlacedText
from congress.ui.render import joined

_LINES_COUNT = 20
"""How many times more a point between two lines counts than one between two words."""

Point = tuple[int, float, float]
"""A page (from 0) and a place on it, in points from its top left corner."""


class Selection:
    """A stretch of text between two points, over any number of pages.

    The text of a page comes from the render worker when it is needed; until then the page
    counts as not selected.
    """

    def __init__(self) -> None:
        """Select nothing."""
        self._texts: dict[int, PlacedText] = {}
        self._from: Point | None = None
        self._to: Point | None = None

    def clear(self) -> None:
        """Select nothing, and forget the texts of the pages."""
        self._texts.clear()
        self._from = self._to = None

    def begin(self, page: int, x: float, y: float) -> None:
        """Begin at a point."""
        self._from = (page, x, y)
        self._to = None

    def extend(self, page: int, x: float, y: float) -> None:
        """Select up to a point."""
        self._to = (page, x, y)

    def take(self, page: int, placed: PlacedText) -> None:
        """Keep the text of a page."""
        self._texts[page] = placed

    def missing(self) -> list[int]:
        """Return the pages whose text is needed and not here."""
        return [page for page in self._pages() if page not in self._texts]

    def text(self) -> str:
        """Return the selected text."""
        parts = []
        for page in self._pages():
            if page in self._texts:
                start, end = self._span(page)
                parts.append(self._texts[page].text[start:end])
        return "\n".join(part.strip() for part in parts if part.strip())

    def boxes(self, page: int) -> tuple[Box, ...]:
        """Return what the selected text covers on a page, one box a line."""
        if page not in self._texts or page not in self._pages():
            return ()
        start, end = self._span(page)
        return joined([box for box in self._texts[page].boxes[start:end] if box is not None])

    def _ends(self) -> tuple[Point, Point] | None:
        if self._from is None or self._to is None:
            return None
        first, last = sorted((self._from, self._to), key=lambda point: point[0])
        return first, last

    def _pages(self) -> range:
        ends = self._ends()
        return range(ends[0][0], ends[1][0] + 1) if ends else range(0)

    def _span(self, page: int) -> tuple[int, int]:
        ends, placed = self._ends(), self._texts[page]
        if ends is None:
            return 0, 0
        first, last = (_nearest(placed, x, y) if at == page else None for at, x, y in ends)
        start = 0 if first is None else first
        end = len(placed.text) - 1 if last is None else last
        return min(start, end), max(start, end) + 1


def _nearest(placed: PlacedText, x: float, y: float) -> int:
    """Return the character drawn nearest to a place; one on the same line before any other."""

    def apart(at: int) -> float:
        box = placed.boxes[at]
        if box is None:
            return math.inf
        across = max(box.left - x, 0, x - box.right)
        down = max(box.top - y, 0, y - box.bottom)
        return across + _LINES_COUNT * down

    return min(range(len(placed.boxes)), key=apart, default=0)
