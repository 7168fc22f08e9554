"""Finding a ballot paper on a scan, and laying it straight."""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting.sheets import (
    HEIGHT,
    MARK_CENTRES,
    MARK_SIDE,
    WIDTH,
    Area,
    Sheet,
    read_page_code,
)

Grey: TypeAlias = NDArray[np.uint8]
"""A picture of ``(height, width)`` grey values, 0 black."""

SCALE = 8
"""Pixels to the millimetre of a page laid straight: 203 dots to the inch."""

_LARGEST_SIDE = 4_000
_SMALLEST_SIDE = 700
_SQUARE = 0.6
_ASTRAY = 4.0
_FULL = 0.9


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a ballot paper, laid straight.

    Attributes:
        poll_id: The poll its code names.
        number: Its number in the ballot paper, from 0.
        image: ``HEIGHT * SCALE`` by ``WIDTH * SCALE`` grey values.
    """

    poll_id: PollId
    number: int
    image: Grey


def crop(image: Grey, area: Area, margin: float = 0.0) -> Grey:
    """Return the part of a straight page in ``area``, with ``margin`` millimetres around it."""
    left, top = round((area.x - margin) * SCALE), round((area.y - margin) * SCALE)
    right = round((area.x + area.width + margin) * SCALE)
    bottom = round((area.y + area.height + margin) * SCALE)
    return image[max(0, top) : bottom, max(0, left) : right]


def straightened(scan: Grey, sheet: Sheet) -> Page:
    """Find the ballot paper on ``scan`` and lay it straight.

    The code says which poll and page it is and how the page lies; the four corner marks then
    give the exact place of everything (a homography, so that a photograph taken at an angle
    is read like a scan).

    Args:
        scan: A scan or photograph of one page, lying any way.
        sheet: The ballot paper it is expected to be.

    Raises:
        InputError: ``scan.too_small``, ``scan.no_code`` or ``scan.no_marks``, without which a
            page is not read at all.
    """
    height, width = scan.shape
    if min(height, width) < _SMALLEST_SIDE:
        raise InputError("scan.too_small", least=_SMALLEST_SIDE)
    if max(height, width) > _LARGEST_SIDE:
        factor = _LARGEST_SIDE / max(height, width)
        scan = np.asarray(
            cv2.resize(scan, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8
        )
    poll_id, number, code = _code(scan)
    corners = _marks(scan, code, sheet)
    goal = np.array(MARK_CENTRES, np.float32) * SCALE
    matrix = cv2.getPerspectiveTransform(corners, goal)
    size = (round(WIDTH * SCALE), round(HEIGHT * SCALE))
    flat = cv2.warpPerspective(scan, matrix, size, flags=cv2.INTER_AREA, borderValue=255)
    return Page(poll_id, number, np.asarray(flat, np.uint8))


def _code(scan: Grey) -> tuple[PollId, int, NDArray[np.float32]]:
    """Return poll, page and the four corners of the code, from its own top left, clockwise."""
    wanted = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for found in zxingcpp.read_barcodes(scan, formats=wanted):
        read = read_page_code(found.text)
        if read is None:
            continue
        place = found.position
        corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        return (*read, np.array([(point.x, point.y) for point in corners], np.float32))
    raise InputError("scan.no_code")


def _marks(scan: Grey, code: NDArray[np.float32], sheet: Sheet) -> NDArray[np.float32]:
    """Return the centres of the four corner marks in the order of ``MARK_CENTRES``.

    The code tells up from down and left from right; the outermost black squares in the four
    directions between are the marks. They are believed if, laid straight by them, the code
    lies where it was printed.
    """
    # The border of two of 29 modules lies outside the corners that are read.
    quiet = sheet.qr.width * 2 / 29
    x, y, side = sheet.qr.x + quiet, sheet.qr.y + quiet, sheet.qr.width - 2 * quiet
    printed = np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)], np.float32)
    to_scan = cv2.estimateAffinePartial2D(printed, code)[0]
    unit = float(np.hypot(to_scan[0, 0], to_scan[1, 0]))
    squares = _squares(scan, MARK_SIDE * unit)
    if len(squares) < len(MARK_CENTRES):
        raise InputError("scan.no_marks")
    right, down = to_scan[:, 0], to_scan[:, 1]
    outermost = [-right - down, right - down, right + down, down - right]
    corners = np.array([squares[np.argmax(squares @ way)] for way in outermost], np.float32)
    straight = cv2.getPerspectiveTransform(corners, np.array(MARK_CENTRES, np.float32))
    laid = cv2.perspectiveTransform(code[None], straight)[0]
    if float(np.abs(laid - printed).max()) > _ASTRAY:
        raise InputError("scan.no_marks")
    return corners


def _squares(scan: Grey, side: float) -> NDArray[np.float32]:
    """Return the centres of black squares about ``side`` pixels wide."""
    _, dark = cv2.threshold(
        cv2.GaussianBlur(scan, (3, 3), 0), 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU
    )
    contours, _ = cv2.findContours(dark, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    centres = []
    for contour in contours:
        (x, y), (wide, high), _ = cv2.minAreaRect(contour)
        inside = _SQUARE * side < min(wide, high) and max(wide, high) < side / _SQUARE
        if inside and cv2.contourArea(contour) > 0.85 * wide * high and _full(dark, contour):
            centres.append((x, y))
    return np.array(centres, np.float32).reshape(-1, 2)


def _full(dark: cv2.typing.MatLike, contour: cv2.typing.MatLike) -> bool:
    """Return whether nearly all within ``contour`` is ink: an empty box has such a border too."""
    x, y, wide, high = cv2.boundingRect(contour)
    inside = np.zeros((high, wide), np.uint8)
    cv2.drawContours(inside, [contour], -1, 1, cv2.FILLED, offset=(-x, -y))
    return float(dark[y : y + high, x : x + wide][inside > 0].mean()) > _FULL * 255
