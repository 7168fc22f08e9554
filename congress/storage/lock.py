"""One program at a time opens a vault: a lock of the operating system on its lock file.

The lock goes with the process, however it ends, so a crash never leaves a vault locked.
"""

import os
import sys
from pathlib import Path

from congress.kernel.errors import EnvironmentFault
from congress.storage import faults

if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class VaultLock:
    """Holds the lock of one vault from construction to ``release``."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of the vault in ``folder``.

        Raises:
            EnvironmentFault: ``vault.locked`` if it is open already, in this or another
                program; ``vault.read_only`` if its folder cannot be written.
        """
        with faults.naming(folder):
            self._descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise EnvironmentFault("vault.locked", file=folder.name) from error

    def release(self) -> None:
        """Give the lock back."""
        os.close(self._descriptor)
