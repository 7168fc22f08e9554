"""The chart of a calibration: what is one person, what is two, and the line between them."""

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from congress.rollcall.calibration import Calibration, histogram
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Tone, Type

BINS = 40
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
_MOST_TICKS = 8
_HEIGHT = 320


class ScoreChart(QWidget):
    """Two histograms over one axis of scores, one above the other, and the threshold through both.

    Above stand the scores between different people, below those between photographs of one
    person: apart, so that neither hides the other. The axis runs with the language.
    """

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self._figures: Calibration | None = None
        self._low, self._high = 0.0, 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(320)

    def show_calibration(self, figures: Calibration) -> None:
        """Draw other figures."""
        self._figures = figures
        step = self._step(1.0 - figures.lowest)
        self._low = step * (figures.lowest // step)
        tr = self._context.tr
        self.setAccessibleName(
            tr.listed([tr("faces.chart.different"), tr("faces.chart.same"), self._threshold_words])
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a fixed height."""
        return QSize(640, self._theme.px(_HEIGHT))

    def _step(self, span: float) -> float:
        return next((step for step in _STEPS if span / step <= _MOST_TICKS), _STEPS[-1])

    @property
    def _threshold_words(self) -> str:
        value = self._figures.threshold if self._figures else 0.0
        return self._context.tr("faces.chart.threshold", value=_fraction(value))

    def x_of(self, score: float) -> float:
        """Return where ``score`` stands, in pixels from the left."""
        edge = self._theme.px(SPACE_3)
        share = (score - self._low) / (self._high - self._low)
        wide = self.width() - 2 * edge
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return edge + wide * (1 - share if rtl else share)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the band, the two heaps, the axis and the threshold."""
        figures = self._figures
        if figures is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        caption = QFontMetrics(self._theme.font(Type.CAPTION)).height()
        label = QFontMetrics(self._theme.font(Type.LABEL)).height()
        top = label + SPACE_2
        axis = self.height() - caption - SPACE_2
        middle = top + (axis - top) / 2
        self._draw_band(painter, figures, top, axis)
        head = label + SPACE_2
        above, below = self._counts(figures.impostors), self._counts(figures.genuine)
        twins = self._counts(figures.twins)
        most = max(1, *above, *twins)
        self._draw_heap(painter, above, most, Tone.CAUTION, top + head, middle)
        self._draw_heap(painter, twins, most, Tone.CAUTION, top + head, middle, hollow=True)
        self._draw_heap(painter, below, max(1, *below), Tone.GOOD, middle + head, axis)
        self._draw_axis(painter, middle, axis)
        self._draw_threshold(painter, figures.threshold, axis)
        self._draw_words(painter, "faces.chart.different", Tone.CAUTION, top)
        self._draw_words(painter, "faces.chart.same", Tone.GOOD, middle)

    def _draw_band(self, painter: QPainter, figures: Calibration, top: float, axis: float) -> None:
        one, other = self.x_of(figures.threshold - figures.band), self.x_of(figures.threshold)
        band = QRectF(min(one, other), top, abs(other - one), axis - top)
        painter.fillRect(band, self._theme.colour("caution_soft"))

    def _counts(self, scores: Sequence[float]) -> Sequence[int]:
        return histogram(scores, self._low, self._high, BINS)

    def _draw_heap(
        self,
        painter: QPainter,
        counts: Sequence[int],
        most: int,
        tone: Tone,
        top: float,
        base: float,
        *,
        hollow: bool = False,
    ) -> None:
        colour = self._theme.tone(tone)
        painter.setPen(QPen(colour, 1.5) if hollow else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
        wide = (self._high - self._low) / BINS
        for at, count in enumerate(counts):
            if not count:
                continue
            ends = self.x_of(self._low + at * wide), self.x_of(self._low + (at + 1) * wide)
            high = max(2.0, (base - top) * count / most)
            bar = QRectF(min(ends) + 1, base - high, abs(ends[1] - ends[0]) - 2, high)
            painter.drawRect(bar)

    def _draw_words(self, painter: QPainter, key: str, tone: Tone, top: float) -> None:
        painter.setFont(self._theme.font(Type.LABEL))
        painter.setPen(self._theme.tone(tone))
        metrics = painter.fontMetrics()
        edge = self._theme.px(SPACE_3)
        words = self._context.tr(key)
        wide = min(metrics.horizontalAdvance(words) + SPACE_2, self.width() - 2 * edge)
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - edge - wide if rtl else edge
        room = QRectF(left, top + SPACE_1, wide, metrics.height())
        # The line of the threshold must not strike the words through.
        painter.fillRect(room, self._theme.colour("surface"))
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _draw_axis(self, painter: QPainter, middle: float, axis: float) -> None:
        edge = self._theme.px(SPACE_3)
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        for y in (round(middle) + 0.5, round(axis) + 0.5):
            painter.drawLine(QPointF(edge, y), QPointF(self.width() - edge, y))
        painter.setFont(self._theme.font(Type.CAPTION, figures=True))
        painter.setPen(self._theme.colour("muted"))
        metrics = painter.fontMetrics()
        step = self._step(self._high - self._low)
        for number in range(round(self._low / step), round(self._high / step) + 1):
            words = self._context.tr.number(_fraction(number * step), 2)
            wide = metrics.horizontalAdvance(words)
            x = min(max(self.x_of(number * step) - wide / 2, 0), self.width() - wide)
            painter.drawText(QPointF(x, axis + SPACE_1 + metrics.ascent()), words)

    def _draw_threshold(self, painter: QPainter, threshold: float, axis: float) -> None:
        x = self.x_of(threshold)
        painter.setPen(QPen(self._theme.colour("ink"), 2))
        font = self._theme.font(Type.STRONG)
        metrics = QFontMetrics(font)
        painter.drawLine(QPointF(x, metrics.height() + SPACE_1), QPointF(x, axis))
        painter.setFont(font)
        words = self._threshold_words
        wide = metrics.horizontalAdvance(words)
        left = min(max(x - wide / 2, 0), self.width() - wide)
        room = QRectF(left, 0, wide + 2, metrics.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)


def _fraction(value: float) -> Fraction:
    return Fraction(round(value * 100), 100)
