from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.ids import PersonId
from congress.rollcall.calibration import Calibration, calibrate, histogram
from congress.rollcall.faces import Vector
from congress.rollcall.matching import build
from tests.helpers.faces import SCALE, SIZE, unit, unit_vectors

ANN, BEN, CHI = (PersonId(name) for name in ("ann", "ben", "chi"))


def measured(**people: Sequence[Vector]) -> Calibration:
    return calibrate(
        build({PersonId(name): rows for name, rows in people.items()}, SCALE, SIZE), SCALE
    )


def test_genuine_scores_compare_each_photo_with_the_others_and_their_sum() -> None:
    rows = [unit(1, 0.1), unit(1, -0.1), unit(1, 0, 0.2)]
    found = measured(ann=rows, ben=[unit(0, 0, 0, 1)])
    assert len(found.genuine) == 3
    others = rows[1] + rows[2]
    by_hand = max(rows[0] @ rows[1], rows[0] @ rows[2], rows[0] @ others / np.linalg.norm(others))
    assert found.genuine[0] == pytest.approx(by_hand, abs=1e-5)
    assert found.recognised == 3


def test_two_photos_are_two_scores_and_one_photo_is_none() -> None:
    found = measured(ann=[unit(1), unit(0.6, 0.8)], ben=[unit(0, 0, 1)])
    assert found.genuine == pytest.approx((0.6, 0.6), abs=1e-5)


def test_photos_of_one_person_that_are_not_alike_are_not_recognised() -> None:
    found = measured(ann=[unit(1), unit(0, 1)], ben=[unit(0, 0, 1)])
    assert found.recognised == 0
    assert found.lowest == pytest.approx(0)


def test_impostor_scores_are_each_persons_best_with_another() -> None:
    found = measured(ann=[unit(1)], ben=[unit(0.3, 0.9539392)], chi=[unit(0, 0, 1)])
    assert found.impostors == pytest.approx((0.3, 0.3, 0), abs=1e-5)
    assert (found.persons, found.confused, found.twins) == (3, 0, ())


def test_twins_are_told_apart_by_the_operator_and_confuse_nobody() -> None:
    found = measured(ann=[unit(1)], ben=[unit(0.8, 0.6)], chi=[unit(0, 0, 1)])
    assert found.confused == 0
    assert found.twins == pytest.approx((0.8, 0.8))
    assert found.impostors == pytest.approx((0,))
    assert found.threshold == SCALE.floor


def test_who_comes_too_close_below_a_twin_is_counted() -> None:
    rows = {f"p{n}": [row] for n, row in enumerate(unit_vectors(600, SIZE))}
    found = measured(**rows)
    assert all(score < SCALE.alike for score in found.impostors)
    assert 0 < found.confused < 10
    assert len(found.impostors) + len(found.twins) == 600


def test_one_person_alone_has_no_impostor() -> None:
    found = measured(ann=[unit(1)])
    assert (found.impostors, found.genuine, found.persons) == ((), (), 1)
    assert found.lowest == pytest.approx(SCALE.floor - SCALE.band)


def test_nobody_enrolled_has_no_scores() -> None:
    found = measured()
    assert (found.persons, found.impostors, found.genuine) == (0, (), ())


@given(st.lists(st.floats(-1, 1)), st.integers(1, 50))
def test_a_histogram_counts_everything_once(values: list[float], bins: int) -> None:
    counts = histogram(values, -0.5, 1, bins)
    assert len(counts) == bins
    assert sum(counts) == len(values)


def test_a_histogram_puts_the_ends_inside() -> None:
    assert histogram([-3, 0, 0.24, 0.25, 1, 9], 0, 1, 4) == (3, 1, 0, 2)
