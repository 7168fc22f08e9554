from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.policy import Policy
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PaperId, new_id
from congress.kernel.roles import Clearance, Shelf
from congress.kernel.settings import Settings
from congress.storage.audit import entries
from congress.storage.blobs import BlobStore
from tests.helpers.papers import pdf
from tests.helpers.vaults import actor, manual_clock, memory_database


def _library(tmp_path: Path, policy: Policy) -> Library:
    papers = {Shelf(each): memory_database(each.value) for each in Clearance}
    return Library(
        papers,
        BlobStore(tmp_path / "blobs"),
        lambda shelf: shelf.clearance.value.encode().ljust(32, b"-"),
        actor(),
        manual_clock(),
        lambda: policy,
    )


def test_what_is_handed_out_may_be_copied_and_what_is_held_back_may_not() -> None:
    policy = Policy.of(Settings("Congress"))
    for clearance in Clearance:
        free = clearance in (Clearance.PUBLIC, Clearance.DELEGATES)
        assert policy.may_copy(clearance) is policy.may_print(clearance) is free
        assert policy.clears_clipboard(clearance) is not free


def test_the_congress_decides_otherwise() -> None:
    settings = Settings(
        "Congress", copying=frozenset(), printing=frozenset({Clearance.SECRET, Clearance.PUBLIC})
    )
    policy = Policy.of(settings)
    assert not any(policy.may_copy(each) for each in Clearance)
    assert [each for each in Clearance if policy.may_print(each)] == [
        Clearance.PUBLIC,
        Clearance.SECRET,
    ]


@pytest.mark.parametrize(("action", "log"), [("copied", "log_copy"), ("printed", "log_print")])
def test_what_leaves_the_screen_is_logged_without_its_words(
    tmp_path: Path, action: str, log: str
) -> None:
    library = _library(tmp_path, Policy())
    (tmp_path / "a.pdf").write_bytes(pdf("quiet umbrella", "two", "three"))
    paper = library.import_file(tmp_path / "a.pdf", clearance=Clearance.DELEGATES)
    getattr(library, log)(paper.id, [3, 1, 2])
    with library._shelves.database(paper.shelf).reading() as connection:
        last = list(entries(connection, subject=paper.id))[-1]
    assert last.action == f"paper.{action}"
    assert last.detail == {"version": paper.version_id, "pages": "1-3"}


@pytest.mark.parametrize(("way", "log"), [("copying", "log_copy"), ("printing", "log_print")])
def test_what_may_not_leave_is_refused_and_not_logged(tmp_path: Path, way: str, log: str) -> None:
    library = _library(tmp_path, Policy())
    (tmp_path / "a.pdf").write_bytes(pdf("quiet umbrella"))
    paper = library.import_file(tmp_path / "a.pdf", clearance=Clearance.SECRET)
    with pytest.raises(RefusedError) as caught:
        getattr(library, log)(paper.id, [1])
    assert caught.value.code == f"policy.no_{way}"
    with library._shelves.database(paper.shelf).reading() as connection:
        assert [each.action for each in entries(connection)] == ["paper.imported"]
    with pytest.raises(InputError):
        getattr(library, log)(PaperId(new_id()), [1])
