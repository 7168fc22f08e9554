import io

import pytest

from congress.docs.model import PaperKind
from congress.docs.text import sniff
from congress.docs.text.sniff import kind_of
from congress.kernel.errors import InputError
from tests.helpers.papers import docx, paragraph, pdf

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def kind(data: bytes, name: str) -> PaperKind:
    return kind_of(io.BytesIO(data), len(data), name)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (pdf("x"), "x.pdf", PaperKind.PDF),
        (pdf("x"), "x.docx", PaperKind.PDF),
        (b"junk before " + pdf("x"), "x", PaperKind.PDF),
        (docx(paragraph("x")), "x.pdf", PaperKind.DOCX),
        (b"Just words", "x.txt", PaperKind.TEXT),
        (b"# Words", "x.md", PaperKind.TEXT),
        ("Tiếng Việt".encode(), "x", PaperKind.TEXT),
        (b"<!DOCTYPE html><p>x", "x.html", PaperKind.HTML),
        (b"<?xml version='1.0'?>\n<!-- x --><html>", "x.xhtml", PaperKind.HTML),
        (b"<p>only a piece", "x.txt", PaperKind.TEXT),
    ],
)
def test_the_content_tells(data: bytes, name: str, expected: PaperKind) -> None:
    assert kind(data, name) is expected


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.pdf", "docs.empty_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "x.doc", "docs.old_word"),
        (PNG, "x.png", "docs.unknown_kind"),
        (PNG, "x.pdf", "docs.unknown_kind"),
        (b"PK\x03\x04\x00\x00 not a docx", "x.docx", "docs.unknown_kind"),
        (b"<html>404 not found", "x.pdf", "docs.wrong_name"),
        (b"words", "x.docx", "docs.wrong_name"),
    ],
)
def test_what_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        kind(data, name)
    assert caught.value.code == code


def test_only_a_pdf_may_be_very_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniff, "MAX_WHOLE", 10)
    assert kind(pdf("x"), "x.pdf") is PaperKind.PDF
    with pytest.raises(InputError, match=r"docs\.too_large"):
        kind(b"words and more words", "x.txt")
