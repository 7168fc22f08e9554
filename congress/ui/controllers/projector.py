"""Between shared pages and the screen in the hall: opens the paper, draws the page."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from congress.docs.library import Library
from congress.docs.pdfium import Pdf
from congress.docs.presenting import PageSharing, Presentable, Shown
from congress.kernel.errors import CongressError
from congress.kernel.ids import VersionId
from congress.ui.context import UiContext

_LARGEST = 4096
"""Most pixels a page is drawn across."""


class ProjectorController(QObject):
    """Follows what is shown and has it drawn as wide as the screen needs it, one page at a time."""

    drawn = Signal(object, object)
    """The ``Shown`` page and its ``QImage``."""
    worded = Signal(object, str)
    """The ``Shown`` page of a paper without fixed pages, and its text."""
    cleared = Signal()
    """Nothing is shown any more."""
    _arrived = Signal(object)

    def __init__(
        self,
        context: UiContext,
        library: Library,
        sharing: PageSharing,
        parent: QObject | None = None,
    ) -> None:
        """Follow ``sharing`` and read the papers from ``library``."""
        super().__init__(parent)
        self._context, self._library = context, library
        self._pdf: Pdf | None = None
        self._open: VersionId | None = None
        self._wanted: Shown | None = None
        self._busy = False
        self._width = 0
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._leave: Callable[[], None] | None = sharing.subscribe(self._arrived.emit)
        self._take(sharing.current)

    def set_width(self, pixels: int) -> None:
        """Draw pages this many pixels wide from now on."""
        pixels = min(pixels, _LARGEST)
        if pixels != self._width:
            self._width = pixels
            self._go_on()

    def close(self) -> None:
        """Stop following, and close the paper."""
        if self._leave is not None:
            self._leave()
            self._leave = None
        self._wanted = None
        self._drop()

    def _take(self, shown: Shown | None) -> None:
        if self._leave is None:
            return
        self._wanted = shown
        if shown is None:
            self._drop()
            self.cleared.emit()
        else:
            self._go_on()

    def _drop(self) -> None:
        """Close the paper, unless a page of it is being drawn: then when that is done."""
        if not self._busy and self._pdf is not None:
            self._pdf.close()
            self._pdf = None
        if not self._busy:
            self._open = None

    def _go_on(self) -> None:
        """Open or draw what is wanted now, if nothing is under way."""
        shown = self._wanted
        if self._busy or shown is None or not self._width:
            return
        paper, width = shown.paper, self._width
        if self._open != paper.version_id:
            self._drop()
        self._busy = True
        tasks, pdf = self._context.tasks, self._pdf
        if self._open != paper.version_id:
            opening = tasks.store(lambda _: self._opened(paper))
            opening.success(partial(self._took, paper)).failure(self._failed).start()
        elif pdf is not None:
            drawing = tasks.free(lambda _: _draw(pdf, shown, width))
            drawing.success(partial(self._finished, shown, width)).failure(self._failed).start()
        else:
            words = tasks.store(lambda _: self._words(shown))
            words.success(partial(self._said, shown)).failure(self._failed).start()

    def _opened(self, paper: Presentable) -> Pdf | None:
        reader = self._library.open_pages(paper.paper_id, paper.version_id)
        return Pdf(reader, owned=True) if reader is not None else None

    def _took(self, paper: Presentable, pdf: Pdf | None) -> None:
        self._busy = False
        if self._leave is None:
            if pdf is not None:
                pdf.close()
            return
        self._pdf, self._open = pdf, paper.version_id
        self._again(None)

    def _words(self, shown: Shown) -> str:
        pages = self._library.pages(shown.paper.paper_id, shown.paper.version_id)
        return pages[min(shown.page, len(pages)) - 1].text if pages else ""

    def _finished(self, shown: Shown, width: int, image: QImage) -> None:
        self._busy = False
        if self._wanted == shown:
            self.drawn.emit(shown, image)
        self._again((shown, width))

    def _said(self, shown: Shown, text: str) -> None:
        self._busy = False
        if self._wanted == shown:
            self.worded.emit(shown, text)
        self._again((shown, self._width))

    def _again(self, done: tuple[Shown, int] | None) -> None:
        """Go on if something else is wanted by now; close what is not wanted any more."""
        if self._wanted is None:
            self._drop()
        elif done != (self._wanted, self._width):
            self._go_on()

    def _failed(self, _: CongressError) -> None:
        """Show nothing rather than something else: the paper is gone, or damaged."""
        self._busy = False
        self._wanted = None
        self._drop()
        self.cleared.emit()


def _draw(pdf: Pdf, shown: Shown, width: int) -> QImage:
    page = min(shown.page, pdf.page_count) - 1
    across, _ = pdf.size(page)
    pixels = pdf.render(page, width / across)
    image = QImage(
        bytes(pixels.data),
        pixels.width,
        pixels.height,
        4 * pixels.width,
        QImage.Format.Format_RGB32,
    )
    return image.copy()
