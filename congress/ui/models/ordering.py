"""In which order papers stand on a list. Pure."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from congress.docs.model import Paper
from congress.kernel.folding import fold

_NUMBERS = re.compile(r"(\d+)")


class Sort(StrEnum):
    """In which order papers are listed."""

    AGENDA = "agenda"
    NEWEST = "newest"
    TITLE = "title"
    NUMBER = "number"


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts ``text`` folded, and the numbers in it by their size."""
    return _natural(fold(text))


@lru_cache(maxsize=16_384)
def _natural(folded: str) -> tuple[tuple[int, int, str], ...]:
    pieces = enumerate(_NUMBERS.split(folded))
    return tuple((0, int(piece), "") if at % 2 else (1, 0, piece) for at, piece in pieces if piece)


def by_agenda(paper: Paper) -> tuple[Any, ...]:
    """Return a key that sorts papers by the item of the agenda, those of none last."""
    return not paper.agenda, natural(paper.agenda), paper.agenda


ORDERS: Mapping[Sort, Callable[[Paper], tuple[Any, ...]]] = {
    Sort.AGENDA: lambda paper: (
        by_agenda(paper),
        not paper.number,
        natural(paper.number),
        natural(paper.title),
    ),
    Sort.NEWEST: lambda paper: (-paper.updated_at.timestamp(), paper.id),
    Sort.TITLE: lambda paper: (natural(paper.title), paper.id),
    Sort.NUMBER: lambda paper: (
        not paper.number,
        natural(paper.number),
        natural(paper.title),
    ),
}
"""The key of each order."""
