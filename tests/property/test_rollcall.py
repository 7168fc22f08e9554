"""The register under every order of arrivals, departures, alternates and corrections."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.kernel.settings import QuorumRule, Settings
from congress.rollcall import quorum
from congress.rollcall.confirm import AGREEING, Rule, Verdict, decide, decide_from_afar
from congress.rollcall.desk import Desk
from congress.rollcall.matching import Candidate, build
from congress.rollcall.model import Entry, Status
from tests.helpers.faces import SCALE, FewPeople, person
from tests.helpers.vaults import actor, manual_clock, memory_database

OFFICIALS = [person(f"A{n}", delegation="NS"[n % 2], convener=n == 0) for n in range(4)]
ALTERNATES = [person(f"B{n}", standing=Standing.ALTERNATE) for n in range(2)]
GUESTS = [person("C0", standing=Standing.GUEST)]
EVERYONE = FewPeople([*OFFICIALS, *ALTERNATES, *GUESTS])

who = st.sampled_from(EVERYONE.people)
alternates, officials = st.sampled_from(ALTERNATES), st.sampled_from(OFFICIALS)
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["in", "out", "undo", "next"]), who, officials),
        st.tuples(st.just("seat"), alternates, officials),
    ),
    max_size=25,
)


@settings(max_examples=60)
@given(steps)
def test_the_register_reconciles_to_the_person(sequence: list[tuple[str, Person, Person]]) -> None:
    desk = Desk(memory_database(), actor(), EVERYONE, manual_clock(), lambda: Settings("C"))
    session = desk.open_session("0")
    inside: dict[PersonId, Entry] = {}
    ever: list[Entry] = []
    for action, one, seat in sequence:
        match action:
            case "in":
                held = any(e.seat_of == one.id for e in inside.values())
                try:
                    answer = desk.check_in(one.id)
                except RefusedError:
                    assert held
                    continue
                assert not held or not answer.new
                assert answer.new == (answer.person.id not in inside)
                if answer.new:
                    inside[answer.person.id] = answer.entry
                    ever.append(answer.entry)
            case "out":
                desk.check_out(one.id)
                inside.pop(one.id, None)
            case "undo":
                if entry := inside.pop(one.id, None):
                    desk.undo(entry.id)
                    ever.remove(entry)
            case "seat":
                seats = {e.seat_of or e.person_id for e in inside.values()}
                try:
                    answer = desk.take_seat(one.id, seat.id)
                except RefusedError:
                    assert seat.id in seats
                    continue
                inside[answer.person.id] = answer.entry
                ever.append(answer.entry)
            case _:
                desk.close_session()
                session = desk.open_session("n")
                inside = {}
    seats = {entry.seat_of or entry.person_id for entry in inside.values()}
    house = desk.quorum()
    taken = [each for each in OFFICIALS if each.id in seats]
    assert house.present == len(taken) == sum(d.present for d in house.delegations)
    assert house.summoned == 4
    assert house.present + house.guests == len(inside)
    lines = desk.register(session.id)
    assert {line.person.id for line in lines if line.status is Status.PRESENT} == set(inside)
    roll = desk.roll()
    assert len(roll.present) == house.present
    ever_seated = {entry.seat_of or entry.person_id for entry in ever}
    missing = [each for each in OFFICIALS if each.id not in ever_seated]
    assert list(desk.absent_throughout()) == missing
    assert roll.adjusted == 4 - len(missing)


@given(
    st.integers(0, 60),
    st.integers(0, 60),
    st.fractions(min_value=Fraction(1, 20), max_value=1, max_denominator=20),
    st.booleans(),
)
def test_a_quorum_is_what_its_rule_says(
    summoned: int, present: int, share: Fraction, strict: bool
) -> None:
    everyone = [person(str(n)) for n in range(summoned)]
    inside = {each.id: None for each in everyone[:present]}
    house = quorum.count(everyone, inside, QuorumRule(share, strict))
    here = min(present, summoned)
    enough = here > share * summoned if strict else here >= share * summoned
    assert house.reached == (enough and summoned > 0)
    assert house.present == here
    assert house.missing == max(0, house.needed - here)


scores = st.floats(-1, 1, width=32)
looks = st.lists(
    st.lists(st.tuples(st.sampled_from("abcd"), scores), max_size=3, unique_by=lambda x: x[0]),
    max_size=6,
)


@given(looks, st.floats(0.3, 0.9), st.booleans())
def test_nobody_is_registered_without_two_clear_frames_and_no_contradiction(
    seen: list[list[tuple[str, float]]], threshold: float, final: bool
) -> None:
    rule = Rule(threshold, 0.08, 0.06)
    observations = [
        tuple(Candidate(PersonId(p), s) for p, s in sorted(look, key=lambda x: -x[1]))
        for look in seen
    ]
    decision = decide(observations, rule, final=final)
    clear = [rule.speaks_for(each) for each in observations]
    named = {each for each in clear if each}
    if decision is not None and decision.verdict is Verdict.REGISTER:
        (candidate,) = decision.candidates
        assert named == {candidate.person_id}
        assert clear.count(candidate.person_id) >= AGREEING
        assert candidate.score >= threshold
    elif len(named) == 1:
        assert sum(map(bool, clear)) < AGREEING
    if decision is not None and decision.verdict is Verdict.UNKNOWN:
        assert not any(map(rule.doubts, observations))


@given(looks, looks, st.floats(0.3, 0.9))
def test_nobody_is_registered_from_afar_but_by_a_clear_and_leading_joined_look(
    seen: list[list[tuple[str, float]]], more: list[list[tuple[str, float]]], threshold: float
) -> None:
    rule = Rule(threshold, 0.08, 0.06, frozenset({PersonId("d")}))
    singles, (joined, *_) = (
        [tuple(Candidate(PersonId(p), s) for p, s in sorted(o, key=lambda x: -x[1])) for o in many]
        for many in (seen, [*more, []])
    )
    decision = decide_from_afar(singles, joined, rule)
    if decision is not None and decision.verdict is Verdict.REGISTER:
        assert decision.candidates == (joined[0],)
        assert joined[0].score >= threshold
        assert len(joined) == 1 or joined[0].score - joined[1].score >= 0.12
        assert joined[0].person_id != "d"
        assert {rule.speaks_for(each) for each in singles} <= {None, joined[0].person_id}
    doubtful = any(map(rule.doubts, [*singles, joined]))
    assert (decision is None) == (not doubtful)


@given(st.integers(1, 40), st.integers(1, 3), st.integers(0, 2**31))
def test_a_gallery_ranks_like_a_plain_loop(persons: int, photos: int, seed: int) -> None:
    rows = np.random.default_rng(seed).normal(size=(persons * photos + 1, 12)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    templates = {
        PersonId(str(n)): list(rows[n * photos : (n + 1) * photos]) for n in range(persons)
    }
    gallery = build(templates, SCALE, 12)
    probe = rows[-1]
    best = {}
    for owner, own in templates.items():
        total = np.sum(own, axis=0)
        best[owner] = max(float(row @ probe) for row in [*own, total / np.linalg.norm(total)])
    ranked = gallery.rank(probe)
    assert np.allclose(
        [c.score for c in ranked], sorted(best.values(), reverse=True)[:3], atol=1e-5
    )
    assert all(abs(best[c.person_id] - c.score) < 1e-5 for c in ranked)
    assert gallery.threshold >= SCALE.floor
