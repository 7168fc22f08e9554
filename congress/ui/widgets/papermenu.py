"""What can be done with one paper of a list: the menu of its row."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from congress.docs.reading_list import Reading
from congress.ui.context import UiContext
from congress.ui.models.listing import ListedPaper


class PaperMenu(QMenu):
    """The menu of one paper. It goes when it is closed."""

    def __init__(self, context: UiContext, row: ListedPaper, parent: QWidget) -> None:
        """Begin without entries."""
        super().__init__(parent)
        self._context, self.row = context, row
        self.setFont(parent.font())
        self.setAccessibleName(row.paper.title)

    def offer(self, words: str, icon: str, do: Callable[[], object]) -> None:
        """Add an entry."""
        action = self.addAction(self._context.theme.icon(icon, "ink"), words)
        action.triggered.connect(lambda _: do())

    @property
    def was_opened(self) -> bool:
        """Whether the member has opened the paper."""
        return self.row.reading is not Reading.UNREAD

    def ask(self, where: QPoint) -> None:
        """Show the menu at a point of the screen; it does not wait."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.popup(where)
