"""Where papers lie: their rows in the file of their shelf, their content in sealed blobs.

Knows no rights; ``congress.docs.library`` asks for those first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from congress.docs import datakeys, index_store, store, version_store
from congress.docs.blobformat import BlobReader, seal
from congress.docs.model import Extract, Holder, Paper, PaperVersioned, Sealed, Version
from congress.docs.notes.sharing import withdraw_unreadable
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.events import Event
from congress.kernel.ids import BlobId, PaperId, VersionId
from congress.kernel.roles import Actor, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Arrival:
    """A version on its way onto a shelf.

    Attributes:
        version: What is said about it.
        text: What was read from its file.
        sha256: SHA-256 (32 bytes) of its file.
        content: The file, in pieces, ``version.size`` bytes together, and after it what
            shows its pages.
        rendition: Bytes of what shows its pages.
    """

    version: Version
    text: Extract
    sha256: bytes
    content: Iterable[bytes]
    rendition: int = 0


def _nothing_else(_: UnitOfWork) -> None:
    """Write nothing besides the paper itself."""


class Shelves:
    """The files of papers and the blobs of one open vault, in one member's name."""

    def __init__(
        self,
        papers: Mapping[Shelf, Database],
        blobs: BlobStore,
        shelf_key: Callable[[Shelf], bytes],
        actor: Actor,
    ) -> None:
        """Take what a vault opened: see ``Library``."""
        self.papers = papers
        self._blobs = blobs
        self._shelf_key = shelf_key
        self._actor = actor

    def database(self, shelf: Shelf) -> Database:
        """Return the file of a shelf.

        Raises:
            RefusedError: ``clearance.not_held``.
        """
        if shelf not in self.papers:
            raise RefusedError("clearance.not_held", clearance=shelf.clearance.value)
        return self.papers[shelf]

    def everything(self) -> Iterator[Paper]:
        """Give all papers, those of stricter shelves later."""
        for shelf, database in self.papers.items():
            with database.reading() as connection:
                papers = store.everything(connection, shelf)
            yield from papers

    def find(self, paper_id: PaperId) -> Paper:
        """Return a paper, from the strictest file that has it.

        Raises:
            InputError: ``docs.unknown_paper``.
        """
        for shelf, database in reversed(tuple(self.papers.items())):
            with database.reading() as connection:
                if found := store.find(connection, paper_id, shelf):
                    return found
        raise InputError("docs.unknown_paper")

    def holder_of(self, sha256: bytes) -> Holder | None:
        """Return the paper one of whose versions has this SHA-256, or ``None``."""
        for database in self.papers.values():
            with database.reading() as connection:
                if (holder := version_store.holder_of(connection, sha256)) is not None:
                    return holder
        return None

    def place(self, paper: Paper, version_id: VersionId | None = None) -> Sealed:
        """Return where the file of a paper's version lies; ``None`` is the current one.

        Raises:
            InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
        """
        with self.database(paper.shelf).reading() as connection:
            return version_store.sealed(connection, paper.id, version_id)

    def reader(self, paper: Paper, place: Sealed) -> BlobReader:
        """Return a seekable reader of a version's whole blob: its file, and what shows its pages.

        Raises:
            InputError: ``docs.blob_damaged`` or ``blob.missing``.
        """
        data_key = datakeys.unwrap(
            self._shelf_key(paper.shelf),
            place.wrapped_key,
            paper.id,
            place.version_id,
            paper.shelf,
            paper.title,
        )
        return BlobReader(self._blobs.open(place.blob_id), data_key, paper.title)

    def put(
        self,
        paper: Paper,
        arrivals: Iterable[Arrival],
        action: str,
        event: Event,
        also: Callable[[UnitOfWork], None] = _nothing_else,
    ) -> None:
        """Seal the files of a paper under fresh keys and write it; all of it or nothing.

        Args:
            paper: What to write, and onto which shelf.
            arrivals: Its versions, the oldest first.
            action: What the audit calls this.
            event: Published after the commit.
            also: Writes what belongs to the paper besides, in the same transaction.

        Raises:
            InputError: ``docs.changed_meanwhile`` if a file has another length.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        database = self.database(paper.shelf)
        with self._kept_blobs() as kept:
            placed = [(self._seal(paper, each, kept), each) for each in arrivals]
            with database.unit_of_work(self._actor) as uow:
                store.add(uow.connection, paper.id, paper.details, paper.updated_at)
                for place, each in placed:
                    pages = version_store.add(uow.connection, place, each.version, each.text)
                index_store.add(uow.connection, paper.details, pages)
                also(uow)
                uow.audit(action, paper.id, version=place.version_id, pages=paper.pages)
                uow.publish(event)
                uow.commit()

    def put_version(self, paper: Paper, arrival: Arrival) -> Paper:
        """Seal the file of a new version and make it the current one; all of it or nothing.

        Args:
            paper: The paper it is of.
            arrival: The version; its number follows from those that are there.

        Returns:
            The paper as it is now.

        Raises:
            InputError: ``docs.unknown_paper`` if it has left its shelf, or
                ``docs.changed_meanwhile``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        database = self.database(paper.shelf)
        with self._kept_blobs() as kept:
            place = self._seal(paper, arrival, kept)
            with database.unit_of_work(self._actor) as uow:
                before = version_store.sealed(uow.connection, paper.id)
                current = store.find(uow.connection, paper.id, paper.shelf) or paper
                version = replace(arrival.version, number=current.version + 1)
                old = version_store.pages(uow.connection, before.version_id)
                index_store.remove(uow.connection, old, purge=False)
                pages = version_store.add(uow.connection, place, version, arrival.text)
                index_store.add(uow.connection, current.details, pages)
                store.touch(uow.connection, paper.id, version.imported_at)
                uow.audit(
                    "paper.versioned",
                    paper.id,
                    version=place.version_id,
                    number=version.number,
                    pages=version.pages,
                )
                uow.publish(PaperVersioned(paper.id, version.number))
                after = store.find(uow.connection, paper.id, paper.shelf) or paper
                uow.commit()
        return after

    def take_out(self, paper: Paper, action: str, *events: Event) -> None:
        """Remove a paper from its file and the log of that, and its blobs."""
        database = self.database(paper.shelf)
        with database.unit_of_work(self._actor) as uow:
            blobs = version_store.blobs_of(uow.connection, paper.id)
            place = version_store.sealed(uow.connection, paper.id)
            index_store.remove(
                uow.connection, version_store.pages(uow.connection, place.version_id)
            )
            store.remove(uow.connection, paper.id)
            uow.audit(action, paper.id)
            for event in events:
                uow.publish(event)
            uow.commit()
        for blob_id in blobs:
            self._blobs.delete(blob_id)
        database.empty_log()

    def withdraw_notes(self, paper_id: PaperId, shelf: Shelf | None) -> None:
        """Take the shared notes on a paper back from groups that may not read it any more.

        Args:
            paper_id: The paper.
            shelf: Where it lies now; ``None`` if it was removed.

        Raises:
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        withdraw_unreadable(self.papers, paper_id, shelf, self._actor)

    def _seal(self, paper: Paper, arrival: Arrival, kept: list[BlobId]) -> Sealed:
        data_key = datakeys.new_data_key()
        version_id = arrival.version.id
        wrapped = datakeys.wrap(
            self._shelf_key(paper.shelf), data_key, paper.id, version_id, paper.shelf
        )
        with self._blobs.create() as blob:
            length = arrival.version.size + arrival.rendition
            seal(blob.file, data_key, length, arrival.content)
            kept.append(blob.commit())
        return Sealed(paper.id, version_id, kept[-1], wrapped, arrival.sha256, arrival.rendition)

    @contextmanager
    def _kept_blobs(self) -> Iterator[list[BlobId]]:
        """Give a list of blobs that last once the rows that name them do, and else go again."""
        kept: list[BlobId] = []
        try:
            yield kept
        except BaseException:
            for blob_id in kept:
                self._blobs.delete(blob_id)
            raise
