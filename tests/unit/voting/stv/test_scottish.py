import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.voting.stv import meek, scottish
from congress.voting.stv.blt import read_blt
from congress.voting.stv.model import Count, RankedBallots, Step, Tie, TieOver

NAMES = tuple("ABCDEFGH")


def ballots(seats: int, *rankings: tuple[int, str], candidates: int = 0) -> RankedBallots:
    """Ballots like ``(5, "AB")``: five papers that rank A before B."""
    wanted = tuple((papers, tuple(NAMES.index(c) for c in ranking)) for papers, ranking in rankings)
    used = max((each for _, ranking in wanted for each in ranking), default=0) + 1
    return RankedBallots("", NAMES[: max(candidates, used)], seats, wanted)


def winners(count: Count) -> str:
    return "".join(NAMES[each] for each in count.elected)


def test_the_quota_is_the_next_whole_vote_over_the_share() -> None:
    count = scottish.count(ballots(2, (60, "A"), (25, "B"), (14, "C")))
    assert count.stages[0].quota == 34
    assert winners(count) == "AB"


def test_a_surplus_moves_at_five_decimals_and_the_rest_is_lost() -> None:
    count = scottish.count(ballots(2, (40, "AB"), (27, "AC"), (20, "B"), (15, "C")))
    first, second = count.stages[:2]
    assert first.quota == 35
    assert first.elected == (0,)
    value = Fraction(32 * 100_000 // 67, 100_000)
    assert value == Fraction(47761, 100_000)
    assert second.step is Step.SURPLUS
    assert list(second.votes) == [Fraction(35), 20 + 40 * value, 15 + 27 * value]
    assert second.exhausted == 102 - sum(second.votes)
    assert 0 < second.exhausted < Fraction(1, 1000)


def test_papers_of_an_excluded_candidate_keep_their_value() -> None:
    count = scottish.count(ballots(1, (10, "A"), (9, "B"), (4, "CB")))
    assert winners(count) == "B"
    assert [stage.step for stage in count.stages] == [Step.FIRST, Step.EXCLUSION]
    assert count.stages[-1].candidate == 2


def test_equal_votes_are_parted_by_the_stage_before() -> None:
    # C and D stand level at 7 once E is out; D had fewer before.
    count = scottish.count(ballots(1, (20, "A"), (19, "B"), (7, "CB"), (5, "DA"), (2, "ED")))
    assert count.tie is None
    assert [stage.candidate for stage in count.stages[:3]] == [None, 4, 3]


def test_a_tie_that_nothing_parts_waits_for_a_decision() -> None:
    equal = ballots(1, (5, "A"), (3, "BA"), (3, "CA"))
    waiting = scottish.count(equal)
    assert waiting.tie == Tie(TieOver.EXCLUSION, (1, 2))
    assert waiting.elected == ()
    decided = scottish.count(equal, [2])
    assert decided.tie is None
    assert decided.stages[1].candidate == 2
    assert scottish.count(equal, [0]).tie == waiting.tie


def test_equal_surpluses_need_a_decision_too() -> None:
    equal = ballots(3, (40, "AC"), (40, "BD"), (9, "C"), (10, "D"))
    assert scottish.count(equal).tie == Tie(TieOver.SURPLUS, (0, 1))
    assert scottish.count(equal, [1]).stages[1].candidate == 1


def test_the_last_vacancies_are_filled_without_more_transfers() -> None:
    count = scottish.count(ballots(2, (5, "A"), (1, "B"), candidates=2))
    assert winners(count) == "AB"
    assert count.stages[-1].step is Step.LAST


def test_without_a_single_valid_ballot_ties_are_all_there_is() -> None:
    count = scottish.count(ballots(1, (3, ""), candidates=3))
    assert count.tie == Tie(TieOver.EXCLUSION, (0, 1, 2))


def test_a_withdrawn_candidate_is_passed_over() -> None:
    cast = ballots(1, (9, "AB"), (5, "B"), (6, "C"))
    left = RankedBallots("", cast.candidates, 1, cast.ballots, frozenset({0}))
    assert winners(scottish.count(left)) == winners(meek.count(left)) == "B"


def test_meek_gives_an_elected_candidate_a_share_of_later_ballots() -> None:
    # The second-hand papers of C go through A too, which Gregory methods do not do.
    cast = ballots(2, (40, "AB"), (10, "B"), (21, "D"), (9, "CAB"))
    count = meek.count(cast)
    assert winners(count) == "AB"
    last = count.stages[-1]
    assert abs(last.votes[0] - last.quota) < Fraction(1, 1000)
    assert last.votes[2] == 0


def test_meek_lowers_the_quota_as_votes_run_out() -> None:
    count = meek.count(ballots(1, (10, "A"), (8, "B"), (7, "C"), (3, "D")))
    quotas = [stage.quota for stage in count.stages]
    assert quotas == sorted(quotas, reverse=True)
    assert quotas[0] > quotas[-1]
    assert winners(count) == "A"


def test_meek_waits_for_a_decision_as_well() -> None:
    equal = ballots(1, (5, "A"), (3, "B"), (3, "C"))
    assert meek.count(equal).tie == Tie(TieOver.EXCLUSION, (1, 2))
    assert winners(meek.count(equal, [1])) == "A"


rankings = st.permutations(range(6)).flatmap(
    lambda order: st.integers(0, 6).map(lambda length: tuple(order[:length]))
)
elections = st.builds(
    RankedBallots,
    st.just(""),
    st.just(NAMES[:6]),
    st.integers(1, 5),
    st.lists(st.tuples(st.integers(1, 30), rankings), min_size=1, max_size=12).map(tuple),
)


@pytest.mark.parametrize("method", [scottish, meek], ids=["scottish", "meek"])
@given(election=elections, lots=st.randoms(use_true_random=False))
def test_every_count_ends_and_loses_no_vote(method, election, lots) -> None:  # type: ignore[no-untyped-def]
    decided: list[int] = []
    count = method.count(election, decided)
    while count.tie is not None:
        assert len(decided) < 20
        decided.append(lots.choice(count.tie.candidates))
        count = method.count(election, decided)
    assert len(count.elected) == len(set(count.elected)) == election.seats
    total = sum(papers for papers, ranking in election.ballots if ranking)
    for stage in count.stages:
        assert sum(stage.votes) + stage.exhausted == total
        assert all(votes >= 0 for votes in stage.votes)
        assert stage.exhausted >= 0
    assert [each for stage in count.stages for each in stage.elected] == list(count.elected)


@given(elections, st.permutations(range(6)))
def test_the_order_of_the_ballot_paper_does_not_matter(
    election: RankedBallots, order: list[int]
) -> None:
    renamed = RankedBallots(
        "",
        election.candidates,
        election.seats,
        tuple((papers, tuple(order[c] for c in ranking)) for papers, ranking in election.ballots),
    )
    for method in (scottish, meek):
        one, other = method.count(election), method.count(renamed)
        if one.tie is None:
            assert {order[each] for each in one.elected} == set(other.elected)


def test_real_scottish_wards_are_counted_as_they_were(shared_data: Path) -> None:
    folder = shared_data / "elections"
    known = json.loads((folder / "scottish_winners.json").read_text())
    wrong = []
    for name, result in known.items():
        count = scottish.count(read_blt(folder / name))
        elected = sorted(each + 1 for each in count.elected)
        if count.tie is not None or elected != sorted(result["elected"]):
            wrong.append(name)
    assert len(known) == 60
    assert wrong == []
