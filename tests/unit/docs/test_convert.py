import io
import os
import sys
from pathlib import Path

import pytest

from congress.docs import convert as module
from congress.docs.convert import Office, find_office
from congress.kernel.errors import Cancelled, InputError
from congress.kernel.progress import Silent
from tests.helpers import reading
from tests.helpers.papers import pdf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is used on Linux")


class Impatient(Silent):
    def check(self) -> None:
        raise Cancelled


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    folder = tmp_path / "memory"
    folder.mkdir()
    return folder


def made(office: Office) -> bytes:
    return office.pdf(io.BytesIO(b"words"), "Draft số 4.DOC", Silent())


def test_it_is_found_where_there_is_memory_to_work_in(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office(memory) is None
    program = reading.office(tmp_path, b"")
    assert find_office(memory) == Office(str(program), memory)
    assert find_office(tmp_path / "nowhere") is None


def test_what_a_crash_left_behind_is_removed(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    reading.office(tmp_path, b"")
    for name in ("congress-office-4194399-x", f"congress-office-{os.getpid()}-x", "other"):
        (memory / name).mkdir()
    find_office(memory)
    left = sorted(each.name for each in memory.iterdir())
    assert left == [f"congress-office-{os.getpid()}-x", "other"]


def test_the_pages_come_and_nothing_stays(tmp_path: Path, memory: Path) -> None:
    log = tmp_path / "log"
    office = Office(str(reading.office(tmp_path, pdf("x"), log=log)), memory)
    assert made(office) == pdf("x")
    assert list(memory.iterdir()) == []
    said = log.read_text()
    assert "Draft" not in said
    assert "paper.doc" in said
    assert f"'TMPDIR': '{memory}/congress-office-" in said
    assert f"-env:UserInstallation=file://{memory}/congress-office-" in said
    assert "PASSPHRASE" not in said


def test_a_name_with_anything_in_it_is_harmless(tmp_path: Path, memory: Path) -> None:
    office = Office(str(reading.office(tmp_path, b"%PDF-")), memory)
    for name in ("x.$(touch y)", "../../x", "x.ơ", "-x", ""):
        assert office.pdf(io.BytesIO(b"words"), name, Silent()) == b"%PDF-"


@pytest.mark.parametrize("body", ["sys.exit(1)", "sys.exit(0)", "os.kill(os.getpid(), 11)"])
def test_a_program_that_fails_is_told(tmp_path: Path, memory: Path, body: str) -> None:
    office = Office(str(reading.program(tmp_path, "soffice", body)), memory)
    with pytest.raises(InputError, match=r"docs\.office_failed"):
        made(office)
    assert list(memory.iterdir()) == []


def test_a_program_that_hangs_is_ended(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    office = Office(str(reading.office(tmp_path, pdf("x"), seconds=60)), memory)
    with pytest.raises(InputError, match=r"docs\.office_failed"):
        made(office)
    assert list(memory.iterdir()) == []


def test_it_can_be_cancelled(tmp_path: Path, memory: Path) -> None:
    office = Office(str(reading.office(tmp_path, pdf("x"), seconds=60)), memory)
    with pytest.raises(Cancelled):
        office.pdf(io.BytesIO(b"words"), "x.doc", Impatient())
    assert list(memory.iterdir()) == []


def test_memory_that_is_full_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"docs\.office_failed"):
        made(Office("/nowhere", tmp_path / "gone"))


def test_it_has_our_fonts(tmp_path: Path, memory: Path) -> None:
    body = """
home = os.environ["HOME"]
out = sys.argv[sys.argv.index("--outdir") + 1]
os.mkdir(out)
open(os.path.join(out, "paper.pdf"), "w").write(" ".join(sorted(os.listdir(home + "/.fonts"))))
"""
    office = Office(str(reading.program(tmp_path, "soffice", body)), memory)
    assert b"NotoNaskhArabic-Regular.ttf" in made(office)
