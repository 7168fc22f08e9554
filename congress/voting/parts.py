"""What the four parts of the booth share: their collaborators and the steps of a poll."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from congress.kernel.approval import Approval
from congress.kernel.canonical import Json, decode, encode
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId, new_id
from congress.kernel.people import PeopleSource
from congress.kernel.roles import Actor, Right
from congress.kernel.roll import Roll
from congress.kernel.signing import Signer
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, polls, store
from congress.voting.ledger import EntryType, following
from congress.voting.model import Plan, Poll, PollChanged, Secrecy, State, Turnout
from congress.voting.polls import Action
from congress.voting.rules import packs
from congress.voting.rules.model import Pack, Rule
from congress.voting.sealing import Sealing


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
        sealing: How ballots lie in the box.
    """

    database: Database
    actor: Actor
    clock: Clock
    signer: Signer
    roll: Callable[[], Roll]
    people: PeopleSource
    quorate: Callable[[], bool]
    approve: Callable[[Approval], Actor]
    sealing: Sealing


class Part:
    """One part of the booth."""

    def __init__(self, ports: Ports) -> None:
        """Take the collaborators."""
        self._ports = ports

    def _poll(
        self, connection: Connection, poll_id: PollId, lock: store.Lock = store.Lock.NONE
    ) -> Poll:
        poll = store.find(connection, poll_id, lock)
        if poll is None:
            raise InputError("voting.no_poll")
        return poll

    def _secrecy(self, poll_id: PollId) -> Secrecy:
        """Return whether a poll is open or secret, to know early how many must approve."""
        with self._ports.database.reading() as connection:
            return self._poll(connection, poll_id).plan.secrecy

    def _packs(self, connection: Connection) -> Mapping[str, Pack]:
        own = {key: packs.read(text) for key, text in store.pack_texts(connection).items()}
        return {**packs.shipped(), **own}

    def _rule(self, connection: Connection, poll: Poll) -> Rule:
        """Return the rule of a poll: from its manifest once that is fixed."""
        text = store.pack_of_manifest(connection, poll.id)
        pack = (
            packs.read(text) if text is not None else self._packs(connection).get(poll.plan.pack_id)
        )
        rule = None if pack is None else pack.rule(poll.plan.rule_id)
        if rule is None:
            raise InputError("voting.no_rule")
        return rule

    def _turnout(self, connection: Connection, poll: Poll) -> Turnout:
        if poll.plan.secrecy is Secrecy.OPEN:
            entitled = len(store.electorate(connection, poll.id).electors)
            return Turnout(box.named_votes(connection, poll.id), entitled)
        return Turnout(box.ballots_cast(connection, poll.id), box.drawn_number(connection, poll.id))

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

    def _step(self, uow: UnitOfWork, poll: Poll, action: Action, **detail: Json) -> None:
        """Save ``poll`` as it is after ``action``, with the audit entry and the event."""
        store.save(uow.connection, poll)
        uow.audit(f"poll.{action.value}", poll.id, **detail)
        self._tell(uow, poll)

    def _tell(self, uow: UnitOfWork, poll: Poll) -> None:
        uow.publish(PollChanged(poll.id, poll.state, self._turnout(uow.connection, poll)))

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
