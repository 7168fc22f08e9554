from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.docs.alignment import carried, carried_over, matched, spread_out
from congress.docs.pdfium import Box, Pdf
from congress.docs.text.pdf import PlacedText, page_text, placed_text


def placed(text: str) -> PlacedText:
    return PlacedText(
        text,
        tuple(None if char.isspace() else Box(at, 0, at + 1, 1) for at, char in enumerate(text)),
    )


def lefts(placed: PlacedText) -> list[float | None]:
    return [None if box is None else box.left for box in placed.boxes]


def test_the_same_text_keeps_its_boxes() -> None:
    assert carried(placed("a b"), "a b") == placed("a b")


def test_spaces_and_line_ends_may_differ() -> None:
    found = carried(placed("ab cd \nef "), "ab cd\nef")
    assert found.text == "ab cd\nef"
    assert lefts(found) == [0, 1, None, 3, 4, None, 7, 8]


def test_marks_that_the_page_draws_apart_are_composed() -> None:
    found = carried(placed("Ba\u0302\u0300u"), "Bầu")
    assert lefts(found) == [0, 1, 4]
    assert found.boxes[1] == Box(1, 0, 4, 1)


def test_other_letters_leave_the_rest_in_place() -> None:
    found = carried(placed("one tvo three"), "one two three")
    assert lefts(found)[:3] == [0, 1, 2]
    assert lefts(found)[5] is None
    assert lefts(found)[8:] == [8, 9, 10, 11, 12]


def test_letters_of_one_piece_share_it_in_their_direction() -> None:
    whole = Box(0, 0, 40, 10)
    assert [box and box.left for box in spread_out("abcd", [whole] * 4)] == [0, 10, 20, 30]
    assert [box and box.left for box in spread_out("کتاب", [whole] * 4)] == [30, 20, 10, 0]
    assert spread_out("a b", [None, None, None]) == (None, None, None)


@given(st.text("abc", max_size=40), st.text("abc", max_size=40))
def test_what_is_matched_is_equal_and_in_order(source: str, goal: str) -> None:
    pairs = list(matched(source, goal))
    assert all(source[one] == goal[other] for one, other in pairs)
    assert pairs == sorted(set(pairs))
    assert len({one for one, _ in pairs}) == len(pairs) == len({two for _, two in pairs})


@given(st.text("ab é\u0302\nXY", max_size=60))
def test_the_stored_text_is_what_comes_out(text: str) -> None:
    stored = " ".join(text.split())
    found = carried(placed(text), stored)
    assert found.text == stored
    assert len(found.boxes) == len(stored)


def test_long_texts_that_differ_stay_in_step() -> None:
    goal = "the quorum is two thirds of all delegates " * 400
    source = goal.replace("two", "2").replace(" ", "")
    letters = goal.replace(" ", "")
    pairs = list(matched(source, letters))
    assert len(pairs) > 0.85 * len(letters)


@pytest.mark.parametrize("name", ["nastaliq", "naskh"])
def test_letters_of_urdu_pages_have_places(shared_data: Path, name: str) -> None:
    with (shared_data / "papers" / f"udhr_urdu_{name}.pdf").open("rb") as file, Pdf(file) as pdf:
        for index in range(min(3, pdf.page_count)):
            stored = page_text(pdf, index).text
            found = carried(placed_text(pdf, index), stored)
            letters = [at for at, char in enumerate(stored) if not char.isspace()]
            missing = [at for at in letters if found.boxes[at] is None]
            assert len(missing) <= 0.01 * len(letters)


@pytest.mark.parametrize("name", ["udhr_vietnamese_nfd.pdf", "udhr_english.pdf"])
def test_letters_of_latin_pages_have_places(shared_data: Path, name: str) -> None:
    with (shared_data / "papers" / name).open("rb") as file, Pdf(file) as pdf:
        stored = page_text(pdf, 0).text
        found = carried(placed_text(pdf, 0), stored)
        missing = [at for at, char in enumerate(stored) if char.isalnum() and not found.boxes[at]]
        assert len(missing) <= 0.005 * len(stored)


def test_a_paragraph_over_a_page_break_belongs_to_both_pages() -> None:
    ending, text = "All the tail of it.", "New page here"
    before, page, _ = carried_over(placed("tail of it. New page here"), ending, text)
    assert lefts(before)[:8] == [None] * 8
    assert lefts(before)[8:12] == [0, 1, 2, 3]
    assert lefts(page)[0] == 12
    alone, _, _ = carried_over(placed("New page here"), ending, text)
    assert not any(alone.boxes)
    _, _, after = carried_over(placed("New page here and on"), "", text, "and on it goes")
    assert lefts(after)[:6] == [14, 15, 16, None, 18, 19]
    assert not any(after.boxes[6:])
    _, other, _ = carried_over(placed("Nev page here"), ending, text)
    assert lefts(other)[0] == 0
