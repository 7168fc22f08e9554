import pytest

from congress.docs.seams import OVERLAP, SQUEEZED_OVERLAP, seam, seam_words, squeezed_with_next


def test_a_seam_joins_the_end_of_a_page_and_the_next_one() -> None:
    joined = seam("the members of the house", "of delegates meet")
    assert joined.text == "the members of the house\nof delegates meet"
    assert joined.text[joined.at] == "\n"


@pytest.mark.parametrize(
    ("page", "following"),
    [
        ("the house\n12", "of delegates\n13"),
        ("Congress 2026\nthe house\n- 12 -", "Congress 2026\nof delegates\n- 13 -"),
        ("the house\nPage 12 of 40", "of delegates\nPage 13 of 40"),
        ("Draft\nNot for press\n1\nthe house", "Draft\nNot for press\n2\nof delegates"),
    ],
)
def test_running_heads_and_page_numbers_are_stepped_over(page: str, following: str) -> None:
    assert "house\nof delegates" in seam(page, following).text
    assert "house of delegates" in seam_words(page, following)


def test_a_page_of_one_line_is_no_running_head() -> None:
    assert seam("the same", "the same").text == "the same\nthe same"


def test_only_so_many_words_of_each_page_stand_at_a_seam() -> None:
    words = seam_words("a " * 500, "b " * 500).split()
    assert words == ["a"] * OVERLAP + ["b"] * OVERLAP


@pytest.mark.parametrize(("page", "following"), [("", "words"), ("words", ""), ("", "")])
def test_nothing_goes_over_the_seam_of_an_empty_page(page: str, following: str) -> None:
    assert seam_words(page, following) == ""


def test_letters_of_the_next_page_follow_after_a_space() -> None:
    letters, over = squeezed_with_next("ہر انسا ن", "کی ذاتی عزت").split(" ")
    assert letters == "ہرانسان"
    assert over == "ہرانسانکیذاتیعزت"
    assert squeezed_with_next("ہر انسا ن", "") == "ہرانسان"
    assert len(squeezed_with_next("ا" * 500, "ب" * 500)) == 501 + 2 * SQUEEZED_OVERLAP
