"""A button for fingers, on screens where people stand."""

from PySide6.QtCore import QSize

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Type
from congress.ui.widgets.button import Button, Kind

HEIGHT, WIDTH = 56, 200
"""Least size in pixels at text scale 1."""


class LargeButton(Button):
    """A button of at least 56 by 200 pixels."""

    def __init__(self, context: UiContext, text: str, kind: Kind = Kind.SECONDARY) -> None:
        """Show ``text``."""
        super().__init__(context, text, kind)
        self._least = QSize(context.theme.px(WIDTH), context.theme.px(HEIGHT))
        self.setFont(context.theme.font(Type.NAME))

    def sizeHint(self) -> QSize:
        """Return the size of the words, at least the large one."""
        return super().sizeHint().expandedTo(self._least)
