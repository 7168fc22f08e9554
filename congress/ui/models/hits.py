"""Pages that a search found, those of one paper together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from congress.docs.model import Hit
from congress.i18n.translator import Translator
from congress.kernel.ids import PaperId
from congress.ui.models.papers import META_ROLE
from congress.ui.models.rows import VALUE_ROLE, Index

FIRST_ROLE = Qt.ItemDataRole.UserRole + 4
"""Whether a page is the first one of its paper."""
SHOWN = 2
"""How many pages of one paper are shown before the others are asked for."""


@dataclass(frozen=True, slots=True)
class MoreHits:
    """Stands for the pages of a paper that are not shown.

    Attributes:
        paper: The paper.
        count: How many there are.
    """

    paper: PaperId
    count: int


def grouped(
    hits: Sequence[Hit], counts: Mapping[PaperId, int], opened: Mapping[PaperId, Sequence[Hit]]
) -> list[Hit | MoreHits]:
    """Return the hits with those of one paper together, at the place of its best one.

    Args:
        hits: The best first.
        counts: How many pages of each paper answer, as far as that is known.
        opened: All pages of the papers of which a person wanted to see all.
    """
    papers: dict[PaperId, list[Hit]] = {}
    for hit in hits:
        papers.setdefault(hit.paper, []).append(hit)
    rows: list[Hit | MoreHits] = []
    for paper, known in papers.items():
        if paper in opened:
            rows += opened[paper]
            continue
        rows += known[:SHOWN]
        if (more := max(len(known), counts.get(paper, 0)) - min(len(known), SHOWN)) > 0:
            rows.append(MoreHits(paper, more))
    return rows


class HitsModel(QAbstractListModel):
    """Pages that a search found, one a row, best first."""

    def __init__(self, tr: Translator, parent: QObject | None = None) -> None:
        """Begin with no hits."""
        super().__init__(parent)
        self._tr = tr
        self._rows: Sequence[Hit | MoreHits] = ()

    @property
    def rows(self) -> Sequence[Hit | MoreHits]:
        """The rows on show."""
        return self._rows

    def set_rows(self, rows: Sequence[Hit | MoreHits]) -> None:
        """Show other hits."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt or the delegate asks of a row."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == VALUE_ROLE:
            return row
        if isinstance(row, MoreHits):
            words = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return self._tr("library.more_hits", count=row.count) if role in words else None
        return self._of_hit(row, index.row(), role)

    def _of_hit(self, hit: Hit, at: int, role: int) -> object:
        page = self._tr("library.page", page=hit.page)
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == META_ROLE:
            return page
        if role == FIRST_ROLE:
            before = self._rows[at - 1] if at else None
            return before is None or before.paper != hit.paper
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._tr.listed(filter(None, (hit.title, page, hit.about, hit.snippet)))
        return None
