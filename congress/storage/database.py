"""One database of a congress: units of work that change it, readings that do not."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from threading import Lock, get_ident

from sqlalchemy import Connection, Engine

from congress.kernel.clock import Clock
from congress.kernel.errors import BugError, EnvironmentFault
from congress.kernel.events import Publisher
from congress.kernel.roles import Actor
from congress.storage import faults
from congress.storage.engine import READING_ONLY
from congress.storage.unit_of_work import UnitOfWork


class _Turn(AbstractContextManager[None]):
    """Lets one thread write at a time; SQLite would make the others poll for its lock."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = Lock()
        self._thread: int | None = None
        self.retired = False

    def __enter__(self) -> None:
        if self._thread == get_ident():
            raise BugError(f"a unit of work inside another one of the database {self._name}")
        self._lock.acquire()
        if self.retired:
            self._lock.release()
            raise EnvironmentFault("group.changed_meanwhile")
        self._thread = get_ident()

    def __exit__(self, *_: object) -> None:
        self._thread = None
        self._lock.release()


class Database:
    """One SQLCipher file, or one PostgreSQL schema.

    Attributes:
        name: ``congress``, ``own``, a clearance, or the name of a group's file.
        reading_only: Whether nothing can be written, because its disk was full on opening.
    """

    def __init__(self, name: str, engine: Engine, clock: Clock, publisher: Publisher) -> None:
        """Take an engine whose schema is in place.

        Args:
            name: Which database of the congress this is.
            engine: From ``congress.storage.engine``.
            clock: Dates the audit entries.
            publisher: Takes the events of committed changes.
        """
        self.name = name
        self._engine = engine
        self._clock = clock
        self._publisher = publisher
        self._concurrent = engine.dialect.name != "sqlite"
        self._turn = nullcontext() if self._concurrent else _Turn(name)
        self.reading_only = bool(engine.get_execution_options().get(READING_ONLY))

    def unit_of_work(self, actor: Actor) -> UnitOfWork:
        """Return a unit of work in the actor's name; entering it waits for the one under way.

        Entering raises ``BugError`` inside another unit of work of the same thread, and
        ``EnvironmentFault`` (``group.changed_meanwhile``) once the database is retired.

        Raises:
            EnvironmentFault: ``disk.full_on_opening``: nothing can be written.
        """
        if self.reading_only:
            raise EnvironmentFault("disk.full_on_opening")
        return UnitOfWork(self._engine, actor, self._clock, self._publisher, self._turn)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database and cannot change it.

        The transaction is open until the end of the ``with`` block, so keep it short.
        """
        with self._engine.connect() as connection:
            yield (
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
                if self._concurrent
                else connection
            )

    def empty_log(self, patience: int = 0) -> None:
        """Bring the write-ahead log in and empty it, so that nothing removed stands there.

        What is being read at the moment is left for the next time; closing does it too.

        Args:
            patience: For how many milliseconds to wait for readings under way.

        Raises:
            EnvironmentFault: ``disk.full``, ``disk.failed``, ``vault.locked`` or
                ``vault.read_only``; nothing is lost.
            InputError: ``vault.damaged``.
        """
        if self._concurrent or self.reading_only:
            return
        with faults.naming(self.name), closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
            try:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")

    def retire(self) -> None:
        """Let nothing more be written: another file has taken the place of this one.

        Called inside its last unit of work, so that who waits for the end of it is refused.
        """
        if isinstance(self._turn, _Turn):
            self._turn.retired = True

    def close(self) -> None:
        """Close every connection. A reading or unit of work under way keeps its own."""
        self._engine.dispose()
