"""Who sees, opens and changes the papers of the library."""

from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.model import Details
from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.kernel.ids import PaperId
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork
from tests.helpers.papers import make_library, paper_files, pdf
from tests.unit.docs.conftest import Write, blobs


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
