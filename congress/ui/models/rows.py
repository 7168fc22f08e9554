"""A table model over frozen values, one a row, with columns that say how to show them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from congress.kernel.folding import fold
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Tone, Type

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Column(Generic[T]):
    """How one column of a table is made from a value.

    Attributes:
        title: Its head, in the person's language.
        text: The words of a cell.
        sort: What the column is sorted by, if not by the words.
        number: Whether it holds numbers: set at the end side, digits of one width.
        strong: Whether it names the thing of the row.
        tone: The meaning of a cell, shown with ``icon``.
        icon: Phosphor name of a cell's mark, or empty.
        stretch: Whether it takes the width that is left.
    """

    title: str
    text: Callable[[T], str]
    sort: Callable[[T], object] | None = None
    number: bool = False
    strong: bool = False
    tone: Callable[[T], Tone] | None = None
    icon: Callable[[T], str] | None = None
    stretch: bool = False


class RowsModel(QAbstractTableModel, Generic[T]):
    """Shows values by columns. ``set_rows`` replaces them all."""

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column[T]],
        rows: Sequence[T] = (),
        parent: QObject | None = None,
    ) -> None:
        """Show ``rows`` by ``columns``."""
        super().__init__(parent)
        self._theme, self._columns, self._rows = theme, tuple(columns), tuple(rows)
        self._plain = theme.font(Type.LABEL)
        self._strong = theme.font(Type.STRONG)
        self._figures = theme.font(Type.LABEL, figures=True)

    @property
    def rows(self) -> tuple[T, ...]:
        """The values on show."""
        return self._rows

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """The columns."""
        return self._columns

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other values."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many values there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt asks of a cell."""
        if not index.isValid():
            return None
        column, value = self._columns[index.column()], self._rows[index.row()]
        roles = Qt.ItemDataRole
        if role in (roles.DisplayRole, roles.AccessibleTextRole):
            return column.text(value)
        if role == SORT_ROLE:
            return column.sort(value) if column.sort else column.text(value).casefold()
        if role == VALUE_ROLE:
            return value
        if role == roles.FontRole:
            return self._strong if column.strong else self._figures if column.number else None
        if role == roles.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignTrailing if column.number else Qt.AlignmentFlag.AlignLeading
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == roles.ForegroundRole and column.tone is not None:
            return self._theme.tone(column.tone(value))
        if (
            role == roles.DecorationRole
            and column.icon is not None
            and (name := column.icon(value))
        ):
            tone = column.tone(value) if column.tone else Tone.NEUTRAL
            return self._theme.icon(name, "muted" if tone is Tone.NEUTRAL else tone.value)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the head of a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignTrailing if column.number else Qt.AlignmentFlag.AlignLeading
            )
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class RowsFilter(QSortFilterProxyModel):
    """Sorts by ``SORT_ROLE`` and keeps the rows of which any cell holds the filter's words."""

    def __init__(
        self,
        source: RowsModel[T],
        fold: Callable[[str], str] = fold,
        parent: QObject | None = None,
    ) -> None:
        """Stand before ``source``; ``fold`` makes texts comparable for the filter."""
        super().__init__(parent)
        self._fold, self._words = fold, [""]
        self._rows_model = source
        self.setSourceModel(source)
        self.setSortRole(SORT_ROLE)

    def set_filter(self, text: str) -> None:
        """Keep only rows that hold every word of ``text``."""
        self.beginFilterChange()
        self._words = self._fold(text).split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Return whether a row holds every word."""
        value = self._rows_model.rows[source_row]
        text = self._fold(" ".join(column.text(value) for column in self._rows_model.columns))
        return all(word in text for word in self._words)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Compare by the columns' own order."""
        one, other = left.data(SORT_ROLE), right.data(SORT_ROLE)
        return bool(one < other)
