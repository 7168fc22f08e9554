import io

import pytest

from congress.docs.model import Extract
from congress.docs.pdfium import Box, Pdf
from congress.docs.text import extract as module
from congress.docs.text.extract import Means, extract
from congress.docs.text.image import pdf_of_image
from congress.docs.text.pdf import placed_text
from congress.docs.textlayer import LaidWord, with_text
from congress.kernel.progress import Silent
from tests.helpers.formats import picture, tiff
from tests.helpers.papers import pdf

WORDS = (
    LaidWord("Nghị", Box(100, 50, 160, 70)),
    LaidWord("quyết", Box(166, 50, 240, 70)),
    LaidWord("منشور", Box(300, 100, 380, 124)),
)


def laid(data: bytes, *words: LaidWord, page: int = 0) -> bytes:
    with Pdf(io.BytesIO(data)) as opened:
        return with_text(opened, {page: words})


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_are_found_where_the_picture_shows_them(rotate: int) -> None:
    with Pdf(io.BytesIO(laid(pdf("", rotate=rotate), *WORDS[:2]))) as opened:
        found = placed_text(opened, 0)
    assert "".join(found.text.split()) == "Nghịquyết"
    start = found.text.index("Nghị")
    boxes = [box for box in found.boxes[start : start + 4] if box]
    assert min(box.left for box in boxes) == pytest.approx(100, abs=3)
    assert max(box.right for box in boxes) == pytest.approx(160, abs=3)
    assert min(box.top for box in boxes) == pytest.approx(50, abs=3)
    assert max(box.bottom for box in boxes) == pytest.approx(70, abs=3)


def test_urdu_words_are_read_from_right_to_left() -> None:
    with Pdf(io.BytesIO(laid(pdf(""), WORDS[2]))) as opened:
        assert placed_text(opened, 0).text.strip() == "منشور"


def test_nothing_of_it_is_seen() -> None:
    with Pdf(io.BytesIO(laid(pdf(""), *WORDS))) as opened:
        assert set(opened.render(0, 0.5).data) == {255}


def test_what_cannot_be_laid_is_left_out() -> None:
    odd = (
        LaidWord("", Box(1, 1, 9, 9)),
        LaidWord("\u200f\u0007", Box(1, 1, 9, 9)),
        LaidWord("flat", Box(1, 5, 9, 5)),
        LaidWord("𝔸", Box(1, 1, 9, 9)),
    )
    with Pdf(io.BytesIO(laid(pdf("x"), *odd))) as opened:
        assert placed_text(opened, 0).text.strip() == "x"


def test_other_pages_stay_as_they_are() -> None:
    with Pdf(io.BytesIO(laid(pdf("one", "", "three"), WORDS[0], page=1))) as opened:
        texts = [placed_text(opened, index).text.strip() for index in range(3)]
    assert texts == ["one", "Nghị", "three"]


class _Reader:
    """Recognises the same two words on every page."""

    def read(self, page: object) -> object:
        from congress.docs.ocr import Recognised, Word

        boxes = ((200, 100, 300, 50), (520, 100, 300, 50))
        words = (Word(w, ("1",), 90, b) for w, b in zip(("many", "words"), boxes, strict=True))
        return Recognised("many words of a scan", 90, tuple(words))


def read(data: bytes, name: str) -> Extract:
    means = Means(_Reader())  # type: ignore[arg-type]
    return extract(io.BytesIO(data), len(data), name, Silent(), means)


@pytest.mark.parametrize("name", ["scan.tif", "scan.pdf"])
def test_a_scan_gets_a_copy_with_its_text(name: str) -> None:
    data = tiff("", "", size=(500, 300))
    found = read(data if name.endswith("tif") else pdf_of_image(data), name)
    with Pdf(io.BytesIO(found.rendition)) as opened:
        assert opened.page_count == 2
        assert "".join(placed_text(opened, 1).text.split()) == "manywords"


def test_of_a_very_large_scan_no_copy_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_LAID", 10)
    found = read(pdf_of_image(picture("", (500, 300))), "scan.pdf")
    assert (found.rendition, found.pages[0].text) == (b"", "many words of a scan")
