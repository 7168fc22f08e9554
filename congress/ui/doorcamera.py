"""The thread of one camera: takes frames, has them recognised, hands out what they show.

It writes nothing. The next picture is offered only when the GUI has taken the last one, so a
busy window slows the picture down and never the recognition.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread
from time import monotonic

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QImage

from congress.kernel.errors import CongressError
from congress.rollcall.camera import Frame, FrameSource, Live
from congress.rollcall.faces import Box, Detector, Image
from congress.rollcall.guard import Guard, Turning
from congress.rollcall.pipeline import Pipeline, Sighting, TrackView, View
from congress.rollcall.sight import FROZEN_SECONDS, Lying, Sight, Stillness, Trouble, Turn, upright

_ROOM = 0.45
_PORTRAIT = 240
_JOIN_SECONDS = 3.0
_FORGET_FRAMES = 60
_FIRST_SIZE = QSize(640, 360)


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame, ready to be painted.

    Attributes:
        image: The frame, scaled to where it is shown.
        size: Size of the full frame, to which the boxes of ``tracks`` belong.
        tracks: The faces in view.
        turning: The check of a living face under way, or ``None``.
    """

    image: QImage
    size: QSize
    tracks: tuple[TrackView, ...]
    turning: Turning | None = None


@dataclass(frozen=True, slots=True)
class Eyes:
    """What looks at the frames of one source.

    Attributes:
        pipeline: Recognises who is in them.
        guard: Lets decisions pass, or has a face checked first.
        detector: Finds faces that lie on their side.
        turn: How frames are turned first.
    """

    pipeline: Pipeline
    guard: Guard
    detector: Detector
    turn: Turn = Turn.NONE


class DoorCamera(QObject):
    """Watches one source with one pipeline. Start it once; it closes itself when it ends."""

    pictured = Signal(object)
    """A ``Picture``; call ``taken`` when it has been shown."""
    sighted = Signal(object, object)
    """A ``Sighting`` and the face as a ``QImage`` (or ``None``), kept in memory alone."""
    failed = Signal(object, object)
    """A ``Sighting`` whose check failed, and the face as above."""
    badges = Signal(object, int)
    """Whose badges came into view (``tuple[PersonId, ...]``), and how many void ones."""
    turning = Signal(object)
    """The check of a living face has gone on (``Turning``), or is over (``None``)."""
    lost = Signal(bool)
    """The camera is lost, or found again."""
    frozen = Signal(bool)
    """The camera gives the same picture, or none, for too long; or gives others again."""
    troubled = Signal(object)
    """What keeps people from being recognised (``Trouble``), or ``None``."""
    lying = Signal(object)
    """Faces lie on their side: the ``Turn`` that would set them upright."""
    ended = Signal(object)
    """The source ended: the ``CongressError`` that ended it, or ``None``."""
    broken = Signal(object)
    """An exception of ours ended the thread (``BaseException``)."""
    gone = Signal()
    """The thread is at its end, also after ``stop``; the last signal of all."""

    def __init__(
        self,
        source: FrameSource,
        eyes: Eyes,
        *,
        live: bool = True,
        patience: float = FROZEN_SECONDS,
        parent: QObject | None = None,
    ) -> None:
        """Describe the work.

        Args:
            source: Where frames come from.
            eyes: What looks at them.
            live: Keep only the newest frame, as from a camera; otherwise take every frame.
            patience: Seconds without another picture after which the camera is frozen.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.pipeline = eyes.pipeline
        self._eyes, self._source, self._live = eyes, source, live
        self._size = _FIRST_SIZE
        self._stop, self._free = Event(), Event()
        self._free.set()
        self._portraits: dict[int, _Look] = {}
        self._reader: Live | None = None
        self._sight, self._lying = Sight(), Lying(eyes.detector)
        self._still = Stillness(monotonic(), patience)
        self._was_frozen, self._was_lost = False, False
        self._trouble: Trouble | None = None
        self._turning: Turning | None = None
        self._over = False
        self._thread = Thread(target=self._run, name="door", daemon=True)
        self._pulse = QTimer(self)
        self._pulse.setInterval(round(1000 * patience / 5))
        self._pulse.timeout.connect(self._feel)

    def start(self) -> None:
        """Begin."""
        self._still = Stillness(monotonic(), self._still.patience)
        self._thread.start()
        self._pulse.start()

    def stop(self) -> None:
        """Ask the thread to end; does not wait. Nothing but ``gone`` is told any more."""
        self._stop.set()
        self._free.set()
        self._pulse.stop()
        if (reader := self._reader) is not None:
            reader.stop()

    @property
    def over(self) -> bool:
        """Whether the thread is at its end; ``wait`` then waits for next to nothing."""
        return self._over

    def wait(self) -> None:
        """Wait a moment for the thread to end, after ``stop``."""
        if self._thread.is_alive():
            self._thread.join(_JOIN_SECONDS)

    def taken(self, size: QSize | None = None) -> None:
        """Offer the next picture: the last one has been shown.

        Args:
            size: Pixels of the device that it should fit, or ``None`` for as many as before.
        """
        if size is not None and not size.isEmpty():
            self._size = size
        self._free.set()

    def _feel(self) -> None:
        """Tell whether the camera has frozen: also if it gives no frame at all."""
        if self._was_lost or not self._thread.is_alive():
            return
        frozen = self._still.frozen(monotonic())
        if frozen != self._was_frozen:
            self._was_frozen = frozen
            self.frozen.emit(frozen)

    def _run(self) -> None:
        error: CongressError | None = None
        try:
            if self._live:
                with Live(self._source, self._tell_lost) as reader:
                    self._reader = reader
                    if self._stop.is_set():
                        reader.stop()
                    self._watch(reader)
            else:
                self._watch(self._source.frames(self._stop, self._tell_lost))
        except CongressError as fault:
            error = fault
        except BaseException as bug:  # noqa: BLE001 - carried to the GUI thread whole
            self._emit(self.broken, bug)
        self._portraits.clear()
        self._emit(self.ended, error)
        self._over = True
        self.gone.emit()

    def _prepared(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        for frame in frames:
            if self._stop.is_set():
                return
            self._still.offer(frame.image, monotonic())
            yield replace(frame, image=upright(frame.image, self._eyes.turn))

    def _watch(self, frames: Iterable[Frame]) -> None:
        for view in self.pipeline.run(self._prepared(frames)):
            if self._stop.is_set():
                return
            self._keep_portraits(view)
            watched = self._eyes.guard.watch(view)
            if watched.turning != self._turning:
                self._turning = watched.turning
                self._emit(self.turning, watched.turning)
            for sighting in watched.sightings:
                self._emit(self.sighted, sighting, self._portrait_of(sighting))
            for sighting in watched.refused:
                self._emit(self.failed, sighting, self._portrait_of(sighting))
            if view.bearers or view.void_badges:
                self._emit(self.badges, view.bearers, view.void_badges)
            self._tell_trouble(view)
            if self._free.is_set():
                self._free.clear()
                self._emit(self.pictured, self._picture(view))

    def _tell_trouble(self, view: View) -> None:
        trouble = self._sight.offer(view)
        if trouble != self._trouble:
            self._trouble = trouble
            self._emit(self.troubled, trouble)
        if (turn := self._lying.offer(view)) is not None:
            self._emit(self.lying, turn)

    def _portrait_of(self, sighting: Sighting) -> QImage | None:
        look = self._portraits.pop(sighting.track, None)
        return look.image if look else None

    def _tell_lost(self, lost: bool) -> None:
        self._was_lost = lost
        if not lost:
            self._still.wake(monotonic())
        self._emit(self.lost, lost)

    def _emit(self, signal: SignalInstance, *values: object) -> None:
        if not self._stop.is_set():
            signal.emit(*values)

    def _picture(self, view: View) -> Picture:
        full = _qimage(view.frame.image)
        fitted = full.size().scaled(self._size, Qt.AspectRatioMode.KeepAspectRatio)
        smaller = fitted.width() < full.width()
        mode = Qt.TransformationMode.SmoothTransformation
        image = full.scaled(fitted, mode=mode) if smaller else full
        return Picture(image, full.size(), view.tracks, self._turning)

    def _keep_portraits(self, view: View) -> None:
        """Keep the largest look at each face that may yet be asked about, and no other."""
        now = view.frame.index
        deciding = {sighting.track for sighting in view.sightings}
        if self._turning is not None:
            deciding.add(self._turning.track)
        for track in view.tracks:
            if track.verdict is not None and track.track not in deciding:
                self._portraits.pop(track.track, None)
                continue
            kept = self._portraits.get(track.track)
            if not track.found:
                continue
            if kept is None or track.box.width >= kept.width:
                image = _portrait(view.frame.image, track.box)
                self._portraits[track.track] = _Look(image, track.box.width, now)
            else:
                self._portraits[track.track] = replace(kept, seen=now)
        for number, look in list(self._portraits.items()):
            if now - look.seen > _FORGET_FRAMES and number not in deciding:
                del self._portraits[number]


@dataclass(frozen=True, slots=True)
class _Look:
    image: QImage
    width: float
    seen: int


def _qimage(image: Image) -> QImage:
    high, wide = image.shape[:2]
    data = image.tobytes()
    return QImage(data, wide, high, 3 * wide, QImage.Format.Format_BGR888).copy()


def _portrait(image: Image, box: Box) -> QImage:
    high, wide = image.shape[:2]
    room = _ROOM * max(box.width, box.height)
    left, top = max(0, round(box.x - room)), max(0, round(box.y - room))
    right = min(wide, round(box.x + box.width + room))
    bottom = min(high, round(box.y + box.height + room))
    if right - left < 2 or bottom - top < 2:
        return QImage()
    face = _qimage(image[top:bottom, left:right])
    mode = Qt.TransformationMode.SmoothTransformation
    return face.scaledToHeight(_PORTRAIT, mode) if face.height() > _PORTRAIT else face
