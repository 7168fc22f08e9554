"""The design tokens: colours, type, space, shapes and motion. Pure values, without Qt.

Every colour, size and distance on a screen comes from here. ``CONTRAST`` names each pair of
colours that is used as text on ground; a test computes their WCAG contrast.
"""

from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from congress.kernel.errors import InputError

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6 = 4, 8, 12, 16, 24, 40
RADIUS_CONTROL, RADIUS_CARD = 8, 12
TARGET = 44
"""The least height of anything that is clicked or touched, in pixels."""
PAGE, MEASURE = 1120, 960
"""The widest a page grows, and a column of content on it, in pixels."""
SCROLL_BAR = 12
MOTION_FAST, MOTION_SLOW = 120, 200
"""Lengths of transitions, in milliseconds."""
TEXT_CONTRAST, EDGE_CONTRAST, HIGH_CONTRAST = 4.5, 3.0, 7.0
"""WCAG 2.2: least contrast of text (1.4.3), of the edge of a control (1.4.11), and of all of
them where high contrast was chosen (1.4.6)."""
TEXT_SCALES = (1.0, 1.15, 1.3, 1.5)


class Mode(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


class Tone(StrEnum):
    """What a mark, banner or text means; never shown by colour alone."""

    NEUTRAL = "neutral"
    ACCENT = "accent"
    GOOD = "good"
    CAUTION = "caution"
    DANGER = "danger"
    NOTE = "note"


class Type(Enum):
    """A role of text: size in pixels at scale 1, weight, and whether it is a heading."""

    CAPTION = (12, 500, False)
    LABEL = (14, 400, False)
    CONTROL = (14, 500, False)
    STRONG = (14, 600, False)
    BODY = (16, 400, False)
    NAME = (16, 600, False)
    READING = (16, 400, True)
    LEAD = (20, 400, False)
    HEADING = (20, 600, True)
    TITLE = (28, 600, True)
    DISPLAY = (40, 600, True)
    HALL = (64, 600, True)
    HALL_LARGE = (96, 600, True)
    HALL_HUGE = (160, 600, True)

    def __init__(self, pixels: int, weight: int, heading: bool) -> None:
        """Name the three parts of the value."""
        self.pixels = pixels
        self.weight = weight
        self.heading = heading


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode, as ``#RRGGBB``.

    Attributes:
        mode: Light or dark.
        paper: Ground of the window.
        surface: Ground of cards, fields and tables.
        sunken: Ground of what lies lower: table heads, tracks.
        hover: Ground under the pointer.
        ink: Text.
        muted: Text of second rank.
        line: Hairlines between things.
        edge: Edge of a control that has no other shape.
        accent: The one colour of action and selection.
        on_accent: Text on ``accent``.
        accent_soft: Ground of what is selected.
        good: Means well; likewise ``caution``, ``danger`` and ``note``.
        on_danger: Text on ``danger``.
        good_soft: Ground of a good message; likewise the other three.
        shadow: Colour of shadows; their strength is given where they are drawn.
    """

    mode: Mode
    paper: str
    surface: str
    sunken: str
    hover: str
    ink: str
    muted: str
    line: str
    edge: str
    accent: str
    on_accent: str
    accent_soft: str
    good: str
    caution: str
    danger: str
    on_danger: str
    note: str
    good_soft: str
    caution_soft: str
    danger_soft: str
    note_soft: str
    shadow: str

    def of(self, tone: Tone) -> str:
        """Return the colour of text and marks of ``tone``."""
        return self.ink if tone is Tone.NEUTRAL else str(getattr(self, tone.value))

    def soft(self, tone: Tone) -> str:
        """Return the ground of a chip or banner of ``tone``."""
        return self.sunken if tone is Tone.NEUTRAL else str(getattr(self, f"{tone.value}_soft"))


LIGHT = Palette(
    mode=Mode.LIGHT,
    paper="#FAF8F4",
    surface="#FFFFFF",
    sunken="#F4F1EB",
    hover="#F5F2EC",
    ink="#1C1B1A",
    muted="#625E57",
    line="#E4DFD6",
    edge="#8C867B",
    accent="#0F5C5C",
    on_accent="#FFFFFF",
    accent_soft="#E2EEEC",
    good="#2E7D4F",
    caution="#8F5B0A",
    danger="#B3362B",
    on_danger="#FFFFFF",
    note="#2C5F9E",
    good_soft="#EEF6F1",
    caution_soft="#F8F0DF",
    danger_soft="#FAE9E6",
    note_soft="#E7EEF7",
    shadow="#1C1B1A",
)

DARK = Palette(
    mode=Mode.DARK,
    paper="#14161A",
    surface="#1C1F24",
    sunken="#181A1F",
    hover="#262A31",
    ink="#ECE9E3",
    muted="#A39F96",
    line="#2C3037",
    edge="#767B85",
    accent="#6CC0B4",
    on_accent="#14161A",
    accent_soft="#1D3331",
    good="#7FCB9E",
    caution="#E3B560",
    danger="#F29488",
    on_danger="#14161A",
    note="#93BCEF",
    good_soft="#1D3127",
    caution_soft="#372D1A",
    danger_soft="#3C2523",
    note_soft="#1F2D40",
    shadow="#000000",
)

PALETTES = {Mode.LIGHT: LIGHT, Mode.DARK: DARK}

_GROUNDS = ("paper", "surface", "sunken", "hover")
_SOFTS = ("accent_soft", "good_soft", "caution_soft", "danger_soft", "note_soft")
CONTRAST: tuple[tuple[str, str, float], ...] = (
    *(("ink", ground, TEXT_CONTRAST) for ground in (*_GROUNDS, *_SOFTS)),
    *(("muted", ground, TEXT_CONTRAST) for ground in (*_GROUNDS, *_SOFTS)),
    *((tone, "surface", TEXT_CONTRAST) for tone in ("good", "caution", "danger", "note")),
    *((tone, "paper", TEXT_CONTRAST) for tone in ("good", "caution", "danger", "note")),
    *((tone, f"{tone}_soft", TEXT_CONTRAST) for tone in ("good", "caution", "danger", "note")),
    *(("accent", ground, TEXT_CONTRAST) for ground in (*_GROUNDS, "accent_soft")),
    ("on_accent", "accent", TEXT_CONTRAST),
    ("on_danger", "danger", TEXT_CONTRAST),
    *(("edge", ground, EDGE_CONTRAST) for ground in ("paper", "surface", "sunken")),
)
"""Each pair that is used: text or edge, its ground, and the least contrast."""


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the WCAG 2.2 contrast ratio of two colours ``#RRGGBB``, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Return ``one`` with the given share (0 to 1) of ``other`` mixed in, as ``#RRGGBB``."""
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def sharpened(palette: Palette) -> Palette:
    """Return ``palette`` in high contrast: black on white or white on black, with clear edges."""
    dark = palette.mode is Mode.DARK
    ground, ink = ("#000000", "#FFFFFF") if dark else ("#FFFFFF", "#000000")

    def toned(name: str) -> str:
        return mixed(getattr(palette, name), ink, 0.45)

    def soft(name: str) -> str:
        return mixed(ground, getattr(palette, name), 0.5)

    return replace(
        palette,
        paper=ground,
        surface=ground,
        sunken=ground,
        hover=mixed(ground, ink, 0.1),
        ink=ink,
        muted=ink,
        line=mixed(ground, ink, 0.6),
        edge=ink,
        accent=toned("accent"),
        on_accent=ground,
        accent_soft=soft("accent_soft"),
        good=toned("good"),
        caution=toned("caution"),
        danger=toned("danger"),
        on_danger=ground,
        note=toned("note"),
        good_soft=soft("good_soft"),
        caution_soft=soft("caution_soft"),
        danger_soft=soft("danger_soft"),
        note_soft=soft("note_soft"),
    )


def with_accent(palette: Palette, accent: str) -> Palette:
    """Return ``palette`` with a congress's own accent.

    Args:
        palette: The colours of the mode.
        accent: The accent as ``#RRGGBB``.

    Raises:
        InputError: ``theme.accent_contrast`` if text of this colour, or text on it, would
            be hard to read.
    """
    on_accent = max(("#FFFFFF", "#14161A"), key=lambda text: contrast(text, accent))
    soft = mixed(palette.surface, accent, 0.12)
    changed = replace(palette, accent=accent, on_accent=on_accent, accent_soft=soft)
    for text, ground, least in CONTRAST:
        if "accent" in text or "accent" in ground:
            ratio = contrast(getattr(changed, text), getattr(changed, ground))
            if ratio < least:
                raise InputError("theme.accent_contrast", accent=accent)
    return changed
