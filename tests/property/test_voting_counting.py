from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from congress.voting.ballots import from_bits, to_bits
from congress.voting.methods.counting import ballot_by_ballot, count, pile_by_pile
from congress.voting.methods.forms import FORMS
from congress.voting.model import Ballot, Candidate, Contest, Kind, Method, Secrecy
from congress.voting.rules.model import (
    Base,
    Overmarked,
    Rule,
    Subject,
    Surplus,
    Threshold,
    TieRule,
    Unmarked,
)


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    method = draw(st.sampled_from(Method))
    number = 0 if method is Method.YES_NO_ABSTAIN else draw(st.integers(1, 6))
    seats = draw(st.integers(1, number)) if number else 0
    names = tuple(Candidate(f"c{place}", f"c{place}") for place in range(number))
    return Contest("c", "c", method, seats, names)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    return Rule(
        "r",
        Kind.ELECTION,
        {},
        tuple(Method),
        tuple(Secrecy),
        draw(st.sampled_from(Unmarked)),
        draw(st.sampled_from(Overmarked)),
        (Threshold(Subject.SUPPORT, Base.CAST, Fraction(1, 2), strict=True),),
        Surplus(),
        TieRule.REVOTE,
    )


@st.composite
def boxes(draw: st.DrawFn) -> tuple[Contest, list[frozenset[str]]]:
    contest = draw(contests())
    cells = FORMS[contest.method].cells(contest)
    ballots = draw(st.lists(st.frozensets(st.sampled_from(cells)), max_size=30))
    return contest, ballots


@given(boxes(), rules(), st.randoms())
def test_a_count_does_not_depend_on_the_order(
    box: tuple[Contest, list[frozenset[str]]], rule: Rule, chance: object
) -> None:
    contest, ballots = box
    first = count(contest, rule, ballots)
    shuffled = list(ballots)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert count(contest, rule, shuffled) == first


@given(boxes(), rules())
def test_both_ways_of_counting_agree_and_add_up(
    box: tuple[Contest, list[frozenset[str]]], rule: Rule
) -> None:
    contest, ballots = box
    total = ballot_by_ballot(contest, rule, ballots)
    assert pile_by_pile(contest, rule, ballots) == total
    assert total.valid + total.blank + total.invalid == len(ballots)
    assert all(0 <= votes <= total.valid for votes in total.cells.values())


@given(boxes(), rules(), st.data())
def test_counts_of_two_boxes_add_up(
    box: tuple[Contest, list[frozenset[str]]], rule: Rule, data: st.DataObject
) -> None:
    contest, ballots = box
    cut = data.draw(st.integers(0, len(ballots)))
    whole = count(contest, rule, ballots)
    parts = count(contest, rule, ballots[:cut]), count(contest, rule, ballots[cut:])
    assert whole.cells == {
        cell: parts[0].cells[cell] + parts[1].cells[cell] for cell in whole.cells
    }
    assert whole.invalid == parts[0].invalid + parts[1].invalid


@given(boxes())
def test_a_ballot_comes_back_from_its_bits_and_all_have_one_length(
    box: tuple[Contest, list[frozenset[str]]],
) -> None:
    contest, ballots = box
    written = [to_bits([contest], Ballot((marks,))) for marks in ballots]
    assert [from_bits([contest], bits).marks[0] for bits in written] == ballots
    assert len({len(bits[0]) for bits in written}) <= 1
