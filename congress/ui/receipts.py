"""What the reader tells about itself: the log of pages seen, and the words over every page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.docs.access import AccessLog
from congress.docs.reading import PagesSeen
from congress.kernel.clock import Clock
from congress.kernel.errors import CongressError
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader import ReaderPage
from congress.ui.theme.tokens import SPACE_3, Type
from congress.ui.widgets.text import Text

EVERY_MS = 60_000
"""At most this often an entry is written while a paper stays open, and one when it closes."""
TAB = "receipts"


class SeenLog(QObject):
    """Writes read receipts of one paper at a time; is a part of the reader."""

    def __init__(
        self, context: UiContext, access: AccessLog, clock: Clock, parent: QObject
    ) -> None:
        """Write to ``access``; ``clock`` tells how long a page was in front."""
        super().__init__(parent)
        self._context, self._access, self._clock = context, access, clock
        self._opened: OpenedPaper | None = None
        self._seen: PagesSeen | None = None
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._write)

    def opened(self, opened: OpenedPaper) -> None:
        """Begin to count the pages of a paper that was opened."""
        self._opened = opened
        self._seen = None
        self._timer.start()

    def turned(self, page: int) -> None:
        """Take the page that is in front now."""
        now = self._clock.now()
        if self._seen is None:
            self._seen = PagesSeen(page, now)
        self._seen.turned(page, now)

    def closed(self) -> None:
        """Write what was seen of the paper that is being closed."""
        self._timer.stop()
        self._write()
        self._opened = self._seen = None

    def _write(self) -> None:
        opened, seen = self._opened, self._seen
        if opened is None or seen is None or not (pages := seen.take(self._clock.now())):
            return

        def work(_: Progress) -> None:
            self._access.read(opened.paper.id, opened.version.id, pages)

        task = self._context.tasks.store(work).failure(_removed_meanwhile)
        task.certain().start()


class ReceiptsPart(SeenLog):
    """Writes read receipts, keeps name, time and code in the watermark, and says so."""

    def __init__(
        self,
        context: UiContext,
        page: ReaderPage,
        access: AccessLog,
        clock: Clock,
        mark: Callable[[], Sequence[str]],
        note: str,
    ) -> None:
        """Join ``page``.

        Args:
            context: The surroundings.
            page: The reader.
            access: Takes the receipts.
            clock: Tells how long a page was in front.
            mark: Returns the lines of the watermark as they are when a paper is opened.
            note: Says what is logged and who sees it.
        """
        super().__init__(context, access, clock, page)
        self._page, self._mark = page, mark
        self.about = self._about(note)
        page.side.add_tab(TAB, context.tr("access.tab"), "eye", self.about)
        page.beside.pane.add_part(SeenLog(context, access, clock, page))

    def _about(self, note: str) -> QWidget:
        holder = QWidget()
        holder.setObjectName("clear")
        box = QVBoxLayout(holder)
        box.setSpacing(SPACE_3)
        box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text = Text(self._context, note, Type.LABEL)
        self.lines = Text(self._context, "", Type.LABEL, "muted")
        box.addWidget(self.text)
        box.addWidget(Text(self._context, self._context.tr("access.mark"), Type.LABEL))
        box.addWidget(self.lines)
        return holder

    def opened(self, opened: OpenedPaper) -> None:
        """Begin to count the pages of a paper, and write the lines over them as they are now."""
        super().opened(opened)
        lines = self._mark()
        self._page.mark.set_lines(*lines)
        self.lines.setText("\n".join(lines))


def _removed_meanwhile(_: CongressError) -> None:
    """Let it be: a paper that is gone has no log either."""
