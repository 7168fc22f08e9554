"""A second paper beside the first: chosen from all papers, or another version of the same."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper
from congress.ui.pages.reader_picker import Choice, PaperPicker
from congress.ui.theme.tokens import SPACE_2, SPACE_3, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.paperpane import PaperPane
from congress.ui.widgets.sheetview import SheetView
from congress.ui.widgets.watermark import Watermark


class Beside(QObject):
    """Holds the second paper, and scrolls both together where one likes.

    Attributes:
        pane: The second paper.
        frame: What stands on the page: the paper and a line with its title over it.
    """

    changed = Signal()
    """The second paper came or went."""

    def __init__(
        self,
        context: UiContext,
        first: PaperPane,
        mark: Watermark,
        page: QWidget,
    ) -> None:
        """Begin without a second paper beside ``first``."""
        super().__init__(page)
        self._context, self._first, self._page = context, first, page
        self._moving = False
        self.pane = PaperPane(context, first.controller.another(), mark)
        self.frame = QFrame()
        tr = context.tr
        self.title = Elided(context, "", Type.STRONG)
        self.together = Button(
            context, kind=Kind.QUIET, icon="link", name=f"{tr('reader.together')} (Ctrl+Y)"
        )
        self.together.setCheckable(True)
        change = Button(context, kind=Kind.QUIET, icon="files", name=tr("reader.beside.title"))
        close = Button(context, kind=Kind.QUIET, icon="x", name=tr("reader.beside.close"))
        head = QFrame()
        head.setObjectName("topbar")
        row = QHBoxLayout(head)
        row.setContentsMargins(SPACE_3, 0, SPACE_2, 0)
        row.setSpacing(SPACE_2)
        row.addWidget(self.title, 1)
        for button in (self.together, change, close):
            row.addWidget(button)
        box = QVBoxLayout(self.frame)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(self.pane, 1)
        self.frame.hide()
        change.clicked.connect(self.choose)
        close.clicked.connect(self.shut)
        self.pane.opened.connect(self._opened)
        self.pane.none.acted.connect(self.choose)
        for pane, other in ((first, self.pane), (self.pane, first)):
            for view in (pane.pages, pane.text):
                bar = view.verticalScrollBar()
                bar.valueChanged.connect(
                    lambda _, pane=pane, other=other, view=view: self._follow(pane, other, view)
                )

    @property
    def open_(self) -> bool:
        """Whether there is a second paper."""
        return not self.frame.isHidden()

    def toggle(self) -> None:
        """Choose a second paper, or let it go."""
        if self.open_:
            self.shut()
        else:
            self.changed.emit()
            self.choose()

    def choose(self) -> PaperPicker | None:
        """Let the person choose the second paper."""
        opened = self._first.paper
        if opened is None:
            return None
        library = self._first.controller.library
        picker = PaperPicker(self._context, library, opened.paper.id, self._page)
        picker.chosen.connect(self._chosen)
        picker.open()
        return picker

    def _chosen(self, choice: Choice) -> None:
        self.open(choice.paper_id, choice.version)

    def open(self, paper_id: str, version: str = "") -> None:
        """Read a paper beside the first."""
        self.frame.show()
        self.pane.open(paper_id, version)
        self.changed.emit()

    def shut(self) -> None:
        """Let the second paper go."""
        self.pane.shut()
        self.frame.hide()
        self.changed.emit()
        self._first.view.setFocus()

    def _opened(self, opened: OpenedPaper) -> None:
        tr = self._context.tr
        newest = opened.version.id == opened.paper.version_id
        title = opened.paper.title
        self.title.setText(
            title
            if newest
            else tr("reader.beside.version", title=title, number=opened.version.number)
        )

    def toggle_together(self) -> None:
        """Scroll both papers together, or each alone."""
        self.together.toggle()

    def _follow(self, pane: PaperPane, other: PaperPane, view: SheetView) -> None:
        if not self.open_ or not self.together.isChecked() or self._moving:
            return
        if pane.view is not view:
            return
        self._moving = True
        bar, others = view.verticalScrollBar(), other.view.verticalScrollBar()
        share = bar.value() / max(1, bar.maximum())
        others.setValue(round(share * others.maximum()))
        self._moving = False
