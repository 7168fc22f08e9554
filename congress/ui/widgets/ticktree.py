"""A tree of boxes to tick in groups: a group's own box ticks all of it, or shows that some are."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from congress.kernel.folding import fold
from congress.ui.context import UiContext
from congress.ui.theme.tokens import TARGET, Type
from congress.ui.widgets.choice import paint_box
from congress.ui.widgets.fingers import Fingers

Index = QModelIndex | QPersistentModelIndex

_VALUE = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Tick:
    """One box.

    Attributes:
        value: What it stands for.
        text: Its words.
        hint: Words at the end side, or empty.
    """

    value: object
    text: str
    hint: str = ""


class _Boxes(QStyledItemDelegate):
    """Draws the boxes as everywhere else; a click anywhere on the words turns one."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if index.column() or state is None:
            return
        self.initStyleOption(option, index)
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        where = option.widget.style().subElementRect(part, option, option.widget)
        painter.save()
        paint_box(painter, self._theme, QRectF(where), Qt.CheckState(state))
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if not isinstance(event, QMouseEvent) or state is None:
            return super().editorEvent(event, model, option, index)
        if event.type() is not QEvent.Type.MouseButtonRelease:
            return True
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        on = Qt.CheckState(state) is not Qt.CheckState.Checked
        return model.setData(index, _state(on), Qt.ItemDataRole.CheckStateRole)


class TickTree(QTreeWidget):
    """Groups of boxes. A tap on a line or Space ticks, the arrow keys move, open and close."""

    changed = Signal()
    """Something was ticked, or ticked no more."""

    def __init__(self, context: UiContext, name: str, parent: QWidget | None = None) -> None:
        """Begin empty; ``name`` says what is chosen here, for screen readers."""
        super().__init__(parent)
        self._context = context
        theme = context.theme
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAccessibleName(name)
        self.setFont(theme.font(Type.LABEL))
        self.setUniformRowHeights(False)
        self.setIndentation(theme.px(24))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QTreeWidget.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(theme.px(24))
        self.setItemDelegate(_Boxes(context, self))
        Fingers(self)
        self.itemChanged.connect(self._tell)
        self.itemClicked.connect(self._turn)

    def set_groups(self, groups: Sequence[tuple[str, Sequence[Tick]]], *, ticked: bool) -> None:
        """Show other boxes; values that were ticked stay so, and new ones begin as ``ticked``."""
        before = {item.data(0, _VALUE): self._on(item) for item in self._leaves()}
        with QSignalBlocker(self):
            self.clear()
            for title, ticks in groups:
                group = QTreeWidgetItem(self, [title, self._context.tr.number(len(ticks))])
                self._shape(group, title)
                group.setFont(0, self._context.theme.font(Type.STRONG))
                group.setFlags(group.flags() | Qt.ItemFlag.ItemIsAutoTristate)
                for tick in ticks:
                    item = QTreeWidgetItem(group, [tick.text, tick.hint])
                    self._shape(item, f"{title} {tick.text} {tick.hint}")
                    item.setData(0, _VALUE, tick.value)
                    on = before.get(tick.value, ticked)
                    item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self.expandAll()
        self.changed.emit()

    def _shape(self, item: QTreeWidgetItem, words: str) -> None:
        theme = self._context.theme
        item.setData(0, _WORDS, fold(words))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(0, Qt.CheckState.Unchecked)
        item.setForeground(1, theme.colour("muted"))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        height = max(theme.px(TARGET), self.fontMetrics().height() + theme.px(16))
        item.setSizeHint(0, QSize(1, height))

    def ticked(self) -> list[object]:
        """Return the values that are ticked, in order."""
        return [item.data(0, _VALUE) for item in self._leaves() if self._on(item)]

    def set_ticked(self, value: object, *, on: bool) -> None:
        """Tick one value, or tick it no more."""
        for item in self._leaves():
            if item.data(0, _VALUE) == value:
                item.setCheckState(0, _state(on))

    def tick_all(self, *, on: bool) -> None:
        """Tick everything that is in sight, or nothing of it."""
        with QSignalBlocker(self):
            for item in self._leaves():
                if not item.isHidden():
                    item.setCheckState(0, _state(on))
        self.viewport().update()
        self.changed.emit()

    def narrow(self, typed: str) -> None:
        """Keep only lines in sight that hold every word of ``typed``."""
        words = fold(typed).split()
        for group in self._groups():
            shown = 0
            for item in _children(group):
                fits = all(word in str(item.data(0, _WORDS)) for word in words)
                item.setHidden(not fits)
                shown += fits
            group.setHidden(not shown)

    def _groups(self) -> list[QTreeWidgetItem]:
        found = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [group for group in found if group is not None]

    def _leaves(self) -> list[QTreeWidgetItem]:
        return [item for group in self._groups() for item in _children(group)]

    def _on(self, item: QTreeWidgetItem) -> bool:
        return item.checkState(0) is Qt.CheckState.Checked

    def _tell(self, _item: QTreeWidgetItem, _column: int) -> None:
        self.changed.emit()

    def _turn(self, item: QTreeWidgetItem, column: int) -> None:
        """Tick by a touch on the hint as well, which bears no box."""
        if column == 1:
            item.setCheckState(0, _state(not self._on(item)))


def _children(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (group.child(line) for line in range(group.childCount()))
    return [item for item in found if item is not None]


def _state(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
