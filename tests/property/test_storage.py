from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from congress.kernel.canonical import decode, decode_bytes, encode, encode_bytes
from congress.kernel.errors import InputError
from congress.kernel.ids import MemberId
from congress.kernel.settings import QuorumRule, Settings
from congress.storage import keys, settings_store
from congress.storage.header import Header
from congress.storage.keys import KeyRing
from tests.helpers.vaults import CHEAP

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abcđ"), inner),
    max_leaves=20,
)
_HEADER = Header("v" * 26, bytes(32), CHEAP, ())
_RING = KeyRing(bytes(32), {})


@given(_JSON)
def test_a_canonical_value_is_read_and_written_again_the_same(value: Any) -> None:
    data = encode(value)
    assert encode(decode(data)) == data


@given(st.binary())
def test_bytes_that_are_not_canonical_are_never_read(data: bytes) -> None:
    try:
        value = decode(data)
    except InputError:
        return
    assert encode(value) == data


@given(st.binary())
def test_bytes_have_one_spelling(data: bytes) -> None:
    assert decode_bytes(encode_bytes(data)) == data


@settings(max_examples=50)
@given(_TEXT, _TEXT, _TEXT)
@example("Lan", "boats", "Boats")
def test_a_slot_opens_for_its_name_and_passphrase_alone(name: str, right: str, wrong: str) -> None:
    key = keys.slot_key(_HEADER, name, right)
    slot = keys.make_slot(_HEADER, MemberId("a" * 26), key, _RING)
    header = Header(_HEADER.vault_id, _HEADER.salt, CHEAP, (slot,))
    assert keys.open_slot(header, keys.slot_key(header, name, right)).member_id == slot.id
    other = keys.slot_key(header, name, wrong)
    assume(other != key)
    with pytest.raises(InputError) as caught:
        keys.open_slot(header, other)
    assert caught.value.code == "vault.wrong_passphrase"


@given(
    st.builds(
        Settings,
        name=_TEXT,
        language=st.sampled_from(["en", "vi", "ur"]),
        starts=st.none() | st.dates(),
        ends=st.none() | st.dates(max_value=date(9999, 1, 1)),
        place=_TEXT,
        quorum=st.builds(QuorumRule, st.fractions(min_value=0), st.booleans()),
        keep_photos=st.booleans(),
    )
)
def test_any_settings_are_written_and_read(value: Settings) -> None:
    stored = decode(encode(settings_store.to_json(value)))
    assert isinstance(stored, dict)
    read = settings_store.from_json(stored)
    assert encode(settings_store.to_json(read)) == encode(settings_store.to_json(value))


@given(st.fractions(Fraction(1, 1000), 1), st.booleans(), st.integers(1, 10_000))
def test_the_quorum_is_the_smallest_number_that_is_enough(
    share: Fraction, strict: bool, summoned: int
) -> None:
    def enough(present: int) -> bool:
        reached = Fraction(present, summoned)
        return reached > share if strict else reached >= share

    needed = QuorumRule(share, strict).needed(summoned)
    assert enough(needed)
    assert not enough(needed - 1)
