"""Has LibreOffice draw the pages of office files, where it is installed.

LibreOffice (MPL 2.0) is a program of its own that reads and writes files. They lie in a folder of
this user alone on a file system in memory (``/dev/shm``), as do its settings and whatever it
keeps for itself, and the folder goes with the conversion: nothing is written to a disk, unless
the system swaps memory out. Where there is no such file system LibreOffice is not used.

It draws with our fonts beside those of the system, which often has none for Urdu.

It runs confined (``congress.docs.confine``): without a network, with a limit of memory, time and
size of files, and set up to run no macros and follow no links. Whatever goes wrong with it, the
congress goes on without it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import BinaryIO

import congress
from congress.assets import asset
from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.progress import Progress

PACKAGES = "libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui"
"""What to install on Debian and Ubuntu."""

SECONDS = 45.0
"""Longest time for one file."""

_MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory; the folder is our own
_PREFIX = "congress-office-"
_NAMES = ("soffice", "libreoffice")
_ADDRESS_SPACE, _LARGEST, _PROCESSOR = 8 * 1024**3, 256 * 1024**2, 90
_PIECE, _POLL = 1024 * 1024, 0.05
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from congress.docs import confine; "
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


class ConverterUnavailable(EnvironmentFault):
    """The file needs LibreOffice, which is not there: the message names what to install."""

    def __init__(self, file: str) -> None:
        """Name the file."""
        super().__init__("docs.needs_office", file=file, package=PACKAGES)


@dataclass(frozen=True, slots=True)
class Office:
    """An installed LibreOffice.

    Attributes:
        program: Its path.
        memory: A folder on a file system in memory.
    """

    program: str
    memory: Path

    def pdf(self, file: BinaryIO, name: str, progress: Progress) -> bytes:
        """Return a PDF of the pages of an open file.

        Args:
            file: Seekable.
            name: Its name; LibreOffice goes by how it ends.
            progress: Asked whether to go on.

        Raises:
            InputError: ``docs.office_failed`` if LibreOffice cannot read it in time.
            Cancelled: The person cancelled.
        """
        suffix = PurePath(name).suffix.lower()
        ending = suffix if suffix[1:].isascii() and suffix[1:].isalnum() else ""
        try:
            with TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", dir=self.memory) as folder:
                return self._converted(Path(folder), file, f"paper{ending}", progress)
        except OSError as error:
            raise InputError("docs.office_failed") from error

    def _converted(self, folder: Path, file: BinaryIO, name: str, progress: Progress) -> bytes:
        profile, source = folder / "profile", folder / name
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
        (folder / ".fonts").symlink_to(asset("fonts").absolute())
        file.seek(0)
        with source.open("xb") as copy:
            shutil.copyfileobj(file, copy, _PIECE)
        root = str(Path(congress.__file__).parents[1])
        limits = map(str, (_ADDRESS_SPACE, _LARGEST, _PROCESSOR))
        command = [
            *(sys.executable, "-I", "-c", f"{_START}confine.main()", root, *limits),
            *(self.program, "--headless", "--norestore", "--nolockcheck", "--nodefault"),
            f"-env:UserInstallation={profile.as_uri()}",
            *("--convert-to", "pdf", "--outdir", str(folder / "out"), str(source)),
        ]
        self._run(command, folder, progress)
        made = folder / "out" / "paper.pdf"
        if not made.is_file():
            raise InputError("docs.office_failed")
        return made.read_bytes()

    def _run(self, command: list[str], folder: Path, progress: Progress) -> None:
        environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}
        with subprocess.Popen(  # noqa: S603 - a program that was probed, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**environment, "TMPDIR": str(folder), "HOME": str(folder)},
            cwd=folder,
            start_new_session=True,
        ) as process:
            try:
                _wait(process.poll, progress)
            finally:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)


def _wait(poll: Callable[[], int | None], progress: Progress) -> None:
    deadline = time.monotonic() + SECONDS
    while poll() is None:
        progress.check()
        if time.monotonic() > deadline:
            raise InputError("docs.office_failed")
        time.sleep(_POLL)


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value>'
        "</prop></item>"
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items '
        'xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        f"{items}</oor:items>"
    )


def find_office(memory: Path = _MEMORY) -> Office | None:
    """Look for LibreOffice and for memory to work in; ``None`` where either is missing.

    Folders that a crash of an earlier congress left behind are removed.
    """
    program = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if program is None or not memory.is_dir() or not os.access(memory, os.W_OK):
        return None
    for left in memory.glob(f"{_PREFIX}*"):
        owner = left.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)
    return Office(program, memory)
