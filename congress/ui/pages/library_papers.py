"""The papers of the library page: their list, with covers as they come into sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QWidget

from congress.kernel.ids import PaperId
from congress.ui.context import UiContext
from congress.ui.models.listing import ListedPaper, Row
from congress.ui.models.papers import PapersModel
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.widgets.paperlist import PaperList
from congress.ui.widgets.paperrows import PaperDelegate

_COVERS_MS = 40
"""Milliseconds in which covers that are looked at are collected before they are read."""


class PapersView(PaperList):
    """Lists papers, under headings if there are any among the rows."""

    def __init__(
        self,
        context: UiContext,
        load_covers: Callable[[Sequence[PaperId]], None],
        parent: QWidget | None = None,
    ) -> None:
        """Begin empty; ``load_covers`` reads covers, which come back to ``show_cover``."""
        super().__init__(context.tr("library.list"), parent)
        self.papers = PapersModel(context.tr, self)
        self.set_uniform(True)
        self.setModel(self.papers)
        self.setItemDelegate(PaperDelegate(context, self))
        self._load_covers = load_covers
        self._wanted: set[PaperId] = set()
        self._later = QTimer(self, singleShot=True, interval=_COVERS_MS)
        self._later.timeout.connect(self._ask_for_covers)
        self.papers.cover_needed.connect(self._need_cover)

    def show_rows(self, rows: Sequence[Row], *, grouped: bool) -> None:
        """Show other rows; the paper the keyboard is on stays the current one."""
        current = self.currentIndex().data(VALUE_ROLE)
        self.set_uniform(not grouped)
        self.papers.set_rows(rows)
        if isinstance(current, ListedPaper):
            self.light(current.paper.id)

    def light(self, paper_id: PaperId) -> None:
        """Make a paper the current one, if it is on the list."""
        row = self.papers.row_of(paper_id)
        if row >= 0:
            self.setCurrentIndex(self.papers.index(row))

    def go_to_first(self) -> None:
        """Give the first paper the keyboard, past its heading."""
        for row in range(self.papers.rowCount()):
            index = self.papers.index(row)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setFocus()
                self.setCurrentIndex(index)
                return

    def show_cover(self, paper_id: PaperId, cover: QImage) -> None:
        """Show the cover of a paper."""
        pixmap = None if cover.isNull() else QPixmap.fromImage(cover)
        self.papers.set_cover(paper_id, pixmap)

    def _need_cover(self, paper_id: PaperId) -> None:
        self._wanted.add(paper_id)
        if not self._later.isActive():
            self._later.start()

    def _ask_for_covers(self) -> None:
        """Ask for the covers that are still in sight; the others are asked for when they are."""
        if not self.isVisible():
            self._wanted.clear()
            return
        area = self.viewport().rect()
        seen = [
            (row, each)
            for each in self._wanted
            if (row := self.papers.row_of(each)) >= 0
            and area.intersects(self.visualRect(self.papers.index(row)))
        ]
        self._wanted.clear()
        self._load_covers([each for _, each in sorted(seen)])
