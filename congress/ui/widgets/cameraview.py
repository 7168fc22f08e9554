"""The live picture of a door, with a box and a name for each face."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import RADIUS_CARD, SPACE_2, SPACE_3, SPACE_5, Tone, Type

RATIO = 16 / 9
LEAST = QSize(320, 180)
_WORDS_SHARE = 0.6
_LARGE, _MIDDLE = 620, 360
"""Widths from which names are written to be read from two metres, and seats with them."""


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
        detail: Seat and delegation, below the name, or empty.
    """

    x: float
    y: float
    width: float
    height: float
    text: str = ""
    tone: Tone = Tone.NEUTRAL
    detail: str = ""


class CameraView(QWidget):
    """Shows the newest frame as large as it fits; people are never mirrored."""

    def __init__(
        self,
        context: UiContext,
        name: str,
        *,
        least: QSize = LEAST,
        parent: QWidget | None = None,
    ) -> None:
        """Show no picture yet.

        Args:
            context: The surroundings.
            name: What is seen here, for screen readers.
            least: The smallest size it may have.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._theme = context.theme
        self._image: QImage | None = None
        self._marks: Sequence[Mark] = ()
        self._note = ""
        self.setAccessibleName(name)
        self.setMinimumSize(least)
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
                self._draw_words(painter, mark, box, target.width())

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

    def _draw_words(self, painter: QPainter, mark: Mark, box: QRectF, across: float) -> None:
        large, middle = across >= _LARGE, across >= _MIDDLE
        role = Type.TITLE if large else Type.HEADING
        if not middle or mark.tone is not Tone.GOOD:
            role = Type.NAME if middle else Type.CAPTION
        lines = [(mark.text, self._theme.font(role))]
        if mark.detail and middle:
            lines.append((mark.detail, self._theme.font(Type.LEAD if large else Type.LABEL)))
        fitted = []
        for text, font in lines:
            metrics = QFontMetrics(font)
            most = round(self.width() * _WORDS_SHARE)
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
            fitted.append((words, font, metrics.horizontalAdvance(words), metrics.height()))
        width = max(each[2] for each in fitted) + 2 * SPACE_3
        height = sum(each[3] for each in fitted) + SPACE_2
        x = min(max(box.center().x() - width / 2, 4), self.width() - width - 4)
        y = box.top() - height - 4
        if y < 4:
            y = min(box.bottom() + 4, self.height() - height - 4)
        ground, ink = self._colours(mark.tone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(x, y, width, height), 8, 8)
        painter.setPen(ink)
        top = y + SPACE_2 / 2
        for words, font, _, high in fitted:
            painter.setFont(font)
            painter.drawText(QRectF(x, top, width, high), Qt.AlignmentFlag.AlignCenter, words)
            top += high

    def _draw_note(self, painter: QPainter) -> None:
        painter.setPen(QColor("#A39F96"))
        small = self.width() < _MIDDLE
        painter.setFont(self._theme.font(Type.CAPTION if small else Type.BODY))
        edge = SPACE_2 if small else SPACE_5
        room = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, flags, self._note)
