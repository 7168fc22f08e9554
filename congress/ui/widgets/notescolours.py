"""How the colours of notes look: on paper, in sepia and at night.

A fill lies under the words as a text marker does: by day it is pale, at night it is dark, and the
ink of the page stays readable on it. A line (underline, ink, a dot that stands for the colour) is
strong enough to be seen on the ground of the page and on the surfaces of the window.
"""

from collections.abc import Mapping

from PySide6.QtGui import QColor

from congress.docs.notes.model import NoteColour
from congress.docs.places import Look
from congress.ui.theme.tokens import Mode

_FILLS: Mapping[bool, Mapping[NoteColour, str]] = {
    False: {
        NoteColour.YELLOW: "#FFE58A",
        NoteColour.GREEN: "#C6EBB8",
        NoteColour.BLUE: "#C2E0FB",
        NoteColour.ROSE: "#FBCBD9",
        NoteColour.VIOLET: "#DFD1FA",
    },
    True: {
        NoteColour.YELLOW: "#594A08",
        NoteColour.GREEN: "#1F4D2B",
        NoteColour.BLUE: "#1B4468",
        NoteColour.ROSE: "#642A3C",
        NoteColour.VIOLET: "#46306B",
    },
}
_LINES: Mapping[bool, Mapping[NoteColour, str]] = {
    False: {
        NoteColour.YELLOW: "#946D00",
        NoteColour.GREEN: "#2E7D4F",
        NoteColour.BLUE: "#2C5F9E",
        NoteColour.ROSE: "#B3365E",
        NoteColour.VIOLET: "#6A45B5",
    },
    True: {
        NoteColour.YELLOW: "#F2C94C",
        NoteColour.GREEN: "#7FCB9E",
        NoteColour.BLUE: "#93BCEF",
        NoteColour.ROSE: "#F29AB5",
        NoteColour.VIOLET: "#BFA5F2",
    },
}
_BY_DAY, _AT_NIGHT = 150 / 255, 110 / 255
"""How opaque views lay marks over a page."""
_NIGHT_PAGE = 0.11
"""How light the ground of a page is at night."""


def fill(colour: NoteColour, *, dark: bool) -> QColor:
    """Return the ground that a highlight gives to words on a light or a dark page."""
    return QColor(_FILLS[dark][colour])


def marker(colour: NoteColour, *, dark: bool) -> QColor:
    """Return the colour with which a view lays a fill over drawn words.

    Views blend marks with the page (multiplied by day, screened at night), not quite opaque; this
    is the colour that comes out as ``fill``.
    """
    wanted = fill(colour, dark=dark)
    sides = (wanted.redF(), wanted.greenF(), wanted.blueF())
    blend = _screened if dark else _multiplied
    return QColor.fromRgbF(*(min(1.0, max(0.0, blend(side))) for side in sides))


def _multiplied(side: float) -> float:
    return (side - 1 + _BY_DAY) / _BY_DAY


def _screened(side: float) -> float:
    return (side - _NIGHT_PAGE) / (_AT_NIGHT * (1 - _NIGHT_PAGE))


def line(colour: NoteColour, *, dark: bool) -> QColor:
    """Return the colour of an underline, of ink, or of a dot on a light or a dark ground."""
    return QColor(_LINES[dark][colour])


def is_dark(look: Look | Mode) -> bool:
    """Return whether pages in this look, or surfaces in this mode, are dark."""
    return look in (Look.NIGHT, Mode.DARK)
