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
from pathlib import Path
from typing import IO, Any

from congress.i18n.translator import Translator
from congress.kernel.canonical import encode
from congress.kernel.errors import RefusedError
from congress.kernel.progress import Progress, Silent
from congress.kernel.settings import LANGUAGES
from congress.storage.files import PART, sync_folder
from congress.voting import ledger
from congress.voting.crypto.batch import verify_many
from congress.voting.crypto.context import SUITE
from congress.voting.election import Election, election_of
from congress.voting.evidence import ballot_of
from congress.voting.hintbook import HintBook
from congress.voting.ledger import Entry, EntryType

FORMAT, VERSION = "paperless-congress-bundle", 1
INDEX, LEDGER, HINTS, README = "bundle.json", "ledger.jsonl", "hints.bin", "README.txt"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date that a ZIP file can hold."""
_UNIX, _READABLE = 3, 0o644 << 16


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


def readme() -> str:
    """Return how to check a bundle, in every language."""
    return "\n".join(Translator(language)("bundle.readme") for language in LANGUAGES)


def write_bundle(
    path: Path,
    entries: Sequence[Entry],
    *,
    workers: int | None = None,
    hints: HintBook | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the bundle of a poll; every ballot is checked on the way.

    The file is there whole or not at all.

    Args:
        path: Where; an older file is replaced.
        entries: The whole ledger, with all payloads.
        workers: Processes; by default one for each processor.
        hints: What earlier checks came to; checked, so the bytes are the same without.
        progress: Told how many ballots are done; may cancel.

    Raises:
        RefusedError: ``voting.not_certified`` before the poll has ended in a certificate;
            ``voting.ledger_broken`` if the ledger or a ballot on it does not hold.
        InputError: As ``election_of``.
        Cancelled: The person cancelled; nothing was written.
        OSError: It cannot be written; nothing was changed.
    """
    if not entries or entries[-1].type is not EntryType.CERTIFICATE:
        raise RefusedError("voting.not_certified")
    position = ledger.flaw(entries)
    if position is not None:
        raise RefusedError("voting.ledger_broken", position=position)
    manifest: Any = entries[0].payload
    election = election_of(entries) if manifest["suite"] == SUITE else None
    with _replaced(path) as file, zipfile.ZipFile(file, "w") as archive:
        hashes = {LEDGER: _write(archive, LEDGER, map(line_of, entries))}
        if election is not None:
            known = (hints or HintBook(0)).of(election)
            hashes[HINTS] = _write_hints(
                archive, election, entries, workers, known, progress or Silent()
            )
        hashes[README] = _write(archive, README, [readme().encode("utf-8")])
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
    election: Election,
    entries: Sequence[Entry],
    workers: int | None,
    known: Mapping[bytes, bytes],
    progress: Progress,
) -> bytes:
    cast = [entry for entry in entries if entry.type is EntryType.BALLOT]
    hashed = hashlib.sha256()
    with _member(archive, HINTS) as member:

        def take(_: int, hints: bytes) -> None:
            hashed.update(hints)
            member.write(hints)

        bad = verify_many(
            election.context,
            election.layouts,
            [ballot_of(entry) for entry in cast],
            workers=workers,
            hints=take,
            given=[known.get(entry.payload_hash, b"") for entry in cast] if known else None,
            progress=progress,
        )
    if bad:
        raise RefusedError("voting.ledger_broken", position=cast[bad[0]].seq)
    return hashed.digest()


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
