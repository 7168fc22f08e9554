"""The programme of the congress: kept, imported, and asked what is on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, tzinfo

from congress.floor import store
from congress.floor.importing import LONGEST, plan_programme
from congress.floor.model import (
    Item,
    ItemId,
    NowAndNext,
    ProgrammeChanged,
    ProgrammeReport,
    at,
)
from congress.kernel.clock import Clock
from congress.kernel.errors import BugError, InputError
from congress.kernel.roles import Actor, Right
from congress.kernel.table import Table
from congress.kernel.text import text_fault, tidy
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork


class Programme:
    """Keeps the programme. Everyone who signs in may read it."""

    def __init__(self, database: Database, actor: Actor, clock: Clock) -> None:
        """Keep the programme in ``database``, acting for ``actor``.

        Args:
            database: The database ``congress``.
            actor: The signed-in member.
            clock: Tells what is on now.
        """
        self._database = database
        self._actor = actor
        self._clock = clock

    def items(self) -> tuple[Item, ...]:
        """Return all items in order of time."""
        with self._database.reading() as connection:
            return store.everything(connection)

    def now_and_next(self) -> NowAndNext:
        """Return what is under way and what begins next."""
        return at(self.items(), self._clock.now())

    def put(self, item: Item) -> Item:
        """Add an item, or change the one with the same identifier.

        Returns:
            The item as stored.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``floor.invalid`` if a text is empty, too long or unreadable, or the
                item ends before it begins.
        """
        self._actor.require(Right.MANAGE_PROGRAMME)
        item = _checked(item)
        self._change("floor.item_put", item.id, lambda uow: store.put(uow.connection, [item]))
        return item

    def remove(self, item_id: ItemId) -> None:
        """Take an item off the programme.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.MANAGE_PROGRAMME)
        self._change(
            "floor.item_removed", item_id, lambda uow: store.remove(uow.connection, [item_id])
        )

    def import_table(self, table: Table, zone: tzinfo, day: date | None = None) -> ProgrammeReport:
        """Take over every good row of a table, in one transaction.

        The items replace those of the days they fall on, so importing a corrected programme
        again leaves no item twice. An item with the same title, session and day keeps its
        identifier.

        Args:
            table: The rows; see ``congress.floor.importing.plan_programme``.
            zone: The time zone of the times in the file, and of its days.
            day: The day of rows without a date.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``floor.no_heading``.
        """
        self._actor.require(Right.MANAGE_PROGRAMME)
        report = plan_programme(table, zone, day)
        if not report.items:
            return report

        def key(item: Item) -> tuple[date, str, str]:
            return item.starts.astimezone(zone).date(), item.session, item.title

        days = {key(item)[0] for item in report.items}
        taken: list[Item] = []

        def change(uow: UnitOfWork) -> None:
            old = [item for item in store.everything(uow.connection) if key(item)[0] in days]
            ids = {key(item): item.id for item in reversed(old)}
            taken.extend(replace(item, id=ids.pop(key(item), item.id)) for item in report.items)
            store.remove(uow.connection, [item.id for item in old])
            store.put(uow.connection, taken)

        self._change("floor.imported", "", change, rejected=len({f.row for f in report.faults}))
        return replace(report, items=tuple(taken))

    def _change(
        self, action: str, subject: str, change: Callable[[UnitOfWork], None], **detail: int
    ) -> None:
        with self._database.unit_of_work(self._actor) as uow:
            change(uow)
            items = len(store.everything(uow.connection))
            uow.audit(action, subject, items=items, **detail)
            uow.publish(ProgrammeChanged(items))
            uow.commit()


def _checked(item: Item) -> Item:
    if item.starts.tzinfo is None or item.ends.tzinfo is None:
        raise BugError("a programme item needs aware times")
    texts = (item.title, item.session, item.poll, *item.papers)
    tidied = [tidy(text) for text in texts]
    bad = any(text_fault(text) for text in texts) or any(len(text) > LONGEST for text in tidied)
    if bad or not tidied[0] or item.ends <= item.starts:
        raise InputError("floor.invalid")
    title, session, poll, *papers = tidied
    return replace(
        item,
        starts=item.starts.astimezone(UTC),
        ends=item.ends.astimezone(UTC),
        title=title,
        session=session,
        poll=poll,
        papers=tuple(papers),
    )
