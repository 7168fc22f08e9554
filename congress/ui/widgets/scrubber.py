"""The line below a paper: how far one has read, in which section, and a quick way elsewhere."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, SPACE_3, TARGET, Type
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.text import Text

_TRACK, _HANDLE = 4, 9


class PageLine(QWidget):
    """A track with a handle, a step for each page. Runs in the direction of the layout."""

    page_asked = Signal(int)
    """Go to a page, from 1."""
    let_go = Signal()
    """The handle was let go."""

    def __init__(self, context: UiContext) -> None:
        """Begin without pages."""
        super().__init__()
        self._context = context
        self._count, self._page = 0, 1
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(TARGET)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(context.tr("reader.scrubber"))

    @property
    def dragging(self) -> bool:
        """Whether the handle is held."""
        return self._dragging

    def set_pages(self, count: int) -> None:
        """Have a step for each of ``count`` pages."""
        self._count = count
        self.update()

    def set_page(self, page: int) -> None:
        """Stand on a page (from 1)."""
        if page != self._page:
            self._page = page
            self.setAccessibleDescription(self._context.tr("library.page", page=page))
            self.update()

    def sizeHint(self) -> QSize:
        """Take what width there is."""
        return QSize(240, TARGET)

    def _x(self) -> float:
        room = self.width() - 2 * _HANDLE - 4
        share = (self._page - 1) / (self._count - 1) if self._count > 1 else 0.0
        share = 1 - share if self.isRightToLeft() else share
        return _HANDLE + 2 + share * room

    def _page_at(self, x: float) -> int:
        room = max(1, self.width() - 2 * _HANDLE - 4)
        share = min(max(0.0, (x - _HANDLE - 2) / room), 1.0)
        share = 1 - share if self.isRightToLeft() else share
        return 1 + round(share * max(0, self._count - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track, what is read of it, and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        theme, y, x = self._context.theme, self.height() / 2, self._x()
        track = QRectF(2, y - _TRACK / 2, self.width() - 4, _TRACK)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        painter.setBrush(theme.colour("accent"))
        if self.isRightToLeft():
            track.setLeft(x)
        else:
            track.setRight(x)
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        painter.drawEllipse(QPointF(x, y), _HANDLE, _HANDLE)
        if self.hasFocus():
            ring = QColor(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(ring)
            painter.drawEllipse(QPointF(x, y), _HANDLE + 4, _HANDLE + 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle, wherever on the line."""
        if event.button() is Qt.MouseButton.LeftButton and self._count:
            self._dragging = True
            self._ask(self._page_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the handle."""
        if self._dragging:
            self._ask(self._page_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the handle go."""
        if self._dragging:
            self._dragging = False
            self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a page, by a tenth of the paper, or to its ends."""
        key, forward = event.key(), -1 if self.isRightToLeft() else 1
        tenth = max(1, self._count // 10)
        steps = {
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -tenth,
            Qt.Key.Key_PageDown: tenth,
            Qt.Key.Key_Home: -self._count,
            Qt.Key.Key_End: self._count,
        }
        if key in steps and self._count:
            self._ask(self._page + steps[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _ask(self, page: int) -> None:
        page = min(max(1, page), self._count)
        if page != self._page:
            self.set_page(page)
            self.page_asked.emit(page)


class Scrubber(QFrame):
    """The line with the section on one side and the page on the other."""

    def __init__(self, context: UiContext) -> None:
        """Begin without a paper."""
        super().__init__()
        self.setObjectName("footbar")
        self._context = context
        self.section = Elided(context, "", Type.CAPTION, "muted")
        self.line = PageLine(context)
        self.page = Text(context, "", Type.CAPTION, "muted", wrap=False, figures=True)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_3, 0, SPACE_3, 0)
        box.setSpacing(SPACE_2)
        box.addWidget(self.section, 2)
        box.addWidget(self.line, 5)
        box.addWidget(self.page)

    def set_pages(self, count: int, widest: str) -> None:
        """Have ``count`` pages; ``widest`` is the longest text of a page there will be."""
        self.line.set_pages(count)
        font: QFont = self.page.font()
        self.page.setMinimumWidth(QFontMetrics(font).horizontalAdvance(widest) + SPACE_3)

    def show_page(self, page: int, words: str, section: str) -> None:
        """Stand on a page (from 1); say what it is called and in which section it is."""
        self.line.set_page(page)
        self.page.setText(words)
        self.section.setText(section)
        self.section.setVisible(bool(section))
