"""What draws the sheets of one open paper outside the GUI thread, what is in sight first.

One worker belongs to one open paper in one view. The view says at every scroll which drawings
it wants, the most urgent first; whatever it no longer wants is never drawn. Placing text waits
until the drawings in sight are done. A sheet is a fixed page, or a section of flowing text.
"""

from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Condition, Thread

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from congress.docs.pdfium import Box, Pixels
from congress.docs.pdflinks import PageLink
from congress.docs.text.pdf import PlacedText
from congress.kernel.errors import CongressError

BAND_BYTES = 8 * 1024 * 1024
"""Most memory of one drawing; a larger sheet is drawn in bands from the top down."""

Form = Hashable
"""How a sheet is drawn: size, turn, colours. Two drawings of equal form look alike."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A drawing of a band of sheet ``sheet`` (both from 0)."""

    sheet: int
    form: Form
    band: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn band.

    Attributes:
        wanted: What was asked for.
        image: The band, opaque.
        top: Where in the sheet it begins, 0 to 1.
        bottom: Where it ends.
        height: Height of the sheet in its own lengths; 0 where the view knew it before.
    """

    wanted: Wanted
    image: QImage
    top: float = 0.0
    bottom: float = 1.0
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class SheetText:
    """The text on a sheet and where it stands.

    Attributes:
        pages: For each page (from 1) on the sheet its stored text with the places, in the
            sheet's own lengths.
        links: What leads somewhere.
        height: Height of the sheet in its own lengths; 0 where the view knew it before.
        shape: How the sheet was laid out; ``None`` where there is only one way.
    """

    pages: dict[int, PlacedText]
    links: tuple[PageLink, ...] = ()
    height: float = 0.0
    shape: Hashable = None


def bands(columns: int, rows: int) -> tuple[tuple[int, int], ...]:
    """Return first and last row (not included) of each band of a drawing."""
    most = max(1, BAND_BYTES // (4 * max(1, columns)))
    count = max(1, -(-rows // most))
    high = -(-rows // count)
    return tuple((top, min(top + high, rows)) for top in range(0, max(1, rows), max(1, high)))


@dataclass
class _Queue:
    wanted: deque[Wanted] = field(default_factory=deque)
    small: deque[Wanted] = field(default_factory=deque)
    to_place: deque[int] = field(default_factory=deque)


class SheetWorker(QObject):
    """A thread that draws and places; subclasses say how."""

    drawn = Signal(object)
    """A ``Drawing``."""
    placed = Signal(int, object)
    """A sheet (from 0) and its ``SheetText``."""
    failed = Signal(object)
    """The ``CongressError`` of a sheet that cannot be drawn."""
    _sent = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        """Get ready; ``start`` begins the thread called ``name``."""
        super().__init__(parent)
        self._wake = Condition()
        self._queue = _Queue()
        self._closed = False
        self._sent.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._work, name=name)

    def start(self) -> None:
        """Begin the thread."""
        self._thread.start()

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Draw these, in this order, and forget what was wanted before."""
        with self._wake:
            self._queue.wanted = deque(wanted)
            self._wake.notify()

    def want_small(self, wanted: Sequence[Wanted]) -> None:
        """Draw these when nothing else is to do: thumbnails. Forgets earlier ones."""
        with self._wake:
            self._queue.small = deque(wanted)
            self._wake.notify()

    def place(self, sheets: Sequence[int]) -> None:
        """Have ``placed`` tell where the text of these sheets stands. Forgets earlier ones."""
        with self._wake:
            self._queue.to_place = deque(sheets)
            self._wake.notify()

    def close(self) -> None:
        """Tell nothing any more; the thread ends after the drawing under way."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def wait(self) -> None:
        """Wait for the end of a closed worker's thread."""
        self._thread.join()

    def _work(self) -> None:
        self._begin()
        try:
            while (job := self._next()) is not None:
                try:
                    job()
                except CongressError as error:
                    self._send(partial(self.failed.emit, error))
                del job
        finally:
            self._end()

    def _next(self) -> Callable[[], None] | None:
        with self._wake:
            while not self._closed:
                queue = self._queue
                if queue.wanted:
                    return partial(self._draw_one, queue.wanted.popleft())
                if queue.to_place:
                    return partial(self._place_one, queue.to_place.popleft())
                if queue.small:
                    return partial(self._draw_one, queue.small.popleft())
                self._wake.wait()
        return None

    def _draw_one(self, wanted: Wanted) -> None:
        drawing = self._drawing(wanted)
        if drawing is not None:
            self._send(partial(self.drawn.emit, drawing))

    def _place_one(self, sheet: int) -> None:
        text = self._text(sheet)
        if text is not None:
            self._send(partial(self.placed.emit, sheet, text))

    def _begin(self) -> None:
        """Get the thread ready, in the thread."""

    def _end(self) -> None:
        """Let go of everything, in the thread."""

    @abstractmethod
    def _drawing(self, wanted: Wanted) -> Drawing | None:
        """Draw a band; ``None`` if it cannot be drawn any more."""

    @abstractmethod
    def _text(self, sheet: int) -> SheetText | None:
        """Place the text of a sheet."""

    def _send(self, call: Callable[[], object]) -> None:
        with self._wake:
            if not self._closed:
                self._sent.emit(call)

    def _receive(self, call: Callable[[], object]) -> None:
        if not self._closed:
            call()


def to_image(pixels: Pixels) -> QImage:
    """Return drawn pixels as an image that owns its memory."""
    image = QImage(
        pixels.data, pixels.width, pixels.height, 4 * pixels.width, QImage.Format.Format_RGB32
    )
    return image.copy()


def joined(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Join boxes that stand on one line and close together."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _on_one_line(lines[-1], box):
            last = lines[-1]
            lines[-1] = Box(
                min(last.left, box.left),
                min(last.top, box.top),
                max(last.right, box.right),
                max(last.bottom, box.bottom),
            )
        else:
            lines.append(box)
    return tuple(lines)


def _on_one_line(one: Box, other: Box) -> bool:
    height = max(one.bottom - one.top, other.bottom - other.top)
    apart = max(one.left, other.left) - min(one.right, other.right)
    middle = abs((one.top + one.bottom) - (other.top + other.bottom)) / 2
    return middle < 0.8 * height and apart < 1.5 * height
