"""The way of files into the library, one after another.

A file is read outside the store thread, because reading takes long and whoever is registered at
the door must not wait for it; only what is written goes there. One that is refused does not keep
the others out, and stopping keeps what is in.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from congress.docs.incoming import Gathered, Incoming
from congress.docs.intake import Readied
from congress.docs.library import Library
from congress.docs.model import Details, Paper
from congress.kernel.errors import Cancelled, CongressError
from congress.kernel.progress import Progress
from congress.kernel.roles import Shelf
from congress.ui.context import UiContext
from congress.ui.controllers.paper_desk import PaperDesk
from congress.ui.models.imports import ImportLine, ImportState
from congress.ui.tasks import Step, Task
from congress.ui.widgets.paperdetails import Defaults

_DUPLICATE = "docs.duplicate"


class PaperImports:
    """Imports files for the secretariat.

    Attributes:
        desk: Corrects what came in, and tells what details are chosen from.
    """

    def __init__(self, context: UiContext, library: Library, desk: PaperDesk) -> None:
        """Import into ``library``."""
        self._context, self._library, self.desk = context, library, desk

    def gather(self, paths: Sequence[Path], found: Callable[[Gathered], object]) -> None:
        """Look into folders and ZIPs; ``found`` gets the files, and closes them when done.

        What reads files is started meanwhile, so that it is ready when the person is.
        """

        def work(_: Progress) -> Gathered:
            gathered = Gathered(paths)
            if gathered.files:
                self._library.prepare(self._library.shelves[0])
            return gathered

        self._context.tasks.free(work).success(found).start()

    def run(self, gathered: Gathered, defaults: Defaults) -> "ImportRun":
        """Return the import of files, not started yet."""
        return ImportRun(self._context, self._library, gathered, defaults)


class ImportRun(QObject):
    """One import at work."""

    changed = Signal(int)
    """The place of the file whose line is another now."""
    ended = Signal()
    """No file is under way any more."""

    def __init__(
        self, context: UiContext, library: Library, gathered: Gathered, defaults: Defaults
    ) -> None:
        """Prepare the import of ``gathered``, which is closed at its end."""
        super().__init__()
        self._context, self._library = context, library
        self._gathered, self._defaults = gathered, defaults
        self._task: Task[Readied] | Task[Paper] | None = None
        self._at = -1
        self.stopping = False
        self.lines = [ImportLine(file.name, file.place) for file in gathered.files]

    @property
    def running(self) -> bool:
        """Whether a file is under way."""
        return self._task is not None

    @property
    def shelf(self) -> Shelf:
        """Where the papers go."""
        return self._defaults.shelf

    def start(self) -> None:
        """Import the first file; the others follow."""
        self._next()

    def stop(self) -> None:
        """Import nothing more; what is in stays."""
        self.stopping = True
        if self._task is not None and self.lines[self._at].state is ImportState.READING:
            self._task.cancel()

    def corrected(self, row: int, paper: Paper) -> None:
        """Take note that the details of a paper that came in are others now."""
        self.lines[row] = replace(self.lines[row], paper=paper)
        self.changed.emit(row)

    def _next(self) -> None:
        self._task = None
        self._at += 1
        if self._at >= len(self.lines) or self.stopping:
            self._finish()
            return
        file, language = self._gathered.files[self._at], self._defaults.language
        self._show(state=ImportState.READING)

        def read(progress: Progress) -> Readied:
            return _read(self._library, file, language, progress)

        task = self._context.tasks.free(read).progress(self._step)
        self._task = task.success(self._seal).failure(self._refuse)
        self._task.start()

    def _step(self, step: Step) -> None:
        self._show(done=step.done, total=step.total)

    def _seal(self, readied: Readied) -> None:
        self._show(state=ImportState.SEALING)
        defaults = self._defaults
        given = Details("", defaults.language, defaults.type, "", defaults.agenda, None)

        def work(_: Progress) -> Paper:
            return self._library.take_in(readied, given, defaults.shelf)

        self._task = self._context.tasks.store(work).success(self._came).failure(self._refuse)
        self._task.start()

    def _came(self, paper: Paper) -> None:
        self._show(state=ImportState.DONE, paper=paper)
        self._next()

    def _refuse(self, error: CongressError) -> None:
        if isinstance(error, Cancelled):
            state = ImportState.STOPPED
        else:
            twice = error.code == _DUPLICATE
            state = ImportState.DUPLICATE if twice else ImportState.REFUSED
        self._show(state=state, error=error)
        self._next()

    def _finish(self) -> None:
        for at, line in enumerate(self.lines):
            if line.state is ImportState.WAITING:
                self._at = at
                self._show(state=ImportState.STOPPED)
        self._gathered.close()
        self.ended.emit()

    def _show(self, **values: object) -> None:
        line = self.lines[self._at]
        self.lines[self._at] = replace(line, **values)  # type: ignore[arg-type]
        self.changed.emit(self._at)


def _read(library: Library, file: Incoming, language: str, progress: Progress) -> Readied:
    return library.read(file.source(), language=language, progress=progress)
