"""Statements on the marks of the ciphertexts that were cast or opened in an open poll.

A mark lies at the place that it says itself, sorted among the others there, and a place keeps
its size: what a place holds tells which ciphertexts came, and not when.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from congress.kernel.errors import RefusedError
from congress.kernel.ids import PollId
from congress.voting.ballots import MARK_LENGTH
from congress.voting.tables import ciphertext_place

_EXPECTED, _ROOM = 16, 52
"""How many marks a place has when every card has cast, on average, and how many it has room for.

More would come once in ten thousand million places (Poisson); challenged ballots add some. The
row of a place is just short of what SQLite would lay down on several pages."""
_NO_MARK = bytes(MARK_LENGTH)


def lay_out(connection: Connection, poll_id: PollId, expected: int) -> None:
    """Make empty places for ``expected`` marks."""
    count = -(-expected // _EXPECTED)
    empty = {"poll_id": poll_id, "marks": bytes(_ROOM * MARK_LENGTH)}
    connection.execute(insert(ciphertext_place), [{**empty, "place": at} for at in range(count)])


def add(connection: Connection, poll_id: PollId, marks: Sequence[bytes]) -> None:
    """Keep the marks (16 bytes each) of the ciphertexts of a ballot that is cast or opened.

    Raises:
        RefusedError: ``voting.ballot_seen``: one of them was cast or opened before.
    """
    table = ciphertext_place
    last = select(func.max(table.c.place)).where(table.c.poll_id == poll_id)
    # A poll that was opened before there were places has one.
    count = (connection.execute(last).scalar_one() or 0) + 1
    coming: dict[int, set[bytes]] = {}
    for mark in marks:
        coming.setdefault(int.from_bytes(mark[:8], "big") % count, set()).add(mark)
    if sum(map(len, coming.values())) < len(marks):
        raise RefusedError("voting.ballot_seen")
    rows = connection.execute(
        select(table.c.place, table.c.marks)
        .where(table.c.poll_id == poll_id, table.c.place.in_(coming))
        .order_by(table.c.place)
        .with_for_update()
    ).all()
    kept = []
    for place, text in rows:
        there, new = set(_split(text)) - {_NO_MARK}, coming.pop(place)
        if not there.isdisjoint(new):
            raise RefusedError("voting.ballot_seen")
        kept.append({"at": place, "marks": _joined(there | new)})
    if kept:
        connection.execute(
            update(table).where(table.c.poll_id == poll_id, table.c.place == bindparam("at")), kept
        )
    if coming:
        rest = [{"poll_id": poll_id, "place": at, "marks": _joined(coming[at])} for at in coming]
        connection.execute(insert(table), rest)


def clear(connection: Connection, poll_id: PollId) -> None:
    """Remove the places of a poll that takes no ballots any more."""
    connection.execute(delete(ciphertext_place).where(ciphertext_place.c.poll_id == poll_id))


def _split(text: bytes) -> Iterator[bytes]:
    return (text[at : at + MARK_LENGTH] for at in range(0, len(text), MARK_LENGTH))


def _joined(marks: set[bytes]) -> bytes:
    """Return what a place with these marks holds: as long as any, or a multiple of it."""
    rooms = -(-len(marks) // _ROOM)
    return b"".join(sorted(marks)).ljust(rooms * _ROOM * MARK_LENGTH, b"\0")
