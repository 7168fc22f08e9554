"""The rows in which a comparison is shown: paragraphs, and folds where nothing changed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from congress.docs.changes.model import Block, BlockKind, Comparison, RunKind

_AROUND = 1
"""Unchanged paragraphs that stay beside a change."""
_LEAST_FOLD = 2
"""Fewer unchanged paragraphs than this are not folded."""

COLOURS = {
    BlockKind.CHANGED: "caution",
    BlockKind.INSERTED: "good",
    BlockKind.DELETED: "danger",
    BlockKind.MOVED_FROM: "note",
    BlockKind.MOVED_TO: "note",
}
"""Token of the colour of each kind of change."""

ICONS = {
    BlockKind.CHANGED: "pencil-simple",
    BlockKind.INSERTED: "plus",
    BlockKind.DELETED: "minus",
    BlockKind.MOVED_FROM: "arrow-bend-up-right",
    BlockKind.MOVED_TO: "arrow-bend-down-right",
}
"""Icon of each kind of change."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        first: Its block, or the first that is folded.
        last: Behind its block, or behind the last that is folded.
        fold: Whether it stands for folded blocks.
        change: Number of its change, from 0, or ``None``.
    """

    first: int
    last: int
    fold: bool = False
    change: int | None = None


def changes_of(comparison: Comparison) -> list[int]:
    """Return the blocks that are changes, in order."""
    return [at for at, block in enumerate(comparison.blocks) if block.kind is not BlockKind.SAME]


def rows(comparison: Comparison, *, folded: bool, opened: frozenset[int]) -> list[Row]:
    """Return the rows of a comparison.

    Args:
        comparison: What changed.
        folded: Whether unchanged paragraphs are folded away.
        opened: First blocks of the folds that the person opened.
    """
    numbers = {block: number for number, block in enumerate(changes_of(comparison))}
    found: list[Row] = []
    blocks = comparison.blocks
    for same, group in groupby(range(len(blocks)), key=lambda at: at not in numbers):
        places = list(group)
        if same and folded:
            found += _folded(places, len(blocks), opened)
        else:
            found += [Row(at, at + 1, change=numbers.get(at)) for at in places]
    return found


def _folded(places: Sequence[int], count: int, opened: frozenset[int]) -> list[Row]:
    first = places[0] + (_AROUND if places[0] > 0 else 0)
    last = places[-1] + 1 - (_AROUND if places[-1] + 1 < count else 0)
    if last - first < _LEAST_FOLD or first in opened:
        return [Row(at, at + 1) for at in places]
    return [
        *(Row(at, at + 1) for at in range(places[0], first)),
        Row(first, last, fold=True),
        *(Row(at, at + 1) for at in range(last, places[-1] + 1)),
    ]


def pages(block: Block) -> tuple[int, int]:
    """Return the pages on which a block begins in both versions; 0 where it is not there."""
    old = block.old.start.page if block.old else 0
    new = block.new.start.page if block.new else 0
    return old, new


def pages_before(comparison: Comparison) -> list[tuple[int, int]]:
    """Return for each block the page on which the text before it stands, in both versions."""
    found: list[tuple[int, int]] = []
    old = new = 0
    for block in comparison.blocks:
        found.append((old, new))
        here, there = pages(block)
        old, new = here or old, there or new
    return found


def has_numbers(block: Block) -> bool:
    """Return whether a number in it changed."""
    return any(run.number for run in block.runs if run.kind is not RunKind.SAME)


def words(block: Block) -> str:
    """Return the words that came and went in a block, for screen readers."""
    if block.runs:
        changed = [run.shown.strip() for run in block.runs if run.kind is not RunKind.SAME]
        return ", ".join(filter(None, changed))
    side = block.old or block.new
    return side.text.strip() if side else ""


def moves(comparison: Comparison) -> tuple[dict[int, int], dict[int, int]]:
    """Return on which page each moved block stood, and on which it stands now."""
    stood: dict[int, int] = {}
    stands: dict[int, int] = {}
    for block in comparison.blocks:
        if block.move is not None:
            old, new = pages(block)
            if block.kind is BlockKind.MOVED_FROM:
                stood[block.move] = old
            else:
                stands[block.move] = new
    return stood, stands
