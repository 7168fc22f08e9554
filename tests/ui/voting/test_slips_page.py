"""Ballots on paper: from the printer to the paper count, scanned, typed, doubted, checked."""

from dataclasses import replace
from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from congress.kernel.ids import MemberId, PollId
from congress.kernel.roles import Actor, Role
from congress.kernel.settings import Settings
from congress.secretariat.paperballots import PaperBallots
from congress.ui.controllers.slips import SlipsController
from congress.ui.pages.poll import PollPage
from congress.ui.pages.slip_reading import SlipReading
from congress.ui.pages.slips import SlipsPage
from congress.ui.widgets.button import Kind
from congress.ui.widgets.text import Text
from congress.voting.ledger import EntryType
from congress.voting.model import Ballot, Channel, Poll, State
from congress.voting.slips import Answer, Reader
from tests.helpers.hall import APPROVAL
from tests.helpers.scans import Pen, Printed, drawn, masters_of
from tests.ui.voting.conftest import Stage

SETTINGS = Settings(name="Congress", language="en")


def member(name: str) -> Actor:
    return Actor(MemberId(name), Role.COMMITTEE, name)


def paper_poll(stage: Stage, *, closed: bool = True, slips: int = 12) -> Poll:
    booth = stage.hall.booth
    plan = replace(stage.hall.election("ABCD", 3).plan, channel=Channel.PAPER)
    poll = booth.propose(plan)
    booth.fix_manifest(poll.id)
    if closed:
        booth.issue_slips(poll.id, slips)
        booth.hand_out_slips_present(poll.id)
        booth.open(poll.id, APPROVAL)
        booth.close(poll.id, APPROVAL)
    return booth.poll(poll.id)


def papers(stage: Stage, who: Actor) -> PaperBallots:
    return PaperBallots(stage.hall.booth_of(who), lambda: SETTINGS, who)


def page_of(stage: Stage, poll_id: PollId, name: str = "ann") -> SlipsPage:
    who = member(name)
    controller = SlipsController(
        stage.context,
        stage.hall.booth_of(who),
        papers(stage, who),
        stage.hall.people,
        members=lambda: ("second",),
    )
    page = SlipsPage(stage.context, controller)
    stage.show(page, poll_id)
    return page


def reading(page: SlipsPage) -> SlipReading:
    assert page.reading is not None
    return page.reading


def sheet(stage: Stage, poll: Poll) -> Printed:
    service = papers(stage, member("ann"))
    pdf = service.sheet(poll.id)
    return Printed(service.places(poll.id), masters_of(pdf), tuple(drawn(pdf, 150)), 150)


def scan(paper: Printed, path: Path, *struck: str, half: str = "", seed: int = 1) -> None:
    pen = Pen(paper, seed)
    for target in paper.sheet.on_page(0):
        if target.cell in struck:
            pen.strike(target)
        if target.cell == half:
            pen.strike(target, share=0.35)
    path.write_bytes(cv2.imencode(".jpg", pen.scanned())[1].tobytes())


def test_ballot_papers_are_printed_and_issued(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = paper_poll(stage, closed=False)
    page = page_of(stage, poll.id)
    target = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.stock.print_sheet.click()
    stage.idle()
    assert target.read_bytes().startswith(b"%PDF")
    page.stock.number.set_value(14)
    first = page.stock.issue.kind
    page.stock.issue.click()
    stage.idle()
    assert (first, page.stock.issue.kind) == (Kind.PRIMARY, Kind.SECONDARY)
    page.stock.everyone.click()
    stage.idle()
    page.stock.spoil.click()
    stage.idle()
    stock = stage.hall.booth.slip_stock(poll.id)
    assert (stock.issued, stock.spoiled) == (14, 1)
    assert stage.hall.booth.reconciliation(poll.id).drawn == 12


def test_scans_are_read_doubts_settled_by_two_and_the_count_certified(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll = paper_poll(stage)
    paper = sheet(stage, poll)
    for number in range(1, 8):
        scan(paper, tmp_path / f"{number}.jpg", "D", seed=number)
    scan(paper, tmp_path / "8.jpg", "A", half="B", seed=8)
    (tmp_path / "9.jpg").write_bytes(b"nothing")
    page = page_of(stage, poll.id)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.pile.folder.click()
    stage.idle()
    progress = stage.hall.booth.slip_progress(poll.id)
    assert (progress.slips, progress.settled) == (8, 7)
    assert any("9.jpg" in text.text() for text in page.trouble.findChildren(Text))
    page.pile.read.click()
    stage.idle()
    form = reading(page)
    assert form.slip.number == 8
    assert [len(picture.doubts) for picture in form.pictures] == [1]
    assert form.form.ballot == Ballot((frozenset("CD"),))
    form.save.click()
    stage.idle()
    second = page_of(stage, poll.id, "ben")
    second.pile.read.click()
    stage.idle()
    assert reading(second).slip.turn is Reader.SECOND
    assert reading(second).slip.differing == ()
    reading(second).save.click()
    stage.idle()
    reading(second).stop.click()
    stage.idle()
    second.count.unused.set_value(4)
    second.count.approval.passphrase.value = APPROVAL.passphrase
    second.count.go.click()
    stage.idle()
    assert stage.hall.booth.ledger(poll.id)[-1].type is EntryType.PAPER_COUNT
    result = stage.hall.booth.tally(poll.id)
    assert result.counts[0].cells == {"A": 7, "B": 7, "C": 8, "D": 1}
    assert stage.hall.booth.certify(poll.id, APPROVAL).poll.state is State.CERTIFIED


def test_slips_are_typed_by_keyboard_and_a_third_decides(stage: Stage) -> None:
    poll = paper_poll(stage)
    page = page_of(stage, poll.id)
    page.pile.read.click()
    stage.idle()
    assert reading(page).form.ballot == Ballot((frozenset("ABCD"),))
    rows = reading(page).form.contests[0].rows
    assert rows[0].hasFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Space)
    reading(page).save.click()
    stage.idle()
    assert reading(page).slip.number == 2
    other = page_of(stage, poll.id, "ben")
    other.pile.read.click()
    stage.idle()
    reading(other).rejected.setChecked(True)
    reading(other).save.click()
    stage.idle()
    third = page_of(stage, poll.id, "cam")
    third.pile.read.click()
    stage.idle()
    assert reading(third).slip.turn is Reader.THIRD
    assert reading(third).slip.differing == (
        Answer(Ballot((frozenset("BCD"),))),
        Answer(Ballot((frozenset("ABCD"),)), rejected=True),
    )
    reading(third).save.click()
    stage.idle()
    assert stage.hall.booth.slip_progress(poll.id).settled == 1


def test_a_sample_is_checked_and_what_differs_blocks_the_count(stage: Stage) -> None:
    poll = paper_poll(stage)
    for name in ("ben", "cam"):
        stage.hall.booth_of(member(name)).read_slip(poll.id, 1, Answer(Ballot((frozenset("ABC"),))))
    page = page_of(stage, poll.id)
    page.check.choose.click()
    stage.idle()
    assert not page.trouble.isHidden()
    page.check.seed.value = "4 2"
    page.check.choose.click()
    stage.idle()
    page.check.begin.click()
    stage.idle()
    assert reading(page).checking
    reading(page).save.click()
    stage.idle()
    assert stage.hall.booth.slip_progress(poll.id).differing == 1
    assert page.reading is None
    page.count.approval.passphrase.value = APPROVAL.passphrase
    assert not page.count.go.isEnabled()
    page.count.again.click()
    stage.idle()
    assert stage.hall.booth.slip_progress(poll.id).slips == 0


def test_a_wrong_passphrase_and_a_refused_answer_are_said(stage: Stage) -> None:
    poll = paper_poll(stage, slips=12)
    page = page_of(stage, poll.id)
    page.count.approval.passphrase.value = "wrong"
    page.count.go.click()
    stage.idle()
    assert page.count.approval.passphrase.value == ""
    page.pile.read.click()
    stage.idle()
    for name in ("ben", "cam"):
        stage.hall.booth_of(member(name)).read_slip(poll.id, 1, Answer(Ballot((frozenset("ABC"),))))
    stage.idle()
    reading(page).save.click()
    stage.idle()
    assert not reading(page).trouble.isHidden()


def test_the_desk_leads_to_the_ballots_on_paper(stage: Stage) -> None:
    poll = paper_poll(stage, closed=False)
    page = PollPage(stage.context, stage.chair())
    stage.show(page, poll.id)
    assert page.next is not None
    assert page.next.primary is not None
    page.next.primary.click()
    assert stage.around.visited[-1] == f"paper-ballots/{poll.id}"
