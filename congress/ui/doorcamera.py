"""The thread of one camera: takes frames, has them recognised, hands out what they show.

It writes nothing. The next picture is offered only when the GUI has taken the last one, so a
busy window slows the picture down and never the recognition.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Event, Thread

from PySide6.QtCore import QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage

from congress.kernel.errors import CongressError
from congress.rollcall.camera import Frame, FrameSource, Live
from congress.rollcall.faces import Box, Image
from congress.rollcall.pipeline import Pipeline, TrackView, View
from congress.ui.widgets.cameraview import CameraView

_ROOM = 0.45
_PORTRAIT = 240
_JOIN_SECONDS = 3.0
_FORGET_FRAMES = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """A frame, ready to be painted.

    Attributes:
        image: The frame, scaled to where it is shown.
        size: Size of the full frame, to which the boxes of ``tracks`` belong.
        tracks: The faces in view.
    """

    image: QImage
    size: QSize
    tracks: tuple[TrackView, ...]


class DoorCamera(QObject):
    """Watches one source with one pipeline. Start it once."""

    pictured = Signal(object)
    """A ``Picture``; call ``taken`` when it has been shown."""
    sighted = Signal(object, object)
    """A ``Sighting`` and the face as a ``QImage`` (or ``None``), kept in memory alone."""
    lost = Signal(bool)
    """The camera is lost, or found again."""
    ended = Signal(object)
    """The source ended: the ``CongressError`` that ended it, or ``None``."""
    broken = Signal(object)
    """An exception of ours ended the thread (``BaseException``)."""

    def __init__(
        self,
        source: FrameSource,
        pipeline: Pipeline,
        view: CameraView | None = None,
        *,
        live: bool = True,
        parent: QObject | None = None,
    ) -> None:
        """Describe the work.

        Args:
            source: Where frames come from.
            pipeline: Recognises who is in them.
            view: Where pictures are shown; its size is what they are scaled to.
            live: Keep only the newest frame, as from a camera; otherwise take every frame.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.pipeline = pipeline
        self._source, self._live = source, live
        self._size = view.wanted if view is not None else QSize(640, 360)
        self._view = view
        self._stop, self._free = Event(), Event()
        self._free.set()
        self._portraits: dict[int, _Look] = {}
        self._reader: Live | None = None
        self._thread = Thread(target=self._run, name="door", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; does not wait."""
        self._stop.set()
        self._free.set()
        if (reader := self._reader) is not None:
            reader.stop()

    def close(self) -> None:
        """End the thread, waiting a moment for it."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join(_JOIN_SECONDS)

    def taken(self) -> None:
        """Offer the next picture: the last one has been shown."""
        if self._view is not None:
            self._size = self._view.wanted
        self._free.set()

    def _run(self) -> None:
        error: CongressError | None = None
        try:
            if self._live:
                with Live(self._source, self._tell_lost) as self._reader:
                    self._watch(iter(self._reader))
            else:
                self._watch(self._source.frames(self._stop, self._tell_lost))
        except CongressError as fault:
            error = fault
        except BaseException as bug:  # noqa: BLE001 - carried to the GUI thread whole
            self._emit(self.broken, bug)
        self._portraits.clear()
        self._emit(self.ended, error)

    def _watch(self, frames: Iterator[Frame]) -> None:
        for view in self.pipeline.run(frames):
            if self._stop.is_set():
                return
            self._keep_portraits(view)
            for sighting in view.sightings:
                look = self._portraits.pop(sighting.track, None)
                self._emit(self.sighted, sighting, look.image if look else None)
            if self._free.is_set():
                self._free.clear()
                self._emit(self.pictured, self._picture(view))

    def _tell_lost(self, lost: bool) -> None:
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
        return Picture(image, full.size(), view.tracks)

    def _keep_portraits(self, view: View) -> None:
        """Keep the largest look at each face that may yet be asked about, and no other."""
        now = view.frame.index
        deciding = {sighting.track for sighting in view.sightings}
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
