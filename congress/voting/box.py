"""Statements on credential cards and ballots: the box and what lies beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from congress.kernel.canonical import Json
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.voting.cards import Card
from congress.voting.ledger import payload_hash
from congress.voting.tables import (
    ballot,
    card,
    card_drawn,
    card_spoiled,
    card_used,
    named_vote,
)


@dataclass(frozen=True, slots=True)
class CardState:
    """What is known of a card: its poll, and whether it is still good."""

    poll_id: PollId
    secret_hash: bytes
    used: bool
    spoiled: bool


def add_cards(connection: Connection, cards: Sequence[Card]) -> None:
    """Add cards, in the order of their hashes."""
    connection.execute(
        insert(card),
        [
            {"code_hash": code_hash, "poll_id": poll_id, "secret_hash": secret_hash}
            for code_hash, poll_id, secret_hash in sorted(
                (item.code_hash, item.poll_id, item.secret_hash) for item in cards
            )
        ],
    )


def card_state(connection: Connection, code_hash: bytes) -> CardState | None:
    """Return what is known of a card, if it was ever issued."""
    row = connection.execute(
        select(
            card.c.poll_id,
            card.c.secret_hash,
            exists().where(card_used.c.code_hash == card.c.code_hash).label("used"),
            exists().where(card_spoiled.c.code_hash == card.c.code_hash).label("spoiled"),
        ).where(card.c.code_hash == code_hash)
    ).one_or_none()
    if row is None:
        return None
    return CardState(PollId(row.poll_id), row.secret_hash, bool(row.used), bool(row.spoiled))


def mark_used(connection: Connection, poll_id: PollId, code_hash: bytes) -> None:
    """Mark a card as used.

    Raises:
        RefusedError: ``voting.card_used``: another station was faster.
    """
    try:
        connection.execute(insert(card_used).values(poll_id=poll_id, code_hash=code_hash))
    except IntegrityError as error:
        raise RefusedError("voting.card_used") from error


def mark_spoiled(connection: Connection, poll_id: PollId, code_hash: bytes) -> None:
    """Mark a card as void."""
    connection.execute(insert(card_spoiled).values(poll_id=poll_id, code_hash=code_hash))


def unused_cards(connection: Connection, poll_id: PollId) -> tuple[tuple[bytes, bytes], ...]:
    """Return ``(code_hash, secret_hash)`` of every card neither used nor void."""
    rows = connection.execute(
        select(card.c.code_hash, card.c.secret_hash)
        .where(
            card.c.poll_id == poll_id,
            ~exists().where(card_used.c.code_hash == card.c.code_hash),
            ~exists().where(card_spoiled.c.code_hash == card.c.code_hash),
        )
        .order_by(card.c.code_hash)
    )
    return tuple((row.code_hash, row.secret_hash) for row in rows)


def issued(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards were issued for a poll."""
    return _count(connection, card, poll_id)


def used(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards of a poll are marked as used."""
    return _count(connection, card_used, poll_id)


def spoiled(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards of a poll are void."""
    return _count(connection, card_spoiled, poll_id)


def drawn(connection: Connection, poll_id: PollId) -> frozenset[PersonId]:
    """Return who drew a card for a poll."""
    rows = connection.execute(select(card_drawn.c.person_id).where(card_drawn.c.poll_id == poll_id))
    return frozenset(PersonId(row.person_id) for row in rows)


def drawn_number(connection: Connection, poll_id: PollId) -> int:
    """Return how many cards were drawn for a poll."""
    drawn = select(func.sum(card_drawn.c.cards)).where(card_drawn.c.poll_id == poll_id)
    return connection.execute(drawn).scalar_one() or 0


def mark_drawn(
    connection: Connection,
    poll_id: PollId,
    persons: Iterable[PersonId],
    cards: Mapping[PersonId, int] | None = None,
) -> None:
    """Record that persons drew a card, or as many as ``cards`` says; never which."""
    rows = [
        {
            "poll_id": poll_id,
            "person_id": person,
            "cards": 1 if cards is None else cards[person],
        }
        for person in sorted(persons)
    ]
    if rows:
        connection.execute(insert(card_drawn), rows)


def ballots_cast(connection: Connection, poll_id: PollId) -> int:
    """Return how many secret ballots lie in the box."""
    return _count(connection, ballot, poll_id)


def add_ballot(connection: Connection, poll_id: PollId, ballot_id: bytes, payload: Json) -> None:
    """Put a secret ballot into the box."""
    connection.execute(insert(ballot).values(poll_id=poll_id, id=ballot_id, payload=payload))


def ballot_payload(connection: Connection, poll_id: PollId, ballot_id: bytes) -> Json:
    """Return the ballot with this identifier, or ``None``."""
    return connection.execute(
        select(ballot.c.payload).where(ballot.c.poll_id == poll_id, ballot.c.id == ballot_id)
    ).scalar_one_or_none()


def ballot_payloads(connection: Connection, poll_id: PollId) -> tuple[Json, ...]:
    """Return every secret ballot of a poll, sorted by its hash."""
    rows = connection.execute(select(ballot.c.payload).where(ballot.c.poll_id == poll_id))
    return tuple(sorted(rows.scalars(), key=payload_hash))


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
