"""Creates the database files of a vault, and checks and migrates them when it is opened."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2 as sqlcipher

from congress.kernel.errors import EnvironmentFault, InputError
from congress.storage import faults, migrate
from congress.storage.engine import connect, sqlcipher_engine, unchanging_engine
from congress.storage.faults import WRITING
from congress.storage.files import has_room

_SHARED = 64 * 1024
"""More than the file of shared memory that SQLite makes beside a database in write-ahead mode."""


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

    On a full disk it is opened for reading alone, if it is up to date and its log is empty: the
    engine has the option ``READING_ONLY`` then.

    Raises:
        InputError: ``vault.damaged``: the file is gone, empty, cut, bent, or not of this key.
        RefusedError: ``vault.newer``.
        EnvironmentFault: ``vault.read_only``, ``disk.full`` or ``disk.failed``.
    """
    # Refuses what SQLite would take for a new file.
    if not path.is_file() or not path.stat().st_size:
        raise InputError("vault.damaged", file=path.name)
    full = _is_full(path, key)
    engine = unchanging_engine(path, key) if full else sqlcipher_engine(path, key)
    try:
        migrate.bring_up_to_date(engine, tree, path, key, now)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _is_full(path: Path, key: bytes) -> bool:
    """Bring in the write-ahead log, and return whether the disk has no room even to try."""
    with faults.naming(path):
        try:
            _bring_in_log(path, key)
        except sqlcipher.OperationalError:
            if has_room(path.parent, _SHARED):
                raise
        else:
            return False
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size:
            # Alone with the file, SQLite keeps the index of its log in memory.
            _bring_in_log(path, key, alone=True)
        return True


def _bring_in_log(path: Path, key: bytes, *, alone: bool = False) -> None:
    connection = connect(path, key, alone=alone)
    try:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise EnvironmentFault("vault.locked", file=path.name)
    finally:
        connection.close()
