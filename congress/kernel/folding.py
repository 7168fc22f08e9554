"""Folds text for searching: marks, case and spelling variants of Vietnamese and Urdu vanish.

``Nguyễn Đức`` and ``nguyen duc`` fold alike, and so do the Arabic and the Urdu spellings of
one word. Each character folds on its own, whatever stands beside it, so every folded
character knows the one it came from, and a match can be shown in the original text.

In order: compatibility decomposition (Unicode UAX #15, NFKD), letter variants of Urdu to one
letter, decimal digits of any script to ASCII, ``đ`` to ``d``, non-spacing and combining marks
dropped with tatweel, joiners and bidirectional controls, then case folding; repeated until nothing
changes.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

_VARIANTS = {
    "đ": "d",
    "Đ": "d",
    "ي": "ی",
    "ى": "ی",
    "ك": "ک",
    "ه": "ہ",
    "ة": "ہ",
    "ە": "ہ",
    "ٱ": "ا",
}
_TATWEEL = "\u0640"
_SOFT_HYPHEN = "\u00ad"
_BYTE_ORDER_MARK = "\ufeff"
_ZERO_WIDTH = frozenset("\u200b\u200c\u200d\u2060")

BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that change the direction of the text around them and are never seen."""

_DROPPED = BIDI_CONTROLS | _ZERO_WIDTH | {_TATWEEL, _SOFT_HYPHEN, _BYTE_ORDER_MARK}


def _fold_once(char: str) -> str:
    if char in _DROPPED or unicodedata.category(char) == "Mn" or unicodedata.combining(char):
        return ""
    digit = unicodedata.decimal(char, -1)
    return str(digit) if digit >= 0 else _VARIANTS.get(char, char).casefold()


@cache
def _fold_char(char: str) -> str:
    folded = "".join(map(_fold_once, unicodedata.normalize("NFKD", char)))
    return folded if folded == char else "".join(map(_fold_char, folded))


def _table(text: str) -> dict[int, str]:
    """Return how each different character of ``text`` folds, for ``str.translate``."""
    return {ord(char): _fold_char(char) for char in set(text)}


def fold(text: str) -> str:
    """Return ``text`` as it is searched for: see the module for the rules."""
    return text.translate(_table(text))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each of its characters came from.

    Attributes:
        text: The folded text.
        starts: For each folded character the position of its original; one more at the
            end, the length of the original.
    """

    text: str
    starts: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the original behind the folded slice ``[start, end)``.

        Marks that follow the last character belong to it; a character that folds to several
        (``ß``) is never cut.
        """
        if start >= end:
            return self.starts[start], self.starts[start]
        last = self.starts[end - 1]
        while self.starts[end] == last:
            end += 1
        return self.starts[start], self.starts[end]


def fold_with_offsets(text: str) -> Folded:
    """Return ``text`` folded, with the way back to the original."""
    table = _table(text)
    if all(len(piece) == 1 for piece in table.values()):
        return Folded(text.translate(table), range(len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    for position, char in enumerate(text):
        piece = _fold_char(char)
        pieces.append(piece)
        starts.extend([position] * len(piece))
    starts.append(len(text))
    return Folded("".join(pieces), tuple(starts))
