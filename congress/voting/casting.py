"""The third part of the booth: letting a voter in, and taking the ballot."""

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import Connection

from congress.kernel.canonical import encode
from congress.kernel.errors import BugError, InputError, RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.kernel.people import Person
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, cards, store
from congress.voting.ballots import ballot_id, require_castable, to_bits, tracking_code
from congress.voting.electors import Electorate
from congress.voting.ledger import EntryType, payload_hash
from congress.voting.model import Ballot, Poll, Receipt, Secrecy, State
from congress.voting.parts import Part
from congress.voting.rules.model import Rule


@dataclass(frozen=True, slots=True)
class Admission:
    """A voter at the panel, and the ballot paper to show.

    Attributes:
        poll: The poll to vote in.
        rule: Its rule, for the preview.
        person: Whose vote it is, in an open poll; nobody knows in a secret one.
        by: Who casts it as proxy, if that is somebody else.
        credential: Hash of the card, in a secret poll.
    """

    poll: Poll
    rule: Rule
    person: Person | None = None
    credential: bytes = field(default=b"", repr=False)
    by: Person | None = None


class Casting(Part):
    """What a voting panel does."""

    def admit(self, text: str) -> Admission:
        """Return the ballot paper for the card or badge that was scanned or typed.

        A badge leads to the newest open poll its owner has not voted in yet, and then, one
        after the other, to the votes that he casts there as proxy; a card to its own secret
        poll. Nothing is stored.

        Raises:
            InputError: ``voting.card_misread``, ``voting.card_unknown``.
            RefusedError: ``voting.card_used``, ``voting.card_void``, ``voting.not_open``,
                ``voting.suspended``, ``voting.not_on_roll``, ``voting.already_voted``,
                ``voting.represented`` for one for whom a proxy votes,
                ``voting.needs_card`` for a badge while no open poll runs.
        """
        self._ports.actor.require(Right.CAST)
        person = self._ports.people.by_badge(text)
        with self._ports.database.reading() as connection:
            if person is not None:
                poll, elector = self._named_poll(connection, person)
                rule = self._rule(connection, poll)
                if elector == person.id:
                    return Admission(poll, rule, person=person)
                return Admission(poll, rule, person=self._person(elector), by=person)
            code_hash = cards.read(text)
            card = box.card_state(connection, code_hash)
            if card is None:
                raise InputError("voting.card_unknown")
            poll = self._poll(connection, card.poll_id)
            _require_open(poll)
            if card.spoiled:
                raise RefusedError("voting.card_void")
            if card.used:
                raise RefusedError("voting.card_used")
            return Admission(poll, self._rule(connection, poll), credential=code_hash)

    def _person(self, person_id: PersonId) -> Person:
        everyone = self._ports.people.everyone()
        return next(person for person in everyone if person.id == person_id)

    def _named_poll(self, connection: Connection, person: Person) -> tuple[Poll, PersonId]:
        """Return the poll that a badge leads to, and whose vote is cast there."""
        running = [
            poll
            for poll in store.polls(connection)
            if poll.state in (State.OPEN, State.SUSPENDED) and poll.plan.secrecy is Secrecy.OPEN
        ]
        if not running:
            raise RefusedError("voting.needs_card")
        for poll in running:
            electorate = store.electorate(connection, poll.id)
            waiting = [
                elector
                for elector in electorate.cast_by(person.id)
                if box.named_request(connection, poll.id, elector) is None
            ]
            if waiting:
                _require_open(poll)
                return poll, waiting[0]
            if not electorate.cast_by(person.id):
                _require_open(poll)
                _require_elector(electorate, person, None)
        raise RefusedError("voting.already_voted")

    def cast(self, admission: Admission, ballot: Ballot, request: str) -> Receipt:
        """Put the ballot into the box and return the receipt.

        Idempotent: the same ``request`` with the same ballot gives the same receipt, so a
        lost answer can be asked for again. The ballot and the mark that this card or
        person has voted are one transaction. The cast of a secret ballot is not audited
        and bears no time: its trace is the ledger, from the close on.

        Args:
            admission: From ``admit``.
            ballot: What the voter chose.
            request: Random identifier that the panel made for this ballot.

        Raises:
            InputError: ``voting.bad_ballot``, ``voting.card_unknown``,
                ``voting.request_reused`` if the request was made for another ballot.
            RefusedError: ``voting.card_used``, ``voting.already_voted``,
                ``voting.card_void``, ``voting.not_open``, ``voting.suspended``,
                ``voting.not_castable``.
        """
        self._ports.actor.require(Right.CAST)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            # A named vote goes on the ledger at once, and its chain takes one at a time.
            lock = store.Lock.SHARED if admission.person is None else store.Lock.ALONE
            poll = self._poll(uow.connection, admission.poll.id, lock)
            if admission.person is None:
                code = self._cast_secret(uow, poll, admission.credential, ballot, request)
            else:
                code = self._cast_named(uow, poll, admission, ballot, request)
        return Receipt(poll.id, code)

    def _cast_secret(
        self, uow: UnitOfWork, poll: Poll, credential: bytes, ballot: Ballot, request: str
    ) -> str:
        connection, sealing = uow.connection, self._ports.sealing
        card = box.card_state(connection, credential)
        if card is None or card.poll_id != poll.id:
            raise InputError("voting.card_unknown")
        identifier = ballot_id(poll.id, request)
        payload = box.ballot_payload(connection, poll.id, identifier)
        if payload is not None:
            if not card.used or not sealing.holds(poll.plan, payload, ballot):
                raise InputError("voting.request_reused")
            return tracking_code(payload_hash(payload))
        _require_open(poll)
        if card.spoiled:
            raise RefusedError("voting.card_void")
        require_castable(poll.plan, self._rule(connection, poll), ballot)
        box.mark_used(connection, poll.id, credential)
        payload = sealing.seal(poll.plan, ballot)
        box.add_ballot(connection, poll.id, identifier, payload)
        self._tell(uow, poll)
        uow.commit()
        return tracking_code(payload_hash(payload))

    def _cast_named(
        self, uow: UnitOfWork, poll: Poll, admission: Admission, ballot: Ballot, request: str
    ) -> str:
        connection, person = uow.connection, admission.person
        if person is None:
            raise BugError("a named vote has a name")
        payload = {
            "person": person.id,
            "badge": person.badge,
            "bits": to_bits(poll.plan.contests, ballot),
        }
        digest, asked = payload_hash(payload), _request_hash(poll.id, request)
        before = box.named_request(connection, poll.id, person.id)
        if before is not None:
            if before[0] != asked:
                raise RefusedError("voting.already_voted")
            if before[1] != digest:
                raise InputError("voting.request_reused")
            return tracking_code(digest)
        _require_open(poll)
        _require_elector(store.electorate(connection, poll.id), person, admission.by)
        require_castable(poll.plan, self._rule(connection, poll), ballot)
        box.mark_named(connection, poll.id, person.id, asked, digest)
        self._append(uow, poll, EntryType.BALLOT, payload)
        uow.audit("poll.named_vote", poll.id)
        self._tell(uow, poll)
        uow.commit()
        return tracking_code(digest)


def _request_hash(poll_id: PollId, request: str) -> bytes:
    return hashlib.sha256(encode(["request", poll_id, request])).digest()


def _require_open(poll: Poll) -> None:
    if poll.state is State.SUSPENDED:
        raise RefusedError("voting.suspended")
    if poll.state is not State.OPEN:
        raise RefusedError("voting.not_open")


def _require_elector(electorate: Electorate, person: Person, by: Person | None) -> None:
    elector = electorate.elector(person.id)
    if elector is None:
        raise RefusedError("voting.not_on_roll")
    if elector.by != (None if by is None else by.id):
        raise RefusedError("voting.represented")
