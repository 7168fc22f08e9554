"""The part of the booth for the cards of a secret poll."""

from collections.abc import Sequence

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, cards, slip_store, store
from congress.voting.cards import Card
from congress.voting.crypto.credentials import public_of, secret_of
from congress.voting.election import encrypted
from congress.voting.electors import unit_cards
from congress.voting.ledger import EntryType
from congress.voting.model import Poll, State
from congress.voting.parts import Part, moved, require_state
from congress.voting.polls import Action

MOST_CARDS = 20_000


class Issuing(Part):
    """Cards made, voided and drawn."""

    def issue_cards(self, poll_id: PollId, count: int, *, parts: int = 1) -> tuple[Card, ...]:
        """Make anonymous cards for a secret poll; their codes exist only in the answer.

        Print them at once: what is lost before it is on paper must be voided and issued
        again. May be repeated until the poll opens.

        Args:
            poll_id: A secret poll whose manifest is fixed.
            count: 1 to ``MOST_CARDS``.
            parts: 1, or 2 for cards in two halves, to be printed by two printers.

        Raises:
            InputError: ``voting.card_number``.
            RefusedError: ``voting.no_cards_needed`` where nothing is encrypted,
                ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        if not 1 <= count <= MOST_CARDS:
            raise InputError("voting.card_number", most=MOST_CARDS)
        with self._ports.database.reading() as connection:
            if not encrypted(self._poll(connection, poll_id).plan):
                raise RefusedError("voting.no_cards_needed")
        issued = [cards.new_card(poll_id, parts) for _ in range(count)]
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = moved(self._poll(uow.connection, poll_id, store.Lock.ALONE), Action.ISSUE)
            keys = sorted(card.public_key for card in issued)
            box.add_credentials(uow.connection, poll_id, keys, parts)
            self._append(uow, poll, EntryType.CREDENTIALS, {"credentials": keys})
            self._step(uow, poll, Action.ISSUE, cards=count)
            uow.commit()
        return tuple(issued)

    def void_card(self, poll_id: PollId, text: str) -> None:
        """Void one card, scanned or typed: it was spoiled, or came back unused.

        Raises:
            InputError: ``voting.card_misread``, ``voting.card_unknown``.
            RefusedError: ``voting.card_used`` or ``voting.card_void``, ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        credential = public_of(secret_of(poll_id, cards.read(text)))
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED, State.OPEN, State.SUSPENDED)
            state = box.credential_state(uow.connection, poll_id, credential)
            if state is None:
                raise InputError("voting.card_unknown")
            if state.used:
                raise RefusedError("voting.card_used")
            if state.void:
                raise RefusedError("voting.card_void")
            self._void(uow, poll, [credential])

    def void_unused_cards(self, poll_id: PollId) -> int:
        """Void every card of a poll that is not used, for a print run that went wrong.

        Returns:
            How many.

        Raises:
            RefusedError: ``voting.wrong_order`` unless the cards are issued and the poll
                is not open yet.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED)
            unused = box.unused_credentials(uow.connection, poll_id)
            self._void(uow, poll, unused)
        return len(unused)

    def _void(self, uow: UnitOfWork, poll: Poll, credentials: Sequence[bytes]) -> None:
        box.mark_void(uow.connection, poll.id, credentials)
        payload = {"credentials": sorted(credentials)}
        self._append(uow, poll, EntryType.CREDENTIALS_VOID, payload)
        uow.audit("poll.cards_voided", poll.id, count=len(credentials))
        self._tell(uow, poll)
        uow.commit()

    def draw_cards(self, poll_id: PollId, persons: Sequence[PersonId]) -> int:
        """Record that persons present drew their cards, never which ones.

        Where the rule counts weights, each draws as many cards as he has votes: no ballot
        tells its weight. Who has drawn already is passed over.

        Returns:
            How many persons drew now.

        Raises:
            RefusedError: ``voting.not_present`` if somebody is not in the hall,
                ``voting.too_few_cards`` if fewer cards are left, ``voting.wrong_order``,
                ``voting.fractional_weight`` and ``voting.unique_weight`` where the rule
                counts weights that cannot be cards, or would tell whose they are.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        roll = self._ports.roll()
        if not roll.present.issuperset(persons):
            raise RefusedError("voting.not_present")
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED, State.OPEN, State.SUSPENDED)
            before = box.drawn(uow.connection, poll_id)
            weighed = self._rule(uow.connection, poll).weights
            cards_of = unit_cards(roll.weights) if weighed else dict.fromkeys(roll.present, 1)
            new = {person: cards_of[person] for person in set(persons).difference(before)}
            left = (
                box.issued(uow.connection, poll_id)
                - box.spoiled(uow.connection, poll_id)
                - sum(before.values())
                + slip_store.stock(uow.connection, poll_id).handed_out
            )
            count = sum(new.values())
            if count > left:
                raise RefusedError("voting.too_few_cards", left=left, count=count)
            box.mark_drawn(uow.connection, poll_id, new)
            uow.audit("poll.cards_drawn", poll_id, count=count)
            self._tell(uow, poll)
            uow.commit()
        return len(new)

    def draw_cards_present(self, poll_id: PollId) -> int:
        """Record that everybody with a vote in the hall drew a card; return how many new."""
        return self.draw_cards(poll_id, sorted(self._ports.roll().present))
