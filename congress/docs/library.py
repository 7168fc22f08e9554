"""The library of the congress: papers come in, are found, read, re-cleared and removed.

Every paper lies in the file of its clearance and nowhere else; who does not hold a clearance
does not have the key of its file. A paper's own file is a sealed blob under a random key; it is
read in memory and never written anywhere in the clear.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from congress.docs import index_store, store
from congress.docs.blobformat import BlobReader
from congress.docs.files import ChosenFile, chosen, printable
from congress.docs.finding import find_pages
from congress.docs.model import (
    Extract,
    Hit,
    PageText,
    Paper,
    PaperChanged,
    PaperImported,
    PaperRemoved,
)
from congress.docs.shelves import Shelves
from congress.docs.text.extract import extract
from congress.docs.text.language import language_of
from congress.docs.text.reflow import html_of_pages
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId, new_id
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Clearance, Right
from congress.kernel.settings import LANGUAGES
from congress.kernel.text import tidy
from congress.storage.blobs import BlobStore
from congress.storage.database import Database

_PIECE = 1024 * 1024
_MAX_TITLE = 300
_SAMPLE_PAGES = 20


class Library:
    """The papers that one signed-in member may read, and for the secretariat all work on them."""

    def __init__(
        self,
        papers: Mapping[Clearance, Database],
        blobs: BlobStore,
        clearance_key: Callable[[Clearance], bytes],
        actor: Actor,
        clock: Clock,
    ) -> None:
        """Take what a vault opened.

        Args:
            papers: The files of the clearances this member holds.
            blobs: Where the sealed files lie.
            clearance_key: Gives the 32-byte key of a clearance this member holds.
            actor: The signed-in member.
            clock: Dates what comes in.
        """
        self._shelves = Shelves(papers, blobs, clearance_key, actor)
        self._actor = actor
        self._clock = clock

    @property
    def clearances(self) -> tuple[Clearance, ...]:
        """The clearances this member holds, from public upwards."""
        return tuple(self._shelves.papers)

    # Coming in

    def import_file(
        self,
        path: Path,
        *,
        title: str = "",
        language: str = "",
        clearance: Clearance = Clearance.DELEGATES,
        progress: Progress | None = None,
    ) -> Paper:
        """Bring a file into the library; all of it or nothing.

        Args:
            path: A PDF, DOCX, web page or plain text, told by its content.
            title: By default what the file calls itself, or else its name.
            language: ``en``, ``vi`` or ``ur``; by default told by its letters.
            clearance: Who may read it.
            progress: Told each page.

        Raises:
            RefusedError: ``role.not_allowed`` or ``clearance.not_held``.
            InputError: The file cannot be used, or is in the library already
                (``docs.duplicate``); each code names the file.
            EnvironmentFault: ``docs.cannot_read``, ``disk.full`` or ``disk.failed``.
            Cancelled: The person cancelled.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        self._shelves.database(clearance)
        progress = progress or Silent()
        with chosen(path, progress) as file:
            if (holder := self._shelves.holder_of(file.sha256)) is not None:
                raise InputError("docs.duplicate", title=holder)
            text = extract(file.content, file.size, file.name, progress)
            paper = self._described(file, text, title, language, clearance)
            pieces = file.pieces(progress)
            event = PaperImported(paper.id)
            self._shelves.put(paper, text, pieces, file.sha256, "paper.imported", event)
        return paper

    def _described(
        self, file: ChosenFile, text: Extract, title: str, language: str, clearance: Clearance
    ) -> Paper:
        now = self._clock.now()
        sample = "\n".join(page.text for page in text.pages[:_SAMPLE_PAGES])
        named = " ".join(PurePath(file.name).stem.replace("_", " ").split())
        return Paper(
            id=PaperId(new_id()),
            title=_checked_title(title or text.title or named),
            language=_checked_language(language or language_of(sample)),
            clearance=clearance,
            kind=text.kind,
            file=file.name,
            pages=len(text.pages),
            size=file.size,
            origin=text.origin,
            imported_at=now,
            updated_at=now,
        )

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

    def search(self, typed: str, limit: int = 20) -> Sequence[Hit]:
        """Return the pages that answer a query best, from all papers this member may read.

        Args:
            typed: Words, or phrases in quotation marks; marks and spelling variants of
                Vietnamese and Urdu make no difference, except that pages with the very marks
                come first.
            limit: Most hits.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.READ_PAPERS)
        return find_pages(self._shelves.papers, typed, limit)

    def pages(self, paper_id: PaperId) -> Sequence[PageText]:
        """Return the text of each page of a paper.

        Raises:
            InputError: ``docs.unknown_paper``.
        """
        with self._shelves.database(self.paper(paper_id).clearance).reading() as connection:
            place = store.sealed(connection, paper_id)
            return tuple(store.pages(connection, place.version_id).values())

    def reading_html(self, paper_id: PaperId) -> str:
        """Return a paper's text as sanitised HTML, page ``n`` at the anchor ``page-n``.

        Raises:
            InputError: ``docs.unknown_paper``.
        """
        with self._shelves.database(self.paper(paper_id).clearance).reading() as connection:
            html = store.reflow(connection, paper_id)
        return html or html_of_pages(self.pages(paper_id))

    def cover(self, paper_id: PaperId) -> bytes:
        """Return a small PNG of a paper's first page; empty for papers without fixed pages.

        Raises:
            InputError: ``docs.unknown_paper``.
        """
        with self._shelves.database(self.paper(paper_id).clearance).reading() as connection:
            return store.cover(connection, paper_id)

    def open(self, paper_id: PaperId) -> BlobReader:
        """Return a seekable reader of a paper's file, and log who opened it.

        Close it when done. The file is decrypted piece by piece in memory.

        Raises:
            InputError: ``docs.unknown_paper``, ``docs.blob_damaged`` or ``blob.missing``.
        """
        paper = self.paper(paper_id)
        place = self._shelves.place(paper)
        reader = self._shelves.reader(paper, place)
        try:
            with self._shelves.database(paper.clearance).unit_of_work(self._actor) as uow:
                uow.audit("paper.opened", paper_id, version=place.version_id)
                uow.commit()
        except BaseException:
            reader.close()
            raise
        return reader

    # Being changed

    def change(self, paper_id: PaperId, *, title: str, language: str) -> Paper:
        """Correct the title and the language of a paper.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``, ``docs.no_title`` or ``docs.bad_language``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before = self.paper(paper_id)
        after = replace(
            before,
            title=_checked_title(title),
            language=_checked_language(language),
            updated_at=self._clock.now(),
        )
        with self._shelves.database(before.clearance).unit_of_work(self._actor) as uow:
            place = store.sealed(uow.connection, paper_id)
            pages = store.pages(uow.connection, place.version_id)
            index_store.remove(uow.connection, pages)
            store.change(
                uow.connection,
                paper_id,
                title=after.title,
                language=after.language,
                at=after.updated_at,
            )
            index_store.add(uow.connection, after.title, pages)
            uow.audit("paper.changed", paper_id)
            uow.publish(PaperChanged(paper_id))
            uow.commit()
        return after

    def change_clearance(self, paper_id: PaperId, clearance: Clearance) -> Paper:
        """Move a paper to the file of another clearance, sealed anew under a new key.

        Copies that were already handed out, and backups, stay as they were: whoever asks for
        a stricter clearance must be told so.

        Raises:
            RefusedError: ``role.not_allowed`` or ``clearance.not_held``.
            InputError: ``docs.unknown_paper`` or ``docs.blob_damaged``.
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before = self.paper(paper_id)
        if before.clearance is clearance:
            return before
        after = replace(before, clearance=clearance, updated_at=self._clock.now())
        place = self._shelves.place(before)
        with self._shelves.database(before.clearance).reading() as connection:
            text = store.extract_of(connection, paper_id)
        with self._shelves.reader(before, place) as reader:
            pieces = iter(lambda: reader.read(_PIECE), b"")
            event = PaperChanged(paper_id)
            self._shelves.put(after, text, pieces, place.sha256, "paper.moved_in", event)
        self._shelves.take_out(before, "paper.moved_out")
        return after

    def remove(self, paper_id: PaperId) -> None:
        """Remove a paper for good.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``docs.unknown_paper``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        self._shelves.take_out(self.paper(paper_id), "paper.removed", PaperRemoved(paper_id))

    def mend(self) -> int:
        """Finish moves to another clearance that a crash cut short; return how many.

        Such a paper stands in two files. It stays in the stricter one.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        strictest = {paper.id: paper.clearance for paper in self._shelves.everything()}
        weaker = [
            paper
            for paper in self._shelves.everything()
            if paper.clearance is not strictest[paper.id]
        ]
        for paper in weaker:
            self._shelves.take_out(paper, "paper.moved_out")
        return len(weaker)


def _checked_title(title: str) -> str:
    checked = printable(tidy(title))[:_MAX_TITLE]
    if not checked:
        raise InputError("docs.no_title")
    return checked


def _checked_language(language: str) -> str:
    if language not in LANGUAGES:
        raise InputError("docs.bad_language", language=language)
    return language
