"""The way into the library: files are read, sealed and written as papers or as new versions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from congress.docs import describing
from congress.docs.extraction import Extractor, InProcess
from congress.docs.files import ChosenFile, Member, chosen, held
from congress.docs.model import Details, Extract, Paper, PaperImported, PaperType, Version
from congress.docs.policy import Policy
from congress.docs.readingroom import ReadingRoom
from congress.docs.shelves import Arrival, Shelves
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId, PaperId
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Clearance, Right, Shelf


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


class Intake(ReadingRoom):
    """The papers that one signed-in member may read, and the way in for new ones."""

    def __init__(
        self,
        shelves: Shelves,
        actor: Actor,
        clock: Clock,
        policy: Callable[[], Policy],
        extractor: Extractor | None,
    ) -> None:
        """Take what ``Library`` takes."""
        super().__init__(shelves, actor, policy)
        self._clock = clock
        self._extractor = extractor or InProcess()

    def close(self) -> None:
        """Let go of what reads files: see ``extraction.Extractor``."""
        self._extractor.close()

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
        with self._again(readied, progress) as file:
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
            text = self._read(file, progress, before.language)
            return self._add_version(before, file, text, note, progress)

    def take_version(
        self,
        paper_id: PaperId,
        readied: Readied,
        *,
        note: str = "",
        progress: Progress | None = None,
    ) -> Paper:
        """Bring a file that was read in as the new version of a paper, as ``import_version``.

        Args:
            paper_id: The paper.
            readied: What ``read`` returned.
            note: What changed, in a line, for readers.
            progress: Asked whether to go on.

        Raises:
            InputError: ``docs.changed_meanwhile`` if the file is another than was read.
            CongressError: As ``import_version``.
        """
        self._actor.require(Right.MANAGE_PAPERS)
        before, progress = self.paper(paper_id), progress or Silent()
        with self._again(readied, progress) as file:
            return self._add_version(before, file, readied.text, note, progress)

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
        before, progress = self.paper(paper_id), progress or Silent()
        file = held(name, content)
        text = self._read(file, progress, before.language)
        return self._add_version(before, file, text, note, progress)

    def _add_version(
        self, before: Paper, file: ChosenFile, text: Extract, note: str, progress: Progress
    ) -> Paper:
        now, number = self._clock.now(), before.version + 1
        version = describing.version_of(file, text, number, note, now)
        arrival = _arrival(version, text, file, progress)
        return self._shelves.put_version(before, arrival)

    @contextmanager
    def _again(self, readied: Readied, progress: Progress) -> Iterator[ChosenFile]:
        """Open the file that was read once more, if it is the same and still new."""
        with chosen(readied.source, progress) as file:
            if file.sha256 != readied.sha256:
                raise InputError("docs.changed_meanwhile")
            self._refuse_twice(file)
            yield file

    def _read(self, file: ChosenFile, progress: Progress, language: str) -> Extract:
        self._refuse_twice(file)
        return self._extractor.extract(file.content, file.size, file.name, progress, language)

    def _refuse_twice(self, file: ChosenFile) -> None:
        if (holder := self._shelves.holder_of(file.sha256)) is not None:
            raise InputError("docs.duplicate", title=holder.title, version=holder.version)
