from fractions import Fraction

import pytest

from congress.i18n.translator import Translator
from congress.voting.codec import count_from_json, count_to_json, verdict_to_json
from congress.voting.methods.counting import Stake, count
from congress.voting.model import Candidate, Contest, Method
from congress.voting.outcome import Outcome, Verdict
from congress.voting.plans import motion_contest
from congress.voting.rules.decide import decide
from congress.voting.rules.packs import shipped
from congress.voting.words import amount, say, votes_said
from tests.helpers.hall import delegates, roll_of

MOTION = motion_contest("Adopt")
BY_WEIGHT, BY_SECTION, ELECTION = shipped()["card-vote"].rules
ROLL = roll_of(delegates(5))
LANGUAGES = ("en", "vi", "ur")


def weighed(*votes: tuple[str, Fraction | int]) -> Verdict:
    stakes = [Stake(Fraction(weight)) for _, weight in votes]
    marks = [frozenset({cell} - {""}) for cell, _ in votes]
    total = count(MOTION, BY_WEIGHT, marks, stakes)
    weights = [stake.weight for stake in stakes]
    return decide(MOTION, BY_WEIGHT, total, ROLL, len(votes), (), weights)


def sectional(*votes: tuple[str, str, int]) -> Verdict:
    stakes = [Stake(Fraction(weight), section) for _, section, weight in votes]
    total = count(MOTION, BY_SECTION, [frozenset({cell}) for cell, _, _ in votes], stakes)
    return decide(MOTION, BY_SECTION, total, ROLL, len(votes))


def test_votes_count_by_weight() -> None:
    verdict = weighed(("yes", 300), ("no", 100), ("no", 150), ("abstain", 900), ("", 5))
    assert (verdict.outcome, verdict.base, verdict.needed) == (Outcome.CARRIED, 550, 276)
    assert verdict.votes == {"yes": 300, "no": 250, "abstain": 900}
    assert verdict.share(verdict.votes["yes"], "yes") == Fraction(6, 11)


def test_the_least_that_is_needed_is_a_multiple_of_the_common_unit() -> None:
    verdict = weighed(("yes", Fraction(1, 2)), ("no", Fraction(1, 3)), ("no", Fraction(1, 6)))
    assert (verdict.base, verdict.needed) == (1, Fraction(2, 3))
    assert verdict.outcome is Outcome.LOST
    assert verdict_to_json(verdict)["needed"] == "2/3"


def test_sections_count_for_their_shares() -> None:
    verdict = sectional(
        ("yes", "affiliates", 600), ("no", "affiliates", 400), ("no", "branches", 1)
    )
    assert verdict.votes["yes"] == Fraction(3, 10)
    assert verdict.outcome is Outcome.LOST
    assert (verdict.base, verdict.needed, verdict.shared) == (1, Fraction(1, 2), True)
    carried = sectional(("yes", "affiliates", 1), ("yes", "branches", 2), ("no", "branches", 99))
    assert carried.outcome is Outcome.CARRIED


def test_a_section_without_votes_adds_nothing() -> None:
    verdict = sectional(("yes", "affiliates", 5))
    assert (verdict.votes["yes"], verdict.outcome) == (Fraction(1, 2), Outcome.LOST)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_is_said(lang: str) -> None:
    tr = Translator(lang)
    for verdict in (
        weighed(("yes", Fraction(7, 3)), ("no", 2)),
        sectional(("yes", "affiliates", 5), ("no", "branches", 2)),
    ):
        assert all(say(tr, line) for line in (verdict.headline, *verdict.arithmetic))


def test_shares_are_said_as_percentages_and_weights_exactly() -> None:
    tr = Translator("en")
    verdict = sectional(("yes", "affiliates", 5), ("no", "branches", 2))
    assert say(tr, verdict.headline) == (
        "Not carried: 50.0% in favour, 50.0% against; needed: more than 50.0%."
    )
    assert "Affiliated organisations: 5 votes count together for 1/2 of the whole." in [
        say(tr, line) for line in verdict.arithmetic
    ]
    assert votes_said(tr, verdict, Fraction(1, 3)) == "33.3%"
    assert [amount(tr, value) for value in (1200, Fraction(7, 2), Fraction(7, 3))] == [
        "1,200",
        "3.5",
        "7/3",
    ]
    assert amount(Translator("vi"), Fraction(12345, 100000)) == "0,12345"


def test_weights_elect() -> None:
    paper = Contest(
        "c", "c", Method.K_OF_N, 1, tuple(Candidate(name, name) for name in "AB"), choices=1
    )
    stakes = [Stake(Fraction(10)), Stake(Fraction(4)), Stake(Fraction(4))]
    total = count(paper, ELECTION, [frozenset("A"), frozenset("B"), frozenset("B")], stakes)
    assert total.cells == {"A": 1, "B": 2}
    verdict = decide(paper, ELECTION, total, ROLL, 3, (), [stake.weight for stake in stakes])
    assert verdict.elected == ("A",)
    assert [item.votes for item in verdict.results] == [10, 8]


def test_a_weighed_count_is_read_as_it_was_written() -> None:
    stakes = [Stake(Fraction(5, 2), "affiliates"), Stake(Fraction(1), "branches")]
    total = count(MOTION, BY_SECTION, [frozenset({"yes"}), frozenset()], stakes)
    assert count_from_json(count_to_json(total)) == total
    assert [item.section for item in total.weighted] == ["affiliates", "branches"]
    assert total.weighted[1].blank == 1
    nothing = count(MOTION, BY_SECTION, [], [])
    assert [item.cast for item in nothing.weighted] == [0, 0]
