"""Telling what was marked on a page that lies straight, by comparing it with the printed one.

What is printed is taken away first: of every line of the ballot paper the best fit within a
millimetre is sought (paper stretches and scanners slip), and only ink that the printed page has
nowhere near counts as written. A mark that is neither plain nor plainly absent is uncertain, and
so is every page on which something is written where nothing belongs.
"""

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from congress.voting.scanning.pages import SCALE, Grey, Page, crop
from congress.voting.sheets import (
    HEIGHT,
    MARK_CENTRES,
    MARK_SIDE,
    WIDTH,
    Area,
    Sheet,
    Target,
    TargetKind,
)

SLIP = 1.25
"""How far, in millimetres, a line is sought from where it should be."""

_DARK_SHARE = 0.55
_INK_SPREAD = 3
_EMPTY, _MARKED, _FILLED = 0.012, 0.045, 0.60
_STRUCK = 0.55
_SPECK = 0.25
_WAVER, _HIDING, _PARTS = 1.0, 0.35, 5
_STRAY = 6.0


class Mark(StrEnum):
    """What one place of a ballot paper shows."""

    ABSENT = "absent"
    PRESENT = "present"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place shows.

    Attributes:
        target: The place.
        mark: What it shows: a cross in the box, a line through the name.
        ink: Share of the place that is written on: of the inside of a box, of the length of a
            name.
    """

    target: Target
    mark: Mark
    ink: float


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page shows.

    Attributes:
        readings: Every place to be marked on the page, in the order of the ballot paper.
        stray: Square millimetres of ink where nothing is to be written.
    """

    readings: tuple[Reading, ...]
    stray: float

    @property
    def has_stray_ink(self) -> bool:
        """Whether something is written where nothing belongs."""
        return self.stray > _STRAY


def read_page(page: Page, sheet: Sheet, printed: Grey) -> PageReading:
    """Return what ``page`` shows.

    Args:
        page: The page, laid straight.
        sheet: The ballot paper.
        printed: The same page as it was printed, of the same size.
    """
    written = _written(page.image, printed)
    readings = []
    for target in sheet.on_page(page.number):
        ink = _written_near(page.image, printed, target.area)
        match target.kind:
            case TargetKind.BOX:
                readings.append(_box(target, ink))
            case TargetKind.NAME:
                readings.append(_name(target, ink, crop(printed, target.area)))
            case TargetKind.NUMBER:
                readings.append(Reading(target, Mark.UNCERTAIN, _share(ink)))
    return PageReading(tuple(readings), _stray(written, sheet, page.number))


def _dark(image: Grey) -> NDArray[np.bool_]:
    """Return which pixels are ink: well below the paper around them, whatever its shade."""
    paper = cv2.medianBlur(cv2.resize(image, None, fx=0.25, fy=0.25), 31)
    paper = cv2.resize(paper, (image.shape[1], image.shape[0]))
    return np.asarray(image < _DARK_SHARE * paper + 25)


def _dark_piece(image: Grey) -> NDArray[np.bool_]:
    """Return which pixels of a small piece are ink; its paper is its lightest part."""
    paper = float(np.percentile(image, 95))
    return np.asarray(image < _DARK_SHARE * paper + 25)


def _spread(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    kernel = np.ones((_INK_SPREAD, _INK_SPREAD), np.uint8)
    return np.asarray(cv2.dilate(dark.astype(np.uint8), kernel) > 0)


def _written(image: Grey, printed: Grey) -> NDArray[np.bool_]:
    """Return the ink of a whole page that is nowhere near printed ink."""
    kernel = np.ones((2 * round(SLIP * SCALE) + 1,) * 2, np.uint8)
    near = cv2.dilate((printed < 200).astype(np.uint8), kernel) > 0
    return np.asarray(_dark(image) & ~near)


def _written_near(image: Grey, printed: Grey, area: Area) -> NDArray[np.bool_]:
    """Return the ink in one place that is not printed there, after the best fit."""
    model = crop(printed, area, margin=1.0)
    field = crop(image, area, margin=1.0 + SLIP)
    # Where a voter wrote much, the fit may be drawn aside: it is bounded by SLIP either way.
    fit = cv2.matchTemplate(field, model, cv2.TM_CCORR_NORMED)
    _, _, _, (x, y) = cv2.minMaxLoc(fit)
    piece = field[y : y + model.shape[0], x : x + model.shape[1]]
    ink = _dark_piece(piece) & ~_spread(model < 200)
    edge = SCALE
    return np.asarray(ink[edge:-edge, edge:-edge])


def _thick(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return ink without what is one pixel thin: the blurred edges of letters, never a pen."""
    kernel = np.ones((2, 2), np.uint8)
    return np.asarray(cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, kernel) > 0)


def _share(ink: NDArray[np.bool_]) -> float:
    return float(np.count_nonzero(ink)) / ink.size


def _box(target: Target, ink: NDArray[np.bool_]) -> Reading:
    """Read a box: a cross covers a tenth of it or more, a speck less than a hundredth.

    A box that is filled may be a mark or a mark taken back: that is for people to say.
    """
    share = _share(ink)
    if share < _EMPTY:
        return Reading(target, Mark.ABSENT, share)
    plain = _MARKED <= share <= _FILLED
    return Reading(target, Mark.PRESENT if plain else Mark.UNCERTAIN, share)


def _name(target: Target, ink: NDArray[np.bool_], model: Grey) -> Reading:
    """Read a name: struck out if new ink runs along it from end to end.

    A line is fitted to the new ink. Along it, between the first and the last printed letter,
    ink must show in most of the columns in which print could not hide it, in every fifth of
    the name. Anything more than a speck that is less than this is uncertain: of pages
    printed, marked and scanned by simulation no name that was kept showed 0.2 square
    millimetres of new ink, and none with a line through a fifth of it less than 0.3.
    """
    if np.count_nonzero(_thick(ink)) < _SPECK * SCALE**2:
        return Reading(target, Mark.ABSENT, 0.0)
    letters = model < 200
    columns = np.flatnonzero(letters.any(axis=0))
    first, last = (columns[0], columns[-1] + 1) if columns.size else (0, model.shape[1])
    seen, hidden = _along_line(ink, _spread(letters))
    seen, hidden = seen[first:last], hidden[first:last]
    bare = seen[~hidden]
    share = float(bare.mean()) if bare.size else 0.0
    parts = [part.mean() for part in np.array_split(bare, _PARTS) if part.size]
    plain = len(parts) == _PARTS and min(parts) >= _STRUCK
    return Reading(target, Mark.PRESENT if plain else Mark.UNCERTAIN, share)


def _along_line(
    ink: NDArray[np.bool_], printed: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return in which columns the line through the ink shows, and in which print may hide it."""
    seen = np.zeros(ink.shape[1], np.bool_)
    hidden = np.zeros(ink.shape[1], np.bool_)
    rows, columns = np.nonzero(ink)
    if rows.size < SCALE:
        return seen, hidden
    points = np.column_stack((columns, rows)).astype(np.float32)
    dx, dy, x, y = (float(item) for item in cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01).flat)
    slope = dy / dx if abs(dx) > abs(dy) / 2 else 0.0
    reach = round(_WAVER * SCALE)
    for column in range(ink.shape[1]):
        middle = round(y + slope * (column - x))
        band = slice(max(0, middle - reach), max(1, middle + reach + 1))
        seen[column] = ink[band, column].any()
        hidden[column] = np.count_nonzero(printed[band, column]) > _HIDING * (2 * reach + 1)
    return seen, hidden


def _stray(written: NDArray[np.bool_], sheet: Sheet, number: int) -> float:
    """Return how many square millimetres are written on outside lines, stamp and edge."""
    field = np.zeros((round(HEIGHT * SCALE), round(WIDTH * SCALE)), np.bool_)
    edge = round((MARK_CENTRES[0][0] + MARK_SIDE) * SCALE)
    field[edge:-edge, edge:-edge] = True
    rows = [row.area for row in sheet.rows if row.page == number]
    for area in (*rows, sheet.stamp):
        crop(field.view(np.uint8), area, margin=2.0)[:] = 0
    return float(np.count_nonzero(written & field)) / SCALE**2
