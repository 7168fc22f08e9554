"""Pairs what is left of both versions between what did not change: alike, split, joined, moved.

Two paragraphs are alike if the longest common subsequence of their words is a good part of both
(Indel similarity). The pairs of one gap are chosen so that they do not cross and weigh most; a
pair takes in its unpaired neighbours while that makes it more alike, which finds paragraphs that
were split or joined. What stays alone is looked for in the whole text: it may have moved.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from congress.docs.changes.align import matches
from congress.docs.changes.reading import Reading

ALIKE = 0.55
"""Least similarity of two paragraphs in one gap that are shown as one that changed."""
MOVED_ALIKE = 0.75
"""Least similarity of a paragraph and the one it became somewhere else."""
_MOVED_TOKENS = 8
"""A paragraph of fewer tokens may stand anywhere: it is not said to have moved."""
_EVERY_PAIR = 40_000
"""In gaps with at most so many pairs every pair is looked at."""
_COMMON = 12
"""A word in more units than this does not tell which ones are alike."""
_CANDIDATES = 4
_GAIN = 0.02

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Step:
    """Units of the old version beside those of the new one.

    Attributes:
        old: Units ``[first, last)`` of the old version, or ``None``.
        new: Units ``[first, last)`` of the new version, or ``None``.
        same: Whether they are known to be the same.
        move: Number of the move, if they stand in different places.
    """

    old: Span | None
    new: Span | None
    same: bool = False
    move: int | None = None


def steps(old: Reading, new: Reading) -> list[Step]:
    """Return both versions in order, what went before what came.

    A move is two steps: one where the unit stood, without ``new``, and one where it stands now.
    """
    pairs: list[tuple[Span, Span, bool]] = []
    left: tuple[list[int], list[int]] = ([], [])
    ends = [(0, 0, 0), *matches(old.codes, new.codes), (len(old.units), len(new.units), 0)]
    for (at, beside, length), (end, other_end, _) in pairwise(ends):
        pairs += [((at + i, at + i + 1), (beside + i, beside + i + 1), True) for i in range(length)]
        gap = range(at + length, end), range(beside + length, other_end)
        for first, second in _paired(old, new, *gap):
            pairs.append((first, second, False))
    taken = {i for first, _, _ in pairs for i in range(*first)}
    taken_new = {j for _, second, _ in pairs for j in range(*second)}
    left[0].extend(i for i in range(len(old.units)) if i not in taken)
    left[1].extend(j for j in range(len(new.units)) if j not in taken_new)
    return _ordered(old, new, sorted(pairs), _moves(old, new, *left))


def _ordered(
    old: Reading,
    new: Reading,
    pairs: Sequence[tuple[Span, Span, bool]],
    moves: Sequence[tuple[Span, Span]],
) -> list[Step]:
    gone = {span[0]: (span, number) for number, (span, _) in enumerate(moves)}
    come = {to[0]: (span, to, number) for number, (span, to) in enumerate(moves)}
    skipped = {i for span, _ in moves for i in range(span[0] + 1, span[1])}
    skipped_new = {j for _, to in moves for j in range(to[0] + 1, to[1])}
    ordered: list[Step] = []
    at, beside = 0, 0
    for first, second, same in [
        *pairs,
        ((len(old.units),) * 2, (len(new.units),) * 2, True),
    ]:
        for i in range(at, first[0]):
            if i not in skipped:
                span, number = gone.get(i, ((i, i + 1), None))
                ordered.append(Step(span, None, move=number))
        for j in range(beside, second[0]):
            if j in come:
                span, to, move = come[j]
                ordered.append(Step(span, to, move=move))
            elif j not in skipped_new:
                ordered.append(Step(None, (j, j + 1)))
        if first[1] > first[0]:
            ordered.append(Step(first, second, same))
        at, beside = first[1], second[1]
    return ordered


# Alike in one gap


def _paired(old: Reading, new: Reading, gap: range, other: range) -> Iterator[tuple[Span, Span]]:
    if not gap or not other:
        return
    weights: dict[tuple[int, int], float] = {}
    for i, j in _candidates(old, new, gap, other):
        before, after = old.spelled(i, i + 1), new.spelled(j, j + 1)
        if likeness := _likeness(before, after, ALIKE):
            weights[i, j] = likeness * (len(before) + len(after))
    chain = _heaviest(weights)
    firsts = [*(i for i, _ in chain), gap.stop]
    seconds = [*(j for _, j in chain), other.stop]
    low, low_other = gap.start, other.start
    for at, (i, j) in enumerate(chain):
        first, second = _widened(
            old, new, (i, j), range(low, firsts[at + 1]), range(low_other, seconds[at + 1])
        )
        yield first, second
        low, low_other = first[1], second[1]


def _candidates(
    old: Reading, new: Reading, gap: Sequence[int], other: Sequence[int]
) -> Iterator[tuple[int, int]]:
    if len(gap) * len(other) <= _EVERY_PAIR:
        yield from ((i, j) for i in gap for j in other)
        return
    where: dict[str, list[int]] = defaultdict(list)
    for i in gap:
        for letter in set(old.spelled(i, i + 1)):
            where[letter].append(i)
    for j in other:
        votes: Counter[int] = Counter()
        for letter in set(new.spelled(j, j + 1)):
            if len(places := where.get(letter, ())) <= _COMMON:
                votes.update(places)
        yield from ((i, j) for i, _ in votes.most_common(_CANDIDATES))


def _likeness(first: str, second: str, least: float) -> float:
    return Indel.normalized_similarity(first, second, score_cutoff=least)


def _heaviest(weights: dict[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs that rise on both sides and together weigh most."""
    ends: list[int] = []
    best: list[tuple[float, tuple[int, int], int]] = []
    links: list[tuple[tuple[int, int], int]] = []
    for pair in sorted(weights, key=lambda each: (each[0], -each[1])):
        at = bisect_left(ends, pair[1])
        weight, before = (best[at - 1][0], best[at - 1][2]) if at else (0.0, -1)
        weight += weights[pair]
        if at < len(ends) and ends[at] == pair[1] and best[at][0] >= weight:
            continue
        links.append((pair, before))
        stop = at
        while stop < len(ends) and best[stop][0] <= weight:
            stop += 1
        ends[at:stop] = [pair[1]]
        best[at:stop] = [(weight, pair, len(links) - 1)]
    chain: list[tuple[int, int]] = []
    link = best[-1][2] if best else -1
    while link >= 0:
        pair, link = links[link]
        chain.append(pair)
    return chain[::-1]


def _widened(
    old: Reading, new: Reading, pair: tuple[int, int], room: range, other: range
) -> tuple[Span, Span]:
    """Take in the neighbours inside ``room`` and ``other`` while that makes both more alike."""
    first, second = (pair[0], pair[0] + 1), (pair[1], pair[1] + 1)
    now = _likeness(old.spelled(*first), new.spelled(*second), 0.0)
    while now < 1:
        wider = [
            (first, (second[0], second[1] + 1)),
            (first, (second[0] - 1, second[1])),
            ((first[0], first[1] + 1), second),
            ((first[0] - 1, first[1]), second),
        ]
        inside = [
            (a, b)
            for a, b in wider
            if room.start <= a[0] and a[1] <= room.stop
            if other.start <= b[0] and b[1] <= other.stop
        ]
        rated = [(_likeness(old.spelled(*a), new.spelled(*b), 0.0), a, b) for a, b in inside]
        top = max(rated, key=lambda each: each[0], default=(0.0, first, second))
        if top[0] < now + _GAIN:
            break
        now, first, second = top
    return first, second


# Moved


def _moves(
    old: Reading, new: Reading, gone: Sequence[int], come: Sequence[int]
) -> list[tuple[Span, Span]]:
    """Return which units that are gone stand elsewhere, by their old place.

    Sentences of one paragraph that moved together are one move.
    """
    gone = [i for i in gone if len(old.spelled(i, i + 1)) >= _MOVED_TOKENS]
    come = [j for j in come if len(new.spelled(j, j + 1)) >= _MOVED_TOKENS]
    rated = sorted(
        (
            (-likeness, i, j)
            for i, j in _candidates(old, new, gone, come)
            if (likeness := _likeness(old.spelled(i, i + 1), new.spelled(j, j + 1), MOVED_ALIKE))
        )
    )
    moved: dict[int, int] = {}
    arrived: set[int] = set()
    for _, i, j in rated:
        if i not in moved and j not in arrived:
            moved[i] = j
            arrived.add(j)
    joined: list[tuple[Span, Span]] = []
    for i, j in sorted(moved.items()):
        inside = not (old.units[i].begins or new.units[j].begins)
        if joined and inside and (joined[-1][0][1], joined[-1][1][1]) == (i, j):
            span, to = joined.pop()
            joined.append(((span[0], i + 1), (to[0], j + 1)))
        else:
            joined.append(((i, i + 1), (j, j + 1)))
    return joined
