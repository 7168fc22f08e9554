"""The polls of the sample congress, taken through the chair's desk, the panel and the trustees."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.app import OpenCongress
from congress.demo.atpanel import vote
from congress.demo.board import Keyholder, decrypt
from congress.demo.sample import PASSPHRASE, PRINTED_SPARE
from congress.demo.votes import deciding_ballots, election_ballots, motion_ballots
from congress.demo.walker import Walker
from congress.kernel.errors import BugError
from congress.kernel.ids import PollId
from congress.ui.pages.poll import PollPage
from congress.ui.pages.result_proof import ProofCard
from congress.ui.pages.results import ResultsPage
from congress.voting.model import Ballot, Channel, Kind, Poll, State
from congress.voting.outcome import Outcome
from congress.voting.words import say


@dataclass(frozen=True, slots=True)
class Elected:
    """What came of an election and of the round after it.

    Attributes:
        polls: Both polls.
        verdicts: Of both.
        cards: The PDF from which the cards of the first were printed.
    """

    polls: tuple[PollId, PollId]
    verdicts: tuple[dict[str, object], dict[str, object]]
    cards: bytes


def hold_motion(walker: Walker, congress: OpenCongress) -> tuple[PollId, dict[str, object]]:
    """Take the motion from draft to certificate, by named votes; return it and its verdict."""
    poll = poll_of(congress, Kind.MOTION)
    for state in (State.FIXED, State.OPEN):
        step(walker, congress, poll.id, state)
    walker.picture("poll-open")
    present = congress.desk.roll().present
    badges = [person.badge for person in congress.people.everyone() if person.id in present]
    contest = poll.plan.contests[0]
    vote(walker, congress, contest, badges, motion_ballots(len(badges)), "panel-motion")
    for state in (State.CLOSED, State.TALLIED, State.CERTIFIED):
        step(walker, congress, poll.id, state)
    return poll.id, verdict(walker, congress, poll.id, "result-motion")


def hold_election(
    walker: Walker, congress: OpenCongress, lang: str, keyholders: Sequence[Keyholder]
) -> Elected:
    """Take the election and its second round from draft to certificate, by cards and trustees."""
    poll = poll_of(congress, Kind.ELECTION)
    voters = len(congress.desk.roll().present)
    ballots = election_ballots(poll.plan.contests[0], voters)
    cards = _ballot(walker, congress, poll, lang, ballots, keyholders, "election")
    first = verdict(walker, congress, poll.id, "result-election", code=cards.tracking_code)
    if congress.booth.result(poll.id).verdicts[0].outcome is not Outcome.TIED:
        raise BugError("the election of the sample congress has no tie")
    following = _next_round(walker, congress, poll.id)
    ballots = deciding_ballots(following.plan.contests[0], voters)
    _ballot(walker, congress, following, lang, ballots, keyholders, "")
    second = verdict(walker, congress, following.id, "result-second-round")
    return Elected((poll.id, following.id), (first, second), cards.sheet)


@dataclass(frozen=True, slots=True)
class _Cards:
    sheet: bytes
    tracking_code: str


def _ballot(
    walker: Walker,
    congress: OpenCongress,
    poll: Poll,
    lang: str,
    ballots: Sequence[Ballot],
    keyholders: Sequence[Keyholder],
    name: str,
) -> _Cards:
    """Take one secret poll from draft to certificate; without a ``name`` picture little of it."""

    def picture(of: str) -> None:
        if name:
            walker.picture(of)

    step(walker, congress, poll.id, State.FIXED)
    picture("poll-cards")
    booth, voters = congress.booth, len(ballots)
    cards = walker.done(lambda _: booth.issue_cards(poll.id, voters + PRINTED_SPARE))
    sheet = walker.done(lambda _: congress.exports.cards(lang, poll.plan.title, cards))
    walker.done(lambda _: booth.draw_cards_present(poll.id))
    walker.page(PollPage, poll.id)
    picture("poll-two-people")
    step(walker, congress, poll.id, State.OPEN)
    drawn = [card.code for card in cards[:voters]]
    panel = f"panel-{name}" if name else ""
    contest = poll.plan.contests[0]
    code = vote(walker, congress, contest, drawn, ballots, panel, audit=bool(name))
    step(walker, congress, poll.id, State.CLOSED)
    picture("poll-closed")
    step(walker, congress, poll.id, State.DECRYPTING)
    picture("poll-decrypting")
    decrypt(walker, congress, poll.id, keyholders, pictures=bool(name))
    walker.page(PollPage, poll.id)
    picture("poll-tallied")
    step(walker, congress, poll.id, State.CERTIFIED)
    return _Cards(sheet, code)


def _next_round(walker: Walker, congress: OpenCongress, poll_id: PollId) -> Poll:
    """Prepare the second round from the result, in one step; return its draft."""
    before = {poll.id for poll in congress.booth.polls()}
    page = walker.page(PollPage, poll_id)
    walker.until(lambda: page.next is not None and page.next.primary is not None, "the next step")
    walker.picture("poll-tie")
    if page.next is not None:
        walker.press(page.next, walker.window.context.tr("chair.next_round"))
    walker.until(
        lambda: walker.window.shell.path.removeprefix(f"{PollPage.key}/") not in {*before, ""},
        "the draft of the second round",
    )
    walker.current(PollPage)
    walker.picture("poll-second-round")
    (draft,) = (poll for poll in congress.booth.polls() if poll.id not in before)
    return draft


def poll_of(congress: OpenCongress, kind: Kind, channel: Channel = Channel.ELECTRONIC) -> Poll:
    """Return the poll of the sample congress of this kind that is held in this way."""
    return next(
        poll
        for poll in congress.booth.polls()
        if poll.plan.kind is kind and poll.plan.channel is channel
    )


def step(walker: Walker, congress: OpenCongress, poll_id: PollId, state: State) -> None:
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


def result_page(walker: Walker, poll_id: PollId) -> ResultsPage:
    """Return the page of the results once it shows this poll."""
    page = walker.page(ResultsPage, poll_id)
    walker.until(
        lambda: page.view is not None and page.view.result.poll.id == poll_id, "the result"
    )
    return page


def verdict(
    walker: Walker, congress: OpenCongress, poll_id: PollId, name: str, *, code: str = ""
) -> dict[str, object]:
    """Picture a result and return what it says; with a tracking ``code`` look that up as well."""
    page = result_page(walker, poll_id)
    walker.picture(name)
    if code:
        proof = walker.part(ProofCard, page)
        walker.type(proof.code.editor, code)
        walker.until(proof.answer.isVisible, "the answer about a receipt")
        walker.scroll(page, proof)
        walker.picture(f"{name}-receipt")
    result = congress.booth.result(poll_id)
    tr = walker.window.context.tr
    (found,) = result.verdicts
    turnout = congress.booth.turnout(poll_id)
    return {
        "title": result.poll.plan.title,
        "verdict": say(tr, found.headline),
        "outcome": found.outcome.value,
        "arithmetic": [say(tr, line) for line in found.arithmetic],
        "cast": turnout.cast,
        "entitled": turnout.entitled,
        "balanced": result.reconciliation.balanced,
        "certified": result.certificate is not None,
        "ledger_head": result.head.hex(),
        "ledger_entries": result.entries,
    }
