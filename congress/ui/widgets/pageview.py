"""The fixed pages of a paper: scrolled, zoomed, marked. Draws only what is in sight."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QGestureEvent, QPinchGesture, QScroller, QWidget

from congress.docs.pdfium import Box
from congress.docs.text.pdf import PlacedText
from congress.ui.context import UiContext
from congress.ui.render import Drawing, RenderWorker, Wanted
from congress.ui.theme.tokens import DARK
from congress.ui.widgets.pageimages import PageImages, nightly
from congress.ui.widgets.pagelayers import PageLayer, PageTool
from congress.ui.widgets.pagelayout import PageLayout
from congress.ui.widgets.selection import Selection
from congress.ui.widgets.watermark import Watermark

SMALLEST, LARGEST = 0.25, 5.0
"""Limits of the zoom."""
COMFORT = 1.25
"""The largest zoom at which a paper opens by itself."""
STEP = 1.2
"""What one press of "larger" multiplies the zoom with."""
_LINE = 60
_ACROSS = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_AHEAD = 1
"""Pages drawn before and after those in sight."""


class PageView(QAbstractScrollArea):
    """Shows the pages of one paper below each other."""

    page_changed = Signal(int)
    """Another page (from 1) fills most of the view."""
    copied = Signal()
    """Selected text was put on the clipboard."""
    zoom_changed = Signal(float)
    """The zoom; 1 is the size on paper."""
    selection_changed = Signal(object)
    """What is selected (``Selected``), or ``None``."""
    mark_activated = Signal(str, str)
    """The owner and the key of a mark that was tapped or clicked."""

    def __init__(self, context: UiContext, mark: Watermark, parent: QWidget | None = None) -> None:
        """Begin without a paper; ``mark`` is written over every page."""
        super().__init__(parent)
        self._context, self._mark = context, mark
        self._worker: RenderWorker | None = None
        self._layout = PageLayout((), 1.0, 1.0)
        self._images = PageImages()
        self._hits: Mapping[int, Sequence[Sequence[Box]]] = {}
        self._current_hit: tuple[int, int] | None = None
        self._fit = "comfort"
        self._page = 0
        self.night = False
        self.selection = Selection()
        self._selecting = False
        self._layers: list[PageLayer] = []
        self._tool: PageTool | None = None
        self._tool_page = 0
        self.setFrameShape(self.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(context.tr("reader.pages"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._ask_later = QTimer(self, singleShot=True, interval=0)
        self._ask_later.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    # What is shown

    def set_pages(self, sizes: Sequence[tuple[float, float]], worker: RenderWorker) -> None:
        """Show pages of these sizes (in points), drawn by ``worker``."""
        self._worker = worker
        worker.drawn.connect(self._take)
        worker.placed.connect(self._take_text)
        self._images.clear()
        self.selection.clear()
        self._layout = PageLayout(tuple(sizes), 1.0, self.viewport().width())
        self._page = 0
        self.fit_comfortably()

    @property
    def page(self) -> int:
        """The page, from 1, that fills most of the view; 0 while there is none."""
        return self._page + 1 if self._layout.sizes else 0

    @property
    def zoom(self) -> float:
        """The zoom; 1 is the size on paper."""
        return self._layout.zoom

    def set_night(self, night: bool) -> None:
        """Show the pages with light letters on a dark ground, or as on paper."""
        if night is not self.night:
            self.night = night
            self._images.clear()
            self._ask()
            self.viewport().update()

    def set_hits(
        self,
        hits: Mapping[int, Sequence[Sequence[Box]]],
        current: tuple[int, int] | None = None,
    ) -> None:
        """Mark hits: for each page (from 0) the boxes of each; ``current`` is page and hit."""
        self._hits, self._current_hit = hits, current
        if current is not None:
            self._bring_into_view(current[0], hits[current[0]][current[1]])
        self.viewport().update()

    # What others add

    def add_layer(self, layer: PageLayer) -> None:
        """Have ``layer`` draw over every page in sight."""
        self._layers.append(layer)
        self.viewport().update()

    def set_tool(self, tool: PageTool | None) -> None:
        """Give the pointer to ``tool``; with ``None`` it selects text again."""
        if self._tool is not None:
            self._tool.cancel()
        self._tool = tool
        self._tool_page = 0
        cursor = Qt.CursorShape.IBeamCursor if tool is None else tool.cursor
        self.viewport().setCursor(cursor)

    # Moving

    def go_to(self, page: int) -> None:
        """Bring the top of a page (from 1) to the top of the view."""
        if self._layout.sizes:
            page = min(max(1, page), len(self._layout.sizes)) - 1
            self.verticalScrollBar().setValue(round(self._layout.place(page).y) - 8)
            self._note_page(page)

    def fit_comfortably(self) -> None:
        """Make the page as wide as the view, but not larger than is good to read."""
        self._fit = "comfort"
        if self._layout.sizes:
            self._zoom_to(min(COMFORT, self._layout.fitting_width(self._page)))

    def fit_width(self) -> None:
        """Make the page as wide as the view, and keep it so."""
        self._fit = "width"
        if self._layout.sizes:
            self._zoom_to(self._layout.fitting_width(self._page))

    def fit_page(self) -> None:
        """Make the whole page fit the view, and keep it so."""
        self._fit = "page"
        if self._layout.sizes:
            page = self._page
            self._zoom_to(self._layout.fitting_page(page, self.viewport().height()))
            self.go_to(page + 1)

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Set the zoom; what lies at ``around`` in the view stays where it is."""
        self._fit = ""
        self._zoom_to(zoom, around)

    def zoom_in(self) -> None:
        """Show the pages larger."""
        self.set_zoom(self.zoom * STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller."""
        self.set_zoom(self.zoom / STEP)

    def _zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        zoom = min(max(SMALLEST, zoom), LARGEST)
        at = around or QPointF(self.viewport().width() / 2, 0)
        before = self._layout
        page = before.page_at(self._top + at.y())
        place = before.place(page)
        across = (self._left + at.x() - place.x) / place.width
        down = (self._top + at.y() - place.y) / place.height
        self._layout = PageLayout(before.sizes, zoom, self.viewport().width())
        self._set_ranges()
        place = self._layout.place(page)
        self.verticalScrollBar().setValue(round(place.y + down * place.height - at.y()))
        self.horizontalScrollBar().setValue(round(place.x + across * place.width - at.x()))
        self._ask_later.start()
        self.viewport().update()
        self.zoom_changed.emit(zoom)

    @property
    def _top(self) -> int:
        return self.verticalScrollBar().value()

    @property
    def _left(self) -> int:
        return self.horizontalScrollBar().value()

    def _set_ranges(self) -> None:
        view = self.viewport()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, round(self._layout.height) - view.height()))
        vertical.setPageStep(max(1, view.height() - _LINE))
        vertical.setSingleStep(_LINE)
        horizontal.setRange(0, max(0, round(self._layout.width) - view.width()))
        horizontal.setPageStep(view.width())
        horizontal.setSingleStep(_LINE)

    def _scrolled(self) -> None:
        if self._layout.sizes:
            self._note_page(self._layout.page_at(self._top + self.viewport().height() / 3))
        self._ask_later.start()
        self.viewport().update()

    def _note_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page + 1)

    def _bring_into_view(self, page: int, boxes: Sequence[Box]) -> None:
        area = self._on_content(page, boxes[0])
        view = self.viewport()
        if not self._top + _LINE < area.top() < self._top + view.height() - 2 * _LINE:
            self.verticalScrollBar().setValue(round(area.top() - view.height() / 3))
        if not self._left < area.left() < self._left + view.width() - _LINE:
            self.horizontalScrollBar().setValue(round(area.left() - view.width() / 3))

    # Drawing

    def _wanted(self, page: int) -> Wanted:
        return Wanted(page, round(self._layout.scale * self.devicePixelRatioF(), 4))

    def _ask(self) -> None:
        if self._worker is None or not self._layout.sizes:
            return
        seen = self._layout.visible(self._top, self._top + self.viewport().height())
        last = len(self._layout.sizes) - 1
        near = [
            page
            for step in range(1, _AHEAD + 1)
            for page in (seen.stop - 1 + step, seen.start - step)
            if 0 <= page <= last
        ]
        wanted = [self._wanted(page) for page in (*seen, *near)]
        self._worker.want([each for each in wanted if each not in self._images])

    def _take(self, drawing: Drawing) -> None:
        if drawing.wanted != self._wanted(drawing.wanted.page):
            return
        image = nightly(drawing.image) if self.night else drawing.image
        self._images.put(drawing.wanted, image)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight; a page not drawn yet is blank, or as it was last drawn."""
        painter = QPainter(self.viewport())
        theme = self._context.theme
        painter.fillRect(event.rect(), theme.colour("sunken"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ink = QColor(Qt.GlobalColor.white if self.night else Qt.GlobalColor.black)
        for page in self._layout.visible(self._top, self._top + self.viewport().height()):
            area = self._on_view(page)
            if not area.intersects(event.rect()):
                continue
            image = self._images.get(self._wanted(page))
            if image is None:
                painter.fillRect(area, QColor(DARK.surface if self.night else "white"))
            else:
                painter.drawImage(area, image)
            self._paint_marks(painter, page)
            self._mark.paint(painter, area, ink, self.devicePixelRatioF())
            painter.setPen(theme.colour("line"))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))
        painter.end()

    def _paint_marks(self, painter: QPainter, page: int) -> None:
        theme = self._context.theme
        mode = QPainter.CompositionMode
        painter.setCompositionMode(mode.CompositionMode_SourceOver)
        for layer in self._layers:
            painter.save()
            layer.paint(painter, page + 1, partial(self._box_on_view, page))
            painter.restore()
        for at, boxes in enumerate(self._hits.get(page, ())):
            colour = theme.colour("accent" if self._current_hit == (page, at) else "caution")
            colour.setAlpha(110 if self._current_hit == (page, at) else 70)
            for box in boxes:
                painter.fillRect(self._box_on_view(page, box).adjusted(-1, -1, 1, 1), colour)
        colour = theme.colour("note")
        colour.setAlpha(80)
        for box in self.selection.boxes(page):
            painter.fillRect(self._box_on_view(page, box), colour)

    def _on_view(self, page: int) -> QRect:
        place = self._layout.place(page)
        shifted = QRectF(place.x - self._left, place.y - self._top, place.width, place.height)
        return shifted.toAlignedRect()

    def _on_content(self, page: int, box: Box) -> QRectF:
        place, scale = self._layout.place(page), self._layout.scale
        return QRectF(
            place.x + box.left * scale,
            place.y + box.top * scale,
            (box.right - box.left) * scale,
            (box.bottom - box.top) * scale,
        )

    def _box_on_view(self, page: int, box: Box) -> QRectF:
        return self._on_content(page, box).translated(-self._left, -self._top)

    # Selecting text

    def _take_text(self, page: int, placed: PlacedText) -> None:
        self.selection.take(page, placed)
        self.viewport().update()

    def _point_on_page(self, at: QPoint) -> tuple[int, float, float]:
        page = self._layout.page_at(self._top + at.y())
        place, scale = self._layout.place(page), self._layout.scale
        x = (self._left + at.x() - place.x) / scale
        y = (self._top + at.y() - place.y) / scale
        return page, x, y

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select text."""
        if event.button() is Qt.MouseButton.LeftButton and self._layout.sizes:
            if self._tool is not None:
                page, x, y = self._point_on_page(event.position().toPoint())
                self._tool_page = page + 1
                self._tool.press(page + 1, x, y)
                return
            self.selection.begin(*self._point_on_page(event.position().toPoint()))
            self._selecting = True
            self._need_text()
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to the pointer; scroll when it leaves the view."""
        if self._tool is not None and self._tool_page:
            self._tool.move(*self._point_for_tool(event))
            return
        if not self._selecting:
            return
        at = event.position().toPoint()
        if at.y() < 0 or at.y() > self.viewport().height():
            step = _LINE // 3 if at.y() > 0 else -_LINE // 3
            self.verticalScrollBar().setValue(self._top + step)
        self.selection.extend(*self._point_on_page(at))
        self._need_text()
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End selecting."""
        if self._tool is not None and self._tool_page:
            self._tool.release(*self._point_for_tool(event))
            self._tool_page = 0
        self._selecting = False

    def _point_for_tool(self, event: QMouseEvent) -> tuple[int, float, float]:
        place, scale = self._layout.place(self._tool_page - 1), self._layout.scale
        x = (self._left + event.position().x() - place.x) / scale
        y = (self._top + event.position().y() - place.y) / scale
        return self._tool_page, x, y

    def _need_text(self) -> None:
        if self._worker is not None:
            for page in self.selection.missing():
                self._worker.place(page)

    def copy(self) -> str:
        """Put the selected text on the clipboard and return it."""
        text = self.selection.text()
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit()
        return text

    # Keys, wheel and touch

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll and turn pages."""
        bar = self.verticalScrollBar()
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif key == Qt.Key.Key_Space:
            bar.setValue(self._top + (-bar.pageStep() if back else bar.pageStep()))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go_to(1 if key == Qt.Key.Key_Home else len(self._layout.sizes))
        elif (
            key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self.horizontalScrollBar().maximum()
        ):
            forward = (key == Qt.Key.Key_Right) is not self._context.theme.rtl
            self.go_to(self.page + (1 if forward else -1))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, zoom around the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._layout.sizes:
            turns = event.angleDelta().y() / 120
            self.set_zoom(self.zoom * STEP**turns, event.position())
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by pinching, around the middle between the fingers."""
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture) and self._layout.sizes:
                middle = self.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
                self.set_zoom(self.zoom * pinch.scaleFactor(), QPointF(middle))
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the fit, or else the place in the paper."""
        super().resizeEvent(event)
        if not self._layout.sizes:
            return
        if self._fit in ("width", "comfort"):
            most = COMFORT if self._fit == "comfort" else LARGEST
            self._zoom_to(min(most, self._layout_for_width().fitting_width(self._page)))
        elif self._fit == "page":
            self._layout = self._layout_for_width()
            self.fit_page()
        else:
            self._zoom_to(self.zoom)

    def _layout_for_width(self) -> PageLayout:
        return PageLayout(self._layout.sizes, self._layout.zoom, self.viewport().width())
