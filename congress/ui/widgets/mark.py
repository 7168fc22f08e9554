"""The mark of the program: a ballot paper folded once, with a tick."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import SPACE_3, Type
from congress.ui.widgets.text import Text

MARK = 32


def draw_mark(theme: Theme, side: int, ratio: float = 1.0) -> QPixmap:
    """Return the mark as a picture ``side`` pixels wide and high.

    Args:
        theme: Gives its colours.
        side: Width and height in pixels.
        ratio: Pixels of the device per pixel.
    """
    picture = QPixmap(QSize(side, side) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(side / 32, side / 32)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawRoundedRect(QRectF(0, 0, 32, 32), 8, 8)
    sheet = QPainterPath(QPointF(9, 6))
    for x, y in ((19, 6), (24, 11), (24, 26), (9, 26)):
        sheet.lineTo(x, y)
    sheet.closeSubpath()
    painter.setBrush(theme.colour("on_accent"))
    painter.drawPath(sheet)
    pen = QPen(theme.colour("accent"), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(12.6, 17.2), QPointF(15.4, 20), QPointF(20.4, 14.2)])
    painter.end()
    return picture


def program_icon(theme: Theme) -> QIcon:
    """Return the mark as the icon of a window."""
    icon = QIcon()
    for side in (16, 32, 64, 128, 256):
        icon.addPixmap(draw_mark(theme, side))
    return icon


class Mark(QWidget):
    """The mark with the program's name beside it."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Show mark and name."""
        super().__init__(parent)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        picture = QLabel()
        picture.setPixmap(
            draw_mark(context.theme, context.theme.px(MARK), self.devicePixelRatioF())
        )
        self._name = Text(context, context.tr("shell.program"), Type.STRONG)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(picture)
        box.addWidget(self._name, 1)
        self.setAccessibleName(context.tr("shell.program"))

    def set_narrow(self, narrow: bool) -> None:
        """Show the mark alone."""
        self._name.setVisible(not narrow)
