"""Statements on the boards of trustees of a congress.

A board is what its key ceremony published; nothing here is secret, and no share is ever kept.
"""

from sqlalchemy import Column, Connection, Integer, LargeBinary, Table, func, insert, select

from congress.kernel.canonical import Json
from congress.storage.schema import congress_metadata
from congress.storage.types import CanonicalJson
from congress.voting.crypto.ceremony import Ceremony

trustee_board = Table(
    "trustee_board",
    congress_metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    Column("ceremony", CanonicalJson, nullable=False),
    Column("log", CanonicalJson, nullable=False),
)


def current(connection: Connection) -> Ceremony | None:
    """Return the board that new polls are encrypted for, or ``None`` before the first."""
    newest = select(func.max(trustee_board.c.number)).scalar_subquery()
    found = connection.execute(
        select(trustee_board.c.ceremony).where(trustee_board.c.number == newest)
    ).scalar_one_or_none()
    return None if found is None else Ceremony.from_json(found)


def by_hash(connection: Connection, ceremony_hash: bytes) -> Ceremony | None:
    """Return the board whose ceremony has this hash (32 bytes), or ``None``."""
    found = connection.execute(
        select(trustee_board.c.ceremony).where(trustee_board.c.hash == ceremony_hash)
    ).scalar_one_or_none()
    return None if found is None else Ceremony.from_json(found)


def log_of(connection: Connection, ceremony_hash: bytes) -> Json:
    """Return the log that was kept with the board of this hash, or ``None``."""
    log: Json = connection.execute(
        select(trustee_board.c.log).where(trustee_board.c.hash == ceremony_hash)
    ).scalar_one_or_none()
    return log


def add(connection: Connection, ceremony: Ceremony, log: Json) -> None:
    """Make ``ceremony`` the board of all polls that are fixed from now on.

    Args:
        connection: Inside a unit of work.
        ceremony: A complete ceremony that was checked.
        log: What happened in it, in order, as a canonical value.
    """
    number = connection.execute(select(func.max(trustee_board.c.number))).scalar_one() or 0
    connection.execute(
        insert(trustee_board).values(
            number=number + 1, hash=ceremony.hash, ceremony=ceremony.to_json(), log=log
        )
    )
