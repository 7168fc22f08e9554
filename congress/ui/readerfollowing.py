"""In the reader: pages turn along with who presents."""

from PySide6.QtCore import QObject, Qt, Signal

from congress.docs.presenting import PageSharing, Shown
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader import ReaderPage
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind


class FollowPart(QObject):
    """Turns the pages along with who presents, until the reader wants otherwise."""

    _arrived = Signal(object)

    def __init__(
        self, context: UiContext, page: ReaderPage, sharing: PageSharing, name: str
    ) -> None:
        """Join ``page``.

        Args:
            context: The surroundings.
            page: The reader.
            sharing: Tells what is shown.
            name: This member's name; nobody follows themselves.
        """
        super().__init__(page)
        self._context, self._page, self._name = context, page, name
        self._opened: OpenedPaper | None = None
        self._shown: Shown | None = None
        self._expected: int | None = None
        self.following, self.paused = True, False
        tr = context.tr
        self.banner = Banner(context, "", Tone.NOTE, title=tr("presenter.following"))
        self.return_button = Button(
            context, tr("presenter.return"), Kind.PRIMARY, "arrow-u-up-left"
        )
        self.follow_button = Button(context, "", Kind.QUIET)
        self.banner.buttons.addWidget(self.follow_button)
        self.banner.buttons.addWidget(self.return_button)
        self.banner.hide()
        page.notices.addWidget(self.banner)
        self.return_button.clicked.connect(self.return_)
        self.follow_button.clicked.connect(self.toggle)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._leave = sharing.subscribe(self._arrived.emit)
        page.destroyed.connect(self._leave)
        self._take(sharing.current)

    @property
    def _other(self) -> Shown | None:
        """What someone else shows."""
        shown = self._shown
        return shown if shown is not None and shown.by != self._name else None

    def _take(self, shown: Shown | None) -> None:
        self._shown = shown
        if shown is None:
            self.paused = False
        self._go()
        self._tell()

    def _go(self) -> None:
        shown = self._other
        if shown is None or not self.following or self.paused or not self._page.isVisible():
            return
        if self._is_open(shown):
            if self._page.view.page != shown.page:
                self._expected = shown.page
                self._page.view.go_to(shown.page)
        else:
            self._expected = shown.page
            paper = shown.paper
            self._context.navigate(
                f"reader/{paper.paper_id}?version={paper.version_id}&page={shown.page}"
            )

    def _is_open(self, shown: Shown) -> bool:
        opened = self._opened
        return opened is not None and (opened.paper.id, opened.version.id) == (
            shown.paper.paper_id,
            shown.paper.version_id,
        )

    def opened(self, opened: OpenedPaper) -> None:
        """Learn which paper is read: another one than the presenter's pauses following."""
        self._opened = opened
        shown = self._other
        if shown is not None and self.following:
            self.paused = not self._is_open(shown)
            self._go()
        self._tell()

    def closed(self) -> None:
        """Forget the paper."""
        self._opened = None

    def turned(self, page: int) -> None:
        """Pause when the reader goes somewhere else than the presenter."""
        shown = self._other
        if shown is None or not self.following or not self._is_open(shown):
            return
        if self._expected is not None:
            if page == self._expected:
                self._expected = None
            return
        self.paused = page != shown.page
        self._tell()

    def return_(self) -> None:
        """Go back to where the presenter is, and follow on."""
        self.following, self.paused = True, False
        self._go()
        self._tell()

    def toggle(self) -> None:
        """Follow the presenter, or do not."""
        if self.following:
            self.following = False
            self._tell()
        else:
            self.return_()

    def _tell(self) -> None:
        tr, shown = self._context.tr, self._other
        self.banner.setVisible(shown is not None)
        if shown is None:
            return
        at = tr("presenter.at", title=shown.paper.title, page=shown.page)
        state = "paused" if self.following and self.paused else "on" if self.following else "off"
        words = tr.joined(tr(f"presenter.follow.{state}", name=shown.by), at)
        self.banner.set(words, Tone.NOTE, title=tr("presenter.following"))
        self.return_button.setVisible(state == "paused")
        self.follow_button.set_text(
            tr("presenter.unfollow" if self.following else "presenter.follow")
        )
