"""What happened to the words of two paragraphs that belong together.

The longest common subsequence of their tokens is tidied for the eye: a single common word between
two changes joins them (as the semantic clean-up of Neil Fraser's diff-match-patch does), an
insertion that can slide begins where a sentence begins, and where spaces cannot be trusted a
change takes in the whole word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from congress.docs.changes.align import matches
from congress.docs.changes.model import Run, RunKind
from congress.docs.changes.pairing import Span
from congress.docs.changes.reading import Reading
from congress.docs.changes.tokens import Sort

_ISLAND = 12
"""Letters of common words between two larger changes that are drawn into them at most."""
_SENTENCE_ENDS = frozenset(".!?…۔؟;:\n")


@dataclass(slots=True)
class _Stretch:
    """Tokens ``[old, old_end)`` beside ``[new, new_end)``: common ones, or changed ones."""

    common: bool
    old: int
    old_end: int
    new: int
    new_end: int

    def sizes(self, old: Reading, new: Reading) -> tuple[int, int]:
        return (
            _letters(old, self.old, self.old_end),
            _letters(new, self.new, self.new_end),
        )


def _letters(reading: Reading, first: int, last: int) -> int:
    return sum(
        len(token.key) for token in reading.tokens[first:last] if token.sort is not Sort.SIGN
    )


def all_runs(kind: RunKind, reading: Reading, span: Span) -> tuple[Run, ...]:
    """Return the units ``span`` of one version as runs that went or came as a whole."""
    first, last = reading.units[span[0]].first, reading.units[span[1] - 1].last
    return tuple(_one_sided(kind, reading, first, last))


def same_run(old: Reading, new: Reading, before: Span, after: Span) -> tuple[Run, ...]:
    """Return units whose words are the same as one run."""
    start, end = old.bounds(*before)
    other, other_end = new.bounds(*after)
    return (Run(RunKind.SAME, old.stream.text[start:end], new.stream.text[other:other_end]),)


def runs(old: Reading, new: Reading, before: Span, after: Span, *, whole: bool) -> tuple[Run, ...]:
    """Return what happened to the words of the units ``before``, which are ``after`` now.

    Args:
        old: The old version.
        new: The new version.
        before: Units of the old version.
        after: Units of the new version.
        whole: Whether changes take in whole words between spaces.
    """
    at, end = old.units[before[0]].first, old.units[before[1] - 1].last
    beside, other_end = new.units[after[0]].first, new.units[after[1] - 1].last
    found = [(at + i, beside + j, n) for i, j, n in _found(old, new, before, after)]
    stretches: list[_Stretch] = []
    for i, j, length in [*found, (end, other_end, 0)]:
        if i > at or j > beside:
            stretches.append(_Stretch(False, at, i, beside, j))
        if length:
            stretches.append(_Stretch(True, i, i + length, j, j + length))
        at, beside = i + length, j + length
    for slid in stretches[1:-1]:
        _slide(old, new, stretches, slid)
    if whole:
        _take_whole_words(old, new, stretches)
    tidied = _without_islands([each for each in stretches if _size(each)], old, new)
    return tuple(_runs(old, new, tidied))


def _found(old: Reading, new: Reading, before: Span, after: Span) -> Sequence[tuple[int, int, int]]:
    return matches(old.spelled(*before), new.spelled(*after))


def _size(stretch: _Stretch) -> int:
    return stretch.old_end - stretch.old + stretch.new_end - stretch.new


def _slide(old: Reading, new: Reading, stretches: list[_Stretch], this: _Stretch) -> None:
    """Let a pure insertion or deletion begin where a sentence does, if it can slide there."""
    if this.common or (this.old < this.old_end and this.new < this.new_end):
        return
    at = next(number for number, each in enumerate(stretches) if each is this)
    before, after = stretches[at - 1], stretches[at + 1]
    reading = old if this.old < this.old_end else new
    first, last = (this.old, this.old_end) if reading is old else (this.new, this.new_end)
    shift = _best_shift(
        reading, first, last, before.old_end - before.old, after.old_end - after.old
    )
    before.old_end += shift
    before.new_end += shift
    after.old += shift
    after.new += shift
    this.old, this.old_end = this.old + shift, this.old_end + shift
    this.new, this.new_end = this.new + shift, this.new_end + shift


def _best_shift(reading: Reading, first: int, last: int, back: int, forth: int) -> int:
    """Return by how many tokens ``[first, last)`` has to slide to begin behind a sentence."""
    letters = reading.letters
    for step, room in ((-1, back), (1, forth)):
        for shift in range(0, step * (room + 1), step):
            start, end = first + shift, last + shift
            if start == 0 or reading.tokens[start - 1].key[0] in _SENTENCE_ENDS:
                return shift
            leaving, coming = (end - 1, start - 1) if step < 0 else (start, end)
            if coming >= len(letters) or letters[leaving] != letters[coming]:
                break
    return 0


def _take_whole_words(old: Reading, new: Reading, stretches: list[_Stretch]) -> None:
    """Give the letters of a half-changed word, which its neighbours hold, to the change."""
    for left, right in pairwise(stretches):
        if left.common and not right.common:
            while left.old < left.old_end and not (
                _parted(old, left.old_end) or _parted(new, left.new_end)
            ):
                left.old_end -= 1
                left.new_end -= 1
            right.old, right.new = left.old_end, left.new_end
        elif right.common and not left.common:
            while right.old < right.old_end and not (
                _parted(old, right.old) or _parted(new, right.new)
            ):
                right.old += 1
                right.new += 1
            left.old_end, left.new_end = right.old, right.new


def _parted(reading: Reading, token: int) -> bool:
    """Return whether there is a space, or a sign, before the token."""
    if token <= 0 or token >= len(reading.tokens):
        return True
    before, after = reading.tokens[token - 1], reading.tokens[token]
    return before.end < after.start or Sort.WORD is not before.sort or Sort.WORD is not after.sort


def _without_islands(stretches: Sequence[_Stretch], old: Reading, new: Reading) -> list[_Stretch]:
    tidied: list[_Stretch] = []
    for at, stretch in enumerate(stretches):
        following = stretches[at + 1] if at + 1 < len(stretches) else None
        before = tidied[-1] if tidied else None
        if before and not before.common and _joins(before, stretch, following, old, new):
            before.old_end, before.new_end = stretch.old_end, stretch.new_end
        else:
            tidied.append(stretch)
    return tidied


def _joins(
    change: _Stretch, this: _Stretch, following: _Stretch | None, old: Reading, new: Reading
) -> bool:
    """Return whether ``this``, if not itself a change, is an island between two changes."""
    if not this.common:
        return True
    if following is None or following.common:
        return False
    letters = _letters(old, this.old, this.old_end)
    return letters <= min(_ISLAND, max(change.sizes(old, new)), max(following.sizes(old, new)))


def _runs(old: Reading, new: Reading, stretches: Sequence[_Stretch]) -> Iterator[Run]:
    for each in stretches:
        if each.common:
            start, end = old.slice(each.old, each.old_end)
            other, other_end = new.slice(each.new, each.new_end)
            yield Run(RunKind.SAME, old.stream.text[start:end], new.stream.text[other:other_end])
        else:
            yield from _one_sided(RunKind.DELETED, old, each.old, each.old_end)
            yield from _one_sided(RunKind.INSERTED, new, each.new, each.new_end)


def _one_sided(kind: RunKind, reading: Reading, first: int, last: int) -> Iterator[Run]:
    """Give the tokens ``[first, last)`` as runs, numbers apart from words."""
    for number, group in groupby(
        range(first, last), key=lambda at: reading.tokens[at].sort is Sort.NUMBER
    ):
        places = list(group)
        start, end = reading.slice(places[0], places[-1] + 1)
        text = reading.stream.text[start:end]
        if kind is RunKind.DELETED:
            yield Run(kind, text, "", number)
        else:
            yield Run(kind, "", text, number)
