"""Between a reader and the library: opens a paper, and keeps its place."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from congress.docs.flow import Flow, flow_of
from congress.docs.library import Library
from congress.docs.model import PageText, Paper, Version
from congress.docs.pdfium import OutlineItem, Pdf
from congress.docs.pdflinks import labels
from congress.docs.places import Look, Places, ReadingPlace
from congress.kernel.errors import CongressError, InputError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.flowrender import FlowWorker
from congress.ui.pagerender import RenderWorker
from congress.ui.widgets.pagelayers import Selected


@dataclass(frozen=True)
class OpenedPaper:
    """A paper that was opened for reading.

    Attributes:
        paper: Its details.
        version: The version that is read.
        html: Its text to read in any width.
        texts: The stored text of each page.
        pdf: Its open PDF; ``None`` for papers without fixed pages.
        sizes: Width and height of each fixed page in points.
        outline: Its own table of contents.
        labels: What its pages call themselves; empty if they are counted from 1.
        flow: Its text in sections; ``None`` until it was cut.
        place: Where this member left it, if they read it before.
        look: In which colours this member reads, if they ever chose.
    """

    paper: Paper
    version: Version
    html: str
    texts: Sequence[PageText]
    pdf: Pdf | None
    sizes: Sequence[tuple[float, float]] = ()
    outline: Sequence[OutlineItem] = ()
    labels: Sequence[str] = ()
    flow: Flow | None = None
    place: ReadingPlace | None = None
    look: Look | None = None

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.sizes) or len(self.texts)

    @property
    def words(self) -> tuple[str, ...]:
        """The stored text of each page, as plain text."""
        return tuple(page.text for page in self.texts)


def open_paper(
    library: Library,
    paper_id: PaperId,
    version_id: VersionId | None = None,
    places: Places | None = None,
) -> OpenedPaper:
    """Open a version of a paper, by default the current one; that it was opened is logged.

    Args:
        library: Holds the paper.
        paper_id: The paper.
        version_id: The version.
        places: Tells where and how this member left it.

    Raises:
        InputError: ``docs.unknown_paper``, ``docs.unknown_version``, ``docs.blob_damaged`` or
            ``blob.missing``.
    """
    paper = library.paper(paper_id)
    wanted = version_id or paper.version_id
    found = next((each for each in library.versions(paper_id) if each.id == wanted), None)
    if found is None:
        raise InputError("docs.unknown_version")
    html, texts = library.reading_html(paper_id, wanted), library.pages(paper_id, wanted)
    reader = library.open_pages(paper_id, wanted)
    opened = OpenedPaper(paper, found, html, texts, None)
    if places is not None:
        opened = replace(opened, place=places.place(paper_id), look=places.look())
    if reader is None:
        flow = flow_of(html, opened.words)
        return replace(opened, flow=flow, outline=flow.headings)
    pdf = Pdf(reader, owned=True)
    try:
        sizes = tuple(pdf.size(index) for index in range(pdf.page_count))
        return replace(opened, pdf=pdf, sizes=sizes, outline=pdf.outline(), labels=labels(pdf))
    except BaseException:
        pdf.close()
        raise


class ReaderController(QObject):
    """Holds one paper that is being read."""

    opened = Signal(object)
    """The ``OpenedPaper``; its fixed pages are drawn by ``worker``."""
    refused = Signal(object)
    """The ``CongressError`` because of which it cannot be opened."""
    flowed = Signal()
    """The text is cut into sections, and ``text_worker`` draws them."""

    def __init__(
        self,
        context: UiContext,
        library: Library,
        places: Places | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Read papers of ``library`` and keep the places in ``places``, if there are any."""
        super().__init__(parent)
        self._context, self.library, self._places = context, library, places
        self._wanted: tuple[PaperId, VersionId | None] | None = None
        self._flowing = False
        self.paper: OpenedPaper | None = None
        self.worker: RenderWorker | None = None
        self.text_worker: FlowWorker | None = None

    def another(self) -> "ReaderController":
        """Return a controller for one more paper beside this one."""
        return ReaderController(self._context, self.library, self._places)

    def open(self, paper_id: PaperId, version_id: VersionId | None = None) -> None:
        """Open a version of a paper, by default the current one.

        ``opened`` or ``refused`` answers. The paper before is closed.
        """
        self.close()
        wanted = self._wanted = (paper_id, version_id)

        def work(_: Progress) -> OpenedPaper:
            return open_paper(self.library, paper_id, version_id, self._places)

        def take(opened: OpenedPaper) -> None:
            self._take(wanted, opened)

        self._context.tasks.store(work).success(take).failure(self._refuse).start()

    def _take(self, wanted: tuple[PaperId, VersionId | None], opened: OpenedPaper) -> None:
        if self._wanted is not wanted:
            if opened.pdf is not None:
                opened.pdf.close()
            return
        self.paper = opened
        if opened.pdf is not None:
            self.worker = RenderWorker(opened.pdf, opened.words)
        if opened.flow is not None:
            self._begin_flow(opened.flow)
        self.opened.emit(opened)

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)

    def need_flow(self) -> None:
        """Have the text cut into sections, if it is not yet; ``flowed`` answers."""
        opened = self.paper
        if opened is None or self._flowing or self.text_worker is not None:
            return
        self._flowing = True

        def work(_: Progress) -> Flow:
            return flow_of(opened.html, opened.words)

        def take(flow: Flow) -> None:
            if self.paper is opened:
                self._begin_flow(flow)
                self.flowed.emit()

        self._context.tasks.free(work).success(take).start()

    def _begin_flow(self, flow: Flow) -> None:
        opened = self.paper
        if opened is not None:
            self.paper = replace(opened, flow=flow)
            scale = self._context.theme.scale
            part = {
                page: self.library.parted
                for page, text in enumerate(opened.texts, start=1)
                if not text.spaced
            }
            language = opened.paper.language
            self.text_worker = FlowWorker(flow, opened.words, language, scale, part)

    def word(self, chosen: Selected, take: Callable[[str], object]) -> None:
        """Have ``take`` told selected text as it is to be copied: with its words parted."""
        opened = self.paper
        pages = opened.texts[chosen.start.page - 1 : chosen.end.page] if opened is not None else ()
        if all(page.spaced for page in pages):
            take(chosen.text)
            return

        def work(_: Progress) -> str:
            return self.library.parted(chosen.text)

        self._context.tasks.free(work).success(take).start()

    # Keeping

    def keep(self, place: ReadingPlace, seen: Collection[int]) -> None:
        """Keep where the paper is being read and which pages (from 1) were seen meanwhile."""
        opened, places = self.paper, self._places
        if opened is None or places is None:
            return
        paper_id, pages = opened.paper.id, opened.pages

        def work(_: Progress) -> None:
            places.keep(paper_id, place, seen=seen, pages=pages)

        self._context.tasks.store(work).failure(_nothing).certain().start()

    def keep_look(self, look: Look) -> None:
        """Keep in which colours the member reads."""
        places = self._places
        if places is None:
            return

        def work(_: Progress) -> None:
            places.keep_look(look)

        self._context.tasks.store(work).failure(_nothing).certain().start()

    def close(self) -> None:
        """Close the paper, and wipe what was drawn of it."""
        self._wanted, self._flowing = None, False
        for worker in (self.worker, self.text_worker):
            if worker is not None:
                worker.close()
                worker.deleteLater()
        self.worker = self.text_worker = self.paper = None


def _nothing(_: CongressError) -> None:
    """Let a reading place go that cannot be kept: reading goes on."""
