"""Deterministic JSON, so that one value has exactly one byte string to hash or sign.

Sorted keys, no insignificant space, strings in NFC, no floats; bytes as unpadded base64url.
Reading refuses duplicate keys. The subset follows RFC 8785 (JCS) for the types it allows.
"""

import base64
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from congress.kernel.errors import BugError, InputError

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"


def encode_bytes(data: bytes) -> str:
    """Return ``data`` as unpadded base64url."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def decode_bytes(text: str) -> bytes:
    """Return the bytes that ``encode_bytes`` wrote as ``text``.

    Raises:
        InputError: ``canonical.bad_bytes`` if ``text`` is not what ``encode_bytes`` writes.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise InputError("canonical.bad_bytes") from error
    if encode_bytes(data) != text:
        raise InputError("canonical.bad_bytes")
    return data


def _normal(value: object) -> Json:
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case bytes():
            return encode_bytes(value)
        case Mapping():
            items = {str(_normal(str(key))): _normal(item) for key, item in value.items()}
            if len(items) != len(value):
                raise BugError("two keys of a canonical object are equal after normalisation")
            return items
        case Sequence():
            return [_normal(item) for item in value]
        case _:
            raise BugError(f"a canonical value cannot hold {type(value).__name__}")


def encode(value: object) -> bytes:
    """Return the one canonical UTF-8 encoding of ``value``.

    Args:
        value: ``None``, booleans, integers, strings, bytes, and mappings and sequences of
            these.

    Raises:
        BugError: The value holds a float or another type, or two keys that are equal in NFC.
    """
    return json.dumps(
        _normal(value),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode("utf-8")


def decode(data: bytes) -> Json:
    """Return the value that ``encode`` wrote as ``data``.

    Raises:
        InputError: ``canonical.not_canonical`` if ``data`` is anything else, duplicate keys
            and a different spelling of the same value included.
    """
    try:
        value: Json = json.loads(data.decode("utf-8"))
        again = encode(value)
    except (ValueError, BugError, RecursionError) as error:
        raise InputError("canonical.not_canonical") from error
    if again != data:
        raise InputError("canonical.not_canonical")
    return value
