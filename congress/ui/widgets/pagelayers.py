"""What other parts of the program put on the pages of a paper, and learn from them.

One text model for both views: the text of a page is that of its stored ``PageText``, whether
it is seen as a fixed page or as flowing text. A ``Place`` is therefore the same place in both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from congress.docs.pdfium import Box


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the text of a paper, between two characters.

    Attributes:
        page: Page number, from 1.
        offset: Position in that page's ``PageText.text``.
    """

    page: int
    offset: int


@dataclass(frozen=True, slots=True)
class Selected:
    """Text that a person selected.

    Attributes:
        start: Where it begins.
        end: Where it ends; not before ``start``.
        text: The characters of the stored text between them; pages are parted by a newline.
        boxes: What it covers on fixed pages: page number (from 1) and a box for each line. In
            the flowing text there are no boxes, nor for pages that are not in sight.
    """

    start: Place
    end: Place
    text: str
    boxes: tuple[tuple[int, Box], ...] = ()


class MarkStyle(StrEnum):
    """How a stretch of text is marked."""

    FILL = "fill"
    UNDERLINE = "underline"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class TextMark:
    """A stretch of text that is marked in both views.

    Attributes:
        key: Names the mark for who owns it.
        start: Where it begins.
        end: Where it ends.
        colour: Its colour; ``FILL`` is laid over the text so that it stays readable.
        style: How it is marked.
    """

    key: str
    start: Place
    end: Place
    colour: QColor
    style: MarkStyle = MarkStyle.FILL


class PageLayer(Protocol):
    """Something drawn over the fixed pages: ink, the signs of notes."""

    def paint(self, painter: QPainter, page: int, on_view: Callable[[Box], QRectF]) -> None:
        """Draw what belongs on a page.

        Args:
            painter: Paints the view; its state is kept and restored around the call.
            page: Page number, from 1.
            on_view: Where a box of the page (points from its top left corner) lies in the
                view, zoom and rotation taken into account.
        """
        ...


@runtime_checkable
class TouchableLayer(Protocol):
    """A layer of which parts can be tapped or clicked."""

    def tapped(self, page: int, x: float, y: float) -> bool:
        """Take a tap at a point of a page (in points); return whether it hit something."""
        ...


class PageTool(Protocol):
    """What the pointer does on the fixed pages instead of selecting text, as an ink pen.

    One finger, the pen or the mouse works the tool; two fingers still scroll and zoom. A
    stroke stays on the page on which it began, so coordinates may lie beyond its edges.
    """

    cursor: Qt.CursorShape

    def press(self, page: int, x: float, y: float) -> None:
        """Begin at a point: page number (from 1), points from the page's top left corner."""
        ...

    def move(self, page: int, x: float, y: float) -> None:
        """Go on to a point."""
        ...

    def release(self, page: int, x: float, y: float) -> None:
        """End at a point."""
        ...

    def cancel(self) -> None:
        """Forget what was begun: a second finger came down, or Escape was pressed."""
        ...
