"""Finds words in an open paper, outside the GUI thread, page after page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from congress.docs.search import matches, parse
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.tasks import Step, Task
from congress.ui.widgets.pagelayers import Place

_AT_ONCE = 25
"""Pages after which what was found so far is told."""
MOST = 20_000
"""Most places that are told."""


@dataclass(frozen=True, slots=True)
class Found:
    """A place that answers: from ``start`` to ``end``."""

    start: Place
    end: Place


class ReaderFind(QObject):
    """One search in one paper; a new one gives up the one before."""

    found = Signal()
    """There are more ``hits``."""
    ended = Signal()
    """The whole paper was searched."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        """Begin with nothing found."""
        super().__init__(parent)
        self._context = context
        self._task: Task[None] | None = None
        self._all: list[Found] = []
        self.hits: Sequence[Found] = ()
        self.typed = ""
        self.going_on = False

    def look_for(self, typed: str, texts: Sequence[str]) -> None:
        """Look for ``typed`` in the text of each page."""
        self.stop()
        query = parse(typed)
        self.typed = typed
        if not query.groups:
            self.ended.emit()
            return
        hits: list[Found] = []
        self._all, self.going_on = hits, True

        def work(progress: Progress) -> None:
            told = 0
            for page, text in enumerate(texts, start=1):
                progress.check()
                for start, end in matches(query, text):
                    hits.append(Found(Place(page, start), Place(page, end)))
                if len(hits) >= MOST:
                    return
                if page % _AT_ONCE == 0 and len(hits) > told:
                    told = len(hits)
                    progress.report(page, len(texts))

        task = self._context.tasks.free(work)
        self._task = task.progress(self._more).success(self._end).start()

    def stop(self) -> None:
        """Give up the search and forget what it found."""
        if self._task is not None:
            self._task.forget()
        self._task, self.going_on, self.typed = None, False, ""
        self._all, self.hits = [], ()

    def _more(self, _: Step) -> None:
        self.hits = tuple(self._all)
        self.found.emit()

    def _end(self, _: None) -> None:
        self._task, self.going_on = None, False
        self.hits = tuple(self._all)
        if self.hits:
            self.found.emit()
        self.ended.emit()

    def nearest(self, place: Place) -> int | None:
        """Return the first hit from a place on, or else the first of all."""
        for at, hit in enumerate(self.hits):
            if hit.end >= place:
                return at
        return 0 if self.hits else None
