"""Statements on the register of proxies: who casts for whom while absent."""

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, Text, delete, insert, select

from congress.kernel.ids import ID_LENGTH, PersonId
from congress.storage.schema import congress_metadata
from congress.storage.types import UtcDateTime
from congress.voting.electors import Proxy

proxy = Table(
    "proxy",
    congress_metadata,
    Column("principal_id", String(ID_LENGTH), primary_key=True),
    Column("holder_id", String(ID_LENGTH), nullable=False),
    Column("approved_by", Text, nullable=False),
    Column("registered_at", UtcDateTime, nullable=False),
)


def proxies(connection: Connection) -> tuple[Proxy, ...]:
    """Return the register, sorted by principal."""
    rows = connection.execute(select(proxy).order_by(proxy.c.principal_id))
    return tuple(
        Proxy(PersonId(row.principal_id), PersonId(row.holder_id), row.approved_by) for row in rows
    )


def put(connection: Connection, value: Proxy, at: datetime) -> None:
    """Register a proxy, in place of any other of the same principal."""
    remove(connection, value.principal)
    connection.execute(
        insert(proxy).values(
            principal_id=value.principal,
            holder_id=value.holder,
            approved_by=value.approved_by,
            registered_at=at,
        )
    )


def remove(connection: Connection, principal: PersonId) -> bool:
    """Strike the proxy of a principal; return whether there was one."""
    done = connection.execute(delete(proxy).where(proxy.c.principal_id == principal))
    return bool(done.rowcount)
