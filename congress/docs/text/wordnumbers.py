"""Counts the numbered paragraphs of a DOCX as Word does.

A paragraph names a numbering instance and a level; instances of one abstract numbering count
on from each other, unless one overrides where a level starts (ECMA-376 part 1, sections 17.9.5
``lvlRestart``, 17.9.9 ``num``, 17.9.11 ``lvlText``, 17.9.16 ``numFmt``, 17.9.27
``startOverride``). What is named neither in the paragraph nor in its style has no number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from congress.docs.text.numerals import Numeral, marker, written

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_DEEPEST = 20
"""Styles that may be based on one another."""
_PLACE = re.compile("%([1-9])")
_BULLET = "bullet"
_MOST = 999_999
_NUMERALS = {
    "none": Numeral.NONE,
    "decimalZero": Numeral.PADDED,
    "lowerLetter": Numeral.LOWER_LETTER,
    "upperLetter": Numeral.UPPER_LETTER,
    "lowerRoman": Numeral.LOWER_ROMAN,
    "upperRoman": Numeral.UPPER_ROMAN,
    "hindiNumbers": Numeral.EASTERN,
    "arabicAbjad": Numeral.ABJAD,
    "arabicAlpha": Numeral.ARABIC_LETTER,
}
"""Formats by their names in the file; every other is written as a decimal."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a numbering counts.

    Attributes:
        start: Its first number.
        form: Name of its format, as in the file.
        text: What stands before a paragraph; ``%2`` is the number of the second level.
        restart: After a paragraph of which level (from 1) it starts anew; 0 for never, ``None``
            for every higher one.
        legal: Whether the numbers of all levels are written as decimals.
        style: The paragraph style that stands for this level, or empty.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _Instance:
    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


@dataclass(slots=True)
class _Count:
    numbers: dict[int, int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


class Numbering:
    """What a DOCX says of its numberings, and how far they have been counted."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        """Read the parts of the file; either may be missing (``None``)."""
        self._styles = {_get(each, "styleId"): each for each in _all(styles, "style")}
        abstracts = {_get(each, "abstractNumId"): each for each in _all(numbering, "abstractNum")}
        self._instances = {
            _get(num, "numId"): self._instance(num, abstracts) for num in _all(numbering, "num")
        }
        self._counts: dict[str, _Count] = {}

    def _instance(self, num: Any, abstracts: Mapping[str, Any]) -> _Instance:
        abstract = _value(num, "abstractNumId")
        source = abstracts.get(abstract)
        linked = self._styles.get(_value(source, "numStyleLink"))
        if linked is not None:
            # The numbering itself stands with the style that this one is linked to.
            for name, each in abstracts.items():
                if _value(each, "styleLink") == _get(linked, "styleId"):
                    abstract, source = name, each
        levels = {_whole(_get(each, "ilvl"), 0): _level(each) for each in _all(source, "lvl")}
        starts: dict[int, int] = {}
        for override in _all(num, "lvlOverride"):
            at = _whole(_get(override, "ilvl"), 0)
            for each in _all(override, "lvl"):
                levels[at] = _level(each)
            if (given := _value(override, "startOverride")) != "":
                starts[at] = _whole(given, 1)
                levels[at] = replace(levels.get(at, Level()), start=starts[at])
        return _Instance(abstract, levels, starts)

    def marker(self, paragraph: Any) -> str:
        """Count a paragraph and return its marker; empty where it has none.

        Call it once for each paragraph, in their order. Bullets are no markers here.
        """
        name, at = self._numbered(paragraph)
        instance = self._instances.get(name)
        level = instance.levels.get(at) if instance else None
        if instance is None or level is None or level.form == _BULLET:
            return ""
        count = self._counts.setdefault(instance.abstract, _Count())
        self._step(count, name, instance, at)
        return marker(_PLACE.sub(lambda found: _place(found, count, instance, level), level.text))

    def _step(self, count: _Count, name: str, instance: _Instance, at: int) -> None:
        fresh = at in instance.starts and (name, at) not in count.begun
        if fresh or at not in count.numbers:
            count.numbers[at] = instance.levels[at].start
        else:
            count.numbers[at] += 1
        count.begun.add((name, at))
        for lower in [each for each in count.numbers if each > at]:
            restart = instance.levels.get(lower, Level()).restart
            if restart is None or at + 1 <= restart:
                del count.numbers[lower]

    def _numbered(self, paragraph: Any) -> tuple[str, int]:
        """Return the instance and the level of a paragraph; no instance for a plain one."""
        own = _find(paragraph, "pPr")
        style = _value(own, "pStyle")
        name, level = _numbering(own)
        if not name:
            name, from_style = self._of_style(style)
            level = level if level is not None else from_style
        if level is None:
            levels = self._instances[name].levels if name in self._instances else {}
            level = next((at for at, each in levels.items() if style and each.style == style), 0)
        return name, min(level, _LEVELS - 1)

    def _of_style(self, style: str) -> tuple[str, int | None]:
        level: int | None = None
        for _ in range(_DEEPEST):
            source = self._styles.get(style)
            if source is None:
                break
            name, own = _numbering(_find(source, "pPr"))
            level = own if level is None else level
            if name:
                return name, level
            style = _value(source, "basedOn")
        return "", level


def _level(source: Any) -> Level:
    restart = _value(source, "lvlRestart")
    legal = _find(source, "isLgl")
    return Level(
        start=_whole(_value(source, "start"), 1),
        form=_value(source, "numFmt") or "decimal",
        text=_value(source, "lvlText"),
        restart=_whole(restart, 0) if restart else None,
        legal=legal is not None and _get(legal, "val") not in ("0", "false", "off"),
        style=_value(source, "pStyle"),
    )


def _place(found: re.Match[str], count: _Count, instance: _Instance, level: Level) -> str:
    at = int(found[1]) - 1
    of = instance.levels.get(at, Level())
    form = "decimal" if level.legal and of.form != "none" else of.form
    number = count.numbers.get(at, of.start)
    return written(number, _NUMERALS.get(form, Numeral.DECIMAL), repeated=True)


def _numbering(properties: Any) -> tuple[str, int | None]:
    source = _find(properties, "numPr")
    level = _value(source, "ilvl")
    return _value(source, "numId"), _whole(level, 0) if level else None


def _find(element: Any, name: str) -> Any:
    return None if element is None else element.find(_W + name)


def _all(element: Any, name: str) -> list[Any]:
    return [] if element is None else list(element.findall(_W + name))


def _value(element: Any, name: str) -> str:
    return _get(_find(element, name), "val")


def _get(element: Any, name: str) -> str:
    return "" if element is None else str(element.get(_W + name) or "")


def _whole(text: str, otherwise: int) -> int:
    plain = text.isascii() and text.isdigit() and len(text) <= len(str(_MOST))
    return int(text) if plain else otherwise
