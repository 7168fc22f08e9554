"""Codes that people read, copy and type: Crockford's Base32, the last character a check.

The alphabet has no I, L, O and U, so nothing in it is taken for a 1 or a 0; whoever types I, L
or O all the same is understood. The check is a sum over GF(32) in which every place has another
weight: it finds each single wrong character and each pair that changed places.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
UNREAD = "?"
"""Stands for a character that cannot be read, in a code that is looked for."""
MOST_WRONG = 2
"""Characters that may differ for a code to count as like another."""

_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)
_TAKEN_FOR = str.maketrans("ILO", "110")
_LOOK_ALIKE = ("0DQ", "17", "2Z", "5S", "6G", "8B", "VY", "MN", "EF", "KX", "CG", "4A")


def _double(value: int) -> int:
    value <<= 1
    return value ^ _POLYNOMIAL if value & 32 else value


def _sum(values: Iterable[int]) -> int:
    total = 0
    for value in values:
        total = _double(total) ^ value
    return total


def code_of(number: int, symbols: int) -> str:
    """Return ``number`` as a code of ``symbols`` characters and a check.

    Args:
        number: From 0 up to 32 to the power of ``symbols``, that excluded.
        symbols: How many characters carry it; at most 30, or weights would come again.
    """
    if not 0 <= number < 1 << (5 * symbols) or symbols > 30:
        raise ValueError("the number does not fit the code")
    values = [(number >> (5 * place)) & 31 for place in reversed(range(symbols))]
    return "".join(ALPHABET[value] for value in [*values, _sum([*values, 0])])


def random_code(symbols: int) -> str:
    """Return a code of ``symbols`` random characters (5 bits each) and a check."""
    return code_of(secrets.randbits(5 * symbols), symbols)


def plain(typed: str) -> str:
    """Return what was typed as a code is kept: capitals, no spaces, hyphens, I, L or O."""
    return "".join(typed.split()).replace("-", "").upper().translate(_TAKEN_FOR)


def fits(code: str) -> bool:
    """Return whether a plain code can be right: its characters exist and its check agrees."""
    values = [ALPHABET.find(char) for char in code]
    return bool(values) and -1 not in values and _sum(values) == 0


def grouped(code: str, size: int = 4) -> str:
    """Return a plain code as it is printed, in groups: ``7ZK3-Q0MW``."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How far a code that was read is from one that exists.

    Attributes:
        wrong: Characters that differ and do not look alike, or could not be read.
        blurred: Characters that differ and look alike.
    """

    wrong: int
    blurred: int

    @property
    def exact(self) -> bool:
        """Whether every character is the same."""
        return not self.wrong and not self.blurred


def likeness(read: str, code: str) -> Likeness | None:
    """Return how like ``read`` is to ``code``, both plain, or ``None`` if it is another code.

    At most ``MOST_WRONG`` characters may differ; ``UNREAD`` counts as one that differs.
    """
    if len(read) != len(code):
        return None
    wrong = blurred = 0
    for one, other in zip(read, code, strict=True):
        if one == other:
            continue
        if any(one in group and other in group for group in _LOOK_ALIKE):
            blurred += 1
        else:
            wrong += 1
    return Likeness(wrong, blurred) if wrong + blurred <= MOST_WRONG else None
