"""The pages of a paper as small pictures, drawn when they are looked at."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap

from congress.i18n.translator import Translator
from congress.ui.models.rows import VALUE_ROLE, Index

_KEPT = 300
"""Pictures that stay in memory, about 50 kB each."""
_TALLEST = 2.0
"""The most height of a picture, in widths."""


class ThumbnailModel(QAbstractListModel):
    """Pages, one a row, each with its number and its picture as it comes."""

    needed = Signal(int)
    """A page (from 0) whose picture is looked at for the first time."""

    def __init__(self, tr: Translator, width: int, parent: QObject | None = None) -> None:
        """Begin with no pages; pictures are ``width`` pixels wide."""
        super().__init__(parent)
        self._tr, self.width = tr, width
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._labels: tuple[str, ...] = ()
        self._pictures: OrderedDict[int, QIcon] = OrderedDict()
        self._asked: set[int] = set()

    def set_pages(self, sizes: Sequence[tuple[float, float]], labels: Sequence[str] = ()) -> None:
        """Show pages of these sizes in points, called by their labels if they have any."""
        self.beginResetModel()
        self._sizes, self._labels = tuple(sizes), tuple(labels)
        self._pictures.clear()
        self._asked.clear()
        self.endResetModel()

    def height(self, page: int) -> int:
        """Return how high the picture of a page (from 0) is."""
        width, height = self._sizes[page]
        return max(8, round(self.width * min(height / width, _TALLEST)))

    def scale(self, page: int) -> float:
        """Return the pixels per point of a page's picture."""
        return self.width / self._sizes[page][0]

    def set_picture(self, page: int, picture: QImage) -> None:
        """Show the picture of a page (from 0)."""
        self._pictures[page] = _untinted(QPixmap.fromImage(picture))
        if len(self._pictures) > _KEPT:
            gone, _ = self._pictures.popitem(last=False)
            self._asked.discard(gone)
        self.dataChanged.emit(self.index(page), self.index(page), [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many pages there are."""
        return 0 if parent is not None and parent.isValid() else len(self._sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt asks of a page."""
        if not index.isValid():
            return None
        page, roles = index.row(), Qt.ItemDataRole
        if role == roles.DisplayRole:
            return self._labels[page] if self._labels else self._tr.number(page + 1)
        if role == roles.AccessibleTextRole:
            return self._tr("library.page", page=page + 1)
        if role == VALUE_ROLE:
            return page + 1
        if role == roles.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignHCenter)
        if role == roles.DecorationRole:
            if page not in self._asked:
                self._asked.add(page)
                self.needed.emit(page)
            return self._pictures.get(page) or self._blank(page)
        return None

    def _blank(self, page: int) -> QIcon:
        blank = QPixmap(QSize(self.width, round(self._sizes[page][1] * self.scale(page))))
        blank.fill(QColor("white"))
        return _untinted(blank)


def _untinted(picture: QPixmap) -> QIcon:
    """Return an icon that looks the same when its row is selected."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
