"""Draws the pages of one open paper outside the GUI thread, what is in sight first.

One worker belongs to one open paper and holds its PDF. The view says at every scroll which
drawings it wants, the most urgent first; whatever it no longer wants is never drawn. Searching
and placing text wait until the drawings in sight are done.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Condition, Thread

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from congress.docs.pdfium import Box, Pdf, Pixels
from congress.docs.search import Query, matches
from congress.docs.text.pdf import PlacedText, placed_text
from congress.kernel.errors import CongressError


@dataclass(frozen=True, slots=True)
class Wanted:
    """A drawing of page ``page`` (from 0) with ``scale`` pixels per point."""

    page: int
    scale: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn page.

    Attributes:
        wanted: What was asked for.
        image: The page, opaque.
    """

    wanted: Wanted
    image: QImage


@dataclass(frozen=True, slots=True)
class HitsOnPage:
    """The places on a page (from 0) that answer a query: the boxes of each hit."""

    page: int
    hits: tuple[tuple[Box, ...], ...]


class RenderWorker(QObject):
    """Draws, finds and places text on the pages of one PDF, in a thread of its own."""

    drawn = Signal(object)
    """A ``Drawing``."""
    placed = Signal(int, object)
    """A page (from 0) and its ``PlacedText``."""
    found = Signal(object)
    """The ``HitsOnPage`` of a page that answers the query, in the order of the pages."""
    searched = Signal()
    """The whole paper was searched."""
    failed = Signal(object)
    """The ``CongressError`` of a page that cannot be drawn."""
    _sent = Signal(object)

    def __init__(self, pdf: Pdf, parent: QObject | None = None) -> None:
        """Start the thread; it takes over ``pdf`` and closes it at the end."""
        super().__init__(parent)
        self._pdf = pdf
        self._wake = Condition()
        self._wanted: deque[Wanted] = deque()
        self._small: deque[Wanted] = deque()
        self._to_place: deque[int] = deque()
        self._search: _Search | None = None
        self._told: _Search | None = None
        self._closed = False
        self._sent.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._work, name="render")
        self._thread.start()

    def want(self, wanted: Sequence[Wanted]) -> None:
        """Draw these, in this order, and forget what was wanted before."""
        with self._wake:
            self._wanted = deque(wanted)
            self._wake.notify()

    def want_small(self, wanted: Sequence[Wanted]) -> None:
        """Draw these when nothing else is to do: thumbnails. Forgets earlier ones."""
        with self._wake:
            self._small = deque(wanted)
            self._wake.notify()

    def place(self, page: int) -> None:
        """Have ``placed`` tell where the text of a page (from 0) stands."""
        with self._wake:
            if page not in self._to_place:
                self._to_place.append(page)
            self._wake.notify()

    def search(self, query: Query, texts: Sequence[str]) -> None:
        """Have ``found`` tell the hits of ``query``, and give up any search before.

        Args:
            query: What is looked for.
            texts: The text of each page, to pass over pages without a hit.
        """
        with self._wake:
            self._search = self._told = _Search(query, deque(enumerate(texts)))
            self._wake.notify()

    def stop_search(self) -> None:
        """Give up the search under way."""
        with self._wake:
            self._search = self._told = None

    def close(self) -> None:
        """Tell nothing any more; after the drawing under way the thread closes the PDF."""
        with self._wake:
            self._closed = True
            self._wake.notify()

    def wait(self) -> None:
        """Wait for the end of a closed worker's thread."""
        self._thread.join()

    def _work(self) -> None:
        try:
            while (job := self._next()) is not None:
                try:
                    job()
                except CongressError as error:
                    self._send(partial(self.failed.emit, error))
                del job
        finally:
            self._pdf.close()

    def _next(self) -> Callable[[], None] | None:
        with self._wake:
            while not self._closed:
                if self._wanted:
                    return partial(self._draw, self._wanted.popleft())
                if self._to_place:
                    return partial(self._place, self._to_place.popleft())
                if self._search is not None:
                    return partial(self._search_on, self._search)
                if self._small:
                    return partial(self._draw, self._small.popleft())
                self._wake.wait()
        return None

    def _draw(self, wanted: Wanted) -> None:
        image = to_image(self._pdf.render(wanted.page, wanted.scale))
        self._send(partial(self.drawn.emit, Drawing(wanted, image)))

    def _place(self, page: int) -> None:
        placed = placed_text(self._pdf, page)
        self._send(partial(self.placed.emit, page, placed))

    def _search_on(self, search: "_Search") -> None:
        if not search.pages:
            with self._wake:
                if self._search is search:
                    self._search = None
            self._tell(search, self.searched.emit)
            return
        page, text = search.pages.popleft()
        if not matches(search.query, text):
            return
        hits = boxes_of(search.query, placed_text(self._pdf, page))
        if hits:
            self._tell(search, partial(self.found.emit, HitsOnPage(page, hits)))

    def _tell(self, search: "_Search", call: Callable[[], object]) -> None:
        def unless_given_up() -> None:
            if self._told is search:
                call()

        self._send(unless_given_up)

    def _send(self, call: Callable[[], object]) -> None:
        with self._wake:
            if not self._closed:
                self._sent.emit(call)

    def _receive(self, call: Callable[[], object]) -> None:
        if not self._closed:
            call()


@dataclass(eq=False)
class _Search:
    query: Query
    pages: deque[tuple[int, str]]


def to_image(pixels: Pixels) -> QImage:
    """Return drawn pixels as an image that owns its memory."""
    image = QImage(
        pixels.data, pixels.width, pixels.height, 4 * pixels.width, QImage.Format.Format_RGB32
    )
    return image.copy()


def boxes_of(query: Query, placed: PlacedText) -> tuple[tuple[Box, ...], ...]:
    """Return, for each hit of ``query`` on a page, the boxes that cover it, one a line."""
    hits = []
    for start, end in matches(query, placed.text):
        boxes = [box for box in placed.boxes[start:end] if box is not None]
        if boxes:
            hits.append(joined(boxes))
    return tuple(hits)


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
