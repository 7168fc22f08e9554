"""The paper's own table of contents as a tree that follows the reading place."""

from bisect import bisect_left
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from congress.docs.pdfium import OutlineItem
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.theme.tokens import SPACE_4, Type
from congress.ui.widgets.fingers import Fingers


class OutlineTree(QTreeWidget):
    """Sections, each leading to its page. Mirrors with the layout."""

    page_asked = Signal(int)
    """Go to a page, from 1."""

    def __init__(self, context: UiContext) -> None:
        """Begin empty."""
        super().__init__()
        self._items: list[QTreeWidgetItem] = []
        self._pages: list[int] = []
        self._order: list[int] = []
        self.setObjectName("clear")
        self.setAccessibleName(context.tr("reader.side.outline"))
        self.setFont(context.theme.font(Type.LABEL))
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setUniformRowHeights(False)
        self.setIndentation(SPACE_4)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._go)
        Fingers(self)
        self.itemClicked.connect(self._go)

    def set_outline(self, outline: Sequence[OutlineItem]) -> None:
        """Show other sections."""
        self.clear()
        self._items = []
        above: list[tuple[int, QTreeWidgetItem]] = []
        for section in outline:
            while above and above[-1][0] >= section.level:
                above.pop()
            item = QTreeWidgetItem([section.title])
            item.setToolTip(0, section.title)
            item.setData(0, VALUE_ROLE, section.page)
            if above:
                above[-1][1].addChild(item)
            else:
                self.addTopLevelItem(item)
            above.append((section.level, item))
            self._items.append(item)
        self._order = sorted(range(len(outline)), key=lambda at: (outline[at].page, at))
        self._pages = [outline[at].page for at in self._order]
        if len(outline) <= 60:
            self.expandAll()

    def light(self, page: int) -> str:
        """Light the section that page ``page`` (from 1) is in, and return its title.

        Of several that begin on the page it is the one that was chosen, or else the first.
        """
        current = self.currentItem()
        if current is not None and current.data(0, VALUE_ROLE) == page:
            return current.text(0)
        at = bisect_left(self._pages, page)
        if self._pages[at : at + 1] != [page]:
            at -= 1
        if at < 0:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return ""
        item = self._items[self._order[at]]
        if item is not self.currentItem():
            self.setCurrentItem(item)
            self.scrollToItem(item)
        return item.text(0)

    def _go(self, item: QTreeWidgetItem) -> None:
        self.page_asked.emit(item.data(0, VALUE_ROLE))
