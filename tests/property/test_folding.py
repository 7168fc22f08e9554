"""What holds for the folding of any text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from congress.kernel.folding import BIDI_CONTROLS, fold, fold_with_offsets

MARKED = st.text(
    st.one_of(
        st.sampled_from("aeiouyđĐƠưßİﬁ \u0301\u0302\u0303\u0309\u0323\u031b\u0640\u200c\u202e"),
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(),
    )
)


@given(MARKED)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(MARKED)
def test_composed_and_decomposed_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(MARKED)
def test_nothing_invisible_remains(text: str) -> None:
    folded = fold(text)
    assert not BIDI_CONTROLS & set(folded)
    assert all(unicodedata.category(char) != "Mn" for char in folded)


@given(MARKED, MARKED)
def test_folding_goes_character_by_character(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@given(MARKED, st.data())
def test_offsets_lead_back_to_the_letters(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    origins = [folded.origin(position) for position in range(len(folded.text) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] == len(text)
    assert all(fold(text[at]) for at in origins[:-1])
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    begin, stop = folded.span(start, end)
    assert 0 <= begin <= stop <= len(text)
    assert folded.text[start:end] in fold(text[begin:stop])
