"""What comparisons are good for: applied to the old text one gives the new text.

Turned around, it is the comparison the other way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from congress.docs.changes.model import Block, BlockKind, Comparison, Run, RunKind, Summary
from congress.docs.changes.tokens import count
from congress.kernel.errors import BugError

_TURNED = {
    BlockKind.DELETED: BlockKind.INSERTED,
    BlockKind.INSERTED: BlockKind.DELETED,
    BlockKind.MOVED_FROM: BlockKind.MOVED_TO,
    BlockKind.MOVED_TO: BlockKind.MOVED_FROM,
}
_TURNED_RUNS = {RunKind.DELETED: RunKind.INSERTED, RunKind.INSERTED: RunKind.DELETED}
_ONE_SIDED = frozenset(_TURNED)


def settled(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs with those of one fate joined, and in each change what went before what came."""
    found: list[Run] = []
    for common, group in groupby(runs, key=lambda run: run.kind is RunKind.SAME):
        change = list(group)
        if not common:
            change.sort(key=lambda run: run.kind is RunKind.INSERTED)
        for (kind, number), alike in groupby(change, key=lambda run: (run.kind, run.number)):
            pieces = list(alike)
            old = "".join(run.old for run in pieces)
            new = "".join(run.new for run in pieces)
            found.append(Run(kind, old, old if old == new else new, number))
    return tuple(found)


def summed(blocks: Sequence[Block]) -> Summary:
    """Return how much changed in these blocks."""
    kinds = [block.kind for block in blocks]
    added = removed = numbers = 0
    for run in (run for block in blocks for run in block.runs):
        if run.kind is RunKind.SAME:
            continue
        words = count(run.shown)
        numbers += words if run.number else 0
        if run.kind is RunKind.INSERTED:
            added += words
        else:
            removed += words
    return Summary(
        changed=kinds.count(BlockKind.CHANGED),
        inserted=kinds.count(BlockKind.INSERTED),
        deleted=kinds.count(BlockKind.DELETED),
        moved=kinds.count(BlockKind.MOVED_TO),
        words_added=added,
        words_removed=removed,
        numbers=numbers,
    )


def inverse(comparison: Comparison) -> Comparison:
    """Return the comparison from the new version to the old one."""
    runs_of = {
        block.move: block.runs for block in comparison.blocks if block.kind is BlockKind.MOVED_TO
    }
    turned = [_turned(block, runs_of) for block in comparison.blocks]
    ordered: list[Block] = []
    for one_sided, group in groupby(turned, key=lambda block: block.kind in _ONE_SIDED):
        blocks = list(group)
        if one_sided:
            blocks.sort(key=lambda block: block.old is None)
        ordered += blocks
    return Comparison(tuple(ordered), summed(ordered))


def _turned(block: Block, runs_of: dict[int | None, tuple[Run, ...]]) -> Block:
    kind = _TURNED.get(block.kind, block.kind)
    runs: tuple[Run, ...] = ()
    if kind is not BlockKind.MOVED_FROM:
        before = runs_of[block.move] if kind is BlockKind.MOVED_TO else block.runs
        runs = settled(
            replace(run, kind=_TURNED_RUNS.get(run.kind, run.kind), old=run.new, new=run.old)
            for run in before
        )
    return Block(kind, block.new, block.old, runs, block.move)


def applied(comparison: Comparison, old: str) -> str:
    """Return the new text, made of the old one and the comparison.

    Args:
        comparison: From the old version to the new one.
        old: The whole stream of the old version.

    Raises:
        BugError: ``old`` is not the text that was compared.
    """
    here, moved = _stretches(comparison, old)
    pieces: list[str] = []
    for at, block in enumerate(comparison.blocks):
        if block.new is None:
            continue
        source = moved[block.move] if block.kind is BlockKind.MOVED_TO else here.get(at, "")
        place = 0
        for run in block.runs:
            if source[place : place + len(run.old)] != run.old:
                raise BugError("this is not the text that was compared")
            pieces.append(run.new)
            place += len(run.old)
        if place != len(source):
            raise BugError("the comparison leaves a part of the old text out")
    return "".join(pieces)


def _stretches(comparison: Comparison, old: str) -> tuple[dict[int, str], dict[int | None, str]]:
    """Cut the old text into the stretches of the blocks, and those that moved."""
    here: dict[int, str] = {}
    moved: dict[int | None, str] = {}
    at = 0
    for number, block in enumerate(comparison.blocks):
        if block.old is not None:
            stretch = old[at : at + len(block.old.text)]
            at += len(stretch)
            here[number] = stretch
            if block.kind is BlockKind.MOVED_FROM:
                moved[block.move] = stretch
    if at != len(old):
        raise BugError("this is not the text that was compared")
    return here, moved
