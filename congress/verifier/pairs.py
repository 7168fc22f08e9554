"""Sums of pairs of points, both halves side by side.

In every proof of a ballot the first halves of ciphertexts and commitments are multiplied by
the same numbers as the second halves. So both go through the same buckets together, which
saves half of the sorting, and an addition of two pairs takes one place in the division.
"""

from collections.abc import Sequence
from typing import TypeAlias

from congress.verifier.curve import Affine, P, Point
from congress.verifier.lanes import sum_each, sum_halving

Pair: TypeAlias = tuple[int, int, int, int]
"""Two points, neither the identity: ``x, y`` of the first, then of the second."""

_GROUP = 2048
_FOLD = 2**256 - P
_LOW = 2**256 - 1


class _Meet(Exception):
    """Two points that are to be added have one first coordinate."""


def sum_pairs(lists: Sequence[list[Pair]]) -> tuple[list[Point], list[Point]]:
    """Return the sums of the first and of the second points of every list.

    The lists themselves are left as they are. As many at a time are worked off as hold
    ``_GROUP`` pairs, so that what is read again lies in the processor's cache.
    """
    firsts: list[Point] = []
    seconds: list[Point] = []
    group: list[list[Pair]] = []
    size = 0
    for number, pairs in enumerate(lists, start=1):
        group.append(pairs)
        size += len(pairs)
        if size >= _GROUP or number == len(lists):
            for sums, more in zip((firsts, seconds), _sum_group(group), strict=True):
                sums += more
            group, size = [], 0
    return firsts, seconds


def _sum_group(lists: list[list[Pair]]) -> tuple[Sequence[Point], Sequence[Point]]:
    try:
        sums = sum_halving(list(lists), _add_all)
    except _Meet:
        # What is the same or cancels is rare, and added one half after the other.
        halves: list[list[list[Affine]]] = [
            [[(x, y) for x, y, _, _ in pairs] for pairs in lists],
            [[(x, y) for _, _, x, y in pairs] for pairs in lists],
        ]
        return sum_each(halves[0]), sum_each(halves[1])
    return (
        [None if pair is None else pair[:2] for pair in sums],
        [None if pair is None else pair[2:] for pair in sums],
    )


def _add_all(ones: list[Pair], others: list[Pair]) -> tuple[list[Pair], tuple[int, ...]]:
    """Return the sums of pairs, none of which vanishes; both lists are left in reverse.

    As in ``congress.verifier.lanes``, with the product of both differences of a pair in the
    place of one. What is only multiplied on is folded, not divided: see there.

    Raises:
        _Meet: A difference is 0.
    """
    p, fold, low = P, _FOLD, _LOW
    product = 1
    before: list[int] = []
    together: list[int] = []
    for (x1, _, u1, _), (x2, _, u2, _) in zip(ones, others, strict=True):
        wide = (x2 - x1) * (u2 - u1)
        both = (wide >> 256) * fold + (wide & low)
        together.append(both)
        before.append(product)
        product = product * both % p
    if not product:
        raise _Meet
    inverse = pow(product, -1, p)
    ones.reverse()
    others.reverse()
    before.reverse()
    together.reverse()
    sums: list[Pair] = []
    for (x1, y1, u1, v1), (x2, y2, u2, v2), earlier, both in zip(
        ones, others, before, together, strict=True
    ):
        wide = inverse * earlier
        share = (wide >> 256) * fold + (wide & low)
        inverse = inverse * both % p
        wide = share * (u2 - u1)
        slope = (y2 - y1) * ((wide >> 256) * fold + (wide & low)) % p
        x3 = (slope * slope - x1 - x2) % p
        y3 = (slope * (x1 - x3) - y1) % p
        wide = share * (x2 - x1)
        slope = (v2 - v1) * ((wide >> 256) * fold + (wide & low)) % p
        u3 = (slope * slope - u1 - u2) % p
        sums.append((x3, y3, u3, (slope * (u1 - u3) - v1) % p))
    sums.reverse()
    return sums, ()
