"""Short texts that people give: names, titles, seats. What is tidied, and what is refused."""

import unicodedata
from enum import StrEnum

from congress.kernel.folding import BIDI_CONTROLS

_OVERRIDES = frozenset("\u202d\u202e")
_INVISIBLE = (BIDI_CONTROLS - _OVERRIDES) | frozenset("\u00ad\u200b\u2060\ufeff")
_SPACES = frozenset("\t\n\r")
_MARKS_IN_A_ROW = 4


class TextFault(StrEnum):
    """Why a text is refused."""

    UNREADABLE = "unreadable"
    BIDI = "bidi"
    MARKS = "marks"


def _unreadable(char: str) -> bool:
    if char in _SPACES:
        return False
    return unicodedata.category(char) in {"Cc", "Cs"} or char == "\ufffd"


def tidy(text: str) -> str:
    """Return ``text`` in Unicode NFC, without invisible characters, spaces made single.

    Direction marks, isolates and embeddings, which spreadsheets leave in right-to-left text,
    fall away; the joiners that Urdu spelling needs stay.
    """
    seen = "".join(char for char in text if char not in _INVISIBLE)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def text_fault(text: str) -> TextFault | None:
    """Return why ``text`` cannot be used, or ``None``.

    Refused are control characters, halves of surrogate pairs and the replacement character
    (the text was damaged before it came to us); direction overrides, which show another text
    than the one that is stored; and marks without a letter or heaped on one.
    """
    if _OVERRIDES & set(text):
        return TextFault.BIDI
    if any(_unreadable(char) for char in text):
        return TextFault.UNREADABLE
    room = 0
    for char in tidy(text):
        if unicodedata.category(char) in {"Mn", "Me"}:
            room -= 1
        else:
            room = 0 if char == " " else _MARKS_IN_A_ROW
        if room < 0:
            return TextFault.MARKS
    return None
