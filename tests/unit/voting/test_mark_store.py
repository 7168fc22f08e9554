import random

import pytest

from congress.kernel.errors import RefusedError
from congress.kernel.ids import PollId
from congress.storage.database import Database
from congress.voting import box, mark_store
from tests.helpers.hall import Hall
from tests.helpers.vaults import actor

CHANCE = random.Random(2)


@pytest.fixture(scope="module")
def hall() -> Hall:
    return Hall(5)


def lengths(database: Database, poll_id: PollId) -> list[int]:
    with database.reading() as connection:
        return list(
            connection.exec_driver_sql(
                "SELECT length(marks) FROM ciphertext_place WHERE poll_id = ?", (poll_id,)
            ).scalars()
        )


def test_a_place_keeps_its_size_until_it_bursts_and_then_grows_by_as_much(hall: Hall) -> None:
    poll_id = hall.election().id
    marks = [CHANCE.randbytes(16) for _ in range(120)]
    with hall.database.unit_of_work(actor()) as uow:
        mark_store.lay_out(uow.connection, poll_id, 10)
        uow.commit()
    seen = []
    for start in range(0, 120, 40):
        with hall.database.unit_of_work(actor()) as uow:
            mark_store.add(uow.connection, poll_id, marks[start : start + 40])
            uow.commit()
        seen.append(lengths(hall.database, poll_id))
    assert seen == [[832], [2 * 832], [3 * 832]]
    for mark in marks:
        with (
            hall.database.unit_of_work(actor()) as uow,
            pytest.raises(RefusedError, match=r"voting\.ballot_seen"),
        ):
            mark_store.add(uow.connection, poll_id, [CHANCE.randbytes(16), mark])
    with hall.database.unit_of_work(actor()) as uow:
        mark_store.clear(uow.connection, poll_id)
        uow.commit()
    assert lengths(hall.database, poll_id) == []


def test_marks_spread_over_the_places_and_none_repeats_within_a_ballot(hall: Hall) -> None:
    poll_id = hall.election().id
    with hall.database.unit_of_work(actor()) as uow:
        mark_store.lay_out(uow.connection, poll_id, 1600)
        mark_store.add(uow.connection, poll_id, [CHANCE.randbytes(16) for _ in range(1600)])
        twice = CHANCE.randbytes(16)
        with pytest.raises(RefusedError, match=r"voting\.ballot_seen"):
            mark_store.add(uow.connection, poll_id, [twice, twice])
        uow.commit()
    assert lengths(hall.database, poll_id) == [832] * 100


def test_a_poll_without_cards_needs_no_places(hall: Hall) -> None:
    poll_id = hall.election().id
    with hall.database.unit_of_work(actor()) as uow:
        box.lay_out(uow.connection, poll_id, 100, 5)
        uow.commit()
    assert lengths(hall.database, poll_id) == []
