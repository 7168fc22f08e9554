"""The library of the congress: papers come in, are found, read, re-cleared and removed.

Every paper lies in the file of its shelf (its clearance, or one group's part of it) and nowhere
else; who does not hold a shelf does not have the key of its file. A paper's own file is a sealed
blob under a random key; it is read in memory and never written anywhere in the clear.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from congress.docs import describing, index_store, moving, store, version_store
from congress.docs.consequences import Consequences, consequences
from congress.docs.extraction import Extractor, InProcess
from congress.docs.files import ChosenFile, Member, chosen, held
from congress.docs.model import (
    Details,
    Extract,
    Paper,
    PaperChanged,
    PaperImported,
    PaperRemoved,
    PaperType,
    Version,
)
from congress.docs.policy import Policy
from congress.docs.readingroom import ReadingRoom
from congress.docs.shelves import Arrival, Shelves
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId, PaperId
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Clearance, Right, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database


@dataclass(frozen=True, slots=True)
class Readied:
    """A file that was read and is to come in.

    Attributes:
        source: Where it is.
        sha256: SHA-256 (32 bytes) of what was read.
        text: What was read from it.
    """

    source: Path | Member
    sha256: bytes
    text: Extract


def _arrival(version: Version, text: Extract, file: ChosenFile, progress: Progress) -> Arrival:
    content = chain(file.pieces(progress), (text.rendition,))
    return Arrival(version, text, file.sha256, content, len(text.rendition))


class Library(ReadingRoom):
    """The papers that one signed-in member may read, and for the secretariat all work on them."""

    def __init__(
        self,
        papers: Mapping[Shelf, Database],
        blobs: BlobStore,
        shelf_key: Callable[[Shelf], bytes],
        actor: Actor,
        clock: Clock,
        policy: Callable[[], Policy] = Policy,
        extractor: Extractor | None = None,
    ) -> None:
        """Take what a vault opened.

        Args:
            papers: The files of the shelves this member holds.
            blobs: Where the sealed files lie.
            shelf_key: Gives the 32-byte key of a shelf this member holds.
            actor: The signed-in member.
            clock: Dates what comes in.
            policy: Tells what may be copied and printed now.
            extractor: Reads files that come in, and is closed with the library. By default
                it reads them here; ``congress.app`` gives one that reads them in a confined
                process.
        """
        super().__init__(Shelves(papers, blobs, shelf_key, actor), actor, policy)
        self._clock = clock
        self._extractor = extractor or InProcess()

    def close(self) -> None:
        """Let go of what reads files: see ``extraction.Extractor``."""
        self._extractor.close()

    # Coming in

    def import_file(
        self,
        path: Path | Member,
        *,
        title: str = "",
        language: str = "",
        clearance: Clearance = Clearance.DELEGATES,
        group: GroupId | None = None,
        type: PaperType = PaperType.OTHER,
        number: str = "",
        agenda: str = "",
        dated: date | None = None,
        progress: Progress | None = None,
    ) -> Paper:
        """Bring a file into the library as a new paper; all of it or nothing.

        Args:
            path: The file, of any kind of ``PaperKind``, told by its content; or one that
                lies in memory alone.
            title: By default what the file calls itself, or else its name.
            language: ``en``, ``vi`` or ``ur``; by default told by its letters.
            clearance: Who may read it.
            group: The group it is for; only of restricted papers.
            type: What kind of paper it is.
            number: Its number in the congress.
            agenda: The item of the agenda it belongs to.
            dated: The date it bears.
            progress: Told each page.

        Raises:
            RefusedError: ``role.not_allowed`` or ``clearance.not_held``.
            InputError: The file cannot be used, or is in the library already
                (``docs.duplicate`` names the paper and its version); each code names the
                file.
            EnvironmentFault: ``docs.cannot_read``, ``disk.full`` or ``disk.failed``.
            Cancelled: The person cancelled.
        """
        shelf, progress = Shelf(clearance, group), progress or Silent()
        given = Details(title, language, type, number, agenda, dated)
        self._may_import(shelf)
        with chosen(path, progress) as file:
            return self._take_in(file, self._read(file, progress, language), given, shelf, progress)

    def _may_import(self, shelf: Shelf) -> None:
        self._actor.require(Right.MANAGE_PAPERS)
        self._shelves.database(shelf)
        self._extractor.start()

    def _take_in(
        self, file: ChosenFile, text: Extract, given: Details, shelf: Shelf, progress: Progress
    ) -> Paper:
        details = describing.details_of(file, text, given)
        version = describing.version_of(file, text, 1, "", self._clock.now())
        paper = describing.paper_of(version, details, shelf)
        arrival = _arrival(version, text, file, progress)
        self._shelves.put(paper, [arrival], "paper.imported", PaperImported(paper.id))
        return paper

    def prepare(self, shelf: Shelf) -> None:
        """Start what reads files, ahead of an import onto ``shelf``.

        Raises:
            RefusedError: ``role.not_allowed`` or ``clearance.not_held``.
            EnvironmentFault: ``docs.no_reader``.
        """
        self._may_import(shelf)

    def read(
        self, path: Path | Member, *, language: str = "", progress: Progress | None = None
    ) -> Readied:
        """Read a file that is to come in, and write nothing: ``take_in`` does.

        Reading takes long and writing does not; so that nobody else's changes wait for it,
        the one may be done in another thread than the other.

        Raises:
            CongressError: As ``import_file``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        with chosen(path, progress or Silent()) as file:
            text = self._read(file, progress or Silent(), language)
            return Readied(path, file.sha256, text)

    def take_in(
        self, readied: Readied, given: Details, shelf: Shelf, progress: Progress | None = None
    ) -> Paper:
        """Bring a file that was read into the library as a new paper; all of it or nothing.

        Args:
            readied: What ``read`` returned.
            given: Its details; an empty title and language are filled in from the file.
            shelf: Where it is to lie.
            progress: Asked whether to go on.

        Raises:
            InputError: ``docs.changed_meanwhile`` if the file is another than was read.
            CongressError: As ``import_file``.
        """
        self._may_import(shelf)
        progress = progress or Silent()
        with chosen(readied.source, progress) as file:
            if file.sha256 != readied.sha256:
                raise InputError("docs.changed_meanwhile")
            self._refuse_twice(file)
            return self._take_in(file, readied.text, given, shelf, progress)

    def import_version(
        self,
        paper_id: PaperId,
        path: Path,
        *,
        note: str = "",
        progress: Progress | None = None,
    ) -> Paper:
        """Bring a file in as the new version of a paper; all of it or nothing.

        The details and the clearance stay. Earlier versions can still be read and compared;
        the search finds the new one alone.

        Args:
            paper_id: The paper.
            path: The file, as in ``import_file``; it may be of another kind than before.
            note: What changed, in a line, for readers.
            progress: Told each page.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``, or as in ``import_file``.
            EnvironmentFault: ``docs.cannot_read``, ``disk.full`` or ``disk.failed``.
            Cancelled: The person cancelled.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before = self.paper(paper_id)
        progress = progress or Silent()
        with chosen(path, progress) as file:
            return self._add_version(before, file, note, progress)

    def make_version(
        self,
        paper_id: PaperId,
        name: str,
        content: bytes,
        *,
        note: str = "",
        progress: Progress | None = None,
    ) -> Paper:
        """Bring in what was made here as the new version of a paper, as ``import_version``.

        Args:
            paper_id: The paper.
            name: What its file is called; none is written to a disk.
            content: What it holds.
            note: What changed, in a line, for readers.
            progress: Told each page.

        Raises:
            CongressError: As ``import_version``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        return self._add_version(
            self.paper(paper_id), held(name, content), note, progress or Silent()
        )

    def _add_version(self, before: Paper, file: ChosenFile, note: str, progress: Progress) -> Paper:
        text = self._read(file, progress, before.language)
        now, number = self._clock.now(), before.version + 1
        version = describing.version_of(file, text, number, note, now)
        arrival = _arrival(version, text, file, progress)
        return self._shelves.put_version(before, arrival)

    def _read(self, file: ChosenFile, progress: Progress, language: str) -> Extract:
        self._refuse_twice(file)
        return self._extractor.extract(file.content, file.size, file.name, progress, language)

    def _refuse_twice(self, file: ChosenFile) -> None:
        if (holder := self._shelves.holder_of(file.sha256)) is not None:
            raise InputError("docs.duplicate", title=holder.title, version=holder.version)

    # Being changed

    def describe(self, paper_id: PaperId, details: Details) -> Paper:
        """Say something else about a paper, and return it as it is now.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``, ``docs.no_title`` or ``docs.bad_language``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before = self.paper(paper_id)
        details = describing.checked(details)
        if details == before.details:
            return before
        now = self._clock.now()
        with self._shelves.database(before.shelf).unit_of_work(self._actor) as uow:
            place = version_store.sealed(uow.connection, paper_id)
            pages = version_store.pages(uow.connection, place.version_id)
            index_store.retitle(uow.connection, details, pages)
            store.describe(uow.connection, paper_id, details, now)
            uow.audit("paper.changed", paper_id)
            uow.publish(PaperChanged(paper_id))
            uow.commit()
        return replace(
            before,
            title=details.title,
            language=details.language,
            type=details.type,
            number=details.number,
            agenda=details.agenda,
            dated=details.dated,
            updated_at=now,
        )

    def change_clearance(
        self, paper_id: PaperId, clearance: Clearance, group: GroupId | None = None
    ) -> Paper:
        """Move a paper with all its versions to another shelf, sealed anew under fresh keys.

        Copies that were already handed out, and backups, stay as they were: whoever asks for
        a stricter clearance must be told so.

        Raises:
            RefusedError: ``role.not_allowed`` or ``clearance.not_held``.
            InputError: ``docs.unknown_paper`` or ``docs.blob_damaged``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before, shelf = self.paper(paper_id), Shelf(clearance, group)
        if before.shelf == shelf:
            return before
        return moving.move(self._shelves, before, shelf, self._clock.now())

    def consequences(
        self, paper_id: PaperId, clearance: Clearance, group: GroupId | None = None
    ) -> Consequences:
        """Return what moving a paper to another shelf would mean, to be told beforehand.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        after = Shelf(clearance, group)
        return consequences(self._shelves.papers, self.paper(paper_id), after)

    def remove(self, paper_id: PaperId) -> None:
        """Remove a paper with all its versions, for good.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        paper = self.paper(paper_id)
        self._shelves.withdraw_notes(paper_id, None)
        self._shelves.take_out(paper, "paper.removed", PaperRemoved(paper_id))

    def mend(self) -> int:
        """Finish moves to another shelf that a crash cut short; return how many.

        Such a paper stands on two shelves. It stays on the stricter one.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        return moving.mend(self._shelves)
