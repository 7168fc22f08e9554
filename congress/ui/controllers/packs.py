"""Leads the making of packs and of the public book, and tells what was handed out."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal

from congress.docs.model import PaperChanged, PaperImported, PaperRemoved, PaperVersioned
from congress.docs.packs.model import CopiesChanged, Copy, Deliverable, Recipient, Slip
from congress.kernel.clock import Clock
from congress.kernel.events import Event
from congress.kernel.ids import PaperId
from congress.kernel.people import Person
from congress.kernel.progress import Progress
from congress.kernel.settings import Settings
from congress.secretariat.handout import Handout
from congress.secretariat.portfolio.book import BookForm
from congress.ui.context import UiContext
from congress.ui.tasks import Task

_USUAL_DAYS = 30
"""How long packs open after the last day of the congress, unless another day is chosen."""


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What packs can be made of.

    Attributes:
        papers: What may leave the house.
        people: The list of the congress.
        copies: What was handed out.
        public: How many papers are public.
        settings: What the congress decided about itself.
    """

    papers: Sequence[Deliverable]
    people: Sequence[Person]
    copies: Sequence[Copy]
    public: int
    settings: Settings


class PacksController(QObject):
    """One run of packs after another.

    Attributes:
        folder: Where the next packs go.
        slips: What belongs on the slips of the last run; nowhere else.
        made_in: Where the last packs lie.
    """

    told = Signal(object)
    """The ``PackFacts`` as they are now."""
    refused = Signal(object)
    """The ``CongressError`` because of which they cannot be told."""

    def __init__(
        self,
        context: UiContext,
        handout: Handout,
        people: Callable[[], Sequence[Person]],
        settings: Callable[[], Settings],
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """Read nothing before ``refresh``.

        Args:
            context: The surroundings.
            handout: Makes packs and books.
            people: Returns the list of the congress.
            settings: Returns what the congress decided about itself.
            clock: Tells the day.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._handout = context, handout
        self._people, self._settings, self._clock = people, settings, clock
        self.folder = _documents()
        self.slips: Sequence[Slip] = ()
        self.made_in: Path | None = None
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        changes = PaperImported | PaperChanged | PaperRemoved | PaperVersioned | CopiesChanged
        if isinstance(event, changes):
            self.refresh()

    def refresh(self) -> None:
        """Gather the facts; ``told`` or ``refused`` answers."""

        def gather(_: Progress) -> PackFacts:
            handout = self._handout
            return PackFacts(
                papers=handout.packs.papers(),
                people=self._people(),
                copies=handout.copies.copies(),
                public=len(handout.portfolio.papers()),
                settings=self._settings(),
            )

        self._context.tasks.free(gather).success(self.told.emit).failure(self.refused.emit).start()

    def usual_end(self, settings: Settings) -> date:
        """Return the day until which packs open unless another is chosen."""
        today = self._clock.now().astimezone().date()
        return max(today, settings.ends or today) + timedelta(days=_USUAL_DAYS)

    def making(
        self,
        people: Sequence[Person],
        delegations: Sequence[str],
        papers: Sequence[PaperId],
        until: date,
    ) -> Task[Sequence[Slip]]:
        """Return the work that makes a pack for each person and each delegation."""
        folder, packs = self.folder, self._handout.packs

        def work(progress: Progress) -> Sequence[Slip]:
            recipients: list[Recipient] = [packs.recipient(person.badge) for person in people]
            recipients += [packs.delegation(name) for name in delegations]
            return packs.make(folder, recipients, papers, until, progress)

        return self._context.tasks.store(work)

    def made(self, slips: Sequence[Slip]) -> None:
        """Keep what belongs on the slips until they are printed or the person signs out."""
        self.slips, self.made_in = slips, self.folder

    def printing(self, lang: str) -> Task[bytes]:
        """Return the work that sets the slips of the last run."""
        slips = self.slips
        return self._context.tasks.free(lambda _: self._handout.packs.slips(lang, slips))

    def writing(
        self, folder: Path, languages: Sequence[str], forms: Collection[BookForm]
    ) -> Task[tuple[Path, ...]]:
        """Return the work that writes the book of public papers."""

        def work(progress: Progress) -> tuple[Path, ...]:
            return self._handout.portfolio.write(folder, *languages, forms=forms, progress=progress)

        return self._context.tasks.free(work)

    def free_folder(self, place: Path, name: str) -> Path:
        """Return a folder in ``place`` that is not there yet."""
        names = (name, *(f"{name} ({number})" for number in range(2, 1000)))
        return next((place / each for each in names if not (place / each).exists()), place / name)

    def forget(self) -> None:
        """Let go of the codes."""
        self.slips, self.made_in = (), None


def _documents() -> Path:
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(kind) or Path.home())
