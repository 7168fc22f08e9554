"""The panel beside the pages: tabs with the pages in small, the contents, and what is added."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from congress.docs.pdfium import OutlineItem
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.models.thumbnails import ThumbnailModel
from congress.ui.pagerender import PageForm, RenderWorker
from congress.ui.sheets import Drawing, Wanted
from congress.ui.theme.tokens import SPACE_1, SPACE_2, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.hitlist import HitList
from congress.ui.widgets.layout import hairline
from congress.ui.widgets.outlinetree import OutlineTree
from congress.ui.widgets.text import Text
from congress.ui.widgets.thumbnaildelegate import ThumbnailDelegate

THUMBNAILS, OUTLINE, HITS = "thumbnails", "outline", "hits"
_PICTURE = 132
_WIDTH = 312
_TABS_IN_A_ROW = 6


class SidePanel(QFrame):
    """Thumbnails, contents and places found of the open paper, and tabs that others add."""

    page_asked = Signal(int)
    """Go to a page, from 1."""
    tab_shown = Signal(str)
    """The key of the tab that came to the front."""
    closed = Signal()
    """The person closed the panel."""

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
        self._tabs: dict[str, Button] = {}
        self._offered: set[str] = set()
        self.model = ThumbnailModel(tr, theme.px(_PICTURE), self)
        self.thumbnails = self._thumbnail_list()
        self.outline = OutlineTree(context)
        self.hits = HitList(context)
        self._group = QButtonGroup(self)
        self._row = QGridLayout()
        self._row.setSpacing(SPACE_1)
        self._row.setColumnStretch(_TABS_IN_A_ROW, 1)
        self.heading = Text(context, "", Type.STRONG, wrap=False)
        close = Button(context, kind=Kind.QUIET, icon="x", name=tr("reader.side.close"))
        close.clicked.connect(self.closed)
        self.stack = QStackedWidget()
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(close)
        column = QVBoxLayout()
        column.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, 0)
        column.setSpacing(SPACE_1)
        column.addLayout(self._row)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(column, 1)
        across.addWidget(hairline(Qt.Orientation.Vertical))
        self.add_tab(THUMBNAILS, tr("reader.side.thumbnails"), "squares-four", self.thumbnails)
        self.add_tab(OUTLINE, tr("reader.side.outline"), "list-bullets", self.outline)
        self.add_tab(HITS, tr("reader.side.hits"), "magnifying-glass", self.hits)
        self._ask_later = QTimer(self, singleShot=True, interval=30)
        self._ask_later.timeout.connect(self._ask)
        self.model.needed.connect(self._need)
        self.thumbnails.clicked.connect(self._go)
        self.thumbnails.activated.connect(self._go)
        self.outline.page_asked.connect(self.page_asked)

    def _thumbnail_list(self) -> QListView:
        view, theme = QListView(), self._context.theme
        view.setModel(self.model)
        Fingers(view)
        view.setAccessibleName(self._context.tr("reader.side.thumbnails"))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSpacing(SPACE_1)
        view.setItemDelegate(ThumbnailDelegate(self._context, view))
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setFont(theme.font(Type.CAPTION, figures=True))
        view.setObjectName("clear")
        return view

    # Tabs

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
        self._group.addButton(button)
        self._tabs[key] = button
        self._offered.add(key)
        self.stack.addWidget(widget)
        self._lay_tabs()
        if len(self._tabs) == 1:
            self.show_tab(key)

    def _lay_tabs(self) -> None:
        offered = [button for key, button in self._tabs.items() if key in self._offered]
        for at, button in enumerate(offered):
            self._row.addWidget(button, at // _TABS_IN_A_ROW, at % _TABS_IN_A_ROW)

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
        (self._offered.add if visible else self._offered.discard)(key)
        self._tabs[key].setVisible(visible)
        self._lay_tabs()
        if not visible and self.tab == key and self._offered:
            self.show_tab(next(other for other in self._tabs if other in self._offered))

    # The paper

    def show_paper(
        self,
        sizes: Sequence[tuple[float, float]],
        outline: Sequence[OutlineItem],
        worker: RenderWorker | None,
        labels: Sequence[str] = (),
    ) -> None:
        """Show the pages of a paper, drawn by ``worker``, and its contents."""
        if self._worker is not worker and worker is not None:
            worker.drawn.connect(self._take)
        self._worker = worker
        self._asked, self._waiting = [], []
        self.model.set_pages(sizes, labels)
        self.outline.set_outline(outline)
        self.set_tab_visible(THUMBNAILS, bool(sizes))
        self.set_tab_visible(OUTLINE, bool(outline))
        if sizes and self.tab == HITS:
            self.show_tab(THUMBNAILS)

    def light(self, page: int) -> str:
        """Light the page (from 1) that is in front; return the title of its section."""
        index = self.model.index(page - 1)
        if index.isValid() and index != self.thumbnails.currentIndex():
            self.thumbnails.setCurrentIndex(index)
        return self.outline.light(page)

    def _go(self, index: QModelIndex) -> None:
        self.page_asked.emit(index.data(VALUE_ROLE))

    def _need(self, page: int) -> None:
        self._asked.append(page)
        self._ask_later.start()

    def _ask(self) -> None:
        if self._worker is not None:
            self._waiting = (self._asked + self._waiting)[:200]
            self._asked = []
            self._worker.want_small([Wanted(page, self._form(page)) for page in self._waiting])

    def _form(self, page: int) -> PageForm:
        return PageForm(round(self.model.scale(page) * self.devicePixelRatioF(), 4))

    def _take(self, drawing: Drawing) -> None:
        page = drawing.wanted.sheet
        if page in self._waiting and drawing.wanted.form == self._form(page):
            self._waiting.remove(page)
            image = drawing.image
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self.model.set_picture(page, image)
