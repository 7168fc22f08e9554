"""Where a member was in each paper, and how much of it they have seen.

Kept in the member's own file, which nobody else can open, not even the secretariat. Places are
no changes of the congress: they leave no audit entries, which would tell when who read what.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import RowMapping

from congress.docs import places_store as store
from congress.kernel.clock import Clock
from congress.kernel.events import Event
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import Actor
from congress.storage.database import Database


class View(StrEnum):
    """How a paper is shown."""

    PAGES = "pages"
    TEXT = "text"


class Fit(StrEnum):
    """What the zoom follows when the window changes."""

    COMFORT = "comfort"
    """The width, but no larger than is good to read."""
    WIDTH = "width"
    PAGE = "page"
    FREE = "free"
    """Nothing: a zoom the reader chose."""


class Arrangement(StrEnum):
    """How fixed pages lie."""

    CONTINUOUS = "continuous"
    """Below each other."""
    SINGLE = "single"
    """One at a time."""
    SPREADS = "spreads"
    """Two beside each other as in a book, the first alone, below each other."""
    SPREAD = "spread"
    """Two beside each other, one pair at a time."""


class Look(StrEnum):
    """In which colours papers are read."""

    PAPER = "paper"
    SEPIA = "sepia"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where and how a paper was being read.

    Attributes:
        version_id: Which version of it.
        page: Page number, from 1.
        offset: Position in the text of that page (``PageText.text``) at the top of the view.
        view: Fixed pages or flowing text.
        fit: What the zoom follows.
        zoom: Zoom of the fixed pages; 1 is the size on paper.
        text_zoom: How many times larger than usual the letters of the flowing text are.
        arrangement: How the fixed pages lie.
        turns: Quarter turns of the fixed pages, clockwise, 0 to 3.
    """

    version_id: VersionId
    page: int = 1
    offset: int = 0
    view: View = View.PAGES
    fit: Fit = Fit.COMFORT
    zoom: float = 1.0
    text_zoom: float = 1.0
    arrangement: Arrangement = Arrangement.CONTINUOUS
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a paper a member has seen.

    Attributes:
        version_id: The version they opened last; an older one than the paper's current
            version means that the paper was updated since.
        seen: How many of its pages were in front long enough to be read at all.
        pages: How many it has.
        opened_at: When it was last read, aware, in UTC.
    """

    version_id: VersionId
    seen: int
    pages: int
    opened_at: datetime

    @property
    def percent(self) -> int:
        """The share of pages seen, 0 to 100; 100 only for all of them."""
        return 100 * self.seen // self.pages if self.pages else 100


@dataclass(frozen=True, slots=True)
class PlaceKept(Event):
    """The place in a paper, or how much of it was seen, is another one."""

    paper_id: PaperId


def pack(seen: Collection[int], pages: int) -> bytes:
    """Return which pages (from 1, at most ``pages``) were seen, a bit each."""
    bits = bytearray((pages + 7) // 8)
    for page in seen:
        if 1 <= page <= pages:
            bits[(page - 1) // 8] |= 1 << (page - 1) % 8
    return bytes(bits)


def unpack(bits: bytes) -> frozenset[int]:
    """Return the pages (from 1) that ``pack`` was given."""
    return frozenset(
        8 * at + bit + 1 for at, byte in enumerate(bits) for bit in range(8) if byte >> bit & 1
    )


class Places:
    """The reading places of one member."""

    def __init__(self, own: Database, actor: Actor, clock: Clock) -> None:
        """Keep places in ``own``, the member's own file."""
        self._own, self._actor, self._clock = own, actor, clock

    def place(self, paper_id: PaperId) -> ReadingPlace | None:
        """Return where a paper was left, or ``None`` if it was never opened."""
        with self._own.reading() as connection:
            row = store.place(connection, paper_id)
        if row is None:
            return None
        return ReadingPlace(
            version_id=VersionId(row["version_id"]),
            page=row["page"],
            offset=row["offset"],
            view=View(row["view"]),
            fit=Fit(row["fit"]),
            zoom=row["zoom"],
            text_zoom=row["text_zoom"],
            arrangement=Arrangement(row["arrangement"]),
            turns=row["turns"],
        )

    def keep(
        self, paper_id: PaperId, place: ReadingPlace, *, seen: Collection[int], pages: int
    ) -> None:
        """Keep where a paper is being read.

        Args:
            paper_id: The paper.
            place: Where and how.
            seen: Pages (from 1) seen since the last call; added to those of the same version.
            pages: How many pages this version has.

        Raises:
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        with self._own.unit_of_work(self._actor) as uow:
            before = store.place(uow.connection, paper_id)
            same = before is not None and before["version_id"] == place.version_id
            earlier = unpack(before["seen"]) if before is not None and same else frozenset()
            values = {
                "version_id": place.version_id,
                "pages": pages,
                "seen": pack(earlier.union(seen), pages),
                "page": place.page,
                "offset": place.offset,
                "view": place.view.value,
                "fit": place.fit.value,
                "zoom": place.zoom,
                "text_zoom": place.text_zoom,
                "arrangement": place.arrangement.value,
                "turns": place.turns,
            }
            store.keep(uow.connection, paper_id, self._clock.now(), values)
            uow.publish(PlaceKept(paper_id))
            uow.commit()

    def progress(self, paper_id: PaperId) -> Progress | None:
        """Return how much of a paper was seen, or ``None`` if it was never opened."""
        with self._own.reading() as connection:
            row = store.place(connection, paper_id)
        return None if row is None else _progress(row)

    def all_progress(self) -> Mapping[PaperId, Progress]:
        """Return how much was seen of every paper that was ever opened, for lists."""
        with self._own.reading() as connection:
            rows = store.progress(connection)
        return {PaperId(row["paper_id"]): _progress(row) for row in rows}

    def forget(self, paper_id: PaperId) -> None:
        """Forget a paper, as when it was removed."""
        with self._own.unit_of_work(self._actor) as uow:
            store.forget(uow.connection, paper_id)
            uow.publish(PlaceKept(paper_id))
            uow.commit()

    def look(self) -> Look | None:
        """Return in which colours the member reads, or ``None`` if they never chose."""
        with self._own.reading() as connection:
            chosen = store.look(connection)
        return None if chosen is None else Look(chosen)

    def keep_look(self, look: Look) -> None:
        """Keep in which colours the member reads."""
        with self._own.unit_of_work(self._actor) as uow:
            store.keep_look(uow.connection, look.value)
            uow.commit()


def _progress(row: RowMapping) -> Progress:
    return Progress(
        version_id=VersionId(row["version_id"]),
        seen=sum(byte.bit_count() for byte in row["seen"]),
        pages=row["pages"],
        opened_at=row["opened_at"],
    )
