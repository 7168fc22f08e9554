"""All places that a search inside a paper found, each with the words around it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from congress.docs.text.pdf import reads_rtl
from congress.ui.context import UiContext
from congress.ui.controllers.reader_find import Found
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import SPACE_2, SPACE_3, TARGET, Type
from congress.ui.widgets.fingers import Fingers

_AROUND = 42
"""Characters shown before and after the words found."""
_NARROWEST = 40.0
_FORMAT_ROLE = VALUE_ROLE + 1


class HitModel(QAbstractListModel):
    """The places found, with snippets made when they are looked at."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        """Begin with nothing found."""
        super().__init__(parent)
        self._tr = context.tr
        self._hits: Sequence[Found] = ()
        self._texts: Sequence[str] = ()
        self._label: Callable[[int], str] = str

    def set_hits(
        self, hits: Sequence[Found], texts: Sequence[str], label: Callable[[int], str]
    ) -> None:
        """Show other places; ``label`` names a page (from 1)."""
        self.beginResetModel()
        self._hits, self._texts, self._label = hits, texts, label
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many places there are."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt asks of a place."""
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        if role == VALUE_ROLE:
            return index.row()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            words, _, _ = self.snippet(hit)
            return f"{self.page(index.row())}: {words}"
        if role == _FORMAT_ROLE:
            return self.snippet(hit)
        return None

    def page(self, row: int) -> str:
        """Return the words for the page of a place."""
        return self._tr("reader.page_named", page=self._label(self._hits[row].start.page))

    def snippet(self, hit: Found) -> tuple[str, int, int]:
        """Return the words around a place, and where in them what was found begins and ends."""
        text = self._texts[hit.start.page - 1] if hit.start.page <= len(self._texts) else ""
        start, end = hit.start.offset, hit.end.offset
        begin = max(0, start - _AROUND)
        if begin and (space := text.find(" ", begin, start)) >= 0:
            begin = space + 1
        stop = min(len(text), end + _AROUND)
        if stop < len(text) and (space := text.rfind(" ", end, stop)) >= 0:
            stop = space
        head = "…" if begin else ""
        shown = "".join(" " if char.isspace() else char for char in text[begin:stop])
        tail = "…" if stop < len(text) else ""
        shift = len(head) - begin
        return f"{head}{shown}{tail}", start + shift, end + shift


class _HitDelegate(QStyledItemDelegate):
    """Draws the page above, and below it the words with what was found in strong letters."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._caption = context.theme.font(Type.CAPTION, figures=True)
        self._label = context.theme.font(Type.LABEL)

    def _layout(self, index: Index, width: float) -> tuple[QTextLayout, float]:
        words, start, end = index.data(_FORMAT_ROLE)
        layout = QTextLayout(words, self._label)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        rtl = reads_rtl(words)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        layout.setTextOption(option)
        found = QTextLayout.FormatRange()
        found.start, found.length = start, end - start
        form = QTextCharFormat()
        form.setFontWeight(700)
        form.setForeground(self._theme.colour("accent"))
        found.format = form
        layout.setFormats([found])
        layout.beginLayout()
        y = 0.0
        for _ in range(3):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(_NARROWEST, width))
            x = width - line.naturalTextWidth() if rtl else 0.0
            line.setPosition(QPointF(x, y))
            y += line.height()
        layout.endLayout()
        return layout, y

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        area = QRectF(option.rect).adjusted(SPACE_2, SPACE_2, -SPACE_2, -SPACE_2)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self._theme.colour("accent_soft"))
        painter.setFont(self._caption)
        painter.setPen(self._theme.colour("muted"))
        model = index.model()
        # Qt turns left into right where the layout runs from right to left.
        side = Qt.AlignmentFlag.AlignLeft
        page = model.page(index.row()) if isinstance(model, HitModel) else ""
        painter.drawText(area, side | Qt.AlignmentFlag.AlignTop, page)
        head = painter.fontMetrics().height()
        painter.setPen(self._theme.colour("ink"))
        layout, _ = self._layout(index, area.width())
        layout.draw(painter, area.topLeft() + QPointF(0, head))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        _, high = self._layout(index, width - 2 * SPACE_2)
        head = self._theme.px(Type.CAPTION.pixels) * 2
        return QSize(width, max(TARGET, round(high + head + 2 * SPACE_2)))


class HitList(QListView):
    """The places found, one below the other."""

    chosen = Signal(int)
    """The place (from 0) that was chosen."""

    def __init__(self, context: UiContext) -> None:
        """Begin with nothing found."""
        super().__init__()
        self.hits = HitModel(context, self)
        self.setModel(self.hits)
        Fingers(self)
        self.setItemDelegate(_HitDelegate(context, self))
        self.setObjectName("clear")
        self.setAccessibleName(context.tr("reader.side.hits"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(60)
        self.setSpacing(0)
        self.setContentsMargins(0, 0, SPACE_3, 0)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def light(self, row: int | None) -> None:
        """Light the place that is shown."""
        index = self.hits.index(-1 if row is None else row)
        if index.isValid():
            self.setCurrentIndex(index)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(VALUE_ROLE))
