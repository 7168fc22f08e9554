from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.docs import places_store
from congress.docs.places import (
    Arrangement,
    Fit,
    Look,
    PlaceKept,
    Places,
    ReadingPlace,
    View,
    pack,
    unpack,
)
from congress.kernel.clock import ManualClock
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Role
from congress.storage.database import Database
from congress.storage.schema import own_metadata
from tests.helpers.vaults import MORNING, actor, manual_clock, memory_database

PAPER, OTHER = PaperId("p" * 26), PaperId("q" * 26)
FIRST, SECOND = VersionId("1" * 26), VersionId("2" * 26)


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def own(clock: ManualClock, events: list[Event]) -> Iterator[Database]:
    bus = EventBus()
    bus.subscribe(events.append)
    database = memory_database("own", metadata=own_metadata, clock=clock, publisher=bus)
    yield database
    database.close()


@pytest.fixture
def places(own: Database, clock: ManualClock) -> Places:
    return Places(own, actor(Role.DELEGATE), clock)


def test_nothing_is_known_of_a_paper_never_opened(places: Places) -> None:
    assert places.place(PAPER) is None
    assert places.progress(PAPER) is None
    assert places.all_progress() == {}
    assert places.look() is None


def test_a_place_is_kept_with_how_it_was_shown(places: Places, events: list[Event]) -> None:
    place = ReadingPlace(
        FIRST, 3, 120, View.TEXT, Fit.WIDTH, 1.5, 0.8, Arrangement.SPREADS, turns=3
    )
    places.keep(PAPER, place, seen={1, 3}, pages=10)
    assert places.place(PAPER) == place
    assert events == [PlaceKept(PAPER)]
    progress = places.progress(PAPER)
    assert progress is not None
    assert (progress.seen, progress.pages, progress.percent) == (2, 10, 20)
    assert progress.opened_at == MORNING


def test_pages_seen_add_up_until_there_is_another_version(
    places: Places, clock: ManualClock
) -> None:
    places.keep(PAPER, ReadingPlace(FIRST), seen={1, 2}, pages=3)
    clock.advance(timedelta(hours=1))
    places.keep(PAPER, ReadingPlace(FIRST, page=3), seen={2, 3}, pages=3)
    progress = places.progress(PAPER)
    assert progress is not None
    assert (progress.seen, progress.percent) == (3, 100)
    assert progress.opened_at == MORNING + timedelta(hours=1)
    places.keep(PAPER, ReadingPlace(SECOND), seen={1}, pages=4)
    later = places.progress(PAPER)
    assert later is not None
    assert (later.version_id, later.seen, later.percent) == (SECOND, 1, 25)


def test_all_progress_at_once_and_forgetting(places: Places) -> None:
    places.keep(PAPER, ReadingPlace(FIRST), seen=(), pages=0)
    places.keep(OTHER, ReadingPlace(FIRST), seen={1}, pages=2)
    found = places.all_progress()
    assert {key: value.percent for key, value in found.items()} == {PAPER: 100, OTHER: 50}
    places.forget(PAPER)
    assert set(places.all_progress()) == {OTHER}


def test_the_look_is_kept(places: Places) -> None:
    places.keep_look(Look.SEPIA)
    places.keep_look(Look.NIGHT)
    assert places.look() is Look.NIGHT


def test_reading_leaves_no_trace_in_the_audit(places: Places, own: Database) -> None:
    places.keep(PAPER, ReadingPlace(FIRST), seen={1}, pages=2)
    with own.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM audit").scalar_one() == 0
        assert places_store.look(connection) is None


@given(st.integers(0, 300).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(1, 400)))))
def test_pages_survive_packing(case: tuple[int, set[int]]) -> None:
    pages, seen = case
    assert unpack(pack(seen, pages)) == {page for page in seen if page <= pages}
