"""Sealed files that no paper names: what a crash left, set aside and at last deleted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from congress.docs.store import paper, version
from congress.storage.blobs import BlobStore
from congress.storage.database import Database

KEPT = timedelta(days=30)
"""How long a blob that no row names is kept: a backup of the rows may come back."""


def tidy_blobs(files: Iterable[Database], blobs: BlobStore, now: datetime) -> int:
    """Set aside the blobs that no version names, and delete those set aside long ago.

    Nothing may be written meanwhile: a blob is there before the row that names it.

    Args:
        files: All files of papers of the vault; with one left out, its blobs would go.
        blobs: The blobs of the vault.
        now: The time, aware.

    Returns:
        How many were set aside now.

    Raises:
        EnvironmentFault: ``disk.failed``.
    """
    named: set[str] = set()
    for database in files:
        with database.reading() as connection:
            named.update(connection.execute(select(version.c.blob_id)).scalars())
    for blob_id, since in blobs.aside().items():
        if blob_id in named:
            blobs.put_back(blob_id)
        elif now - since > KEPT:
            blobs.delete_aside(blob_id)
    orphans = [blob_id for blob_id in blobs.all() if blob_id not in named]
    for blob_id in orphans:
        blobs.set_aside(blob_id, now)
    return len(orphans)


def stands_twice(files: Iterable[Database]) -> bool:
    """Return whether a paper lies on two shelves, because a crash cut its move short."""
    seen: set[str] = set()
    for database in files:
        with database.reading() as connection:
            here = set(connection.execute(select(paper.c.id)).scalars())
        if here & seen:
            return True
        seen |= here
    return False
