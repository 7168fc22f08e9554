"""One row of a comparison, laid out and drawn: a paragraph in one or two columns, or a fold."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from congress.docs.changes.model import Block, BlockKind, RunKind
from congress.ui.context import UiContext
from congress.ui.models.changerows import COLOURS, ICONS, Row, has_numbers, pages
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import (
    RADIUS_CONTROL,
    SPACE_1,
    SPACE_2,
    SPACE_4,
    SPACE_5,
    TARGET,
    Palette,
    Type,
)
from congress.ui.widgets.runtext import Piece, RunText, Shown, pieces, plain

FOLD = TARGET + SPACE_2
"""Height of a fold, in pixels at text scale 1."""
GUTTER = SPACE_5
"""Room between two rows."""
_ICON = 20
_ICON_COLUMN = 36
_BAR = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of text lie across the view.

    Attributes:
        left: The left edge of what is used.
        right: The right edge of what is used.
        text_width: Width of each column of text.
        old: The left edge of the old version's column.
        new: The left edge of the new version's column; the only one in one column.
        icon: The left edge of the column of icons.
        rtl: Whether the first column is the right one.
    """

    left: float
    right: float
    text_width: float
    old: float
    new: float
    icon: float
    rtl: bool

    @classmethod
    def of(cls, width: int, widest: int, *, two: bool, rtl: bool) -> "Columns":
        """Share a view of ``width`` out; the text uses ``widest`` pixels at most."""
        used = min(width - 2 * SPACE_4, widest)
        left = (width - used) / 2
        right = left + used
        text = float(used - _ICON_COLUMN - _BAR)
        if two:
            text = (text - SPACE_5) / 2
        icon = right - _ICON_COLUMN - _BAR if rtl else left + _BAR
        first = icon - text if rtl else icon + _ICON_COLUMN
        if not two:
            return cls(left, right, text, first, first, icon, rtl)
        second = first - SPACE_5 - text if rtl else first + text + SPACE_5
        return cls(left, right, text, first, second, icon, rtl)

    @property
    def two(self) -> bool:
        """Whether there are two columns."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Look:
    """How text is set.

    Attributes:
        columns: Where.
        font: In which face and size.
        lang: The language it is in.
        palette: In which colours.
    """

    columns: Columns
    font: QFont
    lang: str
    palette: Palette


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words in one column: a line above them, and the words."""

    x: float
    label: str
    text: RunText | None
    label_height: float

    @property
    def height(self) -> float:
        return self.label_height + (self.text.height if self.text else 0)


class RowPainter:
    """A row that is laid out.

    Attributes:
        height: What it takes, in pixels.
    """

    def __init__(
        self,
        context: UiContext,
        block: Block,
        row: Row,
        look: Look,
        *,
        before: tuple[int, int],
        away: int,
    ) -> None:
        """Lay a row out.

        Args:
            context: The surroundings.
            block: What it shows; of a fold the first block.
            row: Which row it is.
            look: How the text is set.
            before: The pages of the block before it.
            away: The page it moved to or came from, if it moved.
        """
        self._context, self._block, self._row, self._look = context, block, row, look
        self._small = font(Type.CAPTION, context.tr.lang, context.theme.scale)
        self._cells: list[_Cell] = []
        if row.fold:
            self.height: float = context.theme.px(FOLD)
        else:
            self._cells = self._two(before, away) if look.columns.two else [self._one(before, away)]
            tallest = max((cell.height for cell in self._cells), default=0.0)
            self.height = max(tallest, float(context.theme.px(_ICON))) + GUTTER

    def _two(self, before: tuple[int, int], away: int) -> list[_Cell]:
        block, columns = self._block, self._look.columns
        old, new = pages(block)
        cells: list[_Cell] = []
        if block.old is not None:
            moved = block.kind is BlockKind.MOVED_FROM
            shown = (
                plain(block.old.text) if moved or not block.runs else pieces(block.runs, Shown.OLD)
            )
            cells.append(self._cell(columns.old, self._label(old, before[0], away), shown))
        if block.new is not None:
            label = self._label(new, before[1], away)
            cells.append(self._cell(columns.new, label, pieces(block.runs, Shown.NEW)))
        return cells

    def _one(self, before: tuple[int, int], away: int) -> _Cell:
        block = self._block
        old, new = pages(block)
        label = self._label(new or old, before[1] if new else old, away)
        if block.kind is BlockKind.MOVED_FROM and block.old is not None:
            shown = plain(block.old.text, RunKind.DELETED)
        else:
            shown = pieces(block.runs)
        return self._cell(self._look.columns.new, label, shown)

    def _label(self, page: int, before: int, away: int) -> str:
        """Return the line above the words: a new page, or where they moved."""
        tr = self._context.tr
        parts = [tr("changes.page", page=page)] if page != before else []
        if away:
            went = self._block.kind is BlockKind.MOVED_FROM
            parts.append(tr("changes.moved_to" if went else "changes.moved_from", page=away))
        return tr.joined(*parts)

    def _cell(self, x: float, label: str, shown: list[Piece]) -> _Cell:
        look = self._look
        text = RunText(shown, look.font, look.lang, look.columns.text_width, look.palette)
        height = self._small.pixelSize() * 2.2 if label else 0.0
        return _Cell(x, label, text, height)

    # Drawing

    def paint(self, painter: QPainter, y: float, *, current: bool, focused: bool = True) -> None:
        """Draw the row with its top at ``y``.

        Args:
            painter: Draws.
            y: Where the row begins.
            current: Whether its change is in front.
            focused: Whether the keyboard goes from change to change.
        """
        if self._row.fold:
            self._paint_fold(painter, y)
            return
        columns, palette = self._look.columns, self._look.palette
        kind = self._block.kind
        if current:
            area = QRectF(columns.left, y - SPACE_2, columns.right - columns.left, 0)
            area.setHeight(self.height - GUTTER + 2 * SPACE_2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.hover))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(area, RADIUS_CONTROL, RADIUS_CONTROL)
            edge = columns.right - _BAR if columns.rtl else columns.left
            painter.setBrush(QColor(palette.accent if focused else palette.edge))
            painter.drawRect(QRectF(edge, area.top(), _BAR, area.height()))
        if kind is not BlockKind.SAME:
            self._paint_icons(painter, y)
        for cell in self._cells:
            if cell.label:
                self._paint_label(painter, cell, y)
            if cell.text is not None:
                cell.text.paint(painter, cell.x, y + cell.label_height)

    def _paint_icons(self, painter: QPainter, y: float) -> None:
        theme, columns, kind = self._context.theme, self._look.columns, self._block.kind
        ratio = painter.device().devicePixelRatioF()
        names = [ICONS[kind]] + (["hash"] if has_numbers(self._block) else [])
        top = y + max((cell.label_height for cell in self._cells), default=0.0)
        tinted = replace(theme, palette=self._look.palette)
        for name in names:
            mark = tinted.pixmap(name, _ICON, COLOURS[kind], ratio=ratio)
            painter.drawPixmap(QPointF(columns.icon + SPACE_1, top + SPACE_1 / 2), mark)
            top += theme.px(_ICON) + SPACE_1

    def _paint_label(self, painter: QPainter, cell: _Cell, y: float) -> None:
        columns, palette = self._look.columns, self._look.palette
        painter.setFont(self._small)
        painter.setPen(QColor(palette.note if self._block.move is not None else palette.muted))
        side = Qt.AlignmentFlag.AlignRight if columns.rtl else Qt.AlignmentFlag.AlignLeft
        area = QRectF(cell.x, y, columns.text_width, cell.label_height)
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, flags, cell.label)

    def _paint_fold(self, painter: QPainter, y: float) -> None:
        theme, columns, palette = self._context.theme, self._look.columns, self._look.palette
        area = QRectF(columns.left, y, columns.right - columns.left, theme.px(TARGET))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.sunken))
        painter.drawRoundedRect(area, RADIUS_CONTROL, RADIUS_CONTROL)
        words = self._context.tr("changes.folded", count=self._row.last - self._row.first)
        painter.setFont(font(Type.CONTROL, self._context.tr.lang, theme.scale))
        painter.setPen(QColor(palette.muted))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        ratio = painter.device().devicePixelRatioF()
        mark = replace(theme, palette=palette).pixmap(
            "arrows-out-line-vertical", _ICON, "muted", ratio=ratio
        )
        x = columns.icon + SPACE_1
        painter.drawPixmap(QPointF(x, area.center().y() - theme.px(_ICON) / 2), mark)
