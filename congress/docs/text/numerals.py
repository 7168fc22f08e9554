"""Writes the numbers of list items: decimals, letters, Roman numerals, Abjad. Pure."""

from enum import StrEnum

MAX_MARKER = 24
"""Letters that the marker of an item has at most, as ``Article 12.``: what is longer is cut."""

GAP = "\u00a0\u00a0"
"""Stands between a marker and the words of its item, and nowhere else in a marker. Two spaces
that are not dropped: one alone is narrow in Nastaliq."""

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN, _MOST_LETTERS, _MOST_REPEATED = 3_999, 18_278, 5
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ABJAD = "ابجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHA = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class Numeral(StrEnum):
    """A way to write a number."""

    DECIMAL = "decimal"
    PADDED = "padded"
    LOWER_LETTER = "lower letter"
    UPPER_LETTER = "upper letter"
    LOWER_ROMAN = "lower roman"
    UPPER_ROMAN = "upper roman"
    EASTERN = "eastern"
    ABJAD = "abjad"
    ARABIC_LETTER = "arabic letter"
    NONE = "none"


def written(number: int, numeral: Numeral, *, repeated: bool = False) -> str:
    """Return a number as it stands before an item.

    Args:
        number: Where the numeral cannot write it, as letters cannot write 0, it is decimal.
        numeral: How to write it.
        repeated: Whether ``z`` is followed by ``aa``, ``bb``, as in Word, or by ``aa``, ``ab``.
    """
    match numeral:
        case Numeral.NONE:
            return ""
        case Numeral.PADDED:
            return f"{number:02}"
        case Numeral.EASTERN:
            return str(number).translate(_DIGITS)
        case Numeral.LOWER_LETTER:
            return _letters(number, _LATIN, repeated=repeated)
        case Numeral.UPPER_LETTER:
            return _letters(number, _LATIN, repeated=repeated).upper()
        case Numeral.LOWER_ROMAN:
            return _roman(number)
        case Numeral.UPPER_ROMAN:
            return _roman(number).upper()
        case Numeral.ABJAD:
            return _letters(number, _ABJAD, repeated=True)
        case Numeral.ARABIC_LETTER:
            return _letters(number, _ALPHA, repeated=True)
        case _:
            return str(number)


def _letters(number: int, alphabet: str, *, repeated: bool) -> str:
    size = len(alphabet)
    if not 1 <= number <= (size * _MOST_REPEATED if repeated else _MOST_LETTERS):
        return str(number)
    if repeated:
        return alphabet[(number - 1) % size] * ((number - 1) // size + 1)
    text = ""
    while number:
        number, at = divmod(number - 1, size)
        text = alphabet[at] + text
    return text


def _roman(number: int) -> str:
    if not 1 <= number <= _MOST_ROMAN:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        text += letters * times
    return text


def marker(text: str) -> str:
    """Return the text of a marker with the gap that parts it from the words; empty for none."""
    words = " ".join(text.split())[:MAX_MARKER].rstrip()
    return words + GAP if words else ""
