"""The panel beside the pages: small pictures of them, and the paper's own contents."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QListView, QListWidget, QListWidgetItem, QVBoxLayout

from congress.docs.pdfium import OutlineItem
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.models.thumbnails import ThumbnailModel
from congress.ui.render import Drawing, RenderWorker, Wanted
from congress.ui.theme.tokens import SPACE_2, SPACE_3, Type
from congress.ui.widgets.choice import SegmentedControl

_PICTURE = 132
_WIDTH = 196


class SidePanel(QFrame):
    """Thumbnails and contents of the open paper."""

    page_asked = Signal(int)
    """Go to a page, from 1."""

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
        self.choice = SegmentedControl(
            context,
            [(0, tr("reader.side.thumbnails")), (1, tr("reader.side.outline"))],
            name=tr("reader.side"),
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_3, 0, 0)
        for widget in (self.choice, self.thumbnails, self.outline):
            box.addWidget(widget)
        self._ask_later = QTimer(self, singleShot=True, interval=30)
        self._ask_later.timeout.connect(self._ask)
        self.model.needed.connect(self._need)
        self.thumbnails.clicked.connect(self._go)
        self.thumbnails.activated.connect(self._go)
        self.outline.itemActivated.connect(self._go_by_outline)
        self.outline.itemClicked.connect(self._go_by_outline)
        self.choice.chosen.connect(self._choose)

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
        self.choice.setVisible(bool(outline))
        self.choice.set_value(0)
        self._choose(0)

    def light(self, page: int) -> None:
        """Light the page (from 1) that is in front."""
        index = self.model.index(page - 1)
        if index.isValid():
            self.thumbnails.setCurrentIndex(index)

    def _choose(self, which: object) -> None:
        self.thumbnails.setVisible(which == 0)
        self.outline.setVisible(which == 1)

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
