"""Keeps the memory of our threads together, and gives large blocks of it back."""

import ctypes
import sys

_M_ARENA_MAX, _ARENAS = -8, 2
_M_MMAP_THRESHOLD, _LARGE = -3, 8 * 1024 * 1024


def save_memory() -> None:
    """Set up glibc's heap for a window with threads; do nothing on other systems.

    By default each thread gets an arena of its own (up to eight for each core), and what one
    thread frees no other can use; and a block of any size up to 32 MiB may come to lie in them,
    so that weights and pictures leave holes when they go. With two arenas for all threads, and
    blocks of 8 MiB and more given back as soon as they are freed, the sample congress's day takes
    a sixth less memory (675 MB instead of 808).
    """
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_ARENA_MAX, _ARENAS)
        mallopt(_M_MMAP_THRESHOLD, _LARGE)
