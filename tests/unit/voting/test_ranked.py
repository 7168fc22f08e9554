from dataclasses import replace
from fractions import Fraction

import pytest

from congress.i18n.translator import Translator
from congress.kernel.errors import InputError
from congress.voting.ballots import judge, to_bits
from congress.voting.codec import (
    count_from_json,
    count_to_json,
    decision_from_json,
    decision_to_json,
)
from congress.voting.methods.counting import count
from congress.voting.methods.ranked import Ranked, marks_of, ranking_of
from congress.voting.model import Ballot, Candidate, Contest, Method, Validity
from congress.voting.outcome import Count, Fate, Outcome, TieDecision, Verdict
from congress.voting.rules.decide import decide
from congress.voting.rules.packs import shipped
from congress.voting.stv.model import TieOver
from congress.voting.words import say
from tests.helpers.hall import delegates, roll_of

SCOTTISH, MEEK = shipped()["stv"].rules
ROLL = roll_of(delegates(5))
PAPER = Contest(
    "c",
    "Council",
    Method.SCOTTISH_STV,
    1,
    (Candidate("a", "Ames"), Candidate("b", "Brown"), Candidate("d", "Davis")),
)


def counted(*piles: tuple[str, int], paper: Contest = PAPER) -> Count:
    ballots = [marks_of(tuple(ranking)) for ranking, number in piles for _ in range(number)]
    return count(paper, SCOTTISH, ballots)


def verdict_of(
    *piles: tuple[str, int], decisions: tuple[TieDecision, ...] = (), paper: Contest = PAPER
) -> Verdict:
    return decide(paper, SCOTTISH, counted(*piles, paper=paper), ROLL, 5, decisions)


def test_the_paper_has_a_cell_for_every_rank() -> None:
    assert Ranked().cells(PAPER)[:4] == ("a:1", "a:2", "a:3", "b:1")
    assert to_bits([PAPER], Ballot((marks_of(("b", "a")),))) == ["010100000"]


@pytest.mark.parametrize(
    ("marks", "ranking"),
    [
        ({"a:1", "b:2", "d:3"}, "abd"),
        ({"a:1", "d:3"}, "a"),
        ({"a:1", "b:2", "d:2"}, "a"),
        ({"a:1", "a:2", "b:3"}, ""),
        ({"a:1", "b:1"}, ""),
        ({"b:2"}, ""),
        ({"a:1", "b:2", "b:3"}, "a"),
        (set(), ""),
    ],
)
def test_the_order_ends_where_it_is_not_clear(marks: set[str], ranking: str) -> None:
    assert ranking_of(PAPER, frozenset(marks)) == tuple(ranking)


def test_what_a_ranked_ballot_counts_as() -> None:
    assert judge(PAPER, SCOTTISH, marks_of(("a", "b"))).reason.key == "ballot.ranked"
    partly = judge(PAPER, SCOTTISH, frozenset({"a:1", "b:3"}))
    assert (partly.validity, partly.counted) == (Validity.VALID, frozenset({"a:1"}))
    assert partly.reason.key == "ballot.ranked_partly"
    unclear = judge(PAPER, SCOTTISH, frozenset({"b:2"}))
    assert (unclear.validity, unclear.castable) == (Validity.INVALID, True)
    assert judge(PAPER, SCOTTISH, frozenset()).validity is Validity.INVALID
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        judge(PAPER, SCOTTISH, frozenset({"a:4"}))


def test_equal_rankings_are_one_pile() -> None:
    total = counted(("ab", 2), ("b", 1), ("ab", 1))
    assert total.piles == ((("a", "b"), 3), (("b",), 1))
    assert total.cells["b:2"] == 3
    assert count_from_json(count_to_json(total)) == total


def test_the_quota_elects_and_every_stage_is_said() -> None:
    verdict = verdict_of(("a", 6), ("bd", 3), ("db", 2))
    assert verdict.elected == ("a",)
    assert (verdict.base, verdict.needed, verdict.outcome) == (11, 6, Outcome.FILLED)
    assert [stage.step.value for stage in verdict.stages] == ["first"]
    for lang in ("en", "vi", "ur"):
        assert all(say(Translator(lang), line) for line in verdict.arithmetic)
    assert say(Translator("en"), verdict.arithmetic[-1]) == "Ames is elected at stage 1."


def test_results_bear_the_votes_with_which_each_fate_was_settled() -> None:
    verdict = verdict_of(("a", 5), ("bd", 4), ("db", 3))
    assert verdict.elected == ("b",)
    assert [(item.candidate.id, item.votes, item.fate) for item in verdict.results] == [
        ("b", 7, Fate.ELECTED),
        ("a", 5, Fate.NOT_ELECTED),
        ("d", 3, Fate.NOT_ELECTED),
    ]


TIED = (("a", 6), ("bd", 4), ("db", 4))


def test_a_tie_stands_still_until_it_is_decided() -> None:
    verdict = verdict_of(*TIED)
    tie = verdict.tie
    assert tie is not None
    assert (tie.candidates, tie.seats, tie.over) == (("b", "d"), 1, TieOver.EXCLUSION)
    assert tie.by_decision
    assert (verdict.outcome, verdict.vacant) == (Outcome.TIED, 0)
    assert [item.fate for item in verdict.results].count(Fate.TIED) == 2
    lot = TieDecision("c", ("b",), "By lot.", TieOver.EXCLUSION)
    assert verdict_of(*TIED, decisions=(lot,)).elected == ("d",)
    other = replace(lot, chosen=("d",))
    assert verdict_of(*TIED, decisions=(other,)).elected == ("b",)
    for lang in ("en", "vi", "ur"):
        tr = Translator(lang)
        said = (*verdict.arithmetic, *verdict_of(*TIED, decisions=(lot,)).arithmetic)
        assert all(say(tr, line) for line in (verdict.headline, *said))


@pytest.mark.parametrize(
    "decision",
    [
        TieDecision("c", ("a",), "", TieOver.EXCLUSION),
        TieDecision("c", ("b",), "", TieOver.SURPLUS),
        TieDecision("c", ("b",), ""),
        TieDecision("c", ("b", "d"), "", TieOver.EXCLUSION),
        TieDecision("c", ("z",), "", TieOver.EXCLUSION),
    ],
)
def test_a_decision_must_fit_its_tie(decision: TieDecision) -> None:
    with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
        verdict_of(*TIED, decisions=(decision,))


def test_a_decision_without_a_tie_is_refused() -> None:
    lot = TieDecision("c", ("b",), "", TieOver.EXCLUSION)
    for piles in ((("a", 6), ("b", 1)), ()):
        with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
            verdict_of(*piles, decisions=(lot,))


def test_equal_surpluses_are_decided_one_after_the_other() -> None:
    paper = replace(PAPER, seats=2, candidates=(*PAPER.candidates, Candidate("e", "Evans")))
    piles = (("ad", 10), ("be", 10), ("d", 2), ("e", 2))
    verdict = verdict_of(*piles, paper=replace(paper, seats=3))
    assert verdict.tie is not None
    assert verdict.tie.over is TieOver.SURPLUS
    first = TieDecision("c", ("a",), "Lot", TieOver.SURPLUS)
    again = verdict_of(*piles, paper=replace(paper, seats=3), decisions=(first,))
    assert len(again.stages) > len(verdict.stages)


def test_nobody_is_elected_without_a_valid_ballot() -> None:
    verdict = verdict_of()
    assert (verdict.outcome, verdict.vacant, verdict.needed) == (Outcome.VACANT, 1, 0)
    assert verdict.headline.key == "verdict.vacant.none"


def test_a_turnout_that_is_missed_voids_a_ranked_election() -> None:
    state = shipped()["state-election"].rules[0].thresholds[0]
    rule = replace(SCOTTISH, thresholds=(state,))
    verdict = decide(PAPER, rule, counted(("a", 2)), ROLL, 5)
    assert (verdict.outcome, verdict.elected) == (Outcome.VOID, ())
    assert decide(PAPER, rule, counted(("a", 3)), ROLL, 5).elected == ("a",)


def test_meek_counts_the_same_piles() -> None:
    paper = replace(PAPER, method=Method.MEEK_STV)
    verdict = decide(paper, MEEK, counted(("a", 6), ("bd", 4), ("db", 3)), ROLL, 5)
    assert verdict.elected == ("b",)
    assert verdict.needed == Fraction(6_500_000_001, 10**9)


def test_decisions_are_read_as_they_were_written() -> None:
    for decision in (
        TieDecision("c", ("a", "b"), "Voted."),
        TieDecision("c", ("a",), "Lot.", TieOver.SURPLUS),
    ):
        assert decision_from_json(decision_to_json(decision)) == decision
