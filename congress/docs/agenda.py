"""The order in which papers stand in a pack, a portfolio or a list: that of the agenda. Pure."""

from collections.abc import Iterable, Sequence
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


def natural(text: str) -> Key:
    """Return what a text sorts by among numbered ones: 2 before 12, 12 before 12/b."""
    parts: list[tuple[int, int, str]] = []
    for char in fold(text):
        digit = int(char) if char.isdecimal() else None
        if digit is None:
            parts.append((1, 0, char))
        elif parts and parts[-1][0] == 0:
            parts[-1] = (0, parts[-1][1] * 10 + digit, "")
        else:
            parts.append((0, digit, ""))
    return tuple(parts)


def _place(paper: Listed) -> tuple[bool, Key, bool, Key, Key]:
    return (
        not paper.agenda,
        natural(paper.agenda),
        not paper.number,
        natural(paper.number),
        natural(paper.title),
    )


def in_order(papers: Iterable[T]) -> list[T]:
    """Return papers by item of the agenda, number and title; those without an item last."""
    return sorted(papers, key=_place)


def by_item(papers: Iterable[T]) -> Sequence[tuple[str, Sequence[T]]]:
    """Return each item of the agenda with its papers, in order; the empty item last.

    Items whose texts differ only in case or marks are one, under the first text met.
    """
    found: dict[str, tuple[str, list[T]]] = {}
    for paper in in_order(papers):
        found.setdefault(fold(paper.agenda), (paper.agenda, []))[1].append(paper)
    return list(found.values())
