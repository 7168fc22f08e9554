"""A chip: a short mark of one state, always an icon or a word, never a colour alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, Tone, Type
from congress.ui.widgets.text import Text, restyle

TONE_ICONS = {
    Tone.NEUTRAL: "",
    Tone.ACCENT: "",
    Tone.GOOD: "check-circle",
    Tone.CAUTION: "warning",
    Tone.DANGER: "x-circle",
    Tone.NOTE: "info",
}
"""The icon that goes with each meaning."""


class Chip(QFrame):
    """A mark with words, in the tone of its meaning."""

    def __init__(
        self,
        context: UiContext,
        text: str,
        tone: Tone = Tone.NEUTRAL,
        icon: str | None = None,
        *,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text``.

        Args:
            context: The surroundings.
            text: One or two words.
            tone: What it means.
            icon: Phosphor name; by default the icon of the tone; empty for none.
            figures: Digits of one width, for numbers that change.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context = context
        self._icon = icon
        self._mark = QLabel()
        self._text = Text(context, "", Type.CAPTION, wrap=False, figures=figures)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_2 + 1, SPACE_1 - 1, SPACE_2 + 1, SPACE_1 - 1)
        box.setSpacing(SPACE_1)
        box.addWidget(self._mark)
        box.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.set(text, tone)

    def set(self, text: str, tone: Tone, icon: str | None = None) -> None:
        """Show another text in another tone."""
        self._icon = icon if icon is not None else self._icon
        name = TONE_ICONS[tone] if self._icon is None else self._icon
        colour = "muted" if tone is Tone.NEUTRAL else tone.value
        self._mark.setVisible(bool(name))
        if name:
            self._mark.setPixmap(self._context.theme.pixmap(name, 16, colour))
            self._mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setText(text)
        self._text.set_tone("muted" if tone is Tone.NEUTRAL else tone)
        self.setProperty("tone", str(tone))
        self.setAccessibleName(text)
        restyle(self)

    @property
    def text(self) -> str:
        """Its words."""
        return self._text.text()
