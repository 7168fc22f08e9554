"""Polls by every rule, held by the booth: the verifier comes to the same verdicts on its own."""

import random
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from congress.kernel.errors import RefusedError
from congress.kernel.ids import PollId
from congress.verifier.inspection import inspect
from congress.voting.bundle import write_bundle
from congress.voting.methods.forms import FORMS
from congress.voting.methods.ranked import marks_of
from congress.voting.model import (
    Ballot,
    Candidate,
    Channel,
    Contest,
    Kind,
    Marks,
    Method,
    Plan,
    Secrecy,
)
from congress.voting.outcome import Outcome, TieDecision
from congress.voting.paperwork import ScannedSlip
from congress.voting.plans import motion_contest
from congress.voting.rules.model import Rule, TieRule
from congress.voting.rules.packs import custom, shipped
from congress.voting.slips import Answer
from tests.helpers.hall import APPROVAL, Hall, roll_of

NAMES = tuple(Candidate(f"c{number:02}", f"Name {number}") for number in range(1, 5))
SECTIONS = {"Section 0": "affiliates", "Section 1": "branches", "Section 2": "branches"}
OPEN = [
    pytest.param(pack.id, rule, method, id=f"{pack.id}-{rule.id}-{method.value}")
    for pack in shipped().values()
    for rule in pack.rules
    for method in rule.methods
    if Secrecy.OPEN in rule.secrecies
]


def hall_of(seed: int, rule: Rule) -> Hall:
    """Twelve delegates with weights of any kind, three of them absent with proxies."""
    draw, hall = random.Random(seed), Hall(12)
    hall.people.persons = tuple(
        replace(person, weight=Fraction(draw.randint(1, 30), draw.choice((1, 1, 2, 3))))
        for person in hall.people.persons
    )
    persons = hall.people.persons
    present = persons[:9]
    hall.roll = replace(
        roll_of(present, summoned=12, absent=1, conveners=1),
        weights={person.id: person.weight for person in present},
    )
    for principal, holder in ((9, 0), (10, 11), (1, 2), (11, 3)):
        hall.booth.register_proxy(persons[principal].id, persons[holder].id, "Committee")
    assert rule.proxies in (0, 2)
    return hall


def contest_of(rule: Rule, method: Method, seats: int) -> Contest:
    if rule.kind is Kind.MOTION:
        return motion_contest("Adopt")
    listed = NAMES[:seats] if method is Method.AGREE_DISAGREE else NAMES
    choices = 2 if method is Method.K_OF_N else 0
    return Contest("list", "List", method, seats, listed, choices=choices)


def marks(draw: random.Random, contest: Contest) -> Marks:
    if contest.method is Method.YES_NO_ABSTAIN:
        return frozenset(draw.sample(("yes", "no", "abstain"), draw.choice((0, 1, 1, 1))))
    if contest.method.ranked and draw.random() < 0.8:
        names = [item.id for item in contest.candidates]
        return marks_of(tuple(draw.sample(names, draw.randint(0, len(names)))))
    cells = FORMS[contest.method].cells(contest)
    return frozenset(cell for cell in cells if draw.random() < 0.4)


def settle(hall: Hall, poll_id: PollId) -> int:
    """Decide every tie that the rule leaves to the congress; return how many there were."""
    for decided in range(20):
        verdicts = hall.booth.result(poll_id).verdicts
        open_ties = [item for item in verdicts if item.tie is not None and item.tie.by_decision]
        if not open_ties:
            return decided
        verdict, tie = open_ties[0], open_ties[0].tie
        assert tie is not None
        chosen = tie.candidates[-tie.seats :]
        hall.booth.resolve_tie(
            poll_id, TieDecision(verdict.contest_id, chosen, "By lot.", tie.over)
        )
    raise AssertionError("the ties do not end")


def verified(hall: Hall, poll_id: PollId, folder: Path) -> None:
    path = folder / f"{poll_id}.zip"
    write_bundle(path, hall.booth.whole_ledger(poll_id))
    report = inspect(path, processes=1)
    assert report.failed == ()
    assert report.holds


def held(hall: Hall, plan: Plan, seed: int, voters: int) -> PollId:
    draw = random.Random(seed)
    poll = hall.booth.propose(plan)
    hall.booth.fix_manifest(poll.id)
    hall.booth.open(poll.id)
    for badge in hall.badges(0, voters):
        for turn in range(3):
            try:
                admission = hall.booth.admit(badge)
            except RefusedError:
                break
            ballot = Ballot(tuple(marks(draw, contest) for contest in plan.contests))
            hall.booth.cast(hall.booth.prepare(admission, ballot), f"{badge} {turn}")
            if draw.random() < 0.2:
                break
    assert hall.booth.turnout(poll.id).cast >= voters
    hall.booth.close(poll.id)
    hall.booth.tally(poll.id)
    return poll.id


@pytest.mark.parametrize(("pack", "rule", "method"), OPEN)
@pytest.mark.parametrize("seed", [1, 2])
def test_an_open_poll_by_every_rule_is_verified(
    pack: str, rule: Rule, method: Method, seed: int, tmp_path: Path
) -> None:
    hall = hall_of(seed, rule)
    seats = 1 + seed
    contest = contest_of(rule, method, seats)
    plan = Plan(
        "Poll",
        rule.kind,
        Secrecy.OPEN,
        pack,
        rule.id,
        (contest,),
        sections=SECTIONS if rule.sections else {},
    )
    poll_id = held(hall, plan, seed, 9)
    settle(hall, poll_id)
    hall.booth.certify(poll_id)
    verified(hall, poll_id, tmp_path)


RANKINGS = (("ABC", 4), ("BC", 3), ("CB", 3), ("", 1), ("D", 2), ("DA", 1))


def slips(rankings: Sequence[tuple[str, int]]) -> list[ScannedSlip]:
    place = {"A": "c01", "B": "c02", "C": "c03", "D": "c04"}
    return [
        ScannedSlip(
            Answer(Ballot((marks_of(tuple(place[name] for name in ranking)),))),
            (),
            stray=False,
            pages=(),
        )
        for ranking, number in rankings
        for _ in range(number)
    ]


@pytest.mark.parametrize("rule_id", ["scottish", "meek"])
def test_ranked_ballots_on_paper_are_verified(rule_id: str, tmp_path: Path) -> None:
    rule = shipped()["stv"].rule(rule_id)
    assert rule is not None
    hall = Hall(20)
    booth = hall.booth
    contest = contest_of(rule, rule.methods[0], 2)
    poll = booth.propose(
        Plan(
            "Council",
            Kind.ELECTION,
            Secrecy.SECRET,
            "stv",
            rule_id,
            (contest,),
            channel=Channel.PAPER,
        )
    )
    booth.fix_manifest(poll.id)
    booth.issue_slips(poll.id, 16)
    booth.hand_out_slips(poll.id, [person.id for person in hall.people.persons[:16]])
    booth.open(poll.id, APPROVAL)
    booth.spoil_slips(poll.id, 1)
    booth.close(poll.id, APPROVAL)
    booth.add_scans(poll.id, slips(RANKINGS))
    booth.count_slips(poll.id, 1, APPROVAL)
    booth.tally(poll.id)
    assert settle(hall, poll.id) >= 1
    result = booth.certify(poll.id, APPROVAL)
    assert result.verdicts[0].outcome is Outcome.FILLED
    verified(hall, poll.id, tmp_path)


def test_a_pack_of_ones_own_is_verified(tmp_path: Path) -> None:
    hall = Hall(8)
    hall.booth.add_pack(custom())
    hall.booth.register_proxy(hall.people.persons[7].id, hall.people.persons[0].id, "Board")
    hall.roll = roll_of(hall.people.persons[:6], summoned=8)
    plan = Plan(
        "Statutes",
        Kind.MOTION,
        Secrecy.OPEN,
        "garden-club",
        "statutes",
        (motion_contest("Statutes"),),
    )
    poll_id = held(hall, plan, 3, 6)
    hall.booth.certify(poll_id)
    verified(hall, poll_id, tmp_path)


def test_weights_in_a_secret_poll_are_cards_and_are_verified(tmp_path: Path) -> None:
    hall = Hall(5)
    weights = (1, 2, 3, 2, 1)
    hall.roll = replace(
        hall.roll,
        weights={
            person.id: Fraction(weight)
            for person, weight in zip(hall.people.persons, weights, strict=True)
        },
    )
    plan = Plan(
        "Programme",
        Kind.MOTION,
        Secrecy.SECRET,
        "card-vote",
        "motion",
        (motion_contest("Programme"),),
    )
    poll, cards = hall.opened_secret(hall.booth.propose(plan), 10)
    for card in cards[:6]:
        hall.cast(card.code, ["yes"])
    for card in cards[6:8]:
        hall.cast(card.code, ["no"])
    hall.booth.void_card(poll.id, cards[8].code)
    hall.finish(poll.id)
    (verdict,) = hall.booth.result(poll.id).verdicts
    assert (verdict.outcome, verdict.base, verdict.needed) == (Outcome.CARRIED, 8, 5)
    verified(hall, poll.id, tmp_path)


def test_a_decided_tie_of_an_election_is_verified(tmp_path: Path) -> None:
    hall = Hall(6)
    hall.booth.add_pack(custom())
    rule = hall.booth.packs()["garden-club"].rules[1]
    assert rule.tie is TieRule.DECISION
    contest = Contest("board", "Board", Method.K_OF_N, 1, NAMES[:3], choices=1)
    plan = Plan("Board", Kind.ELECTION, Secrecy.OPEN, "garden-club", "board", (contest,))
    poll = hall.booth.propose(plan)
    hall.booth.fix_manifest(poll.id)
    hall.booth.open(poll.id)
    for badge, name in zip(hall.badges(0, 4), ("c01", "c02", "c01", "c02"), strict=True):
        hall.cast(badge, [name])
    hall.booth.close(poll.id)
    hall.booth.tally(poll.id)
    assert settle(hall, poll.id) == 1
    hall.booth.certify(poll.id)
    verified(hall, poll.id, tmp_path)
