"""Signs on fixed pages: the ribbon of a bookmark, and where a note is written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from congress.docs.notes.model import NoteColour
from congress.docs.pdfium import Box
from congress.ui.theme.tokens import TARGET
from congress.ui.widgets.notescolours import fill, line

_RIBBON = (20.0, 34.0)
_RIBBON_AWAY = 28.0
"""Size of the ribbon, and how far from the corner of the page it hangs, in points."""
_SIGN = 15.0
_AWAY = 10.0
"""Size of a sign, and how far from the edge of the page it stands, in points."""


@dataclass(frozen=True)
class Sign:
    """Stands beside words, or at a place, where a note is written.

    Attributes:
        note_id: The note.
        colour: Its colour.
        at: Its place on the page.
        filled: Whether something is written in it.
    """

    note_id: str
    colour: NoteColour
    at: Box
    filled: bool = True


class SignsLayer:
    """Draws the signs, and tells which of them was tapped.

    Attributes:
        ribbons: Identifier and colour of the bookmark on each page (from 1) that has one.
        signs: The signs on a page.
        rtl: Whether ribbons hang at the left, as in books that are read from the right.
        dark: Whether the pages are dark.
        scale: Pixels per point at present, for the size of a finger.
    """

    def __init__(
        self,
        signs: Callable[[int], Sequence[Sign]],
        size: Callable[[int], tuple[float, float]],
        touched: Callable[[str], object],
        *,
        rtl: bool,
    ) -> None:
        """Begin without bookmarks.

        Args:
            signs: Gives the signs on a page (from 1).
            size: Gives width and height of a page (from 1) in points.
            touched: Told the identifier of a note whose sign or ribbon was tapped.
            rtl: Whether ribbons hang at the left.
        """
        self._signs, self._size, self._touched = signs, size, touched
        self.ribbons: Mapping[int, tuple[str, NoteColour]] = {}
        self.rtl, self.dark, self.scale = rtl, False, 1.0

    def paint(self, painter: QPainter, page: int, on_view: Callable[[Box], QRectF]) -> None:
        """Draw what is on a page (from 1)."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if page in self.ribbons:
            self._ribbon(painter, on_view(self._ribbon_box(page)), self.ribbons[page][1])
        for sign in self._signs(page):
            self._sign(painter, on_view(self._sign_box(sign, page)), sign)

    def _ribbon(self, painter: QPainter, area: QRectF, colour: NoteColour) -> None:
        notch = area.width() * 0.42
        shape = QPolygonF(
            [
                area.topLeft(),
                area.topRight(),
                area.bottomRight(),
                QPointF(area.center().x(), area.bottom() - notch),
                area.bottomLeft(),
            ]
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line(colour, dark=self.dark))
        painter.drawPolygon(shape)

    def _sign(self, painter: QPainter, area: QRectF, sign: Sign) -> None:
        strong = line(sign.colour, dark=self.dark)
        painter.setPen(QPen(strong, max(1.2, area.width() / 12)))
        painter.setBrush(fill(sign.colour, dark=self.dark))
        corner = area.width() / 4
        painter.drawRoundedRect(area, corner, corner)
        if sign.filled:
            self._lines(painter, area, strong)

    def _lines(self, painter: QPainter, area: QRectF, colour: QColor) -> None:
        painter.setPen(QPen(colour, max(1.0, area.width() / 13)))
        for share in (0.34, 0.52, 0.7):
            y = area.top() + area.height() * share
            end = area.right() - area.width() * (0.24 if share < 0.6 else 0.45)
            painter.drawLine(QPointF(area.left() + area.width() * 0.24, y), QPointF(end, y))

    def tapped(self, page: int, x: float, y: float) -> bool:
        """Take a tap at a point of a page (from 1, in points): is there a sign or a ribbon?"""
        room = TARGET / 2 / max(self.scale, 0.01)
        for sign in self._signs(page):
            if _near(self._sign_box(sign, page), x, y, room):
                self._touched(sign.note_id)
                return True
        if page in self.ribbons and _near(self._ribbon_box(page), x, y, room / 2):
            self._touched(self.ribbons[page][0])
            return True
        return False

    def box_of(self, note_id: str, page: int) -> Box | None:
        """Return where the sign or the ribbon of a note is on a page (from 1)."""
        if page in self.ribbons and self.ribbons[page][0] == note_id:
            return self._ribbon_box(page)
        found = (each for each in self._signs(page) if each.note_id == note_id)
        sign = next(found, None)
        return self._sign_box(sign, page) if sign is not None else None

    def _ribbon_box(self, page: int) -> Box:
        width, height = _RIBBON
        left = _RIBBON_AWAY if self.rtl else self._size(page)[0] - _RIBBON_AWAY - width
        return Box(left, 0.0, left + width, height)

    def _sign_box(self, sign: Sign, page: int) -> Box:
        """Return where a sign lies: in the margin, as high as its words."""
        left = _AWAY if self.rtl else self._size(page)[0] - _SIGN - _AWAY
        middle = (sign.at.top + sign.at.bottom) / 2
        return Box(left, middle - _SIGN / 2, left + _SIGN, middle + _SIGN / 2)


def _near(box: Box, x: float, y: float, room: float) -> bool:
    """Return whether a point is on a box, made as large as a finger needs."""
    across = max(0.0, room - (box.right - box.left) / 2)
    down = max(0.0, room - (box.bottom - box.top) / 2)
    return box.left - across <= x <= box.right + across and box.top - down <= y <= box.bottom + down
