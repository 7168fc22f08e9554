"""Takes away from a process what reading a file does not need. Never called in our own window.

What holds depends on the system, and ``confine`` says which of it does:

* Linux: no network (a network namespace of its own, where the system permits one), no core
  dump, a limit of memory, of processor time and of the size of files it may write (none), no
  new rights through programs it starts.
* macOS: no core dump, processor time, size of files; it does not hold a limit of memory.
* Windows: none of these. There, as everywhere, the reading process is killed when it falls
  silent, and Python itself refuses what ``forbid`` names.

``forbid`` is a second fence, not a wall: it stops Python code, and not machine code that took
over the process. System calls are not filtered.
"""

import ctypes
import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_SET_DUMPABLE, _NO_NEW_PRIVILEGES = 4, 38
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_OUTSIDE = (
    *("socket.__new__", "socket.connect", "socket.bind", "socket.getaddrinfo"),
    *("os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"),
    *("os.startfile", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link"),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a confined process may use.

    Attributes:
        memory: Bytes of address space, or 0 for no limit.
        file_size: Bytes of each file it may write.
        open_files: How many files it may hold open.
    """

    memory: int = 2 * 1024 * 1024 * 1024
    file_size: int = 0
    open_files: int = 64


def confine(limits: Limits) -> tuple[str, ...]:
    """Limit this process for good; return which limits hold.

    Returns:
        Of ``network``, ``privileges``, ``core``, ``memory``, ``file_size``, ``open_files``.
    """
    held = list(_linux()) if sys.platform == "linux" else []
    if sys.platform != "win32":
        import resource

        wanted = {
            "core": (resource.RLIMIT_CORE, 0),
            "file_size": (resource.RLIMIT_FSIZE, limits.file_size),
            "open_files": (resource.RLIMIT_NOFILE, limits.open_files),
        }
        if limits.memory and sys.platform == "linux":
            wanted["memory"] = (resource.RLIMIT_AS, limits.memory)
        for name, (which, most) in wanted.items():
            try:
                resource.setrlimit(which, (most, most))
                held.append(name)
            except (ValueError, OSError):  # the system's own limit is lower still
                continue
    return tuple(held)


def _linux() -> tuple[str, ...]:
    libc = ctypes.CDLL(None, use_errno=True)
    held = []
    if libc.unshare(_NEW_NET) == 0 or libc.unshare(_NEW_USER | _NEW_NET) == 0:
        held.append("network")
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0:
        held.append("privileges")
    libc.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
    return tuple(held)


def allow_seconds(seconds: int) -> None:
    """Let this process use ``seconds`` of processor time from now on; beyond, it is ended."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def forbid(programs: Collection[str]) -> None:
    """Let Python refuse sockets, writing to files, and starting programs but ``programs``."""

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event in _OUTSIDE:
            raise PermissionError(event)
        if event == "subprocess.Popen" and args[0] not in programs:
            raise PermissionError(event)
        if event == "open" and _writes_to_disk(*args):
            raise PermissionError(event)

    sys.addaudithook(hook)


def _writes_to_disk(path: object, mode: object, flags: int | None) -> bool:
    pipe = isinstance(path, int) or path == os.devnull
    return not pipe and bool((flags or 0) & _WRITING)


def main() -> None:
    """Confine this process and become the program that the arguments name.

    The arguments: bytes of memory, bytes of a file, seconds, the program and its arguments.
    """
    memory, file_size, seconds, *program = sys.argv[1:]
    confine(Limits(int(memory), int(file_size), open_files=1024))
    allow_seconds(int(seconds))
    os.execv(program[0], program)  # noqa: S606 - a program that was probed, without a shell


if __name__ == "__main__":
    main()
