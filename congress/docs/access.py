"""Who opened what, when, and which pages: written while papers are read, and read back.

The entries stand in the hash-chained audit of the file that holds the paper, so that nobody who
may not read a paper learns from the log that it exists. A member's notes, highlights and reading
places are in a file of their own and never come here.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from congress.docs.agenda import Agenda, in_order
from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.policy import may_go_unlogged
from congress.docs.reading import pages_of, spans
from congress.kernel.audit import AuditEntry, first_break
from congress.kernel.errors import EnvironmentFault, InputError
from congress.kernel.folding import fold
from congress.kernel.ids import MemberId, PaperId, VersionId
from congress.kernel.roles import Actor, Right, Role, Shelf
from congress.storage.audit import entries
from congress.storage.database import Database

OPENED, READ = "paper.opened", "paper.read"
_MOST_PAGES = 1_000_000


class ReadState(IntEnum):
    """How far a member is with a paper. Texts: ``access.state.<name in small letters>``."""

    BARRED = 0
    """May not read it, and never did."""
    UNOPENED = 1
    """May read it and has not opened it."""
    EARLIER = 2
    """Opened an earlier version, and not the current one."""
    OPENED = 3
    """Opened the current version; no page was seen for long enough to count."""
    PART = 4
    """Saw some pages of the current version."""
    WHOLE = 5
    """Saw every page of the current version."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may read papers, or once did.

    Attributes:
        id: The member.
        name: The sign-in name; empty for a member who was removed.
        role: What they are; ``None`` for a member who was removed.
        shelves: What they may read.
    """

    id: MemberId
    name: str
    role: Role | None
    shelves: frozenset[Shelf]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one member did with one paper, all visits together.

    Attributes:
        opened: How often it was opened.
        first: When first, aware, in UTC.
        last: When last opened or read.
        pages: Pages seen, by version.
    """

    opened: int
    first: datetime
    last: datetime
    pages: Mapping[VersionId, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Chain:
    """The state of the audit of one file.

    Attributes:
        entries: How many entries it has.
        broken_at: The first that was changed, added or lost; ``None`` if the chain holds.
    """

    entries: int
    broken_at: int | None


@dataclass(frozen=True, slots=True)
class AccessReport:
    """Who has read what.

    Attributes:
        papers: The papers, in the order of the agenda.
        readers: Everybody who may read some of them, and who once opened one, by name.
        readings: By paper and member.
        chains: Whether the log was tampered with, by file.
    """

    papers: Sequence[Paper]
    readers: Sequence[Reader]
    readings: Mapping[tuple[PaperId, MemberId], Reading]
    chains: Mapping[Shelf, Chain]

    @property
    def sound(self) -> bool:
        """Whether the chain of every file holds."""
        return all(chain.broken_at is None for chain in self.chains.values())

    def reading(self, paper: Paper, reader: Reader) -> Reading | None:
        """Return what ``reader`` did with ``paper``, or ``None``."""
        return self.readings.get((paper.id, reader.id))

    def seen(self, paper: Paper, reader: Reader) -> int:
        """Return how many pages of the current version ``reader`` saw."""
        reading = self.reading(paper, reader)
        pages = reading.pages.get(paper.version_id, frozenset()) if reading else frozenset()
        return sum(page <= paper.pages for page in pages)

    def state(self, paper: Paper, reader: Reader) -> ReadState:
        """Return how far ``reader`` is with ``paper``."""
        reading = self.reading(paper, reader)
        if reading is None:
            may = paper.shelf in reader.shelves
            return ReadState.UNOPENED if may else ReadState.BARRED
        if paper.version_id not in reading.pages:
            return ReadState.EARLIER
        seen = self.seen(paper, reader)
        if not seen:
            return ReadState.OPENED
        return ReadState.WHOLE if seen >= paper.pages else ReadState.PART

    def expected(self, paper: Paper) -> Sequence[Reader]:
        """Return who may read ``paper`` or has read it, by name."""
        return [each for each in self.readers if self.state(paper, each) is not ReadState.BARRED]

    def unopened(self, paper: Paper) -> Sequence[Reader]:
        """Return who may read the current version of ``paper`` and has not opened it."""
        return [
            each
            for each in self.readers
            if paper.shelf in each.shelves
            and self.state(paper, each) in (ReadState.UNOPENED, ReadState.EARLIER)
        ]


@dataclass(slots=True)
class _Tally:
    opened: int = 0
    moments: list[datetime] = field(default_factory=list)
    pages: dict[VersionId, set[int]] = field(default_factory=dict)

    def add(self, entry: AuditEntry) -> None:
        version = VersionId(str(entry.detail.get("version", "")))
        self.pages.setdefault(version, set())
        self.moments.append(entry.at)
        if entry.action == OPENED:
            self.opened += 1
        else:
            self.pages[version] |= pages_of(str(entry.detail.get("pages", "")), _MOST_PAGES)

    def reading(self) -> Reading:
        pages = {version: frozenset(each) for version, each in self.pages.items()}
        return Reading(self.opened, min(self.moments), max(self.moments), pages)


class AccessLog:
    """Writes what the signed-in member reads; for the secretariat, tells who read what."""

    def __init__(
        self,
        papers: Mapping[Shelf, Database],
        library: Library,
        actor: Actor,
        readers: Callable[[], Sequence[Reader]],
        agenda: Callable[[], Agenda] = Agenda,
    ) -> None:
        """Take what a vault opened.

        Args:
            papers: The files of the shelves this member holds.
            library: Knows the papers in them.
            actor: The signed-in member.
            readers: Returns everybody who can sign in and read papers.
            agenda: Returns the order of the items that papers belong to.
        """
        self._agenda = agenda
        self._papers = papers
        self._library = library
        self._actor = actor
        self._readers = readers

    def read(self, paper_id: PaperId, version_id: VersionId, pages: Collection[int]) -> None:
        """Log that the signed-in member had these pages of a version before them.

        Raises:
            InputError: ``docs.unknown_paper`` if it was removed meanwhile.
            EnvironmentFault: ``disk.failed``, or a full disk where the paper may not be read
                unlogged: see ``policy.may_go_unlogged``.
        """
        shelf = self._library.paper(paper_id).shelf
        try:
            with self._papers[shelf].unit_of_work(self._actor) as uow:
                uow.audit(READ, paper_id, version=version_id, pages=spans(pages))
                uow.commit()
        except EnvironmentFault as fault:
            if not may_go_unlogged(shelf.clearance, fault):
                raise

    def report(self) -> AccessReport:
        """Read the whole log, checking its hash chains on the way.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_READERS)
        tallies: dict[tuple[PaperId, MemberId], _Tally] = {}
        chains = {
            shelf: _walk(database, tallies) for shelf, database in sorted(self._papers.items())
        }
        known = {reader.id: reader for reader in self._readers()}
        former = {member for _, member in tallies if member not in known}
        readers = [*known.values(), *(Reader(each, "", None, frozenset()) for each in former)]
        return AccessReport(
            papers=in_order(self._library.papers(), self._agenda()),
            readers=sorted(readers, key=lambda each: (each.role is None, fold(each.name), each.id)),
            readings={key: tally.reading() for key, tally in tallies.items()},
            chains=chains,
        )


def _walk(database: Database, tallies: dict[tuple[PaperId, MemberId], _Tally]) -> Chain:
    count = 0

    def told(found: Iterator[AuditEntry]) -> Iterator[AuditEntry]:
        nonlocal count
        for entry in found:
            count += 1
            if entry.action in (OPENED, READ):
                key = PaperId(entry.subject), entry.member_id
                tallies.setdefault(key, _Tally()).add(entry)
            yield entry

    with database.reading() as connection:
        try:
            broken = first_break(walk := told(entries(connection)))
            # What stands behind a break is still told, if not believed.
            count += sum(1 for _ in walk)
        except InputError:
            return Chain(count, count + 1)
    return Chain(count, broken)
