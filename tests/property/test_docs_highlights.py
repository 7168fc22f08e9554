"""Whatever way a word is written, its highlight is that word, neither more nor less."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from congress.docs.respacing import Lexicon, respaced
from congress.docs.search import matches, parse, words_of
from congress.docs.snippets import snippet
from congress.kernel.folding import fold

VIETNAMESE = ("đại", "hội", "Đảng", "nghị", "quyết", "bầu", "cử", "chấp", "hành", "điều", "số")
URDU = ("پاکستان", "مجلس", "شوریٰ", "قرارداد", "انسانی", "حقوق", "کا", "ہیں", "آزادی", "لاہور")
LATIN = ("ballot", "Straße", "quorum", "naïve", "office", "2026", "١٢")
SIGNS = (" ", "  ", "\n", ", ", " – ", "\u200f ", " \u200e", "\u202b ", ".\n", "،\u2029", ' "', "(")
SPELLINGS = {
    "ی": "يىیﯼﯾ",
    "ک": "كکﮎﮐ",
    "ہ": "هہةۀﮦ",
    "ا": "اأإآٱﺍ",
    "و": "وؤ",
    "د": "دﺩ",
    "ن": "نﻥﻧ",
}
BETWEEN = ("", "", "", "\u200c", "\u200d", "\u0640", "\u064e", "\u0650", "\u00ad")
FORMS = ("NFC", "NFD", "NFKC", "NFKD")


@st.composite
def written(draw: st.DrawFn, word: str) -> str:
    """Return a word in one of the ways in which people and programs write it."""
    if word in URDU:
        letters = [draw(st.sampled_from(SPELLINGS.get(letter, letter))) for letter in word]
        word = "".join(letter + draw(st.sampled_from(BETWEEN)) for letter in letters)
        return word.replace("لا", draw(st.sampled_from(("لا", "ﻻ"))))
    if draw(st.booleans()):
        word = fold(word)
    cased = draw(st.sampled_from((word.lower(), word.title(), word)))
    return unicodedata.normalize(draw(st.sampled_from(FORMS)), cased)


WORDS = st.sampled_from(VIETNAMESE + URDU + LATIN)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return a text and the words it is made of."""
    words = draw(st.lists(WORDS, min_size=1, max_size=25))
    pieces = [draw(written(word)) + draw(st.sampled_from(SIGNS)) for word in words]
    return draw(st.sampled_from(("", "\u202a", "“"))) + "".join(pieces), words


@given(texts(), st.data())
@settings(max_examples=150)
def test_every_highlight_folds_to_the_words_asked_for(
    made: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, words = made
    start = data.draw(st.integers(0, len(words) - 1))
    asked = words[start : start + data.draw(st.integers(1, 3))]
    typed = " ".join(data.draw(written(word)) for word in asked)
    quoted = data.draw(st.booleans())
    query = parse(f'"{typed}"' if quoted else f"{typed} ")
    shown = snippet(query, text)
    assert shown.highlights
    for place, slices in ((text, matches(query, text)), (shown.text, shown.highlights)):
        assert slices
        for begin, end in slices:
            found = tuple(words_of(fold(place[begin:end])))
            assert found == query.words
            assert fold(place[begin]).strip()


@given(texts(), st.data())
def test_words_that_do_not_stand_together_are_shown_one_by_one(
    made: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, words = made
    asked = data.draw(st.permutations(words))[:3]
    query = parse(" ".join(data.draw(written(word)) for word in asked) + " ")
    slices = [tuple(words_of(fold(text[a:b]))) for a, b in matches(query, text)]
    assert slices
    assert set(slices) == {query.words} or set(slices) == {(word,) for word in query.words}


@given(texts(), st.data())
def test_an_unfinished_word_is_shown_as_far_as_it_goes(
    made: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, words = made
    word = fold(data.draw(st.sampled_from(words)))
    query = parse(word[: data.draw(st.integers(2, max(2, len(word))))])
    slices = [fold(text[a:b]) for a, b in matches(query, text)]
    assert slices
    assert all(found.startswith(query.words[-1]) for found in slices)


@given(texts(), st.data())
def test_words_parted_anew_keep_their_letters_and_highlights(
    made: tuple[str, list[str]], data: st.DataObject
) -> None:
    text, words = made
    rough = "".join(char for char in text if char != " " or data.draw(st.booleans()))
    lexicon = Lexicon.of({fold(word): 10 for word in data.draw(st.sets(WORDS))})
    query = parse(data.draw(st.sampled_from(words)))
    slices = matches(query, rough)
    new, moved = respaced(rough, lexicon, slices)
    assert new.replace(" ", "") == rough.replace(" ", "")
    before = [rough[a:b].replace(" ", "") for a, b in slices]
    assert [new[a:b].replace(" ", "") for a, b in moved] == before
    assert all(new[a:b] == new[a:b].strip(" ") for a, b in moved)
