"""What someone finds who gets at the files, and what a crash leaves of them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from congress.kernel.roles import Clearance, Role, Shelf
from congress.kernel.settings import Settings
from congress.storage.audit import verify_audit
from congress.storage.schema import setting
from tests.helpers.vaults import PASSPHRASE, make_vault, open_vault

_SECRETS = (
    "Nguyễn Thị Lan Anh",
    "خفیہ قرارداد",
    "ballot-strikes-candidate-7",
    "umbrella passphrase",
)
_ROOT = Path(__file__).parents[3]


def _spellings(secret: str) -> list[bytes]:
    forms = {unicodedata.normalize(form, secret) for form in ("NFC", "NFD")}
    return [form.encode(code) for form in forms for code in ("utf-8", "utf-16-le", "utf-16-be")]


def _found(*folders: Path) -> list[str]:
    needles = [each for secret in (*_SECRETS, PASSPHRASE) for each in _spellings(secret)]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        path.name
        for path in files
        if any(needle in path.read_bytes() for needle in needles)
        or any(secret in path.name for secret in _SECRETS)
    ]


def test_no_file_ever_holds_a_word_of_the_congress(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    (temp / "marker").touch()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(temp))
    monkeypatch.setattr(tempfile, "tempdir", None)

    with make_vault(tmp_path, settings=Settings(_SECRETS[0])) as vault:
        vault.add_member(_SECRETS[0], Role.DELEGATE, _SECRETS[3])
        rows = [
            {"id": number, "value": f"{_SECRETS[1]} {_SECRETS[2]} {number}"}
            for number in range(2, 4000)
        ]
        with vault.congress.unit_of_work(vault.actor) as uow:
            uow.connection.execute(insert(setting), rows)
            # A sort and an index too large for the page cache would spill to a temporary file.
            uow.connection.exec_driver_sql("PRAGMA cache_size = 10")
            uow.connection.execute(select(setting).order_by(setting.c.value.desc())).all()
            uow.connection.exec_driver_sql("CREATE INDEX by_value ON setting (value)")
            uow.audit("test.written")
            uow.commit()
        with vault.papers[Shelf(Clearance.SECRET)].unit_of_work(vault.actor) as uow:
            uow.connection.execute(text("CREATE VIRTUAL TABLE words USING fts5(body)"))
            uow.connection.execute(text("INSERT INTO words VALUES (:body)"), {"body": _SECRETS[1]})
            uow.commit()
        log = vault.path / "congress.db-wal"
        assert log.stat().st_size > 100_000
        assert _found(vault.path, temp) == []
        with vault.congress.unit_of_work(vault.actor) as uow:
            uow.connection.execute(text("DELETE FROM setting WHERE id > 1"))
            uow.commit()
        assert _found(vault.path, temp) == []
    assert _found(tmp_path) == []


def test_no_database_file_can_be_told_from_noise(vault_path: Path) -> None:
    for path in vault_path.glob("*.db"):
        data = path.read_bytes()
        assert not data.startswith(b"SQLite format 3")
        assert all(abs(data.count(byte) / len(data) - 1 / 256) < 0.002 for byte in range(256))


_WRITER = """
import sys
from sqlalchemy import insert
from congress.storage.schema import setting
from tests.helpers.vaults import open_vault
from pathlib import Path
vault = open_vault(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    number += 1
    with vault.congress.unit_of_work(vault.actor) as uow:
        uow.connection.execute(insert(setting).values(id=number, value="x" * 5000))
        uow.audit("test.written", str(number))
        uow.commit()
    print(number, flush=True)
    with vault.congress.unit_of_work(vault.actor) as uow:
        uow.connection.execute(insert(setting).values(id=1_000_000 + number, value="lost"))
        uow.audit("test.lost")
"""


def _python(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-B", "-c", *arguments],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_kill_at_any_moment_loses_nothing_that_was_committed(vault_path: Path) -> None:
    acknowledged = 1
    for wait in (3, 40, 111):
        with _python(_WRITER, str(vault_path), str(acknowledged)) as writer:
            assert writer.stdout is not None
            for _ in range(wait):
                acknowledged = int(writer.stdout.readline())
            writer.send_signal(signal.SIGKILL)
            for line in writer.stdout:
                acknowledged = int(line)
        with open_vault(vault_path) as vault:
            with vault.congress.reading() as connection:
                kept = set(connection.execute(select(setting.c.id)).scalars())
            assert verify_audit(vault.congress) is None
        newest = max(kept)
        # The last one may have been committed without a word about it any more.
        assert newest in (acknowledged, acknowledged + 1)
        assert kept == set(range(1, newest + 1))
        acknowledged = newest


_OPENER = """
import os, sys
from pathlib import Path
from congress.kernel.errors import CongressError
from tests.helpers.vaults import open_vault
open_vault(Path(sys.argv[1])).close()  # imports all that a user without rights may not read
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    with open_vault(Path(sys.argv[2])) as vault:
        vault.save_settings(vault.settings)
    print("opened")
except CongressError as error:
    print(error.code, error.params["file"])
"""


@pytest.mark.parametrize(
    ("locked", "said"),
    [
        ("", "opened"),
        ("folder", "vault.read_only vault"),
        ("congress.db", "vault.read_only congress.db"),
        ("vault.json", "opened"),
    ],
)
def test_what_may_not_be_written_is_said_and_left_alone(
    vault_path: Path, locked: str, said: str
) -> None:
    """Run as a user without rights: root may write anywhere."""
    place = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        vault = place / "vault"
        shutil.copytree(vault_path, vault)
        if os.geteuid() == 0:
            for path in (place, *place.rglob("*")):
                os.chown(path, 65534, 65534)
        if locked == "folder":
            vault.chmod(0o500)
            for path in vault.glob("*"):
                path.chmod(0o500 if path.is_dir() else 0o400)
        elif locked:
            (vault / locked).chmod(0o400)
        with _python(_OPENER, str(vault_path), str(vault)) as opener:
            out, error = opener.communicate(timeout=60)
        assert (out.strip(), error) == (said, "")
    finally:
        place.chmod(0o700)
        for path in place.rglob("*"):
            path.chmod(0o700)
        shutil.rmtree(place)
