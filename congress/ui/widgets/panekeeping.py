"""Keeps where a paper is being read, and which of its pages were seen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from congress.docs.places import ReadingPlace, View
from congress.ui.controllers.reader import OpenedPaper

if TYPE_CHECKING:
    from congress.ui.widgets.paperpane import PaperPane

DWELL_MS = 1500
"""How long a page stays in front before it counts as seen."""
_KEEP_MS = 4000


class PaneKeeping(QObject):
    """Watches one pane."""

    def __init__(self, pane: "PaperPane") -> None:
        """Keep the places of ``pane``."""
        super().__init__(pane)
        self._pane = pane
        self._seen: set[int] = set()
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self.dwelt)
        self._later = QTimer(self, singleShot=True, interval=_KEEP_MS)
        self._later.timeout.connect(self.keep)

    def turned(self) -> None:
        """Learn that another page is in front."""
        self._dwell.start()
        self._later.start()

    def forget(self) -> None:
        """Forget what was seen: the paper is closed."""
        self._seen = set()
        self._dwell.stop()
        self._later.stop()

    def dwelt(self) -> None:
        """Count what is in front as seen."""
        pages = self._pane.pages
        front = self._pane.view.page
        if front and self._pane.view is pages and pages.plan.spreads:
            self._seen |= {page + 1 for page in pages.plan.rows[pages.plan.row_of(front - 1)]}
        elif front:
            self._seen.add(front)

    def place(self, opened: OpenedPaper) -> ReadingPlace:
        """Return where and how the paper is being read."""
        pane = self._pane
        place = pane.place()
        return ReadingPlace(
            version_id=opened.version.id,
            page=place.page,
            offset=place.offset,
            view=View.TEXT if pane.view is pane.text else View.PAGES,
            fit=pane.pages.fit,
            zoom=pane.pages.zoom,
            text_zoom=pane.text.zoom,
            arrangement=pane.pages.arrangement,
            turns=pane.pages.turns,
        )

    def keep(self) -> None:
        """Keep the place and what was seen."""
        pane = self._pane
        opened = pane.paper
        shown = pane.stack.currentWidget() in (pane.pages, pane.text)
        if opened is not None and shown:
            seen, self._seen = self._seen, set()
            pane.controller.keep(self.place(opened), seen)
