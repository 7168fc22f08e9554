"""Choosing: a segmented control, a list that drops down, a box to tick."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from congress.ui.context import UiContext
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import SPACE_1, SPACE_2, Type
from congress.ui.widgets.dropdown import make_room, widen

Options = Sequence[tuple[object, str]]
"""Values and the words for them."""


class SegmentedControl(QFrame):
    """One of a few values, all in sight. The arrow keys move along it."""

    chosen = Signal(object)
    """The value a person chose."""

    def __init__(
        self,
        context: UiContext,
        options: Options,
        value: object = None,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show ``options`` with ``value`` (by default the first) chosen.

        Args:
            context: The surroundings.
            options: Values and the words for them.
            value: The value chosen at first.
            name: What is chosen here, for screen readers.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self._values = [option[0] for option in options]
        self._group = QButtonGroup(self)
        box = QHBoxLayout(self)
        # The room around a segment belongs to it: a finger that comes down there means it.
        box.setContentsMargins(SPACE_1 // 2, 0, SPACE_1 // 2, 0)
        box.setSpacing(0)
        for at, (_, words) in enumerate(options):
            segment = QPushButton(words.replace("&", "&&"))
            segment.setObjectName("segment")
            segment.setCheckable(True)
            segment.setAutoDefault(False)
            segment.setFont(context.theme.font(Type.CONTROL))
            segment.setAccessibleName(f"{name}: {words}" if name else words)
            segment.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(segment, at)
            box.addWidget(segment, 1)
        self.set_value(self._values[0] if value is None else value)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))

    @property
    def value(self) -> object:
        """The chosen value."""
        return self._values[self._group.checkedId()]

    def set_value(self, value: object) -> None:
        """Choose ``value`` without a signal."""
        self._group.button(self._values.index(value)).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrow keys, along the direction of the layout."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        at = self._group.checkedId() + step
        if 0 <= at < len(self._values):
            self._group.button(at).setFocus(Qt.FocusReason.OtherFocusReason)
            self._group.button(at).click()


class Select(QComboBox):
    """One of many values, in a list that drops down. The wheel does not change it."""

    chosen = Signal(object)
    """The value a person chose."""

    def __init__(
        self,
        context: UiContext,
        options: Options = (),
        value: object = None,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show ``options`` with ``value`` (by default the first) chosen."""
        super().__init__(parent)
        self._values: list[object] = []
        self._theme = context.theme
        self.setFont(context.theme.font(Type.BODY))
        make_room(self, context.theme)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_options(options, value)
        self.activated.connect(lambda at: self.chosen.emit(self._values[at]))

    def set_options(self, options: Options, value: object = None) -> None:
        """Offer other options, without a signal."""
        self._values = [option[0] for option in options]
        self.clear()
        self.addItems([words for _, words in options])
        if value in self._values:
            self.setCurrentIndex(self._values.index(value))

    @property
    def value(self) -> object:
        """The chosen value, or ``None`` if there are no options."""
        at = self.currentIndex()
        return self._values[at] if at >= 0 else None

    def set_value(self, value: object) -> None:
        """Choose ``value`` without a signal."""
        self.setCurrentIndex(self._values.index(value))

    def showPopup(self) -> None:
        """Open the list, as wide as its words."""
        widen(self)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll instead of changing the value unnoticed."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, and the mark that says it opens."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        words = QStyle.SubControl.SC_ComboBoxEditField
        complex_ = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(complex_, option, words, self).width() - SPACE_1
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(complex_, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        side = self._theme.px(16)
        mark = self._theme.pixmap("caret-down", 16, "muted", ratio=self.devicePixelRatioF())
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = SPACE_2 + 2 if rtl else self.width() - side - SPACE_2 - 2
        painter.drawPixmap(QPoint(x, (self.height() - side) // 2), mark)


def paint_box(
    painter: QPainter, theme: Theme, area: QRectF, state: Qt.CheckState, *, enabled: bool = True
) -> None:
    """Draw a box to tick over ``area``: empty, ticked, or with a bar where some are ticked."""
    on = state is not Qt.CheckState.Unchecked
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = area.adjusted(0.5, 0.5, -0.5, -0.5)
    ground = ("accent" if on else "surface") if enabled else "sunken"
    edge = ("accent" if on else "edge") if enabled else "line"
    painter.setBrush(theme.colour(ground))
    painter.setPen(QPen(theme.colour(edge), 1))
    painter.drawRoundedRect(box, 5, 5)
    if not on:
        return
    colour = theme.colour("on_accent" if enabled else "muted")
    pen = QPen(colour, max(2.0, box.width() / 9))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    x, y, w, h = box.x(), box.y(), box.width(), box.height()
    line = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
    if state is Qt.CheckState.PartiallyChecked:
        line = ((0.27, 0.5), (0.5, 0.5), (0.73, 0.5))
    painter.drawPolyline([QPoint(round(x + w * a), round(y + h * b)) for a, b in line])


class Check(QCheckBox):
    """A box to tick, with words beside it."""

    def __init__(
        self, context: UiContext, text: str, *, ticked: bool = False, parent: QWidget | None = None
    ) -> None:
        """Show ``text`` beside the box."""
        super().__init__(text.replace("&", "&&"), parent)
        self._theme = context.theme
        self.setFont(context.theme.font(Type.BODY))
        self.setAccessibleName(text)
        self.setChecked(ticked)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def hitButton(self, pos: QPoint) -> bool:
        """Let a finger tick it anywhere: to Qt the room beside short words is no part of it."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, and the box over the style's own."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        where = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        state = self.checkState()
        paint_box(QPainter(self), self._theme, QRectF(where), state, enabled=self.isEnabled())
