"""The live picture of a door, with a box and a name for each face."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import RADIUS_CARD, SPACE_2, SPACE_3, Tone, Type

RATIO = 16 / 9


@dataclass(frozen=True, slots=True)
class Mark:
    """A box over the picture.

    Attributes:
        x: Left edge, in shares of the picture's width.
        y: Upper edge, in shares of its height.
        width: Width, in shares.
        height: Height, in shares.
        text: Who it is or what is the matter, or empty.
        tone: What it means.
    """

    x: float
    y: float
    width: float
    height: float
    text: str = ""
    tone: Tone = Tone.NEUTRAL


class CameraView(QWidget):
    """Shows the newest frame as large as it fits; people are never mirrored."""

    def __init__(self, context: UiContext, name: str, parent: QWidget | None = None) -> None:
        """Show no picture yet.

        Args:
            context: The surroundings.
            name: What is seen here, for screen readers.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._theme = context.theme
        self._image: QImage | None = None
        self._marks: Sequence[Mark] = ()
        self._note = ""
        self.setAccessibleName(name)
        self.setMinimumSize(320, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def sizeHint(self) -> QSize:
        """Ask for a picture of 16 to 9."""
        return QSize(800, 450)

    @property
    def marks(self) -> Sequence[Mark]:
        """The boxes on show."""
        return self._marks

    @property
    def wanted(self) -> QSize:
        """How many pixels of the device a frame should have to fit."""
        return self.size() * self.devicePixelRatioF()

    def show_frame(self, image: QImage, marks: Sequence[Mark]) -> None:
        """Show a frame with its boxes."""
        self._image, self._marks, self._note = image, tuple(marks), ""
        self.update()

    def show_note(self, text: str) -> None:
        """Show words instead of a picture."""
        self._image, self._marks, self._note = None, (), text
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the frame on a dark ground, then the boxes, then their words."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()), RADIUS_CARD, RADIUS_CARD)
        painter.setClipPath(ground)
        painter.fillRect(self.rect(), QColor("#101214"))
        if self._image is None:
            self._draw_note(painter)
            return
        target = self._target(self._image.size())
        painter.drawImage(target, self._image)
        boxes = [(mark, self._rect(mark, target)) for mark in self._marks]
        for mark, box in boxes:
            self._draw_box(painter, mark, box)
        for mark, box in boxes:
            if mark.text:
                self._draw_words(painter, mark, box)

    def _target(self, size: QSize) -> QRectF:
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        x, y = (self.width() - fitted.width()) / 2, (self.height() - fitted.height()) / 2
        return QRectF(x, y, fitted.width(), fitted.height())

    def _rect(self, mark: Mark, target: QRectF) -> QRectF:
        return QRectF(
            target.x() + mark.x * target.width(),
            target.y() + mark.y * target.height(),
            mark.width * target.width(),
            mark.height * target.height(),
        )

    def _colours(self, tone: Tone) -> tuple[QColor, QColor]:
        """Return ground and ink of a mark: the dark twins, as every frame is a dark ground."""
        colours = {
            Tone.GOOD: "#7FCB9E",
            Tone.CAUTION: "#E3B560",
            Tone.DANGER: "#F29488",
            Tone.NOTE: "#93BCEF",
        }
        return QColor(colours.get(tone, "#ECE9E3")), QColor("#14161A")

    def _draw_box(self, painter: QPainter, mark: Mark, box: QRectF) -> None:
        known = mark.tone is not Tone.NEUTRAL
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(16, 18, 20, 150), 5 if known else 3))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QPen(self._colours(mark.tone)[0], 3 if known else 1.5))
        painter.drawRoundedRect(box, 8, 8)

    def _draw_words(self, painter: QPainter, mark: Mark, box: QRectF) -> None:
        font = self._theme.font(Type.NAME if mark.tone is Tone.GOOD else Type.LABEL)
        metrics = QFontMetrics(font)
        words = metrics.elidedText(mark.text, Qt.TextElideMode.ElideRight, self.width() // 2)
        width = metrics.horizontalAdvance(words) + 2 * SPACE_3
        height = metrics.height() + SPACE_2
        x = min(max(box.center().x() - width / 2, 4), self.width() - width - 4)
        y = box.top() - height - 4
        if y < 4:
            y = min(box.bottom() + 4, self.height() - height - 4)
        ground, ink = self._colours(mark.tone)
        label = QRectF(x, y, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(label, 8, 8)
        painter.setPen(ink)
        painter.setFont(font)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_note(self, painter: QPainter) -> None:
        painter.setPen(QColor("#A39F96"))
        painter.setFont(self._theme.font(Type.BODY))
        room = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self._note)
