"""The table of programme items, and every statement on it."""

from collections.abc import Iterable

from sqlalchemy import Column, Connection, String, Table, delete, insert, select

from congress.floor.model import Item, ItemId, ItemKind, in_order
from congress.kernel.ids import ID_LENGTH
from congress.storage.schema import congress_metadata
from congress.storage.types import CanonicalJson, UtcDateTime

programme_item = Table(
    "programme_item",
    congress_metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("starts", UtcDateTime, nullable=False),
    Column("ends", UtcDateTime, nullable=False),
    Column("title", String(200), nullable=False),
    Column("session", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("papers", CanonicalJson, nullable=False),
    Column("poll", String(200), nullable=False),
)


def everything(connection: Connection) -> tuple[Item, ...]:
    """Return all items in order of time."""
    return in_order(
        Item(
            id=ItemId(row.id),
            starts=row.starts,
            ends=row.ends,
            title=row.title,
            session=row.session,
            kind=ItemKind(row.kind),
            papers=tuple(row.papers),
            poll=row.poll,
        )
        for row in connection.execute(select(programme_item))
    )


def put(connection: Connection, items: Iterable[Item]) -> None:
    """Write items, in place of those with the same identifiers."""
    rows = [
        {
            "id": item.id,
            "starts": item.starts,
            "ends": item.ends,
            "title": item.title,
            "session": item.session,
            "kind": item.kind.value,
            "papers": list(item.papers),
            "poll": item.poll,
        }
        for item in items
    ]
    remove(connection, [ItemId(str(row["id"])) for row in rows])
    if rows:
        connection.execute(insert(programme_item), rows)


def remove(connection: Connection, ids: Iterable[ItemId]) -> None:
    """Delete items."""
    connection.execute(delete(programme_item).where(programme_item.c.id.in_(list(ids))))
