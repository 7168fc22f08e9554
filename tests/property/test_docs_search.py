from hypothesis import given
from hypothesis import strategies as st

from congress.docs.search import matches, parse
from congress.docs.snippets import snippet
from congress.kernel.folding import fold

LETTERS = "abđêộ ư\nU\u0303'-.،حقیے\u0650ي19"
TEXTS = st.text(LETTERS, max_size=300)
WORDS = st.text("abđêộưحقی19", min_size=1, max_size=4)


@given(TEXTS, WORDS)
def test_every_highlight_folds_to_what_was_asked(text: str, word: str) -> None:
    query = parse(word)
    for start, end in matches(query, text):
        assert fold(word) in "".join(char for char in fold(text[start:end]) if char.isalnum())


@given(TEXTS, WORDS, TEXTS)
def test_a_word_that_stands_there_is_found(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    found = [fold(text[start:end]) for start, end in matches(parse(word), text)]
    assert fold(word) in found


@given(TEXTS, st.text(LETTERS + '"', max_size=12))
def test_a_snippet_is_one_line_of_the_page(text: str, typed: str) -> None:
    shown = snippet(parse(typed), text)
    assert "\n" not in shown.text
    flat = "".join(" " if char.isspace() else char for char in text)
    assert shown.text.strip("…") in flat
    for start, end in shown.highlights:
        assert 0 <= start < end <= len(shown.text)


@given(TEXTS, WORDS, TEXTS)
def test_highlights_of_a_snippet_are_those_of_the_page(before: str, word: str, after: str) -> None:
    query, text = parse(word), f"{before} {word} {after}"
    shown = snippet(query, text)
    assert shown.highlights
    marked = {" ".join(text[a:b].split()) for a, b in matches(query, text)}
    assert {" ".join(shown.text[a:b].split()) for a, b in shown.highlights} <= marked
