"""A person's picture, or their initials where there is none."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Type


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of ``name``.

    One letter where the script has no capitals: two of them would join into a word.
    """
    words = name.split()
    if not words:
        return ""
    first = words[0][0].upper()
    cased = first != first.lower()
    return first + words[-1][0].upper() if cased and len(words) > 1 else first


class Avatar(QWidget):
    """A round picture."""

    def __init__(
        self,
        context: UiContext,
        name: str,
        *,
        side: int = 48,
        picture: QPixmap | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``picture``, or the initials of ``name``.

        Args:
            context: The surroundings.
            name: Whose picture it is.
            side: Diameter in pixels at text scale 1.
            picture: A square picture, if there is one.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._theme, self._letters, self._picture = context.theme, initials(name), picture
        self._side = context.theme.px(side)
        self.setFixedSize(self._side, self._side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        return QSize(self._side, self._side)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the circle and what is in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        circle = QPainterPath()
        circle.addEllipse(QRectF(self.rect()))
        if self._picture is not None:
            painter.setClipPath(circle)
            painter.drawPixmap(self.rect(), self._picture)
            return
        painter.fillPath(circle, self._theme.colour("accent_soft"))
        painter.setPen(self._theme.colour("accent"))
        painter.setFont(self._theme.font(Type.STRONG))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
