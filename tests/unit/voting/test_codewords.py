"""Tracking codes as words: one code, one set of words, and no mistake goes unnoticed."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.errors import InputError
from congress.voting.ballots import grouped, tracking_code
from congress.voting.codewords import LETTERS, WORDS, code_of, words_of

codes = st.binary(min_size=32, max_size=32).map(tracking_code)


@given(codes)
def test_words_and_codes_lead_to_each_other(code: str) -> None:
    words = words_of(code)
    assert [len(word) for word in words] == [LETTERS] * WORDS
    assert code_of(" ".join(words)) == code
    assert code_of("-".join(words).upper()) == code
    assert code_of(grouped(code).lower()) == code


@given(codes, codes)
def test_different_codes_have_different_words(one: str, other: str) -> None:
    assert (words_of(one) == words_of(other)) is (one == other)


def test_the_words_of_a_known_code() -> None:
    assert words_of("A" * 20)[:6] == ("babab",) * 6
    assert words_of("A" * 20)[6] != "babab"
    assert words_of("7" * 20)[0] == "zuzuz"


def test_wrong_letters_and_exchanged_words_are_noticed() -> None:
    words = words_of(base64.b32encode(bytes(range(1, 14))).decode()[:20])
    noticed = 0
    for at in range(WORDS):
        for letter in "bdfghjklmnprstvz":
            changed = [*words]
            changed[at] = letter + words[at][1:]
            if changed == list(words):
                continue
            with pytest.raises(InputError, match="code_misread"):
                code_of(" ".join(changed))
            noticed += 1
    assert noticed == WORDS * 15
    with pytest.raises(InputError):
        code_of(" ".join((words[1], words[0], *words[2:])))


@pytest.mark.parametrize("text", ["", "ABCD", "1" * 20, "é" * 35, "A" * 19 + "=", "a" * 35])
def test_what_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="code_misread"):
        code_of(text)
