"""Numbers that are seen from afar: a stat, a bar, a line of steps."""

from collections.abc import Collection, Sequence
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Tone, Type, mixed
from congress.ui.widgets.layout import clear
from congress.ui.widgets.text import Text


class Stat(QWidget):
    """One number, large, with what it counts below it."""

    def __init__(
        self,
        context: UiContext,
        value: str,
        label: str,
        tone: Tone = Tone.NEUTRAL,
        *,
        role: Type = Type.DISPLAY,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``value`` (already written in the language) over ``label``."""
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._value = Text(context, value, role, tone, wrap=False, figures=True)
        self._label = Text(context, label, Type.LABEL, "muted")
        box.addWidget(self._value)
        box.addWidget(self._label)
        self.set(value, label, tone)

    def set(self, value: str, label: str | None = None, tone: Tone | None = None) -> None:
        """Show another number, and another label or tone if given."""
        self._value.setText(value)
        if label is not None:
            self._label.setText(label)
        if tone is not None:
            self._value.set_tone(tone)
        self.setAccessibleName(f"{self._label.text()}: {value}")


class _Track(QWidget):
    """The painted part of a bar."""

    def __init__(self, context: UiContext, height: int) -> None:
        super().__init__()
        self._theme = context.theme
        self._height = context.theme.px(height)
        self.share, self.tone = 0.0, Tone.ACCENT
        self.mark: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, self._height + (SPACE_2 if self.mark is not None else 0))

    def paintEvent(self, _: QPaintEvent) -> None:
        palette, painter = self._theme.palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        top = (self.height() - self._height) / 2
        radius = self._height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, top, self.width(), self._height), radius, radius)
        if self.share > 0:
            width = max(self.width() * min(self.share, 1.0), self._height)
            painter.setBrush(self._theme.tone(self.tone))
            painter.drawRoundedRect(QRectF(0, top, width, self._height), radius, radius)
        if self.mark is not None:
            x = round(self.width() * self.mark)
            painter.setPen(QPen(QColor(mixed(palette.ink, palette.surface, 0.1)), 2))
            painter.drawLine(x, 0, x, self.height())


class Bar(QWidget):
    """A labelled share: the words and the number above, the bar below them."""

    def __init__(
        self,
        context: UiContext,
        label: str,
        value: str,
        share: float,
        tone: Tone = Tone.ACCENT,
        *,
        mark: float | None = None,
        height: int = 8,
        role: Type = Type.LABEL,
        parent: QWidget | None = None,
    ) -> None:
        """Show a share.

        Args:
            context: The surroundings.
            label: What is measured.
            value: The number, already written in the language.
            share: 0 to 1.
            tone: Colour of the bar.
            mark: Where a line stands across it (what is needed), 0 to 1.
            height: Thickness of the bar in pixels.
            role: Size of the words.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._label = Text(context, label, role, figures=True)
        self._value = Text(context, value, role, "muted", wrap=False, figures=True)
        self._track = _Track(context, height)
        words = QHBoxLayout()
        words.setSpacing(SPACE_3)
        words.addWidget(self._label, 1)
        words.addWidget(self._value)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_1)
        box.addLayout(words)
        box.addWidget(self._track)
        self.set(value, share, tone, mark=mark)

    def set(
        self,
        value: str,
        share: float,
        tone: Tone = Tone.ACCENT,
        *,
        mark: float | None = None,
        label: str | None = None,
    ) -> None:
        """Show another share, and another label if given."""
        if label is not None:
            self._label.setText(label)
        self._value.setText(value)
        self._track.share, self._track.tone, self._track.mark = share, tone, mark
        self._track.updateGeometry()
        self._track.update()
        self.setAccessibleName(f"{self._label.text()}: {value}")


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    CURRENT = "current"
    LEFT = "left"
    TODO = "todo"


class StepLine(QWidget):
    """A way in steps: those done, the one under way, those left for later, those to come."""

    def __init__(
        self,
        context: UiContext,
        steps: Sequence[str],
        current: int,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``steps`` with number ``current`` (from 0) under way.

        ``current`` past the last step means that all are done.
        """
        super().__init__(parent)
        self._context, self._steps = context, tuple(steps)
        self._left: frozenset[int] = frozenset()
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE_2)
        self.set_current(current)

    def state(self, at: int) -> StepState:
        """Return where step ``at`` (from 0) stands."""
        if at in self._left:
            return StepState.LEFT
        if at < self._current:
            return StepState.DONE
        return StepState.CURRENT if at == self._current else StepState.TODO

    def set_current(self, current: int, left: Collection[int] = ()) -> None:
        """Move on to step ``current``; the steps ``left`` were passed without being done."""
        self._current, self._left = current, frozenset(left)
        clear(self._box)
        tr, theme = self._context.tr, self._context.theme
        spoken = []
        for at, words in enumerate(self._steps):
            state = self.state(at)
            mark = QLabel()
            icon, colour = {
                StepState.DONE: ("check-circle-fill", "good"),
                StepState.CURRENT: ("record-fill", "accent"),
                StepState.LEFT: ("minus-circle", "muted"),
                StepState.TODO: ("circle", "edge"),
            }[state]
            mark.setPixmap(theme.pixmap(icon, 20, colour))
            current_step = state is StepState.CURRENT
            tone: Tone | str = Tone.NEUTRAL if current_step else "muted"
            text = Text(
                self._context, words, Type.STRONG if current_step else Type.LABEL, tone, wrap=False
            )
            if at:
                line = _Link(theme.colour("good" if at <= current else "line"))
                self._box.addWidget(line, 1)
            self._box.addWidget(mark)
            self._box.addWidget(text)
            spoken.append(f"{words} ({tr(f'step.{state}')})")
        self.setAccessibleName(", ".join(spoken))


class _Link(QWidget):
    """The line between two steps."""

    def __init__(self, colour: QColor) -> None:
        super().__init__()
        self._colour = colour
        self.setMinimumWidth(SPACE_3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self._colour, 1))
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
