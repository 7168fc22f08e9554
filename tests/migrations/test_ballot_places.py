"""What was cast before ballots had places is brought over, in a poll that ended and another."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import text

from congress.kernel.clock import ManualClock
from congress.kernel.errors import RefusedError
from congress.kernel.events import EventBus
from congress.kernel.ids import PollId
from congress.storage import migrate
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.opening import open_file
from congress.voting import box, mark_store
from congress.voting.ballots import encrypted_payload
from congress.voting.ledger import payload_hash
from tests.helpers.stores import import_all_stores
from tests.helpers.vaults import KEY, MORNING, actor

ENDED, RUNNING = PollId("e" * 26), PollId("r" * 26)


def digest(*parts: object) -> bytes:
    return hashlib.sha256(repr(parts).encode()).digest()


def key(poll: PollId, number: int) -> bytes:
    return b"\x02" + digest(poll, number)


def ballot(poll: PollId, number: int) -> bytes:
    return b"PCB1" + key(poll, number) + digest("ballot", poll, number) * 40


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database of the version before, with three ballots of five cards in each of two polls."""
    import_all_stores()
    path = tmp_path / "congress.db"
    engine = sqlcipher_engine(path, KEY, create=True)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        migrate.upgrade(connection, "congress", "0017_complaints")
        for number, poll in enumerate((ENDED, RUNNING)):
            given = {"poll": poll, "number": number}
            connection.execute(
                text(
                    "INSERT INTO poll (id, number, state, plan) VALUES (:poll, :number, 'x', '0')"
                ),
                given,
            )
            for card in range(5):
                given = {"poll": poll, "key": key(poll, card)}
                connection.execute(text("INSERT INTO credential VALUES (:poll, :key, 1)"), given)
                if card < 3:
                    given |= {"id": digest("id", poll, card), "ballot": ballot(poll, card)}
                    for into in (
                        "credential_used VALUES (:poll, :key)",
                        "encrypted_ballot VALUES (:poll, :id, :ballot)",
                    ):
                        connection.execute(text(f"INSERT INTO {into}"), given)
        for number in range(60):
            given = {"poll": RUNNING, "mark": digest("mark", number)[:16]}
            connection.execute(text("INSERT INTO ciphertext VALUES (:poll, :mark)"), given)
        connection.commit()
    engine.dispose()
    upgraded = open_file(path, "congress", KEY, MORNING)
    return Database("congress", upgraded, ManualClock(MORNING), EventBus())


def test_every_ballot_is_brought_over_to_its_card(database: Database) -> None:
    with database.reading() as connection:
        for poll in (ENDED, RUNNING):
            cast = [ballot(poll, number) for number in range(3)]
            found = box.ballots(connection, poll)
            assert found == {payload_hash(encrypted_payload(each)): each for each in cast}
            assert (box.used(connection, poll), box.ballots_cast(connection, poll)) == (3, 3)
            assert box.ballot_of(connection, poll, digest("id", poll, 1)) == cast[1]
            left = sorted(key(poll, number) for number in (3, 4))
            assert box.unused_credentials(connection, poll) == tuple(left)
    database.close()


def test_a_poll_that_runs_goes_on(database: Database) -> None:
    with database.unit_of_work(actor()) as uow:
        with pytest.raises(RefusedError, match=r"voting\.card_used"):
            box.mark_used(uow.connection, RUNNING, key(RUNNING, 0), digest("other"))
        for number in (0, 59):
            with pytest.raises(RefusedError, match=r"voting\.ballot_seen"):
                mark_store.add(uow.connection, RUNNING, [digest("mark", number)[:16]])
        box.mark_used(uow.connection, RUNNING, key(RUNNING, 3), digest("new"))
        mark_store.add(uow.connection, RUNNING, [digest("mark", 77)[:16]])
        box.add_ballot(uow.connection, RUNNING, key(RUNNING, 3), ballot(RUNNING, 3))
        with pytest.raises(RefusedError, match=r"voting\.card_used"):
            box.add_ballot(uow.connection, RUNNING, key(RUNNING, 3), ballot(RUNNING, 4))
        uow.commit()
    with database.reading() as connection:
        assert box.ballot_of(connection, RUNNING, digest("new")) == ballot(RUNNING, 3)
    database.close()
