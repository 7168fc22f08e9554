"""What a search over a whole library finds, and in which order."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path

import pytest

from congress.docs.filters import SearchFilter
from congress.docs.library import Library
from congress.docs.model import Details, Hit, Paper, PaperType
from congress.kernel.clock import ManualClock
from congress.kernel.errors import InputError
from congress.kernel.roles import Clearance, Shelf
from tests.helpers.papers import docx, make_library, paper_files, paragraph, pdf
from tests.helpers.vaults import manual_clock

Write = Callable[[str, bytes], Path]


def shown(hit: Hit) -> list[str]:
    return [hit.snippet[a:b] for a, b in hit.highlights]


def places(hits: Sequence[Hit]) -> list[tuple[str, int]]:
    return [(hit.file, hit.page) for hit in hits]


def test_a_title_comes_before_every_page(library: Library, file: Write) -> None:
    library.import_file(file("text.pdf", pdf("The finance report. " * 20)), title="Another matter")
    titled = library.import_file(
        file("title.pdf", pdf("First page", "Second")), title="Report on finance"
    )
    first, second = library.search("finance report")
    assert (first.paper, first.page, first.snippet) == (titled.id, 1, "First page")
    assert [first.title[a:b] for a, b in first.title_highlights] == ["Report", "finance"]
    assert first.score >= 4 > second.score
    assert second.title_highlights == ()


def test_a_number_and_an_agenda_item_find_their_papers(library: Library, file: Write) -> None:
    paper = library.import_file(
        file("a.pdf", pdf("Text")), title="Draft", number="12/b", agenda="3. Tài chính"
    )
    library.import_file(file("b.pdf", pdf("Other")), title="Other")
    assert [hit.paper for hit in library.search("12/b")] == [paper.id]
    assert [hit.paper for hit in library.search("tai chinh")] == [paper.id]
    (hit,) = library.search("tai chinh")
    assert [hit.about[a:b] for a, b in hit.about_highlights] == ["Tài chính"]
    assert hit.about == "3. Tài chính"
    (hit,) = library.search("12/b tài")
    assert hit.about == "12/b · 3. Tài chính"
    (hit,) = library.search("draft")
    assert (hit.about, hit.about_highlights) == ("", ())
    library.describe(paper.id, Details("Draft", "en", number="13"))
    assert library.search("12/b") == ()
    assert [hit.paper for hit in library.search("13")] == [paper.id]


def test_a_new_title_is_found_and_the_pages_stay(library: Library, file: Write) -> None:
    paper = library.import_file(file("a.pdf", pdf("On the ballot", "box it goes")), title="Old")
    library.describe(paper.id, Details("New", "en"))
    assert library.search("old") == ()
    assert places(library.search("new")) == [("a.pdf", 1)]
    assert places(library.search("box it")) == [("a.pdf", 2)]
    assert places(library.search('"ballot box"')) == [("a.pdf", 1)]


def test_words_near_each_other_come_before_words_far_apart(library: Library, file: Write) -> None:
    far = "secret " + "word " * 60 + "ballot"
    for name, text in (("far", far), ("near", "a ballot that is secret"), ("as", "secret ballot")):
        library.import_file(file(f"{name}.docx", docx(paragraph(text))), title=name)
    hits = library.search("secret ballot ")
    assert [hit.title for hit in hits] == ["as", "near", "far"]
    assert [int(hit.score) for hit in hits] == [3, 2, 1]


@pytest.mark.parametrize(
    "typed", ["house of delegates", '"house of delegates"', '"the house of de']
)
def test_a_phrase_over_a_page_break_is_found_where_it_begins(
    library: Library, file: Write, typed: str
) -> None:
    pages = ("Opening words", "Then comes the house\\n2", "of delegates and votes\\n3")
    library.import_file(file("a.pdf", pdf(*(page.replace("\\n", "\n") for page in pages))))
    (hit,) = library.search(typed)
    assert hit.page == 2
    assert " ".join(shown(hit)[0].split()).lower().startswith(typed.strip('"').split()[0])
    assert hit.score >= 3


def test_a_phrase_at_the_top_of_a_page_is_found_once(library: Library, file: Write) -> None:
    library.import_file(file("a.pdf", pdf("Before it", "secret ballot and more", "after")))
    assert places(library.search("secret ballot")) == [("a.pdf", 2)]
    assert places(library.search('"before it" "secret ballot"')) == []


def test_a_page_with_the_words_apart_stays_a_hit_before_the_phrase(
    library: Library, file: Write
) -> None:
    before = "ballot " + "word " * 30 + "secret end"
    library.import_file(file("a.docx", docx(paragraph(before), PAGE_BREAK, paragraph(PHRASE))))
    hits = library.search("secret ballot ")
    assert places(list(hits)) == [("a.docx", 2), ("a.docx", 1)]
    assert [int(hit.score) for hit in hits] == [3, 1]


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
PHRASE = "secret ballot it is"


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def filled(tmp_path: Path, file: Write, clock: ManualClock) -> tuple[Library, dict[str, Paper]]:
    """A library in which every paper has the word "budget"."""
    library = make_library(tmp_path, clock=clock)
    papers = {}
    for name, language, clearance, kind, agenda, dated in (
        ("plan", "en", Clearance.PUBLIC, PaperType.DRAFT, "1. Budget", date(2026, 1, 5)),
        ("sum", "en", Clearance.DELEGATES, PaperType.REPORT, "2. Elections", None),
        ("ngan", "vi", Clearance.DELEGATES, PaperType.REPORT, "", date(2026, 3, 1)),
        ("mizania", "ur", Clearance.SECRET, PaperType.DRAFT, "1. Budget", None),
    ):
        clock.advance(timedelta(days=1))
        papers[name] = library.import_file(
            file(f"{name}.pdf", pdf(f"The budget of {name}", "More of the budget")),
            title=name,
            language=language,
            clearance=clearance,
            type=kind,
            agenda=agenda,
            dated=dated,
        )
    return library, papers


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (SearchFilter(), {"plan", "sum", "ngan", "mizania"}),
        (SearchFilter(languages=frozenset({"en", "ur"})), {"plan", "sum", "mizania"}),
        (SearchFilter(shelves=frozenset({Shelf(Clearance.SECRET)})), {"mizania"}),
        (SearchFilter(types=frozenset({PaperType.REPORT})), {"sum", "ngan"}),
        (SearchFilter(agendas=frozenset({"1. Budget", ""})), {"plan", "ngan", "mizania"}),
        (SearchFilter(since=date(2026, 3, 1)), {"sum", "ngan", "mizania"}),
        (SearchFilter(until=date(2026, 3, 1)), {"plan", "ngan"}),
        (SearchFilter(since=date(2026, 3, 16), until=date(2026, 3, 16)), {"sum"}),
        (SearchFilter(only=frozenset()), set()),
    ],
)
def test_filters_apply_inside_the_query(
    filled: tuple[Library, dict[str, Paper]], wanted: SearchFilter, expected: set[str]
) -> None:
    library, papers = filled
    for limit in (1, 20):
        found = {hit.title for hit in library.search("budget", limit, wanted)}
        assert found == expected if limit == 20 else len(found) == min(1, len(expected))
    assert {paper.title for paper in papers.values() if wanted.keeps(paper)} == expected
    assert set(library.count_pages("budget", wanted).values()) <= {2}
    assert {paper.id for paper in papers.values() if wanted.keeps(paper)} == set(
        library.count_pages("budget", wanted)
    )


def test_named_papers_are_kept_and_left_out(filled: tuple[Library, dict[str, Paper]]) -> None:
    library, papers = filled
    some = frozenset({papers["plan"].id, papers["sum"].id})
    only, without = SearchFilter(only=some), SearchFilter(without=some)
    assert {hit.title for hit in library.search("budget", 20, only)} == {"plan", "sum"}
    assert {hit.title for hit in library.search("budget", 20, without)} == {"ngan", "mizania"}


def test_many_dropped_candidates_do_not_shorten_the_answer(library: Library, file: Write) -> None:
    pages = [f"secret ballot {number}" for number in range(12)]
    library.import_file(file("a.pdf", pdf(*pages)))
    assert len(library.search('"secret ballot"', limit=10)) == 10


def test_a_damaged_index_is_named(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    library.import_file(file("a.pdf", pdf("ballot")), clearance=Clearance.PUBLIC)
    with ExitStack() as stack:
        connection = stack.enter_context(papers[Clearance.PUBLIC].reading())
        path = Path(connection.exec_driver_sql("PRAGMA database_list").fetchall()[0][2])
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    papers[Clearance.PUBLIC].close()
    data = bytearray(path.read_bytes())
    for at in range(4096 + 100, len(data), 4096):
        data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        library.search("ballot")
    assert (caught.value.code, caught.value.params["file"]) == ("vault.damaged", "public.db")
