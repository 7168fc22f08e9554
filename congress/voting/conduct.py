"""The part of the booth that opens, suspends, extends, closes and withdraws."""

from dataclasses import replace
from datetime import datetime

from congress.kernel.approval import Approval
from congress.kernel.canonical import Json
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, proxy_store, store
from congress.voting.codec import roll_figures
from congress.voting.crypto.layout import ballot_length
from congress.voting.election import encrypted
from congress.voting.electors import electorate_to_json
from congress.voting.ledger import EntryType, following_ballots
from congress.voting.model import Poll, Secrecy, State, Turnout
from congress.voting.outcome import SignedHead
from congress.voting.parts import Part, moved, require_state
from congress.voting.polls import Action
from congress.voting.rules.electing import electorate


class Conduct(Part):
    """The chair's and the committee's steps while a poll runs."""

    def open(
        self,
        poll_id: PollId,
        approval: Approval | None = None,
        *,
        ends_at: datetime | None = None,
    ) -> Poll:
        """Open the poll: the roll call is frozen, and with it every base.

        Args:
            poll_id: A poll whose manifest is fixed and, if secret, whose cards are issued.
            approval: The second person, for a secret poll.
            ends_at: The end of the voting as it is announced, aware; nobody is let in to vote
                after it. Without it the voting ends with the close.

        Raises:
            RefusedError: ``voting.no_quorum``, ``voting.wrong_order``,
                ``voting.second_person``, ``voting.same_person``,
                ``voting.too_many_proxies``, ``voting.no_section``.
            InputError: ``voting.bad_end`` if the end is not to come; the approval's
                passphrase is wrong.
        """
        self._ports.actor.require(Right.RUN_POLL)
        self._require_to_come(ends_at)
        if not self._ports.quorate():
            raise RefusedError("voting.no_quorum")
        roll = self._ports.roll()
        approvers = self._approvers(self._secrecy(poll_id), Action.OPEN, approval)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            if poll.plan.secrecy is Secrecy.OPEN:
                poll = moved(poll, Action.ISSUE)
            poll = replace(
                moved(poll, Action.OPEN),
                roll=roll,
                opened_at=self._ports.clock.now(),
                ends_at=ends_at,
            )
            payload: dict[str, Json] = {
                "roll": roll_figures(roll),
                "approved_by": [actor.member_id for actor in approvers],
            }
            if poll.plan.secrecy is Secrecy.OPEN:
                rule = self._rule(uow.connection, poll)
                register = proxy_store.proxies(uow.connection)
                people = self._ports.people.everyone()
                voters = electorate(roll, people, register, poll.plan, rule)
                payload.update(electorate_to_json(voters))
            elif encrypted(poll.plan):
                self._lay_out(uow, poll)
            self._append(uow, poll, EntryType.OPEN, payload)
            self._step(uow, poll, Action.OPEN, present=len(roll.present))
            uow.commit()
        self._forget_order()
        return poll

    def _lay_out(self, uow: UnitOfWork, poll: Poll) -> None:
        layouts = self._election(uow.connection, poll).layouts
        ciphertexts = sum(layout.ciphertexts for layout in layouts)
        box.lay_out(uow.connection, poll.id, ballot_length(layouts), ciphertexts)

    def suspend(self, poll_id: PollId) -> Poll:
        """Stop taking ballots for now; those cast stay cast."""
        return self._pause(poll_id, Action.SUSPEND, EntryType.SUSPEND)

    def resume(self, poll_id: PollId) -> Poll:
        """Take ballots again."""
        return self._pause(poll_id, Action.RESUME, EntryType.RESUME)

    def _pause(self, poll_id: PollId, action: Action, kind: EntryType) -> Poll:
        self._ports.actor.require(Right.RUN_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = moved(self._poll(uow.connection, poll_id, store.Lock.ALONE), action)
            self._append(uow, poll, kind, {})
            self._step(uow, poll, action)
            uow.commit()
        return poll

    def extend(
        self, poll_id: PollId, ends_at: datetime | None, approval: Approval | None = None
    ) -> Poll:
        """Announce another end of the voting while it goes on, or after the announced one.

        Args:
            poll_id: An open or suspended poll.
            ends_at: The new end, aware; ``None`` for the close.
            approval: The second person, for a secret poll.

        Raises:
            RefusedError: ``voting.wrong_order``, ``voting.second_person``,
                ``voting.same_person``.
            InputError: ``voting.bad_end`` if the end is not to come; the approval's
                passphrase is wrong.
        """
        self._ports.actor.require(Right.RUN_POLL)
        self._require_to_come(ends_at)
        self._approvers(self._secrecy(poll_id), Action.CLOSE, approval)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.OPEN, State.SUSPENDED)
            poll = replace(poll, ends_at=ends_at)
            store.save(uow.connection, poll)
            uow.audit("poll.extended", poll.id)
            self._tell(uow, poll)
            uow.commit()
        return poll

    def _require_to_come(self, ends_at: datetime | None) -> None:
        if ends_at is not None and ends_at <= self._ports.clock.now():
            raise InputError("voting.bad_end")

    def checkpoint(self, poll_id: PollId) -> SignedHead:
        """Mark a place on the ledger, and return its end to be shown, printed and compared.

        It tells how many ballots were cast until then, so that none can be taken out of the box
        later without another put in its place; never which, for that would tell their time.

        Raises:
            RefusedError: ``voting.wrong_order`` unless the poll is open or suspended.
        """
        self._ports.actor.require(Right.RUN_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.OPEN, State.SUSPENDED)
            cast = self._turnout(uow.connection, poll).cast
            self._append(uow, poll, EntryType.CHECKPOINT, {"ballots": cast})
            uow.audit("poll.checkpoint", poll.id)
            self._tell(uow, poll)
            signed = self._signed_head(uow.connection, poll.id)
            uow.commit()
        return signed

    def close(self, poll_id: PollId, approval: Approval | None = None) -> Poll:
        """Close the poll: no ballot enters after this, and those cast go on the ledger.

        The ballots of a secret poll are put there sorted by their hashes.

        Args:
            poll_id: An open or suspended poll.
            approval: The second person, for a secret poll.

        Raises:
            RefusedError: ``voting.wrong_order``, ``voting.second_person``,
                ``voting.same_person``.
            InputError: The approval's passphrase is wrong.
        """
        self._ports.actor.require(Right.RUN_POLL)
        approvers = self._approvers(self._secrecy(poll_id), Action.CLOSE, approval)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            poll = replace(moved(poll, Action.CLOSE), closed_at=self._ports.clock.now())
            if poll.plan.secrecy is Secrecy.SECRET:
                box.settle(uow.connection, poll_id)
                head = store.head(uow.connection, poll_id)
                hashes = box.ballots(uow.connection, poll_id)
                store.append(uow.connection, following_ballots(head, poll_id, hashes))
            cast = self._turnout(uow.connection, poll).cast
            approved_by = [actor.member_id for actor in approvers]
            self._append(uow, poll, EntryType.CLOSE, {"ballots": cast, "approved_by": approved_by})
            self._step(uow, poll, Action.CLOSE, ballots=cast)
            uow.commit()
        self._forget_order()
        return poll

    def withdraw(self, poll_id: PollId, reason: str = "") -> Poll:
        """Withdraw the poll before its tally; nothing is counted.

        Args:
            poll_id: A poll that is not tallied yet.
            reason: In the words of the minutes; stands on the ledger.

        Raises:
            RefusedError: ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.RUN_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE, old=True)
            poll = moved(poll, Action.WITHDRAW)
            if store.head(uow.connection, poll_id).seq:
                self._append(uow, poll, EntryType.WITHDRAW, {"reason": reason})
            box.settle(uow.connection, poll_id)
            self._step(uow, poll, Action.WITHDRAW)
            uow.commit()
        self._forget_order()
        return poll

    def turnout(self, poll_id: PollId) -> Turnout:
        """Return how many have voted, of how many. There is no interim result."""
        with self._ports.database.reading() as connection:
            return self._turnout(connection, self._poll(connection, poll_id))
