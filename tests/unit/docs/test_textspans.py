from hypothesis import given
from hypothesis import strategies as st

from congress.docs.textspans import (
    line_at,
    next_word,
    paragraph_at,
    paragraphs,
    previous_word,
    word_at,
)

TEXT = "The chair's word,\nis final"
URDU = "انسانی حقوق کا\nعالمی منشور"


def test_words() -> None:
    assert [TEXT[slice(*word_at(TEXT, at))] for at in (0, 2, 5, 9)] == [
        "The",
        "The",
        "chair's",
        "chair's",
    ]
    assert TEXT[slice(*word_at(TEXT, 3))] == "The"
    assert word_at("a  b", 2) == (2, 2)
    assert URDU[slice(*word_at(URDU, 8))] == "حقوق"
    assert word_at("", 0) == (0, 0)
    assert TEXT[slice(*word_at(TEXT, len(TEXT)))] == "final"


def test_moving_by_words() -> None:
    assert next_word(TEXT, 0) == 4
    assert next_word(TEXT, len(TEXT) - 2) == len(TEXT)
    assert previous_word(TEXT, 4) == 0
    assert previous_word(TEXT, 0) == 0
    assert previous_word(TEXT, len(TEXT)) == TEXT.index("final")


def test_lines() -> None:
    assert TEXT[slice(*line_at(TEXT, 3))] == "The chair's word,"
    assert TEXT[slice(*line_at(TEXT, len(TEXT)))] == "is final"
    assert line_at("", 0) == (0, 0)


def test_paragraphs_end_with_a_short_line() -> None:
    page = "a full line of words\nand a short\nanother full line ok\nand yet another line"
    assert [page[a:b] for a, b in paragraphs(page)] == [
        "a full line of words\nand a short",
        "another full line ok\nand yet another line",
    ]
    assert page[slice(*paragraph_at(page, 25))].endswith("and a short")
    assert paragraph_at("", 0) == (0, 0)


@given(st.text("ab \n,'", max_size=40), st.integers(0, 40))
def test_spans_hold_their_position(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    for span in (word_at(text, offset), line_at(text, offset), paragraph_at(text, offset)):
        assert 0 <= span[0] <= offset <= span[1] <= len(text)
    assert previous_word(text, offset) <= offset <= next_word(text, offset)


@given(st.text("ab \n", max_size=60))
def test_paragraphs_cover_every_line(text: str) -> None:
    spans = paragraphs(text)
    assert "\n".join(text[a:b] for a, b in spans) == text
