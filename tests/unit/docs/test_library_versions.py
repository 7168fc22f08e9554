"""The details of papers and their versions."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from congress.docs import index_store
from congress.docs.library import Library
from congress.docs.model import (
    Details,
    PaperChanged,
    PaperImported,
    PaperKind,
    PaperType,
    PaperVersioned,
)
from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.kernel.events import Event, EventBus
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Clearance, Role
from congress.storage.unit_of_work import UnitOfWork
from tests.helpers.papers import docx, make_library, paper_files, paragraph, pdf
from tests.unit.docs.conftest import Write, blobs

DETAILS = Details("Draft", "vi", PaperType.DRAFT, "4", "3. Tài chính", date(2026, 3, 14))


def test_details_are_given_at_import(library: Library, file: Write) -> None:
    paper = library.import_file(
        file("a.pdf", pdf("text")),
        title="Draft",
        language="vi",
        type=PaperType.DRAFT,
        number=" 4 ",
        agenda="3.  Tài\tchính",
        dated=date(2026, 3, 14),
    )
    assert paper.details == DETAILS
    assert library.papers() == [paper]
    assert (paper.version, paper.group) == (1, None)


def test_all_details_are_changed_and_what_is_the_same_is_no_change(
    tmp_path: Path, file: Write
) -> None:
    heard: list[Event] = []
    bus = EventBus()
    bus.subscribe(heard.append)
    library = make_library(tmp_path, bus=bus)
    paper = library.import_file(file("a.pdf", pdf("text")))
    after = library.describe(paper.id, DETAILS)
    assert after.details == DETAILS
    assert library.paper(paper.id) == after
    assert library.describe(paper.id, replace(DETAILS, title=" Draft ")) == after
    assert heard == [PaperImported(paper.id), PaperChanged(paper.id)]


def test_details_are_tidied_and_cut(library: Library, file: Write) -> None:
    paper = library.import_file(file("a.pdf", pdf("text")))
    wild = Details("T\u202e" + "x" * 400, "en", number="9" * 99, agenda="a\u0007b\n c")
    after = library.describe(paper.id, wild)
    assert (len(after.title), len(after.number), after.agenda) == (300, 40, "ab c")


def test_a_version_takes_the_place_of_the_one_before(
    library: Library, file: Write, tmp_path: Path
) -> None:
    first, second = pdf("Zanzibar rules"), pdf("Quixotic rules", "Annex")
    paper = library.import_file(file("a.pdf", first), title="Rules", type=PaperType.STATUTE)
    after = library.import_version(paper.id, file("b.pdf", second), note=" Annex \n added ")
    assert (after.id, after.title, after.type) == (paper.id, "Rules", PaperType.STATUTE)
    assert (after.version, after.file, after.pages) == (2, "b.pdf", 2)
    assert after.version_id != paper.version_id
    assert library.papers() == [after]
    newest, oldest = library.versions(paper.id)
    assert (newest.number, newest.note, newest.id) == (2, "Annex added", after.version_id)
    assert (oldest.number, oldest.note, oldest.id) == (1, "", paper.version_id)
    assert library.search("zanzibar") == ()
    assert [hit.paper for hit in library.search("quixotic")] == [paper.id]
    assert len(blobs(tmp_path)) == 2


def test_every_version_is_read(library: Library, file: Write) -> None:
    first, second = pdf("One"), docx(paragraph("Two", "Heading1"))
    paper = library.import_file(file("a.pdf", first))
    after = library.import_version(paper.id, file("b.docx", second))
    assert after.kind is PaperKind.DOCX
    for version, word, data in (
        (paper.version_id, "One", first),
        (after.version_id, "Two", second),
        (None, "Two", second),
    ):
        assert library.pages(paper.id, version)[0].text.strip() == word
        assert word in library.reading_html(paper.id, version)
        with library.open(paper.id, version) as reader:
            assert reader.read() == data
    assert library.cover(paper.id, paper.version_id).startswith(b"\x89PNG")
    assert library.cover(paper.id) == b""


def test_a_version_of_another_paper_is_unknown(library: Library, file: Write) -> None:
    paper = library.import_file(file("a.pdf", pdf("One")))
    other = library.import_file(file("b.pdf", pdf("Two")))
    for version in (other.version_id, VersionId("v" * 26)):
        for read in (library.pages, library.reading_html, library.cover, library.open):
            with pytest.raises(InputError) as caught:
                read(paper.id, version)
            assert caught.value.code == "docs.unknown_version"


def test_the_same_content_is_known_in_every_version_and_on_every_shelf(
    library: Library, file: Write
) -> None:
    paper = library.import_file(
        file("a.pdf", pdf("One")), title="The draft", clearance=Clearance.SECRET
    )
    library.import_version(paper.id, file("b.pdf", pdf("Two")))
    other = library.import_file(file("c.pdf", pdf("Three")), clearance=Clearance.PUBLIC)
    for data, number in ((pdf("One"), 1), (pdf("Two"), 2)):
        with pytest.raises(InputError) as caught:
            library.import_version(other.id, file("copy.pdf", data))
        assert caught.value.params == {
            "title": "The draft",
            "version": number,
            "file": "copy.pdf",
        }
    assert library.paper(other.id).version == 1


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken"])
def test_a_version_that_cannot_be_used_changes_nothing(
    library: Library, file: Write, tmp_path: Path, data: bytes
) -> None:
    paper = library.import_file(file("a.pdf", pdf("One")))
    before = blobs(tmp_path)
    with pytest.raises(InputError):
        library.import_version(paper.id, file("b.pdf", data))
    assert library.papers() == [paper]
    assert blobs(tmp_path) == before


def test_a_version_that_cannot_be_written_leaves_no_blob(
    library: Library, file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = library.import_file(file("a.pdf", pdf("One")))
    before = blobs(tmp_path)

    def full(_: UnitOfWork) -> None:
        raise EnvironmentFault("disk.full", file="delegates.db")

    with monkeypatch.context() as patch:
        patch.setattr(UnitOfWork, "commit", full)
        with pytest.raises(EnvironmentFault):
            library.import_version(paper.id, file("b.pdf", pdf("Two")))
    assert blobs(tmp_path) == before
    assert [version.number for version in library.versions(paper.id)] == [1]
    assert [hit.paper for hit in library.search("One")] == [paper.id]


def test_a_paper_that_moved_meanwhile_takes_no_version(
    library: Library, file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = library.import_file(file("a.pdf", pdf("One")))
    library.change_clearance(before.id, Clearance.SECRET)
    monkeypatch.setattr(Library, "paper", lambda *_: before)
    with pytest.raises(InputError, match=r"docs\.unknown_paper"):
        library.import_version(before.id, file("b.pdf", pdf("Two")))
    assert len(blobs(tmp_path)) == 1


def test_all_versions_move_together(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    contents = [pdf("One"), pdf("Two"), pdf("Three")]
    paper = library.import_file(file("0.pdf", contents[0]), clearance=Clearance.PUBLIC)
    for number in (1, 2):
        path = file(f"{number}.pdf", contents[number])
        library.import_version(paper.id, path, note=f"note {number}")
    before, old = library.versions(paper.id), blobs(tmp_path)
    library.change_clearance(paper.id, Clearance.SECRET)
    assert library.versions(paper.id) == before
    for version, data in zip(reversed(before), contents, strict=True):
        with library.open(paper.id, version.id) as reader:
            assert reader.read() == data
    assert len(blobs(tmp_path)) == 3
    assert not set(old) & set(blobs(tmp_path))
    assert [hit.clearance for hit in library.search("three")] == [Clearance.SECRET]
    assert library.search("two") == ()
    library.remove(paper.id)
    assert blobs(tmp_path) == []


def test_a_version_is_told_and_audited(tmp_path: Path, file: Write) -> None:
    heard: list[Event] = []
    bus = EventBus()
    bus.subscribe(heard.append)
    papers = paper_files(bus)
    library = make_library(tmp_path, papers=papers)
    paper = library.import_file(file("a.pdf", pdf("One")), clearance=Clearance.PUBLIC)
    library.import_version(paper.id, file("b.pdf", pdf("Two")), note="Secretly")
    assert heard == [PaperImported(paper.id), PaperVersioned(paper.id, 2)]
    with papers[Clearance.PUBLIC].reading() as connection:
        rows = list(connection.exec_driver_sql("SELECT action, detail FROM audit ORDER BY seq"))
    assert [row[0] for row in rows] == ["paper.imported", "paper.versioned"]
    assert "Secretly" not in str(rows)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.COMMITTEE, Role.DELEGATE])
def test_only_the_secretariat_brings_in_versions(role: Role, tmp_path: Path, file: Write) -> None:
    library = make_library(tmp_path, role)
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        library.import_version(PaperId("p" * 26), file("a.pdf", pdf("x")))


def test_old_versions_leave_the_words_of_the_index(tmp_path: Path, file: Write) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    paper = library.import_file(file("a.pdf", pdf("One", "More")), clearance=Clearance.PUBLIC)
    library.import_version(paper.id, file("b.pdf", pdf("Two")))
    with papers[Clearance.PUBLIC].reading() as connection:
        for table in index_store.TABLES[:1]:
            rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            assert rows == 1
        kept = connection.exec_driver_sql("SELECT count(*) FROM page").scalar()
    assert kept == 3


def test_a_version_is_read_apart_from_being_written(library: Library, file: Write) -> None:
    paper = library.import_file(file("a.pdf", pdf("One")))
    readied = library.read(file("b.pdf", pdf("Two")))
    assert library.papers() == [paper]
    after = library.take_version(paper.id, readied, note="Two")
    assert (after.version, after.file) == (2, "b.pdf")
    assert library.versions(paper.id)[0].note == "Two"
    with pytest.raises(InputError, match=r"docs\.duplicate"):
        library.take_version(paper.id, readied)
    again = library.read(file("c.pdf", pdf("Three")))
    file("c.pdf", pdf("Four"))
    with pytest.raises(InputError, match=r"docs\.changed_meanwhile"):
        library.take_version(paper.id, again)
    assert library.paper(paper.id) == after
