"""Draws a page in small with its number below, in the middle of the list."""

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from congress.ui.context import UiContext
from congress.ui.models.rows import Index
from congress.ui.models.thumbnails import ThumbnailModel
from congress.ui.theme.tokens import RADIUS_CONTROL, SPACE_2, Type


class ThumbnailDelegate(QStyledItemDelegate):
    """A row of the list of pages."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        """Draw in the look of ``context``."""
        super().__init__(parent)
        self._theme = context.theme
        self._font = context.theme.font(Type.CAPTION, figures=True)

    def _line(self) -> int:
        return self._theme.px(2 * Type.CAPTION.pixels)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the picture, a line around it, and the number."""
        model = index.model()
        if not isinstance(model, ThumbnailModel):
            return
        width, height = model.width, model.height(index.row())
        area = option.rect
        picture = QRect(area.center().x() - width // 2, area.top() + SPACE_2, width, height)
        painter.save()
        lit = bool(option.state & QStyle.StateFlag.State_Selected)
        if lit:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent_soft"))
            ground = picture.adjusted(-SPACE_2, -SPACE_2, SPACE_2, self._line() + SPACE_2)
            painter.drawRoundedRect(ground, RADIUS_CONTROL, RADIUS_CONTROL)
        icon = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(icon, QIcon):
            painter.drawPixmap(picture, icon.pixmap(picture.size()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("accent" if lit else "line"), 1))
        painter.drawRect(picture.adjusted(-1, -1, 0, 0))
        painter.setFont(self._font)
        painter.setPen(self._theme.colour("ink" if lit else "muted"))
        below = QRect(area.left(), picture.bottom() + 2, area.width(), self._line())
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Take the width of the list, and the height of the picture with its number."""
        model, view = index.model(), self.parent()
        if not isinstance(model, ThumbnailModel):
            return super().sizeHint(option, index)
        width = view.viewport().width() if isinstance(view, QListView) else model.width
        return QSize(width, model.height(index.row()) + self._line() + 2 * SPACE_2)
