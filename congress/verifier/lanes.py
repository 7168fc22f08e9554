"""Many additions of points at once, with one division for a thousand of them.

In affine coordinates an addition costs one division and three multiplications. Montgomery's
trick (Montgomery, *Speeding the Pollard and elliptic curve methods of factorization*, 1987,
section 10.3.1) turns the divisions of a whole list into three multiplications each and one
division for all, which makes affine coordinates the fastest there are on Python's integers.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias, TypeVar

from congress.verifier.curve import Affine, P, Point, Q, add

Item = TypeVar("Item")
Adder: TypeAlias = Callable[[list[Item], list[Item]], tuple[list[Item], Sequence[int]]]
"""Returns the sums of what stands in two lists of one length, and the places at which a sum is
the identity, where whatever is given counts for nothing. May leave the lists in disorder."""

_BLOCK = 1024
_GROUP = 2048
_FOLD = 2**256 - P
_LOW = 2**256 - 1
_WINDOW = 4
_TABLES = 18


def add_all(firsts: Sequence[Affine], seconds: Sequence[Affine]) -> list[Point]:
    """Return ``first + second`` for every pair of two lists of one length."""
    sums: list[Point] = []
    for start in range(0, len(firsts), _BLOCK):
        block = slice(start, start + _BLOCK)
        part, vanished = _add_block(list(firsts[block]), list(seconds[block]))
        sums += part
        for place in vanished:
            sums[start + place] = None
    return sums


def _add_block(firsts: list[Affine], seconds: list[Affine]) -> tuple[list[Affine], list[int]]:
    """Return the sums of up to ``_BLOCK`` pairs, and the places at which it is the identity.

    The product of all differences of the first coordinates is inverted once, and walking
    back the inverse of each is had by two multiplications. ``2**256`` is ``_FOLD`` modulo
    ``P``, so folding the high half down saves a division where a remainder that is not the
    smallest will do. Both lists are left in reverse.
    """
    p, fold, low = P, _FOLD, _LOW
    product = 1
    before: list[int] = []
    differences: list[int] = []
    alike: list[int] = []
    for (x1, _), (x2, _) in zip(firsts, seconds, strict=True):
        difference = x2 - x1
        if not difference:
            alike.append(len(differences))
            difference = 1
        differences.append(difference)
        before.append(product)
        product = product * difference % p
    inverse = pow(product, -1, p)
    for items in (firsts, seconds, differences, before):
        items.reverse()
    sums: list[Affine] = []
    for (x1, y1), (x2, y2), difference, earlier in zip(
        firsts, seconds, differences, before, strict=True
    ):
        wide = inverse * earlier
        slope = (y2 - y1) * ((wide >> 256) * fold + (wide & low)) % p
        inverse = inverse * difference % p
        x3 = (slope * slope - x1 - x2) % p
        sums.append((x3, (slope * (x1 - x3) - y1) % p))
    sums.reverse()
    vanished = []
    for place in alike:
        back = len(sums) - 1 - place
        point = add(firsts[back], seconds[back])
        if point is None:
            vanished.append(place)
        else:
            sums[place] = point
    return sums, vanished


def double_all(points: Sequence[Affine]) -> list[Affine]:
    """Return twice every point; the group's order is odd, so none gives the identity."""
    doubled: list[Affine] = []
    for start in range(0, len(points), _BLOCK):
        block = points[start : start + _BLOCK]
        product = 1
        before: list[int] = []
        for _, y in block:
            before.append(product)
            product = product * 2 * y % P
        inverse = pow(product, -1, P)
        back: list[Affine] = []
        for (x, y), earlier in zip(reversed(block), reversed(before), strict=True):
            slope = 3 * x * x * (inverse * earlier % P) % P
            inverse = inverse * 2 * y % P
            x3 = (slope * slope - 2 * x) % P
            back.append((x3, (slope * (x - x3) - y) % P))
        back.reverse()
        doubled += back
    return doubled


def sum_each(lists: Sequence[list[Affine]]) -> list[Point]:
    """Return the sum of every list; the identity for one that is empty.

    The lists themselves are left as they are. They are worked off by as many at a time as
    hold ``_GROUP`` points, so that what is read again lies in the processor's cache.
    """
    sums: list[Point] = []
    group: list[list[Affine]] = []
    size = 0
    for number, points in enumerate(lists, start=1):
        group.append(points)
        size += len(points)
        if size >= _GROUP or number == len(lists):
            found = sum_halving(group, _add_block)
            sums += found
            group, size = [], 0
    return sums


def sum_halving(rests: list[list[Item]], add: Adder[Item]) -> list[Item | None]:
    """Return the sum of every list; ``None`` for one that is empty or comes to the identity.

    Neighbours in all lists are added together, again and again, each time half as many, so that
    one call of ``add`` takes them all.

    Args:
        rests: The lists. They stay as they are; the list of them does not.
        add: Adds things pair by pair.
    """
    live = [place for place, rest in enumerate(rests) if len(rest) > 1]
    while live:
        firsts: list[Item] = []
        seconds: list[Item] = []
        for place in live:
            rest = rests[place]
            even = len(rest) & ~1
            firsts += rest[0:even:2]
            seconds += rest[1:even:2]
        sums, vanished = add(firsts, seconds)
        gone = frozenset(vanished)
        taken = 0
        following = []
        for place in live:
            rest = rests[place]
            half = len(rest) >> 1
            halved = sums[taken : taken + half]
            if gone:
                halved = [item for at, item in enumerate(halved, taken) if at not in gone]
            taken += half
            if len(rest) & 1:
                halved.append(rest[-1])
            rests[place] = halved
            if len(halved) > 1:
                following.append(place)
        live = following
    return [rest[0] if rest else None for rest in rests]


def add_points(firsts: Sequence[Point], seconds: Sequence[Point]) -> list[Point]:
    """Return ``first + second`` for every pair, whichever points they are."""
    return sum_each(
        [
            [point for point in pair if point is not None]
            for pair in zip(firsts, seconds, strict=True)
        ]
    )


def combine_all(rows: Sequence[Sequence[tuple[Affine, int]]]) -> list[Point]:
    """Return for every row the sum of its points, each multiplied by its scalar.

    Straus' interleaving (Straus, *Addition chains of vectors*, 1964) with windows of four
    bits, all rows in step, for rows that have nothing in common; ``congress.verifier.msm``
    is for one long row.
    """
    flat = [point for row in rows for point, _ in row]
    scalars = [scalar % Q for row in rows for _, scalar in row]
    tables: list[list[Point]] = [list(flat), list(double_all(flat))]
    while len(tables) < (1 << _WINDOW) - 1:
        tables.append(add_points(tables[-1], flat))
    sums: list[Point] = [None] * len(rows)
    for shift in range(256 - _WINDOW, -1, -_WINDOW):
        for _ in range(_WINDOW):
            sums = _double_points(sums)
        lists: list[list[Affine]] = []
        place = 0
        for row, so_far in zip(rows, sums, strict=True):
            terms = [] if so_far is None else [so_far]
            for position in range(place, place + len(row)):
                digit = scalars[position] >> shift & ((1 << _WINDOW) - 1)
                multiple = tables[digit - 1][position] if digit else None
                if multiple is not None:
                    terms.append(multiple)
            place += len(row)
            lists.append(terms)
        sums = sum_each(lists)
    return sums


def _double_points(points: Sequence[Point]) -> list[Point]:
    doubled = iter(double_all([point for point in points if point is not None]))
    return [None if point is None else next(doubled) for point in points]


class Table:
    """Multiples of one point, so that it is multiplied by additions alone.

    Holds ``d * 2**(8 k) * point`` for every byte ``d`` and place ``k``.
    """

    def __init__(self, point: Affine) -> None:
        """Reckon the 32 times 255 multiples."""
        places = [point]
        while len(places) < 32:
            power = places[-1]
            for _ in range(8):
                (power,) = double_all([power])
            places.append(power)
        rows: list[list[Point]] = [list(places), list(double_all(places))]
        while len(rows) < 255:
            rows.append(add_points(rows[-1], places))
        self._rows = rows

    def terms(self, scalar: int) -> list[Affine]:
        """Return at most 32 points whose sum is ``scalar`` times the point."""
        digits = (scalar % Q).to_bytes(32, "little")
        return [
            multiple
            for place, digit in enumerate(digits)
            if digit and (multiple := self._rows[digit - 1][place]) is not None
        ]


@lru_cache(maxsize=_TABLES)
def table(point: Affine) -> Table:
    """Return the table of a point, the same one again for a point asked for lately."""
    return Table(point)


def multiples(point: Affine, count: int) -> dict[Point, int]:
    """Return which multiple of ``point`` each of the first ``count`` is, from 0 on."""
    found: dict[Point, int] = {None: 0}
    steps: list[Affine] = [point]
    while len(steps) < count:
        top = steps[-1]
        steps += [item for item in add_all(steps, [top] * len(steps)) if item is not None]
    found.update({item: number for number, item in enumerate(steps[:count], start=1)})
    return found


def total(points: Iterable[Point]) -> Point:
    """Return the sum of points."""
    return sum_each([[point for point in points if point is not None]])[0]
