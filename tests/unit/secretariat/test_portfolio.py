import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from congress.app import OpenCongress
from congress.docs.pdfmerge import merged, page_counts
from congress.kernel.errors import Cancelled, InputError, RefusedError
from congress.kernel.progress import CancelFlag
from congress.kernel.roles import Clearance
from congress.secretariat.blocks import Heading, Items, Picture, Prose, Table
from congress.secretariat.portfolio import xhtml
from congress.secretariat.portfolio.book import BookForm, Portfolio
from congress.secretariat.portfolio.model import PublicPaper
from congress.secretariat.portfolio.prose import blocks_of
from tests.helpers.handouts import cheap_handout, open_house
from tests.helpers.papers import pdf
from tests.unit.secretariat.pdftext import text_of

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_X = "{http://www.w3.org/1999/xhtml}"
_EPUB = "{http://www.idpf.org/2007/ops}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenCongress]:
    with open_house(tmp_path_factory.mktemp("portfolio")) as congress:
        yield congress


@pytest.fixture(scope="module")
def books(house: OpenCongress, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("books") / "out"
    files = cheap_handout(house).portfolio.write(folder, "en", "vi", "ur")
    return {path.name: path.read_bytes() for path in files}


@pytest.fixture
def portfolio(house: OpenCongress) -> Portfolio:
    return cheap_handout(house).portfolio


def test_there_is_a_file_a_language_and_form(books: dict[str, bytes]) -> None:
    assert list(books) == [
        f"papers.{lang}.{form}" for lang in ("en", "vi", "ur") for form in ("epub", "pdf")
    ]


def _xml(data: bytes) -> Any:
    return etree.fromstring(data)


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_an_epub_is_whole(books: dict[str, bytes], lang: str) -> None:
    data = books[f"papers.{lang}.epub"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert not first.extra
        assert archive.testzip() is None
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    parts = _parts(data)
    container = _xml(parts["META-INF/container.xml"])
    assert container.find(".//{*}rootfile").get("full-path") == "OEBPS/book.opf"
    package = _xml(parts["OEBPS/book.opf"])
    manifest = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    spine = [ref.get("idref") for ref in package.iter(f"{_OPF}itemref")]
    assert set(spine) <= set(manifest)
    assert len(set(spine)) == len(spine)
    hrefs = {item.get("href") for item in manifest.values()}
    inside = {name.removeprefix("OEBPS/") for name in parts if name.startswith("OEBPS/")}
    assert hrefs == inside - {"book.opf"}
    assert [i for i, item in manifest.items() if item.get("properties") == "nav"] == ["nav"]
    modified = package.find(f".//{_OPF}meta[@property='dcterms:modified']")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", modified.text)
    identifier = package.find(f".//{_DC}identifier")
    assert identifier.get("id") == package.get("unique-identifier")
    languages = [each.text for each in package.iter(f"{_DC}language")]
    assert languages[0] == lang
    assert set(languages) == {"en", "vi", "ur"}
    turned = package.find(f"{_OPF}spine").get("page-progression-direction")
    assert turned == ("rtl" if lang == "ur" else "ltr")


def test_every_page_of_an_epub_is_xhtml_whose_links_lead_somewhere(
    books: dict[str, bytes],
) -> None:
    parts = _parts(books["papers.ur.epub"])
    for name, data in parts.items():
        if not name.endswith(".xhtml"):
            continue
        root = _xml(data)
        assert root.tag == f"{_X}html"
        assert root.get("lang") in ("en", "vi", "ur")
        assert (root.get("dir") == "rtl") == (root.get("lang") == "ur")
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        for link in (*root.iter(f"{_X}a"), *root.iter(f"{_X}img")):
            target = link.get("href") or link.get("src")
            assert str(PurePosixPath("OEBPS") / target) in parts
        assert not root.findall(f".//{_X}script")


def test_the_contents_of_an_epub_follow_the_agenda(books: dict[str, bytes]) -> None:
    nav = _xml(_parts(books["papers.en.epub"])["OEBPS/nav.xhtml"])
    toc = nav.find(f".//{_X}nav")
    assert toc.get(f"{_EPUB}type") == "toc"
    items = [each.text for each in toc.iter(f"{_X}span")]
    assert items == ["1. Open", "3. Statutes"]
    lines = [(each.get("lang"), each.text) for each in toc.iter(f"{_X}a")]
    assert lines == [
        ("en", "1. Title report.pdf"),
        ("ur", "12. Title rules.html"),
        ("vi", "2. Title statutes.docx"),
    ]


def test_the_contents_of_a_pdf_name_the_page_each_paper_begins_on(
    books: dict[str, bytes],
) -> None:
    for lang in ("en", "vi"):
        document = pypdfium2.PdfDocument(books[f"papers.{lang}.pdf"])
        pages = [page.get_textpage().get_text_bounded() for page in document]
        listed = pages[1].replace("\r", "")
        for title, words in (
            ("Title report.pdf", "Political report"),
            ("Title statutes.docx", "Article one of the statutes"),
        ):
            number = int(re.findall(r"\b\d+\b", listed.split(title)[1])[0])
            begins = next(
                at for at, page in enumerate(pages[2:], start=3) if words in " ".join(page.split())
            )
            assert number == begins
        for at, page in enumerate(pages, start=1):
            assert str(at) in page
        document.close()


@pytest.mark.parametrize("lang", ["en", "ur"])
def test_nothing_closed_is_in_a_book(books: dict[str, bytes], lang: str) -> None:
    held = b"".join(_parts(books[f"papers.{lang}.epub"]).values())
    held += text_of(books[f"papers.{lang}.pdf"]).encode()
    for words in ("Secretpaperzz", "Restricteddraftzz", "Budget of the boats", "Secretitemzz"):
        assert words.encode() not in held
    assert b"Political report" in held


def test_a_paper_that_is_not_public_has_no_value(house: OpenCongress) -> None:
    for paper in house.library.papers():
        if paper.clearance is Clearance.PUBLIC:
            assert PublicPaper.of(paper).id == paper.id
        else:
            with pytest.raises(RefusedError, match=r"portfolio\.not_public"):
                PublicPaper.of(paper)


def test_papers_can_be_chosen_and_what_is_not_public_is_not_found(
    house: OpenCongress, portfolio: Portfolio, tmp_path: Path
) -> None:
    secret = [p.id for p in house.library.papers() if p.clearance is not Clearance.PUBLIC]
    with pytest.raises(InputError, match=r"portfolio\.empty"):
        portfolio.write(tmp_path / "out", "en", chosen=secret)
    assert not (tmp_path / "out").exists()
    one = portfolio.papers()[0]
    (path,) = portfolio.write(
        tmp_path / "out", "en", chosen={one.id, *secret}, forms=[BookForm.EPUB]
    )
    assert sum(name.startswith("OEBPS/paper-") for name in _parts(path.read_bytes())) == 1


def test_a_cancelled_book_leaves_nothing(portfolio: Portfolio, tmp_path: Path) -> None:
    class Stopping(CancelFlag):
        def report(self, done: int, total: int, label: str = "") -> None:
            self.raise_flag()
            self.check()

    with pytest.raises(Cancelled):
        portfolio.write(tmp_path / "out", "en", progress=Stopping())
    assert list(tmp_path.iterdir()) == []


def _png() -> str:
    import base64

    stream = io.BytesIO()
    Image.new("RGB", (30, 20), "#336699").save(stream, "PNG")
    return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"


def test_reading_html_becomes_blocks() -> None:
    html = (
        f"<h1>The Title</h1>loose <b>words</b><h3>Deep</h3><blockquote><p>said</p></blockquote>"
        f"<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>"
        f"<table><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>"
        f'<p>before<img src="{_png()}"/>after</p><p> </p>'
    )
    blocks = blocks_of(html, "the  TITLE", "Picture")
    kinds = [type(block) for block in blocks]
    assert kinds == [Prose, Heading, Prose, Items, Items, Items, Table, Prose, Picture, Prose]
    assert [run.bold for run in blocks[0].runs] == [False, True]  # type: ignore[union-attr]
    assert blocks[1] == Heading("Deep", 1)
    assert blocks[2].quoted  # type: ignore[union-attr]
    assert blocks[6].rows == (("1", ""),)  # type: ignore[union-attr]
    assert 'width="30"' in blocks[8].svg  # type: ignore[union-attr]


def test_reading_html_becomes_xhtml_with_its_pictures_beside_it() -> None:
    html = (
        f'<p><a name="page-1"></a>one<br>two &amp; three</p><img src="{_png()}" alt="blue">'
        '<p><a name="page-1"></a>twice</p><img src="data:text/html;base64,AAAA"><ul></ul>\x07'
    )
    made = xhtml.chapter("T", "en", xhtml.element("h1", "T"), html)
    root = _xml(made.xhtml)
    assert [p.kind for p in made.pictures] == ["image/png"]
    (image,) = root.iter(f"{_X}img")
    assert image.get("alt") == "blue"
    assert len([each for each in root.iter() if each.get("id") == "page-1"]) == 1
    assert "two & three" in "".join(root.itertext())


def test_items_that_bear_their_numbers_get_no_others() -> None:
    html = '<ul type="none"><li>5. five</li><li>6. six<ul><li>point</li></ul></li></ul>'
    blocks = blocks_of(html, "T", "Picture")
    assert [type(block) for block in blocks] == [Prose, Prose, Items]
    assert blocks[1].runs[0].text == "6. six"  # type: ignore[union-attr]
    root = _xml(xhtml.chapter("T", "en", xhtml.element("h1", "T"), html).xhtml)
    assert [each.get("class") for each in root.iter(f"{_X}ul")] == ["numbered", None]
    assert all(each.get("type") is None for each in root.iter(f"{_X}ul"))


def test_turned_pages_keep_their_turn_and_get_their_number() -> None:
    pieces = [pdf("one", "two"), pdf("three", rotate=90), pdf("four", rotate=270)]
    assert page_counts(pieces) == [2, 1, 1]
    document = pypdfium2.PdfDocument(merged(pieces))
    assert [page.get_rotation() for page in document] == [0, 0, 90, 270]
    for at, page in enumerate(document, start=1):
        text = page.get_textpage()
        assert str(at) in text.get_text_bounded()
        text.close()
    document.close()


def test_what_is_no_pdf_is_said() -> None:
    with pytest.raises(InputError, match=r"docs\.pdf_damaged"):
        merged([b"no PDF at all"])
