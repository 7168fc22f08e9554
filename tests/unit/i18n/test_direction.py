"""Texts of both directions of writing on one line."""

import pytest

from congress.i18n import direction
from congress.i18n.translator import Translator


@pytest.mark.parametrize(
    ("text", "turns"),
    [("", False), ("Lan", False), ("Nguyễn Thị Định – 9", False), ("Q علی", True), ("٣", True)],
)
def test_a_text_turns_if_a_character_of_it_runs_from_right_to_left(text: str, turns: bool) -> None:
    assert direction.turns(text) is turns
    assert direction.isolated(text, rtl=False) == (f"\u2068{text}\u2069" if turns else text)


def test_from_right_to_left_every_text_is_isolated() -> None:
    assert direction.isolated("Curie.", rtl=True) == "\u2068Curie.\u2069"
    assert direction.isolated("", rtl=True) == ""


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("", False),
        ("9. ", False),
        ("9. علی", True),
        ("שלום", True),
        ("Lan علی", False),
        ("\u2068علی\u2069 is present", False),
        ("\u2068علی\u2069", False),
        ("\u2068Lan\u2069 حاضر", True),
    ],
)
def test_the_first_letter_outside_isolates_gives_the_direction(text: str, right: bool) -> None:
    assert direction.from_right(text) is right


def test_joined_parts_follow_the_language_and_not_their_first_letter() -> None:
    names = ("عائشہ", "", "Lan")
    assert Translator("en").joined(*names) == "\u2068عائشہ\u2069 · Lan"
    assert Translator("ur").joined(*names) == "\u200f\u2068عائشہ\u2069 · \u2068Lan\u2069"
    assert Translator("ur").joined("", "") == ""
    assert Translator("vi").listed(("An", "Bình")) == "An, Bình"
    assert Translator("ur").listed(("An", "Bình")) == "\u200f\u2068An\u2069، \u2068Bình\u2069"
