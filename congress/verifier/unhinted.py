"""Ballots checked without hints: their commitments worked out of their responses."""

from collections.abc import Iterator, Sequence

from congress.verifier.ballots import Ballot, Setting, check_challenges, take_apart
from congress.verifier.curve import Affine, G, Point
from congress.verifier.faults import Fault
from congress.verifier.lanes import combine_all, sum_each, table

_AT_ONCE = 4_000
"""Commitments worked out in step."""


def check_all(setting: Setting, ballots: Sequence[bytes]) -> Iterator[Ballot | Fault]:
    """Return every ballot taken apart, or what is wrong with it.

    Args:
        setting: The poll.
        ballots: In any order.
    """
    commitments = sum(2 + 2 * claim.bit for layout in setting.layouts for claim in layout.claims)
    size = max(1, _AT_ONCE // commitments)
    for start in range(0, len(ballots), size):
        yield from _check_some(setting, ballots[start : start + size])


def _check_some(setting: Setting, ballots: Sequence[bytes]) -> Iterator[Ballot | Fault]:
    apart: list[Ballot | Fault] = []
    variable: list[list[tuple[Affine, int]]] = []
    fixed: list[list[Affine]] = []
    for data in ballots:
        try:
            ballot = take_apart(setting, data, None)
        except Fault as fault:
            apart.append(fault)
            continue
        apart.append(ballot)
        for points, constants in _commitments(setting, ballot):
            variable.append(points)
            fixed.append(constants)
    found = sum_each(
        [
            constants if product is None else [product, *constants]
            for product, constants in zip(combine_all(variable), fixed, strict=True)
        ]
    )
    place = 0
    for item in apart:
        if isinstance(item, Fault):
            yield item
            continue
        count = 1 + sum(len(proof) for part in item.parts for proof in part.proofs)
        yield _judged(setting, item, found[place : place + count])
        place += count


def _commitments(
    setting: Setting, ballot: Ballot
) -> Iterator[tuple[list[tuple[Affine, int]], list[Affine]]]:
    """Return for every commitment the terms it is the sum of: multiplied points, and points."""
    base, key = table(G), table(setting.joint_key)
    for part in ballot.parts:
        for claim, proof in zip(part.layout.claims, part.proofs, strict=True):
            firsts = _grouped([(part.points[2 * place], k) for place, k in claim.terms])
            seconds = _grouped([(part.points[2 * place + 1], k) for place, k in claim.terms])
            half = len(proof) // 2
            for more, (c, r) in enumerate(zip(proof[:half], proof[half:], strict=True)):
                yield [(point, -c * k) for point, k in firsts], base.terms(r)
                constant = base.terms(c * (more + claim.constant))
                yield [(point, -c * k) for point, k in seconds], key.terms(r) + constant
    c, r = ballot.signature
    yield [(ballot.credential, -c)], base.terms(r)


def _grouped(terms: list[tuple[Affine, int]]) -> list[tuple[Affine, int]]:
    """Return a sum with one term for all points that have the same coefficient."""
    if len(terms) == 1:
        return terms
    by_coefficient: dict[int, list[Affine]] = {}
    for point, coefficient in terms:
        by_coefficient.setdefault(coefficient, []).append(point)
    sums = sum_each(list(by_coefficient.values()))
    return [
        (point, coefficient)
        for coefficient, point in zip(by_coefficient, sums, strict=True)
        if point is not None
    ]


def _judged(setting: Setting, ballot: Ballot, points: Sequence[Point]) -> Ballot | Fault:
    """Return the ballot if its challenges are the hashes of these commitments."""
    present = [point for point in points if point is not None]
    if len(present) < len(points):
        return Fault("identity")
    split = []
    place = 0
    for part in ballot.parts:
        count = sum(map(len, part.proofs))
        split.append(present[place : place + count])
        place += count
    try:
        check_challenges(setting, ballot, split, present[-1])
    except Fault as fault:
        return fault
    return ballot
