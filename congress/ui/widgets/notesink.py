"""Ink on fixed pages: the pen, the eraser, and drawing what was drawn."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from congress.docs.notes.model import NoteColour, Stroke
from congress.docs.pdfium import Box
from congress.ui.widgets.notescolours import line

THIN, THICK = 1.4, 3.2
"""Widths of the pen in points."""
ERASER = 6.0
"""Radius of the eraser in points."""
_STEP = 0.7
"""Points of a stroke lie at least so many points of the page apart."""


def distance(stroke: Stroke, x: float, y: float) -> float:
    """Return how far a point of the page is from the edge of a stroke, in points; 0 on it."""
    points = stroke.points
    if len(points) == 1:
        nearest = math.hypot(points[0][0] - x, points[0][1] - y)
    else:
        nearest = min(_from_line(start, end, x, y) for start, end in pairwise(points))
    return max(0.0, nearest - stroke.width / 2)


def _from_line(start: tuple[float, float], end: tuple[float, float], x: float, y: float) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    share = 0.0
    if length:
        share = max(0.0, min(1.0, ((x - start[0]) * across + (y - start[1]) * down) / length))
    return math.hypot(start[0] + share * across - x, start[1] + share * down - y)


def _fine(x: float, y: float) -> tuple[float, float]:
    """Return a point as it is kept: to a hundredth."""
    return round(x, 2), round(y, 2)


def path_of(stroke: Stroke) -> QPainterPath:
    """Return a stroke as a smooth line in points of its page."""
    first, *rest = (QPointF(x, y) for x, y in stroke.points)
    path = QPainterPath(first)
    if not rest:
        path.lineTo(first + QPointF(0.01, 0))
        return path
    before = first
    for point in rest:
        path.quadTo(before, (before + point) / 2)
        before = point
    path.lineTo(before)
    return path


class Pen:
    """A tool that draws strokes, of one colour and width at a time."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(
        self, drawn: Callable[[int, Stroke], object], changed: Callable[[], object]
    ) -> None:
        """Begin with a thin pen.

        Args:
            drawn: Takes the page (from 1) and each finished stroke.
            changed: Called when ``under_way`` changed, to draw it.
        """
        self._drawn, self._changed = drawn, changed
        self.colour, self.width = NoteColour.BLUE, THIN
        self._page = 0
        self._points: list[tuple[float, float]] = []

    @property
    def under_way(self) -> tuple[int, Stroke] | None:
        """The page and the stroke that is being drawn."""
        if not self._points:
            return None
        return self._page, Stroke(self.colour, self.width, tuple(self._points))

    def press(self, page: int, x: float, y: float) -> None:
        """Begin a stroke."""
        self._page, self._points = page, [_fine(x, y)]
        self._changed()

    def move(self, page: int, x: float, y: float) -> None:
        """Draw on."""
        if self._points and math.dist(self._points[-1], (x, y)) >= _STEP:
            self._points.append(_fine(x, y))
            self._changed()

    def release(self, page: int, x: float, y: float) -> None:
        """End the stroke and give it out."""
        self.move(page, x, y)
        done = self.under_way
        self._points = []
        if done is not None:
            self._drawn(*done)

    def cancel(self) -> None:
        """Forget the stroke that is being drawn."""
        self._points = []
        self._changed()


class Eraser:
    """A tool that takes away the strokes it touches."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, touched: Callable[[int, float, float], object]) -> None:
        """Tell ``touched`` each page (from 1) and point that it passes."""
        self._touched = touched
        self._down = False

    def press(self, page: int, x: float, y: float) -> None:
        """Begin to erase."""
        self._down = True
        self._touched(page, x, y)

    def move(self, page: int, x: float, y: float) -> None:
        """Erase on."""
        if self._down:
            self._touched(page, x, y)

    def release(self, page: int, x: float, y: float) -> None:
        """End erasing."""
        self._down = False

    def cancel(self) -> None:
        """End erasing; what was erased can be taken back by undo."""
        self._down = False


class InkLayer:
    """Draws ink over fixed pages."""

    def __init__(self) -> None:
        """Begin without ink."""
        self.dark = False
        self.strokes: Mapping[int, Sequence[Stroke]] = {}
        self.pen: Pen | None = None

    def paint(self, painter: QPainter, page: int, on_view: Callable[[Box], QRectF]) -> None:
        """Draw the ink on a page (from 1)."""
        strokes = list(self.strokes.get(page, ()))
        under_way = self.pen.under_way if self.pen else None
        if under_way is not None and under_way[0] == page:
            strokes.append(under_way[1])
        if not strokes:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setTransform(_to_view(on_view), combine=True)
        for stroke in strokes:
            pen = QPen(line(stroke.colour, dark=self.dark), stroke.width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path_of(stroke), pen)


def _to_view(on_view: Callable[[Box], QRectF]) -> QTransform:
    """Return the way from points of a page to the view, turned pages included."""
    far = 1_000.0
    origin, right, down = (
        on_view(Box(x, y, x, y)).topLeft() for x, y in ((0.0, 0.0), (far, 0.0), (0.0, far))
    )
    across, along = (right - origin) / far, (down - origin) / far
    return QTransform(across.x(), across.y(), along.x(), along.y(), origin.x(), origin.y())
