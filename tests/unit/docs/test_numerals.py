import pytest

from congress.docs.text.numerals import GAP, MAX_MARKER, Numeral, marker, written


@pytest.mark.parametrize(
    ("number", "numeral", "text"),
    [
        (12, Numeral.DECIMAL, "12"),
        (7, Numeral.PADDED, "07"),
        (5, Numeral.NONE, ""),
        (1, Numeral.LOWER_LETTER, "a"),
        (26, Numeral.UPPER_LETTER, "Z"),
        (27, Numeral.LOWER_LETTER, "aa"),
        (28, Numeral.LOWER_LETTER, "ab"),
        (703, Numeral.LOWER_LETTER, "aaa"),
        (0, Numeral.LOWER_LETTER, "0"),
        (10**9, Numeral.LOWER_LETTER, "1000000000"),
        (4, Numeral.LOWER_ROMAN, "iv"),
        (1994, Numeral.UPPER_ROMAN, "MCMXCIV"),
        (4000, Numeral.UPPER_ROMAN, "4000"),
        (14, Numeral.EASTERN, "۱۴"),
        (3, Numeral.ABJAD, "ج"),
        (3, Numeral.ARABIC_LETTER, "ت"),
        (29, Numeral.ABJAD, "اا"),
    ],
)
def test_a_number_is_written_as_its_numeral_says(number: int, numeral: Numeral, text: str) -> None:
    assert written(number, numeral) == text


def test_letters_after_z_are_repeated_where_word_does_so() -> None:
    assert written(28, Numeral.LOWER_LETTER, repeated=True) == "bb"
    assert written(10**6, Numeral.LOWER_LETTER, repeated=True) == "1000000"


def test_a_marker_ends_with_the_gap_and_has_no_other() -> None:
    assert marker(" Article \t5. ") == f"Article 5.{GAP}"
    assert marker(f"1{GAP}2") == f"1 2{GAP}"
    assert marker(" ") == ""
    assert len(marker("x" * 99)) == MAX_MARKER + len(GAP)
