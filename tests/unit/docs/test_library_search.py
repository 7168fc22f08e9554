"""Pages of the library are found."""

from congress.docs.library import Library
from tests.helpers.papers import docx, paragraph, pdf
from tests.unit.docs.conftest import Write


def test_search_ranks_phrases_over_words_over_some(library: Library, file: Write) -> None:
    for name, text in (
        ("phrase", "the secret ballot is held"),
        ("words", "a ballot may be secret"),
        ("one", "the ballot is open"),
        ("none", "quite another matter"),
    ):
        library.import_file(file(f"{name}.pdf", pdf(text)), title=f"Title of {name}")
    hits = library.search("secret ballot")
    assert [hit.title for hit in hits] == ["Title of phrase", "Title of words"]
    assert [int(hit.score) for hit in hits] == [3, 2]
    assert [hit.title for hit in library.search("secret matter open")] != []
    assert [hit.title for hit in library.search('"ballot is open"')] == ["Title of one"]
    assert library.search('"ballot open"') == ()
    assert len(library.search("ballot", limit=2)) == 2
    assert library.search("?") == ()


def test_search_finds_unfinished_words_and_names_the_page(library: Library, file: Write) -> None:
    paper = library.import_file(file("a.pdf", pdf("First page", "The quorum rule")))
    (hit,) = library.search("quor")
    assert (hit.paper, hit.file, hit.page) == (paper.id, "a.pdf", 2)
    assert [hit.snippet[a:b] for a, b in hit.highlights] == ["quor"]
    assert library.search("quor ") == ()


def test_search_folds_vietnamese_and_urdu(library: Library, file: Write) -> None:
    vietnamese = docx(paragraph("Đại hội bầu cử ban chấp hành"))
    plain = docx(paragraph("Dai hoi bau cu khong dau"))
    urdu = docx(paragraph("كُل پاكستان مجلسِ شوریٰ کے اركان"))
    library.import_file(file("vi.docx", vietnamese))
    library.import_file(file("plain.docx", plain))
    library.import_file(file("ur.docx", urdu))
    assert {hit.file for hit in library.search("dai hoi bau cu")} == {"vi.docx", "plain.docx"}
    assert library.search("đại hội bầu cử")[0].file == "vi.docx"
    assert [hit.file for hit in library.search("پاکستان مجلس شوری")] == ["ur.docx"]
    (hit,) = library.search("ارکان")
    assert [hit.snippet[a:b] for a, b in hit.highlights] == ["اركان"]
