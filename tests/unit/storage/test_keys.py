import hmac
import unicodedata
from dataclasses import replace

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId, new_id
from congress.kernel.roles import CLEARANCES_OF, Clearance, Role
from congress.storage import keys, sealing
from congress.storage.header import Header, Slot
from congress.storage.keys import KeyRing
from tests.helpers.vaults import CHEAP

_LAN = MemberId("a" * 26)
_HEADER = Header(new_id(), bytes(32), CHEAP, ())


def _with_slot(name: str = "lan", passphrase: str = "boats", ring: KeyRing | None = None) -> Header:
    key = keys.slot_key(_HEADER, name, passphrase)
    slot = keys.make_slot(_HEADER, _LAN, key, ring or KeyRing.fresh())
    return replace(_HEADER, slots=(slot,))


def test_a_slot_gives_back_its_keys() -> None:
    ring = KeyRing.fresh()
    header = _with_slot(ring=ring)
    unlocked = keys.open_slot(header, keys.slot_key(header, "lan", "boats"))
    assert (unlocked.member_id, unlocked.ring) == (_LAN, ring)
    assert sealing.public_of(unlocked.private) == header.slots[0].public


@pytest.mark.parametrize(
    ("name", "passphrase"), [("lan", "Boats"), ("hoa", "boats"), ("lan", ""), ("", "boats")]
)
def test_another_name_or_passphrase_does_not_open_it(name: str, passphrase: str) -> None:
    header = _with_slot()
    with pytest.raises(InputError) as caught:
        keys.open_slot(header, keys.slot_key(header, name, passphrase))
    assert caught.value.code == "vault.wrong_passphrase"


@pytest.mark.parametrize("name", ["Đỗ Nguyên", "ĐỖ NGUYÊN", "  đỗ nguyên "])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_and_passphrases_open_however_the_keyboard_composes_them(
    name: str, form: str
) -> None:
    header = _with_slot("Đỗ Nguyên", "thuyền giấy")
    typed_name = unicodedata.normalize(form, name)  # type: ignore[arg-type]
    typed = unicodedata.normalize(form, "thuyền giấy")  # type: ignore[arg-type]
    assert keys.open_slot(header, keys.slot_key(header, typed_name, typed)).member_id == _LAN


def test_one_passphrase_makes_two_keys_for_two_members_and_two_vaults() -> None:
    other = replace(_HEADER, salt=bytes([1] * 32))
    made = {
        keys.slot_key(_HEADER, "lan", "boats"),
        keys.slot_key(_HEADER, "hoa", "boats"),
        keys.slot_key(other, "lan", "boats"),
    }
    assert len(made) == 3


def test_a_slot_does_not_open_in_another_vault_or_for_another_member() -> None:
    header = _with_slot()
    key = keys.slot_key(header, "lan", "boats")
    for moved in (
        replace(header, vault_id=new_id()),
        replace(header, slots=(replace(header.slots[0], id=MemberId("b" * 26)),)),
    ):
        with pytest.raises(InputError) as caught:
            keys.open_slot(moved, key)
        assert caught.value.code == "vault.wrong_passphrase"


@pytest.mark.parametrize("cut", [0, 11, 12, -1])
def test_a_cut_private_key_does_not_open(cut: int) -> None:
    header = _with_slot()
    slot = replace(header.slots[0], private=header.slots[0].private[:cut])
    with pytest.raises(InputError) as caught:
        keys.open_slot(replace(header, slots=(slot,)), keys.slot_key(header, "lan", "boats"))
    assert caught.value.code == "vault.wrong_passphrase"


@pytest.mark.parametrize("position", [0, 31, 32, 44, -1])
def test_bent_keys_are_said_to_be_damaged(position: int) -> None:
    header = _with_slot()
    sealed = bytearray(header.slots[0].keys)
    sealed[position] ^= 1
    slot = replace(header.slots[0], keys=bytes(sealed))
    with pytest.raises(InputError) as caught:
        keys.open_slot(replace(header, slots=(slot,)), keys.slot_key(header, "lan", "boats"))
    assert (caught.value.code, caught.value.params) == ("vault.damaged", {"file": "vault.json"})


def test_cut_keys_are_said_to_be_damaged() -> None:
    header = _with_slot()
    for cut in (0, 31, 40):
        slot = replace(header.slots[0], keys=header.slots[0].keys[:cut])
        with pytest.raises(InputError) as caught:
            keys.open_slot(replace(header, slots=(slot,)), keys.slot_key(header, "lan", "boats"))
        assert caught.value.code == "vault.damaged"


def test_a_new_passphrase_wraps_one_key_anew_and_nothing_else() -> None:
    header = _with_slot()
    old, new = keys.slot_key(header, "lan", "boats"), keys.slot_key(header, "lan", "ships")
    before = keys.open_slot(header, old)
    slot = keys.rewrap(header, _LAN, old, new)
    assert (slot.public, slot.keys) == (header.slots[0].public, header.slots[0].keys)
    after = replace(header, slots=(slot,))
    assert keys.open_slot(after, new) == before
    with pytest.raises(InputError):
        keys.open_slot(after, old)
    with pytest.raises(InputError) as caught:
        keys.rewrap(header, _LAN, new, old)
    assert caught.value.code == "vault.wrong_passphrase"
    with pytest.raises(KeyError):
        keys.rewrap(header, MemberId("b" * 26), old, new)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_given_its_clearances_and_no_other(role: Role) -> None:
    ring = KeyRing.fresh()
    given = ring.only(CLEARANCES_OF[role])
    assert given.vault == ring.vault
    assert set(given.clearances) == set(CLEARANCES_OF[role])
    assert all(given.clearances[each] == ring.clearances[each] for each in given.clearances)


def test_nobody_gives_a_clearance_they_do_not_hold() -> None:
    ring = KeyRing.fresh().only([Clearance.PUBLIC])
    with pytest.raises(RefusedError) as caught:
        ring.only([Clearance.PUBLIC, Clearance.SECRET])
    assert caught.value.code == "member.clearance_not_held"
    assert caught.value.params == {"clearance": "secret"}


def test_every_file_and_purpose_has_a_key_of_its_own() -> None:
    ring = KeyRing.fresh()
    made = [ring.congress_file(), ring.derive("ledger"), ring.derive("templates"), ring.vault]
    for clearance in Clearance:
        made += [ring.papers_file(clearance), ring.papers_key(clearance)]
        made.append(ring.clearances[clearance])
    assert len(set(made)) == len(made)
    assert {len(key) for key in made} == {32}
    assert ring.derive("ledger") == KeyRing(ring.vault, {}).derive("ledger")


def test_keys_have_no_text_form() -> None:
    ring = KeyRing.fresh()
    assert repr(ring.vault) not in repr(ring)
    assert ring.vault.hex() not in repr(ring)


def _hkdf(key: bytes, info: bytes) -> bytes:
    """RFC 5869 by hand, for one block."""
    extracted = hmac.digest(bytes(32), key, "sha256")
    return hmac.digest(extracted, b"paperless-congress/" + info + b"\x01", "sha256")


def test_the_derivation_is_the_one_that_existing_vaults_depend_on() -> None:
    ring = KeyRing(bytes(32), {Clearance.PUBLIC: bytes([1] * 32)})
    assert ring.congress_file() == _hkdf(bytes(32), b"file/congress")
    assert ring.derive("ledger") == _hkdf(bytes(32), b"purpose/ledger")
    assert ring.papers_file(Clearance.PUBLIC) == _hkdf(bytes([1] * 32), b"file/papers")
    assert ring.papers_key(Clearance.PUBLIC) == _hkdf(bytes([1] * 32), b"data-keys")


@pytest.mark.parametrize("passphrase", ["", "1234567"])
def test_a_short_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(InputError) as caught:
        keys.check_passphrase(passphrase)
    assert caught.value.code == "vault.short_passphrase"
    keys.check_passphrase("12345678")


def test_a_slot_shows_no_name_and_no_passphrase() -> None:
    slot: Slot = _with_slot("lan", "boats").slots[0]
    for text in (b"lan", b"boats", b"secret", b"public"):
        assert text not in slot.private + slot.keys + slot.public
