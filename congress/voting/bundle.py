"""A poll's bundle: everything that anyone needs to check it, in one file (section 12).

A ZIP file without compression, with fixed dates: the same ledger gives the same bytes on
every machine, so that two observers can compare their copies by hash. Most of it is random
numbers, which no compression makes smaller anyway.
"""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from congress.kernel.canonical import Json, decode_bytes, encode
from congress.kernel.errors import RefusedError
from congress.kernel.progress import Progress, Silent
from congress.storage.files import PART, sync_folder
from congress.voting import ledger
from congress.voting.crypto.batch import verify_many
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.layout import Layout
from congress.voting.ledger import Entry, EntryType

FORMAT, VERSION = "paperless-congress-bundle", 1
INDEX, LEDGER, HINTS, README = "bundle.json", "ledger.jsonl", "hints.bin", "README.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP file can hold."""
_UNIX, _READABLE = 3, 0o644 << 16


@dataclass(frozen=True, slots=True)
class Setting:
    """What the ballots of an encrypted poll are made and checked with.

    Attributes:
        context: The poll and its key.
        layouts: One for each contest.
    """

    context: Context
    layouts: tuple[Layout, ...]


def setting_of(entries: Sequence[Entry]) -> Setting | None:
    """Return what the ballots of a ledger were encrypted with, or ``None`` if they were not.

    Args:
        entries: A whole ledger, or its beginning up to the trustees.

    Raises:
        InputError: ``voting.bad_layout`` or ``voting.bad_ceremony``.
    """
    manifest: Any = entries[0].payload
    if manifest["suite"] != SUITE:
        return None
    payload: Any = next(item.payload for item in entries if item.type is EntryType.TRUSTEES)
    ceremony = Ceremony.from_json(payload["ceremony"])
    return Setting(
        Context(SUITE, entries[0].election_id, entries[0].payload_hash, ceremony),
        tuple(Layout.from_json(item) for item in manifest["layouts"]),
    )


def with_payloads(entries: Sequence[Entry], payloads: Sequence[Json]) -> tuple[Entry, ...]:
    """Return a ledger with the payloads of its ballots, which its store withholds.

    Args:
        entries: The ledger.
        payloads: Of all ballots, in any order.

    Raises:
        RefusedError: ``voting.ledger_broken`` if a ballot is missing.
    """
    by_hash = {ledger.payload_hash(payload): payload for payload in payloads}
    whole = tuple(
        replace(entry, payload=by_hash.get(entry.payload_hash)) if _withheld(entry) else entry
        for entry in entries
    )
    for entry in whole:
        if _withheld(entry):
            raise RefusedError("voting.ledger_broken", position=entry.seq)
    return whole


def _withheld(entry: Entry) -> bool:
    return entry.type is EntryType.BALLOT and entry.payload is None


def line_of(entry: Entry) -> bytes:
    """Return an entry as it stands in ``ledger.jsonl``, the newline included."""
    fields = {
        "v": entry.v,
        "election_id": entry.election_id,
        "seq": entry.seq,
        "type": entry.type.value,
        "payload_hash": entry.payload_hash,
        "prev": entry.prev,
        "hash": entry.hash,
        "payload": entry.payload,
    }
    return encode(fields) + b"\n"


def write_bundle(
    path: Path,
    entries: Sequence[Entry],
    readme: str,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the bundle of a poll; every ballot is checked on the way.

    The file is there whole or not at all.

    Args:
        path: Where; an older file is replaced.
        entries: The whole ledger, with all payloads.
        readme: How to check the bundle.
        workers: Processes; by default one for each processor.
        progress: Told how many ballots are done; may cancel.

    Raises:
        RefusedError: ``voting.ledger_broken`` if the ledger or a ballot on it does not hold.
        InputError: As ``setting_of``.
        Cancelled: The person cancelled; nothing was written.
        OSError: It cannot be written; nothing was changed.
    """
    position = ledger.flaw(entries)
    if position is not None:
        raise RefusedError("voting.ledger_broken", position=position)
    setting = setting_of(entries)
    with _replaced(path) as file, zipfile.ZipFile(file, "w") as archive:
        hashes = {LEDGER: _write(archive, LEDGER, map(line_of, entries))}
        if setting is not None:
            hashes[HINTS] = _write_hints(archive, setting, entries, workers, progress or Silent())
        hashes[README] = _write(archive, README, [readme.encode("utf-8")])
        _write(archive, INDEX, [encode(_index(entries, hashes))])


def _index(entries: Sequence[Entry], hashes: Mapping[str, bytes]) -> dict[str, object]:
    manifest: Any = entries[0].payload
    return {
        "format": FORMAT,
        "v": VERSION,
        "election_id": entries[0].election_id,
        "suite": manifest["suite"],
        "entries": len(entries),
        "head": entries[-1].hash,
        "files": dict(hashes),
    }


def _write(archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes] | list[bytes]) -> bytes:
    """Write a member and return its SHA-256 (32 bytes)."""
    hashed = hashlib.sha256()
    with _member(archive, name) as member:
        for piece in pieces:
            hashed.update(piece)
            member.write(piece)
    return hashed.digest()


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system, info.external_attr = _UNIX, _READABLE
    return archive.open(info, "w", force_zip64=True)


def _write_hints(
    archive: zipfile.ZipFile,
    setting: Setting,
    entries: Sequence[Entry],
    workers: int | None,
    progress: Progress,
) -> bytes:
    cast = [entry for entry in entries if entry.type is EntryType.BALLOT]
    hashed = hashlib.sha256()
    with _member(archive, HINTS) as member:

        def take(_: int, hints: bytes) -> None:
            hashed.update(hints)
            member.write(hints)

        bad = verify_many(
            setting.context,
            setting.layouts,
            [ballot_of(entry) for entry in cast],
            workers=workers,
            hints=take,
            progress=progress,
        )
    if bad:
        raise RefusedError("voting.ledger_broken", position=cast[bad[0]].seq)
    return hashed.digest()


def ballot_of(entry: Entry) -> bytes:
    """Return the encrypted ballot of a ``ballot`` entry with its payload.

    Raises:
        InputError: ``canonical.bad_bytes``.
    """
    payload: Any = entry.payload
    return decode_bytes(payload["ballot"])


@contextmanager
def _replaced(path: Path) -> Iterator[IO[bytes]]:
    """Yield a file that takes the place of ``path`` if nothing goes wrong."""
    descriptor, name = tempfile.mkstemp(suffix=PART, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
