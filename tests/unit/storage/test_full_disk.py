"""A vault on a disk without any room left: it opens, and papers are read."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from congress.docs.library import Library
from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.roles import Clearance
from congress.storage import engine, files, migrate, opening
from congress.storage.audit import entries
from congress.storage.engine import sqlcipher_engine
from congress.storage.vault import Vault
from tests.helpers.papers import pdf
from tests.helpers.vaults import KEY, MORNING, manual_clock, open_vault

_ROOT = Path(__file__).parents[3]


def _library(vault: Vault) -> Library:
    return Library(vault.papers, vault.blobs, vault.shelf_key, vault.actor, manual_clock())


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let SQLite fail as it does where its shared memory has no room."""
    real = engine.connect

    def connect(path: Path, key: bytes, *, alone: bool = False) -> object:
        if not alone:
            raise sqlcipher.OperationalError("disk I/O error")
        return real(path, key, alone=True)

    monkeypatch.setattr(opening, "connect", connect)
    monkeypatch.setattr(opening, "has_room", lambda folder, size: False)


@pytest.fixture
def filled(vault_path: Path, tmp_path: Path) -> Path:
    with open_vault(vault_path) as vault:
        for clearance in (Clearance.DELEGATES, Clearance.SECRET):
            (tmp_path / "a.pdf").write_bytes(pdf(f"umbrella {clearance}", "two"))
            _library(vault).import_file(tmp_path / "a.pdf", clearance=clearance)
    return vault_path


def test_papers_are_read_and_nothing_is_written(
    filled: Path, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("full")
    before = {path.name: path.read_bytes() for path in filled.glob("*.db")}
    with open_vault(filled) as vault:
        assert vault.reading_only
        library = _library(vault)
        secret, paper = sorted(library.papers(), key=lambda each: each.clearance, reverse=True)
        assert [hit.paper for hit in library.search("umbrella delegates")] == [paper.id]
        with library.open(paper.id) as reader:
            assert reader.read().startswith(b"%PDF")
        assert len(library.pages(secret.id)) == 2
        for attempt in (
            lambda: library.open(secret.id),
            lambda: library.log_copy(paper.id, [1]),
            lambda: library.remove(paper.id),
            lambda: vault.save_settings(vault.settings),
            lambda: vault.add_group("Drafting", []),
        ):
            with pytest.raises(EnvironmentFault) as caught:
                attempt()
            assert caught.value.code == "disk.full_on_opening"
    assert {path.name: path.read_bytes() for path in filled.glob("*.db")} == before


def test_there_is_room_again_the_next_time(
    filled: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request.getfixturevalue("full")
    open_vault(filled).close()
    monkeypatch.undo()
    with open_vault(filled) as vault:
        assert not vault.reading_only
        vault.save_settings(vault.settings)


@pytest.mark.usefixtures("full")
def test_what_a_crash_left_in_the_log_is_not_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    opening.create_file(path, "papers", KEY)
    opened = sqlcipher_engine(path, KEY)
    with opened.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 0")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'late'")
        connection.commit()
        (tmp_path / "crashed").mkdir()
        for name in ("papers.db", "papers.db-wal"):
            shutil.copy(tmp_path / name, tmp_path / "crashed" / name)
    opened.dispose()
    with pytest.raises(Exception, match=r"vault\.newer"):
        opening.open_file(tmp_path / "crashed" / "papers.db", "papers", KEY, MORNING)


@pytest.mark.usefixtures("full")
def test_a_file_that_must_be_migrated_first_waits_for_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "papers.db"
    opening.create_file(path, "papers", KEY)
    newest = migrate.revisions("papers")
    monkeypatch.setattr(migrate, "revisions", lambda tree: (*newest, "9999_later"))
    with pytest.raises(EnvironmentFault) as caught:
        opening.open_file(path, "papers", KEY, MORNING)
    assert (caught.value.code, caught.value.params) == ("disk.full", {"file": "papers.db"})


@pytest.mark.usefixtures("full")
def test_a_damaged_file_is_not_taken_for_a_full_disk(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    opening.create_file(path, "papers", KEY)
    with pytest.raises(InputError) as caught:
        opening.open_file(path, "papers", bytes(32), MORNING)
    assert caught.value.code == "vault.damaged"


def test_a_disk_with_room_that_fails_is_not_called_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        error = sqlcipher.OperationalError("disk I/O error")
        error.sqlite_errorcode = 10
        raise error

    path = tmp_path / "papers.db"
    opening.create_file(path, "papers", KEY)
    monkeypatch.setattr(opening, "connect", fail)
    with pytest.raises(EnvironmentFault) as caught:
        opening.open_file(path, "papers", KEY, MORNING)
    assert caught.value.code == "disk.failed"
    assert files.has_room(tmp_path, 1000)


_FILL = """
import os, shutil, sys
from pathlib import Path
from tests.unit.storage.test_full_disk import _library
from tests.helpers.vaults import open_vault
source, disk = Path(sys.argv[1]), Path(sys.argv[2])
shutil.copytree(source, disk / "vault")
with open(disk / "filler", "wb", buffering=0) as filler:
    try:
        while filler.write(bytes(4096)):
            pass
    except OSError:
        pass
assert os.statvfs(disk).f_bavail == 0
with open_vault(disk / "vault") as vault:
    library = _library(vault)
    (paper,) = (each for each in library.papers() if each.clearance == "delegates")
    with library.open(paper.id) as reader:
        print(vault.reading_only, len(library.papers()), reader.read(4))
(disk / "filler").unlink()
with open_vault(disk / "vault") as vault:
    _library(vault).open(paper.id).close()
    print(vault.reading_only)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="makes a small disk of Linux's tmpfs")
def test_a_real_disk_without_a_byte_left(filled: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    own_mounts = ["unshare", "-rm", "sh", "-c"]
    mount = f"mount -t tmpfs -o size=4m tmpfs '{disk}'"
    if not shutil.which("unshare") or subprocess.run([*own_mounts, mount], check=False).returncode:
        pytest.skip("this machine does not let us mount a disk of our own")
    script = f'{mount} && exec "$0" -B -c "$1" "$2" "$3"'
    run = subprocess.run(
        [*own_mounts, script, sys.executable, _FILL, str(filled), str(disk)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (run.stdout.split("\n")[:2], run.stderr) == (["True 2 b'%PDF'", "False"], "")


def test_entries_can_be_asked_for_by_subject_and_action(vault_path: Path) -> None:
    with open_vault(vault_path) as vault:
        with vault.congress.unit_of_work(vault.actor) as uow:
            for action, subject in (("a.a", "x"), ("a.b", "x"), ("a.a", "y")):
                uow.audit(action, subject)
            uow.commit()
        with vault.congress.reading() as connection:
            assert [each.action for each in entries(connection, subject="x")] == ["a.a", "a.b"]
            chosen = entries(connection, actions=["a.a"], subject="x")
            assert [each.subject for each in chosen] == ["x"]
            assert [each.subject for each in entries(connection, actions=["a.a"])] == ["x", "y"]
