from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.ids import PersonId
from congress.voting.electors import (
    Proxy,
    ProxyStanding,
    common_unit,
    electorate_from_json,
    electorate_to_json,
)
from congress.voting.methods.counting import Stake, count
from congress.voting.methods.ranked import marks_of
from congress.voting.model import Candidate, Contest, Kind, Marks, Method, Plan, Secrecy
from congress.voting.outcome import Count, Outcome, Verdict
from congress.voting.plans import motion_contest
from congress.voting.rules.decide import decide
from congress.voting.rules.electing import electorate
from congress.voting.rules.model import Base, Subject, Threshold
from congress.voting.rules.packs import shipped
from tests.helpers.hall import delegates, roll_of

MOTION = motion_contest("m")
BY_WEIGHT, BY_SECTION, _ = shipped()["card-vote"].rules
SCOTTISH, MEEK = shipped()["stv"].rules
PEOPLE = delegates(8)
ROLL = roll_of(PEOPLE)
WEIGHTS = st.fractions(min_value=Fraction(1, 12), max_value=50, max_denominator=12)
CELLS = st.sampled_from(["yes", "no", "abstain"])
SECTIONS = st.sampled_from(["affiliates", "branches"])
VOTES = st.lists(st.tuples(CELLS, WEIGHTS, SECTIONS), max_size=25)
Votes = Sequence[tuple[str, Fraction, str]]


def _weighed(votes: Votes) -> Verdict:
    stakes = [Stake(weight) for _, weight, _ in votes]
    total = count(MOTION, BY_WEIGHT, [frozenset({cell}) for cell, _, _ in votes], stakes)
    weights = [weight for _, weight, _ in votes]
    return decide(MOTION, BY_WEIGHT, total, ROLL, len(votes), (), weights)


def _sectional(votes: Votes) -> Verdict:
    stakes = [Stake(weight, section) for _, weight, section in votes]
    total = count(MOTION, BY_SECTION, [frozenset({cell}) for cell, _, _ in votes], stakes)
    return decide(MOTION, BY_SECTION, total, ROLL, len(votes))


@given(VOTES)
def test_a_weighted_motion_is_what_plain_sums_say(votes: Votes) -> None:
    yes = sum((weight for cell, weight, _ in votes if cell == "yes"), Fraction())
    no = sum((weight for cell, weight, _ in votes if cell == "no"), Fraction())
    verdict = _weighed(votes)
    assert (verdict.outcome is Outcome.CARRIED) == (yes > no)
    unit = common_unit([weight for _, weight, _ in votes])
    assert (Fraction(verdict.needed) / unit).denominator == 1
    if yes + no:
        assert verdict.needed > (yes + no) / 2 >= verdict.needed - unit


@given(VOTES)
def test_the_sections_are_what_plain_sums_say(votes: Votes) -> None:
    support = Fraction()
    for section in ("affiliates", "branches"):
        of = [(cell, weight) for cell, weight, where in votes if where == section]
        base = sum((weight for cell, weight in of if cell != "abstain"), Fraction())
        if base:
            support += sum((w for cell, w in of if cell == "yes"), Fraction()) / base / 2
    verdict = _sectional(votes)
    assert verdict.votes["yes"] == support
    assert (verdict.outcome is Outcome.CARRIED) == (support > Fraction(1, 2))


@given(VOTES, st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(votes: Votes, random: Random) -> None:
    mixed = list(votes)
    random.shuffle(mixed)
    assert _weighed(mixed) == _weighed(votes)
    assert _sectional(mixed) == _sectional(votes)


@given(VOTES, WEIGHTS, SECTIONS)
def test_another_yes_never_loses_a_card_vote(votes: Votes, weight: Fraction, section: str) -> None:
    more = [*votes, ("yes", weight, section)]
    for decided in (_weighed, _sectional):
        if decided(votes).outcome is Outcome.CARRIED:
            assert decided(more).outcome is Outcome.CARRIED


@given(
    st.builds(lambda a, b: Fraction(min(a, b), max(a, b)), st.integers(1, 12), st.integers(1, 12)),
    st.booleans(),
    st.integers(0, 60),
    st.integers(1, 6),
)
def test_a_threshold_is_found_by_trying_every_number(
    share: Fraction, strict: bool, units: int, parts: int
) -> None:
    unit = Fraction(1, parts)
    base = units * unit
    threshold = Threshold(Subject.SUPPORT, Base.CAST, share, strict)
    tried = next(
        number * unit
        for number in range(1, 200)
        if (number * unit > share * base if strict else number * unit >= share * base)
    )
    assert threshold.needed(base, unit) == tried


# --- ranked ballots ------------------------------------------------------------------------

NAMES = "ABCD"
RANKINGS = st.lists(
    st.permutations(NAMES).flatmap(
        lambda order: st.integers(0, len(NAMES)).map(lambda end: tuple(order[:end]))
    ),
    min_size=1,
    max_size=30,
)


def _paper(seats: int, method: Method = Method.SCOTTISH_STV) -> Contest:
    return Contest("c", "c", method, seats, tuple(Candidate(name, name) for name in NAMES))


def _ranked(paper: Contest, ballots: Sequence[Marks]) -> tuple[Count, Verdict]:
    rule = SCOTTISH if paper.method is Method.SCOTTISH_STV else MEEK
    total = count(paper, rule, ballots)
    return total, decide(paper, rule, total, ROLL, len(ballots))


METHODS = st.sampled_from([Method.SCOTTISH_STV, Method.MEEK_STV])


@given(RANKINGS, st.integers(1, 3), METHODS, st.randoms(use_true_random=False))
def test_the_order_of_ranked_ballots_changes_nothing(
    rankings: list[tuple[str, ...]], seats: int, method: Method, random: Random
) -> None:
    paper = _paper(seats, method)
    ballots = [marks_of(ranking) for ranking in rankings]
    first = _ranked(paper, ballots)
    random.shuffle(ballots)
    assert _ranked(paper, ballots) == first


@given(RANKINGS, st.integers(1, 3), METHODS)
def test_ranked_seats_add_up_and_no_vote_is_made(
    rankings: list[tuple[str, ...]], seats: int, method: Method
) -> None:
    total, verdict = _ranked(_paper(seats, method), [marks_of(ranking) for ranking in rankings])
    assert total.valid == sum(ballots for _, ballots in total.piles)
    assert len(set(verdict.elected)) == len(verdict.elected) <= seats
    assert verdict.tie or len(verdict.elected) + verdict.vacant == seats
    for stage in verdict.stages:
        assert sum(stage.votes) + stage.exhausted == total.valid
    assert {item.candidate.id for item in verdict.results} == set(NAMES)


@given(RANKINGS, METHODS)
def test_more_than_half_of_the_first_preferences_elect(
    rankings: list[tuple[str, ...]], method: Method
) -> None:
    total, verdict = _ranked(_paper(1, method), [marks_of(ranking) for ranking in rankings])
    for name in NAMES:
        if 2 * total.cells[f"{name}:1"] > total.valid:
            assert verdict.elected == (name,)


@given(st.frozensets(st.sampled_from([f"{name}:{rank}" for name in NAMES for rank in range(1, 5)])))
def test_any_marks_are_read_to_one_order(marks: Marks) -> None:
    total, _ = _ranked(_paper(1), [marks])
    assert total.valid + total.invalid == 1
    for ranking, _ in total.piles:
        assert marks_of(ranking) <= marks
        assert len(set(ranking)) == len(ranking)


# --- proxies -------------------------------------------------------------------------------

PLAN = Plan("m", Kind.MOTION, Secrecy.OPEN, "p", "r", (MOTION,))
PLACES = st.integers(0, 7)


@given(st.sets(PLACES), st.dictionaries(PLACES, PLACES, max_size=8), st.booleans())
def test_everyone_votes_once_and_only_for_who_is_absent(
    present: set[int], letters: dict[int, int], weights: bool
) -> None:
    rule = replace(BY_WEIGHT, proxies=8, weights=weights)
    here = [PEOPLE[place] for place in sorted(present)]
    register = [
        Proxy(PEOPLE[one].id, PEOPLE[other].id, "x")
        for one, other in letters.items()
        if one != other
    ]
    value = electorate(roll_of(here), PEOPLE, register, PLAN, rule)
    ids = {person.id for person in here}
    persons = [elector.person for elector in value.electors]
    assert persons == sorted(set(persons))
    assert {item.person for item in value.electors if item.by is None} == ids
    cast: list[PersonId] = [voter for person in ids for voter in value.cast_by(person)]
    assert sorted(cast) == persons
    for used in value.proxies:
        counted = used.standing is ProxyStanding.COUNTED
        assert counted == (used.proxy.principal not in ids and used.proxy.holder in ids)
    assert electorate_from_json(electorate_to_json(value)) == value
