"""From the ballot paper to encrypted cells and back."""

from dataclasses import replace

import pytest

from congress.kernel.errors import BugError
from congress.voting.ballots import judge
from congress.voting.crypto.layout import Limit
from congress.voting.layouts import count_of, layout_of, values_of
from congress.voting.model import Candidate, Contest, Method
from congress.voting.rules import packs
from congress.voting.rules.model import Overmarked, Rule, Unmarked


def rule(unmarked: Unmarked, overmarked: Overmarked) -> Rule:
    some = packs.shipped()["roberts"].rules[0]
    return replace(some, unmarked=unmarked, overmarked=overmarked)


STRICT = rule(Unmarked.INVALID, Overmarked.INVALID)
MILD = rule(Unmarked.BLANK, Overmarked.INVALID)
CAREFUL = rule(Unmarked.REFUSED, Overmarked.REFUSED)


def contest(method: Method, names: int = 0, seats: int = 0, choices: int = 0) -> Contest:
    candidates = tuple(Candidate(f"c{number}", f"C {number}") for number in range(names))
    return Contest("x", "X", method, seats, candidates, choices=choices)


CASES = [
    (contest(Method.YES_NO_ABSTAIN), STRICT, ("yes", "no", "abstain", ":invalid"), [1] * 4, (1, 1)),
    (
        contest(Method.YES_NO_ABSTAIN),
        MILD,
        ("yes", "no", "abstain", ":blank", ":invalid"),
        [1] * 5,
        (1, 1),
    ),
    (contest(Method.YES_NO_ABSTAIN), CAREFUL, ("yes", "no", "abstain"), [1] * 3, (1, 1)),
    (
        contest(Method.STRIKE_OUT, 3, 2),
        STRICT,
        ("c0", "c1", "c2", ":invalid"),
        [1, 1, 1, 2],
        (1, 2),
    ),
    (contest(Method.PLURALITY, 2, 5), CAREFUL, ("c0", "c1"), [1, 1], (1, 2)),
    (
        contest(Method.K_OF_N, 4, 1, 3),
        MILD,
        ("c0", "c1", "c2", "c3", ":blank", ":invalid"),
        [1, 1, 1, 1, 3, 3],
        (1, 3),
    ),
    (contest(Method.APPROVAL, 2, 1), MILD, ("c0", "c1", ":blank"), [1, 1, 2], (1, 2)),
    (contest(Method.APPROVAL, 2, 1), STRICT, ("c0", "c1", ":invalid"), [1, 1, 2], (1, 2)),
    (
        contest(Method.AGREE_DISAGREE, 1, 1),
        STRICT,
        ("c0:agree", "c0:disagree", ":invalid"),
        [1, 1, 1],
        (1, 1),
    ),
]


@pytest.mark.parametrize(("asked", "by", "cells", "factors", "span"), CASES)
def test_one_limit_over_form_and_flags(
    asked: Contest,
    by: Rule,
    cells: tuple[str, ...],
    factors: list[int],
    span: tuple[int, int],
) -> None:
    layout = layout_of(asked, by)
    assert layout.cells == cells
    assert layout.limits == (Limit(tuple(enumerate(factors)), *span),)


def test_each_of_several_names_has_its_own_limit() -> None:
    layout = layout_of(contest(Method.AGREE_DISAGREE, 2, 2), STRICT)
    assert layout.cells == ("c0:agree", "c0:disagree", "c1:agree", "c1:disagree")
    assert layout.limits == (Limit(((0, 1), (1, 1)), 0, 1), Limit(((2, 1), (3, 1)), 0, 1))


@pytest.mark.parametrize(
    ("method", "marks", "values"),
    [
        (Method.STRIKE_OUT, {"c0", "c2"}, [1, 0, 1, 0, 0]),
        (Method.STRIKE_OUT, {"c0", "c1", "c2"}, [0, 0, 0, 0, 1]),
        (Method.STRIKE_OUT, set(), [0, 0, 0, 1, 0]),
        (Method.APPROVAL, {"c0", "c1", "c2"}, [1, 1, 1, 0]),
        (Method.APPROVAL, set(), [0, 0, 0, 1]),
    ],
)
def test_what_counts_is_encrypted(method: Method, marks: set[str], values: list[int]) -> None:
    asked = contest(method, 3, 2)
    layout = layout_of(asked, MILD)
    judged = judge(asked, MILD, frozenset(marks))
    assert values_of(layout, judged) == values
    limit = layout.limits[0]
    assert limit.low <= sum(values[cell] * factor for cell, factor in limit.terms) <= limit.high


def test_both_boxes_of_a_name_look_like_neither() -> None:
    asked = contest(Method.AGREE_DISAGREE, 2, 2)
    layout = layout_of(asked, STRICT)
    both = judge(asked, STRICT, frozenset({"c0:agree", "c0:disagree", "c1:agree"}))
    neither = judge(asked, STRICT, frozenset({"c1:agree"}))
    assert values_of(layout, both) == values_of(layout, neither) == [0, 0, 1, 0]


def test_what_the_rule_refuses_is_not_encrypted() -> None:
    asked = contest(Method.YES_NO_ABSTAIN)
    layout = layout_of(asked, CAREFUL)
    with pytest.raises(BugError):
        values_of(layout, judge(asked, CAREFUL, frozenset()))
    with pytest.raises(BugError):
        values_of(layout, judge(asked, CAREFUL, frozenset({"yes", "no"})))


def test_totals_become_a_count() -> None:
    layout = layout_of(contest(Method.STRIKE_OUT, 3, 2), MILD)
    count = count_of(layout, [5, 4, 3, 2, 1], 9)
    assert (count.contest_id, count.cast, count.blank, count.invalid) == ("x", 9, 2, 1)
    assert count.cells == {"c0": 5, "c1": 4, "c2": 3}
    assert count.valid == 6


def test_a_ranked_ballot_has_no_layout() -> None:
    with pytest.raises(BugError):
        layout_of(contest(Method.SCOTTISH_STV, 3, 1), STRICT)
