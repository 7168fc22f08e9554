"""Where papers lie: their rows in the file of their clearance, their content in sealed blobs.

Knows no rights; ``congress.docs.library`` asks for those first.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack

from congress.docs import datakeys, index_store, store
from congress.docs.blobformat import BlobReader, seal
from congress.docs.model import Extract, Paper, Sealed
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.events import Event
from congress.kernel.ids import BlobId, PaperId, VersionId, new_id
from congress.kernel.roles import Actor, Clearance
from congress.storage.blobs import BlobStore, BlobWriter
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork


class Shelves:
    """The files of papers and the blobs of one open vault, in one member's name."""

    def __init__(
        self,
        papers: Mapping[Clearance, Database],
        blobs: BlobStore,
        clearance_key: Callable[[Clearance], bytes],
        actor: Actor,
    ) -> None:
        """Take what a vault opened: see ``Library``."""
        self.papers: dict[Clearance, Database] = {
            key: papers[key] for key in Clearance if key in papers
        }
        self._blobs = blobs
        self._clearance_key = clearance_key
        self._actor = actor

    def database(self, clearance: Clearance) -> Database:
        """Return the file of a clearance.

        Raises:
            RefusedError: ``clearance.not_held``.
        """
        if clearance not in self.papers:
            raise RefusedError("clearance.not_held", clearance=clearance.value)
        return self.papers[clearance]

    def everything(self) -> Iterator[Paper]:
        """Give all papers, those of stricter clearances later."""
        for clearance, database in self.papers.items():
            with database.reading() as connection:
                papers = store.everything(connection, clearance)
            yield from papers

    def find(self, paper_id: PaperId) -> Paper:
        """Return a paper, from the strictest file that has it.

        Raises:
            InputError: ``docs.unknown_paper``.
        """
        for clearance, database in reversed(self.papers.items()):
            with database.reading() as connection:
                if found := store.find(connection, paper_id, clearance):
                    return found
        raise InputError("docs.unknown_paper")

    def holder_of(self, sha256: bytes) -> str | None:
        """Return the title of the paper whose file has this SHA-256, or ``None``."""
        for database in self.papers.values():
            with database.reading() as connection:
                if (title := store.holder_of(connection, sha256)) is not None:
                    return title
        return None

    def place(self, paper: Paper) -> Sealed:
        """Return where a paper's file lies."""
        with self.database(paper.clearance).reading() as connection:
            return store.sealed(connection, paper.id)

    def reader(self, paper: Paper, place: Sealed) -> BlobReader:
        """Return a seekable reader of a paper's file.

        Raises:
            InputError: ``docs.blob_damaged`` or ``blob.missing``.
        """
        data_key = datakeys.unwrap(
            self._clearance_key(paper.clearance),
            place.wrapped_key,
            paper.id,
            place.version_id,
            paper.clearance,
            paper.title,
        )
        return BlobReader(self._blobs.open(place.blob_id), data_key, paper.title)

    def put(
        self,
        paper: Paper,
        text: Extract,
        content: Iterable[bytes],
        sha256: bytes,
        action: str,
        event: Event,
    ) -> None:
        """Seal a file under a fresh key and write its paper; all of it or nothing.

        Args:
            paper: What to write, and into which file.
            text: What was read from the file.
            content: The file, in pieces, ``paper.size`` bytes together.
            sha256: Its SHA-256.
            action: What the audit calls this.
            event: Published after the commit.

        Raises:
            InputError: ``docs.changed_meanwhile`` if the content has another length.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        database = self.database(paper.clearance)
        with ExitStack() as stack:
            blob = stack.enter_context(self._blobs.create())
            place, data_key = self._fresh_place(paper, blob.blob_id, sha256)
            seal(blob.file, data_key, paper.size, content)
            uow = stack.enter_context(database.unit_of_work(self._actor))
            _write(uow, paper, place, text)
            uow.audit(action, paper.id, version=place.version_id, pages=paper.pages)
            uow.publish(event)
            self._keep(uow, blob)

    def take_out(self, paper: Paper, action: str, *events: Event) -> None:
        """Remove a paper from its file, and its blobs."""
        with self.database(paper.clearance).unit_of_work(self._actor) as uow:
            blobs = store.blobs_of(uow.connection, paper.id)
            place = store.sealed(uow.connection, paper.id)
            index_store.remove(uow.connection, store.pages(uow.connection, place.version_id))
            store.remove(uow.connection, paper.id)
            uow.audit(action, paper.id)
            for event in events:
                uow.publish(event)
            uow.commit()
        for blob_id in blobs:
            self._blobs.delete(blob_id)

    def _fresh_place(self, paper: Paper, blob_id: BlobId, sha256: bytes) -> tuple[Sealed, bytes]:
        version_id = VersionId(new_id())
        data_key = datakeys.new_data_key()
        wrapped = datakeys.wrap(
            self._clearance_key(paper.clearance), data_key, paper.id, version_id, paper.clearance
        )
        return Sealed(paper.id, version_id, blob_id, wrapped, sha256), data_key

    def _keep(self, uow: UnitOfWork, blob: BlobWriter) -> None:
        """Commit the blob, then the rows that name it; without them it goes again."""
        blob_id = blob.commit()
        try:
            uow.commit()
        except BaseException:
            self._blobs.delete(blob_id)
            raise


def _write(uow: UnitOfWork, paper: Paper, place: Sealed, text: Extract) -> None:
    store.add_paper(
        uow.connection,
        paper_id=paper.id,
        title=paper.title,
        language=paper.language,
        at=paper.updated_at,
    )
    pages = store.add_version(
        uow.connection,
        place,
        number=1,
        file=paper.file,
        size=paper.size,
        text=text,
        at=paper.imported_at,
    )
    index_store.add(uow.connection, paper.title, pages)
