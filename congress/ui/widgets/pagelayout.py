"""Where the pages of a paper lie below each other. Pure geometry, in pixels of the view."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

GAP = 16
"""Pixels between two pages, and around them."""
NORMAL = 96 / 72
"""Pixels per point at 100 %."""


@dataclass(frozen=True)
class Place:
    """A page's rectangle in the content of the view."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class PageLayout:
    """All pages below each other, each in the middle.

    Attributes:
        sizes: Width and height of each page in points.
        zoom: 1 for the size on paper.
        view_width: Width of the view in pixels.
    """

    sizes: Sequence[tuple[float, float]]
    zoom: float
    view_width: float
    _tops: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Add up the heights."""
        steps = (height * self.scale + GAP for _, height in self.sizes)
        object.__setattr__(self, "_tops", tuple(accumulate(steps, initial=float(GAP))))

    @property
    def scale(self) -> float:
        """Pixels per point."""
        return self.zoom * NORMAL

    @property
    def width(self) -> float:
        """Width of the content: the widest page with a gap on each side."""
        widest = max((width for width, _ in self.sizes), default=0.0)
        return max(self.view_width, widest * self.scale + 2 * GAP)

    @property
    def height(self) -> float:
        """Height of the content."""
        return self._tops[-1]

    def place(self, page: int) -> Place:
        """Return where a page (from 0) lies."""
        width, height = (side * self.scale for side in self.sizes[page])
        return Place((self.width - width) / 2, self._tops[page], width, height)

    def page_at(self, y: float) -> int:
        """Return the page at a height, or the one above the gap there."""
        at = bisect_right(self._tops, y) - 1
        return min(max(0, at), max(0, len(self.sizes) - 1))

    def visible(self, top: float, bottom: float) -> range:
        """Return the pages of which any part lies between two heights."""
        if not self.sizes:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)

    def fitting_width(self, page: int, *, margin: int = 2 * GAP) -> float:
        """Return the zoom at which a page is as wide as the view."""
        return max(1.0, self.view_width - margin) / (self.sizes[page][0] * NORMAL)

    def fitting_page(self, page: int, view_height: float) -> float:
        """Return the zoom at which a whole page is in sight."""
        tall = max(1.0, view_height - 2 * GAP) / (self.sizes[page][1] * NORMAL)
        return min(tall, self.fitting_width(page))
