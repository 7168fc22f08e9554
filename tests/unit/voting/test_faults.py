"""A break at every step of casting and closing: no acknowledged ballot lost, none twice."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlcipher3 import dbapi2 as sqlcipher

from congress.kernel.clock import ManualClock
from congress.kernel.events import EventBus
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.schema import congress_metadata
from congress.voting import box, mark_store, store
from congress.voting.model import Ballot, State, Turnout
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.vaults import KEY, MORNING

BALLOT = Ballot((frozenset("ABC"),))


def _break(*args: object, **kwargs: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("owner", "step"), [(box, "mark_used"), (mark_store, "add"), (box, "add_ballot")]
)
@pytest.mark.parametrize("late", [False, True])
def test_a_cast_is_whole_or_nothing(
    owner: object, step: str, late: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall(5)
    poll, cards = hall.opened_election()
    prepared = hall.booth.prepare(hall.booth.admit(cards[0].code), BALLOT)
    real: Callable[..., None] = getattr(owner, step)

    def broken(*args: object) -> None:
        if late:
            real(*args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, broken)
        with pytest.raises(KeyboardInterrupt):
            hall.booth.cast(prepared, "request")
    figures = hall.booth.reconciliation(poll.id)
    assert (figures.cast, figures.marked, figures.unused) == (0, 0, 5)
    receipt = hall.booth.cast(prepared, "request")
    assert hall.booth.cast(prepared, "request") == receipt
    assert hall.booth.turnout(poll.id).cast == 1


@pytest.mark.parametrize("code", [11, 14], ids=["damaged", "cannot be opened"])
def test_a_ballot_that_is_in_the_box_is_acknowledged_though_its_trace_cannot_be_wiped(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    hall = Hall(5)
    poll, cards = hall.opened_election()
    prepared = hall.booth.prepare(hall.booth.admit(cards[0].code), BALLOT)

    def broken(engine: Engine) -> None:
        error = sqlcipher.OperationalError("no connection")
        error.sqlite_errorcode = code
        raise error

    def empty_log(database: Database, patience: int) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(Engine, "raw_connection", broken)
            real(database, patience)

    real = Database.empty_log
    monkeypatch.setattr(Database, "empty_log", empty_log)
    receipt = hall.booth.cast(prepared, "request")
    assert receipt.tracking_code == prepared.tracking_code
    assert hall.booth.turnout(poll.id).cast == 1


@pytest.mark.parametrize("step", ["append", "save"])
def test_a_close_is_whole_or_nothing(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(5)
    poll, cards = hall.opened_election()
    hall.cast(cards[0].code, "ABC")
    before = hall.booth.ledger(poll.id)
    with monkeypatch.context() as patch:
        patch.setattr(store, step, _break)
        with pytest.raises(KeyboardInterrupt):
            hall.booth.close(poll.id, APPROVAL)
    assert hall.booth.poll(poll.id).state is State.OPEN
    assert hall.booth.ledger(poll.id) == before
    for card in cards[1:4]:
        hall.cast(card.code, "ABC")
    hall.finish(poll.id)
    assert hall.booth.result(poll.id).counts[0].cast == 4


def test_events_tell_only_of_what_was_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = Hall(5)
    _, cards = hall.opened_election()
    admission = hall.booth.admit(cards[0].code)
    hall.events.clear()
    with monkeypatch.context() as patch:
        patch.setattr(box, "add_ballot", _break)
        with pytest.raises(KeyboardInterrupt):
            hall.booth.cast(hall.booth.prepare(admission, BALLOT), "request")
    assert hall.events == []


_VOTER = """
import os, signal, sys
from pathlib import Path
from congress.kernel.clock import ManualClock
from congress.kernel.events import EventBus
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.voting.model import Ballot
from tests.helpers.hall import Hall
from tests.helpers.vaults import KEY, MORNING

engine = sqlcipher_engine(Path(sys.argv[1]), KEY)
database = Database("congress", engine, ManualClock(MORNING), EventBus())
hall = Hall(40, database=database)
for number, code in enumerate(sys.stdin.read().split()):
    admission = hall.booth.admit(code)
    receipt = hall.booth.cast(hall.booth.prepare(admission, Ballot((frozenset("ABC"),))), code)
    print(receipt.tracking_code, flush=True)
"""


def test_a_killed_station_loses_no_acknowledged_ballot(tmp_path: Path) -> None:
    database = _file_database(tmp_path / "congress.db")
    hall = Hall(40, database=database)
    poll, cards = hall.opened_election()
    station = subprocess.Popen(
        [sys.executable, "-c", _VOTER, str(tmp_path / "congress.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert station.stdin is not None
    assert station.stdout is not None
    station.stdin.write(" ".join(card.code for card in cards))
    station.stdin.close()
    acknowledged = [station.stdout.readline().strip() for _ in range(7)]
    os.kill(station.pid, signal.SIGKILL)
    acknowledged += [line.strip() for line in station.stdout if len(line) == 21]
    station.stdout.close()
    station.wait()
    figures = hall.booth.reconciliation(poll.id)
    assert figures.cast == figures.marked
    assert len(acknowledged) <= figures.cast <= len(acknowledged) + 1
    hall.booth.close(poll.id, APPROVAL)
    assert all(hall.booth.holds_ballot(poll.id, code) for code in acknowledged)
    assert hall.booth.turnout(poll.id) == Turnout(figures.cast, 40)
    database.close()


def _file_database(path: Path) -> Database:
    engine = sqlcipher_engine(path, KEY, create=True)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        congress_metadata.create_all(connection)
        connection.commit()
    return Database("congress", engine, ManualClock(MORNING), EventBus())
