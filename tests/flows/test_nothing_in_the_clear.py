"""Everything that the program writes, looked at byte by byte as the system sees it."""

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.helpers.papers import docx, paragraph, pdf

pytestmark = pytest.mark.timeout(240)

_ROOT = Path(__file__).parents[2]
_WRITES = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,vmsplice"
_FILES = "open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,mmap"
_PLANTED = (
    *("quetzalcoat", "plumage", "zephyrine", "Puffinpaper", "Kestrelhall", "Heronry"),
    *("Ottermember", "Đặng Bích Thủy", "خفیہ تجویز"),
)
_MEMORY = ("/dev/", "/proc/", "/memfd:")
"""What lies in memory: LibreOffice, where it is there, is given its folder in ``/dev/shm``."""
_CALL = re.compile(r"^(?:\[pid +\d+\] +|\d+ +)?(\w+)\((.*)$")
_PATH = re.compile(r"^-?\d+<((?:[^<>\\]|\\x[0-9a-f]{2})*)>")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass
class _Seen:
    """What the system saw: bytes written by file, and files opened for writing."""

    written: dict[str, bytearray] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    mapped: set[str] = field(default_factory=set)


def _plain(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", ""))


def _calls(log: Path) -> Iterator[tuple[str, str]]:
    pending: dict[str, str] = {}
    for line in log.read_text(encoding="ascii", errors="replace").splitlines():
        pid, _, rest = line.partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            pending[pid] = rest.removesuffix("<unfinished ...>")
            continue
        if resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", rest):
            rest = pending.pop(pid, "") + resumed[1]
        if call := _CALL.match(rest):
            yield call[1], call[2]


def _look(log: Path) -> _Seen:
    seen = _Seen()
    for name, arguments in _calls(log):
        path = _PATH.match(arguments)
        where = _plain(path[1]).decode(errors="replace") if path else ""
        if name in _WRITES.split(","):
            if where.startswith("/") and not where.startswith(_MEMORY):
                for piece in _STRING.findall(arguments):
                    seen.written.setdefault(where, bytearray()).extend(_plain(piece))
        elif name == "mmap":
            if "PROT_WRITE" in arguments and "MAP_SHARED" in arguments and "/" in arguments:
                mapped = re.search(r"\d+<((?:\\x[0-9a-f]{2})+)>", arguments)
                seen.mapped.add(_plain(mapped[1]).decode() if mapped else arguments)
        elif " = -1 " not in arguments and (
            re.search(r"O_(WRONLY|RDWR|CREAT)", arguments) or not name.startswith("open")
        ):
            for target in _STRING.findall(arguments):
                seen.opened.add(_plain(target).decode(errors="replace"))
    return seen


def _spellings(word: str) -> set[bytes]:
    forms = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")}
    forms |= {form.lower() for form in forms} | {form.upper() for form in forms}
    return {form.encode(code) for form in forms for code in ("utf-8", "utf-16-le", "utf-16-be")}


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> tuple[_Seen, Path, list[bytes]]:
    strace = shutil.which("strace")
    if sys.platform != "linux" or strace is None:
        pytest.skip("strace is not installed: only it shows every byte that is written")
    if subprocess.run([strace, "-o", os.devnull, "true"], check=False).returncode:
        pytest.skip("this machine does not let one program trace another")
    folder = tmp_path_factory.mktemp("traced")
    papers = folder / "papers"
    papers.mkdir()
    text = "quetzalcoat plumage and a zephyrine breeze over the quiet harbour"
    files = {
        "a.pdf": pdf(*[f"{text} on page {number}" for number in range(3)], title="zephyrine"),
        "b.docx": docx(
            paragraph(f"{text} Đặng Bích Thủy", "Heading1"),
            *[paragraph(f"{text} خفیہ تجویز {number}") for number in range(40)],
        ),
    }
    for name, data in files.items():
        (papers / name).write_bytes(data)
    home = folder / "home"
    home.mkdir()
    log = folder / "strace.log"
    run = subprocess.run(
        [
            *(strace, "-f", "-y", "-xx", "-s", "2000000", "-o", str(log)),
            *("-e", f"trace={_WRITES},{_FILES}"),
            *(sys.executable, "-B", "-m", "tests.helpers.clearwork"),
            *(str(folder / "vault"), str(papers)),
        ],
        cwd=_ROOT,
        env=os.environ | {"HOME": str(home), "TMPDIR": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    needles = [needle for word in _PLANTED for needle in _spellings(word)]
    # The files as they came in, compressed or not, and a sign-in.
    needles += [data[at : at + 24] for data in files.values() for at in range(200, 1200, 100)]
    needles.append(b"a passphrase of hers")
    seen = _look(log)
    log.unlink()
    return seen, folder / "vault", needles


def test_enough_was_seen(traced: tuple[_Seen, Path, list[bytes]]) -> None:
    """So that a trace that was not understood makes these tests fail."""
    seen, vault, _ = traced
    inside = {Path(path).name for path in seen.written}
    # A new vault is made under another name and takes its own when it is whole.
    made = {name.removesuffix("-wal") for name in inside}
    assert {"secret.db", "delegates.db", "restricted.db", "congress.db"} <= made
    assert any(name.startswith("papers-") for name in inside)
    assert any("/blobs/" in path for path in seen.written)
    assert sum(map(len, seen.written.values())) > 1_000_000
    assert any(path.startswith(str(vault)) for path in seen.opened)


def test_no_word_of_a_paper_is_written_in_the_clear(
    traced: tuple[_Seen, Path, list[bytes]],
) -> None:
    seen, _, needles = traced
    found = {
        (path, needle)
        for path, data in seen.written.items()
        for needle in needles
        if needle in data
    }
    assert found == set()
    assert not [path for path in seen.opened if any(word in path for word in _PLANTED)]


def test_no_file_is_written_outside_the_vault(traced: tuple[_Seen, Path, list[bytes]]) -> None:
    seen, vault, _ = traced
    # While it is made, the vault is a folder beside its place: ``.<random>.part``.
    own = re.compile(rf"{re.escape(str(vault))}(/|$)|{re.escape(str(vault.parent))}/\.[^/]+\.part")
    outside = {
        path
        for path in seen.opened | seen.written.keys()
        if path.startswith("/")
        and not own.match(path)
        and not path.startswith(_MEMORY)
        # Python keeps what it made of the program's own text.
        and "/__pycache__" not in path
        # LibreOffice touches a stamp among its own files, and the system keeps what it learnt
        # about fonts.
        and not path.endswith("/uno_packages/cache/stamp.sys")
        and "/fontconfig/" not in path
    }
    assert outside == set()
    # The one kind of file that is written by mapping it holds page numbers and no page.
    assert all(own.match(path) and path.endswith("-shm") for path in seen.mapped)
