import pytest

from congress.docs.model import PaperKind
from congress.docs.text.plain import decoded, read_html, read_text
from congress.kernel.errors import InputError


@pytest.mark.parametrize(
    "data",
    [
        "Nguyễn Văn Đức".encode(),
        "Nguyễn Văn Đức".encode("utf-8-sig"),
        "Nguyễn Văn Đức".encode("utf-16"),
        "Nguye\u0302\u0303n Va\u0306n Đức".encode(),
        "Nguyê\u0303n Văn Đư\u0301c".encode("cp1258"),
    ],
)
def test_text_is_read_in_its_encoding(data: bytes) -> None:
    assert decoded(data) == "Nguyễn Văn Đức"


def test_a_web_page_may_name_its_encoding() -> None:
    page = '<html><meta charset="windows-1256"><p>سلام'.encode("cp1256")
    assert "سلام" in (decoded(page) or "")
    assert decoded('<meta charset="no-such">é'.encode("cp1258")) is not None


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"abc\x00", b"\xff\xfe\x00"])
def test_what_is_no_text(data: bytes) -> None:
    assert decoded(data) is None
    with pytest.raises(InputError, match=r"docs\.unknown_kind"):
        read_text(data)


def test_a_plain_text() -> None:
    found = read_text(b"First line\n\nSecond line")
    assert found.kind is PaperKind.TEXT
    assert found.pages[0].text == "First line\nSecond line"
    assert found.title == ""


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<html><title>The report</title><p>x", "The report"),
        ("<html><title>eng</title><p>x", ""),
        (
            "<html><title>The report</title><h1>Report of the committee</h1>",
            "Report of the committee",
        ),
        ("<html></html>", ""),
        ("", ""),
    ],
)
def test_a_web_page(html: str, title: str) -> None:
    found = read_html(html.encode())
    assert found.kind is PaperKind.HTML
    assert found.title == title
    assert "The report" not in found.pages[0].text
