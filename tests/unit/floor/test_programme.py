"""The programme in its database."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from congress.floor.model import Item, ItemId, ItemKind, NowAndNext, ProgrammeChanged
from congress.floor.programme import Programme
from congress.kernel.errors import BugError, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import new_id
from congress.kernel.roles import Role
from congress.kernel.table import Row, Table
from congress.storage.audit import entries
from congress.storage.database import Database
from tests.helpers.vaults import MORNING, actor, manual_clock, memory_database

DAY = date(2026, 3, 14)
ROWS = ("08:00|09:00|Opening|Morning|opening", "09:00|10:00|Report|Morning|report")


def table(*rows: str) -> Table:
    lines = ("Start|End|Title|Session|Kind", *rows)
    return Table("d.csv", tuple(Row(n, tuple(r.split("|"))) for n, r in enumerate(lines, 1)))


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def database(bus: EventBus) -> Iterator[Database]:
    database = memory_database(publisher=bus)
    yield database
    database.close()


@pytest.fixture
def programme(database: Database) -> Programme:
    return Programme(database, actor(), manual_clock())


def item(title: str = "Debate") -> Item:
    return Item(ItemId(new_id()), MORNING, MORNING + timedelta(hours=1), title)


def test_an_import_says_what_is_on(programme: Programme, bus: EventBus) -> None:
    events: list[Event] = []
    bus.subscribe(events.append)
    report = programme.import_table(table(*ROWS, "later|x|y|z|"), UTC, DAY)
    assert (len(report.items), {fault.row for fault in report.faults}) == (2, {4})
    assert events == [ProgrammeChanged(2)]
    assert programme.items() == report.items
    assert programme.now_and_next() == NowAndNext(report.items[0], report.items[1])


def test_importing_again_leaves_nothing_twice(programme: Programme) -> None:
    first = programme.import_table(table(*ROWS), UTC, DAY).items
    kept = programme.put(
        replace(
            item("Another day"),
            starts=MORNING + timedelta(days=1),
            ends=MORNING + timedelta(days=1, hours=1),
        )
    )
    second = programme.import_table(
        table("08:30|09:00|Opening|Morning|opening", "10:00|11:00|Debate||"), UTC, DAY
    ).items
    assert programme.items() == (*second, kept)
    assert second[0].id == first[0].id
    assert second[0].starts == datetime(2026, 3, 14, 8, 30, tzinfo=UTC)


def test_days_are_those_of_the_file(programme: Programme) -> None:
    hanoi = timezone(timedelta(hours=7))
    programme.import_table(table("06:00|06:30|Early||"), hanoi, DAY)
    programme.import_table(table("09:00|10:00|Other||"), hanoi, DAY)
    assert [found.title for found in programme.items()] == ["Other"]


def test_nothing_good_changes_nothing(programme: Programme, bus: EventBus) -> None:
    programme.import_table(table(*ROWS), UTC, DAY)
    events: list[Event] = []
    bus.subscribe(events.append)
    assert programme.import_table(table("x|y|z||"), UTC, DAY).items == ()
    assert len(programme.items()) == 2
    assert events == []


def test_an_item_is_added_changed_and_removed(programme: Programme) -> None:
    stored = programme.put(replace(item(" De  bate "), papers=("a.pdf",), poll="Motion 1"))
    assert stored.title == "De bate"
    changed = programme.put(replace(stored, kind=ItemKind.VOTE))
    assert programme.items() == (changed,)
    programme.remove(stored.id)
    assert programme.items() == ()


@pytest.mark.parametrize(
    "bad",
    [
        replace(item(), title=" "),
        replace(item(), title="a\u202eb"),
        replace(item(), session="x" * 201),
        replace(item(), papers=("x\x00",)),
        replace(item(), ends=MORNING),
    ],
)
def test_bad_items_are_refused(programme: Programme, bad: Item) -> None:
    with pytest.raises(InputError) as caught:
        programme.put(bad)
    assert caught.value.code == "floor.invalid"
    assert programme.items() == ()


def test_a_time_without_a_zone_is_our_own_mistake(programme: Programme) -> None:
    with pytest.raises(BugError):
        programme.put(replace(item(), starts=MORNING.replace(tzinfo=None)))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_only_the_secretariat_changes_the_programme(database: Database, role: Role) -> None:
    stored = Programme(database, actor(), manual_clock()).put(item())
    programme = Programme(database, actor(role), manual_clock())
    attempts: list[Callable[[], object]] = [
        lambda: programme.put(item()),
        lambda: programme.remove(stored.id),
        lambda: programme.import_table(table(*ROWS), UTC, DAY),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedError):
            attempt()
    assert programme.items() == (stored,)


def test_every_change_is_audited_without_titles(programme: Programme, database: Database) -> None:
    stored = programme.put(item())
    programme.remove(stored.id)
    programme.import_table(table(*ROWS, "x|y|z||"), UTC, DAY)
    with database.reading() as connection:
        trail = list(entries(connection))
    assert [(entry.action, entry.subject, dict(entry.detail)) for entry in trail] == [
        ("floor.item_put", stored.id, {"items": 1}),
        ("floor.item_removed", stored.id, {"items": 0}),
        ("floor.imported", "", {"items": 2, "rejected": 1}),
    ]
