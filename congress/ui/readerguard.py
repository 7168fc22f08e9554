"""In the reader: what leaves the screen goes by the policy, is logged, and does not stay behind."""

from collections.abc import Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

from congress.docs.library import Library
from congress.docs.model import Paper
from congress.docs.policy import Policy
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress
from congress.ui.capture import Capture
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.widgets.pagelayers import Selected

MARK = "application/x-paperless-congress-paper"
"""Says on the clipboard which paper the words are from, so that closing it can wipe them."""
_UNKEPT = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"1",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': bytes(4),
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': bytes(4),
}
"""What asks clipboard managers, on each system, to keep no history of the words."""


def marked(text: str, paper: Paper) -> QMimeData:
    """Return ``text`` for the clipboard, marked as words of ``paper``."""
    data = QMimeData()
    data.setText(text)
    if Policy().clears_clipboard(paper.clearance):
        data.setData(MARK, paper.id.encode())
        for kind, value in _UNKEPT.items():
            data.setData(kind, value)
    return data


def wipe(paper_id: PaperId) -> None:
    """Empty the clipboard if it holds words of a paper that are to go with it."""
    clipboard = QGuiApplication.clipboard()
    modes = [QClipboard.Mode.Clipboard]
    if clipboard.supportsSelection():
        modes.append(QClipboard.Mode.Selection)
    for mode in modes:
        data = cast("QMimeData | None", clipboard.mimeData(mode))
        if data and data.data(MARK).data() == paper_id.encode():
            clipboard.clear(mode)


def _wipe_all(held: set[PaperId]) -> None:
    if QGuiApplication.instance() is not None:
        for paper_id in held:
            wipe(paper_id)
    held.clear()


class ReaderGuard(QObject):
    """Copies by the policy, and keeps what is held back out of captures while it is open."""

    copied = Signal()
    """The words are on the clipboard."""

    def __init__(
        self, context: UiContext, library: Library, capture: Capture, page: QWidget
    ) -> None:
        """Guard what is read on ``page``."""
        super().__init__(page)
        self._context, self._library, self._capture = context, library, capture
        self._page = page
        self._paper: Paper | None = None
        self._held: set[PaperId] = set()
        # Signing out takes the page away, and quitting the program, with the paper still open.
        self.destroyed.connect(partial(_wipe_all, self._held))
        application = QGuiApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(partial(_wipe_all, self._held))

    def opened(self, opened: OpenedPaper) -> None:
        """Keep a paper that is held back out of captures."""
        self._paper = opened.paper
        if Policy().clears_clipboard(opened.paper.clearance):
            self._held.add(opened.paper.id)
            self._capture.exclude(self._page, True)

    def closed(self) -> None:
        """Wipe what was copied from a paper that is held back."""
        if self._paper is not None and Policy().clears_clipboard(self._paper.clearance):
            _wipe_all(self._held)
            self._capture.exclude(self._page, False)
        self._paper = None

    def turned(self, page: int) -> None:
        """Nothing depends on the page."""

    def copy(self, pages: Sequence[int], text: str) -> None:
        """Put words of the open paper on the clipboard, if the policy allows; they are logged.

        Args:
            pages: The pages they stand on, from 1.
            text: The words.
        """
        paper = self._paper
        if paper is None or not text:
            return

        def log(_: Progress) -> None:
            self._library.log_copy(paper.id, pages)

        def put(_: None) -> None:
            # Closed meanwhile: nothing is put there that nobody would wipe.
            if self._paper is paper:
                QGuiApplication.clipboard().setMimeData(marked(text, paper))
                self._context.toasts.show_toast(self._context.tr("reader.copied"))
                self.copied.emit()

        self._context.tasks.store(log).success(put).failure(self._refuse).start()

    def copy_selected(self, selected: Selected) -> None:
        """Copy what is selected, as ``copy`` does."""
        self.copy(range(selected.start.page, selected.end.page + 1), selected.text)

    def _refuse(self, error: CongressError) -> None:
        self._context.show_error(error)
