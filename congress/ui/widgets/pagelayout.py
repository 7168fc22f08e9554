"""Where the pages of a paper lie: below each other, one at a time, or as spreads. Pure geometry.

All lengths are pixels of the view unless they are said to be points.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from congress.docs.pdfium import Box
from congress.docs.places import Arrangement

GAP = 16
"""Pixels between two pages, and around them."""
SPINE = 2
"""Pixels between the two pages of a spread."""
NORMAL = 96 / 72
"""Pixels per point at 100 %."""

Sizes = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Area:
    """A page's rectangle in the content of the view."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height


@lru_cache(maxsize=8)
def _rows(count: int, spreads: bool) -> tuple[range, ...]:
    if not spreads:
        return tuple(range(page, page + 1) for page in range(count))
    pairs = (range(page, min(page + 2, count)) for page in range(1, count, 2))
    return (range(1), *pairs) if count else ()


@dataclass(frozen=True)
class PageLayout:
    """The pages of a paper in rows, each row in the middle of the view.

    Attributes:
        sizes: Width and height of each page in points, as on paper.
        zoom: 1 for the size on paper.
        view_width: Width of the view.
        view_height: Height of the view; needed only where one row is shown at a time.
        arrangement: Below each other or one row at a time; single pages or spreads.
        turns: Quarter turns of every page, clockwise, 0 to 3.
        rtl: Whether the paper is read from right to left: then so are its spreads.
        front: The page (from 0) whose row is shown, where one is shown at a time.
    """

    sizes: Sizes
    zoom: float
    view_width: float
    view_height: float = 0.0
    arrangement: Arrangement = Arrangement.CONTINUOUS
    turns: int = 0
    rtl: bool = False
    front: int = 0
    _tops: tuple[float, ...] = field(init=False, repr=False)
    _widest: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Add up the heights."""
        flow = self._in_flow()
        object.__setattr__(self, "_widest", max(map(self._breadth, flow), default=0.0))
        heights = (max(self._shown(page)[1] for page in row) for row in flow)
        steps = (height * self.scale + GAP for height in heights)
        object.__setattr__(self, "_tops", tuple(accumulate(steps, initial=float(GAP))))

    @property
    def spreads(self) -> bool:
        """Whether two pages lie beside each other."""
        return self.arrangement in (Arrangement.SPREADS, Arrangement.SPREAD)

    @property
    def paged(self) -> bool:
        """Whether one row is shown at a time."""
        return self.arrangement in (Arrangement.SINGLE, Arrangement.SPREAD)

    @property
    def rows(self) -> tuple[range, ...]:
        """The pages (from 0) of each row."""
        return _rows(len(self.sizes), self.spreads)

    def _in_flow(self) -> Sequence[range]:
        if self.paged and self.sizes:
            return self.rows[self.row_of(self.front) :][:1]
        return self.rows

    def row_of(self, page: int) -> int:
        """Return the row in which a page lies."""
        return (page + 1) // 2 if self.spreads else page

    @property
    def scale(self) -> float:
        """Pixels per point."""
        return self.zoom * NORMAL

    def _shown(self, page: int) -> tuple[float, float]:
        """Return width and height of a page in points as it is turned."""
        width, height = self.sizes[page]
        return (height, width) if self.turns % 2 else (width, height)

    def _breadth(self, row: range) -> float:
        """Return the width in points that a row needs, the spine in its middle."""
        widths = [self._shown(page)[0] for page in row]
        return 2 * max(widths) if self.spreads else widths[0]

    @property
    def width(self) -> float:
        """Width of the content: the widest row in it with a gap on each side."""
        return max(self.view_width, self._widest * self.scale + 2 * GAP + self.spreads * SPINE)

    @property
    def height(self) -> float:
        """Height of the content."""
        return max(self._tops[-1], self.view_height) if self.paged else self._tops[-1]

    def place(self, page: int) -> Area:
        """Return where a page (from 0) lies; one that is not shown lies in its row's place."""
        width, height = (side * self.scale for side in self._shown(page))
        row = self.row_of(page)
        top, below = self._tops[:2] if self.paged else self._tops[row : row + 2]
        shift = (below - GAP - top - height) / 2
        if self.paged:
            shift += max(0.0, (self.view_height - self._tops[-1]) / 2)
        if not self.spreads:
            return Area((self.width - width) / 2, top + shift, width, height)
        # The first page lies where the second of a spread would, as in a bound book.
        before_spine = (page % 2 == 1) is not self.rtl
        spine = self.width / 2
        x = spine - SPINE / 2 - width if before_spine else spine + SPINE / 2
        return Area(x, top + shift, width, height)

    def page_at(self, y: float, x: float | None = None) -> int:
        """Return the page at a height, or the one above the gap there.

        Args:
            y: The height.
            x: Which side of a spread; by default the page that is read first.
        """
        rows = self._in_flow()
        if not rows:
            return 0
        row = rows[min(max(0, bisect_right(self._tops, y) - 1), len(rows) - 1)]
        if len(row) == 1 or x is None:
            return row[0]
        return row[0] if (x < self.width / 2) is not self.rtl else row[1]

    def visible(self, top: float, bottom: float) -> range:
        """Return the pages of which any part lies between two heights."""
        if not self.sizes:
            return range(0)
        first, last = self.page_at(top), self.page_at(bottom)
        return range(first, self.rows[self.row_of(last)].stop)

    def step(self, page: int, rows: int) -> int:
        """Return the first page of the row that lies ``rows`` further than that of ``page``."""
        if not self.sizes:
            return 0
        row = min(max(0, self.row_of(page) + rows), len(self.rows) - 1)
        return self.rows[row][0]

    # Points on a page

    def on_content(self, page: int, box: Box) -> tuple[float, float, float, float]:
        """Return left, top, width and height in the content of a box (points) on a page."""
        area, scale = self.place(page), self.scale
        ax, ay = self._turned(page, box.left, box.top)
        bx, by = self._turned(page, box.right, box.bottom)
        return (
            area.x + min(ax, bx) * scale,
            area.y + min(ay, by) * scale,
            abs(bx - ax) * scale,
            abs(by - ay) * scale,
        )

    def on_page(self, page: int, x: float, y: float) -> tuple[float, float]:
        """Return the point of a page, in points from its top left corner as on paper."""
        area, scale = self.place(page), self.scale
        across, down = (x - area.x) / scale, (y - area.y) / scale
        width, height = self.sizes[page]
        match self.turns % 4:
            case 1:
                return down, height - across
            case 2:
                return width - across, height - down
            case 3:
                return width - down, across
        return across, down

    def _turned(self, page: int, x: float, y: float) -> tuple[float, float]:
        width, height = self.sizes[page]
        match self.turns % 4:
            case 1:
                return height - y, x
            case 2:
                return width - x, height - y
            case 3:
                return y, width - x
        return x, y

    # Zooms that fit

    def fitting_width(self, page: int, *, margin: int = 2 * GAP) -> float:
        """Return the zoom at which the row of a page is as wide as the view."""
        points = self._breadth(self.rows[self.row_of(page)])
        room = self.view_width - margin - self.spreads * SPINE
        return max(1.0, room) / (points * NORMAL)

    def fitting_page(self, page: int, view_height: float) -> float:
        """Return the zoom at which the whole row of a page is in sight."""
        tallest = max(self._shown(each)[1] for each in self.rows[self.row_of(page)])
        tall = max(1.0, view_height - 2 * GAP) / (tallest * NORMAL)
        return min(tall, self.fitting_width(page))

    def fitting_column(self, left: float, right: float) -> float:
        """Return the zoom at which a column of text (in points) is as wide as the view."""
        return max(1.0, self.view_width - 2 * GAP) / (max(1.0, right - left) * NORMAL)
