import pytest

from congress.docs.model import PaperKind, TextOrigin
from congress.docs.text.archive import Limits
from congress.docs.text.docx import read_docx
from congress.docs.text.reflow import PAGE_CHARS
from congress.kernel.errors import InputError
from tests.helpers.papers import PAGE_BREAK, docx, paragraph

PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
    '2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/'
    'drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/'
    'drawingml/2006/picture"><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships" r:{how}="p1"/></pic:blipFill></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/image" Target="{target}" TargetMode="{mode}"/></Relationships>'
)


def with_picture(name: str, data: bytes | None, mode: str = "Internal") -> bytes:
    members = [("word/_rels/document.xml.rels", RELS.format(target=name, mode=mode).encode())]
    if data is not None:
        members.append((f"word/{name}", data))
    how = "embed" if mode == "Internal" else "link"
    return docx(paragraph("Before"), PICTURE.format(how=how), members=members)


def test_text_title_and_reading_html() -> None:
    found = read_docx(docx(paragraph("The agenda", "Heading1"), paragraph("First item")))
    assert found.kind is PaperKind.DOCX
    assert found.origin is TextOrigin.SOURCE
    assert [page.text for page in found.pages] == ["The agenda\nFirst item"]
    assert found.reflow.startswith('<h1><a name="page-1"></a>The agenda</h1>')
    assert "<p>First item</p>" in found.reflow


def test_pages_end_at_page_breaks_and_when_they_are_full() -> None:
    long = "word " * (PAGE_CHARS // 5)
    found = read_docx(
        docx(paragraph("One"), PAGE_BREAK, paragraph("Two"), paragraph(long), paragraph("Three"))
    )
    assert [page.text.split()[0] for page in found.pages] == ["One", "Two", "word", "Three"]
    assert [found.reflow.count(f'"page-{n}"') for n in (1, 2, 3, 4, 5)] == [1, 1, 1, 1, 0]


def test_a_page_break_inside_a_paragraph_loses_nothing() -> None:
    broken = '<w:p><w:r><w:t>Before</w:t><w:br w:type="page"/><w:t>after</w:t></w:r></w:p>'
    found = read_docx(docx(broken))
    assert [page.text for page in found.pages] == ["Before", "after"]


def test_a_paper_without_text_is_not_searchable() -> None:
    found = read_docx(docx(paragraph("")))
    assert found.origin is TextOrigin.NONE
    assert len(found.pages) == 1


def test_pictures_stand_in_the_text() -> None:
    found = read_docx(with_picture("seal.png", b"\x89PNG"))
    assert 'src="data:image/png;base64,iVBORw=="' in found.reflow


@pytest.mark.parametrize(
    "data",
    [
        with_picture("http://example.org/spy.png", None, "External"),
        with_picture("../../../etc/passwd", None, "External"),
        with_picture("gone.png", None),
        with_picture("drawing.emf", b"EMF"),
    ],
)
def test_pictures_from_elsewhere_are_left_out(data: bytes) -> None:
    found = read_docx(data)
    assert "src" not in found.reflow
    assert found.pages[0].text == "Before"


def test_a_picture_over_the_limit_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congress.docs.text.docx._MAX_PICTURE", 3)
    assert "src" not in read_docx(with_picture("seal.png", b"\x89PNG")).reflow


ENTITY = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (docx(paragraph("x"), members=[(f"m{i}.bin", b"") for i in range(10)]), Limits(members=9)),
        (docx(members=[("big.bin", b"x" * 5_000)]), Limits(unpacked=4_000)),
        (docx(members=[("zeros.bin", bytes(3_000_000))]), Limits()),
        (docx(paragraph("x"), head=ENTITY), Limits()),
        (docx(members=[("word/more.xml", ENTITY.encode("utf-16"))]), Limits()),
    ],
)
def test_bombs_are_refused(data: bytes, limits: Limits) -> None:
    with pytest.raises(InputError, match=r"docs\.docx_bomb"):
        read_docx(data, limits)


def test_too_much_xml_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("congress.docs.text.archive.MAX_XML", 100)
    with pytest.raises(InputError, match=r"docs\.docx_bomb"):
        read_docx(docx(paragraph("x" * 200)))


@pytest.mark.parametrize(
    "data",
    [
        docx(paragraph("x"))[:-40],
        docx("<w:p>"),
        docx("<w:p/>" * 3 + "<broken"),
    ],
)
def test_damaged_files_are_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"docs\.docx_damaged"):
        read_docx(data)


def test_a_text_nested_without_end_is_refused() -> None:
    with pytest.raises(InputError, match=r"docs\.too_deep"):
        read_docx(docx("<w:tbl><w:tr><w:tc>" * 400 + "</w:tc></w:tr></w:tbl>" * 400))


def test_members_that_share_their_bytes_are_refused() -> None:
    data = bytearray(docx(paragraph("x"), members=[("a.bin", b"a" * 99), ("b.bin", b"b" * 99)]))
    first, second = data.rfind(b"PK\x01\x02", 0, data.rfind(b"a.bin")), data.rfind(b"b.bin") - 46
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    with pytest.raises(InputError, match=r"docs\.docx_bomb"):
        read_docx(bytes(data))
