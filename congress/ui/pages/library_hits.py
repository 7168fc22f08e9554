"""The pages that a search found, on the library page."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.docs.model import Hit
from congress.kernel.ids import PaperId
from congress.ui.context import UiContext
from congress.ui.controllers.library import MOST_HITS, Found
from congress.ui.models.hits import HitsModel, MoreHits, grouped
from congress.ui.widgets.hitrows import HitDelegate
from congress.ui.widgets.paperlist import PaperList


class HitsView(PaperList):
    """Lists pages by paper; a line below each opens the others of the same paper."""

    page_chosen = Signal(object)
    """The ``Hit`` that was opened."""
    all_asked = Signal(str)
    """The ``PaperId`` of which all pages are wanted."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(context.tr("library.hits"), parent)
        self._tr = context.tr
        self.found: Found | None = None
        self._opened: dict[PaperId, Sequence[Hit]] = {}
        self.hits = HitsModel(context.tr, self)
        self.setModel(self.hits)
        self.setItemDelegate(HitDelegate(context, self))
        self.chosen.connect(self._row_chosen)

    def forget(self) -> None:
        """Forget what was found: something else is looked for."""
        self.found = None
        self._opened = {}

    def show_found(self, found: Found) -> None:
        """Show what a search answered."""
        self.found = found
        self._opened = {}
        self._fill()
        self.scrollToTop()

    def show_all_of(self, paper_id: PaperId, hits: Sequence[Hit]) -> None:
        """Show all pages of one paper, at the place of the few; the keyboard stays there."""
        at = self.currentIndex().row()
        self._opened[paper_id] = hits
        self._fill()
        if 0 <= at < self.hits.rowCount():
            self.setCurrentIndex(self.hits.index(at))

    @property
    def summary(self) -> str:
        """How many pages were found, in words; empty if there are none."""
        if self.found is None or not self.found.hits:
            return ""
        tr, hits, counts = self._tr, self.found.hits, self.found.counts
        papers = len({hit.paper for hit in hits} | set(counts))
        pages = tr("library.found", count=max(len(hits), sum(counts.values())))
        words = tr("library.found.papers", pages=pages, count=papers)
        best = tr("library.found.best") if len(hits) >= MOST_HITS else ""
        return tr.joined(words, best)

    def go_to_first(self) -> None:
        """Give the best page the keyboard."""
        if self.hits.rowCount():
            self.setFocus()
            self.setCurrentIndex(self.hits.index(0))

    def _fill(self) -> None:
        if self.found is not None:
            rows = grouped(self.found.hits, self.found.counts, self._opened)
            self.hits.set_rows(rows)

    def _row_chosen(self, row: Hit | MoreHits) -> None:
        if isinstance(row, MoreHits):
            self.all_asked.emit(row.paper)
        else:
            self.page_chosen.emit(row)
