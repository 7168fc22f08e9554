"""Statements on polls, their ledgers and the congress's own rule packs."""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Text, func, insert, select, type_coerce, update

from congress.kernel.canonical import Json, decode, encode
from congress.kernel.ids import PollId
from congress.kernel.roll import Roll
from congress.voting.codec import plan_from_json, plan_to_json, roll_from_json, roll_to_json
from congress.voting.electors import Electorate, electorate_from_json
from congress.voting.ledger import Entry, EntryType, Head
from congress.voting.model import Plan, Poll, State
from congress.voting.tables import poll, poll_ledger, rule_pack


class Lock(Enum):
    """How long a poll that was read stays as it is: until the end of the unit of work.

    On SQLite a unit of work is alone anyway. On PostgreSQL a cast locks ``SHARED`` and a
    step of the poll ``ALONE``, so that closing and casting cannot cross.
    """

    NONE = "none"
    SHARED = "shared"
    ALONE = "alone"


@lru_cache(maxsize=64)
def _roll(text: str) -> Roll:
    """Read a frozen roll call; of thousands of persons that is done once, not at every cast."""
    value: Any = decode(text.encode("utf-8"))
    return roll_from_json(value)


@lru_cache(maxsize=64)
def _plan(text: str) -> Plan:
    """Read a plan; one with hundreds of names is read at every cast."""
    value: Any = decode(text.encode("utf-8"))
    return plan_from_json(value)


@lru_cache(maxsize=64)
def _payload(text: str) -> Json:
    """Read a payload that is asked for again and again, such as a manifest."""
    return decode(text.encode("utf-8"))


_POLL = (
    *(column for column in poll.c if column.name != "plan"),
    type_coerce(poll.c.plan, Text).label("plan"),
)
_ENTRY = (
    *(column for column in poll_ledger.c if column.name != "payload"),
    type_coerce(poll_ledger.c.payload, Text).label("payload"),
)
"""The columns of a poll and of an entry, their JSON as text to be read once."""


def _poll(row: Row[Any]) -> Poll:
    return Poll(
        id=PollId(row.id),
        number=row.number,
        state=State(row.state),
        plan=_plan(row.plan),
        roll=None if row.roll is None else _roll(row.roll),
        opened_at=row.opened_at,
        ends_at=row.ends_at,
        closed_at=row.closed_at,
        certified_at=row.certified_at,
    )


def _values(value: Poll) -> dict[str, object]:
    return {
        "id": value.id,
        "number": value.number,
        "state": value.state.value,
        "plan": plan_to_json(value.plan, biographies=True),
        "roll": None if value.roll is None else encode(roll_to_json(value.roll)).decode("utf-8"),
        "opened_at": value.opened_at,
        "ends_at": value.ends_at,
        "closed_at": value.closed_at,
        "certified_at": value.certified_at,
    }


def _entry(row: Row[Any], payload: Json) -> Entry:
    return Entry(
        PollId(row.poll_id),
        row.seq,
        EntryType(row.type),
        payload,
        row.payload_hash,
        row.prev,
        row.hash,
    )


def polls(connection: Connection) -> tuple[Poll, ...]:
    """Return every poll, the newest first."""
    return tuple(map(_poll, connection.execute(select(*_POLL).order_by(poll.c.number.desc()))))


def find(connection: Connection, poll_id: PollId, lock: Lock = Lock.NONE) -> Poll | None:
    """Return the poll with this identifier, if there is one."""
    statement = select(*_POLL).where(poll.c.id == poll_id)
    if lock is not Lock.NONE:
        statement = statement.with_for_update(read=lock is Lock.SHARED)
    row = connection.execute(statement).one_or_none()
    return None if row is None else _poll(row)


def next_number(connection: Connection) -> int:
    """Return the running number of the next poll."""
    return (connection.execute(select(func.max(poll.c.number))).scalar_one() or 0) + 1


def add(connection: Connection, value: Poll) -> None:
    """Add a poll."""
    connection.execute(insert(poll).values(_values(value)))


def save(connection: Connection, value: Poll) -> None:
    """Replace what is stored of a poll."""
    connection.execute(update(poll).where(poll.c.id == value.id).values(_values(value)))


def head(connection: Connection, poll_id: PollId) -> Head:
    """Return the end of a poll's ledger."""
    table = poll_ledger
    row = connection.execute(
        select(table.c.seq, table.c.hash)
        .where(table.c.poll_id == poll_id)
        .order_by(table.c.seq.desc())
        .limit(1)
    ).one_or_none()
    return Head() if row is None else Head(row.seq, row.hash)


def append(connection: Connection, entries: Iterable[Entry]) -> None:
    """Append entries to their poll's ledger."""
    rows = [
        {
            "poll_id": entry.election_id,
            "seq": entry.seq,
            "type": entry.type.value,
            "payload": entry.payload,
            "payload_hash": entry.payload_hash,
            "prev": entry.prev,
            "hash": entry.hash,
        }
        for entry in entries
    ]
    if rows:
        connection.execute(insert(poll_ledger), rows)


def entries(connection: Connection, poll_id: PollId) -> tuple[Entry, ...]:
    """Return a poll's ledger."""
    rows = connection.execute(
        select(poll_ledger).where(poll_ledger.c.poll_id == poll_id).order_by(poll_ledger.c.seq)
    )
    return tuple(_entry(row, row.payload) for row in rows)


def ballots_on_ledger(connection: Connection, poll_id: PollId) -> int:
    """Return how many ballots stand on a poll's ledger."""
    return connection.execute(
        select(func.count())
        .select_from(poll_ledger)
        .where(poll_ledger.c.poll_id == poll_id, poll_ledger.c.type == EntryType.BALLOT.value)
    ).scalar_one()


def ballots_told(connection: Connection, poll_id: PollId, seq: int) -> int | None:
    """Return how many ballots were cast until an entry, if it is one that says so."""
    payload: Any = connection.execute(
        select(poll_ledger.c.payload).where(
            poll_ledger.c.poll_id == poll_id,
            poll_ledger.c.seq == seq,
            poll_ledger.c.type.in_((EntryType.CHECKPOINT.value, EntryType.CLOSE.value)),
        )
    ).scalar_one_or_none()
    told: int | None = None if payload is None else payload.get("ballots")
    return told


def first_entry(connection: Connection, poll_id: PollId, kind: EntryType) -> Entry | None:
    """Return the first entry of this type on a poll's ledger, if there is one."""
    row = connection.execute(
        select(*_ENTRY)
        .where(poll_ledger.c.poll_id == poll_id, poll_ledger.c.type == kind.value)
        .order_by(poll_ledger.c.seq)
        .limit(1)
    ).one_or_none()
    return None if row is None else _entry(row, _payload(row.payload))


def has_entry(
    connection: Connection, poll_id: PollId, kind: EntryType, payload_hash: bytes | None = None
) -> bool:
    """Return whether a poll's ledger has an entry of this type, and with this payload if given."""
    statement = (
        select(poll_ledger.c.seq)
        .where(poll_ledger.c.poll_id == poll_id, poll_ledger.c.type == kind.value)
        .limit(1)
    )
    if payload_hash is not None:
        statement = statement.where(poll_ledger.c.payload_hash == payload_hash)
    return connection.execute(statement).first() is not None


def electorate(connection: Connection, poll_id: PollId) -> Electorate:
    """Return who votes in an open poll since it was opened; nobody before, or if it is secret."""
    text = connection.execute(
        select(type_coerce(poll_ledger.c.payload, Text)).where(
            poll_ledger.c.poll_id == poll_id, poll_ledger.c.type == EntryType.OPEN.value
        )
    ).scalar_one_or_none()
    return Electorate() if text is None else _electorate(text)


@lru_cache(maxsize=16)
def _electorate(text: str) -> Electorate:
    """Read the electors of an opening; of thousands of them once, not at every cast."""
    value: Any = decode(text.encode("utf-8"))
    return electorate_from_json(value)


def pack_texts(connection: Connection) -> Mapping[str, str]:
    """Return the congress's own rule packs, by identifier."""
    rows = connection.execute(select(rule_pack).order_by(rule_pack.c.id))
    return {row.id: row.text for row in rows}


def add_pack(connection: Connection, pack_id: str, text: str) -> None:
    """Add a rule pack of the congress's own."""
    connection.execute(insert(rule_pack).values(id=pack_id, text=text))
