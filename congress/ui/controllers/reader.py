"""Between the reader page and the library: opens a paper, searches in it, keeps its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from congress.docs.library import Library
from congress.docs.model import PageText, Paper
from congress.docs.pdfium import OutlineItem, Pdf
from congress.docs.search import Query, parse
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.render import HitsOnPage, RenderWorker


@dataclass(frozen=True)
class OpenedPaper:
    """A paper that was opened for reading.

    Attributes:
        paper: Its details.
        html: Its text to read in any width.
        texts: The text of each page.
        pdf: Its open PDF; ``None`` for papers without fixed pages.
        sizes: Width and height of each fixed page in points.
        outline: Its own table of contents.
    """

    paper: Paper
    html: str
    texts: Sequence[PageText]
    pdf: Pdf | None
    sizes: Sequence[tuple[float, float]] = ()
    outline: Sequence[OutlineItem] = ()


def open_paper(library: Library, paper_id: PaperId) -> OpenedPaper:
    """Open a paper in the calling thread; that it was opened is logged.

    Raises:
        InputError: ``docs.unknown_paper``, ``docs.blob_damaged`` or ``blob.missing``.
    """
    paper = library.paper(paper_id)
    html, texts = library.reading_html(paper_id), library.pages(paper_id)
    reader = library.open_pages(paper_id)
    if reader is None:
        return OpenedPaper(paper, html, texts, None)
    pdf = Pdf(reader, owned=True)
    try:
        sizes = tuple(pdf.size(index) for index in range(pdf.page_count))
        return OpenedPaper(paper, html, texts, pdf, sizes, pdf.outline())
    except BaseException:
        pdf.close()
        raise


class ReaderController(QObject):
    """Holds the one paper that is being read."""

    opened = Signal(object)
    """The ``OpenedPaper``; its fixed pages are drawn by ``worker``."""
    refused = Signal(object)
    """The ``CongressError`` because of which it cannot be opened."""
    found = Signal(object)
    """The ``HitsOnPage`` of one more page."""
    searched = Signal()
    """The search in the fixed pages has ended."""

    def __init__(self, context: UiContext, library: Library, parent: QObject | None = None) -> None:
        """Read papers of ``library``."""
        super().__init__(parent)
        self._context, self._library = context, library
        self._wanted: PaperId | None = None
        self._places: dict[PaperId, int] = {}
        self.paper: OpenedPaper | None = None
        self.worker: RenderWorker | None = None

    def open(self, paper_id: PaperId) -> None:
        """Open a paper; ``opened`` or ``refused`` answers. The one before is closed."""
        self.close()
        self._wanted = paper_id

        def work(_: Progress) -> OpenedPaper:
            return open_paper(self._library, paper_id)

        self._context.tasks.store(work).success(self._take).failure(self._refuse).start()

    def _take(self, opened: OpenedPaper) -> None:
        if opened.paper.id != self._wanted:
            if opened.pdf is not None:
                opened.pdf.close()
            return
        self.paper = opened
        if opened.pdf is not None:
            self.worker = RenderWorker(opened.pdf)
            self.worker.found.connect(self._found)
            self.worker.searched.connect(self.searched)
        self.opened.emit(opened)

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)

    def _found(self, hits: HitsOnPage) -> None:
        self.found.emit(hits)

    def search(self, typed: str) -> Query:
        """Look for ``typed`` in the fixed pages: ``found`` and ``searched`` answer."""
        query = parse(typed)
        if self.worker is not None and self.paper is not None:
            if query.groups:
                self.worker.search(query, [page.text for page in self.paper.texts])
            else:
                self.worker.stop_search()
        return query

    def remember(self, page: int) -> None:
        """Keep the page (from 1) at which the paper is open, as long as the window lives."""
        if self.paper is not None:
            self._places[self.paper.paper.id] = page

    def place(self) -> int:
        """Return the page (from 1) at which the paper was left, or 1."""
        return 1 if self.paper is None else self._places.get(self.paper.paper.id, 1)

    def close(self) -> None:
        """Close the paper, and wipe what was drawn of it."""
        self._wanted = None
        if self.worker is not None:
            self.worker.close()
            self.worker.deleteLater()
        self.worker = self.paper = None
