"""Two implementations of the rules, written from one specification, come to one verdict."""

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.kernel.canonical import decode, encode
from congress.kernel.errors import InputError
from congress.verifier import counts, manifest, rules, settlement, verdict
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields, written
from congress.voting.ballots import judge
from congress.voting.codec import (
    count_to_json,
    decision_to_json,
    plan_to_json,
    roll_figures,
    verdict_to_json,
)
from congress.voting.methods.counting import Stake, count
from congress.voting.methods.forms import FORMS
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from congress.voting.outcome import TieDecision
from congress.voting.rules.decide import decide
from congress.voting.rules.packs import shipped
from congress.voting.stv.model import TieOver
from tests.helpers.hall import delegates, roll_of

WEIGHTS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(1, 3))
CASES = [
    (pack, rule, method)
    for pack in shipped().values()
    for rule in pack.rules
    for method in rule.methods
]


@st.composite
def polls(draw: st.DrawFn) -> tuple[Any, ...]:
    pack, rule, method = draw(st.sampled_from(CASES))
    names = draw(st.integers(1, 4))
    candidates = tuple(Candidate(f"c{n}", f"Name {n}") for n in range(names))
    seats = draw(st.integers(1, names))
    choices = draw(st.integers(1, names)) if method is Method.K_OF_N else 0
    contest = Contest("x", "X", method, seats, candidates, choices=choices)
    if rule.kind is Kind.MOTION:
        contest = Contest("x", "X", method)
    cells = FORMS[method].cells(contest)
    if method.ranked:
        orders = st.permutations([item.id for item in candidates])
        marks = st.tuples(orders, st.integers(1, names)).map(
            lambda it: frozenset(f"{name}:{n}" for n, name in enumerate(it[0][: it[1]], start=1))
        )
        marks = st.one_of(marks, marks, marks, st.frozensets(st.sampled_from(cells), max_size=4))
    else:
        marks = st.frozensets(st.sampled_from(cells), max_size=3)
    ballots = draw(st.lists(marks, max_size=14))
    weighed = rule.weights or rule.sections
    weight = st.sampled_from(WEIGHTS if rule.weights else WEIGHTS[:1])
    section = st.sampled_from([item.id for item in rule.sections] or [""])
    stakes = [Stake(draw(weight), draw(section)) for _ in ballots] if weighed else None
    more = draw(st.lists(weight, max_size=2)) if rule.weights else []
    decisions = draw(
        st.lists(st.tuples(st.sampled_from(TieOver), st.integers(0, names - 1)), max_size=2)
    )
    return pack, rule, contest, ballots, stakes, more, decisions


@settings(max_examples=250)
@given(polls())
def test_the_verifier_counts_and_decides_as_the_program_does(poll: tuple[Any, ...]) -> None:
    pack, rule, contest, ballots, stakes, more, drawn = poll
    plan = Plan("T", rule.kind, Secrecy.OPEN, pack.id, rule.id, (contest,))
    theirs = next(item for item in rules.read(pack.text).rules if item.id == rule.id)
    told_plan: Any = decode(encode(plan_to_json(plan)))
    read = manifest._contest(Fields(told_plan["contests"][0], "contest"))
    roll = roll_of(delegates(20), summoned=24, absent=1, conveners=2)
    figures: Any = roll_figures(roll)

    ours = count(contest, rule, ballots, stakes)
    weights = [*(stake.weight for stake in stakes or ()), *more]
    entitled = 16
    piles = [
        (marks, 1, stake.weight, stake.section)
        for marks, stake in zip(ballots, stakes or [Stake()] * len(ballots), strict=True)
    ]
    try:
        found = counts.count(read, theirs, piles)
    except Fault:
        assert any(not judge(contest, rule, marks).castable for marks in ballots)
        return
    assert all(judge(contest, rule, marks).castable for marks in ballots)
    told = counts.read(Fields(decode(encode(count_to_json(ours))), "count"), read, theirs, "open")
    assert told == found

    unit = rules.smallest_step(weights) if theirs.weighted else Fraction(1)
    total = sum(weights, Fraction(0)) if theirs.weighted else Fraction(entitled)
    electorate = verdict.Electorate(
        figures["present"], figures["summoned"], figures["adjusted"], total, unit
    )
    decisions = [
        TieDecision("x", (f"c{number}",), "lot", over if contest.method.ranked else None)
        for over, number in drawn
        if rule.kind is Kind.ELECTION
    ]
    if not contest.method.ranked:
        decisions = decisions[:1]
    made = [
        settlement.read_decision(decode(encode(decision_to_json(item))), [read])[1]
        for item in decisions
    ]
    try:
        expected = decide(contest, rule, ours, roll, entitled, decisions, weights)
    except InputError:
        expected = None
    try:
        reckoned = verdict.decide(read, theirs, found, electorate, made)
    except Fault:
        reckoned = None
    if expected is None or reckoned is None:
        assert (expected, reckoned) == (None, None)
        return
    assert decode(encode(verdict_to_json(expected))) == reckoned.to_json()
    assert written(found.heads.cast) == len(ballots)
