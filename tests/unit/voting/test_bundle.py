"""Bundles: the same bytes each time, whole or not at all, and the verifier finds them right."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from congress.kernel.canonical import Json, decode, encode_bytes
from congress.kernel.errors import Cancelled, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.progress import CancelFlag
from congress.verifier.inspection import inspect
from congress.verifier.report import Report
from congress.voting.bundle import HINTS, INDEX, LEDGER, README, readme, write_bundle
from congress.voting.ledger import Entry, EntryType
from tests.helpers.hall import Hall


@pytest.fixture(scope="module")
def hall() -> Hall:
    return Hall()


@pytest.fixture(scope="module")
def secret(hall: Hall) -> tuple[Entry, ...]:
    """The ledger of a secret election, held by the booth."""
    poll, cards = hall.opened_election()
    for card, marks in zip(cards, ("ABC", "ABC", "AB", "", "ABCD", "BC"), strict=False):
        hall.cast(card.code, marks)
    hall.booth.challenge(hall.prepare(cards[6].code, "A"))
    hall.booth.checkpoint(poll.id)
    hall.booth.suspend(poll.id)
    hall.booth.resume(poll.id)
    hall.cast(cards[6].code, "ABC")
    for card in cards[7:]:
        hall.booth.void_card(poll.id, card.code)
    hall.finish(poll.id)
    return hall.booth.whole_ledger(poll.id)


@pytest.fixture(scope="module")
def open_poll(hall: Hall) -> PollId:
    poll = hall.opened_motion()
    hall.vote(hall.badges(0, 6), "yes")
    hall.booth.checkpoint(poll.id)
    hall.vote(hall.badges(6, 9), "no")
    hall.finish(poll.id)
    return poll.id


def verified(path: Path, *, with_hints: bool = True) -> Report:
    report = inspect(path, with_hints=with_hints, processes=1)
    assert report.failed == ()
    return report


def test_a_secret_poll_of_the_booth_is_verified(secret: tuple[Entry, ...], tmp_path: Path) -> None:
    path = tmp_path / "poll.zip"
    write_bundle(path, secret)
    assert verified(path).holds
    assert verified(path, with_hints=False).holds
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [LEDGER, HINTS, README, INDEX]


def test_an_open_poll_of_the_booth_is_verified(
    hall: Hall, open_poll: PollId, tmp_path: Path
) -> None:
    path = tmp_path / "poll.zip"
    write_bundle(path, hall.booth.whole_ledger(open_poll))
    report = verified(path)
    assert report.holds
    assert list(report.at_checkpoints.values()) == [6]
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [LEDGER, README, INDEX]


def test_the_same_ledger_gives_the_same_bytes(secret: tuple[Entry, ...], tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    write_bundle(one, secret)
    other.write_bytes(b"an older file")
    write_bundle(other, secret, workers=1)
    assert one.read_bytes() == other.read_bytes()


def test_every_line_of_the_ledger_is_canonical(secret: tuple[Entry, ...], tmp_path: Path) -> None:
    path = tmp_path / "poll.zip"
    write_bundle(path, secret)
    with zipfile.ZipFile(path) as archive:
        lines = archive.read(LEDGER).splitlines()
        index = json.loads(archive.read(INDEX))
        assert archive.read(README).decode("utf-8") == readme()
    entries = [decode(line) for line in lines]
    assert len(entries) == len(secret) == index["entries"]
    assert index["head"] == encode_bytes(secret[-1].hash)
    assert all(isinstance(entry, dict) and entry["payload"] is not None for entry in entries)


def refused(entries: tuple[Entry, ...], folder: Path) -> str:
    with pytest.raises(RefusedError) as caught:
        write_bundle(folder / "poll.zip", entries)
    assert list(folder.iterdir()) == []
    return caught.value.code


def test_nothing_is_written_before_the_certificate(
    secret: tuple[Entry, ...], tmp_path: Path
) -> None:
    assert refused(secret[:-1], tmp_path) == "voting.not_certified"
    assert refused((), tmp_path) == "voting.not_certified"


def test_nothing_is_written_of_a_broken_ledger(secret: tuple[Entry, ...], tmp_path: Path) -> None:
    assert refused((*secret[:3], *secret[4:]), tmp_path) == "voting.ledger_broken"


def test_nothing_is_written_of_a_poll_whose_ballots_are_withheld(
    secret: tuple[Entry, ...], tmp_path: Path
) -> None:
    bare = tuple(
        replace(entry, payload=None) if entry.type is EntryType.BALLOT else entry
        for entry in secret
    )
    assert refused(bare, tmp_path) == "voting.ledger_broken"


def test_nothing_is_written_of_a_false_ballot(
    secret: tuple[Entry, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if its hash had been made to fit."""
    monkeypatch.setattr("congress.voting.ledger.flaw", lambda entries: None)
    place = next(at for at, entry in enumerate(secret) if entry.type is EntryType.BALLOT)
    payload: Json = secret[place + 1].payload
    assert isinstance(payload, dict)
    text = payload["ballot"]
    assert isinstance(text, str)
    false = {"ballot": text[:-10] + ("A" if text[-10] != "A" else "B") + text[-9:]}
    entries = (*secret[:place], replace(secret[place], payload=false), *secret[place + 1 :])
    assert refused(entries, tmp_path) == "voting.ledger_broken"


def test_a_cancelled_bundle_leaves_nothing(secret: tuple[Entry, ...], tmp_path: Path) -> None:
    class Stopped(CancelFlag):
        def report(self, done: int, total: int, label: str = "") -> None:
            self.raise_flag()

    with pytest.raises(Cancelled):
        write_bundle(tmp_path / "poll.zip", secret, progress=Stopped())
    assert list(tmp_path.iterdir()) == []
