import io

import pytest

from congress.docs.model import PaperKind
from congress.docs.text import sniff
from congress.docs.text.sniff import kind_of
from congress.kernel.errors import InputError
from tests.helpers.formats import zipped
from tests.helpers.papers import docx, paragraph, pdf

ODF = b"application/vnd.oasis.opendocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
        (b"# Words", "x.md", PaperKind.MARKDOWN),
        ("Tiếng Việt".encode(), "x", PaperKind.TEXT),
        (b"<!DOCTYPE html><p>x", "x.html", PaperKind.HTML),
        (b"<?xml version='1.0'?>\n<!-- x --><html>", "x.xhtml", PaperKind.HTML),
        (b"<p>only a piece", "x.txt", PaperKind.TEXT),
        (PNG, "x.png", PaperKind.IMAGE),
        (PNG, "x.pdf", PaperKind.IMAGE),
        (b"\xff\xd8\xff\xe0", "x", PaperKind.IMAGE),
        (b"II*\0", "x.tif", PaperKind.IMAGE),
        (b"RIFF\0\0\0\0WEBP", "x.webp", PaperKind.IMAGE),
        (OLE + b" old", "x.doc", PaperKind.OFFICE),
        (b"{\\rtf1 words}", "x.rtf", PaperKind.OFFICE),
        (zipped(("ppt/presentation.xml", b"x")), "x.pptx", PaperKind.OFFICE),
        (zipped(("mimetype", ODF + b"presentation")), "x.odp", PaperKind.OFFICE),
        (zipped(("mimetype", ODF + b"text"), ("content.xml", b"x")), "x.odt", PaperKind.ODT),
        (zipped(("mimetype", b"application/epub+zip")), "x.epub", PaperKind.EPUB),
        (zipped(("META-INF/container.xml", b"x")), "x.epub", PaperKind.EPUB),
    ],
)
def test_the_content_tells(data: bytes, name: str, expected: PaperKind) -> None:
    assert kind(data, name) is expected


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "x.pdf", "docs.empty_file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "x.docx", "docs.office_password"),
        (b"\0\0\0\x18ftypheic", "x.heic", "docs.heic"),
        (b"\0\0\0\x18ftypavif", "x.jpg", "docs.heic"),
        (b"\x00\x01\x02", "x.bin", "docs.unknown_kind"),
        (b"PK\x03\x04\x00\x00 not a docx", "x.docx", "docs.zip_damaged"),
        (zipped(("readme.txt", b"x")), "x.zip", "docs.is_zip"),
        (b"<html>404 not found", "x.pdf", "docs.wrong_name"),
        (b"words", "x.docx", "docs.wrong_name"),
    ],
)
def test_what_is_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        kind(data, name)
    assert caught.value.code == code


def test_a_zip_whose_first_words_are_damaged_is_refused() -> None:
    data = bytearray(zipped(("mimetype", b"application/epub+zip" * 9)))
    data[41] ^= 0x66
    with pytest.raises(InputError, match=r"docs\.zip_damaged"):
        kind(bytes(data), "x.epub")


def test_only_a_pdf_may_be_very_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sniff, "MAX_WHOLE", 10)
    assert kind(pdf("x"), "x.pdf") is PaperKind.PDF
    with pytest.raises(InputError, match=r"docs\.too_large"):
        kind(b"words and more words", "x.txt")
