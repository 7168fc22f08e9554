"""Canonical JSON, fields, signatures, the hash of a transcript, and words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.i18n.catalogue import entries
from congress.kernel import canonical as ours
from congress.kernel.signing import Signer
from congress.verifier import canonical, ed25519, wording
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields, number, written
from congress.verifier.transcript import challenge, digest
from congress.voting.crypto import transcript

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)


@given(VALUES)
def test_both_encodings_are_one(value: object) -> None:
    try:
        data = ours.encode(value)
    except Exception:  # noqa: BLE001 - lone surrogates, keys that are equal in NFC
        return
    assert canonical.encode(canonical.decode(data)) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"b":1,"a":2}', "not_canonical"),
        (b"[1, 2]", "not_canonical"),
        (b"-0", "not_canonical"),
        (b"1e5", "not_whole"),
        (b"NaN", "not_whole"),
        (b"9007199254740992", "huge_number"),
        (b"1" * 5000, "huge_number"),
        (b'"\\u00e9"', "not_canonical"),
        ('"e\u0301"'.encode(), "not_nfc"),
        (b'"\\ud800"', "not_json"),
        (b"\xff", "not_json"),
        (b"", "not_json"),
        (b"[" * 33 + b"]" * 33, "too_deep"),
    ],
)
def test_any_other_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Fault, match=reason):
        canonical.decode(data)


@pytest.mark.parametrize("text", ["A", "AA=", "AB", "a+b/", "AAA\n", "Aé"])
def test_base64_that_is_not_the_shortest_is_refused(text: str) -> None:
    with pytest.raises(Fault, match="bad_base64"):
        canonical.decode_bytes(text)


def test_fields_are_read_strictly() -> None:
    fields = Fields({"n": True, "t": 1, "s": -1, "x": "a", "list": [1], "more": 0}, "here")
    for name, take in (
        ("n", fields.whole),
        ("t", fields.text),
        ("s", fields.whole),
        ("list", fields.texts),
        ("gone", fields.flag),
    ):
        with pytest.raises(Fault) as caught:
            take(name)
        assert caught.value.details["place"] == f"here.{name}"
    with pytest.raises(Fault, match="unknown_value"):
        fields.choice("x", ("b",))
    with pytest.raises(Fault, match="unknown_member"):
        fields.end()
    with pytest.raises(Fault, match="wrong_type"):
        Fields([], "here")


@pytest.mark.parametrize("value", ["2/4", "3/1", "1/0", "-1/2", "1", "1/2/3", "¹/2", 1.5, True, -1])
def test_numbers_that_are_not_in_lowest_terms_are_refused(value: object) -> None:
    with pytest.raises(Fault):
        number(value, "here")


def test_numbers_are_written_as_they_are_read() -> None:
    assert [written(number(value, "")) for value in (0, 7, "3/2")] == [0, 7, "3/2"]
    assert number("5/2", "") == Fraction(5, 2)


@given(st.binary(max_size=64), st.binary(min_size=32, max_size=32))
def test_signatures_are_those_of_the_other_implementation(message: bytes, seed: bytes) -> None:
    signer = Signer(seed)
    value = canonical.encode_bytes(message)
    signature = signer.sign("test", value)
    ed25519.require(signer.public_key, "test", value, signature)
    signed = ed25519.message("test", value)
    assert not ed25519.verify(signer.public_key, signed + b" ", signature)
    flipped = bytes([signature[0] ^ 1]) + signature[1:]
    assert not ed25519.verify(signer.public_key, signed, flipped)


def test_signatures_that_are_not_the_smallest_are_refused() -> None:
    """RFC 8032, 5.1.7: S must be less than the order; the vector is test 2 of section 7.1."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    order = 2**252 + 27742317777372353535851937790883648493
    assert ed25519.verify(key, b"\x72", signature)
    larger = (int.from_bytes(signature[32:], "little") + order).to_bytes(32, "little")
    assert not ed25519.verify(key, b"\x72", signature[:32] + larger)
    assert not ed25519.verify(key, b"\x72", signature[:63])
    assert not ed25519.verify(b"\xff" * 32, b"\x72", signature)
    assert not ed25519.verify(bytes(31), b"\x72", signature)


def test_transcripts_are_those_of_the_other_implementation() -> None:
    items = ("poll", 7, b"\1\2", "Bình")
    assert digest("domain", *items) == transcript.digest("domain", *items)
    assert challenge("domain", *items) == transcript.challenge("domain", *items)


def test_every_language_says_what_the_one_file_says() -> None:
    catalogue = entries()
    for key, english in wording.TEXTS.items():
        assert catalogue[f"verify.{key}"]["en"] == english


def test_what_comes_from_a_bundle_is_made_harmless() -> None:
    fault = Fault("missing", place="\x1b[2J\u202eevil" + "x" * 500)
    said = wording.reason(fault)
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said) < 200
