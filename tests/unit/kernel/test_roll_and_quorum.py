from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest

from congress.kernel.errors import BugError
from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Person, Standing
from congress.kernel.roll import Roll, RollItem, RollItemKind
from congress.kernel.settings import QuorumRule

_LAN, _HOA = PersonId("lan"), PersonId("hoa")


def _roll(**changes: Any) -> Roll:
    given: dict[str, Any] = {
        "session_id": SessionId("s"),
        "taken_at": datetime(2026, 3, 14, tzinfo=UTC),
        "summoned": 300,
        "present": frozenset({_LAN, _HOA}),
        "absent_throughout": 4,
        "conveners_absent_throughout": 2,
        "weights": {_LAN: Fraction(1), _HOA: Fraction(3, 2)},
        "sections": {_LAN: "North", _HOA: "South"},
    }
    return Roll(**(given | changes))


def test_the_base_is_itemised_and_adds_up() -> None:
    roll = _roll()
    assert roll.items == (
        RollItem(RollItemKind.SUMMONED, 300),
        RollItem(RollItemKind.CONVENERS_ABSENT_THROUGHOUT, -2),
        RollItem(RollItemKind.ABSENT_THROUGHOUT, -4),
    )
    assert roll.adjusted == sum(item.count for item in roll.items) == 294


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": {_LAN: Fraction(1)}},
        {"sections": {_LAN: "North"}},
        {"present": frozenset({_LAN})},
        {"summoned": 5},
        {"summoned": -1, "absent_throughout": 0, "conveners_absent_throughout": 0},
    ],
)
def test_a_roll_that_does_not_add_up_is_a_bug(changes: dict[str, Any]) -> None:
    with pytest.raises(BugError):
        _roll(**changes)


def test_a_base_of_nobody_is_possible() -> None:
    assert _roll(summoned=6).adjusted == 0


@pytest.mark.parametrize(
    ("share", "strict", "summoned", "needed"),
    [
        (Fraction(2, 3), False, 300, 200),
        (Fraction(2, 3), False, 301, 201),
        (Fraction(2, 3), False, 1, 1),
        (Fraction(1, 2), True, 100, 51),
        (Fraction(1, 2), True, 101, 51),
        (Fraction(1, 2), False, 101, 51),
        (Fraction(1), False, 7, 7),
        (Fraction(2, 3), False, 0, 0),
    ],
)
def test_the_smallest_quorate_number(
    share: Fraction, strict: bool, summoned: int, needed: int
) -> None:
    rule = QuorumRule(share, strict)
    assert rule.needed(summoned) == needed
    if summoned:
        enough = Fraction(needed, summoned), Fraction(needed - 1, summoned)
        reached = [each > share if strict else each >= share for each in enough]
        assert reached == [True, False]


def test_a_person_is_an_official_delegate_with_one_vote_unless_said_otherwise() -> None:
    person = Person(_LAN, "001", "Nguyễn Thị Lan", "North")
    assert person.standing is Standing.OFFICIAL
    assert person.weight == 1
    assert not person.convener
