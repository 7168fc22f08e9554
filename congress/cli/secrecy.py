"""Keeps what the program holds in memory out of files that a crash or another program writes.

A crash dump holds the papers that were open and the keys of the vault, in the clear.
"""

import ctypes
import sys
from typing import Any

_SET_DUMPABLE = 4
_DENY_ATTACH = 31
_NO_CRASH_BOX, _NO_CRITICAL_BOX = 0x0002, 0x0001
_NO_HEAP = 1


def keep_memory_private() -> tuple[str, ...]:
    """Refuse crash dumps, and where the system can, being looked into; return what holds.

    * Linux: no core dump, and no other program of the same person may attach or read the memory.
    * macOS: no core dump, and no debugger may attach.
    * Windows: error reports go without the heap, and no crash box waits on the screen.

    Programs that this one starts inherit the limit of core dumps, and nothing else.
    """
    held = []
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        held.append("core")
    if sys.platform == "linux":
        if ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0) == 0:
            held.append("attaching")
    elif sys.platform == "darwin":
        if ctypes.CDLL(None).ptrace(_DENY_ATTACH, 0, None, 0) == 0:
            held.append("attaching")
    elif sys.platform == "win32":
        held += _windows(ctypes.windll.kernel32)
    return tuple(held)


def _windows(kernel: Any) -> list[str]:
    kernel.SetErrorMode(_NO_CRASH_BOX | _NO_CRITICAL_BOX)
    return ["heap"] if kernel.WerSetFlags(_NO_HEAP) == 0 else []
