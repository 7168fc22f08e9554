"""Draws one note of a list."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from congress.docs.notes.model import NoteKind
from congress.docs.text.pdf import reads_rtl
from congress.ui.context import UiContext
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import (
    RADIUS_CONTROL,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    TARGET,
    Type,
)
from congress.ui.widgets.notescolours import fill, is_dark, line
from congress.ui.widgets.noteslist import HEADING_ROLE, KIND_ICONS, META_ROLE, Row

_BAR = 4
_MARK = 18
_META_LINES, _QUOTE_LINES, _BODY_LINES = 3, 3, 4


class NoteDelegate(QStyledItemDelegate):
    """A bar in the colour of the note, the words it stands on, and what the reader wrote."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Draw in the look of ``context``."""
        super().__init__(parent)
        self._theme = context.theme
        self._dark = is_dark(context.theme.palette.mode)
        self._meta = context.theme.font(Type.CAPTION)
        self._quote = context.theme.font(Type.LABEL)
        self._body = context.theme.font(Type.BODY)
        self._heading = context.theme.font(Type.STRONG)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room that the words take at the width of the list."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        row: Row = index.data(VALUE_ROLE)
        inside = width - 2 * SPACE_3 - _BAR - SPACE_2
        height = self._meta_height(self._meta_text(index, inside)) + 2 * SPACE_3
        for _, _, layout in self._texts(row, inside):
            height += round(layout.boundingRect().height()) + SPACE_1
        return QSize(width, max(height, TARGET) + self._heading_height(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one note, and what stands above it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row: Row = index.data(VALUE_ROLE)
        area: QRect = option.rect
        if above := self._heading_height(index):
            head = QRect(area.x() + SPACE_3, area.y(), area.width() - 2 * SPACE_3, above)
            self._write(
                painter, head, str(index.data(HEADING_ROLE)), self._heading, "ink", low=True
            )
            area = area.adjusted(0, above, 0, 0)
        self._ground(painter, option, area)
        inside = area.adjusted(SPACE_3, SPACE_3, -SPACE_3, -SPACE_3)
        bar = QRect(inside.x(), inside.y(), _BAR, inside.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line(row.note.colour, dark=self._dark))
        painter.drawRoundedRect(QRectF(self._turned(bar, area)), _BAR / 2, _BAR / 2)
        text = inside.adjusted(_BAR + SPACE_2, 0, 0, 0)
        meta = self._meta_text(index, text.width())
        self._draw_meta(painter, text, area, row, meta)
        top = text.y() + self._meta_height(meta) + SPACE_1
        for colour, marked, layout in self._texts(row, text.width()):
            where = self._turned(QRect(text.x(), top, text.width(), 1), area)
            if marked:
                self._mark(painter, layout, where, row)
            painter.setPen(self._theme.colour(colour))
            layout.draw(painter, QPointF(where.topLeft()))
            top += round(layout.boundingRect().height()) + SPACE_1
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        state, theme = option.state, self._theme
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            within = area.adjusted(2, 2, -2, -3)
            painter.drawRoundedRect(within, RADIUS_CONTROL - 2, RADIUS_CONTROL - 2)

    def _draw_meta(
        self, painter: QPainter, text: QRect, area: QRect, row: Row, meta: QTextLayout
    ) -> None:
        theme, side = self._theme, self._theme.px(_MARK)
        first = max(QFontMetrics(self._meta).height(), side)
        mark = QRect(text.x(), text.y() + (first - side) // 2, side, side)
        ratio = painter.device().devicePixelRatioF()
        colour = "caution" if row.unplaced else "muted"
        icon = "warning" if row.unplaced else KIND_ICONS[row.note.kind]
        painter.drawPixmap(self._turned(mark, area), theme.pixmap(icon, _MARK, colour, ratio=ratio))
        left = mark.right() + SPACE_2
        where = self._turned(QRect(left, text.y(), text.right() - left + 1, 1), area)
        painter.setPen(theme.colour(colour))
        meta.draw(painter, QPointF(where.topLeft()))

    def _meta_text(self, index: Index, width: int) -> QTextLayout:
        room = width - self._theme.px(_MARK) - SPACE_2
        words = str(index.data(META_ROLE))
        return _laid(words, self._meta, room, _META_LINES, rtl=self._theme.rtl)

    def _mark(self, painter: QPainter, layout: QTextLayout, where: QRect, row: Row) -> None:
        """Show the words as they are marked on the page."""
        note = row.note
        for at in range(layout.lineCount()):
            spot = layout.lineAt(at).naturalTextRect().translated(QPointF(where.topLeft()))
            if note.kind is NoteKind.UNDERLINE:
                painter.setPen(QPen(line(note.colour, dark=self._dark), 2))
                painter.drawLine(spot.bottomLeft(), spot.bottomRight())
            else:
                painter.fillRect(spot, fill(note.colour, dark=self._dark))

    def _texts(self, row: Row, width: int) -> list[tuple[str, bool, QTextLayout]]:
        """Return what is written below the first line: colour, whether it is marked, layout."""
        note = row.note
        found: list[tuple[str, bool, QTextLayout]] = []
        if note.quote:
            marked = note.kind in (NoteKind.HIGHLIGHT, NoteKind.UNDERLINE)
            quote = " ".join(note.quote.split())
            if not note.on_words:
                quote = f"{quote.rpartition(' ')[0] or quote}…"
            most = _QUOTE_LINES if note.on_words else 1
            laid = _laid(quote, self._quote, width, most)
            found.append(("ink" if marked else "muted", marked, laid))
        if note.body:
            found.append(("ink", False, _laid(note.body, self._body, width, _BODY_LINES)))
        return found

    def _meta_height(self, meta: QTextLayout) -> int:
        return max(round(meta.boundingRect().height()), self._theme.px(_MARK))

    def _heading_height(self, index: Index) -> int:
        if not index.data(HEADING_ROLE):
            return 0
        return QFontMetrics(self._heading).height() + SPACE_4 + SPACE_2

    def _turned(self, inside: QRect, area: QRect) -> QRect:
        rtl = Qt.LayoutDirection.RightToLeft if self._theme.rtl else Qt.LayoutDirection.LeftToRight
        return QStyle.visualRect(rtl, area, inside)

    def _write(
        self,
        painter: QPainter,
        where: QRect,
        text: str,
        font: QFont,
        colour: str,
        *,
        low: bool = False,
    ) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        side = Qt.AlignmentFlag.AlignRight if self._theme.rtl else Qt.AlignmentFlag.AlignLeft
        height = Qt.AlignmentFlag.AlignBottom if low else Qt.AlignmentFlag.AlignVCenter
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        room = where.adjusted(0, 0, 0, -SPACE_2) if low else where
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignAbsolute | height), shown)


def _laid(text: str, font: QFont, width: int, most: int, *, rtl: bool | None = None) -> QTextLayout:
    """Return ``text`` in at most so many lines; cut text ends in dots.

    It runs in its own direction unless one is given.
    """
    rtl = reads_rtl(text) if rtl is None else rtl
    text = text.replace("\n", "\u2028")
    made = _lines(text, font, width, most, rtl=rtl)
    end = made.lineAt(made.lineCount() - 1)
    cut = end.textStart() + end.textLength() < len(text)
    if cut:
        last = max(0, end.textStart() + end.textLength() - 2)
        made = _lines(text[:last].rstrip() + "…", font, width, most, rtl=rtl)
    return made


def _lines(text: str, font: QFont, width: int, most: int, *, rtl: bool) -> QTextLayout:
    option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    for _ in range(most):
        made = layout.createLine()
        if not made.isValid():
            break
        made.setLineWidth(max(1, width))
        made.setPosition(QPointF(0, height))
        height += made.height()
    layout.endLayout()
    return layout
