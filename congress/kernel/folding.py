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
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

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


class _Table(dict[int, str]):
    """How characters fold, for ``str.translate``: filled as they are first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = "".join(map(_fold_once, unicodedata.normalize("NFKD", char)))
        self[code] = folded = folded if folded == char else folded.translate(self)
        return folded


_TABLE = _Table()


def fold(text: str) -> str:
    """Return ``text`` as it is searched for: see the module for the rules."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each of its characters came from.

    Only the places where a character folds to none or to several are kept: between them the
    folded text and the original go in step.

    Attributes:
        text: The folded text.
        size: Length of the original.
    """

    text: str
    size: int
    _from: Sequence[int]
    """Positions in the folded text at which another step begins, the first of them 0."""
    _to: Sequence[int]
    """For each step the position of the original at its beginning."""
    _moves: Sequence[int]
    """1 where the original goes on with the folded text; 0 inside one character's letters."""

    def origin(self, position: int) -> int:
        """Return where the character at a position of the folded text came from.

        The end of the folded text comes from the end of the original.
        """
        if position == len(self.text):
            return self.size
        step = bisect_right(self._from, position) - 1
        return self._to[step] + (position - self._from[step]) * self._moves[step]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the original behind the folded slice ``[start, end)``.

        Marks that follow the last character belong to it; a character that folds to several
        (``ß``) is never cut.
        """
        if start >= end:
            return self.origin(start), self.origin(start)
        last = self.origin(end - 1)
        while self.origin(end) == last:
            end += 1
        return self.origin(start), self.origin(end)


def fold_with_offsets(text: str) -> Folded:
    """Return ``text`` folded, with the way back to the original."""
    folded = text.translate(_TABLE)
    begin, to, moves = [0], [0], [1]
    shift = 0
    for position, length in _uneven(text):
        start = position + shift
        if length == 0 and begin[-1] == start:
            to[-1], moves[-1] = position + 1, 1
        else:
            begin.append(start)
            to.append(position if length else position + 1)
            moves.append(0 if length else 1)
        if length:
            begin.append(start + length)
            to.append(position + 1)
            moves.append(1)
        shift += length - 1
    return Folded(folded, len(text), begin, to, moves)


def _uneven(text: str) -> list[tuple[int, int]]:
    """Return the positions of characters that do not fold to one, with what they fold to."""
    if text.isascii():
        return []
    found: list[tuple[int, int]] = []
    for char in set(text):
        length = len(_TABLE[ord(char)])
        if length != 1:
            at = text.find(char)
            while at >= 0:
                found.append((at, length))
                at = text.find(char, at + 1)
    return sorted(found)
