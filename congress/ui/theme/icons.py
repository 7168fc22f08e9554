"""Icons of the Phosphor set, in a colour of the tokens, mirrored in right-to-left layouts."""

from functools import cache

from PySide6.QtGui import QIcon
from qtawesome.iconic_font import IconicFont

DIRECTED = frozenset(
    {
        "arrow-left", "arrow-right", "arrow-bend-up-left", "arrow-bend-up-right",
        "arrow-u-up-left", "arrow-u-up-right", "arrow-square-out", "arrow-counter-clockwise",
        "arrow-clockwise", "caret-left", "caret-right", "caret-double-left",
        "caret-double-right", "sign-in", "sign-out", "list-bullets",
        "list-numbers", "text-align-left", "export", "share", "chat-text",
        "article", "note", "identification-card", "identification-badge",
        "file-text", "paper-plane-right", "skip-forward", "skip-back", "door", "speaker-high",
        "user-list", "list", "funnel", "chart-bar-horizontal", "chart-bar",
    }
)  # fmt: skip
"""Icons that point or read in a direction, and so turn round in a right-to-left layout."""


@cache
def _phosphor() -> IconicFont:
    return IconicFont(("ph", "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"))


def exists(name: str) -> bool:
    """Return whether the set has an icon ``name``."""
    return name in _phosphor().charmap["ph"]


def icon(name: str, colour: str, disabled: str, *, rtl: bool) -> QIcon:
    """Return the icon ``name``.

    Args:
        name: A name of the Phosphor set, for instance ``"users-three"`` or
            ``"house-fill"``.
        colour: Its colour, ``#RRGGBB``.
        disabled: Its colour on a disabled control.
        rtl: Whether the layout runs from right to left.
    """
    plain = name.removesuffix("-fill").removesuffix("-bold").removesuffix("-light")
    made: QIcon = _phosphor().icon(
        f"ph.{name}",
        color=colour,
        color_disabled=disabled,
        hflip=rtl and plain in DIRECTED,
        scale_factor=1.1,
    )
    return made
