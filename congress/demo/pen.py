"""Ballot papers marked with a pen and scanned, without printer, pen and scanner."""

from collections.abc import Sequence
from io import BytesIO

import cv2
import numpy as np

from congress.docs.pdfium import Pdf
from congress.voting.scanning.pages import Grey
from congress.voting.sheets import Target, TargetKind

_POINTS = 72
_MILLIMETRES = 25.4
_DARK = 200
_TWO_LINES, _NAME_AT = 5.0, 0.34
"""A row higher than this, in millimetres, bears a delegation below; the name is there, from 0."""


def printed(pdf: bytes, dpi: float) -> tuple[Grey, ...]:
    """Return the pages of a PDF as they leave a printer, in grey."""
    pages = []
    with Pdf(BytesIO(pdf), owned=True) as document:
        for number in range(document.page_count):
            drawn = document.render(number, dpi / _POINTS)
            pixels = np.frombuffer(drawn.data, np.uint8).reshape(drawn.height, drawn.width, 4)
            pages.append(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY), np.uint8))
    return tuple(pages)


class Pen:
    """Somebody with a pen, an unsteady hand, and later a scanner.

    Attributes:
        image: The page with what is written on it so far.
        random: What the hand and the scanner do by chance.
    """

    def __init__(self, blank: Grey, dpi: float, seed: int) -> None:
        """Take a page of a ballot paper as it was printed with ``dpi`` dots to the inch."""
        self._blank, self._scale = blank, dpi / _MILLIMETRES
        self.random = np.random.default_rng(seed)
        self.image = blank.copy()

    def line(self, points: Sequence[tuple[float, float]], width: float = 0.5) -> None:
        """Draw through points given in millimetres, with a line of ``width`` millimetres."""
        place = (np.array(points) * self._scale).astype(np.int32)
        shade = int(self.random.integers(20, 110))
        thick = max(1, round(width * self._scale))
        cv2.polylines(self.image, [place], isClosed=False, color=shade, thickness=thick)

    def strike(self, target: Target, share: float = 1.0) -> None:
        """Draw a line through the first ``share`` of a name."""
        area, scale = target.area, self._scale
        piece = self._blank[
            int(area.y * scale) : int((area.y + area.height) * scale),
            int(area.x * scale) : int((area.x + area.width) * scale),
        ]
        columns = np.flatnonzero((piece < _DARK).any(axis=0)) / scale + area.x
        rows = np.flatnonzero((piece < _DARK).any(axis=1)) / scale + area.y
        left, right = columns[0] - 0.5, columns[-1] + 0.5
        right = left + (right - left) * share
        xs = np.linspace(left, right, 12)
        high = rows[-1] - rows[0]
        down = _NAME_AT if high > _TWO_LINES else 0.5
        middle = rows[0] + down * high + self.random.uniform(-0.6, 0.6)
        ys = middle + np.cumsum(self.random.normal(0, 0.1, 12))
        self.line(list(zip(xs, ys, strict=True)), self.random.uniform(0.35, 0.7))

    def cross(self, target: Target) -> None:
        """Put a cross into a box."""
        area, slip = target.area, self.random.uniform(-0.8, 0.8, 8)
        left, right = area.x + 1, area.x + area.width - 1
        top, bottom = area.y + 1, area.y + area.height - 1
        self.line([(left + slip[0], top + slip[1]), (right + slip[2], bottom + slip[3])])
        self.line([(left + slip[4], bottom + slip[5]), (right + slip[6], top + slip[7])])

    def mark(self, target: Target) -> None:
        """Strike a name or cross a box, whichever is there."""
        if target.kind is TargetKind.NAME:
            self.strike(target)
        else:
            self.cross(target)

    def scanned(self, turns: int = 0) -> Grey:
        """Return a scan: askew, unevenly lit, noisy, compressed, turned by quarters."""
        return np.asarray(
            cv2.imdecode(np.frombuffer(self.jpeg(turns), np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8
        )

    def jpeg(self, turns: int = 0) -> bytes:
        """Return the same scan as the file that the scanner writes."""
        height, width = self.image.shape
        turn = cv2.getRotationMatrix2D(
            (width / 2, height / 2), self.random.uniform(-3, 3), self.random.uniform(0.96, 1)
        )
        turn = turn + np.array([[0, 0, self.random.uniform(-8, 8)], [0, 0, 4]])
        page = np.asarray(
            cv2.warpAffine(self.image, turn, (width, height), borderValue=255), np.uint8
        )
        light = np.linspace(1.0, float(self.random.uniform(0.8, 1)), width)[None, :]
        lit = cv2.GaussianBlur(page * light, (0, 0), self.random.uniform(0.3, 1))
        noisy = np.clip(lit + self.random.normal(0, 6, lit.shape), 0, 255).astype(np.uint8)
        _, data = cv2.imencode(
            ".jpg", np.rot90(noisy, turns).copy(), [cv2.IMWRITE_JPEG_QUALITY, 70]
        )
        return data.tobytes()
