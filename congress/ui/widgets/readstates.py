"""How far people are with papers, as marks and bars: a shape says it as well as a colour."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from congress.docs.access import ReadState
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_4, Tone, Type, mixed
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text

ORDER = (
    ReadState.WHOLE,
    ReadState.PART,
    ReadState.OPENED,
    ReadState.EARLIER,
    ReadState.UNOPENED,
)
"""From the state that is furthest, which stands first in bars and legends."""
_MARK = 16
_BAR = 10

Index = QModelIndex | QPersistentModelIndex


def colour_of(theme: Theme, state: ReadState) -> QColor:
    """Return the colour of a state in bars."""
    palette = theme.palette
    match state:
        case ReadState.WHOLE:
            return theme.colour("accent")
        case ReadState.PART:
            return QColor(mixed(palette.accent, palette.surface, 0.4))
        case ReadState.OPENED:
            return QColor(mixed(palette.accent, palette.surface, 0.68))
        case ReadState.EARLIER:
            return theme.colour("caution")
        case _:
            return theme.colour("line")


def paint_mark(painter: QPainter, theme: Theme, state: ReadState, area: QRectF) -> None:
    """Draw the mark of a state in the middle of ``area``: a disc that fills as pages are seen."""
    side = theme.px(_MARK)
    disc = QRectF(0, 0, side, side)
    disc.moveCenter(area.center())
    edge = theme.colour("caution" if state is ReadState.EARLIER else "edge")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state is ReadState.BARRED:
        painter.setPen(QPen(theme.colour("line"), 2))
        middle, half = disc.center(), QPointF(side / 5, 0)
        painter.drawLine(middle - half, middle + half)
        return
    painter.setPen(QPen(edge, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state is ReadState.WHOLE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(disc)
        return
    painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
    inner = disc.adjusted(1, 1, -1, -1)
    if state is ReadState.PART:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        start = 90 if theme.rtl else 270
        painter.drawPie(inner, start * 16, 180 * 16)
    elif state in (ReadState.OPENED, ReadState.EARLIER):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if state is ReadState.OPENED else "caution"))
        dot = QRectF(0, 0, side / 3, side / 3)
        dot.moveCenter(disc.center())
        painter.drawEllipse(dot)


def paint_bar(
    painter: QPainter, theme: Theme, counts: Mapping[ReadState, int], area: QRectF
) -> None:
    """Draw how many are in each state as one bar across ``area``, in the direction of reading."""
    total = sum(counts.values())
    height = theme.px(_BAR)
    bar = QRectF(area.left(), area.center().y() - height / 2, area.width(), height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    at = bar.right() if theme.rtl else bar.left()
    for state in ORDER:
        if not total or not (count := counts.get(state, 0)):
            continue
        width = bar.width() * count / total
        left = at - width if theme.rtl else at
        painter.setBrush(colour_of(theme, state))
        painter.drawRect(QRectF(left, bar.top(), max(1.0, width - 1), height))
        at += -width if theme.rtl else width


class Counted(Protocol):
    """What a row with a bar stands for."""

    @property
    def counts(self) -> Mapping[ReadState, int]:
        """How many are in each state."""
        ...


class CountsDelegate(QStyledItemDelegate):
    """Draws the counts of a row's value as a bar."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        """Draw rows whose values are ``Counted``."""
        super().__init__(parent)
        self._theme = context.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the cell and the bar on it."""
        self.initStyleOption(option, index)
        option.text = ""
        widget = option.widget
        style = widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, widget)
        painter.save()
        area = QRectF(option.rect).adjusted(SPACE_2, 0, -SPACE_2, 0)
        value: Counted = index.data(VALUE_ROLE)
        paint_bar(painter, self._theme, value.counts, area)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Ask for room for a bar that can be read."""
        return QSize(self._theme.px(150), super().sizeHint(option, index).height())


class Mark(QWidget):
    """The mark of one state by itself."""

    def __init__(self, context: UiContext, state: ReadState) -> None:
        """Show ``state``."""
        super().__init__()
        self._theme, self._state = context.theme, state
        side = context.theme.px(_MARK + SPACE_1)
        self.setFixedSize(side, side)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw it."""
        paint_mark(QPainter(self), self._theme, self._state, QRectF(self.rect()))


class _Swatch(QWidget):
    def __init__(self, context: UiContext, state: ReadState) -> None:
        super().__init__()
        self._theme, self._state = context.theme, state
        self.setFixedSize(context.theme.px(20), context.theme.px(_BAR))

    def paintEvent(self, _: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour_of(self._theme, self._state))


def legend(
    context: UiContext,
    words: Callable[[ReadState], str],
    *,
    bars: bool,
    states: Sequence[ReadState],
) -> QWidget:
    """Return what the colours of bars, or the marks of a grid, mean."""
    make = partial(_Swatch, context) if bars else partial(Mark, context)
    holder = QWidget()
    holder.setObjectName("clear")
    box = row(space=SPACE_4)
    for state in states:
        text = Text(context, words(state), Type.CAPTION, "muted", wrap=False)
        box.addLayout(row(make(state), text, space=SPACE_1))
    box.addStretch(1)
    holder.setLayout(box)
    return holder


def tone_of(state: ReadState) -> Tone:
    """Return the tone of a state's words."""
    if state is ReadState.UNOPENED or state is ReadState.EARLIER:
        return Tone.CAUTION
    return Tone.GOOD if state is ReadState.WHOLE else Tone.NEUTRAL
