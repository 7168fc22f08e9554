"""A trustee's secret on paper: a sheet to keep in a safe, typed in when the file is lost.

Six lines of twelve characters carry 41 bytes: the trustee's index, the first eight bytes of the
hash of the ceremony's public transcript, and the seed. The last character of a line checks it,
the number of the line included: a wrong character, two that changed places, and a line in
another's place all show before anything else is tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from congress.kernel import codes
from congress.kernel.errors import InputError

LINES, SYMBOLS = 6, 11
"""Lines of the sheet, and characters of a line before its check."""
TAG = 8
"""Bytes of the ceremony's hash that stand on the sheet."""
SEED = 32
PREFIX = "PCT1"
"""What the QR code begins with."""
_BITS = 8 * (1 + TAG + SEED)
_PAD = 5 * LINES * SYMBOLS - _BITS


@dataclass(frozen=True, slots=True)
class PaperCopy:
    """What stands on the sheet.

    Attributes:
        index: Of the trustee.
        tag: The first bytes of the ceremony's hash (``TAG``).
        seed: The secret (``SEED`` bytes).
    """

    index: int
    tag: bytes
    seed: bytes = field(repr=False)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines in plain characters, in order; ``codes.grouped`` writes them in groups."""
        data = bytes([self.index]) + self.tag + self.seed
        number = int.from_bytes(data, "big") << _PAD
        mask = (1 << (5 * SYMBOLS)) - 1
        return tuple(
            _line(place, number >> (5 * SYMBOLS * (LINES - place)) & mask)
            for place in range(1, LINES + 1)
        )

    @property
    def payload(self) -> str:
        """What the QR code says: capitals and digits, which make a small code."""
        return PREFIX + "".join(self.lines)


def _line(place: int, value: int) -> str:
    return codes.code_of(place << (5 * SYMBOLS) | value, SYMBOLS + 1)[1:]


def line_of(typed: str, place: int) -> str:
    """Return one line as it is kept, from how it was typed.

    Args:
        typed: In groups or not; small letters and I, L, O for 1 and 0 are understood.
        place: The number of the line, from 1.

    Raises:
        InputError: ``trustees.misread`` with the number of the line.
    """
    line = codes.plain(typed)
    if len(line) != SYMBOLS + 1 or not codes.fits(codes.ALPHABET[place] + line):
        raise InputError("trustees.misread", line=place)
    return line


def read(typed: str | Sequence[str]) -> PaperCopy:
    """Return what a sheet says, from its QR code, its lines, or all lines in one.

    Raises:
        InputError: ``trustees.misread`` with the number of the first line that is wrong.
    """
    if isinstance(typed, str):
        text = codes.plain(typed).removeprefix(codes.plain(PREFIX))
        size = SYMBOLS + 1
        typed = [text[start : start + size] for start in range(0, LINES * size, size)]
        if len(text) > LINES * size:
            raise InputError("trustees.misread", line=LINES)
    if len(typed) != LINES:
        raise InputError("trustees.misread", line=min(len(typed) + 1, LINES))
    number = 0
    for place, text in enumerate(typed, start=1):
        for char in line_of(text, place)[:SYMBOLS]:
            number = number << 5 | codes.ALPHABET.index(char)
    if number & ((1 << _PAD) - 1):
        raise InputError("trustees.misread", line=LINES)
    data = (number >> _PAD).to_bytes(1 + TAG + SEED, "big")
    return PaperCopy(data[0], data[1 : 1 + TAG], data[1 + TAG :])
