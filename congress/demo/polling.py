"""The two polls of the sample congress, taken through the chair's desk and the voting panel."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congress.app import OpenCongress
from congress.demo.board import decrypt, seat_trustees
from congress.demo.sample import PASSPHRASE, PRINTED_SPARE
from congress.demo.votes import election_ballots, motion_ballots
from congress.demo.walker import Walker
from congress.kernel.ids import PollId, new_id
from congress.ui.pages.panel import PanelPage
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_door import ReceiptView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.poll import PollPage
from congress.ui.pages.results import ResultsPage
from congress.voting.ballots import untouched
from congress.voting.cards import Card
from congress.voting.methods.forms import FORMS
from congress.voting.model import Ballot, Contest, Kind, Poll, State
from congress.voting.words import say

AT_THE_PANEL = 2
"""How many vote by touch at the panel; the others' ballots go to the same service at once."""


def hold_motion(walker: Walker, congress: OpenCongress) -> dict[str, object]:
    """Take the motion from draft to certificate, by named votes; return its verdict."""
    poll = _poll(congress, Kind.MOTION)
    for state in (State.FIXED, State.OPEN):
        _step(walker, congress, poll.id, state)
    walker.picture("poll-open")
    present = congress.desk.roll().present
    badges = [person.badge for person in congress.people.everyone() if person.id in present]
    contest = poll.plan.contests[0]
    _vote(walker, congress, contest, badges, motion_ballots(len(badges)), "panel-motion")
    for state in (State.CLOSED, State.TALLIED, State.CERTIFIED):
        _step(walker, congress, poll.id, state)
    return _verdict(walker, congress, poll.id, "result-motion")


def hold_election(
    walker: Walker, congress: OpenCongress, lang: str
) -> tuple[dict[str, object], bytes]:
    """Take the election from draft to certificate, by anonymous cards and three trustees.

    Returns:
        Its verdict, and the PDF from which the cards are printed.
    """
    poll = _poll(congress, Kind.ELECTION)
    shares = walker.done(lambda _: seat_trustees(congress))
    _step(walker, congress, poll.id, State.FIXED)
    walker.picture("poll-cards")
    voters = len(congress.desk.roll().present)
    cards = walker.done(lambda _: congress.booth.issue_cards(poll.id, voters + PRINTED_SPARE))
    sheet = walker.done(lambda _: congress.exports.cards(lang, poll.plan.title, cards))
    walker.done(lambda _: congress.booth.draw_cards_present(poll.id))
    walker.page(PollPage, poll.id)
    walker.picture("poll-two-people")
    _step(walker, congress, poll.id, State.OPEN)
    drawn: Sequence[Card] = cards[:voters]
    contest = poll.plan.contests[0]
    ballots = election_ballots(contest, voters)
    _vote(walker, congress, contest, [card.code for card in drawn], ballots, "panel-election")
    for state in (State.CLOSED, State.DECRYPTING):
        _step(walker, congress, poll.id, state)
    walker.picture("poll-decrypting")
    walker.done(lambda _: decrypt(congress, poll.id, shares))
    walker.page(PollPage, poll.id)
    for state in (State.TALLIED, State.CERTIFIED):
        _step(walker, congress, poll.id, state)
        if state is State.TALLIED:
            walker.picture("poll-tallied")
    return _verdict(walker, congress, poll.id, "result-election"), sheet


def _poll(congress: OpenCongress, kind: Kind) -> Poll:
    return next(poll for poll in congress.booth.polls() if poll.plan.kind is kind)


def _step(walker: Walker, congress: OpenCongress, poll_id: PollId, state: State) -> None:
    """Take the one next step of a poll at the chair's desk, with the second person if needed."""
    page = walker.page(PollPage, poll_id)
    walker.until(lambda: page.next is not None and page.next.primary is not None, "the next step")
    card = page.next
    if card is None or card.primary is None:
        return
    if card.approval is not None:
        card.approval.name.set_value("committee")
        card.approval.passphrase.value = PASSPHRASE
    walker.click(card.primary)
    walker.until(lambda: congress.booth.poll(poll_id).state is state, f"the state {state}")


def _vote(
    walker: Walker,
    congress: OpenCongress,
    contest: Contest,
    codes: Sequence[str],
    ballots: Sequence[Ballot],
    name: str,
) -> None:
    page = walker.page(PanelPage)
    walker.picture(name)
    # The first two ballots of the election are the blank and the overfull one: the panel
    # shows ordinary ones instead.
    ordinary = len(codes) - AT_THE_PANEL
    for at in range(ordinary, len(codes)):
        _at_the_panel(walker, page, contest, codes[at], ballots[at], name if at == ordinary else "")

    def others(_: object) -> None:
        for code, ballot in zip(codes[:ordinary], ballots[:ordinary], strict=True):
            prepared = congress.booth.prepare(congress.booth.admit(code), ballot)
            congress.booth.cast(prepared, new_id())

    walker.done(others)


def _at_the_panel(
    walker: Walker, page: PanelPage, contest: Contest, code: str, ballot: Ballot, name: str
) -> None:
    """Vote as a delegate does: card or badge, marks, review, cast, receipt."""
    walker.type(page.neutral.code.editor, code)
    walker.until(lambda: isinstance(page.view, ContestView), "the ballot paper")
    view = page.view
    if not isinstance(view, ContestView):
        return
    cells = FORMS[contest.method].cells(contest)
    for cell in sorted(untouched(contest) ^ ballot.marks[0]):
        QTest.keyClick(view.rows[cells.index(cell)], Qt.Key.Key_Space)
    if name:
        walker.picture(f"{name}-ballot")
    walker.click(view.next)
    walker.until(lambda: isinstance(page.view, ReviewView), "the review")
    if name:
        walker.picture(f"{name}-review")
    if isinstance(page.view, ReviewView):
        walker.click(page.view.cast)
    walker.until(lambda: isinstance(page.view, ReceiptView), "the receipt")
    if name:
        walker.picture(f"{name}-receipt")
    if isinstance(page.view, ReceiptView):
        QTest.keyClick(page.view.finish, Qt.Key.Key_Space)
    walker.until(lambda: page.view is page.neutral, "the neutral panel")


def _verdict(
    walker: Walker, congress: OpenCongress, poll_id: PollId, name: str
) -> dict[str, object]:
    walker.page(ResultsPage, poll_id)
    walker.picture(name)
    result = congress.booth.result(poll_id)
    tr = walker.window.context.tr
    (verdict,) = result.verdicts
    turnout = congress.booth.turnout(poll_id)
    return {
        "title": result.poll.plan.title,
        "verdict": say(tr, verdict.headline),
        "arithmetic": [say(tr, line) for line in verdict.arithmetic],
        "cast": turnout.cast,
        "entitled": turnout.entitled,
        "balanced": result.reconciliation.balanced,
        "certified": result.certificate is not None,
        "ledger_head": result.head.hex(),
        "ledger_entries": result.entries,
    }
