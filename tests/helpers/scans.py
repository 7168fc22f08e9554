"""Ballot papers printed, marked with a pen and scanned, without printer, pen and scanner."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import cv2
import numpy as np

from congress.demo import pen
from congress.i18n.translator import Translator
from congress.kernel.ids import PollId
from congress.secretariat.ballotpapers import ballot_paper_pdf
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from congress.voting.scanning.pages import SCALE, Grey
from congress.voting.sheets import HEIGHT, WIDTH, Sheet

drawn = pen.printed
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
def printed(
    lang: str, method: Method, names: int = 4, dpi: float = 150.0, script: str = ""
) -> Printed:
    """Return a ballot paper, drawn once for all tests; its names are those of ``script``."""
    plan = plan_on_paper(script or lang, method, names)
    pdf, sheet = ballot_paper_pdf(Translator(lang), "Congress", date(2026, 1, 1), POLL, plan)
    return Printed(sheet, masters_of(pdf), drawn(pdf, dpi), dpi)


def masters_of(pdf: bytes) -> tuple[Grey, ...]:
    """Return the pages of a ballot paper as the reader compares them."""
    size = (round(WIDTH * SCALE), round(HEIGHT * SCALE))
    return tuple(
        np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)
        for page in drawn(pdf, 300)
    )


class Pen(pen.Pen):
    """A pen on one page of a ballot paper."""

    def __init__(self, paper: Printed, seed: int, page: int = 0) -> None:
        super().__init__(paper.blank[page], paper.dpi, seed)
