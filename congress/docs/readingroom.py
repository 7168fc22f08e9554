"""What everyone with the right clearance does with papers: list, search, open, copy, print."""

from collections.abc import Callable, Collection, Mapping, Sequence

from congress.docs import version_store
from congress.docs.blobformat import BlobReader
from congress.docs.consequences import COPIED, PRINTED
from congress.docs.filters import EVERYTHING, SearchFilter
from congress.docs.finding import Finder
from congress.docs.model import Hit, PageText, Paper, PaperKind, Sealed, Version
from congress.docs.policy import Policy, may_go_unlogged
from congress.docs.reading import spans
from congress.docs.shelves import Shelves
from congress.docs.text.reflow import html_of_pages
from congress.kernel.errors import EnvironmentFault
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Actor, Clearance, Right, Shelf


class ReadingRoom:
    """The papers that one signed-in member may read."""

    def __init__(self, shelves: Shelves, actor: Actor, policy: Callable[[], Policy]) -> None:
        """Read what lies on ``shelves``.

        Args:
            shelves: The files of the shelves this member holds.
            actor: The signed-in member.
            policy: Tells what may be copied and printed now.
        """
        self._shelves = shelves
        self._finder = Finder(shelves.papers)
        self._actor = actor
        self._policy = policy

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The shelves this member holds, from public upwards."""
        return tuple(self._shelves.papers)

    @property
    def clearances(self) -> tuple[Clearance, ...]:
        """The clearances this member holds, from public upwards."""
        return tuple(dict.fromkeys(shelf.clearance for shelf in self.shelves))

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

    def parted(self, text: str) -> str:
        """Return text of pages whose spaces cannot be trusted (``PageText.spaced``) to be read.

        Its words are parted by those that are known from papers this member may read.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.READ_PAPERS)
        return self._finder.parted(text)

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
