from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.bench.rates import NOTHING, Answer, at, at_fpir

scores = st.floats(-1, 1) | st.just(NOTHING)
answers = st.lists(st.builds(Answer, right=st.booleans(), score=scores), min_size=1)


def test_counts_what_a_threshold_leads_to() -> None:
    seen = [Answer(True, 0.9), Answer(True, 0.5), Answer(False, 0.8), Answer(False, NOTHING)]
    point = at(0.5, seen, [0.4, 0.5, 0.6])
    assert (point.tpir, point.wrong, point.strangers) == (0.5, 1, 2)


def test_of_two_hundred_strangers_three_per_mille_are_none() -> None:
    strangers = [number / 1000 for number in range(200)]
    point = at_fpir(Fraction(3, 1000), [Answer(True, 0.199), Answer(True, 0.2)], strangers)
    assert point.strangers == 0
    assert point.tpir == 0.5
    assert at_fpir(Fraction(1, 100), [], strangers).strangers == 2


def test_without_strangers_every_face_is_named() -> None:
    point = at_fpir(Fraction(1, 100), [Answer(True, -0.9), Answer(False, NOTHING)], [])
    assert (point.tpir, point.wrong) == (0.5, 0)


@given(answers, st.lists(scores, max_size=300), st.fractions(0, 1))
def test_never_accepts_more_strangers_than_asked(
    seen: list[Answer], strangers: list[float], share: Fraction
) -> None:
    point = at_fpir(share, seen, strangers)
    assert point.strangers <= share * len(strangers)


@given(answers, st.lists(scores, min_size=1), st.floats(-1, 1), st.floats(-1, 1))
def test_a_higher_threshold_names_fewer(
    seen: list[Answer], strangers: list[float], one: float, other: float
) -> None:
    low, high = at(min(one, other), seen, strangers), at(max(one, other), seen, strangers)
    assert low.tpir >= high.tpir
    assert low.wrong >= high.wrong
    assert low.strangers >= high.strangers


def test_nobody_to_identify_is_no_division_by_nought() -> None:
    assert at(0.5, [], []).tpir == pytest.approx(0)
