"""The rows of a ballot paper: large, by touch, mouse and keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from congress.ui.context import UiContext
from congress.ui.theme.tokens import (
    MOTION_SLOW,
    RADIUS_CARD,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    Tone,
    Type,
)
from congress.ui.widgets.avatar import Avatar
from congress.ui.widgets.text import Text

ROW = 64
"""Least height of a row, in pixels at text scale 1."""


class StruckText(Text):
    """A name through which a line can be drawn, as with a pen."""

    def __init__(self, context: UiContext, text: str, role: Type) -> None:
        """Show ``text`` without a line."""
        super().__init__(context, text, role)
        self._theme = context.theme
        self.drawn = 0.0
        self._movement = QVariantAnimation(self)
        self._movement.setDuration(MOTION_SLOW)
        self._movement.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._movement.valueChanged.connect(self._draw_to)

    def strike(self, struck: bool) -> None:
        """Draw the line, or take it away."""
        self._movement.stop()
        goal = 1.0 if struck else 0.0
        if not self._theme.motion:
            self._draw_to(goal)
            return
        self._movement.setStartValue(self.drawn)
        self._movement.setEndValue(goal)
        self._movement.start()

    def _draw_to(self, drawn: object) -> None:
        self.drawn = float(str(drawn))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, and the line over each of their lines."""
        super().paintEvent(event)
        if self.drawn <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("danger"), self._theme.px(3))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        inside = self.contentsRect()
        flags = int(Qt.TextFlag.TextWordWrap | self.alignment())
        words = self.fontMetrics().boundingRect(inside, flags, self.text())
        lines = max(1, round(words.height() / self.fontMetrics().lineSpacing()))
        step = words.height() / lines
        reach = words.width() * self.drawn
        for line in range(lines):
            y = words.top() + step * (line + 0.54)
            if self._theme.rtl:
                painter.drawLine(QPointF(words.right() - reach, y), QPointF(words.right(), y))
            else:
                painter.drawLine(QPointF(words.left(), y), QPointF(words.left() + reach, y))


class BallotRow(QAbstractButton):
    """One name or answer that is marked or not. Space and Enter turn it."""

    def __init__(
        self,
        context: UiContext,
        title: str,
        note: str = "",
        *,
        marked: bool = False,
        striking: bool = False,
        picture: bool = True,
        words: tuple[str, str] = ("", ""),
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the row.

        Args:
            context: The surroundings.
            title: The name or answer.
            note: A line below it, or empty.
            marked: Whether it is marked at first.
            striking: Whether taking the mark away strikes the name out.
            picture: Whether there is room for a picture.
            words: What it is called when not marked and when marked, at the end side.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._theme, self._striking, self._words = context.theme, striking, words
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(context.theme.px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._title = title
        self.name = StruckText(context, title, Type.LEAD)
        self._state = Text(context, "", Type.CONTROL, "muted", wrap=False)
        self._mark = QLabel()
        box = self._box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_2, SPACE_4, SPACE_2)
        box.setSpacing(SPACE_3)
        if picture:
            box.addWidget(Avatar(context, title, side=44))
        lines = QVBoxLayout()
        lines.setSpacing(SPACE_1 // 2)
        lines.addStretch(1)
        lines.addWidget(self.name)
        if note:
            lines.addWidget(Text(context, note, Type.LABEL, "muted"))
        lines.addStretch(1)
        box.addLayout(lines, 1)
        box.addWidget(self._state)
        box.addWidget(self._mark)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._show_mark)
        self.setChecked(marked)
        self._show_mark(marked)

    def add_beside(self, button: QAbstractButton) -> None:
        """Put a button of its own, such as "about", at the end of the row."""
        self._box.addWidget(button)

    def set_word(self, word: str) -> None:
        """Say something else while the row is marked: the place in an order."""
        self._words = (self._words[0], word)
        self._show_mark(self.isChecked())

    def _show_mark(self, marked: bool) -> None:
        icon, colour = self._look(marked)
        self._mark.setPixmap(self._theme.pixmap(icon, 28, colour))
        self._state.setText(self._words[marked])
        if self._striking:
            self.name.set_tone(Tone.NEUTRAL if marked else "muted")
            self.name.strike(not marked)
        self.setAccessibleName(f"{self._title}: {self._words[marked]}")
        self.update()

    def _look(self, marked: bool) -> tuple[str, str]:
        if self._striking:
            return ("check-circle-fill", "good") if marked else ("x-circle-fill", "danger")
        return ("check-circle-fill", "accent") if marked else ("circle", "edge")

    def sizeHint(self) -> QSize:
        """Return the size of the layout, at least a row's."""
        return self._box.sizeHint().expandedTo(QSize(0, self.minimumHeight()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the mark with Enter as with Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the ground and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked() and not self._striking
        out = self._striking and not self.isChecked()
        ground = "accent_soft" if chosen else "sunken" if out or self.isDown() else "surface"
        focus = self.hasFocus()
        edge = "accent" if focus or chosen else "line"
        painter.setBrush(self._theme.colour(ground))
        painter.setPen(QPen(self._theme.colour(edge), 2 if focus else 1))
        inset = 1.0 if focus else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, RADIUS_CARD, RADIUS_CARD)


class PairRow(QWidget):
    """One name with two boxes, agree and disagree; both or neither may be marked."""

    changed = Signal()
    """A box was marked or cleared."""

    def __init__(
        self,
        context: UiContext,
        title: str,
        note: str,
        words: tuple[str, str],
        marked: tuple[bool, bool],
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the row; ``words`` and ``marked`` are those of the two boxes in order."""
        super().__init__(parent)
        self._theme = context.theme
        self.setMinimumHeight(context.theme.px(ROW))
        box = self._box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        box.setSpacing(SPACE_3)
        box.addWidget(Avatar(context, title, side=44))
        lines = QVBoxLayout()
        lines.setSpacing(SPACE_1 // 2)
        lines.addStretch(1)
        lines.addWidget(Text(context, title, Type.LEAD))
        if note:
            lines.addWidget(Text(context, note, Type.LABEL, "muted"))
        lines.addStretch(1)
        box.addLayout(lines, 1)
        self.boxes = tuple(
            BallotRow(context, word, marked=on, picture=False)
            for word, on in zip(words, marked, strict=True)
        )
        for button in self.boxes:
            button.setAccessibleName(f"{title}: {button.accessibleName().rstrip(': ')}")
            button.toggled.connect(lambda _: self.changed.emit())
            box.addWidget(button)

    def add_beside(self, button: QAbstractButton) -> None:
        """Put a button of its own, such as "about", at the end of the row."""
        self._box.addWidget(button)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the ground and its edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.colour("surface"))
        painter.setPen(QPen(self._theme.colour("line"), 1))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, RADIUS_CARD, RADIUS_CARD)


def move_focus(rows: Sequence[QWidget], event: QKeyEvent) -> bool:
    """Move the focus along ``rows`` with the up and down keys; return whether it moved."""
    step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
    if step is None or not rows:
        return False
    focused = [at for at, row in enumerate(rows) if row.hasFocus()]
    at = (focused[0] + step) % len(rows) if focused else 0
    rows[at].setFocus(Qt.FocusReason.TabFocusReason)
    return True
