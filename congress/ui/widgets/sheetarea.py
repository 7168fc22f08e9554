"""The ground of a view that scrolls: where its sheets lie, and points between them and the view.

A sheet is a fixed page, or a section of flowing text. A plan says where the sheets lie.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from congress.docs.pdfium import Box
from congress.ui.context import UiContext
from congress.ui.widgets.pagelayout import Area

LINE = 60
"""Pixels that a line of the wheel or an arrow key scrolls."""


class Plan(Protocol):
    """Where the sheets lie, in pixels of the content."""

    @property
    def width(self) -> float:
        """Width of the content."""
        ...

    @property
    def height(self) -> float:
        """Height of the content."""
        ...

    def place(self, page: int, /) -> Area:
        """Return where a sheet (from 0) lies."""
        ...

    def page_at(self, y: float, x: float | None = None) -> int:
        """Return the sheet at a point."""
        ...

    def visible(self, top: float, bottom: float) -> range:
        """Return the sheets between two heights."""
        ...

    def on_content(self, page: int, box: Box, /) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a box on a sheet."""
        ...

    def on_page(self, page: int, x: float, y: float, /) -> tuple[float, float]:
        """Return the point of a sheet at a point of the content."""
        ...


class SheetArea(QAbstractScrollArea):
    """Scrolls over sheets that subclasses lay out."""

    def __init__(self, context: UiContext, name: str, parent: QWidget | None = None) -> None:
        """Begin without a paper; ``name`` is for screen readers."""
        super().__init__(parent)
        self.context = context
        self.texts: Sequence[str] = ()
        self._steady = False
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # What a view of its own says

    @property
    @abstractmethod
    def plan(self) -> Plan:
        """Where the sheets lie."""

    @abstractmethod
    def sheet_of(self, page: int) -> int:
        """Return the sheet (from 0) on which a page (from 1) is."""

    @property
    @abstractmethod
    def sheet_count(self) -> int:
        """How many sheets there are."""

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self.texts)

    @property
    def has_pages(self) -> bool:
        """Whether boxes of this view are boxes on fixed pages."""
        return False

    @abstractmethod
    def page_in_front(self) -> int:
        """Return the page (from 1) that fills most of the view."""

    @abstractmethod
    def lay_out(self) -> None:
        """Lay out for the present size of the view, and keep the place."""

    @property
    def one_at_a_time(self) -> bool:
        """Whether pages are turned rather than scrolled."""
        return False

    @property
    def reads_from_right(self) -> bool:
        """Whether the paper is read from right to left."""
        return self.context.theme.rtl

    # Points

    @property
    def top(self) -> int:
        """How far the content is scrolled down."""
        return self.verticalScrollBar().value()

    @property
    def left(self) -> int:
        """How far the content is scrolled to its right end."""
        bar = self.horizontalScrollBar()
        # Qt turns the bar round in a right-to-left layout, and counts from the right.
        return bar.maximum() - bar.value() if self.isRightToLeft() else bar.value()

    def set_left(self, left: float) -> None:
        """Scroll so that ``left`` of the content is at the left edge."""
        bar = self.horizontalScrollBar()
        value = round(left)
        bar.setValue(bar.maximum() - value if self.isRightToLeft() else value)

    def in_sight(self) -> range:
        """Return the sheets of which any part is in sight."""
        return self.plan.visible(self.top, self.top + self.viewport().height())

    def sheet_point(self, at: QPointF) -> tuple[int, float, float]:
        """Return the sheet at a point of the view, and the point on it in its own lengths."""
        x, y = self.left + at.x(), self.top + at.y()
        sheet = self.plan.page_at(y, x)
        return (sheet, *self.plan.on_page(sheet, x, y)) if self.sheet_count else (0, 0.0, 0.0)

    def point_on(self, sheet: int, at: QPointF) -> tuple[float, float]:
        """Return a point of the view in the lengths of a sheet, on it or beside it."""
        return self.plan.on_page(sheet, self.left + at.x(), self.top + at.y())

    def box_on_view(self, sheet: int, box: Box) -> QRectF:
        """Return where in the view a box of a sheet is."""
        x, y, width, height = self.plan.on_content(sheet, box)
        return QRectF(x - self.left, y - self.top, width, height)

    def area_on_view(self, sheet: int) -> QRectF:
        """Return where in the view a sheet is, on whole pixels."""
        area = self.plan.place(sheet)
        x, y = round(area.x - self.left), round(area.y - self.top)
        return QRectF(x, y, round(area.width), round(area.height))

    def scroll_by(self, dx: float, dy: float) -> None:
        """Scroll the content; at its ends it stands."""
        self.set_left(self.left + dx)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(dy))

    def set_ranges(self) -> None:
        """Fit the scroll bars to the plan."""
        with self.steady():
            self._set_ranges()

    def _set_ranges(self) -> None:
        view, plan = self.viewport(), self.plan
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, round(plan.height) - view.height()))
        vertical.setPageStep(max(1, view.height() - LINE))
        vertical.setSingleStep(LINE)
        horizontal.setRange(0, max(0, round(plan.width) - view.width()))
        horizontal.setPageStep(view.width())
        horizontal.setSingleStep(LINE)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Keep what is to be gone to while the view itself scrolls."""
        before, self._steady = self._steady, True
        try:
            yield
        finally:
            self._steady = before

    def scroll_to(self, top: float) -> None:
        """Scroll to a height of the content; what is to be gone to stays so."""
        with self.steady():
            self.verticalScrollBar().setValue(round(top))
