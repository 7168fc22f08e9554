import io
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest
import typst

from congress.docs.pdfium import Box, Pdf, TextObject
from congress.docs.search import squeezed
from congress.docs.text.pdf import page_text, placed_text, reads_rtl
from congress.kernel.folding import fold
from tests.helpers.papers import pdf

FONTS = Path(__file__).parents[3] / "assets" / "fonts"
URDU = "انسانی حقوق کا عالمی منشور ۲۰۲۶ تمہید چونکہ ہر انسان کی ذاتی عزت اور حرمت"


class Drawn:
    """A page that draws these pieces and whose own text is in no useful order."""

    def __init__(self, *pieces: TextObject) -> None:
        self._pieces = pieces

    def text(self, index: int) -> str:
        return "".join(piece.text for piece in self._pieces)

    def characters(self, index: int) -> list[tuple[str, Box]]:
        return [(char, piece.box) for piece in self._pieces for char in piece.text]

    def text_objects(self, index: int) -> Sequence[TextObject]:
        return self._pieces


def piece(text: str, x: float, y: float = 100, width: float = 10) -> TextObject:
    return TextObject(text, x, y, 10, Box(x, 90 - y, x + width, 100 - y))


def read(*pieces: TextObject) -> str:
    return page_text(cast(Pdf, Drawn(*pieces)), 0).text.strip()


def test_latin_text_is_left_as_it_is() -> None:
    with Pdf(io.BytesIO(pdf("The first line\nThe second line"))) as document:
        page = page_text(document, 0)
        placed = placed_text(document, 0)
    assert page.text == "The first line\nThe second line"
    assert page.spaced
    assert placed.text.replace("\n", " ").split() == page.text.split()
    assert len(placed.boxes) == len(placed.text)


def test_decomposed_letters_are_composed_and_line_hyphens_joined() -> None:
    page = Drawn(piece("Nguye\u0302\u0303n co\ufffe\r\noperation \x01 here", 0))
    assert page_text(cast(Pdf, page), 0).text == "Nguyễn cooperation  here"


def test_what_reads_from_right_to_left() -> None:
    assert reads_rtl("حقوق")
    assert reads_rtl("حقوق and rights")
    assert not reads_rtl("The word حق in an English sentence that goes on")
    assert not reads_rtl("")


def test_pieces_drawn_from_left_to_right_are_turned_around() -> None:
    assert read(piece("حقوق", 10, width=30), piece("انسانی ", 50, width=40)) == "انسانی حقوق"


def test_pieces_drawn_in_reading_order_stay() -> None:
    assert read(piece("انسانی ", 50), piece("حقوق", 10)) == "انسانی حقوق"


def test_numbers_and_latin_words_keep_their_order_in_a_turned_line() -> None:
    line = read(piece("ہے", 10), piece(" WHO ", 30), piece("19", 50), piece("دفعہ ", 70))
    assert line == "دفعہ  WHO 19ہے"


def test_a_new_line_begins_lower_or_higher() -> None:
    assert read(piece("ایک", 50, 100), piece("دو", 50, 80)) == "ایک\nدو"
    assert read(piece("ایک", 50, 100), piece("دو", 50, 130)) == "ایک\nدو"


def test_stretches_of_a_line_are_ordered_by_place() -> None:
    first, number, second = piece("وق ", 60), piece("2026", 30, width=20), piece("ہے", 5)
    assert read(piece("حق", 50), first, number, second) == "وق حق2026ہے"


def test_dots_drawn_apart_do_not_double_their_letter() -> None:
    letter = piece("ن", 10)
    dot = TextObject("ن", 12, 106, 10, Box(12, -10, 15, -8))
    assert read(piece("ا", 0), letter, dot) == "نا"
    twin = piece("ن", 21)
    assert read(letter, twin) == "نن"


def test_sloped_words_are_parted_by_the_gap_between_them() -> None:
    close = [piece("ن", 11, 100), piece("ا", 21.5, 106)]
    assert read(*close) == "ان"
    after_end = [piece("ن", 9, 100), piece("ا", 20.8, 106)]
    assert read(*after_end) == "ان"
    far = [piece("ن", 9, 100), piece("ک", 20.8, 106)]
    assert read(*far) == "ک ن"


def test_placed_text_knows_where_each_piece_is() -> None:
    page = Drawn(piece("حق ", 10), piece("انسان", 50), piece("  ", 90), piece("دو", 50, 50))
    placed = placed_text(cast(Pdf, page), 0)
    assert len(placed.boxes) == len(placed.text)
    at = placed.text.index("ح")
    assert placed.boxes[at] == Box(10, -10, 20, 0)
    assert placed.boxes[placed.text.index("\n")] is None


@pytest.fixture(scope="module")
def urdu_pdf() -> bytes:
    """A page set in Amiri, whose letters carry their text whole."""
    source = "\n\n".join(['#set text(font: "Amiri", lang: "ur", dir: rtl)', *[URDU] * 5])
    set_page: Callable[..., bytes] = typst.compile
    return set_page(source.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True)


def test_urdu_is_read_whole(urdu_pdf: bytes) -> None:
    """Fails for a pypdfium2 that loses right-to-left text, as 5.13.0 did (recall .41)."""
    with Pdf(io.BytesIO(urdu_pdf)) as document:
        page = page_text(document, 0)
        placed = placed_text(document, 0)
    assert not page.spaced
    assert recall(page.text, URDU) == 1
    assert recall(placed.text, URDU) == 1


def recall(found: str, source: str, words: int = 3) -> float:
    letters = squeezed(fold(found))
    split = source.split()
    phrases = [" ".join(split[i : i + words]) for i in range(len(split) - words + 1)]
    sample = random.Random(1).sample(phrases, min(300, len(phrases)))
    return sum(squeezed(fold(phrase)) in letters for phrase in sample) / len(sample)


@pytest.mark.parametrize(
    ("file", "source", "least"),
    [
        ("udhr_urdu_nastaliq.pdf", "udhr_urd.txt", 0.95),
        ("udhr_urdu_naskh.pdf", "udhr_urd.txt", 0.99),
        ("udhr_vietnamese.pdf", "udhr_vie.txt", 0.99),
        ("udhr_vietnamese_nfd.pdf", "udhr_vie.txt", 0.99),
        ("udhr_english.pdf", "udhr_eng.txt", 0.99),
    ],
)
def test_phrases_of_real_papers_are_found(
    shared_data: Path, file: str, source: str, least: float
) -> None:
    with (shared_data / "papers" / file).open("rb") as content, Pdf(content) as document:
        text = "\n".join(page_text(document, i).text for i in range(document.page_count))
    words = (shared_data / "papers" / source).read_text("utf-8")
    assert recall(text, words, 4) >= least
