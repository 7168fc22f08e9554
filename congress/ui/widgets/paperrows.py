"""Rows of papers and the headings between them, painted so that thousands scroll smoothly."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from congress.docs.model import Paper
from congress.docs.reading_list import Reading
from congress.ui.context import UiContext
from congress.ui.models.listing import Heading, ListedPaper
from congress.ui.models.papers import (
    CLEARANCE_LOOK,
    COVER_ROLE,
    KIND_ICONS,
    META_ROLE,
    heading_words,
    reading_words,
)
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, TARGET, Tone, Type
from congress.ui.widgets.rowpainting import RowDelegate

COVER = (44, 60)
"""Width and height of a cover in pixels at text scale 1."""
READING_LOOK: Mapping[Reading, tuple[Tone, str]] = {
    Reading.UNREAD: (Tone.ACCENT, "sparkle"),
    Reading.UPDATED: (Tone.CAUTION, "arrows-clockwise"),
    Reading.BEGUN: (Tone.NEUTRAL, "book-open"),
    Reading.READ: (Tone.NEUTRAL, "check"),
}
"""Tone and icon of the chip that says how far the member is with a paper."""

_ROOM_FOR_CHIPS = 460
"""Least width of a row, in pixels at text scale 1, at which chips stand beside the title."""
_BAR = 4


class PaperDelegate(RowDelegate):
    """Draws a paper: cover, number and title, what it is, its clearance, how far it is read."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Measure the rows once: all papers are of one height, and all headings."""
        super().__init__(context, parent)
        self._strong = context.theme.font(Type.STRONG)
        text = self.height(self.name) + SPACE_1 + self.height(self.label)
        chips = 2 * self.chip_height + SPACE_1
        tall = max(self.theme.px(COVER[1]), text, chips, TARGET)
        self._paper_size = QSize(200, tall + 2 * SPACE_3)
        self._heading_size = QSize(200, max(TARGET, self.height(self._strong) + 2 * SPACE_2))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room for the cover and two lines of text, or for a heading."""
        paper = isinstance(index.data(VALUE_ROLE), ListedPaper)
        return self._paper_size if paper else self._heading_size

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one paper or heading."""
        painter.save()
        row = index.data(VALUE_ROLE)
        if isinstance(row, Heading):
            self._heading(painter, option.rect, row)
        else:
            self._paper(painter, option, index, row)
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, heading: Heading) -> None:
        theme = self.theme
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inside = area.adjusted(SPACE_4, SPACE_2, -SPACE_4, -SPACE_1)
        count = self.context.tr.number(heading.count)
        width = self.metrics(self.label).horizontalAdvance(count) + SPACE_1
        words = inside.adjusted(0, 0, -width - SPACE_3, 0)
        colour = theme.colour("ink" if heading.agenda else "muted")
        text = heading_words(self.context.tr, heading)
        self.write(painter, self.turned(words, inside), text, self._strong, colour)
        side = QRect(inside.right() - width, inside.y(), width, inside.height())
        self.write(painter, self.turned(side, inside), count, self.label, theme.colour("muted"))

    def _paper(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: ListedPaper
    ) -> None:
        area, theme = self.ground(painter, option), self.theme
        wide, tall = (theme.px(side) for side in COVER)
        cover = QRect(area.x(), area.center().y() - tall // 2, wide, tall)
        self._cover(painter, self.turned(cover, area), index, row)
        left, right = cover.right() + SPACE_4, area.right()
        line = str(index.data(META_ROLE))
        if area.width() >= theme.px(_ROOM_FOR_CHIPS):
            right = self._chips(painter, area, row) - SPACE_4
        else:
            line = self.context.tr.joined(reading_words(self.context.tr, row), line)
        title, meta = self.height(self.name), self.height(self.label)
        top = area.center().y() - (title + SPACE_1 + meta) // 2
        where = self.turned(QRect(left, top, right - left, title), area)
        self.write(painter, where, str(index.data()), self.name, theme.colour("ink"))
        where = self.turned(QRect(left, top + title + SPACE_1, right - left, meta), area)
        self.write(painter, where, line, self.label, theme.colour("muted"))

    def _chips(self, painter: QPainter, area: QRect, row: ListedPaper) -> int:
        """Draw the clearance, and below it how far the paper is read; return where they begin."""
        tr = self.context.tr
        clearance = row.paper.clearance
        chips = (
            (tr(f"clearance.{clearance}"), *CLEARANCE_LOOK[clearance]),
            (reading_words(tr, row), *READING_LOOK[row.reading]),
        )
        tall = self.chip_height
        top = area.center().y() - (2 * tall + SPACE_1) // 2
        widths = [self.chip_width(words) for words, _, _ in chips]
        for at, (words, tone, icon) in enumerate(chips):
            where = QRect(area.right() - widths[at], top + at * (tall + SPACE_1), widths[at], tall)
            self.chip(painter, self.turned(where, area), words, tone, icon)
        return area.right() - max(widths)

    def _cover(self, painter: QPainter, where: QRect, index: Index, row: ListedPaper) -> None:
        theme, cover = self.theme, index.data(COVER_ROLE)
        if isinstance(cover, QPixmap) and not cover.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            tall = min(cover.height(), cover.width() * where.height() // where.width())
            painter.drawPixmap(where, cover, QRect(0, 0, cover.width(), tall))
        else:
            self._blank_cover(painter, where, row.paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(theme.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(where.adjusted(0, 0, -1, -1))
        if row.reading is Reading.BEGUN:
            bar = QRect(where.x(), where.bottom() - _BAR + 1, where.width(), _BAR)
            painter.fillRect(bar, theme.colour("line"))
            done = QRect(bar.x(), bar.y(), max(1, bar.width() * row.percent // 100), _BAR)
            painter.fillRect(self.turned(done, bar), theme.colour("accent"))

    def _blank_cover(self, painter: QPainter, where: QRect, paper: Paper) -> None:
        theme = self.theme
        painter.fillRect(where, theme.colour("sunken"))
        side = theme.px(24)
        mark = QRect(0, 0, side, side)
        mark.moveCenter(where.center())
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(mark, theme.pixmap(KIND_ICONS[paper.kind], 24, "muted", ratio=ratio))
