"""Keeps the memory of our threads together."""

import ctypes
import sys

_M_ARENA_MAX, _ARENAS = -8, 2


def share_arenas() -> None:
    """Have all threads share two arenas of glibc's heap; do nothing on other systems.

    By default each thread gets an arena of its own (up to eight for each core), and what one
    thread frees no other can use: the sample congress's day took a quarter more memory.
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
