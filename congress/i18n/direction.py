"""Keeps texts of both directions of writing in order (Unicode UAX #9)."""

import unicodedata
from collections.abc import Iterable

ISOLATE, POP = "\u2068", "\u2069"
"""Fence a text off: it takes its direction from its own first letter and gives it to nobody."""
RIGHT_TO_LEFT = "\u200f"
"""Begins a line of isolates from right to left; without a letter of its own outside them it
would run from left to right."""
_FIRST = "\u0590"
"""No character before the Hebrew block is written from right to left."""
_STRONG = frozenset({"R", "AL", "AN"})


def turns(text: str) -> bool:
    """Return whether ``text`` has a character that is written from right to left."""
    return any(
        character >= _FIRST and unicodedata.bidirectional(character) in _STRONG
        for character in text
    )


def from_right(text: str) -> bool:
    """Return whether the first letter of ``text`` outside isolates is a right-to-left one."""
    depth = 0
    for character in text:
        depth += (character == ISOLATE) - (character == POP)
        strong = "" if depth else unicodedata.bidirectional(character)
        if strong in ("L", "R", "AL"):
            return strong != "L"
    return False


def isolated(text: str, *, rtl: bool) -> str:
    """Return ``text``, isolated where its direction may differ from the one around it.

    Args:
        text: What somebody wrote: a name, a title, a line of them.
        rtl: Whether the text around it is written from right to left. There every text is
            isolated: even the full stop of an English sentence would change its side.
    """
    return f"{ISOLATE}{text}{POP}" if text and (rtl or turns(text)) else text


def joined(parts: Iterable[str], by: str, *, rtl: bool) -> str:
    """Return the parts that are not empty with ``by`` between them, each in its own direction.

    They follow each other in the direction of ``rtl``, whatever letter comes first.
    """
    line = by.join(isolated(part, rtl=rtl) for part in parts if part)
    return f"{RIGHT_TO_LEFT}{line}" if rtl and line else line
