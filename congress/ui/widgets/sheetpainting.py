"""Draws what is in sight of a paper: sheets, marks, the selection, layers, the watermark."""

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from congress.docs.pdfium import Box
from congress.docs.places import Look
from congress.ui.looks import around, palette
from congress.ui.sheets import SheetText
from congress.ui.widgets.pagelayers import MarkStyle, Place, TextMark
from congress.ui.widgets.textplaces import boxes_between, caret_box

if TYPE_CHECKING:
    from congress.ui.widgets.sheetview import SheetView

_LINE = 0.09
"""Thickness of an underline, as a share of the height of its line."""
_STRENGTH, _NIGHT_STRENGTH = 150, 110
"""Opacity of a mark over text, of 255."""
HANDLE = 11
"""Radius of a handle of the selection in pixels; its target is 44 pixels wide."""

Marked = list[tuple[str, TextMark, tuple[Box, ...]]]


class SheetPainting:
    """Draws for one view, and knows where on its sheets the marks are."""

    def __init__(self, view: "SheetView") -> None:
        """Draw for ``view``."""
        self._view = view
        self._by_page: dict[int, list[tuple[str, TextMark]]] = {}
        self._placed: dict[int, Marked] = {}
        self._sorted = False

    def marks_changed(self) -> None:
        """Find the places of the marks anew."""
        self._sorted = False
        self._placed.clear()

    def _sort(self) -> None:
        by_page: defaultdict[int, list[tuple[str, TextMark]]] = defaultdict(list)
        for owner, marks in self._view.marks.items():
            for mark in marks:
                for page in range(mark.start.page, mark.end.page + 1):
                    by_page[page].append((owner, mark))
        self._by_page, self._sorted = dict(by_page), True

    def marks_on(self, sheet: int) -> Marked:
        """Return owner, mark and boxes of each mark on a sheet."""
        if not self._sorted:
            self._sort()
        text = self._view.text_on(sheet)
        if text is None:
            return []
        if sheet not in self._placed:
            self._placed[sheet] = [
                (owner, mark, tuple(box for _, box in boxes_between(text, mark.start, mark.end)))
                for page in text.pages
                for owner, mark in self._by_page.get(page, ())
            ]
        return self._placed[sheet]

    def mark_at(self, sheet: int, x: float, y: float) -> tuple[str, str] | None:
        """Return owner and key of the mark at a point, the one drawn last before others."""
        for owner, mark, boxes in reversed(self.marks_on(sheet)):
            for box in boxes:
                if box.left <= x <= box.right and box.top <= y <= box.bottom:
                    return owner, mark.key
        return None

    def paint(self, painter: QPainter, dirty: QRect) -> None:
        """Draw the part ``dirty`` of the view."""
        view = self._view
        painter.fillRect(dirty, self._ground())
        if not view.sheet_count:
            return
        for sheet in view.in_sight():
            area = view.area_on_view(sheet)
            if not area.intersects(QRectF(dirty)):
                continue
            self._paint_sheet(painter, sheet, area)
            text = view.text_on(sheet)
            if text is not None:
                self._paint_marks(painter, sheet)
                self._paint_selection(painter, sheet, text)
            self._paint_layers(painter, sheet)
            if view.has_pages:
                self._paint_watermark(painter, area.toRect(), QPoint(0, 0))
                painter.setPen(self._edge())
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(area.adjusted(-1, -1, 0, 0))
        if not view.has_pages:
            self._paint_watermark(painter, dirty, dirty.topLeft() + QPoint(0, view.top))
        self._paint_handles(painter)

    def _ground(self) -> QColor:
        view = self._view
        if view.has_pages:
            return around(view.look, view.context.theme.palette)
        return QColor(palette(view.look).surface)

    def _edge(self) -> QColor:
        view = self._view
        if view.look is Look.PAPER:
            return view.context.theme.colour("line")
        return QColor(palette(view.look).line)

    def _paint_sheet(self, painter: QPainter, sheet: int, area: QRectF) -> None:
        view = self._view
        wanted = view.wanted(sheet)
        drawn = [view.images.get(each) for each in wanted]
        if not drawn or any(each is None for each in drawn):
            painter.fillRect(area, QColor(palette(view.look).surface))
            for old in view.images.stale(sheet):
                high = area.height() * (old.bottom - old.top)
                part = QRectF(area.x(), area.y() + area.height() * old.top, area.width(), high)
                painter.drawImage(part, old.image)
        ratio = view.devicePixelRatioF()
        for drawing in filter(None, drawn):
            y = area.y() + round(area.height() * drawing.top)
            image = drawing.image
            if image.devicePixelRatio() != ratio:
                image.setDevicePixelRatio(ratio)
            painter.drawImage(QPointF(area.x(), y), image)

    def _paint_marks(self, painter: QPainter, sheet: int) -> None:
        view = self._view
        night = view.look is Look.NIGHT
        mode = QPainter.CompositionMode
        for _, mark, boxes in self.marks_on(sheet):
            colour = QColor(mark.colour)
            if mark.style is MarkStyle.FILL:
                colour.setAlpha(_NIGHT_STRENGTH if night else _STRENGTH)
                painter.setCompositionMode(
                    mode.CompositionMode_Screen if night else mode.CompositionMode_Multiply
                )
                for box in boxes:
                    painter.fillRect(view.box_on_view(sheet, box).adjusted(-1, -1, 1, 1), colour)
                painter.setCompositionMode(mode.CompositionMode_SourceOver)
                continue
            for box in boxes:
                painter.fillRect(_stroke(view.box_on_view(sheet, box), mark.style), colour)

    def _paint_selection(self, painter: QPainter, sheet: int, text: SheetText) -> None:
        view, selecting = self._view, self._view.selecting
        if selecting.span is not None:
            colour = QColor(palette(view.look).note)
            colour.setAlpha(80)
            for _, box in boxes_between(text, *selecting.span):
                painter.fillRect(view.box_on_view(sheet, box), colour)
        if selecting.browsing and selecting.caret is not None:
            thin = caret_box(text, selecting.caret)
            if thin is not None:
                caret = view.box_on_view(sheet, thin)
                caret.setWidth(max(2.0, caret.width()))
                painter.fillRect(caret, QColor(palette(view.look).accent))
        if view.focus_link is not None and view.focus_link in text.links:
            painter.setPen(QPen(QColor(palette(view.look).accent), 2))
            painter.drawRect(view.box_on_view(sheet, view.focus_link.box).adjusted(-2, -2, 2, 2))

    def _paint_layers(self, painter: QPainter, sheet: int) -> None:
        view = self._view
        if view.has_pages:
            for layer in view.layers:
                painter.save()
                layer.paint(painter, sheet + 1, partial(view.box_on_view, sheet))
                painter.restore()

    def _paint_watermark(self, painter: QPainter, area: QRect, start: QPoint) -> None:
        view = self._view
        ink = QColor(palette(view.look).ink)
        view.mark.paint(painter, area, ink, view.devicePixelRatioF(), start)

    def _paint_handles(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in self.handles().values():
            painter.setBrush(QColor(palette(self._view.look).accent))
            painter.setPen(QPen(QColor(palette(self._view.look).surface), 2))
            painter.drawEllipse(at, HANDLE, HANDLE)

    def handles(self) -> dict[Place, QPointF]:
        """Return the ends of a selection made by touch, and where their handles hang."""
        view = self._view
        span = view.selecting.span
        if span is None or not view.touch.selected:
            return {}
        found = {}
        for place, ending in zip(span, (False, True), strict=True):
            area = view.caret_area(place, ending=ending)
            if area is not None:
                found[place] = QPointF(area.center().x(), area.bottom() + HANDLE)
        return found


def _stroke(area: QRectF, style: MarkStyle) -> QRectF:
    thick = max(1.5, area.height() * _LINE)
    y = area.bottom() - thick if style is MarkStyle.UNDERLINE else area.center().y() - thick / 2
    return QRectF(area.left(), y, area.width(), thick)
