"""The way of files into the library: which are taken, the work, and what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from congress.docs.library import Library
from congress.docs.model import Paper
from congress.kernel.errors import Cancelled, CongressError
from congress.kernel.progress import Progress
from congress.kernel.roles import Clearance
from congress.ui.context import UiContext
from congress.ui.tasks import Task

IMPORTED_NAMES = frozenset({".pdf", ".docx", ".html", ".htm", ".txt", ".md"})
"""Names of the files that are taken out of a folder; a file chosen itself is always tried."""


@dataclass(frozen=True)
class ImportReport:
    """What came of an import of several files.

    Attributes:
        papers: Those that came in.
        refused: Each file that did not, and why.
        stopped: Whether the person stopped it before its end.
    """

    papers: Sequence[Paper]
    refused: Sequence[tuple[str, CongressError]]
    stopped: bool = False


class _OneOfMany:
    """Progress of one file among several: tells files, not pages."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def report(self, done: int, total: int, label: str = "") -> None:
        """Say nothing of pages, but stop if the person cancelled."""
        self._progress.check()

    def check(self) -> None:
        """Stop here if the person cancelled."""
        self._progress.check()


def import_papers(
    library: Library, paths: Sequence[Path], clearance: Clearance, progress: Progress
) -> ImportReport:
    """Import each file by itself: one that is refused does not keep the others out."""
    papers: list[Paper] = []
    refused: list[tuple[str, CongressError]] = []
    for done, path in enumerate(paths):
        single = len(paths) == 1
        try:
            if not single:
                progress.report(done, len(paths), path.name)
            inner = progress if single else _OneOfMany(progress)
            papers.append(library.import_file(path, clearance=clearance, progress=inner))
        except Cancelled:
            if not papers and not refused:
                raise
            return ImportReport(papers, refused, stopped=True)
        except CongressError as error:
            refused.append((path.name, error))
    return ImportReport(papers, refused)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return files as they are, and of folders the files that look like papers."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.is_file())
            found += [each for each in inside if each.suffix.lower() in IMPORTED_NAMES]
        else:
            found.append(path)
    return found


class PaperImports:
    """Imports files for the secretariat."""

    def __init__(self, context: UiContext, library: Library) -> None:
        """Import into ``library``."""
        self._context, self._library = context, library

    @property
    def clearances(self) -> Sequence[Clearance]:
        """The clearances that papers may be given: those this member holds."""
        return self._library.clearances

    def task(self, paths: Sequence[Path], clearance: Clearance) -> Task[ImportReport]:
        """Describe the import of files, not started yet."""

        def work(progress: Progress) -> ImportReport:
            return import_papers(self._library, paths, clearance, progress)

        return self._context.tasks.store(work)
