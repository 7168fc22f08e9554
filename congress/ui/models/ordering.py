"""In which order papers stand on a list. Pure."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from congress.docs.agenda import natural
from congress.docs.model import Paper


class Sort(StrEnum):
    """In which order papers are listed."""

    AGENDA = "agenda"
    NEWEST = "newest"
    TITLE = "title"
    NUMBER = "number"


ORDERS: Mapping[Sort, Callable[[Paper], tuple[Any, ...]]] = {
    Sort.AGENDA: lambda paper: (
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
"""The key of each order; that of the agenda tells papers of one item apart."""
