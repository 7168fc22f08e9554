"""The order in which papers stand in a pack, a portfolio or a list: that of the agenda. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol, TypeVar

from congress.kernel.folding import fold


class Listed(Protocol):
    """What has a place on the agenda."""

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def number(self) -> str:
        """Its number in the congress, or empty."""
        ...

    @property
    def agenda(self) -> str:
        """The item of the agenda it belongs to, as written, or empty."""
        ...


T = TypeVar("T", bound=Listed)
Key = tuple[tuple[int, int, str], ...]
_NUMBERS = re.compile(r"(\d+)")


def natural(text: str) -> Key:
    """Return what a text sorts by among numbered ones: 2 before 12, 12 before 12/b."""
    return _natural(fold(text))


@lru_cache(maxsize=16_384)
def _natural(folded: str) -> Key:
    pieces = enumerate(_NUMBERS.split(folded))
    return tuple((0, int(piece), "") if at % 2 else (1, 0, piece) for at, piece in pieces if piece)


@dataclass(frozen=True, slots=True)
class Agenda:
    """The items that a congress takes up, in their order.

    Attributes:
        places: The place of each item by its folded text.
    """

    places: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Iterable[str]) -> "Agenda":
        """Return the agenda of these items; one that comes up again keeps its first place."""
        places: dict[str, int] = {}
        for item in items:
            places.setdefault(_plain(item), len(places))
        return cls(places)

    def place(self, item: str) -> tuple[int, Key]:
        """Return what an item sorts by.

        Items of the agenda come first, then others as they were written for papers, by the
        numbers in them; the empty item is the last.
        """
        if not item:
            return len(self.places) + 1, ()
        plain = _plain(item)
        known = self.places.get(plain)
        return (len(self.places), natural(plain)) if known is None else (known, ())


UNPLANNED = Agenda()
"""Where there is no programme: items stand by the numbers in them."""


def _plain(item: str) -> str:
    return " ".join(fold(item).split())


def in_order(papers: Iterable[T], agenda: Agenda = UNPLANNED) -> list[T]:
    """Return papers by item of the agenda, number and title; those without an item last."""
    return sorted(
        papers,
        key=lambda paper: (
            agenda.place(paper.agenda),
            not paper.number,
            natural(paper.number),
            natural(paper.title),
        ),
    )


def by_item(papers: Iterable[T]) -> Sequence[tuple[str, Sequence[T]]]:
    """Return papers that are in order under the items of the agenda that they belong to.

    Items whose texts differ only in case or marks are one, under the first text met.
    """
    found: dict[str, tuple[str, list[T]]] = {}
    for paper in papers:
        found.setdefault(_plain(paper.agenda), (paper.agenda, []))[1].append(paper)
    return list(found.values())
