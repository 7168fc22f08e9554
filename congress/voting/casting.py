"""The part of the booth that takes a ballot, in two steps.

First a ballot is prepared: it is encrypted, and the voter is shown its tracking code. Then it is
either cast, or challenged: opened for everybody to see that it holds what was chosen, and never
counted (Benaloh, EVT 2007). The machine does not know which of the two will follow when it
encrypts, so it cannot cheat only those who do not look.
"""

import hashlib
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from congress.kernel.canonical import Json, encode
from congress.kernel.errors import BugError, InputError, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.people import Person
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, mark_store, store
from congress.voting.ballots import (
    ballot_id,
    ciphertext_marks,
    encrypted_payload,
    judge,
    require_castable,
    to_bits,
    tracking_code,
)
from congress.voting.crypto import ballots as crypto
from congress.voting.crypto.ballots import Opening
from congress.voting.crypto.group import Scalar
from congress.voting.electors import Electorate
from congress.voting.layouts import values_of
from congress.voting.ledger import EntryType, payload_hash
from congress.voting.model import Ballot, Marks, Poll, Receipt, State
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
        secret: The secret of the card, in a secret poll; 0 in an open one.
    """

    poll: Poll
    rule: Rule
    person: Person | None = None
    secret: Scalar = field(default=0, repr=False)
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class NamedBallot:
    """How somebody votes in an open poll.

    Attributes:
        person: Whose vote it is.
        by: Who casts it as proxy, if that is somebody else.
        ballot: What was chosen.
    """

    person: Person
    by: Person | None
    ballot: Ballot


@dataclass(frozen=True, slots=True)
class Prepared:
    """A ballot whose tracking code the voter may see, neither cast nor challenged yet.

    Attributes:
        poll: The poll.
        named: Who votes and how, in an open poll.
        ballot: The encrypted ballot, in a secret poll; empty in an open one.
        opening: What a challenge reveals of it. Dies with this value.
    """

    poll: Poll
    named: NamedBallot | None = field(default=None, repr=False)
    ballot: bytes = field(default=b"", repr=False)
    opening: Opening | None = field(default=None, repr=False)

    @property
    def payload(self) -> dict[str, Json]:
        """What the ledger records of it."""
        if self.named is None:
            return encrypted_payload(self.ballot)
        person = self.named.person
        bits = to_bits(self.poll.plan.contests, self.named.ballot)
        return {"person": person.id, "badge": person.badge, "bits": bits}

    @property
    def tracking_code(self) -> str:
        """20 characters that stand for the ballot on the ledger."""
        return tracking_code(payload_hash(self.payload))


@dataclass(frozen=True, slots=True)
class Opened:
    """A challenged ballot, which everybody may see and nobody can cast.

    Attributes:
        poll: The poll.
        tracking_code: The code that the voter was shown before.
        marks: The cells of each contest that the ciphertexts hold, flags included.
    """

    poll: Poll
    tracking_code: str
    marks: tuple[Marks, ...]


class Casting(Part):
    """What a voting panel does with a ballot."""

    def prepare(self, admission: Admission, ballot: Ballot) -> Prepared:
        """Encrypt a ballot, or write a named one down; nothing is stored yet.

        Takes as long as it takes to encrypt: about 15 ms for a list of 40 names.

        Args:
            admission: From ``admit``.
            ballot: What the voter chose.

        Raises:
            InputError: ``voting.bad_ballot``.
            RefusedError: ``voting.not_castable``.
        """
        self._ports.actor.require(Right.CAST)
        poll = admission.poll
        require_castable(poll.plan, admission.rule, ballot)
        if admission.person is not None:
            return Prepared(poll, NamedBallot(admission.person, admission.by, ballot))
        with self._ports.database.reading() as connection:
            election = self._election(connection, poll)
        values = [
            values_of(layout, judge(contest, admission.rule, marks))
            for layout, contest, marks in zip(
                election.layouts, poll.plan.contests, ballot.marks, strict=True
            )
        ]
        made = crypto.encrypt(election.context, election.layouts, values, admission.secret)
        return Prepared(poll, ballot=made.ballot, opening=made.opening)

    def cast(self, prepared: Prepared, request: str) -> Receipt:
        """Put a prepared ballot into the box and return the receipt.

        Idempotent: the same ``request`` with the same ballot gives the same receipt, so a
        lost answer can be asked for again. The ballot and the mark that this card or
        person has voted are one transaction. A secret ballot enters only if its proofs hold.
        Its cast is not audited and bears no time: its trace is the ledger, from the close on.
        The log of the database is emptied after it, which would tell what came after what.

        Args:
            prepared: From ``prepare``.
            request: Random identifier that the panel made for this voter.

        Raises:
            BugError: The request is empty: it would be the same for every voter.
            InputError: ``voting.ballot_proof``, ``voting.card_unknown``,
                ``voting.request_reused`` if the request was made for another ballot.
            RefusedError: ``voting.card_used``, ``voting.already_voted``,
                ``voting.card_void``, ``voting.not_open``, ``voting.suspended``,
                ``voting.ballot_seen`` if the ballot, or part of it, was challenged or cast.
        """
        self._ports.actor.require(Right.CAST)
        if not request:
            raise BugError("a ballot is cast under a request of its own")
        named = prepared.named
        if named is None:
            self._verify(prepared)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            # A named vote goes on the ledger at once, and its chain takes one at a time.
            lock = store.Lock.SHARED if named is None else store.Lock.ALONE
            poll = self._poll(uow.connection, prepared.poll.id, lock)
            # What is recorded follows from the poll as it is kept, not as the station has it.
            prepared = replace(prepared, poll=poll)
            if named is None:
                self._cast_secret(uow, poll, prepared, request)
            else:
                self._cast_named(uow, poll, named, prepared.payload, request)
        if named is None:
            self._forget_order()
        return Receipt(poll.id, prepared.tracking_code)

    def challenge(self, prepared: Prepared) -> Opened:
        """Open a prepared ballot instead of casting it; the card stays good for another.

        What was chosen goes on the ledger with the numbers it was encrypted with, so that
        anyone can encrypt it again and compare. Idempotent.

        Args:
            prepared: From ``prepare``, in a secret poll.

        Raises:
            InputError: ``voting.ballot_proof``, ``voting.card_unknown``.
            RefusedError: ``voting.nothing_to_open`` in an open poll, ``voting.ballot_seen`` if
                it was cast, ``voting.card_used``, ``voting.card_void``, ``voting.not_open``,
                ``voting.suspended``.
        """
        self._ports.actor.require(Right.CAST)
        opening = prepared.opening
        if opening is None:
            raise RefusedError("voting.nothing_to_open")
        with self._ports.database.reading() as connection:
            election = self._election(connection, prepared.poll)
        self._verify(prepared)
        crypto.check_opening(election.context, election.layouts, prepared.ballot, opening)
        opened = Opened(
            prepared.poll,
            prepared.tracking_code,
            tuple(
                frozenset(
                    cell for cell, value in zip(layout.cells, contest.values, strict=False) if value
                )
                for layout, contest in zip(election.layouts, opening.contests, strict=True)
            ),
        )
        payload = {**prepared.payload, "opening": opening.to_json()}
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, prepared.poll.id, store.Lock.ALONE)
            if store.has_entry(uow.connection, poll.id, EntryType.CHALLENGE, payload_hash(payload)):
                return opened
            require_open(poll)
            self._require_good(uow.connection, poll, prepared)
            self._keep_marks(uow.connection, poll, prepared)
            self._append(uow, poll, EntryType.CHALLENGE, payload)
            uow.audit("poll.challenge", poll.id)
            self._tell(uow, poll)
            uow.commit()
        return opened

    def _verify(self, prepared: Prepared) -> None:
        """Refuse a ballot whose proofs do not hold, whoever made it."""
        with self._ports.database.reading() as connection:
            election = self._election(connection, prepared.poll)
        crypto.verify(election.context, election.layouts, prepared.ballot)

    def _require_good(self, connection: Connection, poll: Poll, prepared: Prepared) -> bytes:
        """Return the credential of a ballot, once it is known to be good for another."""
        credential = crypto.credential_of(prepared.ballot)
        state = box.credential_state(connection, poll.id, credential)
        if state is None:
            raise InputError("voting.card_unknown")
        if state.void:
            raise RefusedError("voting.card_void")
        if state.used:
            raise RefusedError("voting.card_used")
        return credential

    def _keep_marks(self, connection: Connection, poll: Poll, prepared: Prepared) -> None:
        layouts = self._election(connection, poll).layouts
        mark_store.add(connection, poll.id, ciphertext_marks(layouts, prepared.ballot))

    def _cast_secret(self, uow: UnitOfWork, poll: Poll, prepared: Prepared, request: str) -> None:
        connection, identifier = uow.connection, ballot_id(poll.id, request)
        before = box.ballot_of(connection, poll.id, identifier)
        if before is not None:
            if before != prepared.ballot:
                raise InputError("voting.request_reused")
            return
        require_open(poll)
        credential = self._require_good(connection, poll, prepared)
        box.mark_used(connection, poll.id, credential, identifier)
        self._keep_marks(connection, poll, prepared)
        box.add_ballot(connection, poll.id, credential, prepared.ballot)
        self._tell(uow, poll)
        uow.commit()

    def _cast_named(
        self, uow: UnitOfWork, poll: Poll, named: NamedBallot, payload: Json, request: str
    ) -> None:
        connection, person = uow.connection, named.person
        digest, asked = payload_hash(payload), _request_hash(poll.id, request)
        before = box.named_request(connection, poll.id, person.id)
        if before is not None:
            if before[0] != asked:
                raise RefusedError("voting.already_voted")
            if before[1] != digest:
                raise InputError("voting.request_reused")
            return
        require_open(poll)
        require_elector(store.electorate(connection, poll.id), person, named.by)
        require_castable(poll.plan, self._rule(connection, poll), named.ballot)
        box.mark_named(connection, poll.id, person.id, asked, digest)
        self._append(uow, poll, EntryType.BALLOT, payload)
        uow.audit("poll.named_vote", poll.id)
        self._tell(uow, poll)
        uow.commit()


def _request_hash(poll_id: PollId, request: str) -> bytes:
    return hashlib.sha256(encode(["request", poll_id, request])).digest()


def require_open(poll: Poll) -> None:
    """Refuse unless ballots are taken now.

    Raises:
        RefusedError: ``voting.suspended``, ``voting.not_open``.
    """
    if poll.state is State.SUSPENDED:
        raise RefusedError("voting.suspended")
    if poll.state is not State.OPEN:
        raise RefusedError("voting.not_open")


def require_elector(electorate: Electorate, person: Person, by: Person | None) -> None:
    """Refuse unless ``person`` has a vote, and casts it himself or through ``by``.

    Raises:
        RefusedError: ``voting.not_on_roll``, ``voting.represented``.
    """
    elector = electorate.elector(person.id)
    if elector is None:
        raise RefusedError("voting.not_on_roll")
    if elector.by != (None if by is None else by.id):
        raise RefusedError("voting.represented")
