"""The group: encodings that are refused, infinity, and that all products agree."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.errors import BugError, InputError
from congress.voting.crypto import group
from congress.voting.crypto.group import GENERATOR, ORDER, FixedBase, Point

PRIME = 2**256 - 2**32 - 977
G = "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"

scalars = st.one_of(
    st.integers(1, ORDER - 1), st.integers(1, 300), st.integers(ORDER - 300, ORDER - 1)
)


def test_the_base_point_is_that_of_the_standard() -> None:
    assert GENERATOR.encode().hex() == G


def lift(x: int) -> bool:
    """Whether a point has this abscissa."""
    return pow(x**3 + 7, (PRIME - 1) // 2, PRIME) == 1


def bad_encodings() -> dict[str, bytes]:
    xy = GENERATOR.coordinates()
    x = bytes.fromhex(G)[1:]
    off = next(x for x in range(1, 100) if not lift(x))
    over = next(x for x in range(1, 100) if lift(x)) + PRIME
    return {
        "nothing": b"",
        "infinity": b"\0",
        "infinity, filled up": bytes(33),
        "uncompressed": b"\x04" + xy,
        "hybrid": b"\x06" + xy,
        "hybrid, cut": b"\x06" + x,
        "off the curve": b"\x02" + off.to_bytes(32, "big"),
        "not below the prime": b"\x02" + over.to_bytes(32, "big"),
        "too long": bytes.fromhex(G) + b"\0",
        "without its sign": x,
    }


@pytest.mark.parametrize("data", bad_encodings().values(), ids=bad_encodings())
def test_refuses_encodings_that_are_not_the_one(data: bytes) -> None:
    with pytest.raises(InputError, match="bad_encoding"):
        Point.decode(data)


@pytest.mark.parametrize("change", [1, 1 << 511])
def test_refuses_coordinates_off_the_curve(change: int) -> None:
    wrong = int.from_bytes(GENERATOR.coordinates(), "big") ^ change
    with pytest.raises(InputError):
        Point.of_coordinates(wrong.to_bytes(64, "big"))
    with pytest.raises(InputError):
        Point.of_coordinates(GENERATOR.coordinates()[:63])


@pytest.mark.parametrize("number", [ORDER, ORDER + 1, 2**256 - 1])
def test_refuses_scalars_that_are_not_below_the_order(number: int) -> None:
    with pytest.raises(InputError):
        group.decode_scalar(number.to_bytes(32, "big"))


def test_refuses_scalars_of_another_length() -> None:
    with pytest.raises(InputError):
        group.decode_scalar(bytes(31))
    with pytest.raises(InputError):
        group.decode_scalar(bytes(33))


def test_infinity_is_nothing_and_cannot_be_written() -> None:
    opposite = group.negate(GENERATOR)
    assert group.add(GENERATOR, opposite) is None
    assert group.base(0) is None
    assert group.base(ORDER) is None
    assert group.multiply(GENERATOR, 0) is None
    assert group.total([]) is None
    assert group.total([None, None]) is None
    assert group.negate(None) is None
    assert group.multiply(None, 5) is None
    assert group.multiply_two(-3, GENERATOR, 3) is None
    assert group.add(None, GENERATOR) == GENERATOR
    with pytest.raises(InputError, match="bad_encoding"):
        group.required(None)


@pytest.mark.parametrize("scalar", [0, -1, ORDER])
def test_a_secret_product_takes_no_scalar_out_of_range(scalar: int) -> None:
    with pytest.raises(BugError):
        group.multiply_secret(GENERATOR, scalar)


@given(scalars, scalars)
def test_every_product_agrees_with_the_sum_of_scalars(one: int, other: int) -> None:
    point = group.required(group.base(one))
    product = group.base(one * other % ORDER)
    assert group.multiply(point, other) == product
    assert group.multiply_secret(point, other) == product
    assert group.add(point, group.base(other)) == group.base(one + other)
    assert group.subtract(point, group.base(other)) == group.base(one - other)
    assert group.multiply_two(other, point, one) == group.base(one * one + other)
    assert group.multiply_two(0, point, other) == product


@given(scalars, scalars)
def test_a_table_of_multiples_agrees(one: int, other: int) -> None:
    point = group.required(group.base(other))
    assert TABLE.multiply_add(one) == group.multiply(TABLE.point, one)
    assert TABLE.multiply_add(one, point) == group.add(group.multiply(TABLE.point, one), point)


TABLE = FixedBase(group.required(group.base(0xABCDEF)))


def test_a_table_knows_nothing_as_well() -> None:
    assert TABLE.multiply_add(0) is None
    assert TABLE.multiply_add(1, group.negate(TABLE.point)) is None


@given(scalars)
def test_points_are_what_was_written(scalar: int) -> None:
    point = group.required(group.base(scalar))
    assert Point.decode(point.encode()) == point
    assert Point.of_coordinates(point.coordinates()) == point
    assert pickle.loads(pickle.dumps(point)) == point
    assert hash(Point.decode(point.encode())) == hash(point)


def test_random_scalars_are_in_range_and_differ() -> None:
    drawn = {group.random_scalar() for _ in range(50)}
    assert len(drawn) == 50
    assert all(0 < scalar < ORDER for scalar in drawn)
