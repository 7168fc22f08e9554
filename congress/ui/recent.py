"""The congresses that were open on this machine: their folders, and nothing of what they hold."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings

KEPT = 12
_KEY = "recent"


class RecentCongresses:
    """Remembers folders in the settings of the machine, the latest first."""

    def __init__(self, store: QSettings) -> None:
        """Keep the list in ``store``."""
        self._store = store

    def paths(self) -> Sequence[Path]:
        """Return the folders, the one opened last first, also those that are gone."""
        kept = self._store.value(_KEY)
        names = [kept] if isinstance(kept, str) else list(kept or ())
        return [Path(name) for name in names if name]

    def add(self, path: Path) -> None:
        """Put a folder at the head of the list."""
        path = path.absolute()
        self._write([path, *(each for each in self.paths() if each != path)][:KEPT])

    def forget(self, path: Path) -> None:
        """Take a folder off the list; the folder itself stays as it is."""
        self._write([each for each in self.paths() if each != path])

    def _write(self, paths: Sequence[Path]) -> None:
        self._store.setValue(_KEY, [str(path) for path in paths])
        self._store.sync()
