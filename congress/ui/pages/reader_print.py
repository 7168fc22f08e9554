"""In the reader: the button that prints the paper, where the policy allows it."""

from PySide6.QtCore import QObject

from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader import ReaderPage
from congress.ui.printing import Printing


class PrintPart(QObject):
    """A button in the bar, and Ctrl+P; who may not print is told so when they ask."""

    def __init__(self, context: UiContext, page: ReaderPage, printing: Printing) -> None:
        """Join ``page``."""
        super().__init__(page)
        self._printing = printing
        self._opened: OpenedPaper | None = None
        self._page = 1
        self.action = page.bar.add_action(
            "print", context.tr("print.verb"), "printer", self.print, keys="Ctrl+P"
        )
        self.action.setEnabled(False)

    def opened(self, opened: OpenedPaper) -> None:
        """Learn what is read."""
        self._opened, self._page = opened, 1
        self.action.setEnabled(True)

    def closed(self) -> None:
        """Print nothing more."""
        self._opened = None
        self.action.setEnabled(False)

    def turned(self, page: int) -> None:
        """Remember which page is read."""
        self._page = page

    def print(self) -> None:
        """Ask for a printer and print."""
        if self._opened is not None:
            self._printing.print(self._opened, self._page)
