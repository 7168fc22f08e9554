"""Hints, look-alike names, and single bytes: what no file of its own stands for."""

import json
import random
import zipfile
from pathlib import Path

import pytest

from congress.kernel.canonical import encode_bytes
from congress.verifier.inspection import inspect
from congress.verifier.telling import lines
from tests.helpers.bundles import electronic, hints_of, write_zip


def test_a_member_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    path = electronic().write(tmp_path / "bundle")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("ledger.jsonl", b"")
    assert inspect(path).failed == ("members",)


def test_no_file_at_all_is_refused(tmp_path: Path) -> None:
    assert inspect(tmp_path / "nothing").failed == ("members",)
    assert inspect(tmp_path).failed == ("members",)


def test_false_hints_change_no_answer(tmp_path: Path) -> None:
    script = electronic()
    hints = bytearray(hints_of(script))
    for place in range(10, len(hints), len(hints) // 4):
        hints[place] ^= 1
    report = inspect(script.write(tmp_path / "bundle", hints=bytes(hints)), processes=1)
    assert report.holds
    assert report.false_hints >= 3
    assert any("hints that are false" in line for line in lines(report))


def test_hints_of_a_false_ballot_do_not_make_it_pass(tmp_path: Path) -> None:
    script = electronic()
    hints = hints_of(script)
    found = [bytearray(ballot) for ballot in script.ballots()]
    found[2][-100] ^= 1
    place = script.place("ballot")
    for number, ballot in enumerate(found):
        script.steps[place + number] = ("ballot", {"ballot": encode_bytes(bytes(ballot))})
    report = inspect(script.write(tmp_path / "bundle", hints=hints), processes=1)
    assert "ballots" in report.failed
    assert report.checks["ballots"].failed == 1


def test_hints_that_end_too_early_change_no_answer(tmp_path: Path) -> None:
    script = electronic()
    hints = hints_of(script)[:-5000]
    report = inspect(script.write(tmp_path / "bundle", hints=hints), processes=1)
    assert report.holds


def test_names_that_look_alike_are_pointed_out(tmp_path: Path) -> None:
    script = electronic()
    candidates = script.payload("manifest")["plan"]["contests"][0]["candidates"]
    candidates[2]["name"] = "\N{CYRILLIC CAPITAL LETTER A}n"
    candidates[1]["name"] = "Chi\N{RIGHT-TO-LEFT OVERRIDE}"
    report = inspect(script.write(tmp_path / "bundle"), processes=1)
    assert [warning.reason for warning in report.warnings] == ["unseen_letters", "look_alike"]
    assert not any("\N{RIGHT-TO-LEFT OVERRIDE}" in line for line in lines(report))


def changed_byte(data: bytes, place: int) -> bytes:
    """Return data with one bit of the byte at ``place`` flipped."""
    return data[:place] + bytes([data[place] ^ (1 << place % 8)]) + data[place + 1 :]


def test_no_byte_of_the_ledger_or_the_index_can_be_changed(tmp_path: Path) -> None:
    """Some bytes here; ``tests/attacks/every_byte.py`` tries all of them."""
    path = electronic().write(tmp_path / "good")
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    random_ = random.Random(5)
    for name, number in (("ledger.jsonl", 30), ("bundle.json", 30)):
        for place in random_.sample(range(len(members[name])), number):
            changed = tmp_path / "changed"
            with zipfile.ZipFile(changed, "w") as archive:
                for member, data in members.items():
                    archive.writestr(member, changed_byte(data, place) if member == name else data)
            assert not inspect(changed, processes=1).holds, (name, place)


def test_the_same_change_with_its_hash_told_anew_is_refused_too(tmp_path: Path) -> None:
    path = electronic().write(tmp_path / "good")
    with zipfile.ZipFile(path) as archive:
        text = archive.read("ledger.jsonl")
        index = json.loads(archive.read("bundle.json"))
    del index["files"]
    random_ = random.Random(6)
    for place in random_.sample(range(len(text)), 12):
        changed = write_zip(tmp_path / "changed", index, changed_byte(text, place))
        assert not inspect(changed, processes=1).holds, place
