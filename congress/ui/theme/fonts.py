"""The application's fonts: which faces are shipped, and which family sets which text."""

from PySide6.QtGui import QFont, QFontDatabase

from congress.assets import asset
from congress.kernel.errors import BugError
from congress.ui.theme.tokens import Type

LATIN, FIGURES = "Be Vietnam Pro", "Congress Figures"
NASKH, NASTALIQ = "Congress Naskh", "Congress Nastaliq"
FACES = (
    "BeVietnamPro-Regular.ttf",
    "BeVietnamPro-Italic.ttf",
    "BeVietnamPro-Medium.ttf",
    "BeVietnamPro-SemiBold.ttf",
    "BeVietnamPro-Bold.ttf",
    "CongressFigures-Regular.ttf",
    "CongressFigures-SemiBold.ttf",
    "CongressNaskh-Regular.ttf",
    "CongressNaskh-Bold.ttf",
    "CongressNastaliq-Regular.ttf",
    "CongressNastaliq-Bold.ttf",
)
NASKH_SIZE, NASTALIQ_SIZE, NASTALIQ_READING = 1.1, 0.95, 1.25
"""Naskh looks smaller than Latin of one size; Nastaliq larger, but for small reading text."""


def load() -> None:
    """Give the shipped faces to Qt, once in the life of the application.

    Raises:
        BugError: A shipped face is missing or damaged.
    """
    if {LATIN, FIGURES, NASKH, NASTALIQ}.issubset(QFontDatabase.families()):
        return
    for face in FACES:
        if QFontDatabase.addApplicationFont(str(asset("fonts") / face)) < 0:
            raise BugError(f"the shipped font {face} cannot be loaded")


def families(role: Type, lang: str, *, figures: bool = False) -> list[str]:
    """Return the families that set a text of ``role``, the first choice first.

    Args:
        role: The role of the text.
        lang: ``en``, ``vi`` or ``ur``.
        figures: Whether the text is a number that changes, and so needs digits of one width.
    """
    if figures:
        return [FIGURES, NASKH, LATIN]
    if lang != "ur":
        return [LATIN, NASKH]
    return [NASTALIQ if role.heading else NASKH, LATIN]


def font(role: Type, lang: str, scale: float, *, figures: bool = False) -> QFont:
    """Return the font of ``role`` in ``lang`` at text scale ``scale``."""
    names = families(role, lang, figures=figures)
    made = QFont(names)
    share = 1.0
    if names[0] == NASKH:
        share = NASKH_SIZE
    elif names[0] == NASTALIQ:
        share = NASTALIQ_READING if role is Type.READING else NASTALIQ_SIZE
    made.setPixelSize(round(role.pixels * scale * share))
    made.setWeight(QFont.Weight(role.weight))
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made
