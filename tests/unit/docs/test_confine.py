"""The fences around a reading process, tried from inside one."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

import congress

linux = pytest.mark.skipif(sys.platform != "linux", reason="the limits are those of Linux")
START = (
    "import sys; sys.path.insert(0, {!r}); "
    "from congress.docs.confine import *; import socket, os, subprocess\n"
)


def confined(body: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    root = str(Path(congress.__file__).parents[1])
    command = [sys.executable, "-I", "-c", START.format(root) + body, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


@linux
def test_memory_is_limited() -> None:
    done = confined("confine(Limits(memory=400_000_000)); x = bytearray(500_000_000)")
    assert "MemoryError" in done.stderr


@linux
def test_nothing_is_written_to_a_disk(tmp_path: Path) -> None:
    path = tmp_path / "x"
    done = confined(
        "confine(Limits()); f = open(sys.argv[1], 'wb'); f.write(b'x'); f.flush()", str(path)
    )
    assert done.returncode != 0
    assert path.read_bytes() == b""


@linux
def test_time_is_limited() -> None:
    done = confined("confine(Limits()); allow_seconds(1)\nwhile True: pass")
    assert done.returncode == -24


@linux
def test_there_is_no_network() -> None:
    body = (
        "held = confine(Limits()); assert 'network' in held or sys.exit(77)\n"
        "try: socket.create_connection(('127.0.0.1', int(sys.argv[1])), 1)\n"
        "except OSError: sys.exit(5)"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = confined(body, str(server.getsockname()[1]))
    if done.returncode == 77:
        pytest.skip("this system lets no process have a network of its own")
    assert done.returncode == 5


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "os.system('true')",
        "subprocess.run(['/bin/true'])",
        "os.execv('/bin/true', ['true'])",
        "os.fork()",
        "open({path!r}, 'w')",
        "os.open({path!r}, os.O_CREAT | os.O_WRONLY)",
        "os.remove({path!r})",
        "os.mkdir({path!r} + 'x')",
    ],
)
def test_python_refuses_what_reading_does_not_need(tmp_path: Path, attempt: str) -> None:
    path = tmp_path / "there"
    path.write_text("x")
    done = confined(f"forbid(set()); {attempt.format(path=str(path))}")
    assert "PermissionError" in done.stderr
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("there", "x")]


def test_what_reading_needs_is_left() -> None:
    body = (
        "forbid({'/bin/true'}); subprocess.run(['/bin/true'], check=True, stdin=subprocess.PIPE); "
        "open(os.devnull, 'w').close(); open(os.__file__).close()"
    )
    assert confined(body).stderr == ""


@linux
def test_a_program_is_started_confined(tmp_path: Path) -> None:
    body = "from congress.docs import confine; confine.main()"
    script = (
        "import resource as r; print(*r.getrlimit(r.RLIMIT_FSIZE), r.getrlimit(r.RLIMIT_CPU)[0])"
    )
    done = confined(body, "0", "12345", "60", sys.executable, "-I", "-c", script)
    assert done.stdout.split()[:2] == ["12345", "12345"]
    assert 60 <= int(done.stdout.split()[2]) <= 61
