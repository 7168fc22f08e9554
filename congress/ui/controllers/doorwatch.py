"""Watches one door: runs its camera, and keeps the faces about which the operator decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.kernel.progress import Progress
from congress.rollcall.backends import Loaded
from congress.rollcall.camera import open_source
from congress.rollcall.confirm import Verdict
from congress.rollcall.matching import Gallery
from congress.rollcall.model import GalleryChanged, Method, PresenceChanged, Status
from congress.rollcall.pipeline import Pipeline, Sighting
from congress.ui.context import UiContext
from congress.ui.doorcamera import DoorCamera
from congress.ui.widgets.cameraview import CameraView

if TYPE_CHECKING:
    from congress.app import OpenCongress


@dataclass(frozen=True, slots=True)
class Question:
    """A face about which the operator decides.

    Attributes:
        number: Identifies it.
        portrait: The face, in memory alone, or ``None``.
        candidates: The best persons with their scores, the best first.
    """

    number: int
    portrait: QImage | None
    candidates: tuple[tuple[Person, float], ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    loaded: Loaded
    gallery: Gallery
    inside: tuple[PersonId, ...]


class DoorWatch(QObject):
    """One camera at a time, and its questions."""

    recognised = Signal(object, object, float)
    """Somebody to register: ``PersonId``, ``Method`` and score."""
    asked = Signal(object, int)
    """The ``Question`` to answer now, or ``None``, and how many wait behind it."""
    counted = Signal(int, int)
    """Faces of nobody enrolled, and faces the operator was asked about, so far."""
    camera_changed = Signal(object)
    """The ``DoorCamera`` that runs, or ``None``."""
    camera_lost = Signal(bool)
    """The camera is lost, or found again."""
    warned = Signal(object)
    """Something to know about the camera: a ``CongressError``, or ``None``."""
    nobody_enrolled = Signal()
    """The camera runs, but knows nobody."""

    def __init__(
        self, context: UiContext, congress: "OpenCongress", parent: QObject | None = None
    ) -> None:
        """Watch the door of ``congress``; nothing runs yet."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self._camera: DoorCamera | None = None
        self._questions: list[Question] = []
        self._unknown = self._uncertain = 0
        self.people: Mapping[PersonId, Person] = {}
        self.model = ""
        context.bridge.happened.connect(self._heard)

    @property
    def camera(self) -> DoorCamera | None:
        """The camera that runs."""
        return self._camera

    def _heard(self, event: Event) -> None:
        match event:
            case PresenceChanged():
                self._note_presence(event)
            case GalleryChanged() if self._camera is not None:
                self._context.tasks.free(lambda _: self._congress.enrolment.gallery()).success(
                    self._use_gallery
                ).start()

    def _note_presence(self, event: PresenceChanged) -> None:
        if self._camera is not None:
            note = self._camera.pipeline.know if event.inside else self._camera.pipeline.forget
            note(event.person_id)
        if event.inside:
            self._settle(event.person_id)

    def start(self, source: str, view: CameraView | None, *, paced: bool = True) -> None:
        """Watch a source in place of what is watched now.

        Args:
            source: See ``congress.rollcall.camera.open_source``.
            view: Where pictures are shown.
            paced: Whether a file plays at its own pace; otherwise every frame is looked at,
                as fast as it goes.
        """
        self.stop()

        def prepare(_: Progress) -> _Ready:
            desk = self._congress.desk
            session = desk.current()
            lines = desk.register(session.id) if session else ()
            inside = tuple(line.person.id for line in lines if line.status is Status.PRESENT)
            return _Ready(self._congress.backend(), self._congress.enrolment.gallery(), inside)

        task = self._context.tasks.free(prepare).failure(self._ended)
        task.success(partial(self._watch, source, view, paced)).start()

    def _watch(self, source: str, view: CameraView | None, paced: bool, ready: _Ready) -> None:
        self.stop()
        self.model = ready.loaded.backend.model.name
        pipeline = Pipeline(ready.loaded.backend, ready.gallery, registered=ready.inside)
        chosen = open_source(source, paced=paced)
        camera = DoorCamera(chosen, pipeline, view, live=paced, parent=self)
        camera.sighted.connect(self._sighted)
        camera.lost.connect(self.camera_lost)
        camera.ended.connect(self._ended)
        camera.broken.connect(self._context.tasks.bug)
        self._camera = camera
        self.camera_changed.emit(camera)
        self.warned.emit(ready.loaded.warning)
        if not ready.gallery.persons:
            self.nobody_enrolled.emit()
        camera.start()

    def _use_gallery(self, gallery: Gallery) -> None:
        if self._camera is not None:
            self._camera.pipeline.use(gallery)

    def stop(self) -> None:
        """Let the camera go."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.close()
            camera.deleteLater()
            self.camera_changed.emit(None)

    def _ended(self, error: CongressError | None) -> None:
        self.stop()
        if error is not None:
            self.warned.emit(error)

    def forget(self, person_id: PersonId) -> None:
        """Look at a person anew: registering did not succeed, or was taken back."""
        if self._camera is not None:
            self._camera.pipeline.forget(person_id)

    def reset(self) -> None:
        """Begin a new session: no questions, nothing counted."""
        self._questions.clear()
        self._unknown = self._uncertain = 0
        self.counted.emit(0, 0)
        self._ask()

    def _sighted(self, sighting: Sighting, portrait: QImage | None) -> None:
        match sighting.verdict:
            case Verdict.UNKNOWN:
                self._unknown += 1
            case Verdict.REGISTER:
                (candidate,) = sighting.candidates
                self.recognised.emit(candidate.person_id, Method.FACE, candidate.score)
            case Verdict.UNCERTAIN:
                self._doubt(sighting, portrait)
        self.counted.emit(self._unknown, self._uncertain)

    def _doubt(self, sighting: Sighting, portrait: QImage | None) -> None:
        known = tuple(
            (self.people[candidate.person_id], candidate.score)
            for candidate in sighting.candidates
            if candidate.person_id in self.people
        )
        if known:
            self._uncertain += 1
            self._questions.append(Question(self._uncertain, portrait, known))
            self._ask()

    def _ask(self) -> None:
        first = self._questions[0] if self._questions else None
        self.asked.emit(first, max(0, len(self._questions) - 1))

    def answer(self, number: int, person: Person | None) -> None:
        """Answer a question: it is ``person``, or none of those shown."""
        found = next((each for each in self._questions if each.number == number), None)
        if found is None:
            return
        self._questions.remove(found)
        self._ask()
        if person is not None:
            score = next(score for each, score in found.candidates if each.id == person.id)
            self.recognised.emit(person.id, Method.OPERATOR, score)

    def _settle(self, person_id: PersonId) -> None:
        """Drop the questions whose best answer has come in by another way."""
        left = [each for each in self._questions if each.candidates[0][0].id != person_id]
        if len(left) != len(self._questions):
            self._questions = left
            self._ask()
