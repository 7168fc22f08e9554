"""Statements on slips: how many were issued, what was read on each, and its picture.

No slip is dated, and its number is its place in a pile that was shuffled in the box.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from congress.kernel.ids import ID_LENGTH, MemberId, PollId
from congress.storage.schema import congress_metadata
from congress.storage.types import CanonicalJson
from congress.voting.ballots import from_bits, to_bits
from congress.voting.model import Plan
from congress.voting.slips import Answer, Opinion, Reader, Slip


def _poll_id() -> Column[str]:
    return Column("poll_id", String(ID_LENGTH), ForeignKey("poll.id"), primary_key=True)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


slip_stock = Table(
    "slip_stock",
    congress_metadata,
    _poll_id(),
    Column("issued", Integer, nullable=False),
    Column("spoiled", Integer, nullable=False),
    Column("unused", Integer, nullable=False),
    Column("counted", Integer, nullable=False),
    Column("handed_out", Integer, nullable=False),
)

slip_opinion = Table(
    "slip_opinion",
    congress_metadata,
    _poll_id(),
    _number("number"),
    Column("reader", String(8), primary_key=True),
    Column("member_id", String(ID_LENGTH)),
    Column("reading", CanonicalJson, nullable=False),
    sqlite_with_rowid=False,
)

slip_page = Table(
    "slip_page",
    congress_metadata,
    _poll_id(),
    _number("number"),
    _number("page"),
    Column("jpeg", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class Stock:
    """Ballot papers on paper, as they were counted before and after.

    Attributes:
        issued: Printed and handed to the committee.
        spoiled: Spoiled and given back.
        unused: Left over, counted by hand after the close.
        counted: Slips of the pile, once they are counted.
        handed_out: Given to persons, as far as that was recorded.
    """

    issued: int = 0
    spoiled: int = 0
    unused: int = 0
    counted: int = 0
    handed_out: int = 0


def stock(connection: Connection, poll_id: PollId) -> Stock:
    """Return how many ballot papers of a poll there are."""
    row = connection.execute(
        select(*(slip_stock.c[part.name] for part in fields(Stock))).where(
            slip_stock.c.poll_id == poll_id
        )
    ).one_or_none()
    return Stock() if row is None else Stock(*row)


def keep_stock(connection: Connection, poll_id: PollId, value: Stock) -> None:
    """Replace how many ballot papers of a poll there are."""
    values = asdict(value)
    changed = connection.execute(
        update(slip_stock).where(slip_stock.c.poll_id == poll_id).values(values)
    )
    if not changed.rowcount:
        connection.execute(insert(slip_stock).values(poll_id=poll_id, **values))


def slips(connection: Connection, poll_id: PollId, plan: Plan) -> tuple[Slip, ...]:
    """Return every slip of a poll that was read, by number."""
    rows = connection.execute(
        select(slip_opinion)
        .where(slip_opinion.c.poll_id == poll_id)
        .order_by(slip_opinion.c.number)
    )
    found: dict[int, Slip] = {}
    for row in rows:
        before = found.get(row.number, Slip(row.number))
        found[row.number] = before.read_by(_opinion(plan, row.reader, row.member_id, row.reading))
    return tuple(found.values())


def slip(connection: Connection, poll_id: PollId, plan: Plan, number: int) -> Slip:
    """Return one slip, without opinions if nobody read it yet."""
    rows = connection.execute(
        select(slip_opinion).where(
            slip_opinion.c.poll_id == poll_id, slip_opinion.c.number == number
        )
    )
    found = Slip(number)
    for row in rows:
        found = found.read_by(_opinion(plan, row.reader, row.member_id, row.reading))
    return found


def read_number(connection: Connection, poll_id: PollId) -> int:
    """Return the highest number of a slip that anyone read; 0 before the first."""
    return (
        connection.execute(
            select(func.max(slip_opinion.c.number)).where(slip_opinion.c.poll_id == poll_id)
        ).scalar_one()
        or 0
    )


def add_opinions(
    connection: Connection, poll_id: PollId, plan: Plan, opinions: Sequence[tuple[int, Opinion]]
) -> None:
    """Add what was read on slips, by number."""
    rows = [
        {
            "poll_id": poll_id,
            "number": number,
            "reader": item.reader.value,
            "member_id": item.member,
            "reading": {
                "bits": to_bits(plan.contests, item.answer.ballot),
                "rejected": item.answer.rejected,
                "doubts": [list(doubt) for doubt in item.doubts],
                "stray": item.stray,
            },
        }
        for number, item in opinions
    ]
    if rows:
        connection.execute(insert(slip_opinion), rows)


def remove_readings(connection: Connection, poll_id: PollId) -> None:
    """Forget everything that was read of a poll's slips, and their pictures."""
    for table in (slip_opinion, slip_page):
        connection.execute(delete(table).where(table.c.poll_id == poll_id))


def add_pages(
    connection: Connection, poll_id: PollId, pages: Iterable[tuple[int, int, bytes]]
) -> None:
    """Keep pictures of slips: ``(number, page, JPEG)``."""
    rows = [
        {"poll_id": poll_id, "number": number, "page": page, "jpeg": jpeg}
        for number, page, jpeg in pages
    ]
    if rows:
        connection.execute(insert(slip_page), rows)


def pages(connection: Connection, poll_id: PollId, number: int) -> tuple[bytes, ...]:
    """Return the pictures of one slip, page by page."""
    rows = connection.execute(
        select(slip_page.c.jpeg)
        .where(slip_page.c.poll_id == poll_id, slip_page.c.number == number)
        .order_by(slip_page.c.page)
    )
    return tuple(rows.scalars())


def _opinion(plan: Plan, reader: str, member: str | None, reading: Mapping[str, Any]) -> Opinion:
    return Opinion(
        Reader(reader),
        None if member is None else MemberId(member),
        Answer(from_bits(plan.contests, reading["bits"]), bool(reading["rejected"])),
        tuple((contest, cell) for contest, cell in reading["doubts"]),
        bool(reading["stray"]),
    )
