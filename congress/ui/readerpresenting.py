"""In the reader: presenting pages to the hall."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt

from congress.docs.presenting import Audience, Presenting, Shown
from congress.kernel.errors import CongressError
from congress.kernel.progress import Progress
from congress.kernel.roles import Clearance
from congress.ui.context import UiContext
from congress.ui.controllers.projector import ProjectorController
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.hallwindow import show_in_hall
from congress.ui.pages.projector import ProjectorWindow
from congress.ui.pages.reader import ReaderPage
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.dialog import ConfirmDialog

MakeController = Callable[[], ProjectorController]


class PresentPart(QObject):
    """Shows the hall the page at which the reader is, and opens the window for it."""

    def __init__(
        self,
        context: UiContext,
        page: ReaderPage,
        presenting: Presenting,
        projector: MakeController,
    ) -> None:
        """Join ``page``.

        Args:
            context: The surroundings.
            page: The reader.
            presenting: Shows pages in this member's name.
            projector: Makes what the window for the hall is drawn by.
        """
        super().__init__(page)
        self._context, self._page, self._presenting = context, page, presenting
        self._projector = projector
        self._opened: OpenedPaper | None = None
        self._audience = Audience.EVERYONE
        self._at = 1
        self.on = False
        self._windows: list[ProjectorWindow] = []
        tr = context.tr
        self.action = page.bar.add_action(
            "present",
            tr("presenter.present"),
            "projector-screen",
            self.toggle,
            keys="Ctrl+Shift+P",
            checkable=True,
        )
        self.banner = Banner(context, "", Tone.ACCENT, title=tr("presenter.on"))
        self.stop_button = Button(context, tr("presenter.stop"), Kind.SECONDARY, "x")
        self.window_button = Button(context, tr("presenter.open"), Kind.QUIET, "projector-screen")
        self.banner.buttons.addWidget(self.window_button)
        self.banner.buttons.addWidget(self.stop_button)
        self.banner.hide()
        page.notices.addWidget(self.banner)
        self.stop_button.clicked.connect(self.stop)
        self.window_button.clicked.connect(self._open_window)
        page.destroyed.connect(partial(_end, presenting, self._windows))

    @property
    def window(self) -> ProjectorWindow | None:
        """The window for the hall, if it is open."""
        return self._windows[0] if self._windows else None

    def opened(self, opened: OpenedPaper) -> None:
        """Show the paper that was opened, if this member is presenting and may show it."""
        self._opened = opened
        self._at = 1
        closed = opened.paper.clearance not in (Clearance.PUBLIC, Clearance.DELEGATES)
        self.action.setEnabled(not closed)
        if self.on:
            if closed:
                self.stop()
            else:
                self._begin()

    def closed(self) -> None:
        """Keep what is shown: the presenter may be looking for the next paper."""
        self._opened = None

    def turned(self, page: int) -> None:
        """Show another page."""
        if page != self._at:
            self._at = page
            if self.on:
                self._show()

    def toggle(self) -> None:
        """Begin or stop presenting."""
        if self.on:
            self.stop()
        elif self._begin():
            self._open_window()

    def _begin(self) -> bool:
        """Show the page that is open, and return whether it is shown."""
        opened = self._opened
        if opened is None:
            self.action.setChecked(False)
            return False
        self._audience = Audience.EVERYONE
        if opened.paper.clearance is Clearance.DELEGATES:
            if not self._only_delegates():
                self.stop()
                return False
            self._audience = Audience.DELEGATES
        self.on = True
        self._at = max(1, self._page.view.page)
        self._show()
        self._tell()
        return True

    def _only_delegates(self) -> bool:
        tr = self._context.tr
        return ConfirmDialog.ask(
            self._context,
            tr("presenter.delegates.title"),
            tr("presenter.delegates.text"),
            tr("presenter.delegates.verb"),
            danger=False,
            parent=self._page.window(),
        )

    def _show(self) -> None:
        opened, page, audience = self._opened, self._at, self._audience
        if opened is None:
            return
        paper, version = opened.paper.id, opened.version.id

        def work(_: Progress) -> Shown:
            return self._presenting.show(paper, version, page, audience)

        self._context.tasks.store(work).failure(self._refused).start()

    def _refused(self, error: CongressError) -> None:
        self.stop()
        self._context.show_error(error)

    def _tell(self) -> None:
        self.action.setChecked(self.on)
        self.banner.setVisible(self.on)
        if self.on:
            everyone = self._audience is Audience.EVERYONE
            words = self._context.tr(
                "presenter.to_everyone" if everyone else "presenter.to_delegates"
            )
            title = self._context.tr("presenter.on")
            self.banner.set(words, Tone.ACCENT, title=title)

    def stop(self) -> None:
        """Show nothing any more, and close the window for the hall."""
        self.on = False
        self._context.tasks.store(lambda _: self._presenting.stop()).start()
        _close(self._windows)
        self._tell()

    def _open_window(self) -> None:
        window = self.window
        if window is None:
            window = ProjectorWindow(self._context, self._projector())
            window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            window.left.connect(self._window_left)
            self._windows.append(window)
        show_in_hall(window, self._page)

    def _window_left(self) -> None:
        """Stop presenting when the person closes the window for the hall."""
        if self._windows:
            self._windows.clear()
            self.stop()


def _close(windows: list[ProjectorWindow]) -> None:
    """Close the window for the hall, if it is open."""
    closing = tuple(windows)
    windows.clear()
    for window in closing:
        window.close()


def _end(presenting: Presenting, windows: list[ProjectorWindow]) -> None:
    """Show nothing any more: the reader itself is gone."""
    presenting.stop()
    _close(windows)
