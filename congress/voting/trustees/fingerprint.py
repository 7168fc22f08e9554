"""Short forms of hashes, to be read aloud and compared between screens, papers and machines."""

import base64
import hashlib

from congress.voting.crypto.group import Point

_LENGTH, _GROUP = 20, 4


def fingerprint(digest: bytes) -> str:
    """Return the first 100 bits of a hash in Base32, in five groups of four.

    As many as nobody can search for a second key or tally with the same.
    """
    text = base64.b32encode(digest).decode("ascii")[:_LENGTH]
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def of_key(joint_key: Point) -> str:
    """Return the fingerprint of the joint key of a board."""
    return fingerprint(hashlib.sha256(joint_key.encode()).digest())
