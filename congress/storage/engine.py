"""SQLAlchemy engines over one SQLCipher file, or over one schema of a PostgreSQL database."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from congress.storage import faults
from congress.storage.faults import WRITING

_BUSY_SECONDS = 5.0


def connect(path: Path, key: bytes, *, create: bool = False) -> Any:
    """Open one DB-API connection to the SQLCipher file at ``path``, and use its key.

    Args:
        path: The file.
        key: Raw 32-byte SQLCipher key: no password hashing happens here.
        create: Create the file if it is not there.

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
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


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
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, key, create=create),
        module=sqlcipher,
        poolclass=QueuePool,
        hide_parameters=True,
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
