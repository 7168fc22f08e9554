"""The values of the list of the congress."""

import pytest

from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.people.model import (
    DelegationCount,
    Field,
    badge_key,
    badge_order,
    changed_fields,
    count_by_delegation,
)


def person(badge: str, delegation: str, standing: Standing = Standing.OFFICIAL) -> Person:
    return Person(PersonId(badge), badge, f"Name {badge}", delegation, standing)


@pytest.mark.parametrize("same", ["a01", " A01 ", "A 01", "Ａ０１", "A۰۱", "\u200fA01"])
def test_one_badge_number_however_it_is_typed(same: str) -> None:
    assert badge_key(same) == badge_key("A01")


@pytest.mark.parametrize("other", ["A1", "Á01", "A01b", "đ01"])
def test_different_badge_numbers(other: str) -> None:
    assert badge_key(other) not in {badge_key("A01"), badge_key("D01")}


def test_badges_are_ordered_as_people_count() -> None:
    badges = ["S10", "G1", "S2", "7", "S2b", "10", "S", "²x", "𐩀"]
    assert sorted(badges, key=badge_order) == ["²x", "7", "10", "G1", "S", "S2", "S2b", "S10", "𐩀"]


def test_counts_by_delegation() -> None:
    people = [
        person("1", "Đức"),
        person("2", "Anh"),
        person("3", "Anh", Standing.ALTERNATE),
        person("4", "Anh", Standing.GUEST),
        person("5", "Anh"),
    ]
    counts = count_by_delegation(people)
    assert counts == (DelegationCount("Anh", 2, 1, 1), DelegationCount("Đức", 1, 0, 0))
    assert counts[0].total == 4


def test_every_field_is_an_attribute_of_a_person() -> None:
    assert changed_fields(person("1", "A"), person("1", "B")) == (Field.DELEGATION,)
