"""All doors of the hall at work: from what cameras see to what stands in the register.

It belongs to the window, not to a page: another language or mode builds the pages anew, and
whoever walks past a camera meanwhile is registered all the same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import Person
from congress.kernel.progress import Progress
from congress.kernel.roles import Right
from congress.people.model import PeopleChanged
from congress.rollcall.confirm import Verdict
from congress.rollcall.matching import Gallery
from congress.rollcall.model import (
    BadgesChanged,
    CheckIn,
    GalleryChanged,
    Method,
    PresenceChanged,
    SessionsChanged,
    Status,
)
from congress.rollcall.pipeline import Sighting
from congress.ui.bridge import Bridge
from congress.ui.context import UiContext
from congress.ui.doors.arrivals import Arrivals
from congress.ui.doors.model import Ask, Door, Question
from congress.ui.doors.questions import Questions
from congress.ui.doors.watch import DoorWatch
from congress.ui.tasks import Tasks

if TYPE_CHECKING:
    from congress.app import OpenCongress


@dataclass(frozen=True, slots=True)
class _People:
    everyone: Sequence[Person]
    codes: dict[str, PersonId]
    inside: set[PersonId]


class Doors(QObject):
    """Every door, its camera, what it asks, and who came.

    Attributes:
        arrivals: Writes who comes, and remembers them.
        questions: What the operator is asked.
        people: The list of the congress, as read last.
        inside: Who is in the hall.
        sound: Whether the computer beeps at an arrival, and twice at a question.
        chosen: Number of the door whose picture is large, and at which the desk stands.
    """

    changed = Signal()
    """Doors came or went, another is chosen, or one is doing otherwise."""
    void_badge = Signal(str)
    """A badge that is nobody's was shown at the door of this name."""
    ended = Signal()
    """The congress is being closed."""

    def __init__(
        self,
        tasks: Tasks,
        bridge: Bridge,
        congress: "OpenCongress",
        beep: Callable[[], None] = QApplication.beep,
    ) -> None:
        """Begin without doors; ``add`` makes the first."""
        super().__init__()
        self._tasks, self._bridge, self._congress, self._beep = tasks, bridge, congress, beep
        self.arrivals = Arrivals(tasks, congress, self)
        self.questions = Questions(self)
        self.people: Mapping[PersonId, Person] = {}
        self.inside: set[PersonId] = set()
        self.sound = True
        self.chosen = 0
        self._watches: list[DoorWatch] = []
        self._last = 0
        self._session: SessionId | None = None
        self._methods: dict[PersonId, Method] = {}
        self._codes: Mapping[str, PersonId] = {}
        bridge.happened.connect(self._heard)
        self.arrivals.arrived.connect(self._arrived)
        self.arrivals.refused.connect(self._refused)
        self.questions.answered.connect(self._answered)
        self.questions.came.connect(self._asked)
        self.read_people()

    @property
    def watches(self) -> Sequence[DoorWatch]:
        """The doors, in the order in which they were added."""
        return tuple(self._watches)

    @property
    def current(self) -> DoorWatch | None:
        """The door that is chosen."""
        return next((each for each in self._watches if each.door.number == self.chosen), None)

    @property
    def watching(self) -> bool:
        """Whether some door is watched."""
        return any(each.running for each in self._watches)

    def add(self, name: str, source: str) -> DoorWatch:
        """Add a door; nothing is watched there yet. The first one is chosen."""
        self._last += 1
        watch = DoorWatch(Door(self._last, name, source), self._tasks, self._congress, self)
        watch.changed.connect(self.changed)
        watch.recognised.connect(partial(self._recognised, watch))
        watch.doubted.connect(partial(self._doubted, watch))
        watch.refused.connect(partial(self._check_failed, watch))
        watch.badges_seen.connect(partial(self._badges_seen, watch))
        watch.broken.connect(self._tasks.bug)
        self._watches.append(watch)
        if self.current is None:
            self.chosen = watch.door.number
        self.changed.emit()
        return watch

    def remove(self, watch: DoorWatch) -> None:
        """Let a door go; another is chosen if it was."""
        watch.stop()
        self._watches.remove(watch)
        if self.chosen == watch.door.number:
            self.chosen = self._watches[0].door.number if self._watches else 0
        self.changed.emit()

    def choose(self, number: int) -> None:
        """Show the door ``number`` large, and stand there."""
        self.chosen = number
        self.changed.emit()

    def step(self, by: int) -> None:
        """Choose the next door, or the one before."""
        numbers = [each.door.number for each in self._watches]
        if numbers:
            at = numbers.index(self.chosen) if self.chosen in numbers else 0
            self.choose(numbers[(at + by) % len(numbers)])

    def stop(self) -> None:
        """Let every camera go."""
        for watch in self._watches:
            watch.stop()

    def dress(self, _: UiContext) -> None:
        """Go on: nothing here is written in a language."""

    def close(self) -> None:
        """Let every camera go and wait a moment for them: the congress is being closed."""
        self.stop()
        for watch in self._watches:
            watch.wait()
        self._bridge.happened.disconnect(self._heard)
        self.ended.emit()
        self.deleteLater()

    def follow(self, session_id: SessionId | None) -> None:
        """Work for a session: begin anew for another one, and stop where none is open."""
        if session_id != self._session:
            self._session = session_id
            self.questions.clear()
            self.arrivals.clear()
            self.read_people()
            for watch in self._watches:
                watch.clear()
        if session_id is None:
            self.stop()

    def read_people(self) -> None:
        """Read the list of the congress, its badges, and who is in the hall again."""
        congress = self._congress
        may = congress.actor.may(Right.CHECK_IN)

        def read(_: object) -> _People:
            session = congress.desk.current() if may else None
            lines = congress.desk.register(session.id) if session else ()
            return _People(
                everyone=congress.people.everyone(),
                codes=dict(congress.badges.bearers()) if may else {},
                inside={line.person.id for line in lines if line.status is Status.PRESENT},
            )

        self._tasks.free(read).success(self._take_people).start()

    def _take_people(self, found: _People) -> None:
        self._codes, self.inside = found.codes, found.inside
        self.people = {person.id: person for person in found.everyone}
        for watch in self._watches:
            watch.use_badges(found.codes)
        self.changed.emit()

    def _heard(self, event: Event) -> None:
        match event:
            case PresenceChanged():
                self._note(event.person_id, inside=event.inside)
            case SessionsChanged():
                over = event.session.closed_at is not None
                self.follow(None if over else event.session.id)
            case GalleryChanged() if self.watching:
                reading = self._tasks.free(lambda _: self._congress.enrolment.gallery())
                reading.success(self._use).start()
            case PeopleChanged() | BadgesChanged():
                self.read_people()

    def _note(self, person_id: PersonId, *, inside: bool) -> None:
        for watch in self._watches:
            watch.know(person_id, inside=inside)
        if inside:
            self.inside.add(person_id)
            self.questions.settle(person_id)
        else:
            self.inside.discard(person_id)

    def _use(self, gallery: Gallery) -> None:
        for watch in self._watches:
            watch.use(gallery)

    def check_in(
        self, person_id: PersonId, method: Method = Method.MANUAL, score: float | None = None
    ) -> None:
        """Register somebody who stands at the desk."""
        watch = self.current
        name, model = (watch.door.name, watch.model) if watch else ("", "")
        self._methods[person_id] = method
        self.arrivals.check_in(
            person_id, method, score, model=model if score is not None else "", door=name
        )

    def show_badge(self, code: str) -> None:
        """Register whose badge a scanner has read at the desk."""
        watch = self.current
        self._badges_at(watch.door.name if watch else "", self._codes.get(code))

    def _recognised(self, watch: DoorWatch, person_id: PersonId, score: float) -> None:
        self._methods[person_id] = Method.FACE
        self.arrivals.check_in(
            person_id, Method.FACE, score, model=watch.model, door=watch.door.name
        )

    def _badges_seen(self, watch: DoorWatch, bearers: Sequence[PersonId], void: int) -> None:
        for person_id in bearers:
            self._badges_at(watch.door.name, person_id)
        if void:
            self._badges_at(watch.door.name, None)

    def _badges_at(self, door: str, person_id: PersonId | None) -> None:
        if person_id is None:
            self.void_badge.emit(door)
            return
        self._methods[person_id] = Method.QR
        self.arrivals.check_in(person_id, Method.QR, door=door)

    def _known(self, sighting: Sighting) -> tuple[tuple[Person, float], ...]:
        return tuple(
            (self.people[candidate.person_id], candidate.score)
            for candidate in sighting.candidates
            if candidate.person_id in self.people
        )

    def _doubted(self, watch: DoorWatch, sighting: Sighting, portrait: QImage | None) -> None:
        if known := self._known(sighting):
            self.questions.ask(Ask.WHO, watch.door.name, known, portrait)

    def _check_failed(self, watch: DoorWatch, sighting: Sighting, portrait: QImage | None) -> None:
        kind = Ask.ALIVE if sighting.verdict is Verdict.REGISTER else Ask.WHO
        if known := self._known(sighting):
            self.questions.ask(kind, watch.door.name, known, portrait)

    def _asked(self, question: Question) -> None:
        """Sound, and fetch the portraits of those asked about, if any are kept."""
        self._sound(2)
        about = [person.id for person, _ in question.candidates]

        def read(_: Progress) -> Mapping[PersonId, QImage]:
            kept = self._congress.portraits.of(about)
            return {who: QImage.fromData(jpeg) for who, jpeg in kept.items()}

        illustrate = partial(self.questions.illustrate, question.number)
        # A portrait that does not open is told where faces are looked after; initials do here.
        self._tasks.free(read).success(illustrate).failure(lambda _: None).start()

    def _answered(self, question: Question, person: Person | None) -> None:
        if person is None:
            return
        if question.kind is Ask.SEAT:
            method = self._methods.get(person.id, Method.OPERATOR)
            self.arrivals.give_back(person.id, method, question.door)
            return
        score = next(score for each, score in question.candidates if each.id == person.id)
        at = next((each for each in self._watches if each.door.name == question.door), None)
        self._methods[person.id] = Method.OPERATOR
        self.arrivals.check_in(
            person.id,
            Method.OPERATOR,
            score,
            model=at.model if at else "",
            door=question.door,
        )

    def _arrived(self, _: CheckIn) -> None:
        self._sound(1)

    def _refused(self, person_id: PersonId, door: str, error: CongressError) -> None:
        for watch in self._watches:
            watch.know(person_id, inside=False)
        person = self.people.get(person_id)
        if error.code == "rollcall.seat_taken" and person is not None:
            by_hand = self._methods.get(person_id) is not Method.FACE
            self.questions.ask(
                Ask.SEAT,
                door,
                ((person, 1.0),),
                alternate=str(error.params.get("alternate", "")),
                first=by_hand,
            )

    def _sound(self, times: int) -> None:
        for _ in range(times if self.sound else 0):
            self._beep()

    def change(self, watch: DoorWatch, **fields: object) -> None:
        """Change fields of a door; see ``Door``."""
        watch.change(replace(watch.door, **fields))  # type: ignore[arg-type]
