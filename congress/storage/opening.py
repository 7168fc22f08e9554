"""Creates the database files of a vault, and checks and migrates them when it is opened."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from congress.kernel.errors import InputError
from congress.storage import faults, migrate
from congress.storage.engine import connect, sqlcipher_engine
from congress.storage.faults import WRITING


def create_file(path: Path, tree: str, key: bytes) -> None:
    """Create a SQLCipher file with the schema of ``tree``: see ``migrate.TREES``.

    Raises:
        EnvironmentFault: ``disk.full``, ``vault.read_only`` or ``disk.failed``.
    """
    engine = sqlcipher_engine(path, key, create=True)
    try:
        with engine.connect().execution_options(**{WRITING: True}) as connection:
            migrate.upgrade(connection, tree)
            connection.commit()
    finally:
        engine.dispose()


def copy_file(source: Path, key: bytes, target: Path, fresh_key: bytes) -> None:
    """Write what the SQLCipher file ``source`` holds into a new one under another key.

    Raises:
        EnvironmentFault: ``disk.full``, ``vault.read_only`` or ``disk.failed``.
    """
    with faults.naming(source):
        connection = connect(source, key)
        try:
            connection.execute(
                f"ATTACH DATABASE ? AS fresh KEY \"x'{fresh_key.hex()}'\"", (str(target),)
            )
            connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
            connection.execute("DETACH DATABASE fresh")
        finally:
            connection.close()


def open_file(path: Path, tree: str, key: bytes, now: datetime) -> Engine:
    """Open an existing SQLCipher file, brought to the newest schema of ``tree``.

    Raises:
        InputError: ``vault.damaged``: the file is gone, empty, cut, bent, or not of this key.
        RefusedError: ``vault.newer``.
        EnvironmentFault: ``vault.read_only``, ``disk.full`` or ``disk.failed``.
    """
    _check(path, key)
    engine = sqlcipher_engine(path, key)
    try:
        migrate.bring_up_to_date(engine, tree, path, key, now)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check(path: Path, key: bytes) -> None:
    """Refuse what SQLite would take for a new file, and bring in the write-ahead log."""
    if not path.is_file() or not path.stat().st_size:
        raise InputError("vault.damaged", file=path.name)
    with faults.naming(path):
        connection = connect(path, key)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
