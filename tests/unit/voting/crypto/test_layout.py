"""Layouts: their range bits, their proofs, their lengths."""

import pytest

from congress.kernel.errors import InputError
from congress.voting.crypto.layout import Layout, Limit, Statement, ballot_length
from tests.helpers.sealed import EVERY_METHOD, boxes, motion, pick_one, strike_out


@pytest.mark.parametrize("spread", range(2, 70))
def test_range_bits_make_just_the_numbers_of_the_range(spread: int) -> None:
    weights = Limit(((0, 1),), 3, 3 + spread).weights
    assert len(weights) == spread.bit_length()
    sums = {
        sum(weight for place, weight in enumerate(weights) if choice >> place & 1)
        for choice in range(1 << len(weights))
    }
    assert sums == set(range(spread + 1))


@pytest.mark.parametrize("spread", range(2, 40))
def test_range_bits_are_found_for_every_sum(spread: int) -> None:
    layout = Layout("x", tuple(f"c{place}" for place in range(40)), ())
    limit = Limit(tuple((place, 1) for place in range(40)), 1, 1 + spread)
    layout = Layout("x", layout.cells, (limit,))
    for chosen in range(1, spread + 2):
        values = [1] * chosen + [0] * (40 - chosen)
        bits = layout.range_bits(values)
        slack = sum(bit * weight for bit, weight in zip(bits, limit.weights, strict=True))
        assert slack == chosen - 1


@pytest.mark.parametrize("chosen", [0, 4, 6])
def test_no_range_bits_for_a_sum_outside(chosen: int) -> None:
    layout = strike_out(6, 3)
    with pytest.raises(InputError, match="bad_ballot"):
        layout.range_bits([1] * chosen + [0] * (7 - chosen))


def test_what_is_proven() -> None:
    assert motion().statements[-1] == Statement(False, ((0, 1), (1, 1), (2, 1)), 1)
    assert boxes(2).statements[-1] == Statement(True, ((2, 1), (3, 1)), 0)
    two = strike_out(3, 3)
    assert two.statements[-1] == Statement(
        False, ((0, 1), (1, 1), (2, 1), (3, 3), (4, -1), (5, -1)), 1
    )
    assert [item.bit for item in two.statements] == [True] * 6 + [False]
    assert two.ciphertexts == 6
    assert two.commitments == 26


def test_lengths_are_as_specified() -> None:
    three = motion()
    assert three.length == 3 * 66 + 3 * 128 + 64
    assert ballot_length([three]) == 4 + 33 + three.length + 64
    assert strike_out(4, 4).length == (5 + 2) * (66 + 128) + 64


@pytest.mark.parametrize("layout", EVERY_METHOD, ids=lambda layout: layout.contest_id)
def test_survives_the_manifest(layout: Layout) -> None:
    assert Layout.from_json(layout.to_json()) == layout


GOOD = pick_one(2).to_json()
LIMIT = {"terms": [[0, 1]], "low": 0, "high": 1}


@pytest.mark.parametrize(
    "change",
    [
        {"cells": []},
        {"cells": "ab"},
        {"extra": 1},
        {"limits": [LIMIT | {"terms": [[4, 1]]}]},
        {"limits": [LIMIT | {"terms": [[-1, 1]]}]},
        {"limits": [LIMIT | {"terms": [[0, 0]]}]},
        {"limits": [LIMIT | {"terms": [[0, -2]]}]},
        {"limits": [LIMIT | {"terms": []}]},
        {"limits": [LIMIT | {"low": 2}]},
        {"limits": [{"terms": [[0, 1]], "low": 0}]},
        {"limits": [LIMIT | {"terms": [[0, 1, 2]]}]},
        {"limits": None},
    ],
)
def test_refuses_what_is_no_layout(change: dict[str, object]) -> None:
    with pytest.raises(InputError, match="bad_layout"):
        Layout.from_json(GOOD | change)


def test_refuses_a_layout_without_its_contest() -> None:
    with pytest.raises(InputError, match="bad_layout"):
        Layout.from_json({name: value for name, value in GOOD.items() if name != "contest"})
