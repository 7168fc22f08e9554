"""Watches one door: runs its camera, and tells how it is doing and what it sees."""

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from congress.kernel.errors import CongressError
from congress.kernel.ids import PersonId
from congress.kernel.progress import Progress
from congress.rollcall.backends import Loaded
from congress.rollcall.camera import open_source
from congress.rollcall.confirm import Verdict
from congress.rollcall.guard import Guard, Turning
from congress.rollcall.matching import Gallery
from congress.rollcall.model import Status
from congress.rollcall.pipeline import Pipeline, Sighting
from congress.rollcall.sight import Trouble, Turn
from congress.ui.doorcamera import DoorCamera, Eyes, Picture
from congress.ui.doors.model import Door, DoorState
from congress.ui.tasks import Tasks

if TYPE_CHECKING:
    from congress.app import OpenCongress


@dataclass(frozen=True, slots=True)
class _Ready:
    loaded: Loaded
    gallery: Gallery
    badges: dict[str, PersonId]
    inside: tuple[PersonId, ...]


class DoorWatch(QObject):
    """One door and, while it is watched, its camera.

    Attributes:
        door: The door.
        state: How its camera is doing.
        error: What ended it or stands in its way (``CongressError``), or ``None``.
        trouble: What keeps people from being recognised, or ``None``.
        lying: The turn that would set the picture upright, or ``None``.
        turning: The check of a living face under way, or ``None``.
        picture: The newest picture, or ``None``.
        unknown: Faces of nobody enrolled, so far.
        uncertain: Faces the operator was asked about, so far.
        nobody: Whether it runs, but knows nobody.
    """

    changed = Signal()
    """State, error, trouble, counts or the door itself are others."""
    pictured = Signal(int)
    """There is a new ``picture`` of the door of this number; call ``taken`` once it is shown."""
    turned = Signal()
    """``turning`` has changed."""
    recognised = Signal(object, float)
    """Somebody to register: ``PersonId`` and score."""
    doubted = Signal(object, object)
    """A ``Sighting`` for the operator, and the face as a ``QImage`` or ``None``."""
    refused = Signal(object, object)
    """The same, where the check of a living face failed."""
    badges_seen = Signal(object, int)
    """Whose badges came into view (``tuple[PersonId, ...]``), and how many void ones."""
    broken = Signal(object)
    """An exception of ours ended the camera (``BaseException``)."""

    def __init__(
        self, door: Door, tasks: Tasks, congress: "OpenCongress", parent: QObject | None = None
    ) -> None:
        """Watch nothing yet."""
        super().__init__(parent)
        self.door = door
        self._tasks, self._congress = tasks, congress
        self._camera: DoorCamera | None = None
        self._leaving: list[DoorCamera] = []
        self._attempt = 0
        self.model = ""
        self.unknown = self.uncertain = 0
        self._settle(DoorState.OFF)

    def _settle(self, state: DoorState, error: CongressError | None = None) -> None:
        self.state, self.error = state, error
        self.trouble: Trouble | None = None
        self.lying: Turn | None = None
        self.turning: Turning | None = None
        self.picture: Picture | None = None
        self.nobody = False

    @property
    def running(self) -> bool:
        """Whether it is watched, or about to be."""
        return self.state is not DoorState.OFF

    @property
    def camera(self) -> DoorCamera | None:
        """The camera that runs."""
        return self._camera

    def change(self, door: Door) -> None:
        """Watch otherwise from now on; what runs begins anew where it must."""
        before, self.door = self.door, door
        if self.running and replace(before, name=door.name) != door:
            self.start()
        self.changed.emit()

    def start(self, *, paced: bool = True) -> None:
        """Watch the door's source, in place of what is watched now.

        Args:
            paced: Whether a file plays at its own pace; otherwise every frame is looked at,
                as fast as it goes.
        """
        self.stop()
        self._settle(DoorState.STARTS)
        self.changed.emit()
        self._attempt += 1
        congress, door, attempt = self._congress, self.door, self._attempt

        def prepare(_: Progress) -> _Ready:
            desk = congress.desk
            session = desk.current()
            lines = desk.register(session.id) if session else ()
            inside = tuple(line.person.id for line in lines if line.status is Status.PRESENT)
            loaded, gallery = congress.backend(), congress.enrolment.gallery()
            return _Ready(loaded, gallery, dict(congress.badges.bearers()), inside)

        def note(ready: _Ready) -> _Ready:
            congress.desk.note_watch(
                str(door.number), ready.loaded.backend, ready.gallery, unattended=door.unattended
            )
            return ready

        def noting(ready: _Ready) -> None:
            task = self._tasks.store(lambda _: note(ready)).failure(self._ended)
            task.success(partial(self._watch, door, paced, attempt)).start()

        self._tasks.free(prepare).failure(self._ended).success(noting).start()

    def _watch(self, door: Door, paced: bool, attempt: int, ready: _Ready) -> None:
        if self.state is not DoorState.STARTS or attempt != self._attempt:
            return
        backend = ready.loaded.backend
        self.model = backend.model.name
        pipeline = Pipeline(backend, ready.gallery, registered=ready.inside, badges=ready.badges)
        guard = Guard(pipeline, unattended=door.unattended, borderline=door.borderline)
        eyes = Eyes(pipeline, guard, backend.detector, door.turn)
        camera = DoorCamera(open_source(door.source, paced=paced), eyes, live=paced)
        links = (
            (camera.sighted, self._sighted),
            (camera.failed, self._failed),
            (camera.badges, self._badges),
            (camera.turning, self._turned),
            (camera.lost, self._lost),
            (camera.frozen, self._frozen),
            (camera.troubled, self._troubled),
            (camera.lying, self._lies),
            (camera.pictured, self._pictured),
            (camera.ended, self._ended),
            (camera.broken, self.broken.emit),
        )
        for signal, slot in links:
            signal.connect(slot)
        camera.gone.connect(self._sweep)
        self._camera = camera
        self.error = ready.loaded.warning
        self.nobody = not ready.gallery.persons
        self.state = DoorState.LIVE
        camera.start()
        self.changed.emit()

    def stop(self) -> None:
        """Let the camera go, without waiting for it."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.stop()
            self._leaving.append(camera)
        if self.running:
            self._settle(DoorState.OFF)
            self.turned.emit()
            self.changed.emit()

    def wait(self) -> None:
        """Wait a moment for cameras that were let go: the program ends."""
        for camera in self._leaving:
            camera.wait()

    def _sweep(self) -> None:
        """Let go of cameras whose threads are at their end."""
        for camera in [each for each in self._leaving if each.over]:
            self._leaving.remove(camera)
            # The thread must not be the last to hold it: it belongs to this one.
            camera.wait()
            camera.deleteLater()

    def _ended(self, error: CongressError | None) -> None:
        self.stop()
        self._settle(DoorState.OFF, error)
        self.changed.emit()

    def taken(self, size: QSize | None = None) -> None:
        """Offer the next picture; see ``DoorCamera.taken``."""
        if self._camera is not None:
            self._camera.taken(size)

    def use(self, gallery: Gallery) -> None:
        """Recognise by another gallery."""
        if self._camera is not None:
            self._camera.pipeline.use(gallery)
            self.nobody = not gallery.persons
            self.changed.emit()

    def use_badges(self, badges: dict[str, PersonId]) -> None:
        """Read badges by other codes."""
        if self._camera is not None:
            self._camera.pipeline.use_badges(badges)

    def know(self, person_id: PersonId, *, inside: bool) -> None:
        """Take note that a person is in the hall, or is not."""
        if self._camera is not None:
            note = self._camera.pipeline.know if inside else self._camera.pipeline.forget
            note(person_id)

    def clear(self) -> None:
        """Count anew: another session has begun."""
        self.unknown = self.uncertain = 0
        self.changed.emit()

    def _sighted(self, sighting: Sighting, portrait: QImage | None) -> None:
        match sighting.verdict:
            case Verdict.UNKNOWN:
                self.unknown += 1
            case Verdict.REGISTER:
                (candidate,) = sighting.candidates
                self.recognised.emit(candidate.person_id, candidate.score)
            case Verdict.UNCERTAIN:
                self.uncertain += 1
                self.doubted.emit(sighting, portrait)
        self.changed.emit()

    def _failed(self, sighting: Sighting, portrait: QImage | None) -> None:
        self.uncertain += 1
        self.refused.emit(sighting, portrait)
        self.changed.emit()

    def _badges(self, bearers: tuple[PersonId, ...], void: int) -> None:
        self.badges_seen.emit(bearers, void)

    def _turned(self, turning: Turning | None) -> None:
        self.turning = turning
        self.turned.emit()

    def _lost(self, lost: bool) -> None:
        self.state = DoorState.LOST if lost else DoorState.LIVE
        self.changed.emit()

    def _frozen(self, frozen: bool) -> None:
        self.state = DoorState.FROZEN if frozen else DoorState.LIVE
        self.changed.emit()

    def _troubled(self, trouble: Trouble | None) -> None:
        self.trouble = trouble
        self.changed.emit()

    def _lies(self, turn: Turn) -> None:
        if self.lying is not turn:
            self.lying = turn
            self.changed.emit()

    def _pictured(self, picture: Picture) -> None:
        self.picture = picture
        if picture.tracks and self.lying is not None:
            self.lying = None
            self.changed.emit()
        self.pictured.emit(self.door.number)
