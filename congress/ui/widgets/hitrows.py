"""Rows of pages that a search found, painted with the words that match."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from congress.docs.model import Hit
from congress.docs.text.pdf import reads_rtl
from congress.ui.models.hits import FIRST_ROLE, MoreHits
from congress.ui.models.papers import CLEARANCE_LOOK, META_ROLE
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, TARGET
from congress.ui.widgets.rowpainting import RowDelegate

SNIPPET_LINES = 2


class HitDelegate(RowDelegate):
    """Draws a page: the title of its paper above the first one, its number, its words."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room for the title, what answers beside it, and two lines of the page."""
        if isinstance(index.data(VALUE_ROLE), MoreHits):
            return QSize(200, max(TARGET, self.height(self.label) + 2 * SPACE_2))
        head = self.height(self.name if index.data(FIRST_ROLE) else self.label)
        lines = SNIPPET_LINES + bool(index.data(VALUE_ROLE).about)
        text = head + SPACE_1 + lines * self.height(self.label)
        return QSize(200, text + 2 * SPACE_3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one page, or the line that opens more of its paper."""
        painter.save()
        value = index.data(VALUE_ROLE)
        area = self.ground(painter, option)
        if isinstance(value, MoreHits):
            self._more(painter, option.rect.adjusted(SPACE_4, 0, -SPACE_4, 0), str(index.data()))
        elif index.data(FIRST_ROLE):
            self._first(painter, area, index, value)
        else:
            self._further(painter, area, index, value)
        painter.restore()

    def _more(self, painter: QPainter, area: QRect, words: str) -> None:
        side = self.theme.px(16)
        mark = QRect(area.x() + SPACE_5, area.center().y() - side // 2, side, side)
        ratio = painter.device().devicePixelRatioF()
        icon = self.theme.pixmap("caret-down", 16, "accent", ratio=ratio)
        painter.drawPixmap(self.turned(mark, area), icon)
        text = QRect(mark.right() + SPACE_2, area.y(), area.right() - mark.right(), area.height())
        where = self.turned(text, area)
        self.write(painter, where, words, self.label, self.theme.colour("accent"))

    def _first(self, painter: QPainter, area: QRect, index: Index, hit: Hit) -> None:
        theme, page = self.theme, str(index.data(META_ROLE))
        page_width = self.metrics(self.label).horizontalAdvance(page) + SPACE_1
        words = self.context.tr(f"clearance.{hit.clearance}")
        chip_width, title = self.chip_width(words), self.height(self.name)
        chip = QRect(
            area.right() - chip_width,
            area.y() + (title - self.chip_height) // 2,
            chip_width,
            self.chip_height,
        )
        self.chip(painter, self.turned(chip, area), words, *CLEARANCE_LOOK[hit.clearance])
        room = chip.left() - area.x() - page_width - 2 * SPACE_3
        width = min(room, self.metrics(self.name).horizontalAdvance(hit.title) + SPACE_2)
        where = self.turned(QRect(area.x(), area.y(), width, title), area)
        self._title(painter, where, hit)
        beside = QRect(area.x() + width + SPACE_2, area.y(), page_width, title)
        where = self.turned(beside, area)
        self.write(painter, where, page, self.label, theme.colour("muted"))
        top = area.y() + title + SPACE_1
        self._snippet(painter, QRect(area.x(), top, area.width(), area.bottom() - top), hit)

    def _further(self, painter: QPainter, area: QRect, index: Index, hit: Hit) -> None:
        inside = self.turned(area.adjusted(SPACE_5, 0, 0, 0), area)
        tall = self.height(self.label)
        line = QRect(inside.x(), inside.y(), inside.width(), tall)
        colour = self.theme.colour("muted")
        self.write(painter, line, str(index.data(META_ROLE)), self.label, colour)
        self._snippet(painter, inside.adjusted(0, tall + SPACE_1, 0, 0), hit)

    def _title(self, painter: QPainter, where: QRect, hit: Hit) -> None:
        if self.metrics(self.name).horizontalAdvance(hit.title) > where.width():
            self.write(painter, where, hit.title, self.name, self.theme.colour("ink"))
        else:
            painter.setPen(self.theme.colour("ink"))
            self._lines(painter, where, hit.title, self.name, hit.title_highlights, 1)

    def _snippet(self, painter: QPainter, where: QRect, hit: Hit) -> None:
        painter.setPen(self.theme.colour("muted"))
        if hit.about:
            self._lines(painter, where, hit.about, self.label, hit.about_highlights, 1)
            where = where.adjusted(0, self.height(self.label), 0, 0)
        self._lines(painter, where, hit.snippet, self.label, hit.highlights, SNIPPET_LINES)

    def _lines(
        self,
        painter: QPainter,
        where: QRect,
        text: str,
        font: QFont,
        highlights: tuple[tuple[int, int], ...],
        most: int,
    ) -> None:
        """Draw a text in its own direction, with its highlights, on so many lines."""
        layout = QTextLayout(text, font)
        rtl = reads_rtl(text)
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        if most == 1:
            side = Qt.AlignmentFlag.AlignRight if self.theme.rtl else Qt.AlignmentFlag.AlignLeft
        option = QTextOption(side | Qt.AlignmentFlag.AlignAbsolute)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        layout.setTextOption(option)
        layout.setFormats(self._formats(text, highlights))
        layout.beginLayout()
        height = 0.0
        for _ in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(where.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        layout.draw(painter, QPointF(where.topLeft()))

    def _formats(
        self, text: str, highlights: tuple[tuple[int, int], ...]
    ) -> list[QTextLayout.FormatRange]:
        form = QTextCharFormat()
        form.setForeground(self.theme.colour("ink"))
        form.setBackground(self.theme.colour("caution_soft"))
        form.setFontWeight(QFont.Weight.DemiBold)
        ranges = []
        for start, end in highlights:
            each = QTextLayout.FormatRange()
            # Qt counts in UTF-16: a character beyond the basic plane counts twice.
            each.start = _utf16(text[:start])
            each.length, each.format = _utf16(text[start:end]), form
            ranges.append(each)
        return ranges


def _utf16(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)
