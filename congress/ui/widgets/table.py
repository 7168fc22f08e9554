"""A table: sorted by its heads, filtered by words, copied with Ctrl+C, exported."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QItemSelection, QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from congress.kernel.folding import fold
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE, Column, RowsFilter, RowsModel
from congress.ui.theme.tokens import SPACE_2, SPACE_3, TARGET, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.text import Text, restyle

T = TypeVar("T")


class _View(QTableView):
    """Copies whole rows, where Qt's own view would copy one cell."""

    copy_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)


class DataTable(QWidget, Generic[T]):
    """Values in a table, one a row.

    Attributes:
        view: Qt's view.
        tools: The line above the table: the filter, then what a page adds.
    """

    activated = Signal(object)
    """A row was opened by Enter or a double click; carries its value."""
    selected = Signal(object)
    """Another row is selected; carries its value, or ``None``."""
    export_asked = Signal()
    """"Export" was pressed."""

    def __init__(
        self,
        context: UiContext,
        columns: Sequence[Column[T]],
        rows: Sequence[T] = (),
        *,
        name: str,
        fold: Callable[[str], str] = fold,
        filtering: bool = True,
        exporting: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``rows`` by ``columns``.

        Args:
            context: The surroundings.
            columns: How cells are made.
            rows: The values.
            name: What the table holds, for screen readers.
            fold: Makes texts comparable for the filter (marks ignored).
            filtering: Whether there is a filter field.
            exporting: Whether there is an "Export" button.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context = context
        self.model = RowsModel(context.theme, columns, rows, self)
        self.proxy = RowsFilter(self.model, fold, self)
        self.view = _View()
        self.filter = SearchEdit(context, context.tr("table.filter"))
        self.none = Text(context, context.tr("table.none_match"), Type.LABEL, "muted")
        self.tools = QHBoxLayout()
        self._lay_out(filtering, exporting)
        self._dress_view(name)
        self._connect()

    def _lay_out(self, filtering: bool, exporting: bool) -> None:
        context = self._context
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        self.tools.setSpacing(SPACE_2)
        if not filtering:
            self.filter.hide()
        self.filter.setMaximumWidth(context.theme.px(360))
        self.tools.addWidget(self.filter, 1)
        self.tools.addStretch(1)
        if exporting:
            export = Button(context, context.tr("table.export"), Kind.QUIET, "export")
            export.clicked.connect(self.export_asked)
            self.tools.addWidget(export)
        if filtering or exporting:
            box.addLayout(self.tools)
        box.addWidget(self.view, 1)
        self.none.hide()
        box.addWidget(self.none)

    def _dress_view(self, name: str) -> None:
        view, theme = self.view, self._context.theme
        Fingers(view)
        view.setModel(self.proxy)
        view.setAccessibleName(name)
        view.setFont(theme.font(Type.LABEL))
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setSortingEnabled(True)
        view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.verticalHeader().hide()
        metrics = view.fontMetrics()
        view.verticalHeader().setDefaultSectionSize(max(TARGET, metrics.height() + 2 * SPACE_3))
        head = view.horizontalHeader()
        head.setFont(theme.font(Type.CAPTION))
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumHeight(theme.px(TARGET))
        # Qt's own follows the widest sign of the font, which in Urdu is a whole phrase.
        head.setMinimumSectionSize(theme.px(TARGET))
        modes = QHeaderView.ResizeMode
        for at, column in enumerate(self.model.columns):
            mode = modes.Stretch if column.stretch else modes.ResizeToContents
            head.setSectionResizeMode(at, mode)
        head.setResizeContentsPrecision(64)
        self._corner = corner = QFrame()
        corner.setObjectName("headCorner")
        view.addScrollBarWidget(corner, Qt.AlignmentFlag.AlignTop)
        view.verticalScrollBar().rangeChanged.connect(
            self._scrolls, Qt.ConnectionType.QueuedConnection
        )
        view.setMinimumHeight(theme.px(36 + 3 * TARGET))

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.view.activated.connect(self._activate)
        self.view.selectionModel().selectionChanged.connect(self._select)
        copy = QAction(self._context.tr("table.copy"), self.view)
        copy.triggered.connect(self.copy)
        self.view.copy_asked.connect(self.copy)
        self.view.addAction(copy)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _scrolls(self, least: int, most: int) -> None:
        head = self.view.horizontalHeader()
        scrolled = most > least
        self._corner.setFixedHeight(head.height())
        if head.property("scrolled") != scrolled:
            head.setProperty("scrolled", scrolled)
            restyle(head)

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other values; the filter and the order stay."""
        self.model.set_rows(rows)
        self._tell_if_none()

    @property
    def current(self) -> T | None:
        """The value of the current row, or ``None``."""
        index = self.view.currentIndex()
        return cast(T, index.data(VALUE_ROLE)) if index.isValid() else None

    @property
    def chosen(self) -> list[T]:
        """The values of all selected rows, in the order on the screen."""
        rows = self.view.selectionModel().selectedRows()
        return [index.data(VALUE_ROLE) for index in sorted(rows, key=QModelIndex.row)]

    def copy(self) -> None:
        """Put the selected rows on the clipboard, cells parted by tabs, with the heads."""
        rows = sorted(self.view.selectionModel().selectedRows(), key=QModelIndex.row)
        columns = self.model.columns
        lines = ["\t".join(column.title for column in columns)]
        lines += [
            "\t".join(column.text(index.data(VALUE_ROLE)) for column in columns) for index in rows
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        text = self._context.tr("table.copied", count=len(rows))
        self._context.toasts.show_toast(text, Tone.GOOD)

    def _filter(self, text: str) -> None:
        self.proxy.set_filter(text)
        self._tell_if_none()

    def _tell_if_none(self) -> None:
        self.none.setVisible(bool(self.model.rows) and not self.proxy.rowCount())

    def _activate(self, index: QModelIndex) -> None:
        self.activated.emit(index.data(VALUE_ROLE))

    def _select(self, _new: QItemSelection, _old: QItemSelection) -> None:
        rows = self.view.selectionModel().selectedRows()
        self.selected.emit(rows[0].data(VALUE_ROLE) if rows else None)
