"""A poll under arbitrary orders of steps: the service and the state machine never disagree."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from congress.kernel.errors import CongressError
from congress.voting.cards import Card
from congress.voting.crypto.tally import partial_of
from congress.voting.ledger import flaw
from congress.voting.model import Ballot, Receipt, State
from congress.voting.polls import Action, actions
from tests.helpers.hall import APPROVAL, Hall


def refusal(work: Callable[[], object]) -> str:
    """Return the code of the error that ``work`` raises, or nothing."""
    try:
        work()
    except CongressError as error:
        return error.code
    return ""


class PollLife(RuleBasedStateMachine):
    """One secret election, driven blindly."""

    fresh = Bundle("fresh")
    spent = Bundle("spent")

    @initialize()
    def draft(self) -> None:
        self.hall = Hall(6)
        self.poll_id = self.hall.election().id
        self.state = State.DRAFT
        self.cast = self.voided = self.issued = 0
        self.codes: list[str] = []
        self.given: set[int] = set()

    def _step(self, action: Action, work: Callable[[], object]) -> bool:
        allowed = action in actions(self.state)
        assert refusal(work) == ("" if allowed else "voting.wrong_order")
        self.state = self.hall.booth.poll(self.poll_id).state
        return allowed

    @rule()
    def fix(self) -> None:
        self._step(Action.FIX, lambda: self.hall.booth.fix_manifest(self.poll_id))

    @rule(target=fresh, count=st.integers(1, 3))
    def issue(self, count: int) -> object:
        issued: list[Card] = []
        if self._step(
            Action.ISSUE,
            lambda: issued.extend(self.hall.booth.issue_cards(self.poll_id, count)),
        ):
            self.issued += count
        return multiple(*issued)

    @rule()
    def draw(self) -> None:
        code = refusal(lambda: self.hall.booth.draw_cards_present(self.poll_id))
        assert code in ("", "voting.wrong_order", "voting.too_few_cards")

    @rule()
    def open(self) -> None:
        self._step(Action.OPEN, lambda: self.hall.booth.open(self.poll_id, APPROVAL))

    @rule()
    def suspend(self) -> None:
        self._step(Action.SUSPEND, lambda: self.hall.booth.suspend(self.poll_id))

    @rule()
    def resume(self) -> None:
        self._step(Action.RESUME, lambda: self.hall.booth.resume(self.poll_id))

    @rule()
    def close(self) -> None:
        self._step(Action.CLOSE, lambda: self.hall.booth.close(self.poll_id, APPROVAL))

    @rule()
    def tally(self) -> None:
        code = refusal(lambda: self.hall.booth.tally(self.poll_id))
        if self.state is State.DECRYPTING:
            assert code == ("" if len(self.given) >= 2 else "voting.too_few_partials")
        else:
            assert code == "voting.wrong_order"
        self.state = self.hall.booth.poll(self.poll_id).state

    @rule()
    def add_up(self) -> None:
        code = refusal(lambda: self.hall.booth.encrypted_tally(self.poll_id, APPROVAL))
        if self.state is not State.CLOSED:
            assert code == "voting.wrong_order"
        else:
            assert code == ("" if self.cast >= 3 else "voting.too_few_ballots")
        self.state = self.hall.booth.poll(self.poll_id).state

    @rule(trustee=st.integers(1, 3))
    def decrypt(self, trustee: int) -> None:
        if self.state is not State.DECRYPTING:
            code = refusal(lambda: self.hall.booth.tally_to_decrypt(self.poll_id))
            counted = self.state in (State.TALLIED, State.CERTIFIED)
            assert (code == "") == counted
            return
        asked = self.hall.booth.tally_to_decrypt(self.poll_id)
        share = self.hall.shares[trustee - 1]
        partial = partial_of(asked.context, asked.sums, share)
        code = refusal(lambda: self.hall.booth.add_partial(self.poll_id, partial))
        assert code == ("voting.partial_there" if trustee in self.given else "")
        self.given.add(trustee)
        assert set(self.hall.booth.partials(self.poll_id)) == self.given

    @rule()
    def certify(self) -> None:
        if self.hall.booth.reconciliation(self.poll_id).balanced:
            self._step(Action.CERTIFY, lambda: self.hall.booth.certify(self.poll_id, APPROVAL))
        elif self.state is State.TALLIED:
            code = refusal(lambda: self.hall.booth.certify(self.poll_id, APPROVAL))
            assert code == "voting.unbalanced"

    @rule()
    def withdraw(self) -> None:
        if self.state in (State.CLOSED, State.SUSPENDED):
            self._step(Action.WITHDRAW, lambda: self.hall.booth.withdraw(self.poll_id))

    @rule(target=spent, card=consumes(fresh), marks=st.sampled_from(["ABC", "ABD", "ABCD", ""]))
    def vote(self, card: Card, marks: str) -> object:
        receipts: list[Receipt] = []

        def cast() -> None:
            admission = self.hall.booth.admit(card.code)
            ballot = Ballot((frozenset(marks),))
            receipts.append(
                self.hall.booth.cast(self.hall.booth.prepare(admission, ballot), card.code)
            )

        code = refusal(cast)
        if self.state is not State.OPEN:
            assert code in ("voting.not_open", "voting.suspended")
            return multiple()
        assert code == ""
        self.cast += 1
        self.codes.append(receipts[0].tracking_code)
        return card

    @rule(card=spent)
    def vote_again(self, card: Card) -> None:
        code = refusal(lambda: self.hall.booth.admit(card.code))
        expected = "voting.card_used" if self.state is State.OPEN else "voting."
        assert code.startswith(expected)

    @rule(card=consumes(fresh))
    def void(self, card: Card) -> None:
        code = refusal(lambda: self.hall.booth.void_card(self.poll_id, card.code))
        assert code in ("", "voting.wrong_order")
        self.voided += code == ""

    @invariant()
    def cards_are_accounted_for(self) -> None:
        figures = self.hall.booth.reconciliation(self.poll_id)
        assert figures.issued == self.issued
        assert figures.cast == figures.marked == self.cast
        assert figures.spoiled == self.voided
        assert figures.unused == self.issued - self.cast - self.voided

    @invariant()
    def the_ledger_stands(self) -> None:
        entries = self.hall.booth.ledger(self.poll_id)
        assert flaw(entries) is None
        if self.state in (State.CLOSED, State.TALLIED, State.CERTIFIED):
            assert all(self.hall.booth.holds_ballot(self.poll_id, code) for code in self.codes)


TestPollLife = PollLife.TestCase
TestPollLife.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
