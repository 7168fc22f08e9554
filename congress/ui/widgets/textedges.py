"""On which side of its box a letter begins: in mixed text, not only its own direction tells. Pure.

A number inside Urdu is written from left to right, but the line goes on to its left: whoever
selects from its right edge means all of it (Unicode Standard Annex 9, rules W and N).
"""

import unicodedata

from congress.docs.alignment import from_right
from congress.docs.text.pdf import PlacedText

_DIGITS = ("EN", "AN")
_INSIDE_NUMBERS = ("ES", "CS")
_STRONG = ("L", "R", "AL")


def edge_of(placed: PlacedText, at: int, *, leading: bool) -> float | None:
    """Return where a letter begins, or where it ends, across its sheet.

    Args:
        placed: The text and the boxes of its letters.
        at: Which letter.
        leading: Whether its beginning is meant.

    Returns:
        ``None`` where nothing is drawn.
    """
    number = number_around(placed.text, at)
    if number is not None and leading and at == number[0]:
        box = placed.boxes[number[1] - 1]
        return None if box is None else box.right
    if number is not None and not leading and at == number[1] - 1:
        box = placed.boxes[number[0]]
        return None if box is None else box.left
    box = placed.boxes[at] if at < len(placed.boxes) else None
    if box is None:
        return None
    rtl = number is None and goes_left(placed.text, at)
    return box.right if leading is rtl else box.left


def place_at(placed: PlacedText, at: int, x: float) -> int:
    """Return the position before or after a drawn letter that is nearer to ``x``.

    A number inside Urdu is taken whole: a pointer that goes over it goes against its digits.
    """
    number = number_around(placed.text, at)
    start, end = number or (at, at + 1)
    boxes = [box for box in placed.boxes[start:end] if box is not None]
    middle = (min(box.left for box in boxes) + max(box.right for box in boxes)) / 2
    rtl = number is not None or goes_left(placed.text, at)
    return end if (x > middle) is not rtl else start


def goes_left(text: str, at: int) -> bool:
    """Return whether the text goes on to the left of a letter: in Urdu, its stops too."""
    if unicodedata.bidirectional(text[at]) in _STRONG:
        return from_right(text[at])
    return _in_urdu(text, at, at + 1)


def number_around(text: str, at: int) -> tuple[int, int] | None:
    """Return the slice of the number that a digit belongs to, if it stands in Urdu."""
    if at >= len(text) or not _of_number(text, at):
        return None
    start, end = at, at + 1
    while start > 0 and _of_number(text, start - 1):
        start -= 1
    while end < len(text) and _of_number(text, end):
        end += 1
    return (start, end) if _in_urdu(text, start, end) else None


def _of_number(text: str, at: int) -> bool:
    kind = unicodedata.bidirectional(text[at])
    if kind in _DIGITS:
        return True
    return (
        kind in _INSIDE_NUMBERS
        and 0 < at < len(text) - 1
        and all(unicodedata.bidirectional(text[beside]) in _DIGITS for beside in (at - 1, at + 1))
    )


def _in_urdu(text: str, start: int, end: int) -> bool:
    """Return whether what is written from the right stands before a slice, or else after it."""
    line, after = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    for places in (range(start - 1, line - 1, -1), range(end, len(text) if after < 0 else after)):
        for each in places:
            if unicodedata.bidirectional(text[each]) in _STRONG:
                return from_right(text[each])
    return False
