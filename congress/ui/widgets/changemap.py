"""A scroll bar that also shows where a text changed, and how."""

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from congress.ui.context import UiContext

_TICK = 3


class ChangeMap(QScrollBar):
    """Marks changes beside the handle: colour says what kind, side says it without colour.

    What came stands at the end side, what went at the start side, what changed or moved across
    the whole width.
    """

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        """Begin without marks."""
        super().__init__(parent)
        self._theme = context.theme
        self._marks: Sequence[tuple[float, str]] = ()
        self._current: int | None = None

    def set_marks(self, marks: Sequence[tuple[float, str]]) -> None:
        """Mark places: how far down each is, 0 to 1, and the token of its colour."""
        self._marks = marks
        self.update()

    def set_current(self, current: int | None) -> None:
        """Mark one of the places before the others."""
        self._current = current
        self.update()

    @property
    def marks(self) -> Sequence[tuple[float, str]]:
        """The places that are marked."""
        return self._marks

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar, then the marks over it."""
        super().paintEvent(event)
        if not self._marks:
            return
        painter = QPainter(self)
        half = self.width() // 2
        rtl = self._theme.rtl
        for at, (share, colour) in enumerate(self._marks):
            x, width = 1, self.width() - 2
            if colour in ("good", "danger"):
                width = half - 1
                x = half if (colour == "good") is not rtl else 1
            row = round(share * (self.height() - _TICK))
            painter.fillRect(x, row, width, _TICK, self._theme.colour(colour))
            if at == self._current:
                painter.fillRect(0, row - 2, self.width(), 1, self._theme.colour("ink"))
                painter.fillRect(0, row + _TICK + 1, self.width(), 1, self._theme.colour("ink"))
        painter.end()
