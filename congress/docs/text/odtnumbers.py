"""Counts the numbered lists of an OpenDocument text.

A list counts from its style's first number, unless it goes on from another one or an item says
otherwise (OpenDocument 1.3 part 3, sections 5.3 ``text:list``, 5.3.3 ``text:list-item``, 16.30
list styles).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from congress.docs.text.numerals import Numeral, marker, written

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_MOST = 999_999
_NUMERALS = {
    "": Numeral.NONE,
    "a": Numeral.LOWER_LETTER,
    "A": Numeral.UPPER_LETTER,
    "i": Numeral.LOWER_ROMAN,
    "I": Numeral.UPPER_ROMAN,
    "۱, ۲, ۳, ...": Numeral.EASTERN,
    "١, ٢, ٣, ٤, ...": Numeral.EASTERN,
    "أ, ب, ت, ...": Numeral.ARABIC_LETTER,
    "أ, ب, ج, ...": Numeral.ABJAD,
}
"""Formats by their names in the file; every other is written as a decimal."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts.

    Attributes:
        numeral: How its numbers are written; ``None`` for bullets.
        start: Its first number.
        before: What stands before the number.
        after: What stands after it.
        shown: Of how many levels the numbers are shown.
        repeated: Whether ``z`` is followed by ``aa``, ``bb``.
    """

    numeral: Numeral | None = None
    start: int = 1
    before: str = ""
    after: str = ""
    shown: int = 1
    repeated: bool = False


Style = Mapping[int, Level]
"""The levels of a list style, from 1."""


def list_styles(root: Any) -> dict[str, Style]:
    """Return the list styles that a part of the file defines; none for a missing part."""
    if root is None:
        return {}
    return {
        str(style.get(f"{_STYLE}name") or ""): {
            _whole(each.get(f"{_TEXT}level"), 1): _level(each)
            for each in style
            if isinstance(each.tag, str)
        }
        for style in root.iter(f"{_TEXT}list-style")
    }


def _level(source: Any) -> Level:
    if source.tag != f"{_TEXT}list-level-style-number":
        return Level()
    return Level(
        numeral=_NUMERALS.get(source.get(f"{_STYLE}num-format") or "", Numeral.DECIMAL),
        start=_whole(source.get(f"{_TEXT}start-value"), 1),
        before=source.get(f"{_STYLE}num-prefix") or "",
        after=source.get(f"{_STYLE}num-suffix") or "",
        shown=_whole(source.get(f"{_TEXT}display-levels"), 1),
        repeated=source.get(f"{_STYLE}num-letter-sync") == "true",
    )


@dataclass(slots=True)
class _Open:
    style: str
    name: str
    number: int | None


class ListCounter:
    """Counts the lists of one text; tell it of each list and item in their order."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        """Count lists of these styles."""
        self._styles = styles
        self._open: list[_Open] = []
        self._named: dict[str, int | None] = {}
        self._last: dict[tuple[str, int], int | None] = {}

    @property
    def numbered(self) -> bool:
        """Whether the innermost open list has numbers rather than bullets."""
        return self._level(len(self._open)).numeral is not None

    def begin(self, source: Any) -> None:
        """Enter a ``text:list``; one inside another has the outer one's style unless named."""
        outer = self._open[-1].style if self._open else ""
        style = str(source.get(f"{_TEXT}style-name") or outer)
        number: int | None = None
        earlier = str(source.get(f"{_TEXT}continue-list") or "")
        if earlier in self._named:
            number = self._named[earlier]
        elif source.get(f"{_TEXT}continue-numbering") == "true":
            number = self._last.get((style, len(self._open) + 1))
        self._open.append(_Open(style, str(source.get(_ID) or ""), number))

    def end(self) -> None:
        """Leave the innermost open list."""
        closed = self._open.pop()
        self._last[closed.style, len(self._open) + 1] = closed.number
        if closed.name:
            self._named[closed.name] = closed.number

    def marker(self, item: Any) -> str:
        """Count a ``text:list-item`` and return its marker; empty where it has none."""
        here = self._open[-1]
        level = self._level(len(self._open))
        given = item.get(f"{_TEXT}start-value")
        first = next(iter(item), None)
        if given is None and first is not None and first.tag == f"{_TEXT}list":
            return ""  # holds an inner list alone: the item itself began earlier, or never
        if given is not None:
            here.number = _whole(given, level.start)
        else:
            here.number = level.start if here.number is None else here.number + 1
        if level.numeral is None:
            return ""
        depth = len(self._open)
        highest = max(1, depth - level.shown + 1)
        numbers = [self._written(at) for at in range(highest, depth + 1)]
        return marker(f"{level.before}{'.'.join(filter(None, numbers))}{level.after}")

    def _written(self, depth: int) -> str:
        level, number = self._level(depth), self._open[depth - 1].number
        if level.numeral is None:
            return ""
        return written(
            level.start if number is None else number, level.numeral, repeated=level.repeated
        )

    def _level(self, depth: int) -> Level:
        style = self._styles.get(self._open[depth - 1].style, {}) if self._open else {}
        return style.get(depth, Level())


def _whole(text: str | None, otherwise: int) -> int:
    plain = text is not None and text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))
    return int(text) if text is not None and plain else otherwise
