"""What the four parts of the booth share: their collaborators and the steps of a poll."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from congress.kernel.approval import Approval
from congress.kernel.canonical import Json, decode, encode
from congress.kernel.clock import Clock
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.ids import PollId, new_id
from congress.kernel.people import PeopleSource
from congress.kernel.roles import Actor, Right
from congress.kernel.roll import Roll
from congress.kernel.signing import Signer
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, polls, store
from congress.voting.election import Election, current, election_of
from congress.voting.hintbook import HintBook
from congress.voting.ledger import EntryType, following
from congress.voting.model import Plan, Poll, PollChanged, Secrecy, State, Turnout
from congress.voting.outcome import SignedHead
from congress.voting.polls import Action
from congress.voting.rules import packs
from congress.voting.rules.model import Pack, Rule

_PATIENCE = 100
"""Milliseconds that a voter waits for others to end their reading."""


@dataclass(frozen=True, slots=True)
class Ports:
    """What the booth works with.

    Attributes:
        database: The congress database.
        actor: In whose name.
        clock: Dates openings, closings and certificates; never a ballot.
        signer: Signs certificates and heads with the key of the congress.
        roll: Freezes the roll call of the session under way.
        people: The list of the congress.
        quorate: Whether the session has its quorum now.
        approve: Checks the second person's passphrase and returns who it is.
        hints: Kept from one check of ballots to the next.
    """

    database: Database
    actor: Actor
    clock: Clock
    signer: Signer
    roll: Callable[[], Roll]
    people: PeopleSource
    quorate: Callable[[], bool]
    approve: Callable[[Approval], Actor]
    hints: HintBook = field(default_factory=HintBook)


class Part:
    """One part of the booth."""

    def __init__(self, ports: Ports) -> None:
        """Take the collaborators."""
        self._ports = ports

    def _poll(
        self,
        connection: Connection,
        poll_id: PollId,
        lock: store.Lock = store.Lock.NONE,
        *,
        old: bool = False,
    ) -> Poll:
        """Return a poll; to change it, it must be one that this version can go on with.

        ``old`` lets through what may be done to the others too.
        """
        poll = store.find(connection, poll_id, lock)
        if poll is None:
            raise InputError("voting.no_poll")
        if lock is not store.Lock.NONE and not old:
            self._require_current(connection, poll)
        return poll

    def _require_current(self, connection: Connection, poll: Poll) -> None:
        """Refuse to go on with a poll that an earlier version of the program began.

        Raises:
            RefusedError: ``voting.old_ledger``: it can be read and withdrawn, nothing else.
        """
        manifest = store.first_entry(connection, poll.id, EntryType.MANIFEST)
        if manifest is not None and not current(manifest):
            raise RefusedError("voting.old_ledger")

    def _election(self, connection: Connection, poll: Poll) -> Election:
        """Return what the ballots of an encrypted poll are bound to."""
        found = (
            store.first_entry(connection, poll.id, kind)
            for kind in (EntryType.MANIFEST, EntryType.TRUSTEES)
        )
        return election_of([entry for entry in found if entry is not None])

    def _secrecy(self, poll_id: PollId) -> Secrecy:
        """Return whether a poll is open or secret, to know early how many must approve."""
        with self._ports.database.reading() as connection:
            return self._poll(connection, poll_id).plan.secrecy

    def _packs(self, connection: Connection) -> Mapping[str, Pack]:
        own = {key: packs.read(text) for key, text in store.pack_texts(connection).items()}
        return {**packs.shipped(), **own}

    def _rule(self, connection: Connection, poll: Poll) -> Rule:
        """Return the rule of a poll: from its manifest once that is fixed."""
        manifest: Any = store.first_entry(connection, poll.id, EntryType.MANIFEST)
        pack = (
            self._packs(connection).get(poll.plan.pack_id)
            if manifest is None
            else packs.read(manifest.payload["pack"])
        )
        rule = None if pack is None else pack.rule(poll.plan.rule_id)
        if rule is None:
            raise InputError("voting.no_rule")
        return rule

    def _turnout(self, connection: Connection, poll: Poll) -> Turnout:
        if poll.state in (State.TALLIED, State.CERTIFIED):
            result: Any = store.first_entry(connection, poll.id, EntryType.RESULT)
            figures = result.payload["reconciliation"]
            return Turnout(figures["cast"], figures["drawn"])
        if poll.plan.secrecy is Secrecy.OPEN:
            entitled = len(store.electorate(connection, poll.id).electors)
            return Turnout(box.named_votes(connection, poll.id), entitled)
        return Turnout(box.used(connection, poll.id), box.drawn_number(connection, poll.id))

    def _draft(self, uow: UnitOfWork, plan: Plan) -> Poll:
        """Add ``plan`` as a draft, with the audit entry and the event."""
        number = store.next_number(uow.connection)
        poll = Poll(PollId(new_id()), number, State.DRAFT, plan)
        store.add(uow.connection, poll)
        uow.audit("poll.proposed", poll.id, number=number)
        self._tell(uow, poll)
        return poll

    def _append(self, uow: UnitOfWork, poll: Poll, kind: EntryType, payload: object) -> None:
        """Append ``payload`` to the ledger of the poll, bytes as base64url."""
        head = store.head(uow.connection, poll.id)
        entry = following(head, poll.id, kind, decode(encode(payload)))
        store.append(uow.connection, [entry])

    def _signed_head(self, connection: Connection, poll_id: PollId) -> SignedHead:
        head, signer = store.head(connection, poll_id), self._ports.signer
        signature = signer.sign("ledger-head", [poll_id, head.seq, head.hash])
        ballots = store.ballots_told(connection, poll_id, head.seq)
        return SignedHead(head.seq, head.hash, signature, signer.public_key, ballots)

    def _step(self, uow: UnitOfWork, poll: Poll, action: Action, **detail: Json) -> None:
        """Save ``poll`` as it is after ``action``, with the audit entry and the event."""
        store.save(uow.connection, poll)
        uow.audit(f"poll.{action.value}", poll.id, **detail)
        self._tell(uow, poll)

    def _tell(self, uow: UnitOfWork, poll: Poll) -> None:
        uow.publish(PollChanged(poll.id, poll.state, self._turnout(uow.connection, poll)))

    def _forget_order(self) -> None:
        """Empty the log of the database: its pages stand in the order in which they came.

        What a reading or the disk keeps from it is done after the next cast. No failure is told:
        the change is made, and who heard of one would think that the ballot is not in the box.
        """
        with suppress(CongressError):
            self._ports.database.empty_log(_PATIENCE)

    def _approvers(
        self, secrecy: Secrecy, action: Action, approval: Approval | None
    ) -> tuple[Actor, ...]:
        """Return who takes this step: one member, or two where two are needed.

        Raises:
            RefusedError: ``voting.second_person`` if nobody approved, ``voting.same_person``
                if the approver is the requester, ``role.not_allowed``.
            InputError: The port's own, for a wrong passphrase.
        """
        if not polls.needs_two(action, secrecy):
            return (self._ports.actor,)
        if approval is None:
            raise RefusedError("voting.second_person")
        second = self._ports.approve(approval)
        if second.member_id == self._ports.actor.member_id:
            raise RefusedError("voting.same_person")
        second.require(Right.RUN_POLL)
        return (self._ports.actor, second)


def moved(poll: Poll, action: Action) -> Poll:
    """Return ``poll`` in the state that ``action`` leads to.

    Raises:
        RefusedError: ``voting.wrong_order``.
    """
    return replace(poll, state=polls.after(poll.state, action))


def require_state(poll: Poll, *states: State) -> None:
    """Refuse unless ``poll`` is in one of ``states``.

    Raises:
        RefusedError: ``voting.wrong_order``.
    """
    if poll.state not in states:
        raise RefusedError("voting.wrong_order")
