"""Compares two versions of a text."""

from collections.abc import Iterator, Sequence

from congress.docs.changes.align import Alphabet
from congress.docs.changes.applying import inverse, settled, summed
from congress.docs.changes.model import (
    Block,
    BlockKind,
    Comparison,
    Edition,
    Run,
    RunKind,
    Side,
)
from congress.docs.changes.pairing import Span, Step, steps
from congress.docs.changes.reading import Reading, read
from congress.docs.changes.stream import stream
from congress.docs.changes.tokens import Cutting
from congress.docs.changes.wording import all_runs, runs, same_run
from congress.kernel.progress import Progress, Silent


def compare(old: Edition, new: Edition, progress: Progress | None = None) -> Comparison:
    """Return what changed from ``old`` to ``new``.

    Form is no change: Unicode normal forms, the code points of one Urdu letter, the digits of a
    script, spaces. If either text was set in lines and pages, neither are line ends, page ends,
    hyphens inside words, page numbers and running heads. Compared the other way round the result
    is the inverse.

    Args:
        old: The earlier version.
        new: The later version.
        progress: Asked between the steps whether to stop.

    Raises:
        Cancelled: The person cancelled.
    """
    progress = progress or Silent()
    cutting = _cutting(old, new)
    words, units = Alphabet(), Alphabet()
    first, second = stream(old), stream(new)
    progress.check()
    earlier, later = (read(each, cutting, words, units) for each in (first, second))
    progress.check()
    if _order(earlier) <= _order(later):
        return _compared(earlier, later, progress, letters=cutting is Cutting.LETTERS)
    return inverse(_compared(later, earlier, progress, letters=cutting is Cutting.LETTERS))


def _cutting(old: Edition, new: Edition) -> Cutting:
    if not all(page.spaced for each in (old, new) for page in each.pages):
        return Cutting.LETTERS
    return Cutting.LINES if old.fixed or new.fixed else Cutting.WORDS


def _order(reading: Reading) -> tuple[list[str], str]:
    return [token.key for token in reading.tokens], reading.stream.text


def _compared(old: Reading, new: Reading, progress: Progress, *, letters: bool) -> Comparison:
    found = steps(old, new)
    progress.check()
    blocks: list[Block] = []
    for group in _grouped(old, new, found):
        progress.check()
        blocks.append(_block(old, new, group, letters=letters))
    return Comparison(tuple(blocks), summed(blocks))


def _grouped(old: Reading, new: Reading, found: Sequence[Step]) -> Iterator[list[Step]]:
    """Put the steps of one paragraph together; what moved stands alone."""
    group: list[Step] = []
    for step in found:
        moved = step.move is not None or (group and group[-1].move is not None)
        if group and (moved or _begins(old, new, step)):
            yield group
            group = []
        group.append(step)
    if group:
        yield group


def _begins(old: Reading, new: Reading, step: Step) -> bool:
    return bool(
        (step.new and new.units[step.new[0]].begins) or (step.old and old.units[step.old[0]].begins)
    )


def _block(old: Reading, new: Reading, group: Sequence[Step], *, letters: bool) -> Block:
    olds = [step.old for step in group if step.old]
    news = [step.new for step in group if step.new]
    here = _side(old, (olds[0][0], olds[-1][1])) if olds else None
    there = _side(new, (news[0][0], news[-1][1])) if news else None
    move = group[0].move
    if move is not None and there is None:
        return Block(BlockKind.MOVED_FROM, here, None, (), move)
    words = settled(run for step in group for run in _words(old, new, step, letters=letters))
    if move is not None:
        return Block(BlockKind.MOVED_TO, None, there, words, move)
    if all(run.kind is RunKind.SAME for run in words):
        kind = BlockKind.SAME
    elif there is None:
        kind = BlockKind.DELETED
    else:
        kind = BlockKind.CHANGED if here else BlockKind.INSERTED
    return Block(kind, here, there, words)


def _words(old: Reading, new: Reading, step: Step, *, letters: bool) -> Sequence[Run]:
    if step.old is None:
        return all_runs(RunKind.INSERTED, new, step.new) if step.new else ()
    if step.new is None:
        return all_runs(RunKind.DELETED, old, step.old)
    if step.same:
        return same_run(old, new, step.old, step.new)
    return runs(old, new, step.old, step.new, whole=letters)


def _side(reading: Reading, span: Span) -> Side:
    start, end = reading.bounds(*span)
    text = reading.stream.text[start:end]
    seen = len(text.rstrip()) or 1
    return Side(text, reading.stream.place(start), reading.stream.end_place(start + seen))
