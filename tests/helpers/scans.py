"""Ballot papers printed, marked with a pen and scanned, without printer, pen and scanner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import cv2
import numpy as np
import pypdfium2 as pdfium

from congress.i18n.translator import Translator
from congress.kernel.ids import PollId
from congress.secretariat.ballotpapers import ballot_paper_pdf
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from congress.voting.scanning.pages import SCALE, Grey
from congress.voting.sheets import HEIGHT, WIDTH, Sheet, Target, TargetKind

POLL = PollId("abcdefghijklmnopqrstuvwxyz")
NAMES = {
    "en": ("Amelia Hart", "Jonathan Okafor-Whitmore", "Sofia Lindqvist", "Bo Li"),
    "vi": ("Nguyễn Thị Minh Khai", "Trần Văn Đức", "Lê Thị Hồng Gấm", "Đỗ Thị Hải Yến"),
    "ur": ("فاطمہ جناح", "محمد اقبال", "عبدالستار ایدھی", "ملالہ یوسفزئی"),
}


def plan_on_paper(lang: str, method: Method, names: int = 4, seats: int = 2) -> Plan:
    """Return a plan with names in the script of ``lang``."""
    if method is Method.YES_NO_ABSTAIN:
        contest = Contest("motion", "The resolution", method)
        return Plan("The resolution", Kind.MOTION, Secrecy.SECRET, "p", "r", (contest,), "Text.")
    known = NAMES[lang]
    candidates = tuple(
        Candidate(f"c{number}", known[number % len(known)], "North" if number % 3 else "")
        for number in range(names)
    )
    contest = Contest("seats", "The committee", method, seats, candidates)
    return Plan("The committee", Kind.ELECTION, Secrecy.SECRET, "p", "r", (contest,))


def drawn(pdf: bytes, dpi: float) -> list[Grey]:
    """Return the pages of a PDF as grey pictures."""
    document = pdfium.PdfDocument(pdf)
    pages = [page.render(scale=dpi / 72).to_numpy() for page in document]
    document.close()
    return [np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8) for page in pages]


@dataclass(frozen=True)
class Printed:
    """A ballot paper as it leaves the printer.

    ``masters`` are its pages as the reader compares them, ``blank`` at the resolution of a scan.
    """

    sheet: Sheet
    masters: tuple[Grey, ...]
    blank: tuple[Grey, ...]
    dpi: float

    @property
    def scale(self) -> float:
        return self.dpi / 25.4


@cache
def printed(lang: str, method: Method, names: int = 4, dpi: float = 150.0) -> Printed:
    """Return a ballot paper, drawn once for all tests."""
    plan = plan_on_paper(lang, method, names)
    pdf, sheet = ballot_paper_pdf(Translator(lang), "Congress", date(2026, 1, 1), POLL, plan)
    return Printed(sheet, masters_of(pdf), tuple(drawn(pdf, dpi)), dpi)


def masters_of(pdf: bytes) -> tuple[Grey, ...]:
    """Return the pages of a ballot paper as the reader compares them."""
    size = (round(WIDTH * SCALE), round(HEIGHT * SCALE))
    return tuple(
        np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)
        for page in drawn(pdf, 300)
    )


class Pen:
    """Somebody with a pen, an unsteady hand, and later a scanner."""

    def __init__(self, paper: Printed, seed: int, page: int = 0) -> None:
        self.paper, self.page = paper, page
        self.random = np.random.default_rng(seed)
        self.image = paper.blank[page].copy()

    def line(self, points: Sequence[tuple[float, float]], width: float = 0.5) -> None:
        """Draw through points given in millimetres."""
        place = (np.array(points) * self.paper.scale).astype(np.int32)
        shade = int(self.random.integers(20, 110))
        thick = max(1, round(width * self.paper.scale))
        cv2.polylines(self.image, [place], isClosed=False, color=shade, thickness=thick)

    def strike(self, target: Target, share: float = 1.0) -> None:
        """Draw a line through the first ``share`` of a name."""
        area, scale = target.area, self.paper.scale
        blank = self.paper.blank[self.page]
        piece = blank[
            int(area.y * scale) : int((area.y + area.height) * scale),
            int(area.x * scale) : int((area.x + area.width) * scale),
        ]
        columns = np.flatnonzero((piece < 200).any(axis=0)) / scale + area.x
        rows = np.flatnonzero((piece < 200).any(axis=1)) / scale + area.y
        left, right = columns[0] - 0.5, columns[-1] + 0.5
        right = left + (right - left) * share
        xs = np.linspace(left, right, 12)
        middle = (rows[0] + rows[-1]) / 2 + self.random.uniform(-0.8, 0.8)
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
        height, width = self.image.shape
        turn = cv2.getRotationMatrix2D(
            (width / 2, height / 2), self.random.uniform(-3, 3), self.random.uniform(0.96, 1)
        )
        turn = turn + np.array([[0, 0, self.random.uniform(-8, 8)], [0, 0, 4]])
        page = cv2.warpAffine(self.image, turn, (width, height), borderValue=255)
        light = np.linspace(1.0, float(self.random.uniform(0.8, 1)), width)[None, :]
        page = cv2.GaussianBlur(page * light, (0, 0), self.random.uniform(0.3, 1))
        page = np.clip(page + self.random.normal(0, 6, page.shape), 0, 255).astype(np.uint8)
        page = np.rot90(page, turns).copy()
        _, jpeg = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 70])
        return np.asarray(cv2.imdecode(jpeg, cv2.IMREAD_GRAYSCALE), np.uint8)
