"""The one way in which a value is written as JSON (SPECIFICATION, section 1).

The subset of RFC 8785 for objects, lists, strings, whole numbers, true, false and null.
"""

import base64
import binascii
import json
import unicodedata
from typing import Any, NoReturn, TypeAlias

from congress.verifier.faults import Fault

Json: TypeAlias = Any
"""What a text of canonical JSON stands for; ``congress.verifier.fields`` gives it types."""

LARGEST = 2**53 - 1
"""No whole number is larger, nor smaller than its negative (RFC 7493, section 2.2)."""
_DEPTH = 32


def encode(value: Json) -> bytes:
    """Return the canonical text of a value whose strings are in NFC."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def decode(data: bytes) -> Json:
    """Return the value of a canonical text.

    Raises:
        Fault: ``not_canonical`` if another text says the same, ``not_json`` if it says
            nothing, ``duplicate_key``, ``too_deep``, ``huge_number``, ``not_nfc``.
    """
    if _depth(data) > _DEPTH:
        raise Fault("too_deep", limit=_DEPTH)
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=_object,
            parse_float=_no_float,
            parse_constant=_no_float,
            parse_int=_whole,
        )
        again = encode(value)
    except (ValueError, RecursionError) as error:
        raise Fault("not_json") from error
    if again != data:
        raise Fault("not_canonical")
    if not unicodedata.is_normalized("NFC", again.decode()):
        raise Fault("not_nfc")
    return value


def _depth(data: bytes) -> int:
    """Return how deep brackets nest at most, counting those in strings too."""
    deepest = depth = 0
    for byte in data.translate(None, delete=_OTHERS):
        depth += 1 if byte in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


_OTHERS = bytes(set(range(256)) - set(b"[]{}"))


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) < len(pairs):
        raise Fault("duplicate_key")
    return value


def _no_float(text: str) -> NoReturn:
    raise Fault("not_whole")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > LARGEST:
        raise Fault("huge_number")
    return int(text)


def encode_bytes(data: bytes) -> str:
    """Return bytes as unpadded base64url."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def decode_bytes(text: str) -> bytes:
    """Return the bytes that stand as unpadded base64url.

    Raises:
        Fault: ``bad_base64`` if ``text`` is not exactly what ``encode_bytes`` writes.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Fault("bad_base64") from error
    if encode_bytes(data) != text:
        raise Fault("bad_base64")
    return data
