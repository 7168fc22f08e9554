"""What is hashed, and how: strong Fiat–Shamir challenges (section 1).

Every challenge binds the whole statement (Bernhard, Pereira, Warinschi, ASIACRYPT 2012). Each
part is preceded by its length, so that no two lists of parts have the same bytes.
"""

import hashlib
from typing import TypeAlias

from congress.voting.crypto.group import ORDER, Point, Scalar

Item: TypeAlias = bytes | str | int | Point
"""Bytes as they are, strings in UTF-8, whole numbers in 4 bytes, points in 33."""

TAG = "paperless-congress/voting/1"


def _bytes(item: Item) -> bytes:
    match item:
        case bytes():
            return item
        case str():
            return item.encode("utf-8")
        case int():
            return item.to_bytes(4, "big")
        case Point():
            return item.encode()


def prefixed(data: bytes) -> bytes:
    """Return ``data`` after its length (4 bytes, big-endian)."""
    return len(data).to_bytes(4, "big") + data


_TAGGED = prefixed(TAG.encode())


def digest(domain: str, *items: Item) -> bytes:
    """Return the hash (64 bytes, SHA-512) of ``items`` for one purpose."""
    parts = [_TAGGED, prefixed(domain.encode())]
    parts.extend(prefixed(_bytes(item)) for item in items)
    return hashlib.sha512(b"".join(parts)).digest()


def challenge(domain: str, *items: Item) -> Scalar:
    """Return the challenge of a proof.

    512 bits are reduced modulo a number of 256, so that the bias is below 2^-256.
    """
    return int.from_bytes(digest(domain, *items), "big") % ORDER
