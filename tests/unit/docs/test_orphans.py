"""What a crash leaves of papers, and how it is cleared away."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest

from congress.app import OpenCongress, create_congress, open_congress
from congress.docs.orphan_store import KEPT, stands_twice, tidy_blobs
from congress.kernel.clock import ManualClock
from congress.kernel.errors import InputError
from congress.kernel.ids import BlobId, new_id
from congress.kernel.roles import Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage.blobs import ASIDE, BlobStore
from tests.helpers.papers import make_library, paper_files, pdf
from tests.helpers.vaults import CHEAP, MORNING, PASSPHRASE, memory_database

_LAN = "three red umbrellas"


def _names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "blobs").iterdir()}


def _stray(folder: Path) -> BlobId:
    blob_id = BlobId(new_id())
    (folder / "blobs" / blob_id).write_bytes(b"what a crash left")
    return blob_id


def _import(congress: OpenCongress, folder: Path, words: str, clearance: Clearance) -> None:
    (folder / "a.pdf").write_bytes(pdf(words))
    congress.library.import_file(folder / "a.pdf", clearance=clearance)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING)


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed congress with a paper on each shelf, and a group's."""
    place = tmp_path_factory.mktemp("made")
    path, clock = place / "vault", ManualClock(MORNING)
    with create_congress(path, Settings("C"), PASSPHRASE, clock=clock, kdf=CHEAP) as congress:
        lan = congress.vault.add_member("lan", Role.DELEGATE, _LAN)
        for clearance in Clearance:
            _import(congress, place, f"{clearance} words", clearance)
        group = congress.groups.add("Drafting", [lan.id])
        (place / "a.pdf").write_bytes(pdf("group words"))
        congress.library.import_file(
            place / "a.pdf", clearance=Clearance.RESTRICTED, group=group.id
        )
    return path


@pytest.fixture
def folder(_made: Path, tmp_path: Path) -> Path:
    shutil.copytree(_made, tmp_path / "vault")
    return tmp_path / "vault"


def test_a_blob_that_no_paper_names_is_set_aside_and_after_a_month_deleted(
    folder: Path, clock: ManualClock
) -> None:
    kept, stray = _names(folder), _stray(folder)
    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        for paper in congress.library.papers():
            congress.library.open(paper.id).close()
    assert _names(folder) == kept | {stray + ASIDE}
    clock.advance(KEPT)
    open_congress(folder, PASSPHRASE, clock=clock).close()
    assert _names(folder) == kept | {stray + ASIDE}
    clock.advance(timedelta(seconds=1))
    open_congress(folder, PASSPHRASE, clock=clock).close()
    assert _names(folder) == kept


def test_a_member_who_does_not_hold_every_shelf_clears_nothing(
    folder: Path, clock: ManualClock
) -> None:
    names = _names(folder) | {_stray(folder)}
    open_congress(folder, _LAN, name="lan", clock=clock).close()
    assert _names(folder) == names


def test_blobs_come_back_with_the_backup_that_names_them(
    folder: Path, clock: ManualClock, tmp_path: Path
) -> None:
    before = (folder / "secret.db").read_bytes()
    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        _import(congress, tmp_path, "later words", Clearance.SECRET)
    after, names = (folder / "secret.db").read_bytes(), _names(folder)
    (folder / "secret.db").write_bytes(before)
    open_congress(folder, PASSPHRASE, clock=clock).close()
    assert len([name for name in _names(folder) if name.endswith(ASIDE)]) == 1
    (folder / "secret.db").write_bytes(after)
    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        assert _names(folder) == names
        for paper in congress.library.papers():
            congress.library.open(paper.id).close()


def test_a_blob_set_aside_is_found_by_who_opens_it(tmp_path: Path) -> None:
    blobs = BlobStore(tmp_path / "blobs")
    with blobs.create() as writer:
        writer.file.write(b"sealed")
        blob_id = writer.commit()
    blobs.set_aside(blob_id, MORNING)
    assert (blobs.all(), blobs.aside()) == ([], {blob_id: MORNING})
    with blobs.open(blob_id) as file:
        assert file.read() == b"sealed"
    assert (blobs.all(), blobs.aside()) == ([blob_id], {})
    with pytest.raises(InputError):
        blobs.open(BlobId(new_id()))


def test_with_every_file_at_hand_nothing_named_is_touched(tmp_path: Path) -> None:
    papers = paper_files()
    library = make_library(tmp_path, papers=papers)
    (tmp_path / "a.pdf").write_bytes(pdf("one"))
    library.import_file(tmp_path / "a.pdf", clearance=Clearance.SECRET)
    blobs = BlobStore(tmp_path / "blobs")
    files = [library._shelves.papers[shelf] for shelf in library.shelves]
    assert tidy_blobs(files, blobs, MORNING) == 0
    assert tidy_blobs([], blobs, MORNING) == 1
    assert tidy_blobs(files, blobs, MORNING) == 0
    assert (len(blobs.all()), blobs.aside()) == (1, {})


def test_a_move_cut_short_is_finished_at_the_next_sign_in(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError

    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        paper = next(p for p in congress.library.papers() if p.clearance is Clearance.PUBLIC)
        with monkeypatch.context() as patch:
            patch.setattr("congress.docs.shelves.Shelves.take_out", crash)
            with pytest.raises(RuntimeError):
                congress.library.change_clearance(paper.id, Clearance.SECRET)
        assert stands_twice(congress.vault.papers.values())
    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        assert not stands_twice(congress.vault.papers.values())
        assert congress.library.paper(paper.id).clearance is Clearance.SECRET
        with congress.vault.papers[Shelf(Clearance.PUBLIC)].reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM paper").scalar_one() == 0


def test_of_two_groups_a_paper_stays_with_the_one_it_was_moved_to(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError

    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        (paper,) = (each for each in congress.library.papers() if each.group)
        for number in range(4):
            goal = congress.groups.add(f"Group {number}", [])
            clock.advance(timedelta(minutes=1))
            with monkeypatch.context() as patch:
                patch.setattr("congress.docs.shelves.Shelves.take_out", crash)
                with pytest.raises(RuntimeError):
                    congress.library.change_clearance(paper.id, Clearance.RESTRICTED, goal.id)
            assert congress.library.mend() == 1
            assert congress.library.paper(paper.id).group == goal.id


def test_nothing_of_a_paper_that_was_held_back_stays_in_the_log_of_its_old_file(
    folder: Path, clock: ManualClock, tmp_path: Path
) -> None:
    """While the program runs, the log could be copied by who has the old file's key."""
    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        _import(congress, tmp_path, "umbrella " * 2000, Clearance.DELEGATES)
        paper = max(congress.library.papers(), key=lambda each: each.size)
        congress.library.change_clearance(paper.id, Clearance.SECRET)
        log = folder / "delegates.db-wal"
        assert not log.exists() or log.stat().st_size == 0
        copy = tmp_path / "copy"
        copy.mkdir()
        for path in folder.glob("delegates.db*"):
            shutil.copy(path, copy / path.name)
        key = congress.vault._keys.papers_file(Clearance.DELEGATES)
    assert _pages(copy / "delegates.db", key).count(b"umbrella") == 0


def _pages(path: Path, key: bytes) -> bytes:
    """The pages of a file, free ones too, decrypted: SQLCipher's AES-256-CBC without its HMAC."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    plain = bytearray()
    data = path.read_bytes()
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        body = page[16 if start == 0 else 0 : 4096 - 80]
        decrypt = Cipher(algorithms.AES256(key), modes.CBC(page[-80:-64])).decryptor()
        plain += decrypt.update(body) + decrypt.finalize()
    return bytes(plain)


def test_the_pages_are_decrypted_by_this_test(folder: Path, clock: ManualClock) -> None:
    """So that the test before can fail."""
    with open_congress(folder, PASSPHRASE, clock=clock) as congress:
        key = congress.vault._keys.papers_file(Clearance.DELEGATES)
    assert b"delegates words" in _pages(folder / "delegates.db", key)


def test_who_reads_at_the_moment_is_not_waited_for() -> None:
    database = memory_database("papers")
    with database.reading() as connection:
        connection.exec_driver_sql("SELECT * FROM sqlite_master").all()
        begun = time.monotonic()
        database.empty_log()
        assert time.monotonic() - begun < 1
