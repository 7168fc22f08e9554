"""Brings a database to the schema of this version: a verified backup first, all or nothing.

Alembic is imported only when there is something to do, so that opening an up-to-date vault
does not pay for it.
"""

import os
import shutil
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, inspect, select
from sqlalchemy.sql import column, table

from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.storage import faults
from congress.storage.engine import READING_ONLY, connect
from congress.storage.faults import WRITING
from congress.storage.files import PART, sync_folder
from congress.storage.schema import congress_metadata, own_metadata, papers_metadata

TREES = {"congress": congress_metadata, "papers": papers_metadata, "own": own_metadata}
"""The metadata that the newest revision of each tree amounts to."""

_ROOT = Path(__file__).parent / "migrations"
_VERSION = table("alembic_version", column("version_num"))


@cache
def revisions(tree: str) -> tuple[str, ...]:
    """Return the revisions of a tree that this version knows, the oldest first."""
    return tuple(sorted(path.stem for path in (_ROOT / tree / "versions").glob("0*.py")))


def current(connection: Connection) -> str | None:
    """Return the revision a database is at, or ``None`` if it has no schema of ours."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    return connection.execute(select(_VERSION.c.version_num)).scalar_one_or_none()


def upgrade(connection: Connection, tree: str, to: str = "head") -> None:
    """Run the revisions of ``tree`` that are missing, inside the connection's transaction.

    Args:
        connection: May write; its transaction is the caller's to commit.
        tree: ``congress``, ``papers`` or ``own``.
        to: The revision to stop at.
    """
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(_ROOT), version_locations=[str(_ROOT / tree / "versions")])
    context = MigrationContext.configure(
        connection,
        opts={
            "fn": lambda revision, _: script._upgrade_revs(to, revision),
            "target_metadata": _naming(tree),
            "transactional_ddl": True,
        },
    )
    with Operations.context(context):
        context.run_migrations()


def bring_up_to_date(engine: Engine, tree: str, path: Path, key: bytes, now: datetime) -> None:
    """Check the revision of an existing SQLCipher file, and migrate it if it is older.

    Before a migration the file is copied into ``backups`` beside it, still encrypted, and
    the copy is opened and checked page by page.

    Args:
        engine: Over the file.
        tree: ``congress``, ``papers`` or ``own``.
        path: The file.
        key: Its raw SQLCipher key, to check the backup with.
        now: Names the backup.

    Raises:
        InputError: ``vault.damaged`` if the file is no database of ours.
        RefusedError: ``vault.newer`` if a later version of the program wrote it.
        EnvironmentFault: ``disk.full`` or ``disk.failed``; the file is as it was.
    """
    known = revisions(tree)
    with engine.connect() as connection:
        found = current(connection)
    if found is None:
        raise InputError("vault.damaged", file=path.name)
    if found not in known:
        raise RefusedError("vault.newer", file=path.name)
    if found == known[-1]:
        return
    if engine.get_execution_options().get(READING_ONLY):
        raise EnvironmentFault("disk.full", file=path.name)
    _back_up(path, key, f"{path.stem}-{found}-{now:%Y%m%dT%H%M%S}.db")
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        upgrade(connection, tree)
        connection.commit()


def _back_up(path: Path, key: bytes, name: str) -> None:
    folder = path.parent / "backups"
    part = folder / f"{name}{PART}"
    with faults.naming(name):
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            shutil.copyfile(path, part)
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            _verify(part, key)
            part.replace(folder / name)
            sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)


def _verify(path: Path, key: bytes) -> None:
    copy = connect(path, key)
    try:
        bent_pages = copy.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        copy.close()
    if bent_pages:
        raise InputError("vault.damaged", file=path.name.removesuffix(PART))


def _naming(tree: str) -> MetaData:
    return MetaData(naming_convention=TREES[tree].naming_convention)
