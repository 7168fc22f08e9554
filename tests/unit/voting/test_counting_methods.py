import pytest

from congress.kernel.errors import BugError, InputError
from congress.voting.methods.counting import added, agreed, ballot_by_ballot, count, pile_by_pile
from congress.voting.methods.forms import FORMS
from congress.voting.model import Candidate, Contest, Method
from congress.voting.outcome import Count, SectionCount
from congress.voting.rules.packs import shipped

RULE = shipped()["party-congress"].rules[1]
PAPER = Contest("c", "c", Method.STRIKE_OUT, 2, tuple(Candidate(name, name) for name in "ABC"))


def test_both_counts_see_the_same() -> None:
    ballots = [frozenset(marks) for marks in ("AB", "AB", "C", "ABC", "", "BC")]
    expected = Count("c", 6, 0, 2, {"A": 2, "B": 3, "C": 2})
    assert ballot_by_ballot(PAPER, RULE, ballots) == expected
    assert pile_by_pile(PAPER, RULE, ballots) == expected
    assert count(PAPER, RULE, ballots) == expected
    assert expected.valid == 4


def test_an_empty_box_is_counted() -> None:
    assert count(PAPER, RULE, []) == Count("c", 0, 0, 0, {"A": 0, "B": 0, "C": 0})


def test_counts_that_differ_are_our_bug() -> None:
    one = Count("c", 1, 0, 0, {"A": 1})
    with pytest.raises(BugError):
        agreed(one, Count("c", 1, 0, 0, {"A": 0}))


def test_a_stray_mark_stops_the_count() -> None:
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        count(PAPER, RULE, [frozenset("Z")])


@pytest.mark.parametrize("method", Method)
def test_every_method_has_a_ballot_paper(method: Method) -> None:
    paper = Contest("c", "c", method, 1, (Candidate("A", "A"), Candidate("B", "B")))
    form = FORMS[method]
    assert form.support("A") in form.cells(paper)
    assert len(set(form.cells(paper))) == len(form.cells(paper))


def test_electronic_and_paper_counts_are_added() -> None:
    first = Count("c", 5, 1, 1, {"A": 2, "B": 1}, ((("A", "B"), 2), (("B",), 1)))
    second = Count("c", 2, 0, 0, {"A": 1, "B": 1}, ((("A",), 1), (("B",), 1)))
    assert added(first, second) == Count(
        "c", 7, 1, 1, {"A": 3, "B": 2}, ((("A",), 1), (("A", "B"), 2), (("B",), 2))
    )


@pytest.mark.parametrize(
    "other",
    [
        Count("d", 0, 0, 0, {"A": 0}),
        Count("c", 0, 0, 0, {"A": 0}, (), (SectionCount("", 0, 0, 0, {"A": 0}),)),
    ],
)
def test_counts_that_do_not_belong_together_are_not_added(other: Count) -> None:
    with pytest.raises(BugError):
        added(Count("c", 0, 0, 0, {"A": 0}), other)
