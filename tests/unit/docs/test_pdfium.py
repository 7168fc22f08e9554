import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from congress.docs import pdfium
from congress.docs.pdfium import Box, OutlineItem, Pdf
from congress.docs.png import png
from congress.docs.text.image import pdf_of_image
from congress.kernel.errors import BugError, InputError
from tests.helpers.formats import picture
from tests.helpers.papers import pdf, protected_pdf


def opened(data: bytes) -> Pdf:
    return Pdf(io.BytesIO(data))


def test_pages_sizes_text_and_title() -> None:
    with opened(pdf("First page", "Second page", title="The rules of order")) as document:
        assert document.page_count == 2
        assert document.size(1) == (612, 792)
        assert document.text(1) == "Second page"
        assert document.title() == "The rules of order"
        assert document.outline() == ()


def test_the_outline_names_pages() -> None:
    data = pdf("one", "two", outline=[("First part", 1), ("Nowhere", 0), ("Second part", 2)])
    with opened(data) as document:
        assert document.outline() == (
            OutlineItem("First part", 0, 1),
            OutlineItem("Second part", 0, 2),
        )


def test_an_owned_file_is_closed_with_the_pdf() -> None:
    file = io.BytesIO(pdf("x"))
    Pdf(file, owned=True).close()
    assert file.closed
    bad = io.BytesIO(b"%PDF-1.4")
    with pytest.raises(InputError):
        Pdf(bad, owned=True)
    assert bad.closed


def test_a_page_is_drawn_black_on_white() -> None:
    with opened(pdf("Motion")) as document:
        pixels = document.render(0, 0.5)
    assert (pixels.width, pixels.height) == (306, 396)
    assert len(pixels.data) == 4 * 306 * 396
    assert min(pixels.data[0::4]) < 100
    assert pixels.data[:3] == b"\xff\xff\xff"


def test_a_huge_page_is_drawn_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MAX_PIXELS", 10_000)
    with opened(pdf("Motion")) as document:
        pixels = document.render(0, 10)
    assert 9_000 < pixels.width * pixels.height <= 10_500


def test_characters_stand_where_they_are_drawn() -> None:
    with opened(pdf("Ab")) as document:
        (first, box), (second, next_box) = document.characters(0)
    assert (first, second) == ("A", "b")
    assert 70 < box.left < box.right <= next_box.left + 1
    assert 60 < box.top < box.bottom < 74


def test_a_turned_page_gives_turned_places() -> None:
    with opened(pdf("Ab", rotate=90)) as document:
        assert document.size(0) == (792, 612)
        box = document.characters(0)[0][1]
    assert isinstance(box, Box)
    assert 716 < box.left < box.right < 734
    assert 70 < box.top < box.bottom < 84


def test_text_objects_come_in_the_order_of_drawing() -> None:
    with opened(pdf("one\ntwo")) as document:
        first, second = document.text_objects(0)
    assert first.text.strip() == "one"
    assert second.text.strip() == "two"
    assert first.x == second.x == 72
    assert first.y - second.y == 18
    assert first.size == 12


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing", "docs.pdf_damaged"),
        (pdf("x")[:60], "docs.pdf_damaged"),
        (pdf(), "docs.pdf_damaged"),
        (protected_pdf(), "docs.pdf_password"),
    ],
)
def test_what_cannot_be_opened(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(data)
    assert caught.value.code == code


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MAX_PAGES", 1)
    with pytest.raises(InputError, match=r"docs\.too_many_pages"):
        opened(pdf("one", "two"))


def test_a_fault_while_reading_comes_out_as_it_is() -> None:
    class Failing(io.BytesIO):
        fail = False

        def read(self, size: int | None = -1, /) -> bytes:
            if self.fail:
                raise InputError("docs.blob_damaged", title="x")
            return super().read(size)

    source = Failing(pdf(*["page"] * 400))
    document = Pdf(source)
    source.fail = True
    with document, pytest.raises(InputError, match=r"docs\.blob_damaged"):
        document.text(300)
    source.fail = True
    with pytest.raises(InputError, match=r"docs\.blob_damaged"):
        Pdf(source)


def test_a_damaged_page_is_named() -> None:
    data = pdf("good", "bad").replace(b"/Type /Page /Parent", b"/Type /Pane /Parent")
    with opened(data) as document, pytest.raises(InputError) as caught:
        document.size(7)
    assert caught.value.params == {"page": 8}


def test_a_closed_pdf_is_our_bug() -> None:
    document = opened(pdf("x"))
    document.close()
    document.close()
    with pytest.raises(BugError):
        document.render(0, 1)
    with pytest.raises(BugError):
        document.size(0)


def test_only_a_few_pages_stay_open() -> None:
    with opened(pdf(*[f"page {i}" for i in range(10)])) as document:
        assert [document.text(i) for i in range(10)] == [f"page {i}" for i in range(10)]
        assert len(document._pages) == pdfium._OPEN_PAGES
        assert document.text(9) == "page 9"


def test_many_threads_share_one_pdf() -> None:
    with opened(pdf(*[f"page {i}" for i in range(20)])) as document:

        def work(start: int) -> list[str]:
            found = []
            for i in range(20):
                found.append(document.text((start + i) % 20))
                document.render((start + i) % 20, 0.1)
            return found

        with ThreadPoolExecutor(4) as pool:
            for start, found in enumerate(pool.map(work, range(4))):
                assert found == [f"page {(start + i) % 20}" for i in range(20)]


def test_png_holds_the_pixels() -> None:
    data = png(pdfium.Pixels(2, 1, bytes([1, 2, 3, 0, 4, 5, 6, 0])))
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", data[16:24]) == (2, 1)
    start = data.index(b"IDAT") + 4
    size = struct.unpack(">I", data[start - 8 : start - 4])[0]
    assert zlib.decompress(data[start : start + size]) == bytes([0, 3, 2, 1, 6, 5, 4])


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (b"[0 0 1000000000 792]", (14_400, 792)),
        (b"[0 0 612 99999999]", (612, 14_400)),
        (b"[0 0 0.001 792]", None),
    ],
)
def test_a_page_is_never_larger_than_pages_can_be(
    box: bytes, expected: tuple[float, float] | None
) -> None:
    data = pdf("words").replace(b"[0 0 612 792]", box)
    with Pdf(io.BytesIO(data)) as document:
        width, height = document.size(0)
        assert min(width, height) >= 1
        assert expected is None or (width, height) == pytest.approx(expected)
        assert document.render(0, 2.0).width >= 1
        assert "words" in document.text(0)


def test_a_table_of_contents_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium, "MAX_OUTLINE", 2)
    with Pdf(io.BytesIO(pdf("a", outline=[("One", 1), ("Two", 1), ("Three", 1)]))) as document:
        assert [item.title for item in document.outline()] == ["One", "Two"]


def test_what_draws_more_than_text() -> None:
    with Pdf(io.BytesIO(pdf("words"))) as document:
        assert not document.draws_pictures(0)
    with Pdf(io.BytesIO(pdf_of_image(picture("", (30, 20))))) as document:
        assert document.draws_pictures(0)
