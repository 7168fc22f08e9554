"""Ballot papers before they are cast: printed, issued, handed out, spoiled."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, slip_store, store
from congress.voting.electors import unit_cards
from congress.voting.ledger import EntryType
from congress.voting.model import Channel, Poll, State
from congress.voting.parts import Part, moved, require_state
from congress.voting.polls import Action
from congress.voting.rules.model import Rule
from congress.voting.slip_store import Stock

MOST_SLIPS = 20_000


class PaperStock(Part):
    """What the committee does with ballot papers until they lie in the box."""

    def issue_slips(self, poll_id: PollId, count: int) -> Poll:
        """Record that ``count`` ballot papers were printed and handed to the committee.

        May be repeated until the poll opens. In a poll held on paper alone this stands on
        the ledger at once, in a mixed one with the paper count.

        Raises:
            InputError: ``voting.slip_number``.
            RefusedError: ``voting.no_paper`` if the poll is not held on paper,
                ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        require_number(count, 1)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._on_paper(uow.connection, poll_id, store.Lock.ALONE)
            if poll.plan.channel is Channel.PAPER:
                poll = moved(poll, Action.ISSUE)
                self._append(uow, poll, EntryType.CREDENTIALS, {"slips": count})
            else:
                require_state(poll, State.FIXED, State.KEYED)
            stock = slip_store.stock(uow.connection, poll_id)
            if stock.issued + count > MOST_SLIPS:
                raise InputError("voting.slip_number", most=MOST_SLIPS)
            self._keep_stock(uow, poll, replace(stock, issued=stock.issued + count))
            self._step(uow, poll, Action.ISSUE, slips=count)
            uow.commit()
        return poll

    def spoil_slips(self, poll_id: PollId, count: int) -> Stock:
        """Record that ``count`` ballot papers were spoiled and given back.

        Raises:
            InputError: ``voting.slip_number`` if there are not so many.
            RefusedError: ``voting.no_paper``, ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._on_paper(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED, State.OPEN, State.SUSPENDED)
            stock = slip_store.stock(uow.connection, poll_id)
            require_number(count, 1, stock.issued - stock.spoiled)
            stock = replace(stock, spoiled=stock.spoiled + count)
            if poll.plan.channel is Channel.PAPER:
                self._append(uow, poll, EntryType.CREDENTIALS_VOID, {"slips": count})
            self._keep_stock(uow, poll, stock)
            uow.audit("poll.slips_spoiled", poll_id, count=count)
            self._tell(uow, poll)
            uow.commit()
        return stock

    def hand_out_slips(self, poll_id: PollId, persons: Sequence[PersonId]) -> int:
        """Record that persons present were given ballot papers; who has drawn is passed over.

        Where the rule counts weights, each is given as many as he has votes.

        Returns:
            How many persons were given them now.

        Raises:
            RefusedError: ``voting.not_present``, ``voting.too_few_slips``,
                ``voting.no_paper``, ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        roll = self._ports.roll()
        if not roll.present.issuperset(persons):
            raise RefusedError("voting.not_present")
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._on_paper(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED, State.OPEN, State.SUSPENDED)
            weighed = self._rule(uow.connection, poll).weights
            slips_of = unit_cards(roll.weights) if weighed else dict.fromkeys(roll.present, 1)
            before = box.drawn(uow.connection, poll_id)
            new = {person: slips_of[person] for person in set(persons).difference(before)}
            stock, count = slip_store.stock(uow.connection, poll_id), sum(new.values())
            left = stock.issued - stock.spoiled - stock.handed_out
            if count > left:
                raise RefusedError("voting.too_few_slips", left=left, count=count)
            box.mark_drawn(uow.connection, poll_id, new)
            self._keep_stock(uow, poll, replace(stock, handed_out=stock.handed_out + count))
            uow.audit("poll.slips_handed_out", poll_id, count=count)
            self._tell(uow, poll)
            uow.commit()
        return len(new)

    def hand_out_slips_present(self, poll_id: PollId) -> int:
        """Record that everybody with a vote in the hall was given one; return how many new."""
        return self.hand_out_slips(poll_id, sorted(self._ports.roll().present))

    def rule_of(self, poll_id: PollId) -> Rule:
        """Return the rule of a poll: what its manifest fixed.

        Raises:
            InputError: ``voting.no_rule`` while a draft names none.
        """
        with self._ports.database.reading() as connection:
            return self._rule(connection, self._poll(connection, poll_id))

    def slips_counted(self, poll_id: PollId) -> bool:
        """Return whether the paper count of a poll is on its ledger."""
        with self._ports.database.reading() as connection:
            return store.has_entry(connection, poll_id, EntryType.PAPER_COUNT)

    def slip_stock(self, poll_id: PollId) -> Stock:
        """Return how many ballot papers were issued and spoiled, and are left over."""
        with self._ports.database.reading() as connection:
            return slip_store.stock(connection, self._poll(connection, poll_id).id)

    def _on_paper(
        self, connection: Connection, poll_id: PollId, lock: store.Lock = store.Lock.NONE
    ) -> Poll:
        poll = self._poll(connection, poll_id, lock)
        if poll.plan.channel is Channel.ELECTRONIC:
            raise RefusedError("voting.no_paper")
        return poll

    def _keep_stock(self, uow: UnitOfWork, poll: Poll, stock: Stock) -> None:
        slip_store.keep_stock(uow.connection, poll.id, stock)


def require_number(count: int, least: int, most: int = MOST_SLIPS) -> None:
    """Refuse a number of ballot papers that cannot be.

    Raises:
        InputError: ``voting.slip_number``.
    """
    if not least <= count <= most:
        raise InputError("voting.slip_number", most=most)
