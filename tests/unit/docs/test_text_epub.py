import pytest

from congress.docs.model import PaperKind, TextOrigin
from congress.docs.text.epub import read_epub
from congress.kernel.errors import InputError
from tests.helpers.formats import epub, zipped

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="b.opf"/></rootfiles></container>'
)
PNG = '<item id="p" href="p%20a.png" media-type="image/png"/>'


def test_chapters_in_the_order_of_the_spine() -> None:
    found = read_epub(epub("<h1>One</h1><p>first</p>", "loose<p>second</p>", title="The book"))
    assert (found.kind, found.origin, found.title) == (PaperKind.EPUB, TextOrigin.SOURCE, "One")
    assert [page.text for page in found.pages] == ["One\nfirst", "loose\nsecond"]
    assert read_epub(epub("<p>x</p>", title="The  book")).title == "The book"


def test_the_contents_stand_before_the_text() -> None:
    found = read_epub(epub("<p>a</p>", "<p>b</p>", nav=[("Alpha", 1), ("Beta &amp; more", 2)]))
    assert [page.text for page in found.pages] == ["Alpha\nBeta & more", "a", "b"]
    assert '<a href="#c2">Beta &amp; more</a>' in found.reflow
    assert '<a id="c2"></a>' in found.reflow


def test_old_books_have_their_contents_elsewhere() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel>'
        '<text>Alpha</text></navLabel><content src="c1.xhtml#top"/></navPoint></navMap></ncx>'
    )
    item = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    found = read_epub(epub("<p>a</p>", members=[("OEBPS/toc.ncx", ncx.encode())], items=item))
    assert found.pages[0].text == "Alpha"


def test_links_go_to_chapters_or_nowhere() -> None:
    found = read_epub(
        epub('<p><a href="c2.xhtml#x">on</a><a href="http://spy.example">out</a></p>', "<p>b</p>")
    )
    assert '<a href="#c2">on</a>' in found.reflow
    assert "spy" not in found.reflow


def test_pictures_of_the_book_are_put_into_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    body = '<p>x<img src="p%20a.png"/><img src="http://x/y.png"/><img src="q.svg"/></p>'
    book = epub(body, members=[("OEBPS/p a.png", b"\x89PNG")], items=PNG)
    assert read_epub(book).reflow.count("src=") == 1
    monkeypatch.setattr("congress.docs.text.epub._MAX_PICTURE", 3)
    assert "src=" not in read_epub(book).reflow


def test_scripts_styles_and_remote_things_are_dropped() -> None:
    found = read_epub(
        epub(
            '<script>alert("x")</script><style>p{background:url(http://x)}</style>'
            '<p onclick="x()" style="color:red">kept</p><iframe src="http://x"></iframe>'
        )
    )
    assert found.reflow == '<p><a id="c1"></a></p><p><a name="page-1"></a>kept</p>'


def test_the_direction_of_a_chapter_is_kept() -> None:
    found = read_epub(epub('<div dir="rtl"><p>اردو</p>متن</div>'))
    assert found.reflow.count('dir="rtl"') == 2


def test_a_missing_chapter_leaves_the_others() -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="gone"/></spine></package>'
    )
    page = "<html><body><p>here</p></body></html>"
    data = zipped(("META-INF/container.xml", CONTAINER), ("b.opf", package), ("b.xhtml", page))
    assert [each.text for each in read_epub(data).pages] == ["here"]


LOCK = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (epub("<p>x</p>")[:-30], "docs.epub_damaged"),
        (zipped(("META-INF/container.xml", b"<x/>")), "docs.epub_damaged"),
        (zipped(("META-INF/container.xml", CONTAINER)), "docs.epub_damaged"),
        (zipped(("META-INF/container.xml", CONTAINER), ("b.opf", "<x/>")), "docs.epub_damaged"),
        (
            epub("<p>x</p>", members=[("META-INF/encryption.xml", LOCK.format("aes").encode())]),
            "docs.epub_locked",
        ),
        (epub("<div>" * 300 + "</div>" * 300), "docs.too_deep"),
        (
            epub("<p>x</p>", members=[("OEBPS/x.xhtml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')]),
            "docs.docx_bomb",
        ),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        read_epub(data)
    assert caught.value.code == code


def test_hidden_fonts_are_no_lock() -> None:
    lock = LOCK.format("http://www.idpf.org/2008/embedding").encode()
    assert read_epub(epub("<p>x</p>", members=[("META-INF/encryption.xml", lock)])).pages
