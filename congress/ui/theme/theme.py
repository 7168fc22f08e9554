"""One look: a palette, a language and a text scale, turned into what Qt draws with."""

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from congress.ui.theme import fonts, icons
from congress.ui.theme.style import stylesheet
from congress.ui.theme.tokens import (
    PALETTES,
    Mode,
    Palette,
    Tone,
    Type,
    mixed,
    sharpened,
    with_accent,
)

_STYLED = "congressStyled"
"""Property of an application that has its style; to set it again takes a tenth of a second."""


@dataclass(frozen=True)
class Theme:
    """A look that does not change; another mode, language or scale is another theme.

    Attributes:
        palette: The colours.
        lang: ``en``, ``vi`` or ``ur``: chooses fonts and direction.
        scale: Text scale, 1 to 1.5.
        motion: Whether things may move.
    """

    palette: Palette
    lang: str = "en"
    scale: float = 1.0
    motion: bool = True

    @classmethod
    def of(
        cls,
        mode: Mode,
        lang: str,
        *,
        scale: float = 1.0,
        motion: bool = True,
        accent: str | None = None,
        sharp: bool = False,
    ) -> "Theme":
        """Return the theme of a mode, with the congress's own accent if it has one.

        Args:
            mode: Light or dark.
            lang: ``en``, ``vi`` or ``ur``.
            scale: Text scale, 1 to 1.5.
            motion: Whether things may move.
            accent: The accent of the congress as ``#RRGGBB``.
            sharp: Whether colours give way to high contrast.

        Raises:
            InputError: ``theme.accent_contrast`` if the accent would be hard to read.
        """
        palette = PALETTES[mode]
        palette = with_accent(palette, accent) if accent else palette
        return cls(sharpened(palette) if sharp else palette, lang, scale, motion)

    @property
    def rtl(self) -> bool:
        """Whether the layout runs from right to left."""
        return QLocale(self.lang).textDirection() is Qt.LayoutDirection.RightToLeft

    def px(self, size: float) -> int:
        """Return a size in pixels that grows with the text, for instance an icon's."""
        return round(size * self.scale)

    def font(self, role: Type, *, figures: bool = False) -> QFont:
        """Return the font of ``role``; ``figures`` for numbers that change."""
        return fonts.font(role, self.lang, self.scale, figures=figures)

    def colour(self, name: str) -> QColor:
        """Return the colour of the token ``name``, for painters."""
        return QColor(getattr(self.palette, name))

    def tone(self, tone: Tone) -> QColor:
        """Return the colour of text and marks of ``tone``, for painters."""
        return QColor(self.palette.of(tone))

    def icon(self, name: str, colour: str = "ink") -> QIcon:
        """Return the Phosphor icon ``name`` in the colour of the token ``colour``."""
        ground = mixed(self.palette.muted, self.palette.surface, 0.45)
        return icons.icon(name, getattr(self.palette, colour), ground, rtl=self.rtl)

    def pixmap(self, name: str, size: int, colour: str = "ink", *, ratio: float = 1.0) -> QPixmap:
        """Return the icon ``name`` as a picture of ``size`` (scaled with the text).

        Args:
            name: The Phosphor name.
            size: Width and height in pixels at text scale 1.
            colour: Token of its colour.
            ratio: Pixels of the device per pixel, for sharp icons on dense screens.
        """
        side = self.px(size)
        return self.icon(name, colour).pixmap(QSize(side, side), ratio)

    @cached_property
    def qpalette(self) -> QPalette:
        """The colours for what Qt draws by itself."""
        tokens, made, role = self.palette, QPalette(), QPalette.ColorRole
        for where, name in (
            (role.Window, "paper"),
            (role.WindowText, "ink"),
            (role.Base, "surface"),
            (role.AlternateBase, "hover"),
            (role.Text, "ink"),
            (role.Button, "surface"),
            (role.ButtonText, "ink"),
            (role.BrightText, "danger"),
            (role.ToolTipBase, "ink"),
            (role.ToolTipText, "paper"),
            (role.PlaceholderText, "muted"),
            (role.Highlight, "accent"),
            (role.HighlightedText, "on_accent"),
            (role.Accent, "accent"),
            (role.Link, "accent"),
            (role.LinkVisited, "accent"),
            (role.Light, "surface"),
            (role.Midlight, "hover"),
            (role.Mid, "line"),
            (role.Dark, "edge"),
        ):
            made.setColor(where, QColor(getattr(tokens, name)))
        pale = QColor(mixed(tokens.muted, tokens.surface, 0.45))
        for where in (role.WindowText, role.Text, role.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, where, pale)
        return made

    def dress(self, application: QApplication) -> None:
        """Give the whole application this look, fonts and direction included."""
        fonts.load()
        if not application.property(_STYLED):
            application.setStyle("fusion")
            application.setProperty(_STYLED, True)
        application.setLayoutDirection(QLocale(self.lang).textDirection())
        application.setPalette(self.qpalette)
        application.setFont(self.font(Type.LABEL))
        application.setStyleSheet(stylesheet(self.palette, self.scale, rtl=self.rtl))
