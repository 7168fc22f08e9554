"""Finds words that have changed: the place in a text that is most like them.

A long text is not compared with every quote as a whole. Runs of eight letters that the quote has
(with what stood around it) are looked up in one pass; the stretches of text with most of them are
compared by RapidFuzz (``partial_ratio_alignment``), and the ends are moved to whole words where
that makes the likeness greatest. What stood before and after decides between places that are
about equally alike. A place counts only if its own words reach the threshold.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from congress.docs.notes.folded import FoldedPages
from congress.docs.notes.model import THRESHOLD

_RUN = 8
_COMMON = 100
"""A run that stands in the text more often than this tells nothing."""
_STRETCH = 512
_STRETCHES = 8
_WORTH = 3
"""A stretch that shares this many times fewer runs than the best one is not looked at."""
_SHIFT = 4
"""Words by which an end may move to fit better."""
_LONG, _AROUND = 90, 65
"""Fewer letters than this are not believed alone: with what stood around them they must reach
this likeness. Measured on the Universal Declaration with a tenth to a third of its words
changed and a fifth of its paragraphs gone: one claim in 500 is wrong, without it one in 80."""
_CONTEXT_WEIGHT = 0.1
"""Points of likeness that one point of likeness of the surroundings is worth."""


@dataclass(frozen=True, slots=True)
class Search:
    """A quote to look for, squeezed.

    Attributes:
        key: What the answer is filed under.
        exact: The words.
        prefix: What stood before them.
        suffix: What stood after them.
        expected: About where they should be in the text.
        stood: The slice of the old text they come from, if that is known.
    """

    key: int
    exact: str
    prefix: str
    suffix: str
    expected: int
    stood: tuple[int, int] | None

    @property
    def whole(self) -> str:
        """The words with what stood around them."""
        return self.prefix + self.exact + self.suffix

    def fits_around(self, text: str, start: int, end: int) -> bool:
        """Return whether a slice of ``text`` is alike also with what stands around it."""
        around = text[max(0, start - len(self.prefix)) : end + len(self.suffix)]
        return fuzz.ratio(self.whole, around) >= _AROUND

    def neighbours(self, text: str, start: int, end: int) -> tuple[float, float]:
        """Return how alike (0 to 100) is what stands before and after a slice of ``text``."""
        before = text[max(0, start - len(self.prefix)) : start]
        after = text[end : end + len(self.suffix)]
        return fuzz.ratio(self.prefix, before), fuzz.ratio(self.suffix, after)


@dataclass(frozen=True, slots=True)
class Found:
    """A slice of the text, and how alike it is (0 to 100)."""

    start: int
    end: int
    score: int


def find(
    searches: Sequence[Search], new: FoldedPages, old: FoldedPages | None = None
) -> Mapping[int, Found]:
    """Return the best place of each quote that has one.

    Args:
        searches: The quotes.
        new: Where to look.
        old: The version they come from: a place whose very words stood elsewhere in it is
            passed over, because those words were not changed.
    """
    answers: dict[int, Found] = {}
    if not searches or not new.text:
        return answers
    runs = _where(new.text, {run for each in searches for run in _runs(each.whole)})
    for search in searches:
        found = [
            each
            for begin in _stretches(search, runs)
            if (each := _best_in(search, new, begin)) is not None
            and not _stood_elsewhere(search, new.text[each.start : each.end], old)
        ]
        if found:
            answers[search.key] = max(found, key=lambda each: _rank(search, each, new.text))
    return answers


def _runs(text: str) -> Iterator[str]:
    size = min(_RUN, len(text))
    return (text[at : at + size] for at in range(len(text) - size + 1))


def _where(text: str, wanted: set[str]) -> Mapping[str, Sequence[int]]:
    """Return where in ``text`` each run stands."""
    found: dict[str, list[int]] = defaultdict(list)
    for size in {len(run) for run in wanted}:
        for at in range(len(text) - size + 1):
            run = text[at : at + size]
            if run in wanted:
                found[run].append(at)
    return {run: places for run, places in found.items() if len(places) <= _COMMON}


def _stretches(search: Search, runs: Mapping[str, Sequence[int]]) -> list[int]:
    """Return where the stretches begin that share most runs with the quote."""
    votes: Counter[int] = Counter()
    for run in _runs(search.whole):
        for at in runs.get(run, ()):
            votes[at // _STRETCH] += 1
    near = search.expected // _STRETCH
    best = sorted(votes, key=lambda each: (-votes[each], abs(each - near)))[:_STRETCHES]
    return [each * _STRETCH for each in best if _WORTH * votes[each] >= votes[best[0]]]


def _best_in(search: Search, new: FoldedPages, begin: int) -> Found | None:
    """Return the place most alike in a stretch, and a little around it."""
    size = len(search.exact)
    low = max(0, begin - 2 * size)
    window = new.text[low : begin + _STRETCH + 2 * size]
    if len(window) <= size:
        start, end = low, low + len(window)
    else:
        match = fuzz.partial_ratio_alignment(search.exact, window, score_cutoff=THRESHOLD)
        if match is None:
            return None
        start, end = low + match.dest_start, low + match.dest_end
    start, end = _whole_words(search.exact, new, start, end)
    score = fuzz.ratio(search.exact, new.text[start:end])
    if score < THRESHOLD:
        return None
    if len(search.exact) < _LONG and not search.fits_around(new.text, start, end):
        return None
    return Found(start, end, int(score))


def _whole_words(exact: str, new: FoldedPages, start: int, end: int) -> tuple[int, int]:
    """Return the slice, its ends moved to whole words where it is most like ``exact``."""
    words, text = new.word_starts, new.text
    at = bisect_right(words, start) - 1
    starts = words[max(0, at - _SHIFT) : at + _SHIFT + 1]
    start = max(
        (each for each in starts if each < end),
        key=lambda each: (fuzz.ratio(exact, text[each:end]), -abs(each - start)),
    )
    at = bisect_left(words, end)
    ends = words[max(0, at - _SHIFT) : at + _SHIFT + 1]
    end = max(
        (each for each in ends if each > start),
        key=lambda each: (fuzz.ratio(exact, text[start:each]), -abs(each - end)),
    )
    return start, end


def _stood_elsewhere(search: Search, claimed: str, old: FoldedPages | None) -> bool:
    if old is None or search.stood is None:
        return False
    begin, end = search.stood
    at = old.text.find(claimed)
    while at >= 0:
        if at + len(claimed) <= begin or at >= end:
            return True
        at = old.text.find(claimed, at + 1)
    return False


def _rank(search: Search, found: Found, text: str) -> tuple[float, int]:
    around = sum(search.neighbours(text, found.start, found.end))
    return found.score + _CONTEXT_WEIGHT * around, -abs(found.start - search.expected)
