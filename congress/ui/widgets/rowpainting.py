"""What the rows of papers and of pages found draw alike: ground, texts, chips."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import (
    RADIUS_CONTROL,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    Tone,
    Type,
    mixed,
)

_ICON = 16


class RowDelegate(QStyledItemDelegate):
    """Draws in the direction of the layout; subclasses say what."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Draw with the fonts and colours of ``context``."""
        super().__init__(parent)
        self.context, self.theme = context, context.theme
        self.name = context.theme.font(Type.NAME)
        self.label = context.theme.font(Type.LABEL)
        self.caption = context.theme.font(Type.CAPTION)
        self._metrics: dict[str, QFontMetrics] = {}

    def metrics(self, font: QFont) -> QFontMetrics:
        """Return the metrics of a font, made once."""
        key = font.key()
        if key not in self._metrics:
            self._metrics[key] = QFontMetrics(font)
        return self._metrics[key]

    def height(self, font: QFont) -> int:
        """Return the height of a line."""
        return self.metrics(font).height()

    @property
    def chip_height(self) -> int:
        """The height of a chip."""
        return max(self.height(self.caption), self.theme.px(_ICON)) + 2 * SPACE_1

    def ground(self, painter: QPainter, option: QStyleOptionViewItem) -> QRect:
        """Draw the ground of a row, and return the room inside it."""
        state, theme = option.state, self.theme
        area: QRect = option.rect
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(
                area.adjusted(2, 2, -2, -3), RADIUS_CONTROL - 2, RADIUS_CONTROL - 2
            )
        return area.adjusted(SPACE_4, SPACE_3, -SPACE_4, -SPACE_3)

    def turned(self, inside: QRect, area: QRect) -> QRect:
        """Return where ``inside`` of ``area`` lies in the direction of the layout."""
        return QStyle.visualRect(
            Qt.LayoutDirection.RightToLeft if self.theme.rtl else Qt.LayoutDirection.LeftToRight,
            area,
            inside,
        )

    def write(
        self, painter: QPainter, where: QRect, text: str, font: QFont, colour: QColor
    ) -> None:
        """Write one line, with an ellipsis where it has no room."""
        painter.setFont(font)
        painter.setPen(colour)
        side = Qt.AlignmentFlag.AlignRight if self.theme.rtl else Qt.AlignmentFlag.AlignLeft
        shown = self.metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(where, int(flags), shown)

    def chip_width(self, words: str) -> int:
        """Return the width of a chip with an icon and ``words``."""
        text = self.metrics(self.caption).horizontalAdvance(words)
        return text + self.theme.px(_ICON) + 2 * SPACE_2 + SPACE_1 + 2

    def chip(self, painter: QPainter, where: QRect, words: str, tone: Tone, icon: str) -> None:
        """Draw a chip."""
        palette, theme = self.theme.palette, self.theme
        soft, strong = palette.soft(tone), palette.of(tone)
        colour = "muted" if tone is Tone.NEUTRAL else tone.value
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(mixed(soft, strong, 0.22)))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(where, where.height() / 2, where.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        side = theme.px(_ICON)
        mark = QRect(where.x() + SPACE_2, where.center().y() - side // 2 + 1, side, side)
        text = QRect(
            mark.right() + SPACE_1,
            where.y(),
            where.right() - mark.right() - SPACE_2,
            where.height(),
        )
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(self.turned(mark, where), theme.pixmap(icon, _ICON, colour, ratio=ratio))
        self.write(painter, self.turned(text, where), words, self.caption, theme.colour(colour))
