"""Text: every word on a screen that is no button, field or table cell."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from congress.i18n.direction import RIGHT_TO_LEFT, from_right
from congress.ui.context import UiContext
from congress.ui.theme.fonts import NASTALIQ
from congress.ui.theme.tokens import Tone, Type

LONG = 40
"""Texts of more letters than this run over several lines and are given room between them."""
LINE_HEIGHT = {"en": 116, "vi": 120, "ur": 104}
READING_HEIGHT = {"en": 128, "vi": 132, "ur": 100}
"""Percent of the font's own line height (1.27 em Latin, 1.7 Naskh, 2.5 Nastaliq)."""
RISE = 0.2
"""How far, in em, a chain of Nastaliq letters may climb above the line."""
OVERHANG = 0.18
"""How far, in em, the last letter of a line of Nastaliq may reach beyond its width."""


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
        font = context.theme.font(role, figures=figures)
        self.setFont(font)
        if font.families()[0] == NASTALIQ:
            over, rise = (round(part * font.pixelSize()) for part in (OVERHANG, RISE))
            self.setContentsMargins(over, rise, 0, 0)
        side = Qt.AlignmentFlag.AlignRight if context.theme.rtl else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", str(tone))
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show ``text``; long text is set with more space between its lines."""
        self._plain = text
        self.setAccessibleName(text)
        reading = self._role is Type.READING
        prose = not self._role.heading
        if not self.wordWrap() or not (reading or (prose and len(text) > LONG)):
            self.setTextFormat(Qt.TextFormat.PlainText)
            # Qt takes the direction of a text from its first letter outside isolates.
            super().setText(f"{RIGHT_TO_LEFT}{text}" if self._lang == "ur" and text else text)
            return
        height = (READING_HEIGHT if reading else LINE_HEIGHT)[self._lang]
        lines = escape(text).replace("\n", "<br>")
        side = "rtl" if self._lang == "ur" or from_right(text) else "ltr"
        self.setTextFormat(Qt.TextFormat.RichText)
        super().setText(f'<div dir="{side}" style="line-height:{height}%">{lines}</div>')

    def text(self) -> str:
        """Return what it says."""
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
