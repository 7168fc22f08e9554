"""Between the pages of the roll call and its services: sessions, the register, the quorum."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from congress.kernel.approval import Approval
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Person, Standing
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Right
from congress.people.model import PeopleChanged
from congress.rollcall.model import (
    Correction,
    EntryId,
    PresenceChanged,
    RegisterLine,
    Session,
    SessionsChanged,
    Status,
    Stay,
)
from congress.rollcall.quorum import Quorum
from congress.storage.model import Member, SettingsChanged
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.ui.doors.runtime import Doors

if TYPE_CHECKING:
    from congress.app import OpenCongress


@dataclass(frozen=True, slots=True)
class House:
    """What the pages show of the roll call.

    Attributes:
        current: The open session, or ``None``.
        sessions: All sessions, the newest first.
        shown: The session whose register is shown, or ``None``.
        lines: Its register.
        corrections: What was corrected in it, the newest first.
        members: Who can sign in.
        quorum: The state of the house in the open session.
    """

    current: Session | None
    sessions: tuple[Session, ...]
    shown: Session | None
    lines: tuple[RegisterLine, ...]
    corrections: tuple[Correction, ...]
    members: tuple[Member, ...]
    quorum: Quorum


class RollCallController(QObject):
    """Opens sessions and corrects the register; who comes is the matter of ``doors``.

    Attributes:
        doors: The doors at work.
        session: The open session, or ``None``.
        house: All there is to show, as it was read last; ``None`` before.
    """

    session_changed = Signal(object)
    """The open ``Session``, or ``None``."""
    quorum_changed = Signal(object)
    """The state of the house (``Quorum``)."""
    listed = Signal(object)
    """Everything was read again (``House``)."""

    def __init__(
        self,
        context: UiContext,
        congress: "OpenCongress",
        doors: Doors,
        parent: QObject | None = None,
    ) -> None:
        """Work on ``congress``."""
        super().__init__(parent)
        self._context, self._congress, self._desk = context, congress, congress.desk
        self.doors = doors
        self.may_check_in = congress.actor.may(Right.CHECK_IN)
        self.may_open = congress.actor.may(Right.OPEN_SESSION)
        self.may_enrol = congress.actor.may(Right.ENROL_FACES)
        self.may_see = congress.actor.may(Right.SEE_PEOPLE)
        self.session: Session | None = None
        self.house: House | None = None
        self._wanted: SessionId | None = None
        self._known = False
        self._reading = Latest(context, self._read, self._take)
        context.bridge.happened.connect(self._heard)

    def refresh(self) -> None:
        """Read the open session, the register that is shown, and the quorum."""
        self._reading.ask()

    def show_register(self, session_id: SessionId | None) -> None:
        """Show the register of another session; ``None`` for the open one, or the newest."""
        self._wanted = session_id
        self.refresh()

    def _read(self) -> House:
        sessions = tuple(reversed(self._desk.sessions()))
        current = next((each for each in sessions if each.closed_at is None), None)
        wanted = next((each for each in sessions if each.id == self._wanted), None)
        shown = (wanted or current or next(iter(sessions), None)) if self.may_see else None
        return House(
            current=current,
            sessions=sessions,
            shown=shown,
            lines=tuple(self._desk.register(shown.id)) if shown else (),
            corrections=tuple(reversed(self._desk.corrections(shown.id))) if shown else (),
            members=tuple(self._congress.vault.members()) if self.may_see else (),
            quorum=self._desk.quorum(),
        )

    def _take(self, house: House) -> None:
        before, self.session = self.session, house.current
        self.house = house
        self.doors.follow(house.current.id if house.current else None)
        if not self._known or before != house.current:
            self._known = True
            self.session_changed.emit(house.current)
        self.quorum_changed.emit(house.quorum)
        self.listed.emit(house)

    def _heard(self, event: Event) -> None:
        match event:
            case PresenceChanged():
                self.quorum_changed.emit(event.quorum)
                self.refresh()
            case SessionsChanged():
                self._wanted = None
                self.refresh()
            case PeopleChanged() | SettingsChanged():
                self.refresh()

    def open_session(self, name: str, refused: Callable[[CongressError], object]) -> None:
        """Open a session; ``refused`` takes the error if it cannot be."""
        self._context.tasks.store(lambda _: self._desk.open_session(name)).failure(refused).start()

    def begin_sitting(self) -> None:
        """Note that the chair opened the sitting."""
        self._context.tasks.store(lambda _: self._desk.begin_sitting()).start()

    def close_session(self) -> None:
        """Close the open session, and the cameras with it."""
        self._context.tasks.store(lambda _: self._desk.close_session()).start()

    def check_out(self, person_id: PersonId) -> None:
        """Note that a person left the hall."""
        self._context.tasks.store(lambda _: self._desk.check_out(person_id)).start()

    def empty_seats(self, alternate: Person) -> list[Person]:
        """Return whose seats ``alternate`` could take, those of the own delegation first."""
        lines = self.house.lines if self.house and self.house.shown == self.session else ()
        empty = [
            line.person
            for line in lines
            if line.person.standing is Standing.OFFICIAL
            and line.status in (Status.ABSENT, Status.LEFT, Status.EXCUSED)
        ]
        return sorted(empty, key=lambda person: person.delegation != alternate.delegation)

    def seconds(self) -> list[str]:
        """Return the sign-in names of everybody else who may confirm a correction."""
        me = self._congress.actor.member_id
        members = self.house.members if self.house else ()
        return [
            each.name
            for each in members
            if each.id != me and Actor(each.id, each.role, each.name).may(Right.CHECK_IN)
        ]

    def excuse(
        self,
        session: Session,
        person_id: PersonId,
        reason: str,
        done: Callable[[object], object],
        refused: Callable[[CongressError], object],
    ) -> None:
        """Note that a person is excused, and why; an empty reason takes the excuse back."""
        corrections = self._congress.corrections

        def work(_: Progress) -> None:
            if reason:
                corrections.excuse(session.id, person_id, reason)
            else:
                corrections.withdraw_excuse(session.id, person_id)

        self._context.tasks.store(work).success(done).failure(refused).start()

    def correct(
        self,
        session: Session,
        person_id: PersonId,
        before: EntryId | None,
        after: Stay | None,
        reason: str,
        approval: Approval | None,
        done: Callable[[object], object],
        refused: Callable[[CongressError], object],
    ) -> None:
        """Correct a stay; see ``Corrections.correct``."""

        def work(_: Progress) -> Correction:
            return self._congress.corrections.correct(
                session.id,
                person_id,
                before=before,
                after=after,
                reason=reason,
                approval=approval,
            )

        self._context.tasks.store(work).success(done).failure(refused).start()

    def search(self, text: str) -> Sequence[Person]:
        """Return the persons whom ``text`` may mean; runs outside the GUI thread."""
        return self._congress.people.search(text, 6)
