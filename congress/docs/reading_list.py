"""What a member knows of the papers on a list: what was read, what is new, what is noted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from congress.docs import list_store
from congress.docs.model import Paper
from congress.docs.places import Places, Progress
from congress.kernel.canonical import Json
from congress.kernel.ids import PaperId
from congress.kernel.roles import Actor
from congress.storage.database import Database


class Reading(StrEnum):
    """How far a member is with a paper."""

    UNREAD = "unread"
    """It was never opened."""
    UPDATED = "updated"
    """It was opened, and a newer version came in since."""
    BEGUN = "begun"
    """Some of its pages were seen."""
    READ = "read"
    """Every page was seen."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a member did with papers.

    Attributes:
        progress: How much was seen of each paper that was ever opened.
        noted: The papers with notes or bookmarks of this member.
    """

    progress: Mapping[PaperId, Progress] = field(default_factory=dict)
    noted: frozenset[PaperId] = frozenset()

    def reading(self, paper: Paper) -> Reading:
        """Return how far the member is with a paper."""
        seen = self.progress.get(paper.id)
        if seen is None:
            return Reading.UNREAD
        if seen.version_id != paper.version_id:
            return Reading.UPDATED
        return Reading.READ if seen.seen >= seen.pages else Reading.BEGUN

    def percent(self, paper: Paper) -> int:
        """Return the share of the pages of the current version that were seen, 0 to 100."""
        seen = self.progress.get(paper.id)
        return seen.percent if seen and seen.version_id == paper.version_id else 0

    def is_mine(self, paper: Paper) -> bool:
        """Return whether the member has opened the paper or wrote on it."""
        return paper.id in self.progress or paper.id in self.noted


class ReadingList:
    """Marks papers for one member, and keeps how they like their lists."""

    def __init__(self, own: Database, places: Places, actor: Actor) -> None:
        """Read and write ``own``, the member's own file."""
        self._own, self._places, self._actor = own, places, actor

    def marks(self) -> Marks:
        """Return what the member did with every paper."""
        with self._own.reading() as connection:
            noted = list_store.noted(connection)
        return Marks(self._places.all_progress(), noted)

    def forget(self, paper_id: PaperId) -> None:
        """Forget that a paper was opened, so that it is unread again.

        Raises:
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        self._places.forget(paper_id)

    def choices(self, name: str) -> Json:
        """Return what the member chose for a list, ``None`` if nothing is kept."""
        with self._own.reading() as connection:
            return list_store.chosen(connection, name)

    def keep_choices(self, name: str, chosen: Json) -> None:
        """Keep what the member chose for a list.

        Args:
            name: Of the list, at most 20 letters.
            chosen: Anything that can be told again.

        Raises:
            EnvironmentFault: ``disk.full`` or ``disk.failed``.
        """
        with self._own.unit_of_work(self._actor) as uow:
            list_store.keep(uow.connection, name, chosen)
            uow.commit()
