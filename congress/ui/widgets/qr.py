"""A QR code, drawn by ourselves: dark on white in either mode, for scanners need that."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import RADIUS_CONTROL

QUIET_ZONE = 4
"""Empty modules around the code, as ISO/IEC 18004 asks for."""


class QrCode(QWidget):
    """Shows a text as a QR code."""

    def __init__(
        self,
        context: UiContext,
        text: str,
        *,
        name: str,
        side: int = 176,
        parent: QWidget | None = None,
    ) -> None:
        """Draw ``text``.

        Args:
            context: The surroundings.
            text: What the code says.
            name: What it is, for screen readers.
            side: Width and height in pixels at text scale 1.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._side = context.theme.px(side)
        self.setFixedSize(self._side, self._side)
        self.setAccessibleName(name)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text."""
        code = segno.make(text, error="m", micro=False)
        self._rows = [bytes(row) for row in code.matrix]
        self.update()

    def sizeHint(self) -> QSize:
        """Return the fixed size."""
        return QSize(self._side, self._side)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the modules on a white ground, on whole pixels so that no seams show."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS_CONTROL, RADIUS_CONTROL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setBrush(QColor("#000000"))
        count = len(self._rows) + 2 * QUIET_ZONE
        module = self._side // count
        margin = (self._side - module * len(self._rows)) // 2
        for y, row in enumerate(self._rows):
            for x, dark in enumerate(row):
                if dark:
                    painter.drawRect(margin + x * module, margin + y * module, module, module)
