import pytest

from congress.docs.model import PaperKind, TextOrigin
from congress.docs.text.archive import Limits
from congress.docs.text.odt import read_odt
from congress.kernel.errors import InputError
from tests.helpers.formats import MANIFEST, odt, zipped

STYLES = (
    '<style:style style:name="B"><style:text-properties fo:font-weight="bold" '
    'style:text-underline-style="none"/></style:style>'
    '<style:style style:name="R"><style:paragraph-properties style:writing-mode="rl-tb" '
    'fo:break-before="page"/></style:style>'
    '<style:style style:name="L"><style:paragraph-properties style:writing-mode="lr-tb"/>'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
)


def p(text: str, style: str = "") -> str:
    marked = f' text:style-name="{style}"' if style else ""
    return f"<text:p{marked}>{text}</text:p>"


def test_text_title_and_headings() -> None:
    found = read_odt(odt('<text:h text:outline-level="1">The agenda</text:h>', p("First item")))
    assert (found.kind, found.origin) == (PaperKind.ODT, TextOrigin.SOURCE)
    assert found.title == "The agenda"
    assert [page.text for page in found.pages] == ["The agenda\nFirst item"]
    assert found.reflow.startswith('<h1><a name="page-1"></a>The agenda</h1>')


def test_styles_breaks_and_direction_are_kept() -> None:
    body = (p('A <text:span text:style-name="B">bold</text:span> word'), p("اردو متن", "R"))
    found = read_odt(odt(*body, p("2", "L"), styles=STYLES))
    assert [page.text for page in found.pages] == ["A bold word", "اردو متن\n2"]
    assert "<b>bold</b>" in found.reflow
    assert '<p dir="rtl"><a name="page-2"></a>اردو متن</p>' in found.reflow
    assert '<p dir="ltr"><sup>2</sup></p>' in found.reflow


def test_blanks_breaks_links_lists_and_tables() -> None:
    cells = (
        f'<table:table-cell table:number-columns-spanned="2">{p("wide")}</table:table-cell>'
        '<table:covered-table-cell/><table:table-cell table:number-columns-repeated="9999999"/>'
    )
    found = read_odt(
        odt(
            p('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'),
            p('<text:a xlink:href="http://example.org/spy">a link</text:a>'),
            f"<text:list><text:list-item>{p('one')}</text:list-item></text:list>",
            f"<table:table><table:table-row>{cells}</table:table-row></table:table>",
        )
    )
    assert found.pages[0].text == "a b c\nd\na link\none\nwide"
    assert "<li><p>one</p></li>" in found.reflow
    assert '<td colspan="2"><p>wide</p></td>' in found.reflow
    assert "example.org" not in found.reflow


def test_what_was_deleted_and_remarked_is_left_out() -> None:
    found = read_odt(
        odt(
            f"<text:tracked-changes>{p('deleted')}</text:tracked-changes>",
            p(f"kept<office:annotation>{p('a remark')}</office:annotation>"),
            "<!-- said -->",
        )
    )
    assert found.pages[0].text == "kept"


def test_notes_stand_at_the_end() -> None:
    note = f"<text:note><text:note-body>{p('the note')}</text:note-body></text:note>"
    found = read_odt(odt(p(f"Word{note} goes on"), p("Last<text:note/>")))
    assert found.pages[0].text == "Word1 goes on\nLast\n1. the note"


def picture(name: str) -> str:
    return p(f'<draw:frame><draw:image xlink:href="{name}"/></draw:frame>')


def test_pictures_and_boxes_stand_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    members = [("Pictures/a.png", b"\x89PNG"), ("Pictures/b.emf", b"EMF")]
    box = f"<draw:frame><draw:text-box>{p('in')}{p('a box')}</draw:text-box></draw:frame>"
    body = (picture("Pictures/a.png"), picture("./Pictures/b.emf"), picture("http://x/y.png"))
    found = read_odt(odt(*body, p(box), p("<draw:frame/>"), members=members))
    assert found.reflow.count('src="data:image/png;base64,iVBORw=="') == 1
    assert found.reflow.count("src=") == 1
    assert found.pages[0].text == "in\na box"
    monkeypatch.setattr("congress.docs.text.odt._MAX_PICTURE", 3)
    assert "src=" not in read_odt(odt(*body, members=members)).reflow


def test_a_locked_text_is_refused() -> None:
    locked = MANIFEST.replace(
        "/></m:manifest>", "><m:encryption-data/></m:file-entry></m:manifest>"
    )
    data = zipped(("content.xml", b"\x01\x02"), ("META-INF/manifest.xml", locked))
    with pytest.raises(InputError, match=r"docs\.office_password"):
        read_odt(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (odt(p("x"))[:-40], "docs.odt_damaged"),
        (zipped(("content.xml", b"<x/>")), "docs.odt_damaged"),
        (zipped(("other.xml", b"<x/>")), "docs.odt_damaged"),
        (odt(p("x"), head='<!DOCTYPE x [<!ENTITY a "b">]>'), "docs.docx_bomb"),
        (odt(p("x"), members=[("zeros", bytes(3_000_000))]), "docs.docx_bomb"),
        (
            odt("<text:list><text:list-item>" * 99 + "</text:list-item></text:list>" * 99),
            "docs.too_deep",
        ),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_odt(data)
    assert caught.value.code == code


def test_the_limits_can_be_set() -> None:
    with pytest.raises(InputError, match=r"docs\.docx_bomb"):
        read_odt(odt(p("x")), Limits(members=2))
