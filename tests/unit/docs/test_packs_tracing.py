from dataclasses import replace
from datetime import timedelta

import pytest

from congress.docs.packs.model import Copy, PackId
from congress.docs.packs.register import CopyRegister
from congress.docs.packs.tracing import Owner, code_of_member, trace
from congress.kernel import codes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId, PaperId, VersionId
from congress.kernel.roles import Role
from tests.helpers.vaults import MORNING, actor, memory_database

SEED = bytes(range(32))
OWNERS = [
    Owner(MemberId(name.ljust(26, "a")), name, Role.DELEGATE, MORNING)
    for name in ("lan", "minh", "ayesha")
]


def _copy(code: str, name: str = "Lan") -> Copy:
    return Copy(
        PackId(name.ljust(26, "p")[:26]),
        code,
        name.ljust(26, "r")[:26],
        name,
        MORNING,
        MORNING + timedelta(days=9),
        ((PaperId("p"), VersionId("v")),),
    )


@pytest.fixture
def register() -> CopyRegister:
    return CopyRegister(memory_database(), actor(), SEED, lambda: OWNERS)


def test_a_member_has_one_code_and_no_two_the_same() -> None:
    known = [code_of_member(SEED, owner.id) for owner in OWNERS]
    assert len(set(known)) == 3
    assert all(codes.fits(code) and len(code) == 8 for code in known)
    assert code_of_member(bytes(32), OWNERS[0].id) != known[0]


def test_an_exact_code_leads_to_one(register: CopyRegister) -> None:
    code = code_of_member(SEED, OWNERS[1].id)
    register.add([_copy(register.fresh_codes(1)[0])])
    found = register.trace(f" {codes.grouped(code).lower().replace('0', 'o')} ")
    assert [each.owner for each in found] == [OWNERS[1]]
    assert found[0].likeness.exact


def test_a_code_read_badly_leads_to_the_likeliest(register: CopyRegister) -> None:
    register.add([_copy("7ZK3Q0MW"), _copy("7ZK3Q8MW", "Minh")])
    found = register.trace("7ZK3QBMW")
    assert [each.copy.recipient for each in found if each.copy] == ["Minh", "Lan"]
    assert register.trace("????Q0MW") == []


def test_what_is_no_code_is_refused(register: CopyRegister) -> None:
    with pytest.raises(InputError, match=r"trace\.bad_code"):
        register.trace("7ZK3")


def test_fresh_codes_are_nobodys(register: CopyRegister) -> None:
    fresh = register.fresh_codes(40)
    assert len(set(fresh)) == 40
    assert not set(fresh) & {code_of_member(SEED, owner.id) for owner in OWNERS}


def test_the_register_is_read_back_as_written(register: CopyRegister) -> None:
    first, second = _copy("7ZK3Q0MW"), replace(_copy("0ZK3Q0MW", "B"), made_at=MORNING)
    later = replace(second, made_at=MORNING + timedelta(hours=1))
    register.add([first, later])
    assert register.copies() == [later, first]
    assert trace("7ZK3Q0MW", [], register.copies(), SEED)[0].copy == first


def test_only_the_secretariat_keeps_the_register() -> None:
    other = CopyRegister(memory_database(), actor(Role.COMMITTEE), SEED, lambda: OWNERS)
    assert codes.fits(other.own_code())
    for act in (other.copies, lambda: other.add([]), lambda: other.trace("7ZK3Q0MW")):
        with pytest.raises(RefusedError):
            act()
