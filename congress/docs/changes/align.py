"""Finds what two sequences share, in order: patience first, then the longest common one.

What stands once on either side, in one order on both, parts the sequences (Bram Cohen's patience
diff); between such anchors the longest common subsequence is taken, by the bit-parallel algorithm
of RapidFuzz (Hyyrö 2004). Elements are characters: words and paragraphs are numbered and written
as one character each, so both steps run on strings.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

_SURROGATES, _AFTER = 0xD800, 0xE000
_SMALL = 1_000_000
"""Below this many pairs the longest common subsequence is found at once."""
_LARGE = 400_000_000
"""Above it, and without a single anchor, the middle is given up: nothing in it is shared."""

Match = tuple[int, int, int]
"""Start in the first, start in the second, length."""


class Alphabet:
    """Gives every different value a character of its own."""

    def __init__(self) -> None:
        """Begin with no values."""
        self._known: dict[object, str] = {}

    def spell(self, values: Sequence[object]) -> str:
        """Return ``values`` as a string, equal values as equal characters."""
        known = self._known
        letters: list[str] = []
        for value in values:
            letter = known.get(value)
            if letter is None:
                code = len(known) + 1
                letter = chr(code if code < _SURROGATES else code - _SURROGATES + _AFTER)
                known[value] = letter
            letters.append(letter)
        return "".join(letters)


def matches(first: str, second: str) -> list[Match]:
    """Return the stretches that both sequences share, in order, as long as they can be."""
    found: list[Match] = []
    for start, other, length in _matches(first, second, 0, 0):
        if found and (start, other) == (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]):
            before = found[-1]
            found[-1] = (before[0], before[1], before[2] + length)
        else:
            found.append((start, other, length))
    return found


def _matches(first: str, second: str, at: int, other: int) -> Iterator[Match]:
    head = _common(first, second)
    if head:
        yield at, other, head
    tail = _common(first[head:][::-1], second[head:][::-1])
    middle, beside = first[head : len(first) - tail], second[head : len(second) - tail]
    if middle and beside:
        yield from _middle(middle, beside, at + head, other + head)
    if tail:
        yield at + len(first) - tail, other + len(second) - tail, tail


def _middle(first: str, second: str, at: int, other: int) -> Iterator[Match]:
    size = len(first) * len(second)
    anchors = [] if size <= _SMALL else _anchors(first, second)
    if anchors:
        begun, beside = 0, 0
        for here, there in [*anchors, (len(first), len(second))]:
            if here > begun and there > beside:
                yield from _matches(
                    first[begun:here], second[beside:there], at + begun, other + beside
                )
            if here < len(first):
                yield at + here, other + there, 1
            begun, beside = here + 1, there + 1
    elif size <= _LARGE:
        for step in Indel.opcodes(first, second):
            if step.tag == "equal":
                yield at + step.src_start, other + step.dest_start, step.src_end - step.src_start


def _common(first: str, second: str) -> int:
    """Return how many characters both begin with."""
    least = min(len(first), len(second))
    if first[:least] == second[:least]:
        return least
    low, high = 0, least
    while high - low > 1:
        middle = (low + high) // 2
        if first[low:middle] == second[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _anchors(first: str, second: str) -> list[tuple[int, int]]:
    """Return the places of what stands once on both sides, in the longest rising order."""
    ones = {char for char, count in Counter(first).items() if count == 1}
    ones &= {char for char, count in Counter(second).items() if count == 1}
    there = {char: at for at, char in enumerate(second) if char in ones}
    pairs = [(at, there[char]) for at, char in enumerate(first) if char in ones]
    return [pairs[at] for at in _longest_rise([place for _, place in pairs])]


def _longest_rise(values: Sequence[int]) -> list[int]:
    """Return the positions of the longest strictly rising subsequence."""
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            piles.append(at)
        else:
            tops[pile], piles[pile] = value, at
    rise: list[int] = []
    at = piles[-1] if piles else -1
    while at >= 0:
        rise.append(at)
        at = before[at]
    return rise[::-1]
