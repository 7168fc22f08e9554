"""Whether somebody who reads the tables could put voters, cards and votes together again."""

import hashlib
import random
from collections.abc import Mapping

import pytest

from congress.kernel.canonical import Json, encode
from congress.voting.cards import Card
from congress.voting.ledger import EntryType
from congress.voting.model import Ballot, Plan
from congress.voting.sealing import UnsealedBallots
from tests.helpers.hall import APPROVAL, Hall

_NO_ORDER = ("card", "card_used", "card_spoiled", "card_drawn", "ballot", "poll_ledger", "poll")


class _Steady(UnsealedBallots):
    """Random numbers that follow from the ballot, so that two runs can be compared."""

    def __init__(self) -> None:
        super().__init__()
        self.voter = ""

    def seal(self, plan: Plan, ballot: Ballot) -> Json:
        payload = super().seal(plan, ballot)
        assert isinstance(payload, dict)
        nonce = hashlib.sha256(self.voter.encode()).hexdigest()[:32]
        return {**payload, "nonce": nonce}


def _vote(
    order: list[int], monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, list[tuple[object, ...]]]:
    monkeypatch.setattr("congress.voting.parts.new_id", lambda: "p" * 26)
    numbers = iter(range(1000))
    monkeypatch.setattr(
        "congress.voting.cards.new_card",
        lambda poll_id: Card(poll_id, hashlib.sha256(str(next(numbers)).encode()).digest()[:16]),
    )
    sealing = _Steady()
    hall = Hall(40, sealing=sealing)
    poll, issued = hall.opened_election()
    choices = [frozenset(choice) for choice in ("ABC", "ABD", "ACD", "BCD")]
    for voter in order:
        sealing.voter = f"voter {voter}"
        admission = hall.booth.admit(issued[voter].code)
        hall.booth.cast(admission, Ballot((choices[voter % 4],)), f"request {voter}")
    hall.booth.close(poll.id, APPROVAL)
    with hall.database.reading() as connection:
        return {
            table: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]
            for table in _NO_ORDER
        }


def test_the_tables_are_the_same_whatever_the_order_of_casting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = list(range(40))
    first = _vote(order, monkeypatch)
    random.Random(7).shuffle(order)
    second = _vote(order, monkeypatch)
    assert len(first["ballot"]) == 40
    for table in _NO_ORDER:
        assert first[table] == second[table], table


def test_no_table_of_a_secret_poll_has_a_row_number_a_time_or_a_voter() -> None:
    hall = Hall(5)
    poll, issued = hall.opened_election()
    for card in issued:
        hall.cast(card.code, "ABC")
    columns: dict[str, set[str]] = {}
    with hall.database.reading() as connection:
        for table in ("card", "card_used", "card_spoiled", "card_drawn", "ballot"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}")
            columns[table] = set(rows.keys())
            with pytest.raises(Exception, match="no such column: rowid"):
                connection.exec_driver_sql(f"SELECT rowid FROM {table}")
    assert columns == {
        "card": {"code_hash", "poll_id", "secret_hash"},
        "card_used": {"poll_id", "code_hash"},
        "card_spoiled": {"poll_id", "code_hash"},
        "card_drawn": {"poll_id", "person_id", "cards"},
        "ballot": {"poll_id", "id", "payload"},
    }
    assert hall.booth.turnout(poll.id).cast == 5


def test_a_ballot_and_its_card_share_no_bytes() -> None:
    hall = Hall(5)
    _, issued = hall.opened_election()
    hall.cast(issued[0].code, "ABC", "request")
    with hall.database.reading() as connection:
        (ballot,) = connection.exec_driver_sql("SELECT id, payload FROM ballot").all()
        (used,) = connection.exec_driver_sql("SELECT code_hash FROM card_used").all()
    assert used[0] == issued[0].code_hash
    assert used[0] not in (ballot[0], hashlib.sha256(ballot[1].encode()).digest())
    assert issued[0].secret_hash != ballot[0]


def test_the_ledger_shows_no_secret_ballot_before_the_close_and_none_in_plain_after() -> None:
    hall = Hall(6)
    poll, issued = hall.opened_election()
    for card in issued:
        hall.cast(card.code, "ABC")
    assert not any(entry.type is EntryType.BALLOT for entry in hall.booth.ledger(poll.id))
    hall.finish(poll.id)
    entries = hall.booth.ledger(poll.id)
    ballots = [entry for entry in entries if entry.type is EntryType.BALLOT]
    assert len(ballots) == 6
    assert [entry.payload for entry in ballots] == [None] * 6
    hashes = [entry.payload_hash for entry in ballots]
    assert hashes == sorted(hashes)
    assert b'"1110"' not in encode([entry.payload for entry in entries])


def test_every_ballot_of_a_poll_has_one_size() -> None:
    hall = Hall(6)
    _, issued = hall.opened_election()
    for card, marks in zip(issued, ["ABC", "A", "", "ABCD", "B", "CD"], strict=True):
        hall.cast(card.code, marks)
    with hall.database.reading() as connection:
        sizes = connection.exec_driver_sql("SELECT length(payload) FROM ballot").scalars().all()
    assert len(set(sizes)) == 1
