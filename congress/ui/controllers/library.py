"""Between the library page and the library: lists, searches and changes papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from congress.docs.library import Library
from congress.docs.model import (
    Hit,
    Paper,
    PaperChanged,
    PaperImported,
    PaperRemoved,
    PaperVersioned,
)
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Clearance, Right
from congress.ui.context import UiContext
from congress.ui.controllers.paper_desk import PaperDesk, PaperSources
from congress.ui.controllers.paper_import import PaperImports

DEBOUNCE = 150
"""Milliseconds without a keystroke after which a search begins."""
MOST_HITS = 30


@dataclass(frozen=True)
class Found:
    """What a search answered.

    Attributes:
        typed: What was asked.
        hits: The best pages.
    """

    typed: str
    hits: Sequence[Hit]


def reader_path(paper_id: PaperId, page: int = 0, find: str = "") -> str:
    """Return where ``navigate`` opens a paper, at a page (from 1) with something looked for."""
    if not page and not find:
        return f"reader/{paper_id}"
    return f"reader/{paper_id}?page={page}&find={quote(find)}"


class LibraryController(QObject):
    """Lists papers and searches in them; for the secretariat, changes them.

    Attributes:
        may_change: Whether the member may import, change and remove papers.
        imports: The way of files into the library.
        desk: Changes one paper at a time.
    """

    listed = Signal(object)
    """All papers this member may read (``Sequence[Paper]``), after every change."""
    found = Signal(object)
    """The ``Found`` of the search typed last."""
    cover_came = Signal(str, object)
    """A ``PaperId`` and the ``QImage`` of its cover."""

    def __init__(
        self,
        context: UiContext,
        library: Library,
        actor: Actor,
        sources: PaperSources | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Work on ``library`` for ``actor``; ``sources`` give what details are chosen from."""
        super().__init__(parent)
        self._context, self._library = context, library
        self.may_change = actor.may(Right.MANAGE_PAPERS)
        self.desk = PaperDesk(context, library, sources or PaperSources(), self)
        self.imports = PaperImports(context, library, self.desk)
        self._typed = ""
        self._mended = not self.may_change
        self._later = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._later.timeout.connect(self._search_now)
        context.bridge.happened.connect(self._heard)

    @property
    def clearances(self) -> Sequence[Clearance]:
        """The clearances this member holds."""
        return self._library.clearances

    def _heard(self, event: Event) -> None:
        if isinstance(event, PaperImported | PaperChanged | PaperVersioned | PaperRemoved):
            self.refresh()

    def refresh(self) -> None:
        """Read the list again; the first time, finish what a crash cut short."""
        if not self._mended:
            self._mended = True
            self._context.tasks.store(lambda _: self._library.mend()).success(
                lambda _: self.refresh()
            ).start()
            return
        self._context.tasks.free(lambda _: self._library.papers()).success(self._listed).start()

    def _listed(self, papers: Sequence[Paper]) -> None:
        self.listed.emit(papers)

    def search(self, typed: str) -> None:
        """Search for what is typed, once the person pauses; ``found`` answers the last."""
        self._typed = typed
        if typed.strip():
            self._later.start()
        else:
            self._later.stop()

    def _search_now(self) -> None:
        typed = self._typed

        def work(_: Progress) -> Found:
            return Found(typed, self._library.search(typed, MOST_HITS))

        self._context.tasks.free(work).success(self._found).start()

    def _found(self, found: Found) -> None:
        if found.typed == self._typed:
            self.found.emit(found)

    def load_cover(self, paper_id: PaperId) -> None:
        """Read a paper's cover; ``cover_came`` answers if it has one."""

        def work(_: Progress) -> QImage:
            return QImage.fromData(self._library.cover(paper_id))

        def gone(_: CongressError) -> None:
            """A paper removed meanwhile has no cover."""

        self._context.tasks.free(work).success(partial(self._cover, paper_id)).failure(gone).start()

    def _cover(self, paper_id: PaperId, cover: QImage) -> None:
        if not cover.isNull():
            self.cover_came.emit(paper_id, cover)
