from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from congress.voting.model import Candidate, Contest, Method
from congress.voting.outcome import Count, Outcome
from congress.voting.plans import motion_contest
from congress.voting.rules.decide import decide
from congress.voting.rules.model import Base, Rule, Subject, Threshold
from congress.voting.rules.packs import shipped
from tests.helpers.hall import delegates, roll_of

ROLL = roll_of(delegates(60), summoned=70, absent=3, conveners=2)
MOTIONS = [
    rule for pack in shipped().values() for rule in pack.rules if rule.kind.value == "motion"
]
ELECTIONS = [
    rule for pack in shipped().values() for rule in pack.rules if rule.kind.value == "election"
]
SHARES = st.builds(
    lambda a, b: Fraction(min(a, b), max(a, b)), st.integers(1, 40), st.integers(1, 40)
)
NUMBERS = st.integers(0, 60)


@given(SHARES, st.booleans(), NUMBERS, st.integers(1, 10_000))
def test_a_threshold_is_what_exact_arithmetic_says(
    share: Fraction, strict: bool, part: int, base: int
) -> None:
    threshold = Threshold(Subject.SUPPORT, Base.CAST, share, strict)
    naive = Fraction(part, base) > share if strict else Fraction(part, base) >= share
    assert threshold.reached(part, base) == (naive and part > 0)
    assert threshold.reached(part, base) == (part >= threshold.needed(base))
    assert threshold.reached(threshold.needed(base), base)
    assert not threshold.reached(threshold.needed(base) - 1, base)


def _motion(rule: Rule, yes: int, no: int, abstain: int) -> Outcome:
    cells = {"yes": yes, "no": no, "abstain": abstain}
    count = Count("motion", yes + no + abstain, 0, 0, cells)
    return decide(motion_contest("m"), rule, count, ROLL, 60).outcome


@given(st.sampled_from(MOTIONS), NUMBERS, NUMBERS, NUMBERS)
def test_another_yes_never_loses_a_motion(rule: Rule, yes: int, no: int, abstain: int) -> None:
    before = _motion(rule, yes, no, abstain)
    after = _motion(rule, yes + 1, no, abstain)
    assert not (before is Outcome.CARRIED and after is not Outcome.CARRIED)
    if no:
        changed = _motion(rule, yes + 1, no - 1, abstain)
        assert not (before is Outcome.CARRIED and changed is not Outcome.CARRIED)


VOTES = st.lists(NUMBERS, min_size=2, max_size=8)


@given(st.sampled_from(ELECTIONS), VOTES, st.integers(1, 7))
def test_an_election_elects_the_highest_who_reached_the_threshold(
    rule: Rule, votes: list[int], seats: int
) -> None:
    seats = min(seats, len(votes) - 1)
    names = [f"c{place}" for place in range(len(votes))]
    paper = Contest("c", "c", Method.STRIKE_OUT, seats, tuple(Candidate(n, n) for n in names))
    of = dict(zip(names, votes, strict=True))
    verdict = decide(paper, rule, Count("c", 60, 0, 0, of), ROLL, 60)
    tied = verdict.tie.candidates if verdict.tie else ()
    reached = [name for name in names if of[name] >= verdict.needed]
    assert set(verdict.elected) | set(tied) <= set(reached)
    assert (
        len(verdict.elected) + verdict.vacant + (verdict.tie.seats if verdict.tie else 0) == seats
    )
    lowest = min((of[name] for name in (*verdict.elected, *tied)), default=0)
    others = set(reached) - set(verdict.elected) - set(tied)
    assert all(of[name] < lowest for name in others)
    if verdict.tie:
        assert len({of[name] for name in tied}) == 1
        assert len(tied) > verdict.tie.seats
        assert all(of[name] > of[tied[0]] for name in verdict.elected)
    if verdict.vacant:
        assert len(reached) < seats
    assert [item.votes for item in verdict.results] == sorted(votes, reverse=True)


@given(st.sampled_from(ELECTIONS), VOTES, st.data())
def test_another_vote_never_costs_a_candidate_the_seat(
    rule: Rule, votes: list[int], data: st.DataObject
) -> None:
    seats = data.draw(st.integers(1, len(votes) - 1))
    lucky = data.draw(st.integers(0, len(votes) - 1))
    names = [f"c{place}" for place in range(len(votes))]
    paper = Contest("c", "c", Method.STRIKE_OUT, seats, tuple(Candidate(n, n) for n in names))
    before = Count("c", 60, 0, 0, dict(zip(names, votes, strict=True)))
    more = {**before.cells, names[lucky]: votes[lucky] + 1}
    first = decide(paper, rule, before, ROLL, 60)
    second = decide(paper, rule, replace(before, cells=more), ROLL, 60)
    if names[lucky] in first.elected:
        assert names[lucky] in second.elected
