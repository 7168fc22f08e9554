"""The file of a pack: a signed manifest, and behind it the sealed files it names.

Everything is at a place the manifest fixes, so there is one way to read a file and no second
directory that could disagree with it (as in a ZIP). The manifest is signed with the key of the
congress; it gives the length and SHA-256 of every part, and the parts fill the file to its end. All
of it is checked before a first byte is unpacked.

::

    offset  size  field
         0     8  magic, with the version of the container
         8     4  length of the manifest in bytes, big endian
        12     .  manifest, canonical JSON (``congress.kernel.canonical``)
         .    64  Ed25519 signature of the manifest for the purpose ``pack``
         .     .  the parts, in the order of the manifest
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from congress.docs.packs.model import FORMAT, VERSION, Manifest, PackId, Part, RecipientId
from congress.kernel.canonical import Json, decode, encode
from congress.kernel.errors import CongressError, EnvironmentFault, InputError, RefusedError
from congress.kernel.progress import Progress, Silent
from congress.kernel.signing import Signer, verify
from congress.storage import faults
from congress.storage.files import PART, sync_folder, write_whole

MAGIC = b"PCPACK\x00\x01"
_SIGNATURE = 64
_MOST_MANIFEST = 8 * 1024 * 1024
_PIECE = 1024 * 1024
_PURPOSE = "pack"
_NAME = re.compile(r"vault\.json|[a-z0-9-]{1,60}\.db|blobs/[a-z2-7]{26}")
MANIFEST_FILE = "pack.json"
"""The manifest and its signature beside an unpacked vault, by which it is known as a pack."""


def parts_of(folder: Path, progress: Progress) -> Sequence[Part]:
    """Return the files of the vault in ``folder`` that go into a pack, with their hashes.

    Raises:
        EnvironmentFault: ``disk.failed``.
        Cancelled: The person cancelled.
    """
    names = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )
    chosen = [name for name in names if _NAME.fullmatch(name)]
    return [_measured(folder / name, name, progress) for name in chosen]


def _measured(path: Path, name: str, progress: Progress) -> Part:
    digest, size = hashlib.sha256(), 0
    with faults.naming(path), path.open("rb") as file:
        while piece := file.read(_PIECE):
            progress.check()
            digest.update(piece)
            size += len(piece)
    return Part(name, size, digest.digest())


def write_pack(
    path: Path, folder: Path, manifest: Manifest, signer: Signer, progress: Progress | None = None
) -> None:
    """Write a pack to ``path``: whole, or not at all.

    Args:
        path: The file; it must not exist.
        folder: The vault whose files ``manifest`` names.
        manifest: What to sign.
        signer: The key of the congress.
        progress: Told of each part.

    Raises:
        InputError: ``pack.exists``.
        EnvironmentFault: ``disk.full``, ``disk.failed`` or ``vault.read_only``.
        Cancelled: The person cancelled.
    """
    progress = progress or Silent()
    if path.exists():
        raise InputError("pack.exists", file=path.name)
    value = _written(manifest)
    body = encode(value)
    with faults.naming(path):
        descriptor, name = tempfile.mkstemp(suffix=PART, dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(MAGIC + len(body).to_bytes(4, "big") + body)
                file.write(signer.sign(_PURPOSE, value))
                for done, part in enumerate(manifest.parts):
                    progress.report(done, len(manifest.parts), path.name)
                    with (folder / part.name).open("rb") as source:
                        _copy(source, part, file.write, progress, path.name)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    progress.report(len(manifest.parts), len(manifest.parts), path.name)


def read_manifest(path: Path) -> Manifest:
    """Return what the pack at ``path`` says of itself; its parts are not looked at.

    Raises:
        InputError: ``pack.not_found``, ``pack.not_a_pack``, ``pack.damaged`` or
            ``pack.unsigned`` if the signature does not fit.
        RefusedError: ``pack.newer`` if a later version of the program wrote it.
        EnvironmentFault: ``disk.failed`` or ``vault.read_only``.
    """
    with _opened(path) as file:
        return _manifest(file, path.name)[0]


def check_pack(path: Path, progress: Progress | None = None) -> Manifest:
    """Check every byte of the pack at ``path`` against its signed manifest.

    Raises:
        CongressError: As ``read_manifest``; ``pack.damaged`` also for any part that is not as
            it was written; ``Cancelled``.
    """
    with _opened(path) as file:
        manifest, _ = _manifest(file, path.name)
        _each_part(file, manifest, path.name, progress or Silent(), lambda _: lambda _: None)
        return manifest


def unpack(path: Path, folder: Path, progress: Progress | None = None) -> Manifest:
    """Check the pack at ``path`` whole, then write its files, sealed as they are, to ``folder``.

    Args:
        path: The pack.
        folder: An empty folder; on an error the caller removes it.
        progress: Told of each part.

    Raises:
        CongressError: As ``check_pack``; ``EnvironmentFault`` where ``folder`` cannot be
            written.
    """
    progress = progress or Silent()
    check_pack(path, progress)
    with _opened(path) as file, faults.naming(folder):
        manifest, head = _manifest(file, path.name)
        (folder / "blobs").mkdir(mode=0o700, exist_ok=True)
        (folder / "backups").mkdir(mode=0o700, exist_ok=True)
        handles: list[BinaryIO] = []

        def target(part: Part) -> Callable[[bytes], object]:
            _finish(handles)
            descriptor = os.open(folder / part.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            handles.append(os.fdopen(descriptor, "wb"))
            return handles[-1].write

        try:
            # Read again, and hashed again: the file could change between the two.
            _each_part(file, manifest, path.name, progress, target)
        finally:
            _finish(handles)
        write_whole(folder / MANIFEST_FILE, head)
        sync_folder(folder / "blobs")
        sync_folder(folder)
    return manifest


def unpacked_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of the pack that was unpacked to ``folder``; ``None`` if none was.

    Raises:
        CongressError: As ``read_manifest``.
    """
    path = folder / MANIFEST_FILE
    if not path.is_file():
        return None
    with _opened(path) as file:
        return _manifest(file, path.name)[0]


def _finish(handles: list[BinaryIO]) -> None:
    while handles:
        handle = handles.pop()
        with handle:
            handle.flush()
            os.fsync(handle.fileno())


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InputError("pack.not_found", file=path.name) from error
    except OSError as error:
        raise EnvironmentFault("disk.failed", file=path.name) from error
    with file, faults.naming(path):
        yield file


def _manifest(file: BinaryIO, name: str) -> tuple[Manifest, bytes]:
    start = file.read(len(MAGIC) + 4)
    if not start.startswith(MAGIC[:-1]):
        raise InputError("pack.not_a_pack", file=name)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    if len(start) == len(MAGIC) + 4 and start[len(MAGIC) - 1] > MAGIC[-1]:
        raise RefusedError("pack.newer", file=name)
    if not start.startswith(MAGIC) or not 0 < length <= _MOST_MANIFEST:
        raise InputError("pack.damaged", file=name)
    body, signature = file.read(length), file.read(_SIGNATURE)
    try:
        value = decode(body)
        if not isinstance(value, Mapping) or value.get("format") != FORMAT:
            raise InputError("pack.damaged", file=name)
        if _number(value["version"]) > VERSION:
            raise RefusedError("pack.newer", file=name)
        manifest = _read(value)
    except RefusedError:
        raise
    except (CongressError, ValueError, KeyError, TypeError) as error:
        raise InputError("pack.damaged", file=name) from error
    if not verify(manifest.key, _PURPOSE, value, signature):
        raise InputError("pack.unsigned", file=name)
    return manifest, start + body + signature


def _each_part(
    file: BinaryIO,
    manifest: Manifest,
    name: str,
    progress: Progress,
    target: Callable[[Part], Callable[[bytes], object]],
) -> None:
    rest = os.fstat(file.fileno()).st_size - file.tell()
    if rest != sum(part.size for part in manifest.parts):
        raise InputError("pack.damaged", file=name)
    for done, part in enumerate(manifest.parts):
        progress.report(done, len(manifest.parts), name)
        _copy(file, part, target(part), progress, name)


def _copy(
    source: BinaryIO, part: Part, write: Callable[[bytes], object], progress: Progress, name: str
) -> None:
    digest, left = hashlib.sha256(), part.size
    while left:
        progress.check()
        piece = source.read(min(_PIECE, left))
        if not piece:
            break
        digest.update(piece)
        write(piece)
        left -= len(piece)
    if left or digest.digest() != part.sha256:
        raise InputError("pack.damaged", file=name)


def _written(manifest: Manifest) -> Mapping[str, Json]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "pack": manifest.pack_id,
        "congress": manifest.congress,
        "made": manifest.made_at.isoformat(),
        "expires": manifest.expires_at.isoformat(),
        "code": manifest.code,
        "recipient": manifest.recipient_id,
        "papers": manifest.papers,
        "parts": [[part.name, part.size, part.sha256.hex()] for part in manifest.parts],
        "key": manifest.key.hex(),
    }


def _read(value: Mapping[str, Json]) -> Manifest:
    listed = value["parts"]
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise TypeError("parts are a list")
    parts = tuple(_part(each) for each in listed)
    names = [part.name for part in parts]
    if len(set(names)) != len(names) or "vault.json" not in names:
        raise ValueError("parts are missing or there twice")
    made, expires = (datetime.fromisoformat(str(value[key])) for key in ("made", "expires"))
    if made.tzinfo is None or expires.tzinfo is None:
        raise ValueError("times are aware")
    return Manifest(
        pack_id=PackId(str(value["pack"])),
        congress=str(value["congress"]),
        made_at=made,
        expires_at=expires,
        code=str(value["code"]),
        recipient_id=RecipientId(str(value["recipient"])),
        papers=_number(value["papers"]),
        parts=parts,
        key=bytes.fromhex(str(value["key"])),
    )


def _part(value: Json) -> Part:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TypeError("a part is a list")
    name, size, sha256 = value
    if not _NAME.fullmatch(str(name)):
        raise ValueError("a part of another name")
    return Part(str(name), _number(size), bytes.fromhex(str(sha256)))


def _number(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("a count")
    return value
