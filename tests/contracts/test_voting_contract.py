"""Several stations at once: one ballot a card, and a close that is a clean cut."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest

from congress.kernel.errors import CongressError
from congress.voting.casting import Admission
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import Ballot, Receipt
from tests.contracts.conftest import MakeDatabase
from tests.helpers.hall import APPROVAL, Hall

BALLOT = Ballot((frozenset("ABC"),))
STATIONS = 6


@pytest.fixture
def hall(make_database: MakeDatabase) -> Hall:
    return Hall(24, database=make_database("congress"))


def together(*works: Callable[[], object]) -> list[str]:
    """Run all works at the same moment; return the code of each one's error, or nothing."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> str:
        start.wait()
        try:
            work()
        except CongressError as error:
            return error.code
        return ""

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def cast(hall: Hall, admission: Admission, station: int) -> Receipt:
    return hall.booth.cast(
        hall.booth.prepare(admission, BALLOT),
        f"request of station {station} {admission.secret}",
    )


def test_one_card_at_several_stations_casts_one_ballot(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    for card in cards[:4]:
        stations = (partial(cast, hall, hall.booth.admit(card.code), at) for at in range(STATIONS))
        assert sorted(together(*stations)) == ["", *["voting.card_used"] * (STATIONS - 1)]
    figures = hall.booth.reconciliation(poll.id)
    assert (figures.cast, figures.marked) == (4, 4)


def test_one_badge_at_several_stations_votes_once(hall: Hall) -> None:
    poll = hall.opened_motion()
    admission = hall.booth.admit("D-001")
    yes = Ballot((frozenset({"yes"}),))
    codes = together(
        *(
            lambda at=at: hall.booth.cast(hall.booth.prepare(admission, yes), f"{at}")
            for at in range(STATIONS)
        )
    )
    assert sorted(codes) == ["", *["voting.already_voted"] * (STATIONS - 1)]
    assert hall.booth.turnout(poll.id).cast == 1
    assert flaw(hall.booth.ledger(poll.id)) is None


def test_votes_of_several_people_at_once_keep_one_chain(hall: Hall) -> None:
    poll = hall.opened_motion()
    badges = hall.badges(0, STATIONS)
    assert together(*(lambda b=b: hall.cast(b, ["yes"]) for b in badges)) == [""] * STATIONS
    assert flaw(hall.booth.ledger(poll.id)) is None
    assert hall.booth.reconciliation(poll.id).cast == STATIONS


def test_a_close_that_races_with_casting_loses_no_acknowledged_ballot(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    for card in cards[STATIONS : STATIONS + 3]:
        hall.cast(card.code, "ABC")
    prepared = [hall.prepare(card.code, "ABC") for card in cards[:STATIONS]]
    codes = together(
        *(
            lambda at=at, ballot=ballot: hall.booth.cast(ballot, f"{at}")
            for at, ballot in enumerate(prepared)
        ),
        lambda: hall.booth.close(poll.id, APPROVAL),
    )
    assert codes[-1] == ""
    assert set(codes[:-1]) <= {"", "voting.not_open"}
    acknowledged = 3 + codes[:-1].count("")
    entries = hall.booth.ledger(poll.id)
    assert sum(entry.type is EntryType.BALLOT for entry in entries) == acknowledged
    assert hall.count(poll.id).counts[0].cast == acknowledged
