"""A secret poll under arbitrary orders of everything that can be done to it, against a model.

Several stations hold prepared ballots at once, of the same cards too. The model is a few sets;
what it expects of every step is compared with what the service does, and at the end the totals
that the trustees decrypt with the votes that the model has taken.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from congress.voting.casting import Prepared
from congress.voting.crypto.tally import partial_of
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import Ballot, Secrecy, State
from tests.helpers.hall import APPROVAL, Hall
from tests.property.test_voting_life import refusal

VOTERS = 6
Held = tuple[int, str, str, Prepared]
"""What a station holds: the card, the mark, its request, the prepared ballot."""
_TAKING = (State.OPEN, State.SUSPENDED)
_STEPS = (State.CLOSED, State.DECRYPTING, State.TALLIED, State.CERTIFIED)
_NEXT = dict(zip((State.OPEN, State.SUSPENDED, *_STEPS), (State.CLOSED, *_STEPS), strict=False))
"""The step that is right in each state."""
_CARD = st.integers(0, VOTERS - 1)
_MARKS = st.sampled_from(["yes", "no", "abstain", ""])


class PollModel(RuleBasedStateMachine):
    """One secret motion from its opening on."""

    prepared = Bundle("prepared")

    @initialize(marks=st.lists(_MARKS, min_size=2, max_size=4))
    def begin(self, marks: list[str]) -> None:
        self.hall = Hall(VOTERS)
        poll, self.cards = self.hall.opened_secret(self.hall.motion(Secrecy.SECRET), VOTERS + 1)
        self.poll_id = poll.id
        self.state = State.OPEN
        self.ends_at: datetime | None = None
        self.void: set[int] = set()
        self.used: dict[int, str] = {}
        self.receipts: dict[str, str] = {}
        self.challenged: set[str] = set()
        self.given: list[int] = []
        self.number = 0
        for card, mark in enumerate(marks):
            self.cast(self.prepare_for(card, mark))

    def prepare_for(self, card: int, mark: str) -> Held:
        """Prepare as a station does that let the voter in before anything else happened."""
        choice = frozenset({mark} if mark else ())
        admission = self.hall.admission(self.poll_id, self.cards[card])
        self.number += 1
        ballot = self.hall.booth.prepare(admission, Ballot((choice,)))
        return card, mark, f"request {self.number}", ballot

    def do(self, work: Callable[[], object], expected: str) -> bool:
        assert refusal(work) == expected
        return not expected

    def taking(self, card: int) -> str:
        """Return why a station may take nothing from this card now."""
        if self.state is not State.OPEN:
            suspended = self.state is State.SUSPENDED
            return "voting.suspended" if suspended else "voting.not_open"
        if card in self.void:
            return "voting.card_void"
        return "voting.card_used" if card in self.used else ""

    @precondition(lambda self: self.state in _TAKING)
    @rule(target=prepared, card=_CARD, mark=_MARKS)
    def prepare(self, card: int, mark: str) -> Held:
        return self.prepare_for(card, mark)

    @rule(card=_CARD)
    def admit(self, card: int) -> None:
        expected = self.taking(card)
        over = self.ends_at is not None and self.ends_at <= self.hall.clock.now()
        if over and self.state is State.OPEN:
            expected = "voting.ended"
        self.do(lambda: self.hall.booth.admit(self.cards[card].code), expected)

    @precondition(lambda self: self.state in _TAKING)
    @rule(target=prepared, card=_CARD, mark=_MARKS)
    def vote(self, card: int, mark: str) -> Held:
        held = self.prepare_for(card, mark)
        self.cast(held)
        return held

    @precondition(lambda self: self.state in _TAKING)
    @rule(target=prepared, card=_CARD, mark=_MARKS)
    def audit(self, card: int, mark: str) -> Held:
        held = self.prepare_for(card, mark)
        self.open(held)
        return held

    @rule(held=prepared)
    def cast_it(self, held: Held) -> None:
        self.cast(held)

    def cast(self, held: Held) -> None:
        card, mark, request, ballot = held
        expected = self.taking(card)
        if not expected and ballot.tracking_code in self.challenged:
            expected = "voting.ballot_seen"
        if request in self.receipts:
            expected = ""
        if self.do(lambda: self.hall.booth.cast(ballot, request), expected):
            self.used.setdefault(card, mark)
            self.receipts[request] = ballot.tracking_code

    @rule(held=prepared)
    def challenge(self, held: Held) -> None:
        self.open(held)

    def open(self, held: Held) -> None:
        card, _, _, ballot = held
        expected = "" if ballot.tracking_code in self.challenged else self.taking(card)
        if self.do(lambda: self.hall.booth.challenge(ballot), expected):
            self.challenged.add(ballot.tracking_code)

    @rule(card=_CARD)
    def void_card(self, card: int) -> None:
        expected = ""
        if self.state not in _TAKING:
            expected = "voting.wrong_order"
        elif card in self.used:
            expected = "voting.card_used"
        elif card in self.void:
            expected = "voting.card_void"
        work = lambda: self.hall.booth.void_card(self.poll_id, self.cards[card].code)  # noqa: E731
        if self.do(work, expected):
            self.void.add(card)

    @rule()
    def pause(self) -> None:
        suspend = self.state is State.OPEN
        step = self.hall.booth.suspend if suspend else self.hall.booth.resume
        expected = "" if self.state in _TAKING else "voting.wrong_order"
        if self.do(lambda: step(self.poll_id), expected):
            self.state = State.SUSPENDED if suspend else State.OPEN

    @rule(minutes=st.integers(-5, 30))
    def extend(self, minutes: int) -> None:
        ends_at = self.hall.clock.now() + timedelta(minutes=minutes)
        expected = "" if self.state in _TAKING else "voting.wrong_order"
        expected = "voting.bad_end" if minutes <= 0 else expected
        if self.do(lambda: self.hall.booth.extend(self.poll_id, ends_at, APPROVAL), expected):
            self.ends_at = ends_at

    @rule(minutes=st.integers(1, 20))
    def wait(self, minutes: int) -> None:
        self.hall.clock.advance(timedelta(minutes=minutes))

    @rule()
    def checkpoint(self) -> None:
        expected = "" if self.state in _TAKING else "voting.wrong_order"
        self.do(lambda: self.hall.booth.checkpoint(self.poll_id), expected)

    def step(self, state: State) -> Callable[[], object]:
        """Return the step that leads a poll to ``state``."""
        booth, poll_id = self.hall.booth, self.poll_id
        return {
            State.CLOSED: lambda: booth.close(poll_id, APPROVAL),
            State.DECRYPTING: lambda: booth.encrypted_tally(poll_id, APPROVAL),
            State.TALLIED: lambda: booth.tally(poll_id),
            State.CERTIFIED: lambda: booth.certify(poll_id, APPROVAL),
        }[state]

    @precondition(lambda self: self.state in _NEXT and len(self.used) >= 3)
    @rule()
    def next_step(self) -> None:
        self.go_on()

    def go_on(self) -> None:
        following = _NEXT[self.state]
        few = following is State.TALLIED and len(self.given) < 2
        if self.do(self.step(following), "voting.too_few_partials" if few else ""):
            self.state = following

    @rule(state=st.sampled_from(_STEPS))
    def out_of_order(self, state: State) -> None:
        if _NEXT.get(self.state) is not state:
            self.do(self.step(state), "voting.wrong_order")

    @precondition(lambda self: self.state is State.DECRYPTING)
    @rule(trustee=st.integers(1, 3))
    def decrypt(self, trustee: int) -> None:
        self.decrypt_by(trustee)

    def decrypt_by(self, trustee: int) -> None:
        asked = self.hall.booth.tally_to_decrypt(self.poll_id)
        part = partial_of(asked.context, asked.sums, self.hall.shares[trustee - 1])
        expected = "voting.partial_there" if trustee in self.given else ""
        if self.do(lambda: self.hall.booth.add_partial(self.poll_id, part), expected):
            self.given.append(trustee)

    @precondition(lambda self: self.state in (State.CLOSED, State.DECRYPTING))
    @rule(really=st.integers(0, 4))
    def withdraw(self, really: int) -> None:
        if not really:
            self.do(lambda: self.hall.booth.withdraw(self.poll_id), "")
            self.state = State.WITHDRAWN

    @invariant()
    def cards_are_accounted_for(self) -> None:
        figures = self.hall.booth.reconciliation(self.poll_id)
        assert (figures.issued, figures.drawn) == (VOTERS + 1, VOTERS)
        assert figures.cast == figures.marked == len(self.used)
        assert figures.spoiled == len(self.void)
        assert figures.balanced
        assert self.hall.booth.poll(self.poll_id).state is self.state

    @invariant()
    def the_ledger_tells_what_happened(self) -> None:
        entries = self.hall.booth.ledger(self.poll_id)
        assert flaw(entries) is None
        kinds = Counter(entry.type for entry in entries)
        assert kinds[EntryType.CHALLENGE] == len(self.challenged)
        assert kinds[EntryType.PARTIAL] == len(self.given)
        closed = self.state not in _TAKING
        assert kinds[EntryType.BALLOT] == (len(self.used) if closed else 0)
        for code in self.receipts.values() if closed else ():
            assert self.hall.booth.holds_ballot(self.poll_id, code)
        for code in self.challenged:
            assert not self.hall.booth.holds_ballot(self.poll_id, code)

    @invariant()
    def the_totals_are_the_votes(self) -> None:
        if self.state in (State.TALLIED, State.CERTIFIED):
            (count,) = self.hall.booth.result(self.poll_id).counts
            votes = Counter(self.used.values())
            assert count.cells == {cell: votes[cell] for cell in ("yes", "no", "abstain")}
            assert (count.cast, count.blank) == (len(self.used), votes[""])

    def teardown(self) -> None:
        """Take the poll to its end, wherever it stands, and hold its totals against the model."""
        while self.state in _NEXT and len(self.used) >= 3:
            if self.state is State.DECRYPTING:
                for trustee in {1, 2, 3}.difference(self.given):
                    self.decrypt_by(trustee)
            self.go_on()
            self.cards_are_accounted_for()
            self.the_ledger_tells_what_happened()
            self.the_totals_are_the_votes()


TestPollModel = PollModel.TestCase
TestPollModel.settings = settings(max_examples=8, stateful_step_count=40, deadline=None)
