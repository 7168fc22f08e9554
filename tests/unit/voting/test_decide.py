from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from congress.kernel.errors import InputError
from congress.voting.model import Candidate, Contest, Line, Method
from congress.voting.outcome import Count, Fate, Outcome, Tie, TieDecision, Verdict
from congress.voting.plans import motion_contest
from congress.voting.rules.decide import decide
from congress.voting.rules.model import (
    Base,
    Rule,
    Subject,
    Surplus,
    Threshold,
    TieRule,
    base_of,
)
from congress.voting.rules.packs import shipped
from tests.helpers.hall import delegates, roll_of

HALF = Fraction(1, 2)
PARTY = shipped()["party-congress"].rules[1]
MAJORITY = shipped()["roberts"].rules[0]
ROLL = roll_of(delegates(100), summoned=105, absent=4, conveners=1)


def test_a_strict_majority_of_101_is_51() -> None:
    threshold = Threshold(Subject.SUPPORT, Base.CAST, HALF, strict=True)
    assert threshold.needed(101) == 51
    assert threshold.needed(100) == 51
    assert not threshold.reached(50, 100)
    assert threshold.reached(51, 100)


def test_at_least_two_thirds() -> None:
    threshold = Threshold(Subject.SUPPORT, Base.CAST, Fraction(2, 3), strict=False)
    assert threshold.needed(30) == 20
    assert threshold.needed(31) == 21
    assert threshold.reached(20, 30)
    assert not threshold.reached(20, 31)


def test_nothing_of_nothing_is_not_enough() -> None:
    for strict in (True, False):
        threshold = Threshold(Subject.SUPPORT, Base.CAST, HALF, strict=strict)
        assert threshold.needed(0) == 1
        assert not threshold.reached(0, 0)


@pytest.mark.parametrize(
    ("base", "number"),
    [
        (Base.CAST, 90),
        (Base.NONBLANK, 85),
        (Base.VALID, 80),
        (Base.YES_NO, 70),
        (Base.PRESENT, 100),
        (Base.ENTITLED, 95),
        (Base.SUMMONED, 105),
        (Base.ADJUSTED, 100),
    ],
)
def test_every_base(base: Base, number: int) -> None:
    count = Count("motion", 90, 5, 5, {"yes": 40, "no": 30, "abstain": 10})
    assert base_of(base, count, ROLL, 95) == number


def motion(rule: Rule, yes: int, no: int, abstain: int = 0, blank: int = 0) -> Verdict:
    cells = {"yes": yes, "no": no, "abstain": abstain}
    count = Count("motion", yes + no + abstain + blank, blank, 0, cells)
    return decide(motion_contest("m"), rule, count, ROLL, 100)


def test_a_motion_is_carried_and_says_why() -> None:
    verdict = motion(MAJORITY, 11, 9, 30, 2)
    assert verdict.outcome is Outcome.CARRIED
    assert (verdict.base, verdict.needed) == (20, 11)
    assert verdict.headline == Line("verdict.carried", {"yes": 11, "no": 9, "needed": 11})
    assert [line.key for line in verdict.arithmetic] == [
        "verdict.ballots",
        "verdict.motion.votes",
        "verdict.base",
        "verdict.needed.more",
        "verdict.motion.reached",
    ]


def test_a_share_leaves_out_what_the_base_leaves_out() -> None:
    verdict = motion(MAJORITY, 11, 9, 30, 2)
    assert verdict.share(11, "yes") == Fraction(11, 20)
    assert verdict.share(30, "abstain") is None
    assert motion(MAJORITY, 0, 0, 5).share(0, "yes") is None
    thresholds = (Threshold(Subject.SUPPORT, Base.CAST, HALF, strict=True),)
    of_all = motion(replace(MAJORITY, thresholds=thresholds), 11, 9, 30)
    assert of_all.share(30, "abstain") == Fraction(3, 5)


def test_a_motion_without_votes_is_lost() -> None:
    assert motion(MAJORITY, 0, 0, 5).outcome is Outcome.LOST


def test_several_thresholds_combine() -> None:
    rule = replace(
        MAJORITY,
        thresholds=(
            Threshold(Subject.SUPPORT, Base.YES_NO, HALF, strict=True),
            Threshold(Subject.SUPPORT, Base.PRESENT, HALF, strict=True),
            Threshold(Subject.TURNOUT, Base.PRESENT, Fraction(3, 4), strict=False),
        ),
    )
    assert motion(rule, 51, 24).outcome is Outcome.CARRIED
    assert motion(rule, 50, 25).outcome is Outcome.LOST
    void = motion(rule, 60, 0)
    assert void.outcome is Outcome.VOID
    assert void.headline.key == "verdict.void"
    assert "verdict.turnout.missed" in [line.key for line in void.arithmetic]
    assert void.needed == 51


def test_the_adjusted_base_is_itemised() -> None:
    rule = shipped()["party-congress"].rules[0]
    verdict = motion(rule, 51, 3)
    assert verdict.outcome is Outcome.CARRIED
    items = [line for line in verdict.arithmetic if line.key.startswith("verdict.item.")]
    assert [(line.key, line.params["count"]) for line in items] == [
        ("verdict.item.summoned", 105),
        ("verdict.item.conveners_absent_throughout", 1),
        ("verdict.item.absent_throughout", 4),
    ]


def election(
    rule: Rule,
    votes: dict[str, int],
    seats: int,
    decision: TieDecision | None = None,
    born: dict[str, int] | None = None,
) -> Verdict:
    candidates = tuple(
        Candidate(name, name, born=date(born[name], 1, 1) if born and name in born else None)
        for name in votes
    )
    paper = Contest("c", "c", Method.STRIKE_OUT, seats, candidates)
    decisions = () if decision is None else (decision,)
    return decide(paper, rule, Count("c", 100, 0, 0, votes), ROLL, 100, decisions)


def test_the_highest_over_half_are_elected_in_the_order_of_votes() -> None:
    verdict = election(PARTY, {"A": 60, "B": 90, "C": 55, "D": 40}, 2)
    assert verdict.outcome is Outcome.FILLED
    assert verdict.elected == ("B", "A")
    assert [
        (item.candidate.id, item.votes, item.reached, item.fate) for item in verdict.results
    ] == [
        ("B", 90, True, Fate.ELECTED),
        ("A", 60, True, Fate.ELECTED),
        ("C", 55, True, Fate.NOT_ELECTED),
        ("D", 40, False, Fate.NOT_ELECTED),
    ]
    assert verdict.headline == Line("verdict.filled", {"names": ("B", "A"), "count": 2, "left": 0})


def test_too_few_leave_seats_vacant() -> None:
    verdict = election(PARTY, {"A": 60, "B": 50, "C": 10}, 2)
    assert (verdict.outcome, verdict.elected, verdict.vacant) == (Outcome.VACANT, ("A",), 1)
    nobody = election(PARTY, {"A": 50, "B": 50, "C": 10}, 2)
    assert (nobody.headline.key, nobody.vacant) == ("verdict.vacant.none", 2)


def test_a_tie_at_the_last_place_elects_nobody_of_it() -> None:
    verdict = election(PARTY, {"A": 80, "B": 60, "C": 60, "D": 51}, 2)
    assert verdict.outcome is Outcome.TIED
    assert verdict.elected == ("A",)
    assert verdict.tie == Tie(("B", "C"), 1, by_decision=False)
    assert [item.fate for item in verdict.results] == [
        Fate.ELECTED,
        Fate.TIED,
        Fate.TIED,
        Fate.NOT_ELECTED,
    ]
    assert verdict.vacant == 0


def test_a_tie_above_the_last_place_is_none() -> None:
    verdict = election(PARTY, {"A": 60, "B": 60, "C": 55}, 2)
    assert (verdict.outcome, verdict.elected) == (Outcome.FILLED, ("A", "B"))


def test_all_tied_is_said_without_names() -> None:
    verdict = election(PARTY, {"A": 60, "B": 60, "C": 60}, 2)
    assert verdict.headline == Line("verdict.tied.none", {"names": (), "count": 0, "left": 2})


ELDER = replace(PARTY, tie=TieRule.ELDER)
DECISION = replace(PARTY, tie=TieRule.DECISION)
TIED = {"A": 80, "B": 60, "C": 60}


def test_the_elder_wins_a_tie_where_dates_tell() -> None:
    verdict = election(ELDER, TIED, 2, born={"B": 1970, "C": 1960})
    assert (verdict.outcome, verdict.elected) == (Outcome.FILLED, ("A", "C"))
    assert verdict.arithmetic[-1] == Line("verdict.elder", {"names": ("C",)})


@pytest.mark.parametrize("born", [{}, {"B": 1970}, {"B": 1970, "C": 1970}])
def test_where_dates_do_not_tell_the_congress_decides(born: dict[str, int]) -> None:
    verdict = election(ELDER, TIED, 2, born=born)
    assert verdict.tie == Tie(("B", "C"), 1, by_decision=True)


def test_dates_change_nothing_without_a_tie() -> None:
    verdict = election(ELDER, {"A": 80, "B": 70, "C": 60}, 2, born={"C": 1900})
    assert verdict.elected == ("A", "B")


def test_a_decision_fills_the_seat_and_is_quoted() -> None:
    verdict = election(DECISION, TIED, 2, TieDecision("c", ("C",), "By lot."))
    assert (verdict.outcome, verdict.elected) == (Outcome.FILLED, ("A", "C"))
    assert verdict.arithmetic[-1] == Line("verdict.decided", {"names": ("C",), "reason": "By lot."})


@pytest.mark.parametrize("chosen", [(), ("A",), ("B", "C"), ("B", "B"), ("Z",)])
def test_a_decision_must_fit_the_tie(chosen: tuple[str, ...]) -> None:
    with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
        election(DECISION, TIED, 2, TieDecision("c", chosen, ""))


def test_where_the_vote_is_repeated_nobody_decides() -> None:
    with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
        election(PARTY, TIED, 2, TieDecision("c", ("B",), ""))


def test_a_void_election_elects_nobody() -> None:
    rule = replace(
        PARTY,
        thresholds=(
            *PARTY.thresholds,
            Threshold(Subject.TURNOUT, Base.SUMMONED, Fraction(1), strict=False),
        ),
    )
    verdict = election(rule, {"A": 90, "B": 10}, 1)
    assert (verdict.outcome, verdict.elected, verdict.tie) == (Outcome.VOID, (), None)
    assert not any(item.reached for item in verdict.results)


@pytest.mark.parametrize(
    ("seats", "limit"), [(1, 0), (2, 0), (3, 1), (5, 1), (6, 1), (7, 2), (10, 3), (15, 4), (55, 16)]
)
def test_the_surplus_of_the_party_congress(seats: int, limit: int) -> None:
    assert PARTY.surplus.limit(seats) == limit
    assert Surplus().limit(seats) is None
