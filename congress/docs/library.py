"""The library of the congress: papers come in, are found, read, re-cleared and removed.

Every paper lies in the file of its shelf (its clearance, or one group's part of it) and nowhere
else; who does not hold a shelf does not have the key of its file. A paper's own file is a sealed
blob under a random key; it is read in memory and never written anywhere in the clear.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path

from congress.docs import describing, index_store, moving, store, version_store
from congress.docs.blobformat import BlobReader
from congress.docs.consequences import COPIED, PRINTED, Consequences, consequences
from congress.docs.extraction import Extractor, InProcess
from congress.docs.files import ChosenFile, Member, chosen, held
from congress.docs.filters import EVERYTHING, SearchFilter
from congress.docs.finding import Finder
from congress.docs.model import (
    Details,
    Extract,
    Hit,
    PageText,
    Paper,
    PaperChanged,
    PaperImported,
    PaperKind,
    PaperRemoved,
    PaperType,
    Sealed,
    Version,
)
from congress.docs.policy import Policy, may_go_unlogged
from congress.docs.reading import spans
from congress.docs.shelves import Arrival, Shelves
from congress.docs.text.reflow import html_of_pages
from congress.kernel.clock import Clock
from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.ids import GroupId, PaperId, VersionId
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Clearance, Right, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database


def _arrival(version: Version, text: Extract, file: ChosenFile, progress: Progress) -> Arrival:
    content = chain(file.pieces(progress), (text.rendition,))
    return Arrival(version, text, file.sha256, content, len(text.rendition))


class Library:
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
        self._shelves = Shelves(papers, blobs, shelf_key, actor)
        self._finder = Finder(self._shelves.papers)
        self._actor = actor
        self._clock = clock
        self._policy = policy
        self._extractor = extractor or InProcess()

    def close(self) -> None:
        """Let go of what reads files: see ``extraction.Extractor``."""
        self._extractor.close()

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The shelves this member holds, from public upwards."""
        return tuple(self._shelves.papers)

    @property
    def clearances(self) -> tuple[Clearance, ...]:
        """The clearances this member holds, from public upwards."""
        return tuple(dict.fromkeys(shelf.clearance for shelf in self.shelves))

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
        self._actor.require(Right.MANAGE_PAPERS)
        shelf = Shelf(clearance, group)
        self._shelves.database(shelf)
        progress = progress or Silent()
        given = Details(title, language, type, number, agenda, dated)
        self._extractor.start()
        with chosen(path, progress) as file:
            text = self._read(file, progress, language)
            details = describing.details_of(file, text, given)
            version = describing.version_of(file, text, 1, "", self._clock.now())
            paper = describing.paper_of(version, details, shelf)
            arrival = _arrival(version, text, file, progress)
            self._shelves.put(paper, [arrival], "paper.imported", PaperImported(paper.id))
        return paper

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
        if (holder := self._shelves.holder_of(file.sha256)) is not None:
            raise InputError("docs.duplicate", title=holder.title, version=holder.version)
        return self._extractor.extract(file.content, file.size, file.name, progress, language)

    # Being found and read

    def papers(self) -> Sequence[Paper]:
        """Return all papers this member may read, the last changed first.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.READ_PAPERS)
        found = {each.id: each for each in self._shelves.everything()}
        return sorted(found.values(), key=lambda each: (each.updated_at, each.id), reverse=True)

    def paper(self, paper_id: PaperId) -> Paper:
        """Return a paper.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper`` if there is none that this member may read.
        """
        self._actor.require(Right.READ_PAPERS)
        return self._shelves.find(paper_id)

    def versions(self, paper_id: PaperId) -> Sequence[Version]:
        """Return all versions of a paper, the newest first.

        Raises:
            InputError: ``docs.unknown_paper``.
        """
        with self._shelves.database(self.paper(paper_id).shelf).reading() as connection:
            return version_store.versions(connection, paper_id)

    def search(
        self, typed: str, limit: int = 20, filter: SearchFilter = EVERYTHING
    ) -> Sequence[Hit]:
        """Return the pages that answer a query best, from all papers this member may read.

        Args:
            typed: Words, or phrases in quotation marks; marks and spelling variants of
                Vietnamese and Urdu make no difference, except that pages with the very marks
                come first.
            limit: Most hits.
            filter: The papers to search.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.READ_PAPERS)
        return self._finder.find(typed, limit, filter)

    def count_pages(self, typed: str, filter: SearchFilter = EVERYTHING) -> Mapping[PaperId, int]:
        """Return how many pages of each paper have all words of a query.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.READ_PAPERS)
        return self._finder.count(typed, filter)

    def pages(self, paper_id: PaperId, version: VersionId | None = None) -> Sequence[PageText]:
        """Return the text of each page of a paper's version; ``None`` is the current one.

        Raises:
            InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
        """
        with self._shelves.database(self.paper(paper_id).shelf).reading() as connection:
            place = version_store.sealed(connection, paper_id, version)
            return tuple(version_store.pages(connection, place.version_id).values())

    def reading_html(self, paper_id: PaperId, version: VersionId | None = None) -> str:
        """Return a version's text as sanitised HTML, page ``n`` at the anchor ``page-n``.

        Raises:
            InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
        """
        with self._shelves.database(self.paper(paper_id).shelf).reading() as connection:
            html = version_store.reflow(connection, paper_id, version)
        return html or html_of_pages(self.pages(paper_id, version))

    def cover(self, paper_id: PaperId, version: VersionId | None = None) -> bytes:
        """Return a small PNG of a version's first page; empty for those without fixed pages.

        Raises:
            InputError: ``docs.unknown_paper`` or ``docs.unknown_version``.
        """
        with self._shelves.database(self.paper(paper_id).shelf).reading() as connection:
            return version_store.cover(connection, paper_id, version)

    def open(self, paper_id: PaperId, version: VersionId | None = None) -> BlobReader:
        """Return a seekable reader of a version's file, and log who opened it.

        Close it when done. The file is decrypted piece by piece in memory.

        Raises:
            InputError: ``docs.unknown_paper``, ``docs.unknown_version``,
                ``docs.blob_damaged`` or ``blob.missing``.
            EnvironmentFault: The opening cannot be logged, and the paper is not one that may
                be read nevertheless: see ``policy.may_go_unlogged``.
        """
        reader, place = self._opened(paper_id, version)
        return reader.within(0, reader.length - place.rendition)

    def open_pages(self, paper_id: PaperId, version: VersionId | None = None) -> BlobReader | None:
        """Return a seekable reader of the PDF that shows a version's fixed pages, and log it.

        That is its file if it is a PDF, and else the PDF that was made of it when it came in.
        Close it when done.

        Returns:
            ``None`` for a version without fixed pages, whose text is read; logged as well.

        Raises:
            CongressError: As ``open``.
        """
        reader, place = self._opened(paper_id, version)
        if place.rendition:
            return reader.within(reader.length - place.rendition, place.rendition)
        kinds = {each.id: each.kind for each in self.versions(paper_id)}
        if kinds.get(place.version_id) is PaperKind.PDF:
            return reader
        reader.close()
        return None

    def _opened(self, paper_id: PaperId, version: VersionId | None) -> tuple[BlobReader, Sealed]:
        paper = self.paper(paper_id)
        place = self._shelves.place(paper, version)
        reader = self._shelves.reader(paper, place)
        try:
            with self._shelves.database(paper.shelf).unit_of_work(self._actor) as uow:
                uow.audit("paper.opened", paper_id, version=place.version_id)
                uow.commit()
        except BaseException as error:
            if not isinstance(error, EnvironmentFault) or not may_go_unlogged(
                paper.clearance, error
            ):
                reader.close()
                raise
        return reader, place

    def log_copy(self, paper_id: PaperId, pages: Collection[int]) -> None:
        """Log that words of these pages go to the clipboard; ask before they do.

        Raises:
            RefusedError: ``policy.no_copying``: they must not.
            InputError: ``docs.unknown_paper``.
        """
        paper = self.paper(paper_id)
        self._policy().require_copy(paper.clearance)
        self._log(paper, COPIED, pages)

    def log_print(self, paper_id: PaperId, pages: Collection[int]) -> None:
        """Log that these pages are printed; ask before they are.

        Raises:
            RefusedError: ``policy.no_printing``: they must not be.
            InputError: ``docs.unknown_paper``.
        """
        paper = self.paper(paper_id)
        self._policy().require_print(paper.clearance)
        self._log(paper, PRINTED, pages)

    def _log(self, paper: Paper, action: str, pages: Collection[int]) -> None:
        with self._shelves.database(paper.shelf).unit_of_work(self._actor) as uow:
            uow.audit(action, paper.id, version=paper.version_id, pages=spans(pages))
            uow.commit()

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
