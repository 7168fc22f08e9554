"""One long sum of multiplied points: Pippenger's method of buckets.

Pippenger, *On the evaluation of powers and monomials* (1980), as in Bernstein, Doumen,
Lange, Oosterwijk, *Faster batch forgery identification* (INDOCRYPT 2012), section 4: each
scalar is cut into digits of ``c`` bits, the points are sorted into a bucket for every digit,
the buckets are added up, and each bucket is multiplied by its digit at the end. Digits have
a sign, so that half as many buckets are multiplied. All the additions of a step are done
together by ``congress.verifier.lanes``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.verifier.curve import Affine, Point, add, negate
from congress.verifier.lanes import double_all, sum_each
from congress.verifier.pairs import Pair, sum_pairs


@dataclass(frozen=True, slots=True)
class Terms:
    """Pairs of points, each to be multiplied by a number.

    Attributes:
        pairs: In any order, also the same more than once.
        scalars: As many numbers, at least 0 and less than ``2**bits``.
        bits: Fewer bits take less time.
    """

    pairs: Sequence[Pair]
    scalars: Sequence[int]
    bits: int


def combine(groups: Sequence[Terms]) -> tuple[Point, Point]:
    """Return the sums of the first and of the second points, each multiplied by its scalar.

    Args:
        groups: Added together; one for each size of scalars.
    """
    width = _width(groups)
    half = 1 << (width - 1)
    mask = 2 * half - 1
    # Adding ``half`` at every place and taking it off each digit again gives digits from
    # -half to half - 1; one more window takes the carry.
    windows = [group.bits // width + 1 for group in groups]
    offsets = [sum(half << (width * place) for place in range(count)) for count in windows]
    shifted = [
        [scalar + offset for scalar in group.scalars]
        for group, offset in zip(groups, offsets, strict=True)
    ]
    first: Point = None
    second: Point = None
    for place in range(max(windows, default=0) - 1, -1, -1):
        first, second = _doubled(first, width), _doubled(second, width)
        buckets: list[list[Pair]] = [[] for _ in range(2 * half)]
        shift = width * place
        for group, count, scalars in zip(groups, windows, shifted, strict=True):
            if place < count:
                for pair, scalar in zip(group.pairs, scalars, strict=True):
                    buckets[(scalar >> shift) & mask].append(pair)
        ones, others = sum_pairs(buckets)
        first = add(first, _weighed(ones, half))
        second = add(second, _weighed(others, half))
    return first, second


def _width(groups: Sequence[Terms]) -> int:
    """Return the number of bits of a digit that takes the fewest additions."""

    def additions(width: int) -> int:
        buckets = max(group.bits // width + 1 for group in groups) << (width - 1)
        return buckets + sum((group.bits // width + 1) * len(group.pairs) for group in groups)

    return min(range(2, 17), key=additions) if groups else 2


def _doubled(point: Point, times: int) -> Point:
    if point is not None:
        for _ in range(times):
            (point,) = double_all([point])
    return point


def _weighed(sums: Sequence[Point], half: int) -> Point:
    """Return the sum over the buckets ``b`` of ``b - half`` times the sum of what lies in it."""
    above, below = sums[half + 1 :], sums[half - 1 : 0 : -1]
    merged = sum_each(
        [
            [point for point in (one, negate(other)) if point is not None]
            for one, other in zip(above, below, strict=True)
        ]
    )
    return _by_rows([None, *merged, negate(sums[0])])


def _by_rows(sums: Sequence[Point]) -> Point:
    """Return the sum over ``b`` of ``b * sums[b]``.

    With ``b = high * size + low`` this is ``size`` times the sum over the rows, each by its
    ``high``, and the sum over the columns, each by its ``low``: two additions a bucket, all
    in one go, and then two short lists.
    """
    size = 1 << ((len(sums) - 1).bit_length() // 2)
    rows: list[list[Affine]] = [[] for _ in range(len(sums) // size + 1)]
    columns: list[list[Affine]] = [[] for _ in range(size)]
    for number, point in enumerate(sums):
        if point is not None:
            rows[number // size].append(point)
            columns[number % size].append(point)
    row_sums = sum_each(rows)
    result = _running(row_sums)
    while size > 1 and result is not None:
        (result,) = double_all([result])
        size >>= 1
    return add(result, _running(sum_each(columns)))


def _running(sums: Sequence[Point]) -> Point:
    """Return the sum over ``b`` of ``b * sums[b]`` for a short list, by adding from the end."""
    suffix: Point = None
    result: Point = None
    for point in reversed(sums[1:]):
        suffix = add(suffix, point)
        result = add(result, suffix)
    return result
