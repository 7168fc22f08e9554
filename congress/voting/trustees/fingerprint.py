"""Short forms of hashes, to be read aloud and compared between screens, papers and machines."""

import base64
import hashlib
import unicodedata

from congress.voting.crypto.group import Point

_LENGTH, _GROUP = 20, 4
_TAKEN_FOR = str.maketrans("018", "OIB")


def fingerprint(digest: bytes) -> str:
    """Return the first 100 bits of a hash in Base32, in five groups of four.

    As many as nobody can search for a second key or tally with the same.
    """
    text = base64.b32encode(digest).decode("ascii")[:_LENGTH]
    return "-".join(text[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def same(typed: str, shown: str) -> bool:
    """Return whether somebody typed the fingerprint or seal ``shown``, in groups or not.

    Base32 has no 0, 1 and 8; whoever types one for the letter that looks like it is understood,
    as is who types the digits of their own script.
    """
    return bool(shown) and _plain(typed) == _plain(shown)


def _plain(text: str) -> str:
    kept = filter(str.isalnum, text.upper())
    return "".join(str(unicodedata.digit(each, each)) for each in kept).translate(_TAKEN_FOR)


def of_key(joint_key: Point) -> str:
    """Return the fingerprint of the joint key of a board."""
    return fingerprint(hashlib.sha256(joint_key.encode()).digest())
