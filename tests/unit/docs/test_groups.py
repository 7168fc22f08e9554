"""Restricted papers of groups, as their members and everybody else find them."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from congress.app import OpenCongress, create_congress, open_congress
from congress.docs import datakeys, version_store
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import GroupId, new_id
from congress.kernel.roles import Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage.model import Member
from tests.helpers.papers import pdf
from tests.helpers.vaults import CHEAP, PASSPHRASE

_PHRASES = {"lan": "three red umbrellas", "hoa": "seven tall candles", "minh": "nine blue kites"}


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "vault"
    with create_congress(path, Settings("C"), PASSPHRASE, kdf=CHEAP) as congress:
        for name, phrase in _PHRASES.items():
            congress.vault.add_member(name, Role.DELEGATE, phrase)
    return path


@pytest.fixture
def path(_made: Path, tmp_path: Path) -> Path:
    shutil.copytree(_made, tmp_path / "vault")
    return tmp_path / "vault"


@contextmanager
def _as(path: Path, name: str = "secretariat") -> Iterator[OpenCongress]:
    with open_congress(path, _PHRASES.get(name, PASSPHRASE), name=name) as congress:
        yield congress


def _people(congress: OpenCongress) -> dict[str, Member]:
    return {each.name: each for each in congress.vault.members()}


def _import(congress: OpenCongress, folder: Path, words: str, group: GroupId | None) -> None:
    (folder / "a.pdf").write_bytes(pdf(words))
    congress.library.import_file(
        folder / "a.pdf", title=words, clearance=Clearance.RESTRICTED, group=group
    )


def _titles(congress: OpenCongress) -> set[str]:
    for paper in congress.library.papers():
        with congress.library.open(paper.id) as reader:
            assert reader.read().startswith(b"%PDF")
    return {paper.title for paper in congress.library.papers()}


def test_a_group_finds_its_papers_and_nobody_else_does(path: Path, tmp_path: Path) -> None:
    with _as(path) as congress:
        people = _people(congress)
        group = congress.groups.add("Drafting", [people["lan"].id])
        other = congress.groups.add("Other", [people["hoa"].id])
        _import(congress, tmp_path, "umbrella draft", group.id)
        _import(congress, tmp_path, "umbrella other", other.id)
        _import(congress, tmp_path, "umbrella held", None)
        assert _titles(congress) == {"umbrella draft", "umbrella other", "umbrella held"}
    found = {"lan": {"umbrella draft"}, "hoa": {"umbrella other"}, "minh": set()}
    for name, titles in found.items():
        with _as(path, name) as congress:
            assert _titles(congress) == titles
            assert {hit.title for hit in congress.library.search("umbrella")} == titles


def test_papers_follow_a_group_to_its_new_key(path: Path, tmp_path: Path) -> None:
    with _as(path) as congress:
        people = _people(congress)
        group = congress.groups.add("Drafting", [people["lan"].id, people["hoa"].id])
        shelf = Shelf(Clearance.RESTRICTED, group.id)
        _import(congress, tmp_path, "umbrella draft", group.id)
        old = congress.vault.shelf_key(shelf)
        congress.groups.change(group.id, "Drafting", [people["hoa"].id])
        _import(congress, tmp_path, "umbrella later", group.id)
        assert _titles(congress) == {"umbrella draft", "umbrella later"}
        assert len(congress.library.search("umbrella")) == 2
        for paper in congress.library.papers():
            with congress.vault.papers[shelf].reading() as connection:
                place = version_store.sealed(connection, paper.id)
            with pytest.raises(InputError):
                datakeys.unwrap(old, place.wrapped_key, paper.id, place.version_id, shelf)
    with _as(path, "hoa") as congress:
        assert _titles(congress) == {"umbrella draft", "umbrella later"}
    with _as(path, "lan") as congress:
        assert _titles(congress) == set()


def test_a_copy_that_was_kept_reads_what_lay_there_then(path: Path, tmp_path: Path) -> None:
    with _as(path) as congress:
        people = _people(congress)
        group = congress.groups.add("Drafting", [people["lan"].id])
        _import(congress, tmp_path, "umbrella draft", group.id)
    shutil.copytree(path, tmp_path / "kept")
    with _as(path) as congress:
        congress.groups.remove_member(people["lan"].id)
        _import(congress, tmp_path, "umbrella later", group.id)
    with _as(tmp_path / "kept", "lan") as copy:
        assert _titles(copy) == {"umbrella draft"}
    # The old header opens nothing of the new files.
    shutil.copy(tmp_path / "kept" / "vault.json", path / "vault.json")
    with pytest.raises(InputError) as caught, _as(path, "lan"):
        pass
    assert caught.value.code == "vault.wrong_passphrase"


def test_a_group_with_papers_stays_until_they_have_left_it(path: Path, tmp_path: Path) -> None:
    with _as(path) as congress:
        group = congress.groups.add("Drafting", [])
        _import(congress, tmp_path, "umbrella draft", group.id)
        assert congress.groups.papers_in(group.id) == 1
        with pytest.raises(RefusedError) as caught:
            congress.groups.remove(group.id)
        assert (caught.value.code, caught.value.params) == ("group.has_papers", {"count": 1})
        (paper,) = congress.library.papers()
        congress.library.change_clearance(paper.id, Clearance.SECRET)
        congress.groups.remove(group.id)
        assert congress.groups.all() == []
        assert _titles(congress) == {"umbrella draft"}


def test_what_is_no_group_is_said(path: Path) -> None:
    with _as(path) as congress:
        stray = GroupId(new_id())
        attempts: tuple[Callable[[], object], ...] = (
            lambda: congress.groups.papers_in(stray),
            lambda: congress.groups.remove(stray),
            lambda: congress.groups.change(stray, "x", []),
        )
        for attempt in attempts:
            with pytest.raises(InputError) as caught:
                attempt()
            assert caught.value.code == "group.unknown"


def test_the_library_knows_a_group_that_was_made_just_now(path: Path, tmp_path: Path) -> None:
    with _as(path) as congress:
        group = congress.groups.add("Drafting", [])
        assert Shelf(Clearance.RESTRICTED, group.id) in congress.library.shelves
        _import(congress, tmp_path, "umbrella draft", group.id)
        congress.groups.change(group.id, "Drafters", [_people(congress)["lan"].id])
        assert _titles(congress) == {"umbrella draft"}
        (paper,) = congress.library.papers()
        congress.library.remove(paper.id)
        congress.groups.remove(group.id)
        assert Shelf(Clearance.RESTRICTED, group.id) not in congress.library.shelves
        with pytest.raises(RefusedError):
            _import(congress, tmp_path, "umbrella draft", group.id)
