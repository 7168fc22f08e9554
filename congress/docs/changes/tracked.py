"""Tracked changes of one short text: a paragraph, and what it is to become."""

from rapidfuzz.distance import Indel

from congress.docs.changes.align import Alphabet
from congress.docs.changes.applying import settled
from congress.docs.changes.model import Run, RunKind
from congress.docs.changes.reading import read
from congress.docs.changes.stream import Stream
from congress.docs.changes.tokens import Cutting
from congress.docs.changes.wording import all_runs, runs

_ALIKE = 0.35
"""Below this similarity the one text is shown as gone and the other as new."""


def tracked(old: str, new: str, *, spaced: bool = True) -> tuple[Run, ...]:
    """Return what happens to the words of ``old`` on the way to ``new``, in order.

    Args:
        old: The words as they are.
        new: The words as they are to be; lines are paragraphs.
        spaced: Whether the spaces of both can be trusted to part words.
    """
    cutting = Cutting.WORDS if spaced else Cutting.LETTERS
    words, units = Alphabet(), Alphabet()
    before, after = (read(_whole(text), cutting, words, units) for text in (old, new))
    here, there = (0, len(before.units)), (0, len(after.units))
    if not after.units:
        return all_runs(RunKind.DELETED, before, here) if before.units else ()
    if not before.units:
        return all_runs(RunKind.INSERTED, after, there)
    if Indel.normalized_similarity(before.letters, after.letters) < _ALIKE:
        return all_runs(RunKind.DELETED, before, here) + all_runs(RunKind.INSERTED, after, there)
    return settled(runs(before, after, here, there, whole=not spaced))


def _whole(text: str) -> Stream:
    lines = text.splitlines(keepends=True)
    breaks: list[int] = []
    at = 0
    for line in lines:
        breaks.append(at)
        at += len(line)
    return Stream(text, (), (), frozenset(breaks))
