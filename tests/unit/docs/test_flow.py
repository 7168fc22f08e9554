from hypothesis import given
from hypothesis import strategies as st

from congress.docs.flow import flow_of
from congress.docs.model import PageText, PaperKind
from congress.docs.pdfium import OutlineItem
from congress.docs.text.numerals import GAP
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


def _table(rows: int) -> tuple[str, list[str]]:
    cells = "".join(
        f"<tr><td>{at}</td><td>{'word ' * 12}of row {at}</td></tr>" for at in range(rows)
    )
    made = pages_of(f"<p>Before it</p><table>{cells}</table><p>After it</p>", PaperKind.HTML)
    return made.reflow, [page.text for page in made.pages]


def test_a_long_table_is_cut_where_pages_begin() -> None:
    html, texts = _table(400)
    flow = flow_of(html, texts)
    assert len(flow.sections) >= len(texts) - 1 > 5
    whole = "".join(section.html for section in flow.sections)
    assert [f"of row {at}<" in whole for at in range(400)] == [True] * 400
    assert whole.index("of row 0<") < whole.index("of row 399<") < whole.index("After it")
    assert flow.sections[3].html.count("<tr>") < 60
    for section in flow.sections[1:-1]:
        first = texts[section.pages.start - 1].splitlines()
        assert any(line in section.html for line in first[:4])


def test_a_table_with_joined_cells_stays_whole() -> None:
    html, texts = _table(60)
    joined = html.replace("<td>3</td>", '<td rowspan="2">3</td>')
    assert flow_of(joined, texts).sections[-1].html.count("<table") <= 1


def test_a_long_list_kept_without_numbers_goes_on_counting() -> None:
    items = "".join(f"<li>{'point ' * 30}{at}</li>" for at in range(80))
    texts = [page.text for page in pages_of(f"<ul>{items}</ul>", PaperKind.HTML).pages]
    flow = flow_of(f"<ol>{items}</ol>", texts)
    starts = [
        int(section.html.partition('start="')[2].partition('"')[0]) for section in flow.sections
    ]
    assert starts[0] == 1
    assert starts == sorted(starts)
    assert len(starts) > 3


def test_a_long_list_that_bears_its_numbers_is_cut_without_losing_them() -> None:
    items = "".join(f"<li>{'point ' * 30}{at}</li>" for at in range(80))
    made = pages_of(f'<ol start="5">{items}</ol>', PaperKind.HTML)
    flow = flow_of(made.reflow, [page.text for page in made.pages])
    assert len(flow.sections) > 3
    assert all(section.html.startswith('<ul type="none"><li>') for section in flow.sections)
    for section in flow.sections:
        text = made.pages[section.pages[0] - 1].text
        assert f">{text.partition(' ')[0]}{GAP}" in section.html
