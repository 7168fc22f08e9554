"""Statements on credentials and ballots: the box and what lies beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.voting import mark_store
from congress.voting.ballots import encrypted_payload
from congress.voting.ledger import payload_hash
from congress.voting.tables import (
    ballot_box,
    card_drawn,
    credential,
    credential_void,
    named_vote,
)

_UNUSED = bytes(32)


@dataclass(frozen=True, slots=True)
class CredentialState:
    """What is known of a credential that was issued: whether it is still good."""

    used: bool
    void: bool


_IS_USED: ColumnElement[bool] = func.coalesce(credential.c.ballot_id, _UNUSED) != _UNUSED
_IS_VOID: ColumnElement[bool] = exists().where(
    credential_void.c.poll_id == credential.c.poll_id,
    credential_void.c.public_key == credential.c.public_key,
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
        select(_IS_USED.label("used"), _IS_VOID.label("void")).where(
            credential.c.poll_id == poll_id, credential.c.public_key == public_key
        )
    ).one_or_none()
    return None if row is None else CredentialState(bool(row.used), bool(row.void))


def in_halves(connection: Connection, poll_id: PollId) -> bool:
    """Return whether cards of this poll come in two halves."""
    return bool(
        connection.execute(
            select(exists().where(credential.c.poll_id == poll_id, credential.c.parts == 2))
        ).scalar_one()
    )


def mark_used(connection: Connection, poll_id: PollId, public_key: bytes, ballot_id: bytes) -> None:
    """Mark a credential as used, by the ballot with this identifier (32 bytes).

    Raises:
        RefusedError: ``voting.card_used``: another station was faster.
    """
    marked = connection.execute(
        update(credential)
        .where(credential.c.poll_id == poll_id, credential.c.public_key == public_key, ~_IS_USED)
        .values(ballot_id=ballot_id)
    )
    if not marked.rowcount:
        raise RefusedError("voting.card_used")


def mark_void(connection: Connection, poll_id: PollId, public_keys: Sequence[bytes]) -> None:
    """Mark credentials as void."""
    rows = [{"poll_id": poll_id, "public_key": public_key} for public_key in public_keys]
    if rows:
        connection.execute(insert(credential_void), rows)


def unused_credentials(connection: Connection, poll_id: PollId) -> tuple[bytes, ...]:
    """Return every credential that is neither used nor void, sorted."""
    rows = connection.execute(
        select(credential.c.public_key)
        .where(credential.c.poll_id == poll_id, ~_IS_USED, ~_IS_VOID)
        .order_by(credential.c.public_key)
    )
    return tuple(rows.scalars())


def issued(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards were issued for a poll."""
    return _count(connection, credential, poll_id)


def used(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards of a poll are marked as used."""
    return _count(connection, credential, poll_id, _IS_USED)


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
    return _count(connection, ballot_box, poll_id, ballot_box.c.filled)


def add_ballot(connection: Connection, poll_id: PollId, public_key: bytes, ballot: bytes) -> None:
    """Put an encrypted ballot into the place of the credential it names, never over another.

    Raises:
        RefusedError: ``voting.card_used``: there is a ballot in that place.
    """
    mine = (ballot_box.c.poll_id == poll_id, ballot_box.c.public_key == public_key)
    put = connection.execute(
        update(ballot_box).where(*mine, ~ballot_box.c.filled).values(filled=True, ballot=ballot)
    )
    if not put.rowcount:
        row = {"poll_id": poll_id, "public_key": public_key, "filled": True, "ballot": ballot}
        try:
            connection.execute(insert(ballot_box).values(row))
        except IntegrityError as error:
            raise RefusedError("voting.card_used") from error


def ballot_of(connection: Connection, poll_id: PollId, ballot_id: bytes) -> bytes | None:
    """Return the encrypted ballot with this identifier, if there is one."""
    mine = select(credential.c.public_key).where(
        credential.c.poll_id == poll_id, credential.c.ballot_id == ballot_id
    )
    return connection.execute(
        select(ballot_box.c.ballot).where(
            ballot_box.c.poll_id == poll_id,
            ballot_box.c.public_key == mine.scalar_subquery(),
        )
    ).scalar_one_or_none()


def ballots(connection: Connection, poll_id: PollId) -> Mapping[bytes, bytes]:
    """Return every encrypted ballot of a poll by the hash of its payload, sorted by it."""
    rows = connection.execute(
        select(ballot_box.c.ballot).where(ballot_box.c.poll_id == poll_id, ballot_box.c.filled)
    )
    return dict(sorted((payload_hash(encrypted_payload(each)), each) for each in rows.scalars()))


def lay_out(connection: Connection, poll_id: PollId, length: int, ciphertexts: int) -> None:
    """Make the places that the casts of a poll overwrite, so that none tells when it came.

    Args:
        connection: Inside the unit of work that opens the poll.
        poll_id: A poll whose cards are issued.
        length: Bytes of every ballot.
        ciphertexts: How many every ballot has.
    """
    mine = credential.c.poll_id == poll_id
    connection.execute(update(credential).where(mine).values(ballot_id=_UNUSED))
    keys = connection.execute(
        select(credential.c.public_key).where(mine).order_by(credential.c.public_key)
    ).scalars()
    empty = {"poll_id": poll_id, "filled": False, "ballot": bytes(length)}
    places = [{**empty, "public_key": key} for key in keys]
    if places:
        connection.execute(insert(ballot_box), places)
        mark_store.lay_out(connection, poll_id, len(places) * ciphertexts)


def settle(connection: Connection, poll_id: PollId) -> None:
    """Remove what only an open poll needs: places left empty, and the marks of ciphertexts.

    No ballot comes any more that they could refuse.
    """
    connection.execute(
        delete(ballot_box).where(ballot_box.c.poll_id == poll_id, ~ballot_box.c.filled)
    )
    mark_store.clear(connection, poll_id)


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


def _count(
    connection: Connection, table: Table, poll_id: PollId, *which: ColumnElement[bool]
) -> int:
    return connection.execute(
        select(func.count()).select_from(table).where(table.c.poll_id == poll_id, *which)
    ).scalar_one()
