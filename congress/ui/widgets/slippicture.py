"""The picture of a ballot paper, with frames round the places that are in doubt."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import RADIUS_CONTROL
from congress.voting.sheets import HEIGHT, WIDTH, Area


class SlipPicture(QWidget):
    """One page as wide as there is room, from its top left whatever the language."""

    def __init__(
        self,
        context: UiContext,
        jpeg: bytes,
        doubts: Sequence[Area],
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Show a page.

        Args:
            context: The surroundings.
            jpeg: The page, laid straight.
            doubts: Places to be framed, in millimetres.
            name: What is seen here, for screen readers.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._theme, self.doubts = context.theme, tuple(doubts)
        self._image = QImage.fromData(jpeg)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(context.theme.px(300))

    def heightForWidth(self, width: int) -> int:
        """Return the height of the whole page at this width."""
        return round(width * HEIGHT / WIDTH)

    def sizeHint(self) -> QSize:
        """Return the size at which a page reads well."""
        width = self._theme.px(520)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the page and the frames."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        page = QRectF(0, 0, self.width(), self.heightForWidth(self.width()))
        painter.drawImage(page, self._image)
        scale = self.width() / WIDTH
        painter.setPen(QPen(self._theme.colour("caution"), self._theme.px(3)))
        for area in self.doubts:
            frame = QRectF(
                area.x * scale, area.y * scale, area.width * scale, area.height * scale
            ).adjusted(-4, -4, 4, 4)
            painter.drawRoundedRect(frame, RADIUS_CONTROL, RADIUS_CONTROL)
