"""Between the reader page and the library: opens a paper, searches in it, keeps its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from congress.docs.library import Library
from congress.docs.model import PageText, Paper, Version
from congress.docs.pdfium import OutlineItem, Pdf
from congress.docs.search import Query, parse
from congress.kernel.errors import CongressError, InputError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.render import HitsOnPage, RenderWorker


@dataclass(frozen=True)
class OpenedPaper:
    """A paper that was opened for reading.

    Attributes:
        paper: Its details.
        version: The version that was opened, which need not be the current one.
        html: Its text to read in any width.
        texts: The text of each page.
        pdf: Its open PDF; ``None`` for papers without fixed pages.
        sizes: Width and height of each fixed page in points.
        outline: Its own table of contents.
    """

    paper: Paper
    version: Version
    html: str
    texts: Sequence[PageText]
    pdf: Pdf | None
    sizes: Sequence[tuple[float, float]] = ()
    outline: Sequence[OutlineItem] = ()


def open_paper(
    library: Library, paper_id: PaperId, version_id: VersionId | None = None
) -> OpenedPaper:
    """Open a version of a paper, by default the current one; that it was opened is logged.

    Raises:
        InputError: ``docs.unknown_paper``, ``docs.unknown_version``, ``docs.blob_damaged`` or
            ``blob.missing``.
    """
    paper, versions = library.paper(paper_id), library.versions(paper_id)
    wanted = [each for each in versions if version_id in (None, each.id)]
    if not wanted:
        raise InputError("docs.unknown_version")
    version = wanted[0]
    html, texts = library.reading_html(paper_id, version.id), library.pages(paper_id, version.id)
    reader = library.open_pages(paper_id, version.id)
    if reader is None:
        return OpenedPaper(paper, version, html, texts, None)
    pdf = Pdf(reader, owned=True)
    try:
        sizes = tuple(pdf.size(index) for index in range(pdf.page_count))
        return OpenedPaper(paper, version, html, texts, pdf, sizes, pdf.outline())
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
        self._wanted: tuple[PaperId, VersionId | None] | None = None
        self._places: dict[PaperId, int] = {}
        self.paper: OpenedPaper | None = None
        self.worker: RenderWorker | None = None

    def open(self, paper_id: PaperId, version_id: VersionId | None = None) -> None:
        """Open a version of a paper, by default the current one.

        ``opened`` or ``refused`` answers. The paper before is closed.
        """
        self.close()
        self._wanted = wanted = (paper_id, version_id)

        def work(_: Progress) -> OpenedPaper:
            return open_paper(self._library, paper_id, version_id)

        task = self._context.tasks.store(work).success(partial(self._take, wanted))
        task.failure(self._refuse).start()

    def _take(self, wanted: tuple[PaperId, VersionId | None], opened: OpenedPaper) -> None:
        if wanted != self._wanted:
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
