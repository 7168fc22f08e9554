"""The library against a model of it: lists, search, versions, text and blobs on disk."""

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from congress.docs import version_store
from congress.docs.library import Library
from congress.docs.model import Details, PaperType
from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId, PaperId
from congress.kernel.roles import Clearance, Role, Shelf
from congress.storage.blobs import BlobStore
from tests.helpers.vaults import actor, manual_clock, memory_database

GROUP = GroupId("g" * 26)
SHELVES = (*(Shelf(each) for each in Clearance), Shelf(Clearance.RESTRICTED, GROUP))
WORDS = ("quorum", "ballot", "treasury", "statute", "delegate", "budget")
LINES = ("", "3. Finances", "کل رقم", "Mục 4: Bầu cử", "  two   spaces ")


@dataclass
class Known:
    """What the model knows of a paper; the words of each version, the oldest first."""

    details: Details
    shelf: Shelf
    versions: list[str] = field(default_factory=list)


class LibraryMachine(RuleBasedStateMachine):
    """Imports, versions, describes, moves and removes papers."""

    papers = Bundle("papers")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="library-"))
        self.files = {
            shelf: memory_database(f"{shelf.clearance}-{shelf.group}") for shelf in SHELVES
        }
        self.library = Library(
            self.files,
            BlobStore(self.folder / "blobs"),
            lambda shelf: f"{shelf.clearance}-{shelf.group}".encode().ljust(40, b"-")[:32],
            actor(Role.SECRETARIAT),
            manual_clock(),
        )
        self.known: dict[PaperId, Known] = {}
        self.written = 0

    def teardown(self) -> None:
        if hasattr(self, "files"):
            for database in self.files.values():
                database.close()
            rmtree(self.folder)

    def _file(self, word: str) -> tuple[Path, str]:
        """Write a text that no other file has; return it and the word only it has."""
        self.written += 1
        own = f"unique{'abcdefghij'[self.written // 10 % 10]}{'abcdefghij'[self.written % 10]}"
        path = self.folder / f"{own}.txt"
        path.write_text(f"The {word} of the congress is {own}.", encoding="utf-8")
        return path, own

    def _bring_in(self, path: Path, into: PaperId | None) -> None:
        if into is None:
            self.library.import_file(path)
        else:
            self.library.import_version(into, path)

    @rule(
        target=papers,
        word=st.sampled_from(WORDS),
        shelf=st.sampled_from(SHELVES),
        kind=st.sampled_from(PaperType),
        agenda=st.sampled_from(LINES),
    )
    def bring_in(self, word: str, shelf: Shelf, kind: PaperType, agenda: str) -> PaperId:
        path, own = self._file(word)
        paper = self.library.import_file(
            path,
            title="A paper",
            clearance=shelf.clearance,
            group=shelf.group,
            type=kind,
            agenda=agenda,
        )
        details = Details("A paper", "en", kind, "", " ".join(agenda.split()))
        self.known[paper.id] = Known(details, shelf, [own])
        return paper.id

    @rule(paper=papers, word=st.sampled_from(WORDS))
    def bring_in_a_version(self, paper: PaperId, word: str) -> None:
        path, own = self._file(word)
        known = self.known[paper]
        known.versions.append(own)
        after = self.library.import_version(paper, path, note=f"with {own}")
        assert after == self.library.paper(paper)
        assert (after.version, after.file) == (len(known.versions), path.name)

    @rule(paper=papers, data=st.data())
    def bring_in_the_same_again(self, paper: PaperId, data: st.DataObject) -> None:
        known = self.known[paper]
        own = data.draw(st.sampled_from(known.versions))
        path = self.folder / f"{own}.txt"
        into = data.draw(st.sampled_from([*self.known, None]))
        with pytest.raises(InputError) as caught:
            self._bring_in(path, into)
        assert caught.value.code == "docs.duplicate"
        assert caught.value.params["title"] == known.details.title
        assert caught.value.params["version"] == known.versions.index(own) + 1

    @rule(
        paper=papers,
        title=st.sampled_from(["Rules", "Quy chế", "قواعد"]),
        language=st.sampled_from(["en", "vi", "ur"]),
        kind=st.sampled_from(PaperType),
        number=st.sampled_from(["", "4", "12/b"]),
    )
    def describe(
        self, paper: PaperId, title: str, language: str, kind: PaperType, number: str
    ) -> None:
        known = self.known[paper]
        known.details = replace(
            known.details, title=title, language=language, type=kind, number=number
        )
        assert self.library.describe(paper, known.details).details == known.details

    @rule(paper=papers, shelf=st.sampled_from(SHELVES))
    def move(self, paper: PaperId, shelf: Shelf) -> None:
        before = [version.id for version in self.library.versions(paper)]
        moved = self.library.change_clearance(paper, shelf.clearance, shelf.group)
        self.known[paper].shelf = shelf
        assert moved == self.library.paper(paper)
        assert [version.id for version in self.library.versions(paper)] == before

    @rule(paper=consumes(papers))
    def remove(self, paper: PaperId) -> None:
        self.library.remove(paper)
        del self.known[paper]
        with pytest.raises(InputError, match=r"docs\.unknown_paper"):
            self.library.versions(paper)

    @invariant()
    def the_list_is_the_model(self) -> None:
        found = {paper.id: paper for paper in self.library.papers()}
        assert found.keys() == self.known.keys()
        for paper_id, known in self.known.items():
            paper = found[paper_id]
            assert (paper.details, paper.shelf) == (known.details, known.shelf)
            assert paper.version == len(known.versions)

    @invariant()
    def every_version_can_be_read(self) -> None:
        for paper_id, known in self.known.items():
            versions = self.library.versions(paper_id)
            numbered = {version.number: version for version in versions}
            assert sorted(numbered) == list(range(1, len(known.versions) + 1))
            for number, own in enumerate(known.versions, start=1):
                version = numbered[number]
                assert own in self.library.pages(paper_id, version.id)[0].text
                with self.library.open(paper_id, version.id) as reader:
                    assert own.encode() in reader.read()

    @invariant()
    def the_search_finds_current_versions_alone(self) -> None:
        for paper_id, known in self.known.items():
            for own in known.versions[:-1]:
                assert [hit for hit in self.library.search(own) if hit.score >= 1] == []
            hits = self.library.search(known.versions[-1])
            assert {hit.paper for hit in hits} == {paper_id}

    @invariant()
    def the_blobs_on_disk_are_those_of_the_versions(self) -> None:
        named = []
        for database in self.files.values():
            with database.reading() as connection:
                for paper_id in self.known:
                    named += version_store.blobs_of(connection, paper_id)
        blobs = self.folder / "blobs"
        assert sorted(path.name for path in blobs.iterdir()) == sorted(named)


LibraryMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=14, deadline=None)
TestLibrary = LibraryMachine.TestCase
