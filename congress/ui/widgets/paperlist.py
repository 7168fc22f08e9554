"""Lists that open their rows by click, touch and keyboard, and offer a menu for each."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QWidget,
)

from congress.ui.models.rows import VALUE_ROLE
from congress.ui.widgets.fingers import Fingers

_BATCH = 200
"""Rows that are laid out before the window gets its turn again."""


class PaperList(QListView):
    """A list whose rows open by click, touch and Enter.

    A long press, the right button of the mouse and the menu key ask for the menu of a row.
    """

    chosen = Signal(object)
    """The value of the row that a person opened."""
    opened = Signal(object)
    """The value of the row that was opened by a double click or Ctrl+Enter."""
    menu_asked = Signal(object, QPoint)
    """The value of a row, and where on the screen its menu may stand."""
    lighted = Signal(object)
    """The value of the row the keyboard is on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Begin empty; ``name`` is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setBatchSize(_BATCH)
        self.setMouseTracking(True)
        Fingers(self)
        self.clicked.connect(self._choose)
        self.doubleClicked.connect(self._open)

    def set_uniform(self, uniform: bool) -> None:
        """Tell whether all rows are of one height; those of several are laid out in batches."""
        mode = QListView.LayoutMode
        self.setUniformItemSizes(uniform)
        self.setLayoutMode(mode.SinglePass if uniform else mode.Batched)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row with Enter."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not enter or not self.currentIndex().isValid():
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._open(self.currentIndex())
        else:
            self._choose(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a row, the current one if the keyboard asked."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            where = self.visualRect(index).center()
            self._ask_menu(index, self.viewport().mapToGlobal(where))
        else:
            self._ask_menu(self.indexAt(event.pos()), event.globalPos())

    def _ask_menu(self, index: QModelIndex, where: QPoint) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.setCurrentIndex(index)
            self.menu_asked.emit(index.data(VALUE_ROLE), where)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(VALUE_ROLE))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(VALUE_ROLE))

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell which row the keyboard is on."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.lighted.emit(current.data(VALUE_ROLE))
