"""The list of the files of an import, painted so that hundreds stay smooth."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from congress.ui.models.imports import LOOKS, ImportLine, ImportState, line_title
from congress.ui.models.papers import META_ROLE
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import SPACE_1, SPACE_3, SPACE_4, TARGET, Tone
from congress.ui.widgets.rowpainting import RowDelegate

_MARK = 24
_BAR = 3


class ImportDelegate(RowDelegate):
    """Draws a file: a mark for its state, its name or title, and how far it is."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room for two lines of text."""
        text = self.height(self.name) + SPACE_1 + self.height(self.label)
        return QSize(200, max(text, TARGET) + 2 * SPACE_3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one file."""
        painter.save()
        line: ImportLine = index.data(VALUE_ROLE)
        area, theme = self.ground(painter, option), self.theme
        tone, icon = LOOKS[line.state]
        colour = "muted" if tone is Tone.NEUTRAL else tone.value
        side = theme.px(_MARK)
        mark = QRect(area.x(), area.center().y() - side // 2, side, side)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(self.turned(mark, area), theme.pixmap(icon, _MARK, colour, ratio=ratio))
        left = mark.right() + SPACE_4
        title, meta = self.height(self.name), self.height(self.label)
        top = area.center().y() - (title + SPACE_1 + meta) // 2
        width = area.right() - left
        waiting = line.state is ImportState.WAITING
        where = self.turned(QRect(left, top, width, title), area)
        ink = theme.colour("muted" if waiting else "ink")
        self.write(painter, where, line_title(line), self.name, ink)
        where = self.turned(QRect(left, top + title + SPACE_1, width, meta), area)
        told = tone in (Tone.DANGER, Tone.CAUTION)
        words = theme.colour(tone.value if told else "muted")
        self.write(painter, where, str(index.data(META_ROLE)), self.label, words)
        if line.state is ImportState.READING and line.total:
            self._bar(
                painter, QRect(left, area.bottom() + SPACE_1, width, theme.px(_BAR)), area, line
            )
        painter.restore()

    def _bar(self, painter: QPainter, where: QRect, area: QRect, line: ImportLine) -> None:
        theme = self.theme
        painter.fillRect(self.turned(where, area), theme.colour("line"))
        done = QRect(where)
        done.setWidth(where.width() * min(line.done, line.total) // line.total)
        painter.fillRect(self.turned(done, area), theme.colour("accent"))
