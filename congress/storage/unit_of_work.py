"""One change: its rows, its audit entry and its events stand or fall together."""

from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, func, insert, select, text

from congress.kernel.audit import GENESIS, entry_hash
from congress.kernel.canonical import Json
from congress.kernel.clock import Clock
from congress.kernel.errors import BugError
from congress.kernel.events import Event, Publisher
from congress.kernel.roles import Actor
from congress.storage import schema
from congress.storage.faults import WRITING

_ONE_WRITER = text("SELECT pg_advisory_xact_lock(hashtext(current_schema()))")


class UnitOfWork:
    """A transaction with its audit entries and events; rolled back unless committed.

    ::

        with database.unit_of_work(actor) as uow:
            uow.connection.execute(insert(person).values(...))
            uow.audit("people.added", person_id, count=1)
            uow.publish(PeopleChanged())
            uow.commit()
    """

    def __init__(
        self,
        engine: Engine,
        actor: Actor,
        clock: Clock,
        publisher: Publisher,
        turn: AbstractContextManager[None],
    ) -> None:
        """Begin nothing yet: the transaction begins on entering.

        Args:
            engine: Where the transaction runs.
            actor: In whose name the audit entries are written.
            clock: Tells when.
            publisher: Takes the events after the commit.
            turn: Entered before the transaction, left after it, before the events go out.
        """
        self._engine = engine
        self._actor = actor
        self._clock = clock
        self._publisher = publisher
        self._turn = turn
        self._ending = ExitStack()
        self._open: Connection | None = None
        self._events: list[Event] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._turn)
            connection = stack.enter_context(self._engine.connect())
            connection.execution_options(**{WRITING: True}).begin()
            self._ending = stack.pop_all()
        self._open = connection
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._open is not None:
            self._end()

    @property
    def connection(self) -> Connection:
        """The connection inside the transaction.

        Raises:
            BugError: The unit of work was not entered, or has ended.
        """
        if self._open is None:
            raise BugError("the unit of work is not open")
        return self._open

    def audit(self, action: str, subject: str = "", /, **detail: Json) -> None:
        """Append an entry to the hash-chained audit, in this transaction.

        Args:
            action: What is done, for instance ``"people.imported"``.
            subject: Identifier of what it is done to, or empty.
            **detail: Counts and identifiers; never a name, a text, a face or a vote.
        """
        table = schema.audit
        if self.connection.dialect.name == "postgresql":
            self.connection.execute(_ONE_WRITER)
        newest = select(func.max(table.c.seq)).scalar_subquery()
        last = self.connection.execute(
            select(table.c.seq, table.c.hash).where(table.c.seq == newest)
        ).one_or_none()
        seq, prev = (last.seq + 1, last.hash) if last else (1, GENESIS)
        at, member_id = self._clock.now(), self._actor.member_id
        self.connection.execute(
            insert(table).values(
                seq=seq,
                at=at,
                member_id=member_id,
                action=action,
                subject=subject,
                detail=detail,
                prev=prev,
                hash=entry_hash(
                    seq=seq,
                    at=at,
                    member_id=member_id,
                    action=action,
                    subject=subject,
                    detail=detail,
                    prev=prev,
                ),
            )
        )

    def publish(self, event: Event) -> None:
        """Have ``event`` published once the change is committed."""
        if self._open is None:
            raise BugError("the unit of work is not open")
        self._events.append(event)

    def commit(self) -> None:
        """Make the change last, end the unit of work, and publish its events.

        Raises:
            EnvironmentFault: The disk is full or failed; nothing was kept.
            BugError: The unit of work has ended already.
        """
        self.connection.commit()
        self._end()
        for event in self._events:
            self._publisher.publish(event)

    def _end(self) -> None:
        self._open = None
        self._ending.close()
