"""What short texts may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.folding import BIDI_CONTROLS
from congress.kernel.text import TextFault, text_fault, tidy


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("  Marie \t Curie\n", "Marie Curie"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("\u200f\u2067محمد\u2069\ufeff", "محمد"),
        ("می\u200cخواہم", "می\u200cخواہم"),
    ],
)
def test_a_text_is_tidied(given_: str, kept: str) -> None:
    assert tidy(given_) == kept
    assert text_fault(given_) is None


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("Anna\u202egro.live", TextFault.BIDI),
        ("Anna\u202dB", TextFault.BIDI),
        ("A\x00B", TextFault.UNREADABLE),
        ("A\x1bB", TextFault.UNREADABLE),
        ("A\x1f", TextFault.UNREADABLE),
        ("\ud800", TextFault.UNREADABLE),
        ("Nguy\ufffdn", TextFault.UNREADABLE),
        ("\u0301abc", TextFault.MARKS),
        ("ab \u0301c", TextFault.MARKS),
        ("Z" + "\u0335" * 9, TextFault.MARKS),
    ],
)
def test_what_deceives_or_cannot_be_read_is_refused(bad: str, fault: TextFault) -> None:
    assert text_fault(bad) is fault


def test_vowelled_arabic_and_stacked_vietnamese_marks_pass() -> None:
    assert text_fault("مُحَمَّدٌ") is None
    assert text_fault("Nguye\u0302\u0303n Thi\u0323") is None


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert not (BIDI_CONTROLS - {"\u202d", "\u202e"}) & set(once)
