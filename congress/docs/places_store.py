"""The tables of reading places, in the file that one member alone can open."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    RowMapping,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from congress.kernel.ids import ID_LENGTH, PaperId
from congress.storage.schema import own_metadata
from congress.storage.types import UtcDateTime

reading_place = Table(
    "reading_place",
    own_metadata,
    Column("paper_id", String(ID_LENGTH), primary_key=True),
    Column("version_id", String(ID_LENGTH), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("seen", LargeBinary, nullable=False),
    Column("page", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("view", String(8), nullable=False),
    Column("fit", String(8), nullable=False),
    Column("zoom", Float, nullable=False),
    Column("text_zoom", Float, nullable=False),
    Column("arrangement", String(12), nullable=False),
    Column("turns", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
)

reading_look = Table(
    "reading_look",
    own_metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("look", String(8), nullable=False),
)

_ONLY = 1


def place(connection: Connection, paper_id: PaperId) -> RowMapping | None:
    """Return the row of a paper, or ``None`` if it was never opened."""
    query = select(reading_place).where(reading_place.c.paper_id == paper_id)
    return connection.execute(query).mappings().one_or_none()


def progress(connection: Connection) -> list[RowMapping]:
    """Return what has been seen of every paper, without the places."""
    columns = reading_place.c
    query = select(
        columns.paper_id, columns.version_id, columns.pages, columns.seen, columns.opened_at
    )
    return list(connection.execute(query).mappings())


def keep(
    connection: Connection, paper_id: PaperId, at: datetime, values: Mapping[str, Any]
) -> None:
    """Write the row of a paper."""
    row = {**values, "opened_at": at}
    if place(connection, paper_id) is None:
        connection.execute(insert(reading_place).values(paper_id=paper_id, **row))
    else:
        query = update(reading_place).where(reading_place.c.paper_id == paper_id)
        connection.execute(query.values(**row))


def forget(connection: Connection, paper_id: PaperId) -> None:
    """Remove the row of a paper."""
    connection.execute(delete(reading_place).where(reading_place.c.paper_id == paper_id))


def look(connection: Connection) -> str | None:
    """Return the look that the member reads in, or ``None`` if none was chosen."""
    return connection.execute(select(reading_look.c.look)).scalar_one_or_none()


def keep_look(connection: Connection, chosen: str) -> None:
    """Write the look that the member reads in."""
    connection.execute(delete(reading_look))
    connection.execute(insert(reading_look).values(id=_ONLY, look=chosen))
