import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from congress.cli import main as command
from congress.cli import secrecy

_ROOT = Path(__file__).parents[3]
_ASK = """
import ctypes, resource
from congress.cli.secrecy import keep_memory_private
print(*keep_memory_private())
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
_CRASH = """
import os, signal
from congress.cli.secrecy import keep_memory_private
keep_memory_private()
os.kill(os.getpid(), signal.SIGSEGV)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what holds")
def test_no_core_dump_and_nobody_looks_in() -> None:
    run = subprocess.run(
        [sys.executable, "-B", "-c", _ASK], cwd=_ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines() == ["core attaching", "(0, 0) 0"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core dumps on Windows")
def test_a_crash_leaves_no_dump(tmp_path: Path) -> None:
    """Whatever the limit was: here it is as high as it may be."""

    def generous() -> None:
        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))

    child = subprocess.Popen(
        [sys.executable, "-B", "-c", _CRASH],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(_ROOT)},
        preexec_fn=generous,
    )
    _, status = os.waitpid(child.pid, 0)
    child.returncode = 0
    assert os.WTERMSIG(status) == signal.SIGSEGV
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []


def test_the_command_begins_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[bool] = []
    monkeypatch.setattr(command, "keep_memory_private", lambda: called.append(True))
    CliRunner().invoke(command.main, ["demo", "--help"])
    assert called == [True]


def test_on_windows_reports_go_without_the_heap() -> None:
    class Kernel:
        def __init__(self, answer: int) -> None:
            self.answer = answer
            self.modes: list[int] = []

        def SetErrorMode(self, mode: int) -> int:
            self.modes.append(mode)
            return 0

        def WerSetFlags(self, flags: int) -> int:
            assert flags == 1
            return self.answer

    kernel = Kernel(0)
    assert secrecy._windows(kernel) == ["heap"]
    assert kernel.modes == [3]
    assert secrecy._windows(Kernel(1)) == []
