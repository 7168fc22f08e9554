from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.roll import Roll
from congress.voting.electors import (
    Electorate,
    Proxy,
    ProxyStanding,
    common_unit,
    electorate_from_json,
    electorate_to_json,
    number_to_json,
    unit_cards,
)
from congress.voting.model import Kind, Plan, Secrecy
from congress.voting.plans import motion_contest
from congress.voting.rules.electing import electorate
from congress.voting.rules.packs import shipped
from tests.helpers.hall import delegates, roll_of

PEOPLE = delegates(6)
IDS = [person.id for person in PEOPLE]
CARD = shipped()["card-vote"].rules[0]
SECTIONS = shipped()["card-vote"].rules[1]
PLAIN = shipped()["roberts"].rules[0]
PLAN = Plan("m", Kind.MOTION, Secrecy.OPEN, "p", "r", (motion_contest("m"),))
LETTER = "Credentials committee"


def voters(present: int, proxies: list[tuple[int, int]], roll: Roll | None = None) -> Electorate:
    roll = roll or roll_of(PEOPLE[:present])
    register = [Proxy(IDS[principal], IDS[holder], LETTER) for principal, holder in proxies]
    return electorate(roll, PEOPLE, register, PLAN, CARD)


def standings(value: Electorate) -> list[ProxyStanding]:
    return [item.standing for item in value.proxies]


def test_a_proxy_casts_for_who_is_absent() -> None:
    value = voters(3, [(4, 0)])
    assert [(item.person, item.by) for item in value.electors] == [
        (IDS[0], None),
        (IDS[1], None),
        (IDS[2], None),
        (IDS[4], IDS[0]),
    ]
    assert value.cast_by(IDS[0]) == (IDS[0], IDS[4])
    assert value.cast_by(IDS[4]) == ()
    assert standings(value) == [ProxyStanding.COUNTED]


def test_a_present_principal_voids_the_proxy() -> None:
    value = voters(3, [(1, 0)])
    assert standings(value) == [ProxyStanding.PRESENT]
    assert len(value.electors) == 3


def test_an_alternate_in_the_seat_voids_the_proxy() -> None:
    roll = replace(roll_of(PEOPLE[:3]), replaced=frozenset({IDS[4]}))
    value = voters(3, [(4, 0)], roll)
    assert standings(value) == [ProxyStanding.REPLACED]


def test_a_proxy_of_an_absent_holder_does_not_count_and_none_is_passed_on() -> None:
    value = voters(3, [(4, 5), (5, 0)])
    assert standings(value) == [ProxyStanding.HOLDER_ABSENT, ProxyStanding.COUNTED]
    assert value.cast_by(IDS[0]) == (IDS[0], IDS[5])


def test_no_proxy_counts_where_the_rule_has_none() -> None:
    roll = roll_of(PEOPLE[:3])
    value = electorate(roll, PEOPLE, [Proxy(IDS[4], IDS[0], LETTER)], PLAN, PLAIN)
    assert standings(value) == [ProxyStanding.NOT_ALLOWED]
    assert len(value.electors) == 3


def test_who_holds_more_than_the_rule_allows_stops_the_opening() -> None:
    with pytest.raises(RefusedError, match=r"voting\.too_many_proxies") as caught:
        voters(3, [(3, 0), (4, 0), (5, 0)])
    assert caught.value.params == {"name": "Delegate 1", "count": 3, "most": 2}
    assert len(voters(3, [(3, 0), (4, 0), (1, 0)]).electors) == 5


def test_weights_count_only_where_the_rule_says_so() -> None:
    heavy = {person: Fraction(7, 2) for person in IDS[:2]}
    roll = replace(roll_of(PEOPLE[:2]), weights=heavy)
    assert electorate(roll, PEOPLE, [], PLAN, CARD).weights == (Fraction(7, 2),) * 2
    assert electorate(roll, PEOPLE, [], PLAN, PLAIN).weights == (Fraction(1),) * 2


def test_every_delegation_needs_a_section() -> None:
    plan = replace(PLAN, sections={"Section 0": "branches", "Section 1": "affiliates"})
    roll = roll_of(PEOPLE[:1])
    assert electorate(roll, PEOPLE, [], plan, SECTIONS).electors[0].section == "affiliates"
    with pytest.raises(RefusedError, match=r"voting\.no_section") as caught:
        electorate(roll_of(PEOPLE[:2]), PEOPLE, [], plan, SECTIONS)
    assert caught.value.params == {"delegation": "Section 2"}


def test_an_electorate_is_read_as_it_was_written() -> None:
    roll = replace(roll_of(PEOPLE[:3]), weights=dict.fromkeys(IDS[:3], Fraction(5, 2)))
    value = voters(3, [(4, 0), (1, 0)], roll)
    written: dict[str, Any] = dict(electorate_to_json(value))
    assert electorate_from_json(written) == value
    assert [item["weight"] for item in written["electors"]] == ["5/2"] * 3 + [1]
    assert electorate_from_json({"voters": ["a"]}) == Electorate()


def test_numbers_are_written_exactly() -> None:
    assert number_to_json(Fraction(4, 2)) == 2
    assert number_to_json(Fraction(6, 4)) == "3/2"


def test_the_common_unit_divides_every_weight() -> None:
    assert common_unit([Fraction(1, 2), Fraction(2, 3), Fraction(5)]) == Fraction(1, 6)
    assert common_unit([]) == 1


def weights(*values: Fraction | int) -> dict[PersonId, Fraction]:
    return {person: Fraction(value) for person, value in zip(IDS, values, strict=False)}


def test_a_delegate_draws_as_many_cards_as_votes() -> None:
    assert unit_cards(weights(3, 2, 1)) == {IDS[0]: 3, IDS[1]: 2, IDS[2]: 1}
    assert unit_cards({}) == {}
    assert unit_cards(weights(1)) == {IDS[0]: 1}


def test_a_weight_that_is_no_number_of_cards_is_refused() -> None:
    with pytest.raises(RefusedError, match=r"voting\.fractional_weight"):
        unit_cards(weights(Fraction(5, 2), 1))


def test_a_weight_that_the_totals_would_show_is_refused() -> None:
    assert unit_cards(weights(50, 25, 25))
    with pytest.raises(RefusedError, match=r"voting\.unique_weight") as caught:
        unit_cards(weights(51, 25, 25))
    assert caught.value.params == {"weight": 51, "total": 101}
