import io

import pytest

from congress.docs.model import Extract, PageText
from congress.docs.pdfium import Pdf
from congress.docs.text import extract as module
from congress.docs.text.extract import extract
from congress.docs.text.pdf import heading, page_text
from congress.kernel.errors import InputError
from congress.kernel.progress import Silent
from tests.helpers.papers import pdf, sized_pdf


def read(data: bytes, name: str = "x.pdf") -> Extract:
    return extract(io.BytesIO(data), len(data), name, Silent())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Report of the committee", "Report of the committee"),
        ("Microsoft Word - draft", ""),
        ("report final.docx", ""),
        ("untitled", ""),
        ("draft", ""),
    ],
)
def test_a_title_that_a_program_made_up_is_passed_over(title: str, expected: str) -> None:
    assert read(pdf("text", title=title)).title == expected


def test_the_largest_words_of_the_first_page_are_the_title() -> None:
    data = sized_pdf(
        (12, "Office"), (20, "The state of"), (20, "the harbour"), (12, "In the year " * 5)
    )
    assert read(data).title == "The state of the harbour"


@pytest.mark.parametrize(
    "lines",
    [
        ((12, "All of"), (12, "one size")),
        ((12, "Some text"), (20, "A")),
        ((12, "Some text of the page"), (14, "word " * 60)),
    ],
)
def test_a_page_without_a_heading(lines: tuple[tuple[int, str], ...]) -> None:
    with Pdf(io.BytesIO(sized_pdf(*lines))) as document:
        assert heading(document) == ""


def test_an_empty_page_has_no_heading() -> None:
    with Pdf(io.BytesIO(pdf(""))) as document:
        assert heading(document) == ""


def test_a_damaged_page_is_left_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = page_text

    def some(document: Pdf, index: int) -> PageText:
        if index == 0:
            raise InputError("docs.page_damaged", page=1)
        return whole(document, index)

    def no_heading(document: Pdf) -> str:
        raise InputError("docs.page_damaged", page=1)

    def no_picture(self: Pdf, index: int, scale: float) -> object:
        raise InputError("docs.page_damaged", page=1)

    monkeypatch.setattr(module, "page_text", some)
    monkeypatch.setattr(module, "heading", no_heading)
    monkeypatch.setattr(Pdf, "render", no_picture)
    found = read(pdf("one", "two"))
    assert [page.text for page in found.pages] == ["", "two"]
    assert (found.title, found.cover) == ("", b"")


def test_damaged_pages_alone_are_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(document: Pdf, index: int) -> PageText:
        raise InputError("docs.page_damaged", page=index + 1)

    monkeypatch.setattr(module, "page_text", none)
    with pytest.raises(InputError, match=r"docs\.pdf_damaged"):
        read(pdf("one", "two"))


@pytest.mark.parametrize("what", ["page_text", "heading", "_cover"])
def test_a_damaged_source_is_no_damaged_page(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def lost(*_: object) -> object:
        raise InputError("docs.blob_damaged", title="x")

    if what == "_cover":
        monkeypatch.setattr(Pdf, "render", lost)
    else:
        monkeypatch.setattr(module, what, lost)
    with pytest.raises(InputError, match=r"docs\.blob_damaged"):
        read(pdf("one"))
