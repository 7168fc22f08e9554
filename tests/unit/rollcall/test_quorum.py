from fractions import Fraction

from congress.kernel.people import Standing
from congress.kernel.settings import QuorumBase, QuorumRule
from congress.rollcall.quorum import DelegationCount, count
from tests.helpers.faces import person

TWO_THIRDS, HALF = QuorumRule(), QuorumRule(Fraction(1, 2), strict=True)
A, B, C = (person(badge, delegation=name) for badge, name in (("1", "S"), ("2", "S"), ("3", "N")))
STAND_IN = person("4", delegation="N", standing=Standing.ALTERNATE)
GUEST = person("5", delegation="Press", standing=Standing.GUEST)
EVERYONE = (A, B, C, STAND_IN, GUEST)


def test_counts_seats_by_delegation() -> None:
    house = count(EVERYONE, {A.id: None, C.id: None}, TWO_THIRDS)
    assert (house.present, house.summoned, house.needed, house.guests) == (2, 3, 2, 0)
    assert house.delegations == (DelegationCount("N", 1, 1), DelegationCount("S", 1, 2))
    assert house.reached
    assert house.missing == 0


def test_guests_and_alternates_without_a_seat_are_not_counted() -> None:
    house = count(EVERYONE, {A.id: None, STAND_IN.id: None, GUEST.id: None}, TWO_THIRDS)
    assert (house.present, house.guests) == (1, 2)
    assert not house.reached
    assert house.missing == 1


def test_an_alternate_fills_the_seat_of_the_official() -> None:
    house = count(EVERYONE, {A.id: None, STAND_IN.id: C.id}, TWO_THIRDS)
    assert (house.present, house.guests) == (2, 0)
    assert house.delegations[0] == DelegationCount("N", 1, 1)


def test_more_than_half_is_not_half() -> None:
    four = [person(str(n)) for n in range(4)]
    assert not count(four, {four[0].id: None, four[1].id: None}, HALF).reached
    assert count(four, {person.id: None for person in four[:3]}, HALF).reached


def test_a_congress_without_delegates_has_no_quorum() -> None:
    assert not count((GUEST,), {GUEST.id: None}, TWO_THIRDS).reached


def test_each_delegation_can_have_to_be_there() -> None:
    rule = QuorumRule(Fraction(1, 2), by_section=Fraction(1, 2))
    house = count(EVERYONE, {A.id: None, B.id: None}, rule)
    assert (house.present, house.needed, house.reached) == (2, 2, False)
    assert [(each.delegation, each.needed) for each in house.short] == [("N", 1)]
    assert house.missing == 1
    assert count(EVERYONE, {A.id: None, C.id: None}, rule).reached


def test_a_share_of_the_registered_needs_somebody_registered() -> None:
    rule = QuorumRule(Fraction(1, 2), base=QuorumBase.REGISTERED)
    empty = count(EVERYONE, {}, rule)
    assert (empty.base, empty.needed, empty.reached) == (0, 0, False)
    later = count(EVERYONE, {A.id: None}, rule, seated_before={A.id, B.id, C.id})
    assert (later.base, later.needed, later.reached) == (3, 2, False)
