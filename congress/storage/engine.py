"""SQLAlchemy engines over one SQLCipher file, or over one schema of a PostgreSQL database."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from congress.storage import faults
from congress.storage.faults import WRITING

_BUSY_SECONDS = 5.0

READING_ONLY = "congress_reading_only"
"""Execution option of an engine over a file that cannot be written: its disk is full."""


def connect(path: Path, key: bytes, *, create: bool = False, alone: bool = False) -> Any:
    """Open one DB-API connection to the SQLCipher file at ``path``, and use its key.

    Args:
        path: The file.
        key: Raw 32-byte SQLCipher key: no password hashing happens here.
        create: Create the file if it is not there.
        alone: Let no other connection use the file: needs no file of shared memory.

    Raises:
        Error: SQLCipher's own, which ``congress.storage.faults`` translates. A wrong key
            and a damaged first page look the same: "file is not a database".
    """
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
        if alone:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_unchanging(path: Path, key: bytes) -> Any:
    """Open one DB-API connection that only reads, and needs no space on the disk for it.

    A file in write-ahead mode is otherwise opened together with a file of shared memory, which a
    full disk has no room for. Nobody may write to the file meanwhile, and its log must be empty.

    Args:
        path: The file.
        key: Raw 32-byte SQLCipher key.

    Raises:
        Error: SQLCipher's own.
    """
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        connection.close()
        raise
    return connection


def unchanging_engine(path: Path, key: bytes) -> Engine:
    """Return an engine over a file on a full disk: see ``connect_unchanging``."""
    return _engine(path, lambda: connect_unchanging(path, key), {READING_ONLY: True})


def sqlcipher_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """Return an engine over the SQLCipher file at ``path``.

    Transactions are explicit (also around DDL) and cannot write unless the connection has
    the option ``WRITING``, which takes the write lock at their start. No statement's
    parameters ever stand in an error's text.

    Args:
        path: The file.
        key: Raw 32-byte SQLCipher key.
        create: Create the file on first use if it is not there.
    """
    return _engine(path, lambda: connect(path, key, create=create), {})


def _engine(path: Path, creator: Callable[[], Any], options: Mapping[str, bool]) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=creator,
        module=sqlcipher,
        poolclass=QueuePool,
        hide_parameters=True,
        execution_options=dict(options),
    )
    faults.listen(engine, path.name)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def postgres_engine(url: str, schema: str) -> Engine:
    """Return an engine over one schema of a PostgreSQL database, for the hub.

    Args:
        url: ``postgresql+psycopg://...``.
        schema: The schema that holds this database's tables; it must exist.
    """
    engine = create_engine(
        url, connect_args={"options": f"-csearch_path={schema}"}, hide_parameters=True
    )
    faults.listen(engine, schema)
    return engine
