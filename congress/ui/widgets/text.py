"""Text: every word on a screen that is no button, field or table cell."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Tone, Type

LINE_HEIGHT = {"en": 150, "vi": 155, "ur": 100}
"""Percent of the natural line height in reading text; Nastaliq brings its own height."""


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a property of ``widget`` that has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Text(QLabel):
    """A plain text in a role of the type scale. Never reads its content as HTML."""

    def __init__(
        self,
        context: UiContext,
        text: str = "",
        role: Type = Type.BODY,
        tone: Tone | str = Tone.NEUTRAL,
        *,
        wrap: bool = True,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text``.

        Args:
            context: The surroundings.
            text: What it says.
            role: Size, weight and face.
            tone: A meaning, or ``"muted"`` or ``"on_accent"``.
            wrap: Whether long text goes on in the next line.
            figures: Digits of one width, for numbers that change.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._role, self._lang, self._plain = role, context.tr.lang, ""
        self.setFont(context.theme.font(role, figures=figures))
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", str(tone))
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show ``text``; reading text is set with more space between its lines."""
        self._plain = text
        if self._role is Type.READING:
            self.setTextFormat(Qt.TextFormat.RichText)
            height = LINE_HEIGHT[self._lang]
            text = f'<div style="line-height:{height}%">{escape(text)}</div>'
        super().setText(text)
        self.setAccessibleName(self._plain)

    @property
    def plain(self) -> str:
        """What it says."""
        return self._plain

    def set_tone(self, tone: Tone | str) -> None:
        """Change the meaning of the text."""
        self.setProperty("tone", str(tone))
        restyle(self)

    def selectable(self) -> "Text":
        """Let the person select and copy the text; returns itself."""
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return self
