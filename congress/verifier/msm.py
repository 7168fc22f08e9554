"""One long sum of multiplied points: Pippenger's method of buckets.

Pippenger, *On the evaluation of powers and monomials* (1980), as in Bernstein, Doumen,
Lange, Oosterwijk, *Faster batch forgery identification* (INDOCRYPT 2012), section 4: each
scalar is cut into digits of ``c`` bits, the points are sorted into a bucket for every digit,
the buckets are added up, and each bucket is multiplied by its digit at the end. Digits have
a sign, so that half as many buckets are multiplied. All the additions of a step are done
together by ``congress.verifier.lanes``.
"""

from collections.abc import Sequence

from congress.verifier.curve import Affine, Point, add, negate
from congress.verifier.lanes import double_all, sum_each

SCALAR_BITS = 256


def combine(points: Sequence[Affine], scalars: Sequence[int], bits: int = SCALAR_BITS) -> Point:
    """Return the sum of ``points``, each multiplied by its scalar.

    Args:
        points: Points in any order, also the same more than once.
        scalars: As many numbers, at least 0 and less than ``2**bits``.
        bits: At most ``SCALAR_BITS``; fewer bits take less time.
    """
    return combine_groups([(points, scalars, bits)])


def combine_groups(groups: Sequence[tuple[Sequence[Affine], Sequence[int], int]]) -> Point:
    """Return the sum over groups of points whose scalars are of different sizes.

    Args:
        groups: Points, scalars and the number of bits of each group, as for ``combine``.
    """
    width = _width(groups)
    half = 1 << (width - 1)
    mask = 2 * half - 1
    prepared = []
    for points, scalars, bits in groups:
        # Adding ``half`` at every place and taking it off each digit again gives digits
        # from -half to half - 1; one more window takes the carry.
        windows = bits // width + 1
        offset = sum(half << (width * place) for place in range(windows))
        prepared.append((points, [scalar + offset for scalar in scalars], windows))
    result: Point = None
    for place in range(max((windows for *_, windows in prepared), default=0) - 1, -1, -1):
        if result is not None:
            for _ in range(width):
                (result,) = double_all([result])
        buckets: list[list[Affine]] = [[] for _ in range(2 * half)]
        shift = width * place
        for points, shifted, windows in prepared:
            if place < windows:
                for point, scalar in zip(points, shifted, strict=True):
                    buckets[(scalar >> shift) & mask].append(point)
        result = add(result, _weighed(buckets, half))
    return result


def _width(groups: Sequence[tuple[Sequence[Affine], Sequence[int], int]]) -> int:
    """Return the number of bits of a digit that takes the fewest additions."""

    def additions(width: int) -> int:
        return sum(
            (bits // width + 1) * len(points) + (bits // width + 1) * (2 << width) // len(groups)
            for points, _, bits in groups
        )

    return min(range(2, 17), key=additions)


def _weighed(buckets: Sequence[list[Affine]], half: int) -> Point:
    """Return the sum over the buckets ``b`` of ``b - half`` times what lies in it."""
    sums = sum_each(buckets)
    return _by_rows([None, *_paired(sums[half + 1 :], sums[half - 1 : 0 : -1]), negate(sums[0])])


def _paired(positive: Sequence[Point], negative: Sequence[Point]) -> list[Point]:
    return sum_each(
        [
            [point for point in (first, negate(second)) if point is not None]
            for first, second in zip(positive, negative, strict=True)
        ]
    )


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
