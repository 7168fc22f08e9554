"""From the pages that a scanner delivers to whole ballot papers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting.model import Ballot, Plan
from congress.voting.paperwork import ScannedSlip
from congress.voting.scanning.marks import Mark, PageReading, read_page
from congress.voting.scanning.pages import SCALE, Grey, Page, straightened
from congress.voting.sheets import HEIGHT, WIDTH, Sheet, TargetKind
from congress.voting.slips import Answer

_LARGEST = 80_000_000
_BLANK_INK = 0.0004
_KEPT_SCALE, _KEPT_QUALITY = 0.5, 50
_FINE = 1.5


@dataclass(frozen=True, slots=True)
class Problem:
    """A page that is not on the pile, and why.

    Attributes:
        source: File and page, as its owner knows it.
        error: The reason.
    """

    source: str
    error: InputError


@dataclass
class Pile:
    """Reads page after page and puts ballot papers together.

    The pages of a ballot paper must follow each other in order, as a scanner delivers them.
    Empty backs are passed over.

    Attributes:
        slips: Complete ballot papers so far.
        problems: Pages that could not be read or belong to an incomplete one.
        blank: Empty pages that were passed over.
    """

    poll_id: PollId
    plan: Plan
    sheet: Sheet
    printed: Sequence[Grey]
    slips: list[ScannedSlip] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blank: int = 0
    _begun: list[tuple[str, Page, PageReading]] = field(default_factory=list)

    def add(self, source: str, scan: Grey) -> None:
        """Read one page; ``source`` names it if it cannot be read."""
        try:
            page = straightened(scan, self.sheet)
            if page.poll_id != self.poll_id:
                raise InputError("scan.other_poll")
            if page.number >= self.sheet.pages:
                raise InputError("scan.no_code")
        except InputError as error:
            if error.code == "scan.no_code" and page_is_blank(scan):
                self.blank += 1
                return
            self._drop()
            self.problems.append(Problem(source, error))
            return
        if page.number != len(self._begun):
            self._drop()
        if page.number != len(self._begun):
            self.problems.append(Problem(source, InputError("scan.page_order")))
            return
        reading = read_page(page, self.sheet, self.printed[page.number])
        self._begun.append((source, page, reading))
        if len(self._begun) == self.sheet.pages:
            self.slips.append(self._slip())
            self._begun.clear()

    def end(self) -> None:
        """Say that no more pages come: an incomplete ballot paper becomes a problem."""
        self._drop()

    def _drop(self) -> None:
        for source, _, _ in self._begun:
            self.problems.append(Problem(source, InputError("scan.page_order")))
        self._begun.clear()

    def _slip(self) -> ScannedSlip:
        marks: list[set[str]] = [set() for _ in self.plan.contests]
        doubts: list[tuple[int, str]] = []
        for _, _, reading in self._begun:
            for item in reading.readings:
                target = item.target
                chosen = Mark.ABSENT if target.kind is TargetKind.NAME else Mark.PRESENT
                if item.mark is Mark.UNCERTAIN:
                    doubts.append((target.contest, target.cell))
                elif item.mark is chosen:
                    marks[target.contest].add(target.cell)
        return ScannedSlip(
            Answer(Ballot(tuple(frozenset(cells) for cells in marks))),
            tuple(doubts),
            any(reading.has_stray_ink for _, _, reading in self._begun),
            tuple(_picture(page) for _, page, _ in self._begun),
        )


def decoded(data: bytes) -> Iterator[Grey]:
    """Return the pages of a picture file: JPEG, PNG or a TIFF of several pages.

    Raises:
        InputError: ``scan.no_picture`` if it is none, or larger than any scan.
    """
    try:
        fine, pages = cv2.imdecodemulti(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error as error:
        raise InputError("scan.no_picture") from error
    if not fine or not pages or any(page.size > _LARGEST for page in pages):
        raise InputError("scan.no_picture")
    for page in pages:
        yield np.asarray(page, np.uint8)


def grey(width: int, height: int, data: bytes | bytearray) -> Grey:
    """Return rows of 4 bytes a pixel (blue, green, red, unused) as grey values."""
    pixels = np.frombuffer(data, np.uint8).reshape(height, width, 4)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY), np.uint8)


def masters(sheet: Sheet, draw: Callable[[int, float], Grey]) -> tuple[Grey, ...]:
    """Return the printed pages as ``read_page`` compares them.

    Args:
        sheet: The ballot paper.
        draw: Draws a page, from 0, with so many pixels to the millimetre: more than needed,
            so that thin strokes keep their weight when it is made smaller.
    """
    drawn = []
    for page in range(sheet.pages):
        image = draw(page, _FINE * SCALE)
        size = (round(WIDTH * SCALE), round(HEIGHT * SCALE))
        drawn.append(np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8))
    return tuple(drawn)


def page_is_blank(scan: Grey) -> bool:
    """Return whether there is next to no ink on a page: the empty back of another one."""
    high, wide = scan.shape[0] // 20, scan.shape[1] // 20
    inner = scan[high:-high, wide:-wide]
    return float((inner < 0.6 * np.median(inner)).mean()) < _BLANK_INK


def _picture(page: Page) -> bytes:
    small = cv2.resize(
        page.image, None, fx=_KEPT_SCALE, fy=_KEPT_SCALE, interpolation=cv2.INTER_AREA
    )
    _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _KEPT_QUALITY])
    return jpeg.tobytes()
