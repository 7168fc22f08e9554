"""Cuts a text into words, numbers and marks, and says which of them are the same.

Two words are the same if they differ in form only: in their Unicode normal form (UAX #15), in
typographic ligatures and presentation forms, in the Arabic or Urdu code points of one Urdu
letter, in the digits of their script, or in what nobody sees (joiners, tatweel, soft hyphens,
bidirectional controls). They are not the same if a mark, a tone or the case differs: ``ban`` and
``bán`` are two words. A superscript is not its digit: ``10²`` is not ``102``.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from congress.kernel.folding import BIDI_CONTROLS

_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff"
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefe"
_LETTER = f"(?:[^\\W\\d_][{_MARKS}\u00ad\u200c\u200d]*)"
_ARABIC_LETTER = f"(?:(?=[{_ARABIC}])[^\\W\\d_][{_MARKS}\u00ad\u200c\u200d]*)"
_NUMBER = "\\d+(?:[.,:/٫٬’']\\d+)*|[\u00b2\u00b3\u00b9\u2070-\u2089\u00bc-\u00be\u2150-\u215e]+"
_SEEN_SIGN = f"[^\\w\\s{_UNSEEN}]|_"

_VARIANTS = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ه": "ہ",
        "ە": "ہ",
        "ة": "ۃ",
        "ٱ": "ا",
        "٫": ".",
        "٬": ",",
        "\u2010": "-",
    }
)
_DROPPED = BIDI_CONTROLS | frozenset("\u00ad\u0640\u200b\u200c\u200d\u2060\ufeff")
_KEPT_FORMS = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>", "<font>")
_HYPHENS = dict.fromkeys(map(ord, "-\u2010\u2011"))
_ARABIC_MARKS = dict.fromkeys(
    code for code in range(0x0600, 0x0700) if unicodedata.category(chr(code)) == "Mn"
)


class Sort(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"


class Cutting(Enum):
    """How words are told apart."""

    WORDS = "words"
    """At spaces and signs; for texts whose lines are paragraphs: a line end is a sign too."""
    LINES = "lines"
    """A hyphen inside a word counts for nothing: at the end of a line nobody can tell whether it
    belongs to the word."""
    LETTERS = "letters"
    """As ``LINES``, each Arabic letter stands alone and Arabic marks count for nothing: where a
    page draws Urdu glyph by glyph, neither its spaces nor its marks can be trusted."""


class Token(NamedTuple):
    """A word, a number or a mark.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        key: What it is compared by.
        sort: What it is.
    """

    start: int
    end: int
    key: str
    sort: Sort


def _pattern(cutting: Cutting) -> re.Pattern[str]:
    joint = "['’ʼ]" if cutting is Cutting.WORDS else "['’ʼ\u2010\u2011-]"
    word = f"{_LETTER}+(?:{joint}{_LETTER}+)*"
    words = f"{_ARABIC_LETTER}|{word}" if cutting is Cutting.LETTERS else word
    sign = f"{_SEEN_SIGN}|\n" if cutting is Cutting.WORDS else _SEEN_SIGN
    return re.compile(f"(?P<number>{_NUMBER})|(?P<word>{words})|(?P<sign>{sign})(?P=sign)*")


_PATTERNS = {each: _pattern(each) for each in Cutting}
_COUNTED = re.compile(f"{_NUMBER}|{_LETTER}+(?:['’ʼ\u2010\u2011-]{_LETTER}+)*")
_IGNORED: dict[tuple[Cutting, str], dict[int, None]] = {
    (Cutting.LINES, "word"): _HYPHENS,
    (Cutting.LETTERS, "word"): _HYPHENS | _ARABIC_MARKS,
    (Cutting.LETTERS, "sign"): _ARABIC_MARKS,
}


@cache
def _unfolded(char: str) -> str:
    """Take one character apart, unless its form is part of its meaning."""
    form = unicodedata.decomposition(char)
    if form.startswith("<") and not form.startswith(_KEPT_FORMS):
        return "".join(map(_unfolded, unicodedata.normalize("NFKD", char)))
    digit = unicodedata.decimal(char, -1)
    return str(digit) if digit >= 0 else char


def key(word: str) -> str:
    """Return what a word is compared by; empty if nothing of it can be seen."""
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", "".join(map(_unfolded, word)))
    return "".join(char for char in plain.translate(_VARIANTS) if char not in _DROPPED)


def count(text: str) -> int:
    """Return how many words and numbers ``text`` has."""
    return sum(1 for _ in _COUNTED.finditer(text))


def tokens(text: str, cutting: Cutting) -> Iterator[Token]:
    """Give the words, numbers and signs of ``text`` in order; spaces are none of them."""
    known: dict[str, tuple[str, Sort]] = {}
    for match in _PATTERNS[cutting].finditer(text):
        written = match.group()
        found = known.get(written)
        if found is None:
            sort = match.lastgroup or ""
            folded = key(written).translate(_IGNORED.get((cutting, sort), {}))
            found = known[written] = (folded, Sort(sort))
        if found[0]:
            yield Token(*match.span(), *found)
