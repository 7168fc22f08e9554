"""The colours in which papers are read: as on paper, sepia, or light letters at night.

Pure work on images, done by the threads that draw.
"""

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from congress.docs.places import Look
from congress.ui.theme.tokens import DARK, LIGHT, Palette, mixed

SEPIA_GROUND, SEPIA_INK = "#F5EBD7", "#3B2F1E"
"""Ground and ink of sepia, 10.9 : 1."""

SEPIA = Palette(
    **{
        **{name: getattr(LIGHT, name) for name in Palette.__slots__},
        "paper": mixed(SEPIA_GROUND, SEPIA_INK, 0.08),
        "surface": SEPIA_GROUND,
        "sunken": mixed(SEPIA_GROUND, SEPIA_INK, 0.14),
        "ink": SEPIA_INK,
        "line": mixed(SEPIA_GROUND, SEPIA_INK, 0.2),
        "accent": "#0B5254",
        "caution": "#7A4B05",
        "note": "#24528B",
    }
)
_PALETTES = {Look.PAPER: LIGHT, Look.SEPIA: SEPIA, Look.NIGHT: DARK}
_NIGHT_FLOOR = 28
"""The darkest grey of a page at night, about that of dark surfaces: pure black would glare."""


def palette(look: Look) -> Palette:
    """Return the colours of a page."""
    return _PALETTES[look]


def around(look: Look, app: Palette) -> QColor:
    """Return the colour around fixed pages; that of the window where the paper is as it is."""
    return QColor(app.sunken if look is Look.PAPER else palette(look).sunken)


def in_look(image: QImage, look: Look) -> QImage:
    """Return a drawn page (opaque, 32 bits a pixel) in the colours of a look."""
    if look is Look.NIGHT:
        return nightly(image)
    if look is Look.SEPIA:
        tinted = image.copy()
        painter = QPainter(tinted)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(tinted.rect(), QColor(SEPIA_GROUND))
        painter.end()
        return tinted
    return image


def nightly(image: QImage) -> QImage:
    """Return a page with its lightness turned round and its hues kept.

    In the HSL model lightness is the mean of the largest and the smallest channel; to turn it
    round, each channel ``c`` becomes ``c + 255 - largest - smallest``. Red ink stays red, and
    pictures keep their colours. The dark end is lifted to that of dark surfaces.
    """
    turned = image.copy()
    height, width = turned.height(), turned.width()
    pixels = np.frombuffer(turned.bits(), np.uint8).reshape(height, turned.bytesPerLine() // 4, 4)
    colours = pixels[:, :width, :3]
    largest = colours.max(axis=2)
    shift = (255 - largest.astype(np.int16)) - colours.min(axis=2)
    inverted = colours + shift[:, :, None]
    lifted = _NIGHT_FLOOR + inverted * (255 - _NIGHT_FLOOR) // 255
    colours[:] = lifted.astype(np.uint8)
    return turned
