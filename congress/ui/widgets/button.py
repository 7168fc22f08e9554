"""Buttons. One primary button a screen: the next thing to do."""

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Type

ICON = 20
"""Size of an icon on a button, in pixels at text scale 1."""
ICON_ROOM = 6
"""Pixels added to an icon's width, so that it stands clear of the words."""


class Kind(StrEnum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"


_INK = {
    Kind.PRIMARY: "on_accent",
    Kind.SECONDARY: "ink",
    Kind.QUIET: "accent",
    Kind.DANGER: "danger",
}


class Button(QPushButton):
    """A button with a verb on it. Space and Enter press it."""

    def __init__(
        self,
        context: UiContext,
        text: str = "",
        kind: Kind = Kind.SECONDARY,
        icon: str = "",
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text``, an icon, or both.

        Args:
            context: The surroundings.
            text: A verb, in sentence case; empty for a button that is an icon alone.
            kind: How much it asks for attention.
            icon: Phosphor name, or empty.
            name: What it does, for screen readers and as its tip, if it has no text.
            parent: The widget it lies on.
        """
        super().__init__(text.replace("&", "&&"), parent)
        self._context, self.kind = context, kind
        self.setProperty("kind", str(kind))
        self._make_room(text)
        self.setFont(context.theme.font(Type.CONTROL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if icon:
            self.set_icon(icon)
        self.setAccessibleName(name or text)
        if name:
            self.setToolTip(name)

    def set_icon(self, icon: str, colour: str = "") -> None:
        """Show the Phosphor icon ``icon``, by default in the colour of the text."""
        default = "ink" if self.kind is Kind.QUIET and not self.text() else _INK[self.kind]
        self.setIcon(self._context.theme.icon(icon, colour or default))

    def _make_room(self, text: str) -> None:
        """Let the icon stand alone, or clear of the words."""
        side = self._context.theme.px(ICON)
        self.setIconSize(QSize(side + (ICON_ROOM if text else 0), side))
        self.setProperty("iconOnly", not text)

    def set_text(self, text: str) -> None:
        """Change the words, for the eye and for screen readers."""
        if bool(text) is not bool(self.text()):
            self._make_room(text)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)
