"""The open files of papers of one vault, by their shelf."""

from collections.abc import ItemsView, Iterator, Mapping

from congress.kernel.roles import Shelf
from congress.storage.database import Database


class PaperFiles(Mapping[Shelf, Database]):
    """A mapping in the order of shelves that changes as groups come and go.

    Each change replaces the whole, so whoever goes through ``items`` in another thread sees one
    state of it.
    """

    def __init__(self, files: Mapping[Shelf, Database]) -> None:
        """Take the files that are open."""
        self._files = _sorted(files)

    def __getitem__(self, shelf: Shelf) -> Database:
        return self._files[shelf]

    def __iter__(self) -> Iterator[Shelf]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def items(self) -> ItemsView[Shelf, Database]:
        """Return the shelves and their files as they are now."""
        return self._files.items()

    def put(self, shelf: Shelf, database: Database) -> None:
        """Add the file of a shelf, or put another in its place."""
        self._files = _sorted({**self._files, shelf: database})

    def drop(self, shelf: Shelf) -> Database:
        """Take the file of a shelf away, and return it."""
        dropped = self._files[shelf]
        self._files = {key: value for key, value in self._files.items() if key != shelf}
        return dropped


def _sorted(files: Mapping[Shelf, Database]) -> dict[Shelf, Database]:
    return dict(sorted(files.items(), key=lambda item: item[0]))
