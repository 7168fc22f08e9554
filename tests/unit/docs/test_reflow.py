import pytest

from congress.docs.model import PageText, PaperKind
from congress.docs.text.reflow import (
    PAGE_CHARS,
    html_of_pages,
    pages_of,
    plain_html,
    sanitised,
)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{background:url(http://x)}</style>",
        '<img src="http://example.org/spy.png">',
        '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
        '<img src="data:text/html;base64,PHN2Zz4=">',
        '<a href="http://example.org">x</a>',
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)" style="background:url(http://x)">x</p>',
        '<iframe src="http://example.org"></iframe>',
        '<svg><image href="http://example.org"/></svg>',
        '<object data="http://example.org"></object>',
        '<link rel="stylesheet" href="http://example.org">',
        '<meta http-equiv="refresh" content="0;url=http://example.org">',
    ],
)
def test_nothing_that_acts_or_calls_out_is_left(html: str) -> None:
    clean = sanitised(f"<p>kept</p>{html}")
    assert "kept" in clean
    for bad in ("http", "script", "alert", "style", "svg", "data:"):
        assert bad not in clean


def test_what_makes_a_text_stays() -> None:
    html = (
        '<h1>Title</h1><p>A <strong>bold</strong> <a href="#n-1" id="n-2">note</a></p>'
        '<table><tbody><tr><td colspan="2">cell</td></tr></tbody></table>'
        '<img src="data:image/png;base64,AAAA" alt="seal">'
    )
    assert sanitised(html) == html


def test_loose_words_become_paragraphs() -> None:
    found = pages_of("Loose <b>words</b> here<p>A paragraph</p>and a tail<br>more", PaperKind.HTML)
    assert found.pages[0].text == "Loose words here\nA paragraph\nand a tail\nmore"
    assert found.reflow.count("<p>") == 3


def test_a_word_is_not_cut_by_its_marking() -> None:
    found = pages_of(
        "<p>Uni<b>ver</b>sal</p><table><tr><td>a</td><td>b</td></tr></table>", PaperKind.HTML
    )
    assert found.pages[0].text == "Universal\na\nb"


def test_the_first_heading_is_the_title_else_what_is_given() -> None:
    assert pages_of("<h2>The\nheading</h2>", PaperKind.HTML, "given").title == "The heading"
    assert pages_of("<p>text</p>", PaperKind.HTML, "given").title == "given"


def test_a_table_longer_than_a_page_goes_over_several() -> None:
    rows = "".join(f"<tr><td>{'x' * 99}</td></tr>" for _ in range(PAGE_CHARS // 99 * 2))
    found = pages_of(f"<p>First</p><table>{rows}</table>", PaperKind.HTML)
    assert len(found.pages) == 3
    assert all(len(page.text) <= PAGE_CHARS * 1.1 for page in found.pages)
    assert found.reflow.count("<a name=") == 3


def test_nothing_gives_one_empty_page() -> None:
    found = pages_of("", PaperKind.HTML)
    assert found.pages == (PageText(""),)


def test_plain_text_is_escaped() -> None:
    assert plain_html("a < b\n\n  & c ") == "<p>a &lt; b</p><p>&amp; c</p>"


def test_lines_of_a_fixed_page_are_joined_to_paragraphs() -> None:
    html = html_of_pages(
        [
            PageText(
                "a line that goes on to the next one\nand ends here <soon>.\nAnother paragraph"
            ),
            PageText(""),
        ]
    )
    assert html == (
        '<p><a name="page-1"></a>a line that goes on to the next one '
        "and ends here &lt;soon&gt;.</p>"
        "<p>Another paragraph</p>"
    )
