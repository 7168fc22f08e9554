"""People down, papers across: everything about reading on one page, cell by cell."""

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from congress.docs.access import ReadState
from congress.secretariat.readership import reader_name, state_text
from congress.ui.context import UiContext
from congress.ui.controllers.access import Readership
from congress.ui.models.access import STATE_ROLE, GridModel, meeting_text
from congress.ui.models.rows import VALUE_ROLE
from congress.ui.theme.tokens import SPACE_3, TARGET, Type
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.readstates import ORDER, legend, paint_mark
from congress.ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex


class _Cells(QStyledItemDelegate):
    """Draws the mark of a state."""

    def __init__(self, context: UiContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = context.theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        state = index.data(STATE_ROLE)
        if isinstance(state, ReadState):
            painter.save()
            paint_mark(painter, self._theme, state, QRectF(option.rect))
            painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        side = self._theme.px(TARGET)
        return QSize(side, side)


class AccessGrid(QWidget):
    """The grid, what its marks mean, and the selected cell in words."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._context = context
        tr, theme = context.tr, context.theme
        self.model = GridModel(tr, theme, self)
        self.view = QTableView()
        Fingers(self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Cells(context, self.view))
        self.view.setAccessibleName(tr("access.grid"))
        self.view.setShowGrid(False)
        self.view.setTabKeyNavigation(False)
        self.view.setCornerButtonEnabled(False)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for head in (self.view.horizontalHeader(), self.view.verticalHeader()):
            head.setFont(theme.font(Type.LABEL))
            head.setHighlightSections(False)
            head.setObjectName("gridHead")
        across, down = self.view.horizontalHeader(), self.view.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        across.setMinimumSectionSize(theme.px(TARGET))
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(theme.px(TARGET))
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.told = Text(context, tr("access.choose_cell"), Type.LABEL)
        states = (*ORDER, ReadState.BARRED)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addWidget(
            legend(context, lambda state: state_text(tr, state), bars=False, states=states)
        )
        box.addWidget(self.view, 1)
        box.addWidget(self.told)
        self.view.selectionModel().selectionChanged.connect(self._tell)

    def show_readership(self, shown: Readership, *, missing_only: bool) -> None:
        """Show who has read what."""
        self.model.set_shown(shown, missing_only=missing_only)
        self.told.setText(self._context.tr("access.choose_cell"))

    def _tell(self, _new: QItemSelection, _old: QItemSelection) -> None:
        tr, met = self._context.tr, self.view.currentIndex().data(VALUE_ROLE)
        if met is not None:
            self.told.setText(
                tr.joined(reader_name(tr, met.reader), met.paper.title, meeting_text(tr, met))
            )
