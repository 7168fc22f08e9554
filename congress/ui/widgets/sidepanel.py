"""The panel beside the pages: tabs with the pages in small, the contents, and what is added."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QSize, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from congress.docs.pdfium import OutlineItem
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.models.thumbnails import ThumbnailModel
from congress.ui.render import Drawing, RenderWorker, Wanted
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.text import Text

THUMBNAILS, OUTLINE = "thumbnails", "outline"
_PICTURE = 132
_WIDTH = 280
_TABS_IN_A_ROW = 5


class SidePanel(QFrame):
    """Thumbnails and contents of the open paper, and tabs that other parts add."""

    page_asked = Signal(int)
    """Go to a page, from 1."""
    tab_shown = Signal(str)
    """The key of the tab that came to the front."""

    def __init__(self, context: UiContext) -> None:
        """Begin without a paper."""
        super().__init__()
        self.setObjectName("inspector")
        self._context = context
        tr, theme = context.tr, context.theme
        self.setFixedWidth(theme.px(_WIDTH))
        self._worker: RenderWorker | None = None
        self._asked: list[int] = []
        self._waiting: list[int] = []
        self.model = ThumbnailModel(tr, theme.px(_PICTURE), self)
        self.thumbnails = QListView()
        self.thumbnails.setModel(self.model)
        self.thumbnails.setAccessibleName(tr("reader.side.thumbnails"))
        self.thumbnails.setViewMode(QListView.ViewMode.IconMode)
        self.thumbnails.setFlow(QListView.Flow.TopToBottom)
        self.thumbnails.setWrapping(False)
        self.thumbnails.setMovement(QListView.Movement.Static)
        self.thumbnails.setSpacing(SPACE_2)
        self.thumbnails.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.thumbnails.setFont(theme.font(Type.CAPTION, figures=True))
        self.thumbnails.setObjectName("clear")
        self.outline = QListWidget()
        self.outline.setObjectName("clear")
        self.outline.setAccessibleName(tr("reader.side.outline"))
        self.outline.setFont(theme.font(Type.LABEL))
        self.outline.setWordWrap(True)
        self._tabs: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._row = QGridLayout()
        self._row.setSpacing(SPACE_1)
        self._row.setColumnStretch(_TABS_IN_A_ROW, 1)
        self.heading = Text(context, "", Type.STRONG, wrap=False)
        self.stack = QStackedWidget()
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_2, 0, 0)
        box.setSpacing(SPACE_2)
        box.addLayout(self._row)
        box.addWidget(self.heading)
        box.addWidget(self.stack, 1)
        self.add_tab(THUMBNAILS, tr("reader.side.thumbnails"), "squares-four", self.thumbnails)
        self.add_tab(OUTLINE, tr("reader.side.outline"), "list-bullets", self.outline)
        self._ask_later = QTimer(self, singleShot=True, interval=30)
        self._ask_later.timeout.connect(self._ask)
        self.model.needed.connect(self._need)
        self.thumbnails.clicked.connect(self._go)
        self.thumbnails.activated.connect(self._go)
        self.outline.itemActivated.connect(self._go_by_outline)
        self.outline.itemClicked.connect(self._go_by_outline)

    def add_tab(self, key: str, label: str, icon: str, widget: QWidget) -> None:
        """Add a tab.

        Args:
            key: Names the tab for ``show_tab``.
            label: Its name, for the eye and for screen readers.
            icon: Phosphor name.
            widget: What it shows; the panel owns it from now on.
        """
        button = Button(self._context, kind=Kind.QUIET, icon=icon, name=label)
        button.setCheckable(True)
        button.clicked.connect(partial(self.show_tab, key))
        at = len(self._tabs)
        self._row.addWidget(button, at // _TABS_IN_A_ROW, at % _TABS_IN_A_ROW)
        self._group.addButton(button)
        self._tabs[key] = button
        self.stack.addWidget(widget)
        if at == 0:
            self.show_tab(key)

    def show_tab(self, key: str) -> None:
        """Bring a tab to the front."""
        button = self._tabs[key]
        button.setChecked(True)
        self.stack.setCurrentIndex(list(self._tabs).index(key))
        self.heading.setText(button.accessibleName())
        self.tab_shown.emit(key)

    @property
    def tab(self) -> str:
        """The key of the tab in front."""
        return list(self._tabs)[self.stack.currentIndex()]

    def set_tab_visible(self, key: str, visible: bool) -> None:
        """Offer a tab, or take it back while there is nothing to show in it."""
        self._tabs[key].setVisible(visible)
        if not visible and self.tab == key:
            self.show_tab(next(other for other in self._tabs if other != key))

    def show_paper(
        self,
        sizes: Sequence[tuple[float, float]],
        outline: Sequence[OutlineItem],
        worker: RenderWorker,
    ) -> None:
        """Show the pages of a paper, drawn by ``worker``, and its contents."""
        self._worker = worker
        self._asked, self._waiting = [], []
        worker.drawn.connect(self._take)
        self.model.set_pages(sizes)
        tallest = max((height / width for width, height in sizes), default=1.4)
        side = self.model.width
        self.thumbnails.setIconSize(QSize(side, round(side * min(tallest, 2.0))))
        self.outline.clear()
        for item in outline:
            line = QListWidgetItem("   " * item.level + item.title)
            line.setData(VALUE_ROLE, item.page)
            self.outline.addItem(line)
        self.set_tab_visible(OUTLINE, bool(outline))

    def light(self, page: int) -> None:
        """Light the page (from 1) that is in front."""
        index = self.model.index(page - 1)
        if index.isValid():
            self.thumbnails.setCurrentIndex(index)

    def _go(self, index: QModelIndex) -> None:
        self.page_asked.emit(index.data(VALUE_ROLE))

    def _go_by_outline(self, item: QListWidgetItem) -> None:
        self.page_asked.emit(item.data(VALUE_ROLE))

    def _need(self, page: int) -> None:
        self._asked.append(page)
        self._ask_later.start()

    def _ask(self) -> None:
        if self._worker is not None:
            self._waiting = self._asked + self._waiting
            self._asked = []
            self._worker.want_small([Wanted(page, self._scale(page)) for page in self._waiting])

    def _scale(self, page: int) -> float:
        return self.model.scale(page) * self.devicePixelRatioF()

    def _take(self, drawing: Drawing) -> None:
        page = drawing.wanted.page
        if page in self._waiting and drawing.wanted.scale == self._scale(page):
            self._waiting.remove(page)
            image = drawing.image
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self.model.set_picture(page, image)
