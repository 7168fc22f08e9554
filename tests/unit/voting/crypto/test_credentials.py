"""Credentials: codes of cards and the keys that come out of them."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel import codes
from congress.kernel.errors import BugError, InputError
from congress.voting.crypto.credentials import check_code, new_code, public_of, secret_of
from congress.voting.crypto.group import ORDER, Point, base

CODE = new_code(bytes(range(10)))
OTHER = new_code(bytes(range(1, 11)))


@given(st.binary(min_size=10, max_size=20))
def test_a_code_is_fifteen_symbols_and_a_check(entropy: bytes) -> None:
    code = new_code(entropy)
    assert len(code) == 16
    assert check_code(code) == code
    assert check_code(codes.grouped(code).lower()) == code


def test_all_of_the_bits_are_used() -> None:
    made = {new_code((1 << bit).to_bytes(10, "big")) for bit in range(5, 80)}
    assert len(made) == 75


def test_too_little_entropy_makes_no_code() -> None:
    with pytest.raises(BugError):
        new_code(bytes(9))


@pytest.mark.parametrize("text", ["", CODE[:-1], CODE + "0", "A" * 16, "?" * 16, CODE[::-1]])
def test_a_misread_code_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="card_misread"):
        check_code(text)


@given(st.integers(0, 15), st.sampled_from(codes.ALPHABET))
def test_a_single_wrong_symbol_is_refused(place: int, symbol: str) -> None:
    if symbol != CODE[place]:
        with pytest.raises(InputError, match="card_misread"):
            check_code(CODE[:place] + symbol + CODE[place + 1 :])


def test_the_secret_is_derived_as_specified() -> None:
    salt = b"paperless-congress/credential/1\0" + "bầu-1".encode()
    key = hashlib.pbkdf2_hmac("sha512", CODE[:15].encode(), salt, 2048, 64)
    expected = int.from_bytes(key, "big") % ORDER
    assert secret_of("bầu-1", [CODE]) == expected
    assert secret_of("bầu-1", [codes.grouped(CODE).lower()]) == expected
    assert Point.decode(public_of(expected)) == base(expected)


def test_two_halves_make_one_secret_and_neither_makes_it_alone() -> None:
    one, other = secret_of("p", [CODE]), secret_of("p", [OTHER])
    both = secret_of("p", [CODE, OTHER])
    assert both == (one + other) % ORDER
    assert both == secret_of("p", [OTHER, CODE])
    assert both not in (one, other)


def test_a_card_has_another_secret_in_another_poll() -> None:
    assert secret_of("p", [CODE]) != secret_of("q", [CODE])


def test_no_code_is_no_card() -> None:
    with pytest.raises(InputError, match="card_misread"):
        secret_of("p", [])
