"""What the reading process and the congress say to each other.

A frame is a length (4 bytes, big-endian), that many bytes of canonical JSON, and the raw bytes
whose lengths the JSON lists under ``parts``. Nothing is ever unpickled, and a reader says
beforehand how many bytes it is ready to take.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from congress.kernel.canonical import Json, decode, encode
from congress.kernel.errors import InputError

_LENGTH = struct.Struct(">I")
_MAX_HEAD = 1024 * 1024
_PARTS = "parts"


class WireError(Exception):
    """The other side broke off, or said what no honest side says."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message.

    Attributes:
        head: Its values.
        parts: The bytes that came with it.
    """

    head: Mapping[str, Json]
    parts: tuple[bytes, ...] = ()

    def text(self, key: str) -> str:
        """Return a text of the head.

        Raises:
            WireError: There is none.
        """
        value = self.head.get(key)
        if not isinstance(value, str):
            raise WireError(key)
        return value

    def number(self, key: str) -> int:
        """Return a whole number of the head, not below zero.

        Raises:
            WireError: There is none.
        """
        value = self.head.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise WireError(key)
        return value

    def texts(self) -> tuple[str, ...]:
        """Return the parts as texts.

        Raises:
            WireError: They are none.
        """
        try:
            return tuple(part.decode("utf-8") for part in self.parts)
        except UnicodeDecodeError as error:
            raise WireError("text") from error


def utf8(text: str) -> bytes:
    """Return a text as a part; halves of characters, which no file has by right, are replaced."""
    return text.encode("utf-8", errors="replace")


def send(stream: BinaryIO, head: Mapping[str, Json], *parts: bytes) -> None:
    """Write a frame.

    Raises:
        OSError: The other side is gone.
    """
    data = encode({**head, _PARTS: [len(part) for part in parts]})
    stream.write(_LENGTH.pack(len(data)) + data)
    for part in parts:
        stream.write(part)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> Frame | None:
    """Read a frame with parts of at most ``most`` bytes together; ``None`` at the end.

    Raises:
        WireError: The stream ends within a frame, or the frame is none or too large.
    """
    length = stream.read(_LENGTH.size)
    if not length:
        return None
    size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else _MAX_HEAD + 1
    if size > _MAX_HEAD:
        raise WireError("head")
    try:
        head = decode(_exactly(stream, size))
    except InputError as error:
        raise WireError("head") from error
    sizes = head.get(_PARTS) if isinstance(head, Mapping) else None
    if not isinstance(head, Mapping) or not isinstance(sizes, list):
        raise WireError("head")
    if not all(type(each) is int and each >= 0 for each in sizes) or sum(sizes) > most:
        raise WireError("parts")
    return Frame(head, tuple(_exactly(stream, each) for each in sizes))


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise WireError("broken off")
    return data
