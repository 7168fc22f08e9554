"""Whatever becomes of a paper, its notes are found again or told to be unplaced, never lost."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from congress.docs.notes.anchoring import SURE, place_again, text_anchor
from congress.docs.notes.codec import anchor_json, anchor_of, strokes_json, strokes_of
from congress.docs.notes.folded import FoldedPages, squeezed
from congress.docs.notes.model import (
    THRESHOLD,
    Anchored,
    Fit,
    NoteColour,
    Spot,
    Stroke,
    TextAnchor,
)
from congress.kernel.canonical import decode, encode

_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz",
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềệộợứừữ",
    "ابپتٹجچحخدڈذرڑزسشصضطظعغفقکگلمنوہیےآؤئ",
)


@st.composite
def papers(draw: st.DrawFn) -> list[str]:
    """Return paragraphs, each one sentence that stands only once."""
    letters = draw(st.sampled_from(_LETTERS))
    word = st.text(letters, min_size=2, max_size=9)
    sentence = st.lists(word, min_size=8, max_size=18).map(lambda words: " ".join(words) + ".")
    return draw(st.lists(sentence, min_size=2, max_size=10, unique_by=squeezed))


@st.composite
def versions(draw: st.DrawFn) -> tuple[list[str], list[int | None], list[str], list[str]]:
    """Return a paper, where each new paragraph comes from, and both versions' pages."""
    old = draw(papers())
    new: list[tuple[int | None, str]] = list(enumerate(old))
    for _ in range(draw(st.integers(0, 4))):
        act = draw(st.sampled_from(("insert", "delete", "move", "change")))
        at = draw(st.integers(0, max(0, len(new) - 1)))
        if act == "insert":
            fresh = draw(st.text("mnopqrstuv ", min_size=1, max_size=80))
            new.insert(at, (None, fresh))
        elif not new:
            continue
        elif act == "delete":
            del new[at]
        elif act == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        else:
            words = new[at][1].split()
            words[draw(st.integers(0, max(0, len(words) - 1))) :][:1] = []
            place = draw(st.integers(0, max(0, len(words) - 1)))
            words[place : place + 1] = draw(st.lists(st.text("xyz", min_size=1), max_size=2))
            new[at] = (None, " ".join(words))
    return (
        old,
        [source for source, _ in new],
        _paged(old, draw(st.integers(40, 400))),
        _paged([text for _, text in new], draw(st.integers(40, 400))),
    )


def _paged(paragraphs: Sequence[str], size: int) -> list[str]:
    """Break pages between the words, wherever they are full."""
    pages, page = [], ""
    for paragraph in paragraphs:
        for word in paragraph.split():
            if len(page) + len(word) > size:
                pages.append(page)
                page = ""
            page += word + " "
        page = page.rstrip(" ") + "\n"
    return [*pages, page]


def _anchor(pages: Sequence[str], sentence: str) -> TextAnchor:
    folded = FoldedPages(pages)
    at = folded.text.index(squeezed(sentence))
    made = text_anchor(pages, *folded.spots(at, at + len(squeezed(sentence))))
    assert made is not None
    return made


def _words(at: Anchored) -> str:
    assert isinstance(at.anchor, TextAnchor)
    return squeezed(at.anchor.quote.exact)


@given(versions(), st.booleans())
def test_notes_are_never_dropped_and_unchanged_sentences_always_found(
    made: tuple[list[str], list[int | None], list[str], list[str]], known: bool
) -> None:
    old, sources, old_pages, new_pages = made
    anchors = [_anchor(old_pages, sentence) for sentence in old]
    new = FoldedPages(new_pages)
    found = place_again(anchors, new, FoldedPages(old_pages) if known else None)
    assert len(found) == len(anchors)
    for number, (sentence, at) in enumerate(zip(old, found, strict=True)):
        wanted = squeezed(sentence)
        if number in sources and len(wanted) >= SURE:
            assert at.fit in (Fit.POSITION, Fit.QUOTE)
            assert _words(at) == wanted
        if at.anchor is None:
            assert at.fit is Fit.UNPLACED
        else:
            assert fuzz.ratio(wanted, _words(at)) >= THRESHOLD
            assert at.score >= THRESHOLD


@given(versions(), st.data())
@settings(max_examples=60)
def test_a_claim_is_never_less_alike_than_the_threshold(
    made: tuple[list[str], list[int | None], list[str], list[str]], data: st.DataObject
) -> None:
    _, _, old_pages, new_pages = made
    page = data.draw(st.integers(1, len(old_pages)))
    text = old_pages[page - 1]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    anchor = text_anchor(old_pages, Spot(page, start), Spot(page, end))
    if anchor is None:
        return
    assert anchor_of(decode(encode(anchor_json(anchor)))) == anchor  # type: ignore[arg-type]
    (at,) = place_again([anchor], FoldedPages(new_pages), FoldedPages(old_pages))
    if at.anchor is not None:
        assert fuzz.ratio(squeezed(anchor.quote.exact), _words(at)) >= THRESHOLD
        assert place_again([at.anchor], FoldedPages(new_pages))[0].anchor is not None


_side = st.floats(-500, 5_000).map(lambda side: round(side, 2))


@given(
    st.lists(
        st.builds(
            Stroke,
            st.sampled_from(NoteColour),
            st.sampled_from((0.5, 2.0, 6.25)),
            st.lists(st.tuples(_side, _side), max_size=20).map(tuple),
        )
    )
)
def test_ink_is_read_back_as_it_was_written(strokes: list[Stroke]) -> None:
    assert strokes_of(decode(encode(strokes_json(strokes)))) == tuple(strokes)  # type: ignore[arg-type]
