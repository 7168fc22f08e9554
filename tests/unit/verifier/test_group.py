"""The group's arithmetic, held against libsecp256k1 and against itself."""

import random

import pytest
from coincurve import PrivateKey

from congress.verifier import curve, lanes, msm
from congress.verifier.curve import G, P, Q
from congress.verifier.faults import Fault
from congress.verifier.msm import Terms
from congress.verifier.pairs import sum_pairs

RANDOM = random.Random(1)
SCALARS = [1, 2, 3, Q - 1, Q - 2, 2**255, *(RANDOM.randrange(1, Q) for _ in range(30))]


def reference(scalar: int) -> bytes:
    return PrivateKey.from_int(scalar % Q).public_key.format()


@pytest.fixture(scope="module")
def points() -> list[curve.Affine]:
    return [curve.decode(reference(scalar)) for scalar in SCALARS]


def test_multiples_are_those_of_libsecp256k1(points: list[curve.Affine]) -> None:
    assert [curve.multiply(G, scalar) for scalar in SCALARS] == points
    assert [curve.encode(point) for point in points] == [reference(each) for each in SCALARS]
    assert curve.multiply(G, 0) is curve.multiply(G, Q) is curve.multiply(None, 5) is None


def test_addition_knows_every_case(points: list[curve.Affine]) -> None:
    one, two = points[6], points[7]
    assert curve.add(one, None) == curve.add(None, one) == one
    assert curve.add(one, curve.negate(one)) is None
    assert curve.add(one, one) == curve.multiply(one, 2)
    assert curve.add(one, two) == curve.multiply(G, SCALARS[6] + SCALARS[7])
    assert curve.negate(None) is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(33),
        b"\4" + reference(5)[1:],
        b"\6" + reference(5)[1:],
        b"\2" + (5).to_bytes(32, "big"),
        b"\2" + P.to_bytes(32, "big"),
        b"\2" + (P + 1).to_bytes(32, "big"),
        reference(5) + b"\0",
        b"\2" + bytes(32),
    ],
)
def test_bytes_that_are_no_point_are_refused(data: bytes) -> None:
    with pytest.raises(Fault, match="bad_point"):
        curve.decode(data)


def test_a_hint_is_believed_only_if_it_is_the_point() -> None:
    x, y = curve.decode(reference(9))
    data = reference(9)
    assert curve.decode_hinted(data, y) == (x, y)
    for false in (P - y, y + P, y ^ 1, 0):
        with pytest.raises(Fault, match="bad_hint"):
            curve.decode_hinted(data, false)
    with pytest.raises(Fault, match="bad_hint"):
        curve.decode_hinted(bytes([data[0] + 4]) + data[1:], y)


def test_a_scalar_is_less_than_the_order() -> None:
    assert curve.decode_scalar((Q - 1).to_bytes(32, "big")) == Q - 1
    for data in (Q.to_bytes(32, "big"), bytes(31), b"\xff" * 32):
        with pytest.raises(Fault, match="bad_scalar"):
            curve.decode_scalar(data)


def test_many_additions_at_once_are_those_one_by_one(points: list[curve.Affine]) -> None:
    minus = [curve.negate(point) for point in points]
    others = [points[3], points[1], *points[:10], *minus[12:24], *points[24:]]
    known = [point for point in others if point is not None]
    assert lanes.add_all(points, known) == [
        curve.add(first, second) for first, second in zip(points, known, strict=True)
    ]
    assert lanes.double_all(points) == [curve.add(point, point) for point in points]
    assert lanes.add_points([None, points[0]], [points[1], None]) == [points[1], points[0]]


def test_sums_of_lists_with_all_that_can_cancel(points: list[curve.Affine]) -> None:
    first = points[0]
    gone = curve.negate(first)
    assert gone is not None
    lists = [[], [first], [first, gone], [first, gone, first], [first, first, gone, gone], points]
    sums = lanes.sum_each(lists)
    assert sums == [None, first, None, first, None, curve.multiply(G, sum(SCALARS))]
    assert lanes.total([None, first, None, gone]) is None
    assert lists[3] == [first, gone, first]


def test_sums_longer_than_one_block() -> None:
    many = [point for point in lanes.multiples(G, 3000) if point is not None]
    assert lanes.total(many) == curve.multiply(G, 3000 * 3001 // 2)


def test_rows_in_step(points: list[curve.Affine]) -> None:
    rows = [
        [(points[0], 5), (points[1], -7)],
        [(points[2], 0)],
        [],
        [(points[3], 1), (points[3], Q - 1)],
    ]
    assert lanes.combine_all(rows) == [curve.multiply(G, 5 * 1 - 7 * 2), None, None, None]


def test_a_table_multiplies_by_additions() -> None:
    made = lanes.Table(curve.decode(reference(77)))
    for scalar in SCALARS:
        assert lanes.total(made.terms(scalar)) == curve.multiply(G, 77 * scalar)
    assert made.terms(0) == []


@pytest.mark.parametrize("count", [1, 2, 36])
def test_one_long_sum(points: list[curve.Affine], count: int) -> None:
    scalars = [RANDOM.randrange(Q) for _ in range(count)]
    pairs = [a + b for a, b in zip(points[:count], points[::-1], strict=False)]
    wanted = [
        curve.multiply(G, sum(a * b for a, b in zip(known, scalars, strict=False)))
        for known in (SCALARS, SCALARS[::-1])
    ]
    assert list(msm.combine([Terms(pairs, scalars, 256)])) == wanted


def test_one_long_sum_that_cancels(points: list[curve.Affine]) -> None:
    scalars = [RANDOM.randrange(Q) for _ in points]
    pairs = [point + point for point in points]
    back = [point + point for point in map(curve.negate, points) if point is not None]
    short = [RANDOM.getrandbits(128) for _ in points]
    groups = [Terms(pairs + back, scalars * 2, 256), Terms(pairs + back, short * 2, 128)]
    assert msm.combine(groups) == (None, None)
    assert msm.combine([]) == (None, None)
    assert msm.combine([Terms([G + G], [0], 256)]) == (None, None)
    twice = Terms([G + points[1]] * 2, [2**256 - 1, 1], 256)
    assert msm.combine([twice]) == (
        curve.multiply(G, 2**256),
        curve.multiply(points[1], 2**256),
    )


def test_pairs_of_which_one_half_cancels(points: list[curve.Affine]) -> None:
    first, second, third = points[4:7]
    gone = curve.negate(first)
    assert gone is not None
    lists = [[first + second, gone + third], [], [first + second], [first + first] * 3]
    ones, others = sum_pairs(lists)
    assert ones == [None, None, first, curve.multiply(first, 3)]
    assert others == [curve.add(second, third), None, second, curve.multiply(first, 3)]


def test_small_logarithms() -> None:
    known = lanes.multiples(G, 5)
    assert [known[curve.multiply(G, number)] for number in range(6)] == list(range(6))
    assert len(known) == 6
    assert lanes.multiples(G, 0) == {None: 0}
