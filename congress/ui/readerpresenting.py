"""In the reader: presenting pages to the hall."""

from PySide6.QtCore import QObject, QTimer

from congress.docs.presenting import Audience
from congress.kernel.roles import Clearance
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.hallpages import HallPages
from congress.ui.pages.projector import ProjectorWindow
from congress.ui.pages.reader import ReaderPage
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.dialog import ConfirmDialog

_SETTLING = 400
"""Milliseconds in which a paper that is opened again goes to the page where it was left."""


class PresentPart(QObject):
    """Shows the hall the page at which the reader is, and opens the window for it."""

    def __init__(self, context: UiContext, page: ReaderPage, hall: HallPages) -> None:
        """Join ``page``.

        Args:
            context: The surroundings.
            page: The reader.
            hall: What is shown to the hall, perhaps since before this page was built.
        """
        super().__init__(page)
        self._context, self._page, self._hall = context, page, hall
        self._opened: OpenedPaper | None = None
        self._at = 1
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
        page.notices.addWidget(self.banner)
        self.stop_button.clicked.connect(self.stop)
        self.window_button.clicked.connect(self._open_window)
        # The page that is shown already is soon on screen again: until then the hall keeps it.
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING)
        self._settling.timeout.connect(lambda: self.turned(max(1, page.view.page)))
        hall.changed.connect(self._tell)
        self._tell()

    @property
    def on(self) -> bool:
        """Whether this member is presenting."""
        return self._hall.on

    @property
    def window(self) -> ProjectorWindow | None:
        """The window for the hall, if it is open."""
        return self._hall.window

    def opened(self, opened: OpenedPaper) -> None:
        """Show the paper that was opened, if this member is presenting and may show it."""
        self._opened = opened
        self._at = 1
        self._settling.stop()
        closed = opened.paper.clearance not in (Clearance.PUBLIC, Clearance.DELEGATES)
        self.action.setEnabled(not closed)
        if not self.on:
            return
        if closed:
            self.stop()
        elif opened.version.id == self._hall.version:
            self._at = self._hall.page
            self._settling.start()
        else:
            self._begin()

    def closed(self) -> None:
        """Keep what is shown: the presenter may be looking for the next paper."""
        self._opened = None

    def turned(self, page: int) -> None:
        """Show another page."""
        if page != self._at and not self._settling.isActive():
            self._at = page
            if self.on:
                self._show(self._hall.audience)

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
        audience = Audience.EVERYONE
        if opened.paper.clearance is Clearance.DELEGATES:
            if not self._only_delegates():
                self.stop()
                return False
            audience = Audience.DELEGATES
        self._at = max(1, self._page.view.page)
        self._show(audience)
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

    def _show(self, audience: Audience) -> None:
        if (opened := self._opened) is not None:
            self._hall.show(opened.paper, opened.version.id, self._at, audience)

    def _tell(self) -> None:
        self.action.setChecked(self.on)
        self.banner.setVisible(self.on)
        if self.on:
            everyone = self._hall.audience is Audience.EVERYONE
            words = self._context.tr(
                "presenter.to_everyone" if everyone else "presenter.to_delegates"
            )
            title = self._context.tr("presenter.on")
            self.banner.set(words, Tone.ACCENT, title=title)

    def stop(self) -> None:
        """Show nothing any more, and close the window for the hall."""
        self._hall.stop()

    def _open_window(self) -> None:
        self._hall.open_window(self._page)
