"""Gathers what the home page shows, and keeps it up to date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from congress.floor.model import Item, ProgrammeReport
from congress.floor.programme import Programme
from congress.kernel.clock import Clock
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.people.model import PeopleChanged
from congress.people.table import read_table
from congress.rollcall.model import GalleryChanged
from congress.ui.context import UiContext
from congress.ui.models.home import FreshPapers, HomeFacts, SessionFacts, Stage

REST_MS = 150
"""How long events must rest before the facts are gathered again."""
TICK_MS = 20_000
"""How often the time moves on."""


@dataclass(frozen=True)
class HomePorts:
    """Where the facts come from. Each is called outside the GUI thread.

    Attributes:
        items: The programme.
        people: How many are on the list.
        enrolled: How many of them the camera knows; slow the first time. ``None`` for a
            member who does not enrol faces.
        papers: How many papers the member may read.
        fresh: Those of them that the member has not seen as they are now.
        session: The open session.
        sessions: How many sessions were held.
        polls: Title and stage of each poll.
        forgotten: How many people's faces were erased at this sign-in, their time being over.
    """

    items: Callable[[], Sequence[Item]]
    people: Callable[[], int]
    papers: Callable[[], int]
    fresh: Callable[[], FreshPapers]
    session: Callable[[], SessionFacts | None]
    sessions: Callable[[], int]
    polls: Callable[[], Sequence[tuple[str, Stage]]]
    enrolled: Callable[[], int] | None = None
    forgotten: Callable[[], int] = int


class HomeController(QObject):
    """Tells the facts after every change of the congress and as time goes on."""

    told = Signal(object)
    """The ``HomeFacts`` as they are now."""
    imported = Signal(object)
    """The ``ProgrammeReport`` of a programme that was imported."""
    failed = Signal(object)
    """The ``CongressError`` because of which a programme was not imported."""

    def __init__(
        self,
        context: UiContext,
        ports: HomePorts,
        programme: Programme,
        actor: Actor,
        clock: Clock,
        settings: Callable[[], Settings],
        parent: QObject | None = None,
    ) -> None:
        """Gather from ``ports``; nothing is read before ``refresh``.

        Args:
            context: The surroundings.
            ports: Where the facts come from.
            programme: Takes an imported programme.
            actor: Who is signed in.
            clock: Tells the time.
            settings: Returns what the congress decided about itself.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._ports, self._programme = context, ports, programme
        self._clock, self.settings = clock, settings
        self.role, self.name = actor.role, actor.name
        self.may_set_programme = actor.may(Right.MANAGE_PROGRAMME)
        self._facts: HomeFacts | None = None
        self._enrolled: int | None = None
        self._count_faces = ports.enrolled is not None and actor.may(Right.ENROL_FACES)
        self._rest, self._tick = QTimer(self), QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.refresh)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._time)
        context.bridge.happened.connect(self._heard)

    def now(self) -> datetime:
        """Return the time in the zone of this machine."""
        return self._clock.now().astimezone()

    def _heard(self, event: Event) -> None:
        if isinstance(event, PeopleChanged | GalleryChanged):
            self._count_faces = self._ports.enrolled is not None
        self._rest.start()

    def refresh(self) -> None:
        """Gather the facts; ``told`` follows."""
        self._tick.start()
        ports, now = self._ports, self.now()

        def gather(_: Progress) -> HomeFacts:
            return HomeFacts(
                now=now,
                items=tuple(ports.items()),
                people=ports.people(),
                papers=ports.papers(),
                fresh=ports.fresh(),
                session=ports.session(),
                sessions=ports.sessions(),
                polls=tuple(ports.polls()),
                forgotten=ports.forgotten(),
            )

        self._context.tasks.free(gather).success(self._gathered).start()

    def _gathered(self, facts: HomeFacts) -> None:
        self._tell(replace(facts, enrolled=self._enrolled))
        enrolled = self._ports.enrolled
        if self._count_faces and enrolled is not None:
            self._count_faces = False
            task = self._context.tasks.free(lambda _: enrolled())
            task.success(self._counted).failure(lambda _: None).start()

    def _counted(self, enrolled: int) -> None:
        self._enrolled = enrolled
        if self._facts is not None:
            self._tell(replace(self._facts, enrolled=enrolled))

    def _time(self) -> None:
        if self._facts is not None:
            self._tell(self._facts)

    def _tell(self, facts: HomeFacts) -> None:
        self._facts = replace(facts, now=self.now())
        self.told.emit(self._facts)

    def import_programme(self, path: Path) -> None:
        """Take over the programme in a file; rows without a date are for today."""
        now = self.now()

        def work(_: Progress) -> ProgrammeReport:
            return self._programme.import_table(read_table(path), now.tzinfo or UTC, now.date())

        self._context.tasks.store(work).success(self._took).failure(self._refused).start()

    def _took(self, report: ProgrammeReport) -> None:
        self.imported.emit(report)

    def _refused(self, error: CongressError) -> None:
        self.failed.emit(error)

    def stop(self) -> None:
        """Let the timers rest."""
        self._rest.stop()
        self._tick.stop()
