"""Attacks on the file itself: its members, the lines of its ledger, its hints."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from congress.kernel.canonical import encode, encode_bytes
from tests.helpers.bundles import Script, electronic, write_zip


@dataclass(frozen=True)
class Damage:
    """One damaged file: makes it, and names the check and the reason that refuse it."""

    name: str
    check: str
    reason: str
    make: Callable[[Path], Path]


DAMAGES: dict[str, Damage] = {}
_Change = Callable[[Path], Path]


def damage(check: str, reason: str) -> Callable[[_Change], _Change]:
    """Register a way of damaging a file."""

    def register(make: _Change) -> _Change:
        name = make.__name__
        DAMAGES[name] = Damage(name, check, reason, make)
        return make

    return register


def _lines(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> Path:
    """Write a poll whose lines are changed once they are chained."""
    script = electronic()
    script.edit = change
    return script.write(path)


def _members(
    path: Path, change: Callable[[dict[str, bytes]], object], *, rehash: bool = False
) -> Path:
    """Write a poll some of whose members are changed, and their hashes told anew."""
    electronic().write(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if rehash:
        index = json.loads(members["bundle.json"])
        found = hashlib.sha256(members["ledger.jsonl"]).digest()
        index["files"]["ledger.jsonl"] = encode_bytes(found)
        members["bundle.json"] = encode(index)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


# --- the chain ---


@damage("ledger", "wrong_seq")
def entry_dropped(path: Path) -> Path:
    return _lines(path, lambda lines: lines[:9] + lines[10:])


@damage("ledger", "wrong_seq")
def entries_reordered(path: Path) -> Path:
    return _lines(path, lambda lines: [*lines[:9], lines[10], lines[9], *lines[11:]])


@damage("ledger", "other_end")
def ledger_truncated(path: Path) -> Path:
    whole = electronic().lines()
    last = json.loads(whole[-1])
    index = {
        "format": "paperless-congress-bundle",
        "v": 1,
        "election_id": "poll-1",
        "suite": json.loads(whole[0])["payload"]["suite"],
        "entries": len(whole),
        "head": last["hash"],
    }
    return write_zip(path, index, b"".join(line + b"\n" for line in whole[:-1]))


@damage("ledger", "wrong_prev")
def ledger_forked(path: Path) -> Path:
    """The end of another history of the same poll is put onto this one."""
    other = electronic()
    other.payload("open")["roll"]["session"] = "session-2"
    theirs = other.lines()
    return _lines(path, lambda lines: lines[:6] + theirs[6:])


@damage("ledger", "other_poll")
def entry_of_another_poll(path: Path) -> Path:
    theirs = electronic("poll-2").lines()
    return _lines(path, lambda lines: [*lines[:2], theirs[2], *lines[3:]])


@damage("ledger", "wrong_payload_hash")
def payload_changed(path: Path) -> Path:
    return _lines(
        path, lambda lines: [line.replace(b'"present":7', b'"present":8') for line in lines]
    )


@damage("ledger", "duplicate_key")
def duplicate_keys(path: Path) -> Path:
    return _lines(path, lambda lines: [b'{"v":1,' + lines[0][1:], *lines[1:]])


@damage("ledger", "not_canonical")
def spaces_between_members(path: Path) -> Path:
    return _lines(path, lambda lines: [lines[0].replace(b'","', b'", "', 1), *lines[1:]])


@damage("ledger", "not_nfc")
def name_in_another_normal_form(path: Path) -> Path:
    decomposed = "Bi\u0300nh".encode()
    return _lines(path, lambda lines: [lines[0].replace("Bình".encode(), decomposed), *lines[1:]])


@damage("ledger", "huge_number")
def huge_number(path: Path) -> Path:
    return _lines(
        path, lambda lines: [lines[0].replace(b'"seq":1', b'"seq":1' + b"0" * 5000), *lines[1:]]
    )


@damage("ledger", "not_whole")
def number_with_decimals(path: Path) -> Path:
    return _lines(path, lambda lines: [lines[0].replace(b'"seq":1', b'"seq":1.0'), *lines[1:]])


@damage("ledger", "too_deep")
def deep_nesting(path: Path) -> Path:
    return _lines(path, lambda lines: [b"[" * 100_000 + b"]" * 100_000, *lines[1:]])


@damage("ledger", "not_json")
def bytes_that_are_no_text(path: Path) -> Path:
    return _lines(path, lambda lines: [b"\xff\xfe", *lines[1:]])


@damage("members", "no_newline")
def last_line_without_its_end(path: Path) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        parts["ledger.jsonl"] = parts["ledger.jsonl"][:-1]

    return _members(path, change, rehash=True)


@damage("order", "out_of_order")
def ledger_without_its_start(path: Path) -> Path:
    script = electronic()
    script.remove("manifest")
    lines = Script([step for step in script.steps if step[0] != "certificate"]).lines()
    index = {
        "format": "paperless-congress-bundle",
        "v": 1,
        "election_id": "poll-1",
        "suite": "elgamal-h/secp256k1-sha512/1",
        "entries": len(lines),
        "head": json.loads(lines[-1])["hash"],
    }
    return write_zip(path, index, b"".join(line + b"\n" for line in lines))


@damage("order", "out_of_order")
def ledger_without_its_close(path: Path) -> Path:
    script = electronic()
    script.remove("close")
    return script.write(path)


@damage("order", "unfinished")
def ledger_without_its_certificate(path: Path) -> Path:
    script = electronic()
    script.remove("certificate")
    return script.write(path)


@damage("order", "withdrawn")
def poll_that_was_withdrawn(path: Path) -> Path:
    script = electronic()
    script.steps = [*script.steps[: script.place("close") + 1], ("withdraw", {"reason": "fire"})]
    return script.write(path)


# --- the members ---


@damage("members", "wrong_members")
def another_member(path: Path) -> Path:
    return _members(path, lambda parts: parts.update({"evil.py": b"print()"}))


@damage("members", "wrong_members")
def member_missing(path: Path) -> Path:
    return _members(path, lambda parts: parts.pop("ledger.jsonl"))


@damage("members", "wrong_members")
def member_outside_the_folder(path: Path) -> Path:
    return _members(path, lambda parts: parts.update({"../ledger.jsonl": b""}))


@damage("members", "wrong_file_hash")
def ledger_longer_than_its_hash_says(path: Path) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        index = json.loads(parts["bundle.json"])
        index["files"]["ledger.jsonl"] = encode_bytes(bytes(32))
        parts["bundle.json"] = encode(index)

    return _members(path, change)


@damage("members", "not_canonical")
def index_written_otherwise(path: Path) -> Path:
    return _members(path, lambda parts: parts.update({"bundle.json": parts["bundle.json"] + b"\n"}))


@damage("members", "unknown_member")
def index_that_says_more(path: Path) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        parts["bundle.json"] = encode({**json.loads(parts["bundle.json"]), "trust": "me"})

    return _members(path, change)


@damage("members", "unreadable")
def no_archive(path: Path) -> Path:
    path.write_bytes(b"PK\3\4 but nothing more")
    return path


@damage("members", "unreadable")
def archive_cut_off(path: Path) -> Path:
    electronic().write(path)
    path.write_bytes(path.read_bytes()[:-200])
    return path


@damage("members", "unreadable")
def archive_with_a_flipped_bit(path: Path) -> Path:
    electronic().write(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    return path


@damage("members", "unreadable")
def encrypted_member(path: Path) -> Path:
    electronic().write(path)
    data = bytearray(path.read_bytes())
    for mark, flag in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + flag] |= 1
    path.write_bytes(data)
    return path


@damage("members", "too_large")
def endless_line(path: Path) -> Path:
    """A bomb: a small file with one line that is longer than any entry."""
    bomb = {"ledger.jsonl": b"[" * (40 << 20)}
    return _members(path, lambda parts: parts.update(bomb), rehash=True)


@damage("members", "too_large")
def member_that_promises_too_much(path: Path) -> Path:
    electronic().write(path)
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\1\2", 0, data.rfind(b"ledger.jsonl"))
    data[place + 24 : place + 28] = (0xFFFF_FFFE).to_bytes(4, "little")
    place = data.rfind(b"PK\1\2", 0, data.rfind(b"bundle.json"))
    data[place + 24 : place + 28] = (0xFFFF_FFFE).to_bytes(4, "little")
    path.write_bytes(data)
    return path
