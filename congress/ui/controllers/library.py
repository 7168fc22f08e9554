"""Between the library page and the library: lists papers and searches in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from urllib.parse import quote

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from congress.docs.agenda import Agenda
from congress.docs.filters import EVERYTHING, SearchFilter
from congress.docs.library import Library
from congress.docs.model import (
    Hit,
    Paper,
    PaperChanged,
    PaperImported,
    PaperRemoved,
    PaperVersioned,
)
from congress.docs.notes.model import NotesChanged
from congress.docs.places import PlaceKept
from congress.docs.reading_list import Marks, ReadingList
from congress.floor.model import ProgrammeChanged
from congress.kernel.canonical import Json
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Clearance, Right
from congress.storage.model import GroupsChanged
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.ui.controllers.paper_desk import PaperDesk, PaperSources
from congress.ui.controllers.paper_import import PaperImports
from congress.ui.models.listing import Listing

DEBOUNCE = 150
"""Milliseconds without a keystroke after which a search begins."""
MOST_HITS = 40
MOST_OF_PAPER = 200
"""Most pages of one paper that are shown."""
_COVER_WIDTH = 132
"""Width of a cover in memory, in pixels: enough for a list at three pixels to a point."""
_LIST = "library"


@dataclass(frozen=True)
class Found:
    """What a search answered.

    Attributes:
        typed: What was asked.
        wanted: The papers that were searched.
        hits: The best pages.
        counts: How many pages of each paper have all its words.
    """

    typed: str
    wanted: SearchFilter
    hits: Sequence[Hit]
    counts: Mapping[PaperId, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Read:
    changes: int
    papers: Sequence[Paper]
    listing: Listing
    chosen: Json


def reader_path(paper_id: PaperId, page: int = 0, find: str = "") -> str:
    """Return where ``navigate`` opens a paper, at a page (from 1) with something looked for."""
    if not page and not find:
        return f"reader/{paper_id}"
    return f"reader/{paper_id}?page={page}&find={quote(find)}"


class LibraryController(QObject):
    """Lists papers and searches in them; for the secretariat, changes them.

    Attributes:
        may_change: Whether the member may import, change and remove papers.
        imports: The way of files into the library.
        desk: Changes one paper at a time.
    """

    listed = Signal(object)
    """All papers this member may read (a ``Listing``), after every change."""
    remembered = Signal(object)
    """What the member chose for the list before; once, before ``listed``."""
    found = Signal(object)
    """The ``Found`` of the search asked last."""
    found_in = Signal(str, object)
    """A ``PaperId`` and the pages of it that answer the last search, in order."""
    cover_came = Signal(str, object)
    """A ``PaperId`` and the ``QImage`` of its cover, null if it has none."""

    def __init__(
        self,
        context: UiContext,
        library: Library,
        actor: Actor,
        sources: PaperSources | None = None,
        parent: QObject | None = None,
        *,
        reading: ReadingList | None = None,
    ) -> None:
        """Work on ``library`` for ``actor``.

        Args:
            context: The surroundings.
            library: The papers.
            actor: The signed-in member.
            sources: Give what details are chosen from.
            parent: Owns the controller.
            reading: Marks what was read; without it nothing is marked or remembered.
        """
        super().__init__(parent)
        self._context, self._library, self._reading = context, library, reading
        self._sources = sources or PaperSources()
        self.may_change = actor.may(Right.MANAGE_PAPERS)
        self.desk = PaperDesk(context, library, self._sources, self)
        self.imports = PaperImports(context, library, self.desk)
        self._asked: tuple[str, SearchFilter] = "", EVERYTHING
        self._mended = not self.may_change
        self._remembers = reading is not None
        self._covers: set[PaperId] = set()
        self._changes = 0
        self._papers: tuple[int, Sequence[Paper]] = -1, ()
        self._latest = Latest(context, self._read, self._listed)
        self._later = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._later.timeout.connect(self._search_now)
        context.bridge.happened.connect(self._heard)

    @property
    def clearances(self) -> Sequence[Clearance]:
        """The clearances this member holds."""
        return self._library.clearances

    # The list

    def _heard(self, event: Event) -> None:
        papers = PaperImported | PaperChanged | PaperVersioned | PaperRemoved
        if isinstance(event, papers | GroupsChanged):
            self._changes += 1
            self.refresh()
        elif isinstance(event, NotesChanged | PlaceKept | ProgrammeChanged):
            self.refresh()

    def refresh(self) -> None:
        """Read the list again; the first time, finish what a crash cut short."""
        if not self._mended:
            self._mended = True
            self._context.tasks.store(lambda _: self._library.mend()).success(
                lambda _: self.refresh()
            ).start()
            return
        self._latest.ask()

    def _read(self) -> _Read:
        # Only what this program does changes papers, and it tells of each change.
        changes, (known, papers) = self._changes, self._papers
        if known != changes:
            papers = self._library.papers()
        listing = Listing(
            papers,
            self._reading.marks() if self._reading else Marks(),
            {group.id: group.name for group in self._sources.groups()},
            datetime.now(UTC).astimezone().date(),
            Agenda.of(item.title for item in self._sources.items()),
        )
        chosen = self._reading.choices(_LIST) if self._reading and self._remembers else None
        return _Read(changes, papers, listing, chosen)

    def _listed(self, read: _Read) -> None:
        self._papers = read.changes, read.papers
        if self._remembers:
            self._remembers = False
            self.remembered.emit(read.chosen)
        self.listed.emit(read.listing)

    def remember(self, chosen: Json) -> None:
        """Keep what the member chose for the list."""
        if (reading := self._reading) is not None:
            self._context.tasks.store(lambda _: reading.keep_choices(_LIST, chosen)).start()

    def forget(self, paper: Paper) -> None:
        """Forget that a paper was opened, so that it is unread again."""
        if (reading := self._reading) is not None:
            task = self._context.tasks.store(lambda _: reading.forget(paper.id))
            task.success(lambda _: self.refresh()).start()

    # Searching

    def search(self, typed: str, wanted: SearchFilter = EVERYTHING) -> None:
        """Search for what is typed, once the person pauses; ``found`` answers the last."""
        self._asked = typed, wanted
        if typed.strip():
            self._later.start()
        else:
            self._later.stop()

    def pause(self) -> None:
        """Begin no search that has not begun yet."""
        self._later.stop()

    def _search_now(self) -> None:
        asked = typed, wanted = self._asked

        def work(_: Progress) -> Found:
            hits = self._library.search(typed, MOST_HITS, wanted)
            return Found(typed, wanted, hits, self._library.count_pages(typed, wanted))

        self._context.tasks.free(work).success(partial(self._found, asked)).start()

    def _found(self, asked: tuple[str, SearchFilter], found: Found) -> None:
        if asked == self._asked:
            self.found.emit(found)

    def search_in(self, paper_id: PaperId) -> None:
        """Search all of one paper for what was asked last; ``found_in`` answers."""
        typed, _ = asked = self._asked
        wanted = SearchFilter(only=frozenset({paper_id}))

        def work(_: Progress) -> Sequence[Hit]:
            hits = self._library.search(typed, MOST_OF_PAPER, wanted)
            return sorted(hits, key=lambda hit: hit.page)

        def done(hits: Sequence[Hit]) -> None:
            if asked == self._asked:
                self.found_in.emit(paper_id, hits)

        self._context.tasks.free(work).success(done).start()

    # Covers

    def load_covers(self, paper_ids: Sequence[PaperId]) -> None:
        """Read covers, small; ``cover_came`` answers for each that is not under way already."""
        wanted = [each for each in paper_ids if each not in self._covers]
        self._covers.update(wanted)

        def work(progress: Progress) -> list[tuple[PaperId, QImage]]:
            return [(each, self._cover(each)) for each in wanted]

        def done(covers: list[tuple[PaperId, QImage]]) -> None:
            self._covers.difference_update(wanted)
            for paper_id, cover in covers:
                self.cover_came.emit(paper_id, cover)

        if wanted:
            self._context.tasks.free(work).success(done).start()

    def _cover(self, paper_id: PaperId) -> QImage:
        try:
            cover = QImage.fromData(self._library.cover(paper_id))
        except CongressError:
            return QImage()  # It was removed meanwhile.
        if cover.width() <= _COVER_WIDTH:
            return cover
        return cover.scaledToWidth(_COVER_WIDTH, Qt.TransformationMode.SmoothTransformation)
