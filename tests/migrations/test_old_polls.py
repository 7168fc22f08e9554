"""Polls of the version before ballots were encrypted: read and withdrawn, and nothing else."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from congress.kernel.canonical import Json, decode, encode
from congress.kernel.clock import ManualClock
from congress.kernel.errors import RefusedError
from congress.kernel.events import EventBus
from congress.kernel.ids import PollId
from congress.kernel.signing import Signer
from congress.storage import migrate
from congress.storage.database import Database
from congress.storage.engine import sqlcipher_engine
from congress.storage.faults import WRITING
from congress.storage.opening import open_file
from congress.voting import store
from congress.voting.codec import plan_to_json, roll_figures, roll_to_json
from congress.voting.ledger import (
    Entry,
    EntryType,
    Head,
    flaw,
    following,
    following_ballots,
    payload_hash,
)
from congress.voting.model import (
    Candidate,
    Contest,
    Kind,
    Method,
    Plan,
    Secrecy,
    State,
    Turnout,
)
from congress.voting.outcome import Outcome, Reconciliation, TieDecision
from tests.helpers.hall import APPROVAL, Hall, delegates, roll_of
from tests.helpers.vaults import KEY, MORNING
from tests.unit.voting.test_packs import CLUB

T = EntryType
ROLL = roll_of(delegates(5))
PLAINS: list[Json] = [{"bits": ["10"], "nonce": f"{number:032x}"} for number in range(4)]
ENDS = {
    State.OPEN: T.OPEN,
    State.CLOSED: T.CLOSE,
    State.TALLIED: T.RESULT,
    State.CERTIFIED: T.CERTIFICATE,
}
HELD = [(state, secrecy) for state in ENDS for secrecy in Secrecy]


def old_id(state: State, secrecy: Secrecy) -> PollId:
    return PollId(f"{state.value}{secrecy.value}".ljust(26, "a"))


def old_plan(secrecy: Secrecy) -> dict[str, Json]:
    names = (Candidate("A", "Name A"), Candidate("B", "Name B"))
    contest = Contest("election", "Board", Method.PLURALITY, 1, names)
    plan = Plan("Board", Kind.ELECTION, secrecy, "club", "board", (contest,))
    return {
        key: value
        for key, value in plan_to_json(plan).items()
        if key not in ("channel", "sections")
    }


def payloads(secrecy: Secrecy) -> Iterator[tuple[EntryType, Json]]:
    """Yield what the ledger of such a poll held, without the ballots of a secret one."""
    yield T.MANIFEST, {"plan": old_plan(secrecy), "pack": CLUB, "suite": "unsealed/1"}
    if secrecy is Secrecy.SECRET:
        yield T.CREDENTIALS, {"cards": ["a", "b"]}
    yield T.OPEN, {"roll": roll_figures(ROLL), "approved_by": ["m"]}
    if secrecy is Secrecy.OPEN:
        for person in delegates(4):
            yield T.BALLOT, {"person": person.id, "badge": person.badge, "bits": ["10"]}
    yield T.CLOSE, {"ballots": 4, "approved_by": ["m"]}
    cells: Json = {"A": 4, "B": 0}
    count: Json = {"contest": "election", "cast": 4, "blank": 0, "invalid": 0, "cells": cells}
    figures = {"issued": 5, "drawn": 5, "cast": 4, "marked": 4, "spoiled": 0, "unused": 1}
    yield T.RESULT, {"counts": [count], "entitled": 5, "reconciliation": figures}
    body, signer = {"v": 1, "suite": "unsealed/1"}, Signer(bytes(32))
    signature = signer.sign("certificate", body)
    signed = {"body": body, "public_key": signer.public_key, "signature": signature}
    yield T.CERTIFICATE, decode(encode(signed))


def old_ledger(state: State, secrecy: Secrecy) -> list[Entry]:
    poll_id, entries, head = old_id(state, secrecy), list[Entry](), Head()
    for kind, payload in payloads(secrecy):
        if kind is T.CLOSE and state is State.OPEN:
            break
        if kind is T.CLOSE and secrecy is Secrecy.SECRET:
            entries += following_ballots(head, poll_id, map(payload_hash, PLAINS))
            head = Head(entries[-1].seq, entries[-1].hash)
        entries.append(following(head, poll_id, kind, payload))
        head = Head(entries[-1].seq, entries[-1].hash)
        if kind is ENDS[state] and kind is not T.OPEN:
            break
    return entries


def write_old(connection: Connection, number: int, state: State, secrecy: Secrecy) -> None:
    poll_id = old_id(state, secrecy)
    connection.execute(
        text("INSERT INTO poll (id, number, state, plan, roll) VALUES (:id, :no, :st, :pl, :ro)"),
        {
            "id": poll_id,
            "no": number,
            "st": state.value,
            "pl": encode(old_plan(secrecy)).decode(),
            "ro": encode(roll_to_json(ROLL)).decode(),
        },
    )
    store.append(connection, old_ledger(state, secrecy))
    if secrecy is Secrecy.SECRET:
        for place, plain in enumerate(PLAINS):
            connection.execute(
                text("INSERT INTO ballot (poll_id, id, payload) VALUES (:poll, :id, :payload)"),
                {"poll": poll_id, "id": bytes([place] * 32), "payload": encode(plain).decode()},
            )


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """A hall that goes on with a file of the version before."""
    path = tmp_path / "congress.db"
    engine = sqlcipher_engine(path, KEY, create=True)
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        migrate.upgrade(connection, "congress", "0015_proxies")
        for number, (state, secrecy) in enumerate(HELD, start=1):
            write_old(connection, number, state, secrecy)
        connection.commit()
    engine.dispose()
    upgraded = open_file(path, "congress", KEY, MORNING)
    database = Database("congress", upgraded, ManualClock(MORNING), EventBus())
    yield Hall(5, database=database)
    database.close()


@pytest.mark.parametrize("secrecy", Secrecy)
def test_a_certified_result_is_read_as_before(hall: Hall, secrecy: Secrecy) -> None:
    poll_id = old_id(State.CERTIFIED, secrecy)
    result = hall.booth.result(poll_id)
    assert result.counts[0].cells == {"A": 4, "B": 0}
    assert result.verdicts[0].outcome is Outcome.FILLED
    assert result.certificate is not None
    assert result.reconciliation == Reconciliation(5, 5, 4, 4, 0, 1)
    assert hall.booth.reconciliation(poll_id) == result.reconciliation
    assert hall.booth.turnout(poll_id) == Turnout(4, 5)
    assert len(result.votes) == (4 if secrecy is Secrecy.OPEN else 0)
    assert flaw(hall.booth.ledger(poll_id)) is None
    with pytest.raises(RefusedError, match=r"voting\.nothing_left"):
        hall.booth.next_round(poll_id)


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
@pytest.mark.parametrize("secrecy", Secrecy)
def test_an_unfinished_poll_can_only_be_withdrawn(
    hall: Hall, state: State, secrecy: Secrecy
) -> None:
    booth, poll_id = hall.booth, old_id(state, secrecy)
    steps: list[Callable[[], object]] = [
        lambda: booth.suspend(poll_id),
        lambda: booth.checkpoint(poll_id),
        lambda: booth.extend(poll_id, None, APPROVAL),
        lambda: booth.close(poll_id, APPROVAL),
        lambda: booth.encrypted_tally(poll_id, APPROVAL),
        lambda: booth.tally(poll_id),
        lambda: booth.certify(poll_id, APPROVAL),
        lambda: booth.resolve_tie(poll_id, TieDecision("election", ("A",), "")),
        lambda: booth.draw_cards_present(poll_id),
        lambda: booth.void_unused_cards(poll_id),
        lambda: booth.issue_cards(poll_id, 5),
    ]
    before = booth.ledger(poll_id)
    for step in steps:
        with pytest.raises(RefusedError, match=r"voting\.(old_ledger|wrong_order|no_cards_needed)"):
            step()
    assert booth.ledger(poll_id) == before
    assert booth.withdraw(poll_id).state is State.WITHDRAWN
    assert flaw(booth.ledger(poll_id)) is None


def test_nobody_is_let_in_to_an_old_poll(hall: Hall) -> None:
    with pytest.raises(RefusedError, match=r"voting\.old_ledger"):
        hall.booth.admit("D-005")


def test_a_counted_poll_stays_as_it_was_counted(hall: Hall) -> None:
    poll_id = old_id(State.TALLIED, Secrecy.SECRET)
    assert hall.booth.result(poll_id).verdicts[0].elected == ("A",)
    with pytest.raises(RefusedError, match=r"voting\.old_ledger"):
        hall.booth.certify(poll_id, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        hall.booth.withdraw(poll_id)


def test_no_ballot_in_plain_is_left(hall: Hall) -> None:
    with hall.database.reading() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert "ballot_box" in tables
    assert not {"ballot", "card", "card_used", "card_spoiled"}.intersection(tables)


def test_new_polls_are_held_beside_the_old_ones(hall: Hall) -> None:
    poll, cards = hall.opened_election()
    for card in cards:
        hall.cast(card.code, "ABC")
    hall.finish(poll.id)
    assert hall.booth.result(poll.id).counts[0].cast == 5
