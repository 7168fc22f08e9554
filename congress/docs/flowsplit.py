"""Cuts long tables and lists into pieces that begin where pages of the stored text begin. Pure.

A table of a thousand rows is one block of HTML, and laid out as one it would hold everything up.
Its rows are shared out among the pages they stand on; all pieces of a table get the widths of
columns that suit the whole.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any

from lxml import etree

from congress.docs.alignment import significant

_LEAST_ROWS = 20
_WIDEST = 60
"""Letters of a cell that count when widths of columns are shared out."""
_NARROWEST, _ROOM = 8, 3
"""Letters that the narrowest column has room for, and what the edges of a cell take."""
_CELLS = ("td", "th")


class Splitter:
    """Knows how many letters of the text came before."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Share blocks out among the pages with these stored texts."""
        self._starts = list(accumulate(map(_letters, texts), initial=0))[:-1]
        self._before = 0

    def pieces(self, block: Any) -> Iterator[tuple[int, Any]]:
        """Give a block, or the pieces it is cut into, each with the page it begins on.

        The page is 0 for a block that is not cut: its own anchors tell.
        """
        rows = list(block.iter("tr")) if block.tag == "table" else _items(block)
        if len(rows) < _LEAST_ROWS or _spans(block):
            self._before += _letters("".join(block.itertext()))
            yield 0, block
            return
        pages = []
        for row in rows:
            pages.append(bisect_right(self._starts, self._before))
            self._before += _letters("".join(row.itertext()))
        widths = _widths(rows) if block.tag == "table" else []
        number = int(block.get("start", "1")) if block.tag == "ol" else 0
        for page, group in groupby(zip(pages, rows, strict=True), key=lambda pair: pair[0]):
            part = [row for _, row in group]
            yield max(1, page), _piece(block, part, widths, number)
            number += len(part) if number else 0


def _items(block: Any) -> list[Any]:
    return [each for each in block if each.tag == "li"] if block.tag in ("ul", "ol") else []


def _spans(block: Any) -> bool:
    nested = sum(1 for _ in block.iter("table")) > 1
    return nested or any(cell.get("rowspan") or cell.get("colspan") for cell in block.iter(*_CELLS))


def _letters(text: str) -> int:
    return sum(map(significant, text))


def _widths(rows: Sequence[Any]) -> list[int]:
    """Return the share of the width in percent that suits each column of a table."""
    wanted: list[float] = []
    for row in rows:
        for at, cell in enumerate(row.iter(*_CELLS)):
            text = "".join(cell.itertext())
            word = max(map(len, text.split()), default=0)
            long = _ROOM + max(_NARROWEST, word, min(_WIDEST, len(text)))
            if at == len(wanted):
                wanted.append(long)
            wanted[at] = max(wanted[at], long)
    whole = sum(wanted)
    return [max(1, round(100 * each / whole)) for each in wanted] if whole else []


def _piece(block: Any, rows: Sequence[Any], widths: Sequence[int], number: int) -> Any:
    piece = etree.Element(block.tag, dict(block.attrib))
    if widths:
        piece.set("width", "100%")
        for row in rows:
            for cell, width in zip(row.iter(*_CELLS), widths, strict=False):
                cell.set("width", f"{width}%")
    if number:
        piece.set("start", str(number))
    for row in rows:
        piece.append(row)
    return piece
