"""Folding of Vietnamese and Urdu for search."""

import pytest

from congress.kernel.folding import fold, fold_with_offsets


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Nguyễn Đức Thắng", "nguyen duc thang"),
        ("Nguye\u0302\u0303n", "nguyen"),
        ("Trương Ưởng", "truong uong"),
        ("Straße", "strasse"),
        ("ﬁnal ①", "final 1"),
        ("۱۲۳ ٤٥", "123 45"),
        ("so\u00adft \u202eabc\u202c", "soft abc"),
    ],
)
def test_marks_case_and_digits_vanish(written: str, searched: str) -> None:
    assert fold(written) == searched


@pytest.mark.parametrize(
    ("arabic", "urdu"),
    [
        ("كي", "کی"),
        ("على", "علی"),
        ("آئین", "ایین"),
        ("مؤمن", "مومن"),
        ("مدينة", "مدینہ"),
        ("جلسۂ", "جلسہ"),
        ("جلسۀ", "جلسہ"),
        ("نۓ", "نے"),
        ("ٱلله", "اللہ"),
        ("إسلام", "اسلام"),
        ("کتـــاب", "کتاب"),
        ("می\u200cخواہم", "میخواہم"),
        ("مُحَمَّد", "محمد"),
    ],
)
def test_letter_variants_of_urdu_are_one(arabic: str, urdu: str) -> None:
    assert fold(arabic) == fold(urdu)


def test_different_letters_stay_different() -> None:
    assert fold("بات") != fold("پات")
    assert fold("ban") != fold("bam")


def test_a_match_points_at_the_marks_too() -> None:
    text = "Ông Nguye\u0302\u0303n Đức"
    folded = fold_with_offsets(text)
    at = folded.text.index("nguyen")
    start, end = folded.span(at, at + len("nguyen"))
    assert text[start:end] == "Nguye\u0302\u0303n"


def test_trailing_marks_belong_to_the_letter() -> None:
    text = "ae\u0301 b"
    folded = fold_with_offsets(text)
    assert text[slice(*folded.span(1, 2))] == "e\u0301"


def test_a_letter_that_folds_to_two_is_not_cut() -> None:
    folded = fold_with_offsets("aßb")
    assert folded.text == "assb"
    assert folded.span(1, 2) == (1, 2)
    assert folded.span(2, 3) == (1, 2)


def test_an_empty_span_stays_empty() -> None:
    folded = fold_with_offsets("abc")
    assert folded.span(1, 1) == (1, 1)
    assert folded.span(3, 3) == (3, 3)
