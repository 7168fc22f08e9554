"""Sealed files beside the databases: written once, under random names.

The store keeps bytes and knows nothing of what they hold; ``congress.docs.blobformat``
seals them before they come here. No plain byte of a paper or a face is ever handed to it.
"""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from congress.kernel.errors import BugError, InputError
from congress.kernel.ids import BlobId, is_id, new_id
from congress.storage import faults
from congress.storage.files import PART, sweep, sync_folder

ASIDE = ".aside"
"""Ending of a blob that no row names, until it is deleted or put back."""


class BlobWriter:
    """One blob being written; nothing is left of it unless it is committed.

    Attributes:
        blob_id: The name it will have.
        file: Where to write the sealed bytes. A full disk while writing comes out of the
            ``with`` statement as ``disk.full``.
    """

    blob_id: BlobId
    file: BinaryIO

    def __init__(self, folder: Path) -> None:
        """Choose a random name in ``folder``."""
        self.blob_id = BlobId(new_id())
        self._final = folder / self.blob_id
        self._part = folder / f"{self.blob_id}{PART}"
        self._committed = False

    def __enter__(self) -> Self:
        with faults.naming("blobs"):
            descriptor = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            self.file = os.fdopen(descriptor, "w+b")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._committed:
            return
        try:
            self.file.close()
        except OSError as unwritten:
            error = error or unwritten
        finally:
            self._part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno in faults.FULL:
            raise faults.of_system(error, "blobs") from error

    def commit(self) -> BlobId:
        """Make the blob last, close its file, and return its name.

        Raises:
            EnvironmentFault: ``disk.full`` or ``disk.failed``; nothing was kept.
        """
        with faults.naming("blobs"):
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            self._part.rename(self._final)
            sync_folder(self._final.parent)
        self._committed = True
        return self.blob_id


class BlobStore:
    """The blobs of one vault.

    A blob is committed before the row that names it, so a crash between the two leaves a
    blob that no row names. The owner of the rows finds it by ``all`` and sets it aside; only
    later is it deleted, since the rows may be those of a backup that was put back.
    """

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, and remove what an interrupted write left in it."""
        self._folder = folder
        with faults.naming(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
            sweep(folder)

    def create(self) -> BlobWriter:
        """Return a writer of a new blob, to be used in a ``with`` statement."""
        return BlobWriter(self._folder)

    def open(self, blob_id: BlobId) -> BinaryIO:
        """Return the sealed bytes, seekable.

        Raises:
            InputError: ``blob.missing`` if there is no such blob.
            EnvironmentFault: ``disk.failed``.
        """
        with faults.naming("blobs"):
            try:
                return self._path(blob_id).open("rb")
            except FileNotFoundError:
                self.put_back(blob_id)
            try:
                return self._path(blob_id).open("rb")
            except FileNotFoundError as error:
                raise InputError("blob.missing", file=blob_id) from error

    def delete(self, blob_id: BlobId) -> None:
        """Remove a blob; do nothing if it is gone already."""
        with faults.naming("blobs"):
            self._path(blob_id).unlink(missing_ok=True)
            sync_folder(self._folder)

    def all(self) -> Sequence[BlobId]:
        """Return the names of all blobs, sorted."""
        with faults.naming("blobs"):
            return sorted(BlobId(path.name) for path in self._folder.iterdir() if is_id(path.name))

    def set_aside(self, blob_id: BlobId, now: datetime) -> None:
        """Take a blob that no row names out of the way; opening it puts it back.

        Raises:
            EnvironmentFault: ``disk.failed``.
        """
        with faults.naming("blobs"):
            aside = self._aside(blob_id)
            self._path(blob_id).rename(aside)
            os.utime(aside, (now.timestamp(), now.timestamp()))
            sync_folder(self._folder)

    def put_back(self, blob_id: BlobId) -> None:
        """Put a blob back that was set aside; do nothing if it was not."""
        with faults.naming("blobs"), suppress(FileNotFoundError):
            self._aside(blob_id).rename(self._path(blob_id))
            sync_folder(self._folder)

    def aside(self) -> Mapping[BlobId, datetime]:
        """Return the blobs that are set aside, and since when."""
        with faults.naming("blobs"):
            return {
                BlobId(path.stem): datetime.fromtimestamp(path.stat().st_mtime, UTC)
                for path in self._folder.glob(f"*{ASIDE}")
                if is_id(path.stem)
            }

    def delete_aside(self, blob_id: BlobId) -> None:
        """Remove a blob that is set aside."""
        with faults.naming("blobs"):
            self._aside(blob_id).unlink(missing_ok=True)

    def _aside(self, blob_id: BlobId) -> Path:
        return self._path(blob_id).with_suffix(ASIDE)

    def _path(self, blob_id: BlobId) -> Path:
        if not is_id(blob_id):
            raise BugError("not the identifier of a blob")
        return self._folder / blob_id
