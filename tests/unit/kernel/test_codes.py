import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.codes import (
    ALPHABET,
    code_of,
    fits,
    grouped,
    likeness,
    plain,
    random_code,
)

_numbers = st.integers(0, 32**7 - 1)


def test_a_code_is_what_it_was() -> None:
    assert code_of(0, 7) == "00000000"
    assert code_of(1, 7) == "00000012"
    assert grouped(code_of(32**7 - 1, 7)) == "ZZZZ-ZZZC"


@given(_numbers)
def test_a_code_fits_and_stays_itself_however_it_is_typed(number: int) -> None:
    code = code_of(number, 7)
    assert len(code) == 8
    assert fits(code)
    typed = grouped(code).lower().replace("0", "o").replace("1", "l")
    assert plain(f" {typed} ") == code


@given(_numbers, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(number: int, place: int, other: str) -> None:
    code = code_of(number, 7)
    wrong = code[:place] + other + code[place + 1 :]
    assert fits(wrong) == (wrong == code)


@given(_numbers, st.integers(0, 7), st.integers(0, 7))
def test_two_characters_that_changed_places_are_noticed(number: int, a: int, b: int) -> None:
    swapped = list(code := code_of(number, 7))
    swapped[a], swapped[b] = swapped[b], swapped[a]
    assert fits("".join(swapped)) == ("".join(swapped) == code)


@pytest.mark.parametrize("bad", ["", "U0000000", "0000-000", "0000000?"])
def test_what_is_no_code_does_not_fit(bad: str) -> None:
    assert not fits(bad)


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        code_of(32, 1)


def test_random_codes_differ() -> None:
    assert len({random_code(19) for _ in range(50)}) == 50


def test_likeness_tells_blurred_characters_from_wrong_ones() -> None:
    same = likeness("7ZK3Q0MW", "7ZK3Q0MW")
    blurred = likeness("7ZK3QDMW", "7ZK3Q0MW")
    unread = likeness("7ZK3Q?MW", "7ZK3Q0MW")
    assert same is not None
    assert same.exact
    assert blurred is not None
    assert unread is not None
    assert same < blurred < unread
    assert likeness("7ZKAAAMW", "7ZK3Q0MW") is None
    assert likeness("7ZK3Q0M", "7ZK3Q0MW") is None
