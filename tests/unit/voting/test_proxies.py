from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.people import Standing
from congress.kernel.roles import Role
from congress.voting.ballots import tracking_code
from congress.voting.electors import Proxy, ProxyStanding
from congress.voting.ledger import Entry, EntryType
from congress.voting.model import Ballot, Kind, Plan, Poll, Secrecy, Turnout
from congress.voting.outcome import Outcome, Reconciliation
from congress.voting.plans import motion_contest
from tests.helpers.hall import Hall, roll_of
from tests.helpers.vaults import actor

LETTER = "Credentials committee"
YES = Ballot((frozenset({"yes"}),))


@pytest.fixture
def hall() -> Hall:
    """Ten delegates, the last four of whom are absent; each has as many votes as its number."""
    hall = Hall()
    hall.people.persons = tuple(
        replace(person, weight=Fraction(number))
        for number, person in enumerate(hall.people.persons, start=1)
    )
    present = hall.people.persons[:6]
    weights = {person.id: person.weight for person in present}
    hall.roll = replace(roll_of(present, summoned=10), weights=weights)
    return hall


def register(hall: Hall, principal: int, holder: int) -> Proxy:
    persons = hall.people.persons
    return hall.booth.register_proxy(persons[principal].id, persons[holder].id, LETTER)


def opened(hall: Hall, rule: str = "motion") -> Poll:
    contest = motion_contest("Adopt")
    plan = Plan("Adopt", Kind.MOTION, Secrecy.OPEN, "card-vote", rule, (contest,))
    poll = hall.booth.propose(plan)
    hall.booth.fix_manifest(poll.id)
    return hall.booth.open(poll.id)


def test_the_register_keeps_one_proxy_for_each_principal(hall: Hall) -> None:
    register(hall, 8, 0)
    proxy = register(hall, 8, 1)
    assert hall.booth.proxies() == (proxy,)
    hall.booth.strike_proxy(proxy.principal)
    assert hall.booth.proxies() == ()
    with pytest.raises(InputError, match=r"voting\.no_proxy"):
        hall.booth.strike_proxy(proxy.principal)


def test_who_may_give_and_hold_a_proxy(hall: Hall) -> None:
    persons = hall.people.persons
    hall.people.persons = (
        *persons[:8],
        replace(persons[8], standing=Standing.GUEST),
        replace(persons[9], standing=Standing.ALTERNATE),
    )
    for principal, holder in ((0, 0), (8, 0), (9, 0), (0, 8)):
        with pytest.raises(InputError, match=r"voting\.bad_proxy"):
            register(hall, principal, holder)
    with pytest.raises(InputError, match=r"voting\.bad_proxy"):
        hall.booth.register_proxy(persons[0].id, PersonId("nobody"), LETTER)
    assert register(hall, 0, 9).holder == persons[9].id
    with pytest.raises(InputError, match=r"voting\.proxy_unapproved"):
        hall.booth.register_proxy(persons[0].id, persons[1].id, " ")


def test_delegates_keep_no_register(hall: Hall) -> None:
    booth = hall.booth_of(actor(Role.DELEGATE))
    one, other = hall.people.persons[:2]
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        booth.register_proxy(one.id, other.id, LETTER)
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        booth.strike_proxy(one.id)


def test_a_badge_casts_its_own_vote_and_then_those_of_its_proxies(hall: Hall) -> None:
    register(hall, 8, 0)
    register(hall, 9, 0)
    poll = opened(hall)
    assert hall.booth.turnout(poll.id) == Turnout(0, 8)
    whose = []
    for request in ("one", "two", "three"):
        admission = hall.booth.admit("D-001")
        assert admission.person is not None
        whose.append((admission.person.badge, admission.by and admission.by.badge))
        hall.cast("D-001", ["yes"], request)
    assert whose == [("D-001", None), ("D-009", "D-001"), ("D-010", "D-001")]
    with pytest.raises(RefusedError, match=r"voting\.already_voted"):
        hall.booth.admit("D-001")
    entry = hall.booth.ledger(poll.id)[-1]
    assert payload(entry)["badge"] == "D-010"
    receipt = hall.booth.cast(hall.booth.prepare(admission, YES), "three")
    assert receipt.tracking_code == tracking_code(entry.payload_hash)


def payload(entry: Entry) -> dict[str, Any]:
    assert isinstance(entry.payload, dict)
    return entry.payload


def test_the_result_counts_weights_and_itemises_the_proxies(hall: Hall) -> None:
    register(hall, 9, 0)
    register(hall, 1, 0)
    register(hall, 8, 7)
    poll = opened(hall)
    hall.cast("D-001", ["yes"], "own")
    hall.cast("D-001", ["yes"], "proxy")
    hall.vote(["D-004", "D-005"], "no")
    hall.finish(poll.id)
    result = hall.booth.result(poll.id)
    (verdict,) = result.verdicts
    assert (verdict.outcome, verdict.base, verdict.needed) == (Outcome.CARRIED, 20, 11)
    assert verdict.votes == {"yes": 11, "no": 9, "abstain": 0}
    assert result.reconciliation == Reconciliation(7, 7, 4, 4, 0, 3)
    assert [item.standing for item in result.electorate.proxies] == [
        ProxyStanding.PRESENT,
        ProxyStanding.HOLDER_ABSENT,
        ProxyStanding.COUNTED,
    ]
    counted = result.electorate.elector(hall.people.persons[9].id)
    assert counted is not None
    assert counted.by == hall.people.persons[0].id
    opening = next(e for e in hall.booth.ledger(poll.id) if e.type is EntryType.OPEN)
    assert [item["standing"] for item in payload(opening)["proxies"]] == [
        "present",
        "holder_absent",
        "counted",
    ]


def test_who_is_represented_does_not_vote_as_well(hall: Hall) -> None:
    register(hall, 9, 0)
    opened(hall)
    hall.roll = roll_of(hall.people.persons)
    with pytest.raises(RefusedError, match=r"voting\.represented"):
        hall.booth.admit("D-010")
    with pytest.raises(RefusedError, match=r"voting\.not_on_roll"):
        hall.booth.admit("D-009")


def test_an_admission_of_another_is_not_believed(hall: Hall) -> None:
    register(hall, 9, 0)
    opened(hall)
    admission = hall.booth.admit("D-001")
    for forged in (
        replace(admission, by=hall.people.persons[1]),
        replace(admission, person=hall.people.persons[9]),
        replace(admission, person=hall.people.persons[9], by=hall.people.persons[1]),
    ):
        with pytest.raises(RefusedError, match=r"voting\.represented"):
            hall.booth.cast(hall.booth.prepare(forged, YES), "forged")


def test_too_many_proxies_stop_the_opening_with_the_name(hall: Hall) -> None:
    for principal in (7, 8, 9):
        register(hall, principal, 0)
    with pytest.raises(RefusedError, match=r"voting\.too_many_proxies") as caught:
        opened(hall)
    assert caught.value.params["name"] == "Delegate 1"


def test_the_register_of_a_rule_without_proxies_changes_nothing(hall: Hall) -> None:
    register(hall, 9, 0)
    poll = hall.opened_motion()
    assert hall.booth.turnout(poll.id) == Turnout(0, 6)


def secret(hall: Hall, cards: int) -> Poll:
    contest = motion_contest("Adopt")
    plan = Plan("Adopt", Kind.MOTION, Secrecy.SECRET, "card-vote", "motion", (contest,))
    poll = hall.booth.propose(plan)
    hall.booth.fix_manifest(poll.id)
    hall.booth.issue_cards(poll.id, cards)
    return poll


def test_in_a_secret_poll_a_delegate_draws_as_many_cards_as_votes(hall: Hall) -> None:
    poll = secret(hall, 21)
    assert hall.booth.draw_cards_present(poll.id) == 6
    assert hall.booth.reconciliation(poll.id).drawn == 1 + 2 + 3 + 4 + 5 + 6
    assert hall.booth.draw_cards_present(poll.id) == 0


def test_the_cards_must_reach_for_every_vote(hall: Hall) -> None:
    poll = secret(hall, 20)
    with pytest.raises(RefusedError, match=r"voting\.too_few_cards") as caught:
        hall.booth.draw_cards_present(poll.id)
    assert caught.value.params == {"left": 20, "count": 21}


@pytest.mark.parametrize(
    ("weight", "code"), [("5/2", "voting.fractional_weight"), ("16", "voting.unique_weight")]
)
def test_weights_that_cannot_be_secret_are_refused(hall: Hall, weight: str, code: str) -> None:
    poll = secret(hall, 40)
    first = hall.people.persons[0].id
    hall.roll = replace(
        hall.roll, weights={**hall.roll.weights, first: Fraction(weight) + Fraction(5)}
    )
    with pytest.raises(RefusedError, match=code.replace(".", r"\.")):
        hall.booth.draw_cards_present(poll.id)
    assert hall.booth.reconciliation(poll.id).drawn == 0
