"""Statements on the boards of trustees of a congress.

A board is what its key ceremony published; nothing here is secret, and no share is ever kept.
"""

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, select

from congress.kernel.canonical import Json
from congress.storage.schema import congress_metadata
from congress.storage.types import CanonicalJson

trustee_board = Table(
    "trustee_board",
    congress_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    Column("ceremony", CanonicalJson, nullable=False),
    Column("log", CanonicalJson, nullable=False),
)


def log_of(connection: Connection, ceremony_hash: bytes) -> Json:
    """Return the log that was kept with the board of this hash, or ``None``."""
    log: Json = connection.execute(
        select(trustee_board.c.log).where(trustee_board.c.hash == ceremony_hash)
    ).scalar_one_or_none()
    return log
