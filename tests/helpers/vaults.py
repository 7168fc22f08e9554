"""Databases and vaults for tests: encrypted like real ones, without the cost of a passphrase."""

import shutil
import tempfile
import weakref
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, MetaData, event

from congress.kernel.clock import Clock, ManualClock
from congress.kernel.events import EventBus, Publisher
from congress.kernel.ids import GroupId, MemberId
from congress.kernel.roles import Actor, Role
from congress.kernel.settings import Settings
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.header import KdfParameters
from congress.storage.schema import congress_metadata, own_metadata, papers_metadata
from congress.storage.vault import Vault

MORNING = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)
KEY = bytes(range(32))
PASSPHRASE = "four quiet paper boats"
CHEAP = KdfParameters(memory=32, iterations=1, lanes=1)
"""A passphrase that costs nothing to try: for vaults that guard nothing."""


def manual_clock() -> ManualClock:
    """Return a clock that stands at ``MORNING``."""
    return ManualClock(MORNING)


def actor(role: Role = Role.SECRETARIAT) -> Actor:
    """Return a signed-in member of this role."""
    return Actor(MemberId(f"{role.value:a<26}"), role, role.value)


def memory_database(
    name: str = "congress",
    *,
    clock: Clock | None = None,
    publisher: Publisher | None = None,
    metadata: MetaData | None = None,
) -> Database:
    """Return a fresh SQLCipher database with every table imported so far, in about 10 ms.

    Its file lies on a memory file system where there is one, and goes with the database.

    Args:
        name: ``congress``, ``own``, or ``papers`` or a clearance for a database of papers.
        clock: Dates the audit; by default a clock that stands at ``MORNING``.
        publisher: Takes the events; by default a bus that nobody listens to.
        metadata: What to create, instead of the schema that ``name`` stands for.
    """
    memory = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="congress-test-", dir=memory if memory.is_dir() else None)
    engine = sqlcipher_engine(Path(folder) / f"{name}.db", KEY, create=True)

    @event.listens_for(engine, "connect")
    def no_fsync(connection: object, record: object) -> None:
        connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]

    if metadata is None:
        metadata = {"congress": congress_metadata, "own": own_metadata}.get(name, papers_metadata)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        metadata.create_all(connection)
        connection.commit()
    database = Database(name, engine, clock or manual_clock(), publisher or EventBus())
    weakref.finalize(database, shutil.rmtree, folder, ignore_errors=True)
    return database


def make_vault(
    folder: Path,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    publisher: Publisher | None = None,
    kdf: KdfParameters = CHEAP,
) -> Vault:
    """Create and open a vault in ``folder / "vault"`` with ``PASSPHRASE``; close it yourself.

    Args:
        folder: An existing folder, for instance ``tmp_path``.
        settings: By default a congress with a name and nothing else decided.
        clock: By default a clock that stands at ``MORNING``.
        publisher: By default a bus that nobody listens to.
        kdf: What one try of a passphrase costs.
    """
    return Vault.create(
        folder / "vault",
        settings=settings or Settings("Congress of the boats"),
        passphrase=PASSPHRASE,
        clock=clock or manual_clock(),
        publisher=publisher or EventBus(),
        kdf=kdf,
    )


def open_vault(
    path: Path,
    *,
    passphrase: str = PASSPHRASE,
    name: str = "secretariat",
    clock: Clock | None = None,
    publisher: Publisher | None = None,
) -> Vault:
    """Open a vault that ``make_vault`` made; close it yourself."""
    return Vault.open(
        path,
        passphrase=passphrase,
        name=name,
        clock=clock or manual_clock(),
        publisher=publisher or EventBus(),
    )


def no_papers(connection: Connection, group_id: GroupId, old: bytes, new: bytes) -> None:
    """Wrap no data key anew: for groups without papers."""
