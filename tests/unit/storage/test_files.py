import errno
import os
from pathlib import Path

import pytest

from congress.kernel.errors import BugError, EnvironmentFault, InputError
from congress.kernel.ids import BlobId, new_id
from congress.storage.blobs import BlobStore
from congress.storage.files import sweep, write_whole
from congress.storage.lock import VaultLock


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no space left")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "vault.json"
    write_whole(path, b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "vault.json"
    write_whole(path, b"old")
    monkeypatch.setattr(os, "fsync", _no_space)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_sweeping_removes_only_what_was_interrupted(tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    (tmp_path / "half.part").touch()
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_committed_blob_is_read_back(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    with store.create() as blob:
        blob.file.write(b"sealed bytes")
        blob_id = blob.commit()
    with store.open(blob_id) as file:
        file.seek(7)
        assert file.read() == b"bytes"
    assert store.all() == [blob_id]
    store.delete(blob_id)
    store.delete(blob_id)
    assert store.all() == []


def test_a_blob_that_is_not_committed_leaves_nothing(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    with store.create() as blob:
        blob.file.write(b"sealed bytes")
    with pytest.raises(FileNotFoundError), store.create() as blob:
        blob.file.write((tmp_path / "absent.pdf").read_bytes())
    assert list((tmp_path / "blobs").iterdir()) == []


def test_a_crash_while_writing_is_swept_at_the_next_start(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    store.create().__enter__().file.close()
    assert list((tmp_path / "blobs").iterdir())
    assert store.all() == []
    BlobStore(tmp_path / "blobs")
    assert not list((tmp_path / "blobs").iterdir())


def test_a_full_disk_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = BlobStore(tmp_path / "blobs")
    monkeypatch.setattr(os, "fsync", _no_space)
    with pytest.raises(EnvironmentFault) as caught, store.create() as blob:
        blob.commit()
    assert caught.value.code == "disk.full"
    with pytest.raises(EnvironmentFault) as caught, store.create() as blob:
        _no_space()
    assert caught.value.code == "disk.full"
    assert list((tmp_path / "blobs").iterdir()) == []


def test_the_last_buffer_that_does_not_fit_is_said(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    writer = BlobStore(tmp_path / "blobs").create()
    writer.__enter__().file.close()
    writer.file = Path("/dev/full").open("wb")  # noqa: SIM115 - the writer closes it
    writer.file.write(b"x")
    with pytest.raises(EnvironmentFault) as caught:
        writer.__exit__(None, None, None)
    assert caught.value.code == "disk.full"
    assert list((tmp_path / "blobs").iterdir()) == []


def test_a_missing_blob_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        BlobStore(tmp_path / "blobs").open(BlobId(new_id()))
    assert caught.value.code == "blob.missing"


@pytest.mark.parametrize("name", ["../vault.json", "", "UPPER" * 5 + "X", "a" * 25])
def test_only_identifiers_name_blobs(tmp_path: Path, name: str) -> None:
    store = BlobStore(tmp_path / "blobs")
    with pytest.raises(BugError):
        store.open(BlobId(name))
    with pytest.raises(BugError):
        store.delete(BlobId(name))


def test_blobs_are_for_their_owner_alone(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    with store.create() as blob:
        blob.commit()
    assert (tmp_path / "blobs").stat().st_mode & 0o077 == 0
    assert (tmp_path / "blobs" / blob.blob_id).stat().st_mode & 0o077 == 0


def test_a_vault_is_locked_for_the_second_one(tmp_path: Path) -> None:
    lock = VaultLock(tmp_path)
    with pytest.raises(EnvironmentFault) as caught:
        VaultLock(tmp_path)
    assert (caught.value.code, caught.value.params) == ("vault.locked", {"file": tmp_path.name})
    lock.release()
    VaultLock(tmp_path).release()
