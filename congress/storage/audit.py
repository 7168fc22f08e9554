"""Checks the audit of a database against its hash chain."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, func, select

from congress.kernel.audit import AuditEntry, first_break
from congress.kernel.errors import InputError
from congress.storage.database import Database
from congress.storage.schema import audit


def entries(
    connection: Connection, *, actions: Collection[str] = (), subject: str = ""
) -> Iterator[AuditEntry]:
    """Yield the entries of the audit in their order.

    Args:
        connection: Reading.
        actions: Only entries of these; by default of all.
        subject: Only entries about this; by default about anything.

    Raises:
        InputError: ``canonical.not_canonical`` where a detail is not as we write it.
    """
    query = select(audit).order_by(audit.c.seq)
    if actions:
        query = query.where(audit.c.action.in_(actions))
    if subject:
        query = query.where(audit.c.subject == subject)
    for row in connection.execute(query):
        yield AuditEntry(*row)


def verify_audit(database: Database) -> int | None:
    """Return the position of the first entry that was changed, added or lost, or ``None``.

    The chain cannot show that entries are missing at its end; a head that was written down
    elsewhere can.

    Raises:
        InputError: ``vault.damaged`` if the file itself is bent.
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
        except InputError as error:
            if error.code != "canonical.not_canonical":
                raise
            return read + 1


def latest(database: Database) -> datetime | None:
    """Return the latest time of any entry, aware, in UTC; ``None`` where there is none."""
    with database.reading() as connection:
        return connection.execute(select(func.max(audit.c.at))).scalar_one_or_none()
