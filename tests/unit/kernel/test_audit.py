from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from congress.kernel.audit import GENESIS, AuditEntry, entry_hash, first_break
from congress.kernel.ids import MemberId

_AT = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)


def _chain(length: int) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    prev = GENESIS
    for seq in range(1, length + 1):
        fields: dict[str, Any] = {
            "seq": seq,
            "at": _AT,
            "member_id": MemberId("a" * 26),
            "action": "people.imported",
            "subject": "",
            "detail": {"count": seq},
            "prev": prev,
        }
        prev = entry_hash(**fields)
        entries.append(AuditEntry(**fields, hash=prev))
    return entries


def test_an_unbroken_chain_has_no_break() -> None:
    assert first_break([]) is None
    assert first_break(_chain(5)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"at": _AT.replace(year=2025)},
        {"member_id": MemberId("b" * 26)},
        {"action": "people.removed"},
        {"subject": "someone"},
        {"detail": {"count": 4}},
        {"prev": bytes(32)},
        {"hash": bytes(32)},
        {"seq": 4},
    ],
)
def test_every_field_is_sealed(changes: dict[str, Any]) -> None:
    chain = _chain(5)
    chain[2] = replace(chain[2], **changes)
    assert first_break(chain) == 3


def test_a_lost_added_or_swapped_entry_is_found() -> None:
    chain = _chain(5)
    assert first_break(chain[1:]) == 1
    assert first_break(chain[:2] + chain[3:]) == 3
    assert first_break([*chain[:2], chain[1], *chain[2:]]) == 3
    assert first_break([chain[0], chain[2], chain[1], *chain[3:]]) == 2


def test_an_entry_made_to_fit_its_own_hash_breaks_the_next_one() -> None:
    chain = _chain(3)
    forged: dict[str, Any] = {
        "seq": 2,
        "at": _AT,
        "member_id": MemberId("b" * 26),
        "action": "people.imported",
        "subject": "",
        "detail": {},
        "prev": chain[0].hash,
    }
    chain[1] = AuditEntry(**forged, hash=entry_hash(**forged))
    assert first_break(chain) == 3
