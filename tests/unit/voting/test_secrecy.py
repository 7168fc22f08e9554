"""Whether somebody who reads the tables could put voters, cards and votes together again."""

import hashlib
import random
from collections.abc import Mapping

import pytest

from congress.kernel.canonical import encode
from congress.kernel.ids import PollId
from congress.voting.cards import Card, new_card
from congress.voting.crypto.group import ORDER
from congress.voting.crypto.layout import ballot_length
from congress.voting.layouts import layouts_of
from congress.voting.ledger import EntryType
from congress.voting.model import Ballot
from tests.helpers.hall import APPROVAL, Hall

_NO_ORDER = (
    "credential",
    "credential_void",
    "card_drawn",
    "ballot_box",
    "ciphertext_place",
    "poll_ledger",
    "poll",
)


class _Steady:
    """Random numbers that follow from the voter, so that two runs can be compared."""

    def __init__(self) -> None:
        self.voter, self.drawn = "", 0

    def begin(self, voter: str) -> None:
        self.voter, self.drawn = voter, 0

    def scalar(self) -> int:
        self.drawn += 1
        seed = f"{self.voter} {self.drawn}".encode()
        return int.from_bytes(hashlib.sha512(seed).digest(), "big") % ORDER


def _vote(
    order: list[int], monkeypatch: pytest.MonkeyPatch
) -> Mapping[str, list[tuple[object, ...]]]:
    monkeypatch.setattr("congress.voting.parts.new_id", lambda: "p" * 26)
    steady, numbers = _Steady(), iter(range(1000))

    def card(poll_id: PollId, parts: int) -> Card:
        digest = hashlib.sha256(str(next(numbers)).encode()).digest()
        return new_card(poll_id, parts, lambda length: digest[:length])

    monkeypatch.setattr("congress.voting.cards.new_card", card)
    for module in ("ballots", "proofs", "schnorr"):
        monkeypatch.setattr(f"congress.voting.crypto.{module}.random_scalar", steady.scalar)
    hall = Hall(40)
    poll, issued = hall.opened_election()
    choices = [frozenset(choice) for choice in ("ABC", "ABD", "ACD", "BCD")]
    for voter in order:
        steady.begin(f"voter {voter}")
        admission = hall.booth.admit(issued[voter].code)
        hall.booth.cast(
            hall.booth.prepare(admission, Ballot((choices[voter % 4],))), f"request {voter}"
        )
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
    assert len(first["ballot_box"]) == 40
    for table in _NO_ORDER:
        assert first[table] == second[table], table


def test_no_table_of_a_secret_poll_has_a_row_number_a_time_or_a_voter() -> None:
    hall = Hall(5)
    poll, issued = hall.opened_election()
    for card in issued:
        hall.cast(card.code, "ABC")
    columns: dict[str, set[str]] = {}
    with hall.database.reading() as connection:
        for table in _NO_ORDER[:5]:
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}")
            columns[table] = set(rows.keys())
            with pytest.raises(Exception, match="no such column: rowid"):
                connection.exec_driver_sql(f"SELECT rowid FROM {table}")
    assert columns == {
        "credential": {"poll_id", "public_key", "parts", "ballot_id"},
        "credential_void": {"poll_id", "public_key"},
        "card_drawn": {"poll_id", "person_id", "cards"},
        "ballot_box": {"poll_id", "public_key", "filled", "ballot"},
        "ciphertext_place": {"poll_id", "place", "marks"},
    }
    assert hall.booth.turnout(poll.id).cast == 5


def test_a_ballot_lies_in_the_place_of_the_credential_it_names_and_of_nothing_else() -> None:
    hall = Hall(5)
    _, issued = hall.opened_election()
    hall.cast(issued[0].code, "ABC", "request")
    with hall.database.reading() as connection:
        ((key, ballot),) = connection.exec_driver_sql(
            "SELECT public_key, ballot FROM ballot_box WHERE filled"
        ).all()
        ((used, name),) = connection.exec_driver_sql(
            "SELECT public_key, ballot_id FROM credential WHERE ballot_id <> zeroblob(32)"
        ).all()
        places = connection.exec_driver_sql("SELECT marks FROM ciphertext_place").scalars().all()
    assert key == used == issued[0].public_key == ballot[4:37]
    assert name not in (used, hashlib.sha256(used).digest(), hashlib.sha256(ballot).digest())
    marks = {place[at : at + 16] for place in places for at in range(0, len(place), 16)}
    assert len(marks) > 4
    assert not any(mark in ballot for mark in marks - {bytes(16)})


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
    poll, issued = hall.opened_election()
    for card, marks in zip(issued, ["ABC", "A", "", "ABCD", "B", "CD"], strict=True):
        hall.cast(card.code, marks)
    with hall.database.reading() as connection:
        (size,) = connection.exec_driver_sql(
            "SELECT DISTINCT length(ballot) FROM ballot_box"
        ).scalars()
    assert size == ballot_length(layouts_of(poll.plan, hall.rule(poll)))
