"""Papers come into the library, or leave nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.model import PaperKind, TextOrigin
from congress.kernel.errors import Cancelled, EnvironmentFault, InputError
from congress.kernel.roles import Clearance
from congress.storage.unit_of_work import UnitOfWork
from tests.helpers.papers import docx, paragraph, pdf, protected_pdf
from tests.unit.docs.conftest import Write, blobs


def test_a_pdf_comes_in(library: Library, file: Write) -> None:
    data = pdf("Draft resolution on water", "Second page", title="Draft resolution")
    paper = library.import_file(file("draft_1.pdf", data))
    assert paper.title == "Draft resolution"
    assert paper.kind is PaperKind.PDF
    assert paper.origin is TextOrigin.PDF
    assert paper.clearance is Clearance.DELEGATES
    assert (paper.pages, paper.size, paper.language) == (2, len(data), "en")
    assert library.papers() == [paper]
    assert library.paper(paper.id) == paper
    assert [page.text for page in library.pages(paper.id)] == [
        "Draft resolution on water",
        "Second page",
    ]
    assert library.cover(paper.id).startswith(b"\x89PNG")
    with library.open(paper.id) as reader:
        assert reader.read() == data


def test_a_docx_comes_in_with_its_reading_html(library: Library, file: Write) -> None:
    data = docx(paragraph("Chương trình đại hội", "Heading1"), paragraph("Khai mạc"))
    paper = library.import_file(file("agenda.docx", data), clearance=Clearance.SECRET)
    assert (paper.title, paper.language) == ("Chương trình đại hội", "vi")
    assert "Chương trình đại hội</h1>" in library.reading_html(paper.id)
    assert library.cover(paper.id) == b""


def test_title_and_language_can_be_given(library: Library, file: Write) -> None:
    path = file("some_report_final.pdf", pdf("text"))
    assert library.import_file(path).title == "some report final"
    paper = library.import_file(file("b.pdf", pdf("other")), title=" A\ntitle ", language="ur")
    assert (paper.title, paper.language) == ("A title", "ur")


def test_a_name_that_lies_is_shown_without_its_tricks(library: Library, file: Write) -> None:
    paper = library.import_file(file("draft\u202efdp.\u0007pdf", pdf("text")))
    assert paper.file == "draftfdp.pdf"
    assert paper.title == "draftfdp"


def test_a_pdf_can_be_read_as_flowing_text(library: Library, file: Write) -> None:
    paper = library.import_file(file("a.pdf", pdf("One", "Two")))
    assert library.reading_html(paper.id) == (
        '<p><a name="page-1"></a>One</p><p><a name="page-2"></a>Two</p>'
    )


def test_the_same_content_comes_in_once(library: Library, file: Write) -> None:
    library.import_file(file("a.pdf", pdf("x")), title="The draft", clearance=Clearance.SECRET)
    with pytest.raises(InputError) as caught:
        library.import_file(file("copy.pdf", pdf("x")), clearance=Clearance.PUBLIC)
    assert caught.value.code == "docs.duplicate"
    assert caught.value.params == {"title": "The draft", "version": 1, "file": "copy.pdf"}


BAD = [
    (b"", "docs.empty_file"),
    (b"%PDF-1.4 broken", "docs.pdf_damaged"),
    (protected_pdf(), "docs.pdf_password"),
    (b"<html>not found", "docs.wrong_name"),
    (b"\x00\x01\x02", "docs.unknown_kind"),
    (docx(members=[("zeros.bin", bytes(3_000_000))]), "docs.docx_bomb"),
    (docx("<broken"), "docs.docx_damaged"),
]


@pytest.mark.parametrize(("data", "code"), BAD)
def test_a_bad_file_leaves_nothing(
    library: Library, file: Write, tmp_path: Path, data: bytes, code: str
) -> None:
    with pytest.raises(InputError) as caught:
        library.import_file(file("bad.pdf", data))
    assert caught.value.code == code
    assert caught.value.params["file"] == "bad.pdf"
    assert library.papers() == []
    assert blobs(tmp_path) == []


def test_a_missing_file_and_a_folder(library: Library, tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pdf", tmp_path):
        with pytest.raises(InputError, match=r"docs\.no_such_file"):
            library.import_file(path)


def test_an_unreadable_file(library: Library, file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> object:
        raise PermissionError

    path = file("a.pdf", pdf("x"))
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(EnvironmentFault, match=r"docs\.cannot_read"):
        library.import_file(path)


class Watch:
    """Cancels at a step, or changes the file behind the import's back."""

    def __init__(self, at: int, act: Callable[[], None]) -> None:
        self.steps = 0
        self.reported: list[tuple[int, int]] = []
        self._at, self._act = at, act

    def report(self, done: int, total: int, label: str = "") -> None:
        self.reported.append((done, total))

    def check(self) -> None:
        self.steps += 1
        if self.steps == self._at:
            self._act()


def cancel() -> None:
    raise Cancelled


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_cancelled_import_leaves_nothing(
    library: Library, file: Write, tmp_path: Path, step: int
) -> None:
    watch = Watch(step, cancel)
    with pytest.raises(Cancelled):
        library.import_file(file("a.pdf", pdf("one", "two")), progress=watch)
    assert library.papers() == []
    assert blobs(tmp_path) == []


def test_progress_tells_pages(library: Library, file: Write) -> None:
    watch = Watch(0, cancel)
    library.import_file(file("a.pdf", pdf("one", "two")), progress=watch)
    assert watch.reported == [(1, 2), (2, 2)]


@pytest.mark.parametrize("data", [pdf("one", "2wo"), pdf("one"), pdf("one", "two", "three")])
def test_a_file_that_changes_meanwhile_is_refused(
    library: Library, file: Write, tmp_path: Path, data: bytes
) -> None:
    path = file("a.pdf", pdf("one", "two"))
    with pytest.raises(InputError, match=r"docs\.changed_meanwhile"):
        library.import_file(path, progress=Watch(3, lambda: overwrite(path, data)))
    assert blobs(tmp_path) == []


def overwrite(path: Path, data: bytes) -> None:
    with path.open("r+b") as target:
        target.write(data)
        target.truncate()


def test_a_failed_commit_leaves_no_blob(
    library: Library, file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: UnitOfWork) -> None:
        raise EnvironmentFault("disk.full", file="delegates.db")

    monkeypatch.setattr(UnitOfWork, "commit", full)
    with pytest.raises(EnvironmentFault):
        library.import_file(file("a.pdf", pdf("x")))
    assert blobs(tmp_path) == []
    assert library.papers() == []


def test_a_paper_without_text_is_marked(library: Library, file: Write) -> None:
    paper = library.import_file(file("scan.pdf", pdf("")))
    assert paper.origin is TextOrigin.NONE
    assert library.search("scan") != ()


SAMPLES = {
    "press_urdu_0.txt": "سوشل میڈیا ایکٹوسٹ عمران غزالی",
    "udhr_eng.txt": "the foundation of freedom, justice and peace",
    "udhr_english.docx": "born free and equal in dignity and rights",
    "udhr_english.html": "disregard and contempt for human rights",
    "udhr_english.pdf": "faith in fundamental human rights",
    "udhr_urd.txt": "انسانوں کے مساوی اور ناقابلِ انتقال حقوق",
    "udhr_urdu.docx": "انسانوں کی بلند ترین آرزو",
    "udhr_urdu.html": "خوف اور احتیاج سے محفوظ رہیں",
    "udhr_urdu_naskh.pdf": "آزادی، انصاف اور امن کی بنیاد",
    "udhr_urdu_nastaliq.pdf": "جبر اور استبداد کے خلاف بغاوت",
    "udhr_vie.txt": "nhân phẩm vốn có",
    "udhr_vietnamese.docx": "tu do ngon luan va tin nguong",
    "udhr_vietnamese.pdf": "sự xâm phạm và coi thường nhân quyền",
    "udhr_vietnamese_nfd.pdf": "co so cho tu do, cong bang va hoa binh",
}


def test_every_real_paper_comes_in_and_is_found(library: Library, shared_data: Path) -> None:
    folder = shared_data / "papers"
    papers = {path.name: library.import_file(path) for path in sorted(folder.iterdir())}
    assert len(papers) >= len(SAMPLES)
    for name, paper in papers.items():
        language = {"en": "en", "vi": "vi"}.get(name.removeprefix("udhr_")[:2], "ur")
        assert paper.language == language, name
    for name, phrase in SAMPLES.items():
        found = {hit.file for hit in library.search(phrase, limit=30) if hit.score >= 3}
        assert name in found, name
