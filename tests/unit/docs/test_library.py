from collections.abc import Callable
from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.model import (
    Details,
    PaperChanged,
    PaperImported,
    PaperKind,
    PaperRemoved,
    TextOrigin,
)
from congress.kernel.errors import Cancelled, EnvironmentFault, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import PaperId
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage.audit import verify_audit
from congress.storage.blobs import BlobStore
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork
from tests.helpers.papers import docx, make_library, paper_files, paragraph, pdf, protected_pdf

Write = Callable[[str, bytes], Path]


def blobs(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "blobs").iterdir())


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


def test_only_the_secretariat_changes_the_library(tmp_path: Path, file: Write) -> None:
    library = make_library(tmp_path, Role.DELEGATE)
    path = file("a.pdf", pdf("x"))
    paper_id = PaperId("a" * 26)
    for work in (
        lambda: library.import_file(path),
        lambda: library.describe(paper_id, Details("x", "en")),
        lambda: library.change_clearance(paper_id, Clearance.PUBLIC),
        lambda: library.remove(paper_id),
        library.mend,
    ):
        with pytest.raises(RefusedError, match=r"role\.not_allowed"):
            work()


def test_a_clearance_that_is_not_held(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    del papers[Clearance.SECRET]
    library = make_library_with(papers, tmp_path)
    with pytest.raises(RefusedError, match=r"clearance\.not_held"):
        library.import_file(file("a.pdf", pdf("x")), clearance=Clearance.SECRET)


def make_library_with(papers: dict[Clearance, Database], folder: Path) -> Library:
    whole = make_library(folder)
    return Library(
        {Shelf(each): database for each, database in papers.items()},
        BlobStore(folder / "blobs"),
        lambda shelf: shelf.clearance.value.encode().ljust(32, b"-"),
        whole._actor,
        whole._clock,
    )


def test_a_delegate_sees_what_delegates_may(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    secretariat = make_library(tmp_path, papers=papers)
    delegate = make_library(tmp_path, Role.DELEGATE, papers=papers)
    ids = {
        each: secretariat.import_file(
            file(f"{each}.pdf", pdf(f"Words about {each}")), clearance=each
        ).id
        for each in Clearance
    }
    assert delegate.clearances == (Clearance.PUBLIC, Clearance.DELEGATES)
    assert {paper.clearance for paper in delegate.papers()} == set(delegate.clearances)
    assert {hit.clearance for hit in delegate.search("words about")} == set(delegate.clearances)
    assert delegate.search("secret") == ()
    for work in (delegate.paper, delegate.open, delegate.pages, delegate.cover):
        with pytest.raises(InputError, match=r"docs\.unknown_paper"):
            work(ids[Clearance.SECRET])


def test_the_log_says_who_opened_what(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    paper = make_library(tmp_path, papers=papers).import_file(file("a.pdf", pdf("x")))
    make_library(tmp_path, Role.DELEGATE, papers=papers).open(paper.id).close()
    with papers[Clearance.DELEGATES].reading() as connection:
        rows = connection.exec_driver_sql("SELECT action, subject, member_id FROM audit").all()
    assert [row.action for row in rows] == ["paper.imported", "paper.opened"]
    assert rows[1].subject == paper.id
    assert rows[1].member_id.startswith("delegate")


def test_a_damaged_blob_is_refused_by_name(library: Library, file: Write, tmp_path: Path) -> None:
    paper = library.import_file(file("a.pdf", pdf("x")), title="The rules")
    (name,) = blobs(tmp_path)
    path = tmp_path / "blobs" / name
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(InputError) as caught:
        library.open(paper.id)
    assert caught.value.code == "docs.blob_damaged"
    assert caught.value.params == {"title": "The rules"}
    assert library.pages(paper.id)[0].text == "x"


def test_an_opening_that_cannot_be_logged_fails_where_papers_are_held_back(
    library: Library, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_back = library.import_file(file("a.pdf", pdf("x")), clearance=Clearance.SECRET)
    handed_out = library.import_file(file("b.pdf", pdf("y")))

    def full(_: UnitOfWork) -> None:
        raise EnvironmentFault("disk.full", file="delegates.db")

    monkeypatch.setattr(UnitOfWork, "commit", full)
    with pytest.raises(EnvironmentFault):
        library.open(held_back.id)
    library.open(handed_out.id).close()


def test_title_and_language_are_corrected(library: Library, file: Write) -> None:
    before = library.import_file(file("a.pdf", pdf("Some words")), title="Wrong")
    after = library.describe(before.id, Details("Right title", "vi"))
    assert (after.title, after.language) == ("Right title", "vi")
    assert library.paper(before.id) == after
    assert library.search("wrong") == ()
    assert [hit.paper for hit in library.search("right title")] == [before.id]
    for title, language, code in (
        (" \u200b", "en", "docs.no_title"),
        ("x", "fr", "docs.bad_language"),
    ):
        with pytest.raises(InputError) as caught:
            library.describe(before.id, Details(title, language))
        assert caught.value.code == code


def test_a_paper_is_removed_with_everything(library: Library, file: Write, tmp_path: Path) -> None:
    paper = library.import_file(file("a.pdf", pdf("Remarkable words")))
    library.remove(paper.id)
    assert library.papers() == []
    assert library.search("remarkable") == ()
    assert blobs(tmp_path) == []
    library.import_file(file("a.pdf", pdf("Remarkable words")))


@pytest.mark.parametrize(
    ("start", "end"),
    [(Clearance.PUBLIC, Clearance.SECRET), (Clearance.SECRET, Clearance.DELEGATES)],
)
def test_a_paper_moves_to_another_clearance(
    tmp_path: Path, file: Write, start: Clearance, end: Clearance
) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    data = pdf("Remarkable words", "Second")
    before = library.import_file(file("a.pdf", data), clearance=start)
    old = blobs(tmp_path)
    after = library.change_clearance(before.id, end)
    assert after.clearance is end
    assert (after.id, after.title, after.pages) == (before.id, before.title, before.pages)
    assert library.papers() == [after]
    assert [hit.clearance for hit in library.search("remarkable")] == [end]
    assert library.cover(after.id).startswith(b"\x89PNG")
    with library.open(after.id) as reader:
        assert reader.read() == data
    new = blobs(tmp_path)
    assert len(new) == 1
    assert new != old
    assert library.change_clearance(before.id, end) == after


def test_nothing_of_a_moved_paper_stays_behind(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    library.import_file(file("other.pdf", pdf("Ordinary text")), clearance=Clearance.PUBLIC)
    paper = library.import_file(
        file("a.pdf", pdf("Zanzibar words")), title="Quixotic", clearance=Clearance.PUBLIC
    )
    assert b"zanzibar" in dump(papers[Clearance.PUBLIC])
    library.change_clearance(paper.id, Clearance.SECRET)
    left = dump(papers[Clearance.PUBLIC])
    assert b"ordinary" in left
    for trace in (b"zanzibar", b"quixotic", b"a.pdf"):
        assert trace not in left


def dump(database: Database) -> bytes:
    """Every value of every table, those that FTS5 keeps for itself included, in lower case."""
    found = bytearray()
    with database.reading() as connection:
        tables = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).scalars()
        for table in list(tables):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                for value in row:
                    found += value if isinstance(value, bytes) else str(value).encode()
                    found += b"\n"
    return bytes(found).lower()


def test_a_move_cut_short_is_finished(
    tmp_path: Path, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_library(tmp_path)
    paper = library.import_file(file("a.pdf", pdf("x")), clearance=Clearance.PUBLIC)

    def crash(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("congress.docs.shelves.Shelves.take_out", crash)
        with pytest.raises(RuntimeError):
            library.change_clearance(paper.id, Clearance.SECRET)
    assert [each.clearance for each in library.papers()] == [Clearance.SECRET]
    assert len(blobs(tmp_path)) == 2
    assert library.mend() == 1
    assert library.mend() == 0
    assert [each.clearance for each in library.papers()] == [Clearance.SECRET]
    assert len(blobs(tmp_path)) == 1
    library.open(paper.id).close()


def test_events_and_audit_follow_each_change(tmp_path: Path, file: Write) -> None:
    heard: list[Event] = []
    bus = EventBus()
    bus.subscribe(heard.append)
    papers = paper_files(bus)
    library = make_library(tmp_path, papers=papers)
    paper = library.import_file(file("a.pdf", pdf("x")), clearance=Clearance.PUBLIC)
    library.describe(paper.id, Details("New", "en"))
    library.change_clearance(paper.id, Clearance.SECRET)
    library.remove(paper.id)
    assert heard == [
        PaperImported(paper.id),
        PaperChanged(paper.id),
        PaperChanged(paper.id),
        PaperRemoved(paper.id),
    ]
    assert actions(papers[Clearance.PUBLIC]) == [
        "paper.imported",
        "paper.changed",
        "paper.moved_out",
    ]
    assert actions(papers[Clearance.SECRET]) == ["paper.moved_in", "paper.removed"]


def actions(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.exec_driver_sql("SELECT action FROM audit ORDER BY seq").scalars())


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


def test_the_audit_chain_holds_after_all_of_it(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    for i in range(3):
        library.import_file(file(f"{i}.pdf", pdf(f"text {i}")), clearance=Clearance.PUBLIC)
    with papers[Clearance.PUBLIC].reading() as connection:
        told = list(connection.exec_driver_sql("SELECT detail FROM audit").scalars())
    assert verify_audit(papers[Clearance.PUBLIC]) is None
    assert len(told) == 3
    assert not any("text" in detail for detail in told)


def test_a_paper_that_goes_while_it_is_read_is_unknown(
    library: Library, file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = library.import_file(file("a.pdf", pdf("x")))
    library.remove(paper.id)
    monkeypatch.setattr(Library, "paper", lambda *_: paper)
    for read in (library.pages, library.reading_html, library.cover, library.open):
        with pytest.raises(InputError) as caught:
            read(paper.id)
        assert caught.value.code == "docs.unknown_paper"
