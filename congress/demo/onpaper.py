"""The election on paper: printed, handed out, marked with a pen, scanned, settled and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congress.app import OpenCongress
from congress.demo.entering import sign_in
from congress.demo.pen import Pen, printed
from congress.demo.polling import poll_of, step, verdict
from congress.demo.sample import AUDITOR_SEATS, PASSPHRASE
from congress.demo.votes import paper_marks
from congress.demo.walker import Walker
from congress.kernel.errors import BugError
from congress.kernel.ids import PollId
from congress.ui.pages.poll import PollPage
from congress.ui.pages.slip_reading import SlipReading
from congress.ui.pages.slips import SlipsPage
from congress.voting.methods.forms import FORMS
from congress.voting.model import Channel, Contest, Kind, State
from congress.voting.sheets import Sheet

DOTS = 150
"""Dots to the inch of the scanner."""
TO_THE_BOX = 12
"""How many of those present go to the ballot box."""
ISSUED = 14
"""Ballot papers handed to the committee: one is spoiled, one is left over."""
DOUBTFUL = 5
"""The slip whose line stops in the middle of a name, from 0."""
SAMPLE = 3
"""Slips held against the paper again."""
THROWN = "4 2 6 1"
"""Dice thrown in the hall, which choose them."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What came of the poll on paper.

    Attributes:
        congress: The congress, opened anew as the secretariat: a committee member read in between.
        poll: The poll.
        verdict: Of it.
        figures: Slips by what became of them.
    """

    congress: OpenCongress
    poll: PollId
    verdict: dict[str, object]
    figures: dict[str, int]


def hold_on_paper(walker: Walker, congress: OpenCongress, vault: Path, folder: Path) -> OnPaper:
    """Take the poll on paper from draft to certificate; sheet and scans go into ``folder``."""
    poll = poll_of(congress, Kind.ELECTION, Channel.PAPER)
    step(walker, congress, poll.id, State.FIXED)
    walker.picture("poll-on-paper")
    _issue(walker, congress, poll.id)
    step(walker, congress, poll.id, State.OPEN)
    step(walker, congress, poll.id, State.CLOSED)
    scans = folder / "scans"
    scans.mkdir(parents=True)
    pdf = walker.done(lambda _: congress.paper_ballots.sheet(poll.id))
    (folder / "ballot-paper.pdf").write_bytes(pdf)
    struck = _mark_and_scan(pdf, congress.paper_ballots.places(poll.id), scans)
    page = walker.page(SlipsPage, poll.id)
    page.scan([scans])
    walker.until(lambda: congress.booth.slip_progress(poll.id).slips == TO_THE_BOX, "the scans")
    doubtful = TO_THE_BOX - congress.booth.slip_progress(poll.id).settled
    walker.picture("slips-scanned")
    contest = poll.plan.contests[0]
    _read_doubtful(walker, page, contest, struck, "slips-doubtful")
    congress = sign_in(walker, vault, "committee")
    page = walker.page(SlipsPage, poll.id)
    _read_doubtful(walker, page, contest, struck, "slips-second-reader")
    congress = sign_in(walker, vault, "secretariat")
    page = walker.page(SlipsPage, poll.id)
    _check(walker, page, contest, struck)
    _count(walker, congress, page, poll.id)
    for state in (State.TALLIED, State.CERTIFIED):
        step(walker, congress, poll.id, state)
    said = verdict(walker, congress, poll.id, "result-on-paper")
    stock, checked = congress.booth.slip_stock(poll.id), SAMPLE
    return OnPaper(
        congress,
        poll.id,
        said,
        {
            "slips_issued": stock.issued,
            "slips_spoiled": stock.spoiled,
            "slips_counted": stock.counted,
            "slips_unused": stock.unused,
            "slips_doubtful": doubtful,
            "slips_checked": checked,
        },
    )


def _issue(walker: Walker, congress: OpenCongress, poll_id: PollId) -> None:
    page = walker.page(SlipsPage, poll_id)
    _calm(walker)
    page.stock.number.set_value(ISSUED)
    walker.picture("slips-issue")
    walker.click(page.stock.issue)
    walker.until(lambda: congress.booth.poll(poll_id).state is State.KEYED, "the ballot papers")
    goers = sorted(congress.desk.roll().present)[:TO_THE_BOX]
    walker.done(lambda _: congress.booth.hand_out_slips(poll_id, goers))
    walker.done(lambda _: congress.booth.spoil_slips(poll_id, 1))
    walker.page(SlipsPage, poll_id)
    walker.picture("slips-handed-out")


def _mark_and_scan(pdf: bytes, sheet: Sheet, folder: Path) -> Sequence[frozenset[str]]:
    """Strike names on every ballot paper and scan it into ``folder``; return what was struck."""
    (blank,) = printed(pdf, DOTS)
    targets = sheet.on_page(0)
    names = [target.cell for target in targets]
    papers = paper_marks(names, AUDITOR_SEATS, TO_THE_BOX)
    for number, struck in enumerate(papers):
        pen = Pen(blank, DOTS, seed=number)
        for target in targets:
            if target.cell in struck:
                half = number == DOUBTFUL and target.cell == max(struck)
                pen.strike(target, share=0.35 if half else 1.0)
        (folder / f"slip-{number + 1}.jpg").write_bytes(pen.jpeg(turns=2 * (number % 2)))
    return papers


def _calm(walker: Walker) -> None:
    """Wait until the page is laid out for good: each step on the pile lays it out anew."""
    for _ in range(3):
        walker.until(lambda: not walker.window.tasks.busy, "the work to end")
        walker.rest(0.1)


def _reading(page: SlipsPage) -> SlipReading:
    if page.reading is None:
        raise BugError("no slip is shown")
    return page.reading


def _read_doubtful(
    walker: Walker, page: SlipsPage, contest: Contest, struck: Sequence[frozenset[str]], name: str
) -> None:
    """Read every doubtful slip: what looks half struck was meant to be."""
    cells = FORMS[contest.method].cells(contest)
    _calm(walker)
    walker.click(page.pile.read)
    walker.until(lambda: page.reading is not None, "the doubtful slip")
    reading, pictured = _reading(page), False
    while reading.slip.scanner is not None:
        (kept,) = reading.slip.scanner.answer.ballot.marks
        for cell in sorted(kept ^ set(cells).difference(struck[reading.slip.number - 1])):
            QTest.keyClick(reading.form.contests[0].rows[cells.index(cell)], Qt.Key.Key_Space)
        if not pictured:
            walker.picture(name)
            pictured = True
        walker.click(reading.save)
        walker.until(partial(_gone, page, reading), "the next slip")
        reading = _reading(page)
    walker.click(reading.stop)
    walker.until(lambda: page.reading is None, "the end of reading")


def _check(
    walker: Walker, page: SlipsPage, contest: Contest, struck: Sequence[frozenset[str]]
) -> None:
    """Hold a sample of the slips against the paper again, and find on each what was struck."""
    _calm(walker)
    card = page.check
    card.number.set_value(SAMPLE)
    walker.type(card.seed.editor, THROWN, enter=False)
    walker.scroll(page, card)
    walker.picture("slips-sample")
    walker.click(card.choose)
    walker.until(lambda: page.check is not card, "the sample")
    _calm(walker)
    walker.click(page.check.begin)
    cells = FORMS[contest.method].cells(contest)
    for number in range(SAMPLE):
        walker.until(lambda: page.reading is not None and page.reading.save.isEnabled(), "a slip")
        reading = _reading(page)
        for cell in sorted(struck[reading.slip.number - 1]):
            QTest.keyClick(reading.form.contests[0].rows[cells.index(cell)], Qt.Key.Key_Space)
        if not number:
            walker.picture("slips-check")
        walker.click(reading.save)
        walker.until(partial(_gone, page, reading), "the next slip to check")


def _gone(page: SlipsPage, reading: SlipReading) -> bool:
    return page.reading is not reading


def _count(walker: Walker, congress: OpenCongress, page: SlipsPage, poll_id: PollId) -> None:
    walker.until(lambda: page.reading is None, "the end of the check")
    _calm(walker)
    card = page.count
    card.approval.name.set_value("committee")
    card.approval.passphrase.value = PASSPHRASE
    walker.scroll(page, card)
    walker.picture("slips-count")
    walker.click(card.go)
    walker.until(lambda: congress.booth.slips_counted(poll_id), "the paper count")
    walker.page(PollPage, poll_id)
