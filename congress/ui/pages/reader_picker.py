"""Choosing the paper to read beside another one: its own versions first, then all papers."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from congress.docs.library import Library
from congress.docs.model import Paper, Version
from congress.kernel.folding import fold
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.theme.tokens import TARGET, Type
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.fingers import Fingers

_MOST = 300


@dataclass(frozen=True, slots=True)
class Choice:
    """A paper to read, in its current version unless one is named."""

    paper_id: str
    version: str
    words: str


def choices(context: UiContext, library: Library, beside: PaperId) -> list[Choice]:
    """Return what can be read beside a paper; called outside the GUI thread."""
    tr, papers = context.tr, library.papers()
    versions: Sequence[Version] = library.versions(beside)
    own = next((paper for paper in papers if paper.id == beside), None)
    found = []
    if own is not None and len(versions) > 1:
        found = [
            Choice(
                own.id,
                version.id,
                tr("reader.beside.version", title=own.title, number=version.number),
            )
            for version in versions
        ]
    return [*found, *(Choice(paper.id, "", _words(context, paper)) for paper in papers)]


def _words(context: UiContext, paper: Paper) -> str:
    clearance = context.tr(f"clearance.{paper.clearance.value}")
    return context.tr.joined(paper.title, clearance)


class PaperPicker(Dialog):
    """A field to narrow the list, and the list. Enter takes the paper that is lit."""

    chosen = Signal(object)
    """The ``Choice``."""

    def __init__(
        self, context: UiContext, library: Library, beside: PaperId, parent: QWidget
    ) -> None:
        """Offer the papers of ``library`` to read beside ``beside``."""
        super().__init__(context, context.tr("reader.beside.title"), parent)
        self._all: Sequence[Choice] = ()
        self.field = SearchEdit(context, context.tr("reader.beside.field"))
        self.list = QListWidget()
        Fingers(self.list)
        self.list.setFont(context.theme.font(Type.BODY))
        self.list.setAccessibleName(context.tr("reader.beside.title"))
        self.list.setMinimumHeight(context.theme.px(6 * TARGET))
        self.column.addWidget(self.field)
        self.column.addWidget(self.list, 1)
        cancel = self.add_button(context.tr("dialog.cancel"))
        cancel.clicked.connect(self.reject)
        self.field.textChanged.connect(lambda _: self._fill())
        self.list.itemActivated.connect(self._take)
        self.list.itemClicked.connect(self._take)
        self.field.setFocus()

        def work(_: Progress) -> list[Choice]:
            return choices(context, library, beside)

        context.tasks.free(work).success(self._show).start()

    def _show(self, found: Sequence[Choice]) -> None:
        self._all = found
        self._fill()

    def _fill(self) -> None:
        words = fold(self.field.text()).split()
        self.list.clear()
        matching = (each for each in self._all if all(word in fold(each.words) for word in words))
        for _, each in zip(range(_MOST), matching, strict=False):
            item = QListWidgetItem(each.words)
            item.setData(VALUE_ROLE, each)
            size = item.sizeHint()
            size.setHeight(self.context.theme.px(TARGET))
            item.setSizeHint(size)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(VALUE_ROLE))
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list from the field; Enter takes."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            row = self.list.currentRow() + steps[Qt.Key(event.key())]
            self.list.setCurrentRow(min(max(0, row), self.list.count() - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (item := self.list.currentItem()) is not None:
                self._take(item)
        else:
            super().keyPressEvent(event)
