"""Finds what a page repeats around its text: running heads, running feet, page numbers.

A line at the edge of a page is furniture if the same line stands there on several pages near each
other (even and odd pages may have heads of their own). Its numbers may grow with the pages.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EDGE = 2
"""So many lines at the top and at the bottom of a page may be furniture."""
_LONGEST = 160
_OFTEN = 3
_SHARE = 0.4
_NEAR = 2
_DIGITS = re.compile(r"\d+")


def furniture(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """Return for each page which of its lines (from 0) are furniture.

    Args:
        pages: The lines of each page that are not empty.
    """
    found: list[set[int]] = [set() for _ in pages]
    for from_end in (False, True):
        for alike in _edges(pages, from_end=from_end):
            for places in _in_step(alike):
                for page, line in _repeated(places, len(pages)):
                    found[page].add(line)
    return [_from_the_edge(lines, len(page)) for lines, page in zip(found, pages, strict=True)]


@dataclass(frozen=True, slots=True)
class _Edge:
    page: int
    line: int
    numbers: tuple[int, ...]


def _edges(pages: Sequence[Sequence[str]], *, from_end: bool) -> Iterable[list[_Edge]]:
    """Return the lines at one edge, those that differ in numbers only together."""
    edges: dict[tuple[int, str], list[_Edge]] = defaultdict(list)
    for number, lines in enumerate(pages):
        count = len(lines)
        for depth in range(min(EDGE, count)):
            line = count - 1 - depth if from_end else depth
            if len(lines[line]) <= _LONGEST:
                plain = " ".join(unicodedata.normalize("NFC", lines[line]).casefold().split())
                numbers = tuple(int(each) for each in _DIGITS.findall(plain))
                edges[depth, _DIGITS.sub("#", plain)].append(_Edge(number, line, numbers))
    return edges.values()


def _in_step(alike: Sequence[_Edge]) -> Iterable[list[_Edge]]:
    """Part lines by their numbers: each stays the same, or grows with the pages.

    The numbers of a heading that happens to begin several pages do neither.
    """
    grows = [
        max(Counter(each.numbers[at] - each.page for each in alike).values())
        > max(Counter(each.numbers[at] for each in alike).values())
        for at in range(len(alike[0].numbers))
    ]
    parted: dict[tuple[int, ...], list[_Edge]] = defaultdict(list)
    for each in alike:
        key = tuple(
            number - each.page if growing else number
            for number, growing in zip(each.numbers, grows, strict=True)
        )
        parted[key].append(each)
    return parted.values()


def _repeated(places: Sequence[_Edge], pages: int) -> list[tuple[int, int]]:
    """Return the lines that stand near enough to others of their kind."""
    every = [(each.page, each.line) for each in places]
    if len(every) >= _SHARE * pages and len(every) >= min(_OFTEN, max(2, pages)):
        return every
    kept: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    for place in every:
        if run and place[0] - run[-1][0] > _NEAR:
            kept += run if len(run) >= _OFTEN else []
            run = []
        run.append(place)
    return kept + (run if len(run) >= _OFTEN else [])


def _from_the_edge(lines: set[int], count: int) -> set[int]:
    """Keep what has nothing but furniture between itself and the edge of its page."""
    kept: set[int] = set()
    for order in (range(count), reversed(range(count))):
        for line in order:
            if line not in lines:
                break
            kept.add(line)
    return kept
