"""Presenting pages to the hall, which goes on when the pages of the program are built anew."""

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from congress.docs.model import Paper
from congress.docs.presenting import Audience, Presenting, Shown
from congress.kernel.errors import CongressError
from congress.kernel.ids import VersionId
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.controllers.projector import ProjectorController
from congress.ui.hallwindow import show_in_hall
from congress.ui.pages.projector import ProjectorWindow

MakeController = Callable[[UiContext], ProjectorController]


class HallPages(QObject):
    """What this member shows the hall, and the window for it; ``Lasting`` keeps the one of it."""

    changed = Signal()
    """Presenting began, goes on with another paper, or ended."""

    def __init__(
        self, context: UiContext, presenting: Presenting, projector: MakeController
    ) -> None:
        """Show nothing yet.

        Args:
            context: The surroundings now; ``dress`` hands over later ones.
            presenting: Shows pages in this member's name.
            projector: Makes what a window for the hall is drawn by.
        """
        super().__init__()
        self._context, self._presenting, self._projector = context, presenting, projector
        self._window: ProjectorWindow | None = None
        self.on = False
        self.audience = Audience.EVERYONE
        self.version: VersionId | None = None
        self.page = 1

    @property
    def window(self) -> ProjectorWindow | None:
        """The window for the hall, if it is open."""
        return self._window

    def show(self, paper: Paper, version: VersionId, page: int, audience: Audience) -> None:
        """Show the hall a page; presenting begins with the first one.

        A page that must not be shown ends it, and the person is told why.
        """
        self.version, self.page = version, page
        if not self.on or audience is not self.audience:
            self.on, self.audience = True, audience
            self.changed.emit()

        def work(_: Progress) -> Shown:
            return self._presenting.show(paper.id, version, page, audience)

        self._context.tasks.store(work).failure(self._refused).start()

    def _refused(self, error: CongressError) -> None:
        self.stop()
        self._context.show_error(error)

    def stop(self) -> None:
        """Show nothing any more, and close the window."""
        self._context.tasks.store(lambda _: self._presenting.stop()).start()
        self._end()
        self.changed.emit()

    def open_window(self, beside: QWidget) -> None:
        """Open the window for the hall or bring it to the front, away from ``beside``."""
        if self._window is None:
            self._window = self._made()
        show_in_hall(self._window, beside)

    def dress(self, context: UiContext) -> None:
        """Build the window anew, where it stands."""
        self._context = context
        old, self._window = self._window, None
        if old is None:
            return
        full, where, wide = old.isFullScreen(), old.geometry(), old.page.wide
        window = self._window = self._made()
        window.setGeometry(where)
        window.page.set_wide(wide)
        if full:
            window.showFullScreen()
        else:
            window.show()
        _close(old)

    def close(self) -> None:
        """End presenting: the congress is being closed."""
        if self.on:
            self._presenting.stop()
        self._end()

    def _made(self) -> ProjectorWindow:
        window = ProjectorWindow(self._context, self._projector(self._context))
        window.left.connect(partial(self._left, window))
        return window

    def _left(self, window: ProjectorWindow) -> None:
        """Stop presenting when the person closes the window."""
        if window is self._window:
            self._window = None
            window.deleteLater()
            self.stop()

    def _end(self) -> None:
        self.on, self.version = False, None
        old, self._window = self._window, None
        if old is not None:
            _close(old)


def _close(window: ProjectorWindow) -> None:
    if shiboken6.isValid(window):
        window.close()
        window.deleteLater()
