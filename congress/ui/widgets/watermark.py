"""The reader's name across a paper: whoever photographs a page shows whose page it was."""

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Type

_STRENGTH = 17
"""Opacity of the letters, of 255."""
_TURN = -24
"""Slope of the words in degrees."""
_SPACE = 90
"""Pixels between the words."""


class Watermark:
    """Lines repeated over a page. They are drawn once and then only copied."""

    def __init__(self, context: UiContext, text: str) -> None:
        """Prepare to write ``text``, of one or more lines; nothing if it is empty."""
        self._text = text
        self._font = context.theme.font(Type.STRONG)
        self._tile = lru_cache(maxsize=4)(self._drawn)

    @property
    def text(self) -> str:
        """The lines."""
        return self._text

    def set_lines(self, *lines: str) -> None:
        """Write other words from now on, one line below the other; empty ones are left out."""
        text = "\n".join(filter(None, lines))
        if text != self._text:
            self._text = text
            self._tile.cache_clear()

    def paint(
        self,
        painter: QPainter,
        area: QRect,
        ink: QColor,
        ratio: float,
        start: QPoint = QPoint(0, 0),  # noqa: B008 - never changed
    ) -> None:
        """Write over ``area``.

        Args:
            painter: Paints the page.
            area: The page, or a part of it.
            ink: Colour of the letters: that of the text on the page.
            ratio: Pixels of the device per pixel.
            start: Where in the pattern the top left corner of ``area`` lies.
        """
        if self._text:
            painter.drawTiledPixmap(area, self._tile(ink.rgb(), ratio), start)

    def _drawn(self, ink: int, ratio: float) -> QPixmap:
        probe = QPixmap(1, 1)
        measuring = QPainter(probe)
        measuring.setFont(self._font)
        flags = Qt.AlignmentFlag.AlignCenter
        words = measuring.boundingRect(QRectF(0, 0, 4000, 1000), flags, self._text)
        measuring.end()
        side = words.width() + _SPACE
        height = max(side * 0.62, words.height() * 4)
        tile = QPixmap(round(side * ratio), round(height * ratio))
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self._font)
        colour = QColor(ink)
        colour.setAlpha(_STRENGTH)
        painter.setPen(colour)
        painter.translate(side / 2, height / 2)
        painter.rotate(_TURN)
        where = QRectF(-words.width() / 2, -words.height() / 2, words.width(), words.height())
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()
        return tile
