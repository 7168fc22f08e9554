"""Papers of the library are corrected, moved and removed."""

from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.model import Details, PaperChanged, PaperImported, PaperRemoved
from congress.kernel.errors import InputError
from congress.kernel.events import Event, EventBus
from congress.kernel.roles import Clearance
from congress.storage.audit import verify_audit
from congress.storage.database import Database
from tests.helpers.papers import make_library, paper_files, pdf
from tests.unit.docs.conftest import Write, blobs


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
