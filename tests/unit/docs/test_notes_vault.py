"""Notes in a real vault: whose keys open what."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from congress.docs.groups import PaperGroups
from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.notes.model import Draft, NoteKind, Placed, Spot
from congress.docs.notes.service import Notes
from congress.kernel.roles import Clearance, Role
from congress.storage.vault import Vault
from tests.helpers.vaults import PASSPHRASE, make_vault, manual_clock, open_vault

TEXT = "The quorum is two thirds of the delegates.\nMotions are put in writing."


@contextmanager
def _open(folder: Path, name: str) -> Iterator[tuple[Library, Notes]]:
    with open_vault(folder / "vault", name=name) as vault:
        yield _services(vault)


def _services(vault: Vault) -> tuple[Library, Notes]:
    clock = manual_clock()
    library = Library(vault.papers, vault.blobs, vault.shelf_key, vault.actor, clock)
    notes = Notes(vault.own, vault.papers, library, vault.groups, vault.actor, clock)
    return library, notes


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    """A paper for delegates, in a vault with a group of ``lan`` and ``omar``."""
    path = tmp_path / "rules.txt"
    path.write_text(TEXT)
    with make_vault(tmp_path) as vault:
        lan, omar, _ = (
            vault.add_member(name, Role.DELEGATE, PASSPHRASE) for name in ("lan", "omar", "zoe")
        )
        PaperGroups(vault).add("North", [lan.id, omar.id])
        return _services(vault)[0].import_file(path, clearance=Clearance.DELEGATES)


def _write(folder: Path, paper: Paper, *, shared: bool) -> None:
    with _open(folder, "lan") as (_, notes):
        draft = Draft(NoteKind.NOTE, Spot(1, 14), Spot(1, 24), body="Too many")
        note = notes.add(paper.id, paper.version_id, draft)
        if shared:
            (group,) = notes.audience(paper.id)
            notes.share(note.id, group.id)


def _read(folder: Path, paper: Paper, name: str) -> list[Placed]:
    with _open(folder, name) as (_, notes):
        return list(notes.on(paper.id, paper.version_id))


def test_private_notes_are_the_members_alone(tmp_path: Path, paper: Paper) -> None:
    _write(tmp_path, paper, shared=False)
    assert [each.note.body for each in _read(tmp_path, paper, "lan")] == ["Too many"]
    for other in ("omar", "zoe", "secretariat"):
        assert _read(tmp_path, paper, other) == []


def test_shared_notes_are_the_groups_and_the_secretariats(tmp_path: Path, paper: Paper) -> None:
    _write(tmp_path, paper, shared=True)
    for name in ("lan", "omar", "secretariat"):
        (placed,) = _read(tmp_path, paper, name)
        assert (placed.note.author, placed.note.quote) == ("lan", "two thirds")
    assert _read(tmp_path, paper, "zoe") == []


def test_a_paper_made_secret_takes_back_what_quotes_it(tmp_path: Path, paper: Paper) -> None:
    _write(tmp_path, paper, shared=True)
    with _open(tmp_path, "secretariat") as (library, _):
        library.change_clearance(paper.id, Clearance.SECRET)
        library.change_clearance(paper.id, Clearance.DELEGATES)
    assert _read(tmp_path, paper, "omar") == []
    (placed,) = _read(tmp_path, paper, "lan")
    assert placed.note.group is None


def test_a_removed_paper_leaves_its_private_notes(tmp_path: Path, paper: Paper) -> None:
    _write(tmp_path, paper, shared=True)
    with _open(tmp_path, "secretariat") as (library, notes):
        library.remove(paper.id)
        assert notes.everywhere() == []
    with _open(tmp_path, "lan") as (_, notes):
        (listed,) = notes.everywhere()
        assert (listed.paper, listed.note.body, listed.note.quote) == (None, "Too many", "")


def test_no_words_of_a_note_stand_in_any_file(tmp_path: Path, paper: Paper) -> None:
    _write(tmp_path, paper, shared=True)
    for file in (tmp_path / "vault").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"Too many" not in content
            assert b"two thirds" not in content
