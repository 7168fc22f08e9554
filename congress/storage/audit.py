"""Checks the audit of a database against its hash chain."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select

from congress.kernel.audit import AuditEntry, first_break
from congress.kernel.errors import InputError
from congress.storage.database import Database
from congress.storage.schema import audit


def entries(connection: Connection) -> Iterator[AuditEntry]:
    """Yield the entries of the audit in their order.

    Raises:
        InputError: ``canonical.not_canonical`` where a detail is not as we write it.
    """
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        yield AuditEntry(*row)


def verify_audit(database: Database) -> int | None:
    """Return the position of the first entry that was changed, added or lost, or ``None``.

    The chain cannot show that entries are missing at its end; a head that was written down
    elsewhere can.
    """
    read = 0

    def counted(connection: Connection) -> Iterator[AuditEntry]:
        nonlocal read
        for entry in entries(connection):
            read += 1
            yield entry

    with database.reading() as connection:
        try:
            return first_break(counted(connection))
        except InputError:
            return read + 1


def latest(database: Database) -> datetime | None:
    """Return the latest time of any entry, aware, in UTC; ``None`` where there is none."""
    with database.reading() as connection:
        return connection.execute(select(func.max(audit.c.at))).scalar_one_or_none()
