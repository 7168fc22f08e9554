import unicodedata

import pytest
from rapidfuzz import fuzz

from congress.docs.notes.anchoring import page_words, place_again, text_anchor
from congress.docs.notes.folded import FoldedPages, squeezed
from congress.docs.notes.model import (
    CONTEXT,
    THRESHOLD,
    Anchored,
    AreaAnchor,
    Fit,
    Quote,
    Spot,
    TextAnchor,
)
from congress.docs.pdfium import Box

OLD = (
    "Rules of order\nThe quorum is two thirds of the delegates who are entitled to vote.\n"
    "Motions are put in writing and are read aloud before they are debated.",
    "A vote is taken by show of hands unless a delegate asks for a secret ballot.\n"
    "The chair announces the result at once.",
)


def anchor(words: str, pages: tuple[str, ...] = OLD) -> TextAnchor:
    for number, page in enumerate(pages, start=1):
        if (at := page.find(words)) >= 0:
            made = text_anchor(pages, Spot(number, at), Spot(number, at + len(words)))
            assert made is not None
            return made
    raise AssertionError(words)


def again(words: str, *new: str, known: bool = True) -> Anchored:
    old = FoldedPages(OLD) if known else None
    return place_again([anchor(words)], FoldedPages(new), old)[0]


def quoted(at: Anchored) -> str:
    assert isinstance(at.anchor, TextAnchor)
    return at.anchor.quote.exact


def test_an_anchor_keeps_the_words_and_what_stands_around_them() -> None:
    made = anchor("two thirds")
    assert made.quote == Quote(
        "two thirds",
        "Rules of order\nThe quorum is "[-CONTEXT:],
        " of the delegates who are entitl",
    )
    assert (made.start, made.end) == (Spot(1, 29), Spot(1, 39))


def test_a_quote_and_its_surroundings_run_over_pages() -> None:
    end = OLD[1].index(" by show")
    made = text_anchor(OLD, Spot(1, OLD[0].index("debated")), Spot(2, end))
    assert made is not None
    assert made.quote.exact == "debated.\nA vote is taken"
    first = anchor("A vote is taken")
    assert first.quote.prefix == "ad aloud before they are debated.\n"[-CONTEXT:]


def test_spaces_at_the_ends_are_left_out() -> None:
    at = OLD[0].index("The quorum")
    made = text_anchor(OLD, Spot(1, at - 1), Spot(1, at + 4))
    assert made is not None
    assert made.quote.exact == "The"
    assert text_anchor(OLD, Spot(1, at + 3), Spot(1, at + 4)) is None
    assert text_anchor(OLD, Spot(2, 5), Spot(2, 5)) is None


def test_places_beyond_the_paper_are_brought_inside() -> None:
    made = text_anchor(OLD, Spot(2, OLD[1].index("at once")), Spot(9, 999))
    assert made is not None
    assert made.quote.exact == "at once."


def test_nothing_changed() -> None:
    at = again("The quorum is two thirds", *OLD)
    assert at == Anchored(anchor("The quorum is two thirds"), Fit.POSITION)


def test_the_same_words_after_something_new() -> None:
    at = again("Motions are put in writing", "A preamble.", *OLD)
    assert at.fit is Fit.QUOTE
    assert quoted(at) == "Motions are put in writing"
    assert at.score == 100


def test_words_are_found_across_a_new_page_break() -> None:
    head, tail = OLD[0].split("put in ")
    at = again("Motions are put in writing", f"{head}put in", f"{tail}\n{OLD[1]}")
    assert isinstance(at.anchor, TextAnchor)
    assert (at.anchor.start.page, at.anchor.end.page) == (1, 2)
    assert quoted(at) == "Motions are put in\nwriting"


def test_other_lines_and_forms_of_letters_are_the_same_words() -> None:
    pages = ("Đại hội bầu Ban Chấp hành gồm mười lăm đồng chí ủy viên chính thức.",)
    made = anchor("Ban Chấp hành gồm mười lăm đồng chí", pages)
    new = unicodedata.normalize("NFD", f"Phần mở đầu.\n{pages[0]}").replace("hành gồm", "hành\ngồm")
    at = place_again([made], FoldedPages([new]))[0]
    assert at.fit is Fit.QUOTE
    assert squeezed(quoted(at)) == squeezed(made.quote.exact)
    assert unicodedata.is_normalized("NFC", quoted(at))


def test_arabic_spellings_of_urdu_are_the_same_words() -> None:
    pages = ("کانگریس کا کورم کل مندوبین کی دو تہائی تعداد ہے۔",)
    made = anchor("مندوبین کی دو تہائی", pages)
    new = "نیا پیراگراف۔\n" + pages[0].replace("ی", "ي").replace("ک", "ك")
    at = place_again([made], FoldedPages([new]), FoldedPages(pages))[0]
    assert at.fit is Fit.QUOTE
    assert quoted(at) == "مندوبین کی دو تہائی".replace("ی", "ي").replace("ک", "ك")


def test_changed_words_are_found_whole() -> None:
    new = OLD[0].replace("two thirds of the delegates", "one half of all delegates")
    at = again("The quorum is two thirds of the delegates who are entitled to vote.", new, OLD[1])
    assert at.fit is Fit.FUZZY
    assert quoted(at) == "The quorum is one half of all delegates who are entitled to vote."
    assert THRESHOLD <= at.score < 100


def test_words_that_are_gone_are_unplaced() -> None:
    at = again("Motions are put in writing and are read aloud", OLD[1])
    assert at == Anchored(None, Fit.UNPLACED, 0)


def test_a_like_sentence_that_was_there_before_is_not_taken() -> None:
    old = (
        "Article 1\nEveryone has the right to freedom of movement and residence.\n"
        "Article 2\nEveryone has the right to freedom of opinion and expression.",
    )
    new = (old[0].split("\nArticle 1")[0].replace(old[0].splitlines()[1], "This is withdrawn."),)
    made = anchor("Everyone has the right to freedom of movement and residence.", old)
    assert fuzz.ratio(squeezed(made.quote.exact), squeezed(old[0].splitlines()[3])) >= THRESHOLD
    assert place_again([made], FoldedPages(new), FoldedPages(old))[0].fit is Fit.UNPLACED


def test_a_word_alone_needs_its_surroundings() -> None:
    assert again("hands", "The clock has hands of brass and a face of silver.").fit is Fit.UNPLACED
    assert again("hands", f"New.\n{OLD[1]}").fit is Fit.QUOTE


def test_of_equal_words_those_with_the_same_surroundings() -> None:
    old = ("The chair speaks. Then the chair asks. At last the chair decides.",)
    at = old[0].index("the chair decides")
    made = text_anchor(old, Spot(1, at), Spot(1, at + len("the chair")))
    assert made is not None
    new = ("Before all, the chair waits. " + old[0],)
    found = place_again([made], FoldedPages(new), FoldedPages(old))[0]
    assert isinstance(found.anchor, TextAnchor)
    assert new[0][found.anchor.start.offset :].startswith("the chair decides")


def test_of_equal_words_without_surroundings_the_same_one_in_order() -> None:
    old = ("Agreed.\nxxxxxxxx\nAgreed.\nyyyyyyyy\nAgreed.",)
    at = old[0].index("Agreed.", 5)
    made = text_anchor(old, Spot(1, at), Spot(1, at + 7))
    assert made is not None
    new = ("Agreed.\n11111111111111\nAgreed.\n22222222222222222\nAgreed.",)
    found = place_again([made], FoldedPages(new), FoldedPages(old))[0]
    assert isinstance(found.anchor, TextAnchor)
    assert found.anchor.start.offset == new[0].index("Agreed.", 5)
    fewer = ("Agreed.\n11111111111111\nAgreed.",)
    assert place_again([made], FoldedPages(fewer), FoldedPages(old))[0].fit is Fit.UNPLACED


def test_a_bookmark_follows_the_words_beside_it() -> None:
    mark = AreaAnchor(2, None, page_words(OLD, 2))
    at = place_again([mark], FoldedPages(("A preamble.", *OLD)), FoldedPages(OLD))[0]
    assert isinstance(at.anchor, AreaAnchor)
    assert at.anchor.page == 3
    assert at.fit is Fit.QUOTE


def test_ink_on_a_page_without_text_stays_while_that_page_is_blank() -> None:
    ink = AreaAnchor(2, Box(1, 1, 9, 9), None)
    blank = FoldedPages(("Words", "  "))
    assert place_again([ink], blank) == (Anchored(ink, Fit.POSITION),)
    assert place_again([ink], FoldedPages(("Words", "Words")))[0].fit is Fit.UNPLACED
    assert place_again([ink], FoldedPages(("Words",)))[0].fit is Fit.UNPLACED


def test_an_empty_paper_has_no_place() -> None:
    assert again("The quorum").fit is Fit.UNPLACED
    assert again("The quorum is two thirds of the delegates", "", "").fit is Fit.UNPLACED


@pytest.mark.parametrize("offset", range(0, 40, 3))
def test_positions_lead_there_and_back(offset: int) -> None:
    pages = ("Straße  đường\nقُرآن", "e\u0301té\u200c ﬁn")
    folded = FoldedPages(pages)
    at = offset % len(folded.text)
    start, end = folded.spots(at, at + 1)
    assert folded.position(start) <= at < folded.position(end)
    behind = pages[start.page - 1][start.offset : end.offset]
    assert folded.text[at] in squeezed(behind)
