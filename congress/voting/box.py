"""Statements on credentials and ballots: the box and what lies beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Exists, Table, delete, exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.voting.ballots import encrypted_payload
from congress.voting.ledger import payload_hash
from congress.voting.tables import (
    card_drawn,
    ciphertext,
    credential,
    credential_used,
    credential_void,
    encrypted_ballot,
    named_vote,
)


@dataclass(frozen=True, slots=True)
class CredentialState:
    """What is known of a credential that was issued: whether it is still good."""

    used: bool
    void: bool


def _marked(table: Table) -> Exists:
    return exists().where(
        table.c.poll_id == credential.c.poll_id, table.c.public_key == credential.c.public_key
    )


def add_credentials(
    connection: Connection, poll_id: PollId, public_keys: Iterable[bytes], parts: int
) -> None:
    """Add the public credentials (33 bytes each) of cards of ``parts`` parts, sorted."""
    connection.execute(
        insert(credential),
        [
            {"poll_id": poll_id, "public_key": public_key, "parts": parts}
            for public_key in sorted(public_keys)
        ],
    )


def credential_state(
    connection: Connection, poll_id: PollId, public_key: bytes
) -> CredentialState | None:
    """Return what is known of a credential, if it was ever issued for this poll."""
    row = connection.execute(
        select(
            _marked(credential_used).label("used"), _marked(credential_void).label("void")
        ).where(credential.c.poll_id == poll_id, credential.c.public_key == public_key)
    ).one_or_none()
    return None if row is None else CredentialState(bool(row.used), bool(row.void))


def in_halves(connection: Connection, poll_id: PollId) -> bool:
    """Return whether cards of this poll come in two halves."""
    return bool(
        connection.execute(
            select(exists().where(credential.c.poll_id == poll_id, credential.c.parts == 2))
        ).scalar_one()
    )


def mark_used(connection: Connection, poll_id: PollId, public_key: bytes) -> None:
    """Mark a credential as used.

    Raises:
        RefusedError: ``voting.card_used``: another station was faster.
    """
    try:
        connection.execute(insert(credential_used).values(poll_id=poll_id, public_key=public_key))
    except IntegrityError as error:
        raise RefusedError("voting.card_used") from error


def mark_void(connection: Connection, poll_id: PollId, public_keys: Sequence[bytes]) -> None:
    """Mark credentials as void."""
    rows = [{"poll_id": poll_id, "public_key": public_key} for public_key in public_keys]
    if rows:
        connection.execute(insert(credential_void), rows)


def unused_credentials(connection: Connection, poll_id: PollId) -> tuple[bytes, ...]:
    """Return every credential that is neither used nor void, sorted."""
    rows = connection.execute(
        select(credential.c.public_key)
        .where(
            credential.c.poll_id == poll_id,
            ~_marked(credential_used),
            ~_marked(credential_void),
        )
        .order_by(credential.c.public_key)
    )
    return tuple(rows.scalars())


def issued(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards were issued for a poll."""
    return _count(connection, credential, poll_id)


def used(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards of a poll are marked as used."""
    return _count(connection, credential_used, poll_id)


def spoiled(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards of a poll are void."""
    return _count(connection, credential_void, poll_id)


def drawn(connection: Connection, poll_id: PollId) -> Mapping[PersonId, int]:
    """Return who drew how many cards for a poll."""
    rows = connection.execute(
        select(card_drawn.c.person_id, card_drawn.c.cards).where(card_drawn.c.poll_id == poll_id)
    )
    return {PersonId(row.person_id): row.cards for row in rows}


def drawn_number(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards were drawn for a poll."""
    return sum(drawn(connection, poll_id).values())


def mark_drawn(connection: Connection, poll_id: PollId, cards: Mapping[PersonId, int]) -> None:
    """Record that persons drew so many cards or slips each, never which."""
    rows = [
        {"poll_id": poll_id, "person_id": person, "cards": number}
        for person, number in sorted(cards.items())
    ]
    if rows:
        connection.execute(insert(card_drawn), rows)


def ballots_cast(connection: Connection, poll_id: PollId) -> int:
    """Return how many secret ballots lie in the box."""
    return _count(connection, encrypted_ballot, poll_id)


def add_ballot(connection: Connection, poll_id: PollId, ballot_id: bytes, ballot: bytes) -> None:
    """Put an encrypted ballot into the box."""
    connection.execute(
        insert(encrypted_ballot).values(poll_id=poll_id, id=ballot_id, ballot=ballot)
    )


def ballot_of(connection: Connection, poll_id: PollId, ballot_id: bytes) -> bytes | None:
    """Return the encrypted ballot with this identifier, if there is one."""
    return connection.execute(
        select(encrypted_ballot.c.ballot).where(
            encrypted_ballot.c.poll_id == poll_id, encrypted_ballot.c.id == ballot_id
        )
    ).scalar_one_or_none()


def ballots(connection: Connection, poll_id: PollId) -> Mapping[bytes, bytes]:
    """Return every encrypted ballot of a poll by the hash of its payload, sorted by it."""
    rows = connection.execute(
        select(encrypted_ballot.c.ballot).where(encrypted_ballot.c.poll_id == poll_id)
    )
    return dict(sorted((payload_hash(encrypted_payload(each)), each) for each in rows.scalars()))


def add_ciphertexts(connection: Connection, poll_id: PollId, marks: Sequence[bytes]) -> None:
    """Keep the marks (16 bytes each) of the ciphertexts of a ballot that is cast or opened.

    Raises:
        RefusedError: ``voting.ballot_seen``: one of them was cast or opened before.
    """
    try:
        connection.execute(
            insert(ciphertext), [{"poll_id": poll_id, "mark": mark} for mark in sorted(marks)]
        )
    except IntegrityError as error:
        raise RefusedError("voting.ballot_seen") from error


def settle(connection: Connection, poll_id: PollId) -> None:
    """Write what was cast in a closed poll anew, sorted by its keys.

    SQLite lays the rows of a page down in the order in which they came, whatever their keys:
    the pages would tell the order of casting. The marks of ciphertexts go: no ballot comes
    any more that they could refuse.
    """
    connection.execute(delete(ciphertext).where(ciphertext.c.poll_id == poll_id))
    for table in (credential_used, encrypted_ballot):
        mine = table.c.poll_id == poll_id
        rows = connection.execute(select(table).where(mine).order_by(*table.primary_key)).all()
        if rows:
            connection.execute(delete(table).where(mine))
            connection.execute(insert(table), [row._asdict() for row in rows])


def named_votes(connection: Connection, poll_id: PollId) -> int:
    """Return how many have voted in an open poll."""
    return _count(connection, named_vote, poll_id)


def named_voters(connection: Connection, poll_id: PollId) -> frozenset[PersonId]:
    """Return who has voted in an open poll."""
    rows = connection.execute(select(named_vote.c.person_id).where(named_vote.c.poll_id == poll_id))
    return frozenset(PersonId(row.person_id) for row in rows)


def named_request(
    connection: Connection, poll_id: PollId, person_id: PersonId
) -> tuple[bytes, bytes] | None:
    """Return the request and the ballot hash of a person's named vote, or ``None``."""
    row = connection.execute(
        select(named_vote.c.request, named_vote.c.payload_hash).where(
            named_vote.c.poll_id == poll_id, named_vote.c.person_id == person_id
        )
    ).one_or_none()
    return None if row is None else (row.request, row.payload_hash)


def mark_named(
    connection: Connection,
    poll_id: PollId,
    person_id: PersonId,
    request: bytes,
    payload_hash: bytes,
) -> None:
    """Record that a person voted in an open poll.

    Raises:
        RefusedError: ``voting.already_voted``: another station was faster.
    """
    try:
        connection.execute(
            insert(named_vote).values(
                poll_id=poll_id,
                person_id=person_id,
                request=request,
                payload_hash=payload_hash,
            )
        )
    except IntegrityError as error:
        raise RefusedError("voting.already_voted") from error


def _count(connection: Connection, table: Table, poll_id: PollId) -> int:
    return connection.execute(
        select(func.count()).select_from(table).where(table.c.poll_id == poll_id)
    ).scalar_one()
