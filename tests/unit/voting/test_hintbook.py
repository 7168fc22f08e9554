"""Hints are handed on from check to check, and never believed."""

from pathlib import Path
from typing import Any

import pytest

from congress.kernel.canonical import decode_bytes
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PollId
from congress.kernel.progress import Silent
from congress.voting.bundle import write_bundle
from congress.voting.closedbox import closed_box
from congress.voting.crypto import batch
from congress.voting.election import election_of
from congress.voting.hintbook import HintBook
from congress.voting.ledger import Entry, EntryType
from congress.voting.trustees import decryption
from tests.helpers.encryptedpolls import chained, steps
from tests.helpers.hall import APPROVAL, Hall


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return chained(steps())


@pytest.fixture
def book(entries: tuple[Entry, ...]) -> HintBook:
    """What one check of the poll came to."""
    book = HintBook()
    closed_box(entries, Silent(), book)
    return book


def alone(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return the ballots that are checked one by one from now on."""
    checked: list[bytes] = []
    honest = batch._verify_one

    def verify(context: object, layouts: object, ballot: bytes, wanted: bool) -> bytes | None:
        checked.append(ballot)
        return honest(context, layouts, ballot, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(batch, "_verify_one", verify)
    return checked


def test_the_second_check_works_nothing_out_again(
    entries: tuple[Entry, ...], book: HintBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = alone(monkeypatch)
    assert decryption.examine(entries, hints=book).ballots == 5
    assert checked == []
    decryption.examine(entries)
    assert len(checked) == 5


def test_a_false_hint_makes_no_ballot_hold_and_none_fail(
    entries: tuple[Entry, ...], book: HintBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    election = election_of(entries)
    hints = dict(book.of(election))
    first = next(iter(hints))
    hints[first] = bytes([hints[first][0] ^ 1]) + hints[first][1:]
    book.keep(election, hints)
    checked = alone(monkeypatch)
    assert closed_box(entries, Silent(), book) == closed_box(entries, Silent())
    assert checked


def test_a_bent_ballot_is_refused_whatever_hints_it_is_given(
    entries: tuple[Entry, ...], book: HintBook
) -> None:
    bent = steps()
    place = next(at for at, (kind, _) in enumerate(bent) if kind is EntryType.BALLOT)
    payload: Any = entries[place].payload
    ballot = bytearray(decode_bytes(payload["ballot"]))
    ballot[-100] ^= 1
    bent[place] = (EntryType.BALLOT, {"ballot": bytes(ballot)})
    forged = chained(bent)
    election = election_of(forged)
    honest = book.of(election)
    book.keep(election, {**honest, forged[place].payload_hash: honest[entries[place].payload_hash]})
    with pytest.raises(RefusedError, match=r"voting\.ledger_broken") as caught:
        closed_box(forged, Silent(), book)
    assert caught.value.params == {"position": place + 1, "reason": "proofs"}


def test_hints_of_another_poll_and_too_many_are_not_kept(
    entries: tuple[Entry, ...], book: HintBook
) -> None:
    election = election_of(entries)
    assert len(book.of(election)) == 5
    other = PollId("b" * 26)
    assert not book.of(election_of(chained(steps(poll=other), other)))
    small = HintBook(100)
    closed_box(entries, Silent(), small)
    assert not small.of(election)


def test_trustees_and_the_bundle_go_on_from_what_the_desk_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = Hall()
    poll, cards = hall.opened_election()
    for card in cards[:4]:
        hall.cast(card.code, "ABC")
    hall.booth.close(poll.id, APPROVAL)
    hall.booth.encrypted_tally(poll.id, APPROVAL)
    checked = alone(monkeypatch)
    hall.decrypt(poll.id)
    hall.booth.tally(poll.id)
    hall.booth.certify(poll.id, APPROVAL)
    whole = hall.booth.whole_ledger(poll.id)
    write_bundle(tmp_path / "quick", whole, hints=hall.booth.hints)
    assert checked == []
    write_bundle(tmp_path / "slow", whole)
    assert (tmp_path / "quick").read_bytes() == (tmp_path / "slow").read_bytes()
    assert closed_box(whole, Silent(), hall.booth.hints).ballots
