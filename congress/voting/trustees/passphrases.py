"""How hard a trustee's passphrase is to guess: a hint while it is typed, and a least length.

No word list is shipped: what is estimated is the length, the kinds of characters and how much
of it repeats or runs on (``aaaa``, ``1234``). A hint, not a promise.
"""

import math
import unicodedata
from enum import IntEnum
from itertools import pairwise

from congress.kernel.errors import InputError

SHORTEST = 10
"""Characters. Argon2id makes guessing dear; nothing makes a short passphrase safe."""
_FAIR, _GOOD, _STRONG = 45, 60, 80
"""Bits of the estimate from which a passphrase is called so."""


class Strength(IntEnum):
    """The hint. Texts: ``trustees.strength.<name in small letters>``."""

    SHORT = 0
    WEAK = 1
    FAIR = 2
    GOOD = 3
    STRONG = 4


def strength(passphrase: str) -> Strength:
    """Return how hard ``passphrase`` is to guess, roughly."""
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < SHORTEST:
        return Strength.SHORT
    bits = _bits(text)
    if bits >= _STRONG:
        return Strength.STRONG
    if bits >= _GOOD:
        return Strength.GOOD
    return Strength.FAIR if bits >= _FAIR else Strength.WEAK


def check(passphrase: str) -> None:
    """Refuse a passphrase that is too short.

    Raises:
        InputError: ``trustees.short_passphrase``.
    """
    if strength(passphrase) is Strength.SHORT:
        raise InputError("trustees.short_passphrase", count=SHORTEST)


def _bits(text: str) -> float:
    alphabet = sum(
        size
        for found, size in (
            (any(char.isdigit() for char in text), 10),
            (any(char.islower() for char in text), 26),
            (any(char.isupper() for char in text), 26),
            (any(not char.isalnum() for char in text), 12),
            (any(char.isalpha() and not (char.islower() or char.isupper()) for char in text), 30),
        )
        if found
    )
    # A character that continues a run or a repetition adds next to nothing.
    fresh = 1 + sum(abs(ord(one) - ord(other)) > 1 for one, other in pairwise(text))
    fresh = min(fresh, 2 * len(set(text)))
    return fresh * math.log2(max(alphabet, 2)) * 0.75
