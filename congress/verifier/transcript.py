"""Fiat-Shamir: what a challenge is the hash of (SPECIFICATION, section 1).

Everything that a proof depends on goes in, each part with its length before it, so that no
two lists of parts are the same bytes (Bernhard, Pereira, Warinschi, *How not to prove
yourself*, ASIACRYPT 2012).
"""

import hashlib
from typing import TYPE_CHECKING

from congress.verifier.curve import Q

if TYPE_CHECKING:
    from hashlib import _Hash

_PROTOCOL = b"paperless-congress/voting/1"


def framed(item: bytes | str | int) -> bytes:
    """Return a part with its length before it; whole numbers take four bytes."""
    match item:
        case str():
            data = item.encode()
        case int():
            data = item.to_bytes(4, "big")
        case _:
            data = item
    return len(data).to_bytes(4, "big") + data


def begun(domain: str, *items: bytes | str | int) -> "_Hash":
    """Return the hash over the parts so far, to be copied and gone on with."""
    return hashlib.sha512(b"".join(framed(item) for item in (_PROTOCOL, domain, *items)))


def digest(domain: str, *items: bytes | str | int) -> bytes:
    """Return the hash (64 bytes) over all parts."""
    return begun(domain, *items).digest()


def challenge(domain: str, *items: bytes | str | int) -> int:
    """Return the hash over all parts as a scalar."""
    return int.from_bytes(digest(domain, *items), "big") % Q
