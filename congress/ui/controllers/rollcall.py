"""Between the door page and the roll call: sessions, the register, check-ins, enrolment."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.kernel.progress import Progress
from congress.kernel.roles import Right
from congress.people.model import PeopleChanged
from congress.rollcall.enrolment_report import EnrolmentReport
from congress.rollcall.model import (
    CheckIn,
    Entry,
    Method,
    PresenceChanged,
    RegisterLine,
    Session,
    SessionsChanged,
    Status,
)
from congress.rollcall.quorum import Quorum
from congress.ui.context import UiContext
from congress.ui.controllers.doorwatch import DoorWatch
from congress.ui.tasks import Task
from congress.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from congress.app import OpenCongress


class RollCallController(QObject):
    """Opens sessions and keeps the register.

    Attributes:
        watch: The camera of this door.
        session: The open session, or ``None``.
        lines: The register of the open session, as it was read last.
        door: Name of this door, written into each entry.
    """

    session_changed = Signal(object)
    """The open ``Session``, or ``None``."""
    quorum_changed = Signal(object)
    """The state of the house (``Quorum``)."""
    arrived = Signal(object)
    """A new ``CheckIn``."""
    undone = Signal(object)
    """The ``Entry`` that was taken back."""
    listed = Signal(object)
    """The register of the open session (``Sequence[RegisterLine]``)."""

    def __init__(
        self, context: UiContext, congress: "OpenCongress", parent: QObject | None = None
    ) -> None:
        """Work on ``congress``."""
        super().__init__(parent)
        self._context, self._congress, self._desk = context, congress, congress.desk
        self.may_check_in = congress.actor.may(Right.CHECK_IN)
        self.may_open = congress.actor.may(Right.OPEN_SESSION)
        self.may_enrol = congress.actor.may(Right.ENROL_FACES)
        self.may_see = congress.actor.may(Right.SEE_PEOPLE)
        self.watch = DoorWatch(context, congress, self)
        self.watch.recognised.connect(self.check_in)
        self.session: Session | None = None
        self.lines: Sequence[RegisterLine] = ()
        self.door = ""
        context.bridge.happened.connect(self._heard)

    def refresh(self) -> None:
        """Read the list of people, the open session, its register and the quorum."""

        def read(_: Progress) -> tuple[Sequence[Person], Session | None]:
            return self._congress.people.everyone(), self._desk.current()

        self._context.tasks.free(read).success(self._read).start()

    def _read(self, found: tuple[Sequence[Person], Session | None]) -> None:
        people, session = found
        self.watch.people = {person.id: person for person in people}
        self._take_session(session)

    def _take_session(self, session: Session | None) -> None:
        changed = (session and session.id) != (self.session and self.session.id)
        self.session = session
        if changed:
            self.watch.reset()
        if session is None:
            self.watch.stop()
        self.session_changed.emit(session)
        self._read_house()

    def _read_house(self) -> None:
        session = self.session

        def read(_: Progress) -> tuple[Quorum, Sequence[RegisterLine]]:
            seen = session is not None and self.may_see
            lines = self._desk.register(session.id) if session and seen else ()
            return self._desk.quorum(), lines

        self._context.tasks.free(read).success(self._show_house).start()

    def _show_house(self, found: tuple[Quorum, Sequence[RegisterLine]]) -> None:
        house, self.lines = found
        self.quorum_changed.emit(house)
        self.listed.emit(self.lines)

    def _heard(self, event: Event) -> None:
        match event:
            case PresenceChanged():
                self.quorum_changed.emit(event.quorum)
                self._read_house()
            case SessionsChanged():
                self._take_session(event.session if event.session.closed_at is None else None)
            case PeopleChanged():
                self.refresh()

    def open_session(self, name: str, refused: Callable[[CongressError], object]) -> None:
        """Open a session; ``refused`` takes the error if it cannot be."""
        self._context.tasks.store(lambda _: self._desk.open_session(name)).failure(refused).start()

    def close_session(self) -> None:
        """Close the open session, and the camera with it."""
        self._context.tasks.store(lambda _: self._desk.close_session()).start()

    def check_in(
        self, person_id: PersonId, method: Method = Method.MANUAL, score: float | None = None
    ) -> None:
        """Register a person; ``arrived`` tells when it is written."""
        model = self.watch.model if score is not None else ""

        def work(_: Progress) -> CheckIn:
            return self._desk.check_in(person_id, method, score=score, model=model, door=self.door)

        task = self._context.tasks.store(work).success(self._arrived)
        task.failure(partial(self._refused, person_id)).start()

    def _arrived(self, found: CheckIn) -> None:
        if found.new:
            self.arrived.emit(found)
        else:
            text = self._context.tr("door.already_in", name=found.person.name)
            self._context.toasts.show_toast(text, Tone.NOTE)

    def _refused(self, person_id: PersonId, error: CongressError) -> None:
        self.watch.forget(person_id)
        self._context.toasts.show_toast(self._context.tr.error(error).what, Tone.DANGER)

    def undo(self, entry: Entry) -> None:
        """Take an entry back."""
        task = self._context.tasks.store(lambda _: self._desk.undo(entry.id))
        task.success(partial(self._undone, entry)).start()

    def _undone(self, entry: Entry, _: Quorum) -> None:
        self.undone.emit(entry)
        person = self.watch.people.get(entry.person_id)
        if person is not None:
            text = self._context.tr("door.undone", name=person.name)
            self._context.toasts.show_toast(text, Tone.NOTE)

    def check_out(self, person_id: PersonId) -> None:
        """Note that a person left the hall."""
        self._context.tasks.store(lambda _: self._desk.check_out(person_id)).start()

    def empty_seats(self, alternate: Person) -> list[Person]:
        """Return whose seats ``alternate`` could take, those of the own delegation first."""
        empty = [
            line.person
            for line in self.lines
            if line.person.standing is Standing.OFFICIAL
            and line.status in (Status.ABSENT, Status.LEFT)
        ]
        return sorted(empty, key=lambda person: person.delegation != alternate.delegation)

    def take_seat(self, alternate: PersonId, official: PersonId) -> None:
        """Let an alternate sit in the seat of an official delegate who is not here."""
        task = self._context.tasks.store(lambda _: self._desk.take_seat(alternate, official))
        task.success(self._seated).start()

    def _seated(self, found: CheckIn) -> None:
        text = self._context.tr("door.seated", name=found.person.name)
        self._context.toasts.show_toast(text, Tone.GOOD, partial(self.undo, found.entry))

    def enrolling(self, path: Path) -> Task[EnrolmentReport]:
        """Return the task that enrols the photographs in a folder or a ZIP."""
        return self._context.tasks.free(
            lambda progress: self._congress.enrolment.enrol(path, progress=progress)
        )

    def search(self, text: str) -> Sequence[Person]:
        """Return the persons whom ``text`` may mean; runs outside the GUI thread."""
        return self._congress.people.search(text, 6)
