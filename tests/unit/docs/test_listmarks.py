import pytest

from congress.docs.model import PaperKind
from congress.docs.text.markdown import read_markdown
from congress.docs.text.numerals import GAP
from congress.docs.text.reflow import pages_of, resanitised


def lines(html: str) -> list[str]:
    return pages_of(html, PaperKind.HTML).pages[0].text.splitlines()


def test_a_list_starts_where_it_says() -> None:
    html = '<ol start="5"><li>five</li><li>six</li></ol><p>x</p><ol start="7"><li>seven</li></ol>'
    assert lines(html) == ["5. five", "6. six", "x", "7. seven"]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<ol type="a"><li>x</li><li>y</li></ol>', ["a. x", "b. y"]),
        ('<ol type="I" start="3"><li>x</li><li type="i">y</li></ol>', ["III. x", "iv. y"]),
        ('<ol><li>x</li><li value="9">y</li><li>z</li></ol>', ["1. x", "9. y", "10. z"]),
        ("<ol reversed><li>x</li><li>y</li></ol>", ["2. x", "1. y"]),
        ('<ol start="-1"><li>x</li></ol>', ["-1. x"]),
        ('<ol start="many"><li>x</li></ol>', ["1. x"]),
        ('<ol start="99999999999999"><li>x</li></ol>', ["1. x"]),
        ('<ol type="none"><li>x</li></ol>', ["x"]),
        ('<ul><li value="3">x</li></ul>', ["x"]),
        ("<ol><li><p>x</p><p>y</p></li></ol>", ["1. x", "y"]),
        ("<ol><li><b>x</b> y</li></ol>", ["1. x y"]),
        ("<ol><li>x<ol type=a><li>y</li></ol></li></ol>", ["1. x", "a. y"]),
        ("<ol><li><ol><li>y</li></ol></li></ol>", ["1.", "1. y"]),
    ],
)
def test_items_bear_the_numbers_a_browser_would_show(html: str, wanted: list[str]) -> None:
    assert lines(html) == wanted


def test_nobody_counts_what_bears_its_number() -> None:
    html = pages_of('<ol start="5" type="a"><li value="6">x</li></ol>', PaperKind.HTML).reflow
    assert html == f'<ul type="none"><li><a name="page-1"></a>f.{GAP}x</li></ul>'
    assert 'type="none"' in resanitised(html)


def test_other_types_of_lists_are_left_out() -> None:
    assert "type" not in pages_of('<ul type="square"><li>x</li></ul>', PaperKind.HTML).reflow


def test_a_list_in_markdown_starts_where_it_says() -> None:
    assert read_markdown(b"5. five\n6. six\n").pages[0].text == "5. five\n6. six"
