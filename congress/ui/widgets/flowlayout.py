"""Where the sections of a flowing text lie. Pure geometry, in pixels of the view.

A section is laid out when it comes near; until then its height is guessed from the number of
its letters and from the sections that are known.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from congress.docs.pdfium import Box
from congress.ui.widgets.pagelayout import Area

TOP, BOTTOM = 40, 96
"""Pixels above the first section and below the last."""


@dataclass(frozen=True)
class FlowLayout:
    """All sections below each other, in a column in the middle.

    Attributes:
        letters: How many letters each section has.
        known: Heights of the sections that are laid out.
        per_letter: Guessed height of a section for each of its letters.
        measure: Width of the column.
        view_width: Width of the view.
        view_height: Height of the view.
        zoom: How much larger than usual the letters are.
    """

    letters: Sequence[int]
    known: Mapping[int, float]
    per_letter: float
    measure: float
    view_width: float
    view_height: float = 0.0
    zoom: float = 1.0
    _tops: tuple[float, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Add up the heights."""
        per_letter = self._per_letter()
        heights = (
            self.known.get(at, max(1.0, count * per_letter))
            for at, count in enumerate(self.letters)
        )
        object.__setattr__(self, "_tops", tuple(accumulate(heights, initial=float(TOP))))

    def _per_letter(self) -> float:
        count = sum(self.letters[at] for at in self.known if at < len(self.letters))
        return sum(self.known.values()) / count if count > 200 else self.per_letter

    @property
    def width(self) -> float:
        """Width of the content."""
        return max(self.view_width, self.measure)

    @property
    def height(self) -> float:
        """Height of the content."""
        return self._tops[-1] + BOTTOM

    def place(self, section: int) -> Area:
        """Return where a section (from 0) lies."""
        top, below = self._tops[section : section + 2]
        return Area((self.width - self.measure) / 2, top, self.measure, below - top)

    def page_at(self, y: float, x: float | None = None) -> int:
        """Return the section at a height."""
        last = max(0, len(self.letters) - 1)
        return min(max(0, bisect_right(self._tops, y) - 1), last)

    def visible(self, top: float, bottom: float) -> range:
        """Return the sections of which any part lies between two heights."""
        if not self.letters:
            return range(0)
        return range(self.page_at(top), self.page_at(bottom) + 1)

    def on_content(self, section: int, box: Box) -> tuple[float, float, float, float]:
        """Return left, top, width and height in the content of a box in a section."""
        area = self.place(section)
        return area.x + box.left, area.y + box.top, box.right - box.left, box.bottom - box.top

    def on_page(self, section: int, x: float, y: float) -> tuple[float, float]:
        """Return the point of a section from its top left corner."""
        area = self.place(section)
        return x - area.x, y - area.y
