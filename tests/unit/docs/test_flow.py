from hypothesis import given
from hypothesis import strategies as st

from congress.docs.flow import flow_of
from congress.docs.model import PageText, PaperKind
from congress.docs.pdfium import OutlineItem
from congress.docs.text.reflow import html_of_pages, pages_of


def test_each_page_begins_a_section() -> None:
    texts = ["First page\nmore of it", "", "Third page"]
    flow = flow_of(html_of_pages([PageText(text) for text in texts]), texts)
    assert [section.pages for section in flow.sections] == [range(1, 3), range(3, 4)]
    assert "First page" in flow.sections[0].html
    assert "Third page" in flow.sections[1].html


def test_a_paper_without_text_has_one_section() -> None:
    assert [section.pages for section in flow_of("", ["", ""]).sections] == [range(1, 3)]
    assert [section.pages for section in flow_of("", []).sections] == [range(1, 2)]


def test_pages_that_begin_in_one_block_share_a_section() -> None:
    rows = "".join(f"<tr><td>{'cell ' * 200}</td></tr>" for _ in range(10))
    made = pages_of(f"<p>before</p><table>{rows}</table><p>{'after ' * 600}</p>", PaperKind.HTML)
    flow = flow_of(made.reflow, [page.text for page in made.pages])
    assert len(made.pages) > 3
    assert flow.sections[0].pages.start == 1
    assert flow.sections[-1].pages.stop == len(made.pages) + 1


def test_headings_and_named_places() -> None:
    made = pages_of(
        '<h1>Rules</h1><p>see <a href="#end">below</a></p><h2>Quorum</h2>'
        '<ul><li id="end">Two thirds</li></ul>',
        PaperKind.HTML,
    )
    texts = [page.text for page in made.pages]
    flow = flow_of(made.reflow, texts)
    assert flow.headings == (OutlineItem("Rules", 0, 1), OutlineItem("Quorum", 1, 1))
    page, offset = flow.anchors["end"]
    assert page == 1
    assert texts[0][offset:] == "Two thirds"


@given(st.lists(st.text("ab cd\n", max_size=80), min_size=1, max_size=12))
def test_every_page_is_in_exactly_one_section(texts: list[str]) -> None:
    flow = flow_of(html_of_pages([PageText(text) for text in texts]), texts)
    pages = [page for section in flow.sections for page in section.pages]
    assert pages == list(range(1, len(texts) + 1))
