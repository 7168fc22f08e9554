"""Between the page of changes and the library: compares versions, and exports what changed."""

from PySide6.QtCore import QObject, Signal

from congress.docs.changes.htmlpage import Wording, html_page
from congress.docs.changes.service import Changes, PaperChanges
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.tasks import Task


class ChangesController(QObject):
    """Compares two versions of one paper at a time."""

    compared = Signal(object)
    """The ``PaperChanges``."""
    refused = Signal(object)
    """The ``CongressError`` because of which they cannot be compared."""
    exported = Signal(str, object)
    """A proposed file name and the bytes of the comparison as a web page."""

    def __init__(self, context: UiContext, changes: Changes, parent: QObject | None = None) -> None:
        """Compare through ``changes``."""
        super().__init__(parent)
        self._context, self._changes = context, changes
        self._task: Task[PaperChanges] | None = None
        self.found: PaperChanges | None = None

    def compare(
        self, paper_id: PaperId, old: VersionId | None = None, new: VersionId | None = None
    ) -> None:
        """Compare two versions; ``compared`` or ``refused`` answers, for the last call alone."""
        self.close()

        def work(progress: Progress) -> PaperChanges:
            return self._changes.between(paper_id, old, new, progress)

        task = self._context.tasks.store(work)
        self._task = task.success(self._take).failure(self._refuse).start()

    def _take(self, found: PaperChanges) -> None:
        self._task, self.found = None, found
        self.compared.emit(found)

    def _refuse(self, error: CongressError) -> None:
        self._task = None
        self.refused.emit(error)

    def export(self, *, only_changes: bool) -> None:
        """Set the comparison as a web page: ``exported`` answers."""
        found = self.found
        if found is None:
            return
        tr = self._context.tr
        words = Wording(
            lang=tr.lang,
            title=found.paper.title,
            lead=" · ".join((versions_in_words(self._context, found), *sums(self._context, found))),
            folded=tr("changes.export.folded"),
            moved_from=tr("changes.kind.moved_from"),
            moved_to=tr("changes.kind.moved_to"),
        )
        name = f"{found.paper.title[:60]} {found.old.number}-{found.new.number}.html"

        def work(_: Progress) -> bytes:
            self._changes.require_export(found)
            return html_page(found.comparison, words, only_changes=only_changes)

        def done(data: bytes) -> None:
            self.exported.emit(name.replace("/", "-"), data)

        self._context.tasks.store(work).success(done).start()

    def close(self) -> None:
        """Forget what is under way and what was compared."""
        if self._task is not None:
            self._task.forget()
        self._task = self.found = None


def versions_in_words(context: UiContext, found: PaperChanges) -> str:
    """Return which versions are compared."""
    return context.tr("changes.between", old=found.old.number, new=found.new.number)


def sums(context: UiContext, found: PaperChanges) -> list[str]:
    """Return how much changed, each number with its word."""
    tr, summary = context.tr, found.comparison.summary
    counts = (
        ("changes.sum.changed", summary.changed),
        ("changes.sum.inserted", summary.inserted),
        ("changes.sum.deleted", summary.deleted),
        ("changes.sum.moved", summary.moved),
        ("changes.sum.words_added", summary.words_added),
        ("changes.sum.words_removed", summary.words_removed),
        ("changes.sum.numbers", summary.numbers),
    )
    return [tr(key, count=count) for key, count in counts if count]
