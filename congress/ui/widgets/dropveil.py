"""What lies over a page while files are dragged above it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import RADIUS_CARD, SPACE_3, Type

_VEIL = 0.9


class DropVeil(QWidget):
    """Covers a page, and says what happens to files that are dropped on it."""

    def __init__(self, context: UiContext, over: QWidget, words: str) -> None:
        """Lie over ``over``, out of sight until ``show`` is called."""
        super().__init__(over)
        self._context, self._over, self._words = context, over, words
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(words)
        over.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Lie over the page now."""
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Dim the page, draw a border, and write the words in the middle."""
        theme, painter = self._context.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.colour("accent_soft")
        ground.setAlphaF(_VEIL)
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(ground)
        inside = self.rect().adjusted(SPACE_3, SPACE_3, -SPACE_3, -SPACE_3)
        painter.drawRoundedRect(inside, RADIUS_CARD, RADIUS_CARD)
        side = theme.px(48)
        icon = theme.pixmap("upload-simple", 48, "accent", ratio=self.devicePixelRatioF())
        middle = inside.center()
        painter.drawPixmap(middle.x() - side // 2, middle.y() - side, icon)
        painter.setFont(theme.font(Type.HEADING))
        painter.setPen(theme.colour("ink"))
        words = inside.adjusted(SPACE_3, inside.height() // 2 + SPACE_3, -SPACE_3, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, int(flags | Qt.TextFlag.TextWordWrap), self._words)
