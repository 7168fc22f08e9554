"""The thread of the camera that takes photographs for enrolment; they stay in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Thread

from PySide6.QtCore import QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage

from congress.kernel.errors import CongressError
from congress.rollcall.camera import FrameSource, Live
from congress.rollcall.faces import Image
from congress.rollcall.guide import Guide, Look

_JOIN_SECONDS = 3.0
_FIRST_SIZE = QSize(640, 360)


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame with what the guide says of it.

    Attributes:
        image: The frame, scaled to where it is shown.
        size: Size of the full frame, to which the box of ``look`` belongs.
        look: What the guide says.
    """

    image: QImage
    size: QSize
    look: Look


class EnrolCamera(QObject):
    """Offers every newest frame of a source to a guide. Start it once; it ends with the last shot.

    It writes nothing, and lets everything go when it ends.
    """

    shown = Signal(object)
    """A ``Shown``; call ``shown_now`` when it is on the screen."""
    taken = Signal(object)
    """All shots (``Sequence[Image]``); the camera is let go."""
    lost = Signal(bool)
    """The camera is lost, or found again."""
    ended = Signal(object)
    """The source ended before the last shot: the ``CongressError`` that ended it, or ``None``."""
    broken = Signal(object)
    """An exception of ours ended the thread (``BaseException``)."""

    def __init__(self, source: FrameSource, guide: Guide, parent: QObject | None = None) -> None:
        """Describe the work."""
        super().__init__(parent)
        self._source, self._guide = source, guide
        self._size = _FIRST_SIZE
        self._stop, self._free, self._anew = Event(), Event(), Event()
        self._free.set()
        self._reader: Live | None = None
        self._thread = Thread(target=self._run, name="enrolment", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def begin_anew(self) -> None:
        """Forget the shots taken so far."""
        self._anew.set()

    def stop(self) -> None:
        """Let the camera go and wait a moment for it; nothing is told any more."""
        self._stop.set()
        if (reader := self._reader) is not None:
            reader.stop()
        if self._thread.is_alive():
            self._thread.join(_JOIN_SECONDS)

    def shown_now(self, size: QSize) -> None:
        """Offer the next frame, to fit ``size`` pixels of the device."""
        if not size.isEmpty():
            self._size = size
        self._free.set()

    def _run(self) -> None:
        error: CongressError | None = None
        shots: Sequence[Image] = ()
        try:
            with Live(self._source, self._tell_lost) as self._reader:
                shots = self._watch(self._reader)
        except CongressError as fault:
            error = fault
        except BaseException as bug:  # noqa: BLE001 - carried to the GUI thread whole
            self._emit(self.broken, bug)
            return
        finally:
            self._guide.again()
        if shots:
            self._emit(self.taken, shots)
        else:
            self._emit(self.ended, error)

    def _watch(self, reader: Live) -> Sequence[Image]:
        for frame in reader:
            if self._stop.is_set():
                break
            if self._anew.is_set():
                self._anew.clear()
                self._guide.again()
            look = self._guide.offer(frame.image, frame.at)
            if self._free.is_set() or self._guide.done:
                self._free.clear()
                self._emit(self.shown, self._shown(frame.image, look))
            if self._guide.done:
                return tuple(self._guide.shots)
        return ()

    def _tell_lost(self, lost: bool) -> None:
        self._emit(self.lost, lost)

    def _emit(self, signal: SignalInstance, *values: object) -> None:
        if not self._stop.is_set():
            signal.emit(*values)

    def _shown(self, image: Image, look: Look) -> Shown:
        high, wide = image.shape[:2]
        data = image.tobytes()
        full = QImage(data, wide, high, 3 * wide, QImage.Format.Format_BGR888)
        fitted = full.size().scaled(self._size, Qt.AspectRatioMode.KeepAspectRatio)
        mode = Qt.TransformationMode.SmoothTransformation
        smaller = fitted.width() < wide
        copied = full.scaled(fitted, mode=mode) if smaller else full.copy()
        return Shown(copied, full.size(), look)
