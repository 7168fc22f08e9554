"""In the reader: which version is read, that a newer one has come, and what changed."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScrollArea

from congress.docs.library import Library
from congress.docs.model import PaperVersioned, Version
from congress.kernel.events import Event
from congress.kernel.ids import PaperId
from congress.ui.context import UiContext
from congress.ui.controllers.paper_desk import changes_path, version_path
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader import ReaderPage
from congress.ui.theme.tokens import SPACE_3, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import boxed, column
from congress.ui.widgets.versionlist import VersionList

TAB = "versions"


class VersionsPart(QObject):
    """A banner where the open version is not the current one, and a list of all versions."""

    def __init__(
        self, context: UiContext, page: ReaderPage, library: Library, *, compare: bool = True
    ) -> None:
        """Join ``page``; ``compare`` offers to show what changed."""
        super().__init__(page)
        self._context, self._library = context, library
        self._opened: OpenedPaper | None = None
        self._versions: Sequence[Version] = ()
        tr = context.tr
        self.banner = Banner(context, "", Tone.NOTE)
        self.show_button = Button(context, tr("paper.newer.show"), Kind.SECONDARY)
        self.changes_button = Button(context, tr("paper.newer.changes"), Kind.QUIET, "git-diff")
        self.banner.buttons.addWidget(self.changes_button)
        if not compare:
            self.changes_button.hide()
        self.banner.buttons.addWidget(self.show_button)
        self.banner.hide()
        page.notices.addWidget(self.banner)
        self.list = VersionList(context, compare=compare)
        area = QScrollArea()
        Fingers(area)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(boxed(column(self.list, None, margin=SPACE_3)))
        page.side.add_tab(TAB, tr("paper.versions"), "clock-counter-clockwise", area)
        self.show_button.clicked.connect(self._show_newest)
        self.changes_button.clicked.connect(self._show_newest_changes)
        self.list.open_asked.connect(self._show_version)
        self.list.changes_asked.connect(self._show_changes)
        context.bridge.happened.connect(self._heard)

    def opened(self, opened: OpenedPaper) -> None:
        """Learn which version is read."""
        self._opened, self._versions = opened, ()
        self.banner.hide()
        self.list.show_versions((), None)
        self._load(opened.paper.id)

    def closed(self) -> None:
        """Forget the paper."""
        self._opened, self._versions = None, ()
        self.banner.hide()
        self.list.show_versions((), None)

    def turned(self, page: int) -> None:
        """Versions are the same on each page."""

    def _heard(self, event: Event) -> None:
        if self._opened is None or not isinstance(event, PaperVersioned):
            return
        if event.paper_id == self._opened.paper.id:
            self._load(event.paper_id)

    def _load(self, paper_id: PaperId) -> None:
        task = self._context.tasks.free(lambda _: self._library.versions(paper_id))
        # A paper that was removed meanwhile has no versions to tell of.
        task.success(self._show).failure(lambda _: None).start()

    def _show(self, versions: Sequence[Version]) -> None:
        opened = self._opened
        if opened is None or all(each.id != opened.version.id for each in versions):
            return
        self._versions = versions
        self.list.show_versions(versions, opened.version.id)
        newest = versions[0]
        self.banner.setVisible(newest.id != opened.version.id)
        if newest.id == opened.version.id:
            return
        tr = self._context.tr
        title = tr("paper.newer", number=newest.number)
        reading = tr("paper.newer.reading", number=opened.version.number)
        self.banner.set(tr.joined(reading, newest.note), Tone.NOTE, title=title)

    def _show_version(self, version: Version) -> None:
        if self._opened is not None:
            self._context.navigate(version_path(self._opened.paper.id, version))

    def _show_newest(self) -> None:
        if self._versions:
            self._show_version(self._versions[0])

    def _show_changes(self, old: Version, new: Version) -> None:
        if self._opened is not None:
            self._context.navigate(changes_path(self._opened.paper.id, old, new))

    def _show_newest_changes(self) -> None:
        if self._opened is not None and self._versions:
            self._show_changes(self._opened.version, self._versions[0])
