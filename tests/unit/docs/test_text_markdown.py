from congress.docs.model import PaperKind
from congress.docs.text.markdown import read_markdown


def test_headings_lists_and_tables() -> None:
    found = read_markdown(b"# The agenda\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert (found.kind, found.title) == (PaperKind.MARKDOWN, "The agenda")
    assert found.pages[0].text == "The agenda\none\ntwo\na\nb\n1\n2"
    assert "<th>a</th>" in found.reflow


def test_html_in_it_is_words_and_links_lead_nowhere() -> None:
    found = read_markdown(
        b"<script>x</script> [out](http://spy.example) ![p](http://spy.example/p)"
    )
    assert "<script" not in found.reflow
    assert "spy.example" not in found.reflow
    assert "out" in found.pages[0].text


def test_details_before_the_text_are_no_text() -> None:
    found = read_markdown('---\ntitle: "Nghị quyết"\ndate: x\n---\nVăn bản\n'.encode())
    assert (found.title, found.pages[0].text) == ("Nghị quyết", "Văn bản")
    assert read_markdown(b"---\ndate: x\n---\nText").title == ""
