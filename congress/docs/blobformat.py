"""The sealed blob: one file of a paper, encrypted so that any part can be read on its own.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption
and its Nonce-Reuse Misuse-Resistance", 2015) over AES-256-GCM, made seekable: the nonce is the
chunk's index and a flag that marks the last chunk, so a chunk that is missing, moved or taken
from another blob does not decrypt. The key is fresh for each blob (HKDF-SHA-256 over the data key
and a random salt), the header is bound to every chunk, and it commits to the key, so one blob can
never open under two keys. ``draft-sullivan-cfrg-raae`` solves the wider problem of rewriting
chunks in place; a blob is written once and needs none of that.

::

    offset  size  field
         0     8  magic, with the version of the format
         8     8  length of the plain text in bytes, big endian
        16    32  salt
        48    32  key commitment
        80     .  chunks of 65,536 bytes and a tag of 16; the last one is shorter, and empty
                  for an empty text
"""

import hashlib
import hmac
import io
import os
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from congress.kernel.errors import BugError, InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"PCBLOB\x00\x01"
CHUNK = 64 * 1024
TAG = 16
SALT = 32
COMMITMENT = 32
HEADER = len(MAGIC) + 8 + SALT + COMMITMENT
KEY = 32

_CACHED_CHUNKS = 16
_PURPOSE = b"paperless-congress/blob/1"


@dataclass(frozen=True, slots=True)
class _Secrets:
    key: bytes
    commitment: bytes


def _derive(data_key: bytes, salt: bytes) -> _Secrets:
    if len(data_key) != KEY:
        raise BugError("a data key has 32 bytes")
    material = HKDF(SHA256(), KEY + COMMITMENT, salt, _PURPOSE).derive(data_key)
    return _Secrets(material[:KEY], material[KEY:])


def _nonce(index: int, *, last: bool) -> bytes:
    return index.to_bytes(11, "big") + bytes([last])


def _chunk_count(length: int) -> int:
    return max(1, -(-length // CHUNK))


def sealed_size(length: int) -> int:
    """Return the size in bytes of the blob that seals ``length`` bytes."""
    return HEADER + length + TAG * _chunk_count(length)


class BlobWriter:
    """Seals bytes into a blob, in order, once.

    The length goes into the header, and the header into every chunk, so it must be known
    before the first byte. ``finish`` writes the last chunk; a blob without it never opens.
    """

    def __init__(self, target: IO[bytes], data_key: bytes, length: int) -> None:
        """Write the header.

        Args:
            target: Where the blob goes, open for writing.
            data_key: 32 random bytes, used for this text alone.
            length: Number of bytes that will be written.
        """
        salt = os.urandom(SALT)
        secrets = _derive(data_key, salt)
        header = MAGIC + length.to_bytes(8, "big") + salt + secrets.commitment
        self._target = target
        self._aead = AESGCM(secrets.key)
        self._aad = hashlib.sha256(header).digest()
        self._left = length
        self._index = 0
        self._pending = bytearray()
        target.write(header)

    def write(self, data: bytes) -> None:
        """Seal ``data`` after what was written before.

        Raises:
            InputError: ``docs.changed_meanwhile`` if there is more than the length announced:
                the file that is read has grown.
        """
        if len(data) > self._left:
            raise InputError("docs.changed_meanwhile")
        self._left -= len(data)
        self._pending += data
        while len(self._pending) > CHUNK:
            self._seal(last=False)

    def finish(self) -> None:
        """Seal the last chunk.

        Raises:
            InputError: ``docs.changed_meanwhile`` if there is less than the length announced.
        """
        if self._left:
            raise InputError("docs.changed_meanwhile")
        self._seal(last=True)

    def _seal(self, *, last: bool) -> None:
        chunk = bytes(self._pending[:CHUNK])
        del self._pending[:CHUNK]
        self._target.write(self._aead.encrypt(_nonce(self._index, last=last), chunk, self._aad))
        self._index += 1


def seal(target: IO[bytes], data_key: bytes, length: int, pieces: Iterable[bytes]) -> None:
    """Seal ``pieces``, ``length`` bytes together, as one blob.

    Raises:
        InputError: ``docs.changed_meanwhile`` if the pieces have another length.
    """
    writer = BlobWriter(target, data_key, length)
    for piece in pieces:
        writer.write(piece)
    writer.finish()


class BlobReader(io.RawIOBase):
    """Reads the plain text of a blob from any position, into memory alone.

    Opening checks the header, the size and the last chunk, so a blob that was cut, extended
    or sealed with another key is refused at once; every other chunk is checked when it is
    read. A few decrypted chunks are kept. One thread uses a reader at a time.
    """

    def __init__(self, source: BinaryIO, data_key: bytes, title: str = "") -> None:
        """Take over ``source``, which is closed with the reader.

        Args:
            source: The blob, seekable.
            data_key: The key it was sealed with.
            title: Names the paper in an error's message.

        Raises:
            InputError: ``docs.blob_damaged``.
        """
        super().__init__()
        self._source = source
        self._title = title
        self._position = self._start = 0
        self._chunks: OrderedDict[int, bytes] = OrderedDict()
        try:
            self._open(data_key)
        except BaseException:
            source.close()
            raise

    def _open(self, data_key: bytes) -> None:
        header = self._source.read(HEADER)
        if len(header) != HEADER or not header.startswith(MAGIC):
            raise self._damaged()
        rest = header[len(MAGIC) :]
        self._length = int.from_bytes(rest[:8], "big")
        secrets = _derive(data_key, rest[8 : 8 + SALT])
        if not hmac.compare_digest(secrets.commitment, rest[8 + SALT :]):
            raise self._damaged()
        if self._source.seek(0, os.SEEK_END) != sealed_size(self._length):
            raise self._damaged()
        self._aead = AESGCM(secrets.key)
        self._aad = hashlib.sha256(header).digest()
        self._last = _chunk_count(self._length) - 1
        self._chunk(self._last)

    def _damaged(self) -> InputError:
        return InputError("docs.blob_damaged", title=self._title)

    @property
    def length(self) -> int:
        """Number of bytes of the plain text, or of the part that is read."""
        return self._length

    def within(self, start: int, length: int) -> "BlobReader":
        """Read a part of the plain text alone, as if it were all; return the reader itself.

        Raises:
            InputError: ``docs.blob_damaged`` if the plain text has no such part.
        """
        if start < 0 or length < 0 or start + length > self._length:
            raise self._damaged()
        self._start, self._length, self._position = self._start + start, length, 0
        return self

    def _chunk(self, index: int) -> bytes:
        if (kept := self._chunks.get(index)) is not None:
            self._chunks.move_to_end(index)
            return kept
        self._source.seek(HEADER + index * (CHUNK + TAG))
        sealed = self._source.read(CHUNK + TAG)
        try:
            chunk = self._aead.decrypt(_nonce(index, last=index == self._last), sealed, self._aad)
        except InvalidTag as error:
            raise self._damaged() from error
        self._chunks[index] = chunk
        if len(self._chunks) > _CACHED_CHUNKS:
            self._chunks.popitem(last=False)
        return chunk

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that it can be read from any position."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a position in the plain text and return it."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._length}[whence]
        if base + offset < 0:
            raise ValueError("a position cannot be negative")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """Return the position in the plain text."""
        return self._position

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill ``buffer`` from the position on; return how many bytes there were.

        Raises:
            InputError: ``docs.blob_damaged``.
        """
        view = memoryview(buffer).cast("B")
        wanted = max(0, min(len(view), self._length - self._position))
        done = 0
        while done < wanted:
            index, skip = divmod(self._start + self._position, CHUNK)
            part = self._chunk(index)[skip : skip + wanted - done]
            view[done : done + len(part)] = part
            done += len(part)
            self._position += len(part)
        return done

    def close(self) -> None:
        """Close the source and forget the decrypted chunks."""
        if not self.closed:
            self._chunks.clear()
            self._source.close()
        super().close()
