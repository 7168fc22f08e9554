"""Files that are there whole or not at all, also after the power fails."""

import errno
import os
import sys
import tempfile
from pathlib import Path

PART = ".part"
"""Ending of a file that is still being written; what a crash leaves of it is removed."""


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` last. Windows does so by itself."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Replace the file at ``path`` by ``data``: a reader sees the old or the new, whole.

    Raises:
        OSError: Nothing was changed.
    """
    descriptor, name = tempfile.mkstemp(suffix=PART, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def has_room(folder: Path, size: int) -> bool:
    """Return whether a file of ``size`` bytes can be written in ``folder``: tries, with zeros.

    Raises:
        OSError: It cannot be told, because of something else than room.
    """
    try:
        with tempfile.TemporaryFile(suffix=PART, dir=folder, buffering=0) as file:
            return file.write(bytes(size)) == size
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return False
        raise


def sweep(folder: Path) -> None:
    """Remove what an interrupted write left in ``folder``."""
    for path in folder.glob(f"*{PART}"):
        path.unlink(missing_ok=True)


def remove_database(path: Path) -> None:
    """Remove the SQLite file at ``path`` with its log; do nothing if it is not there."""
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
