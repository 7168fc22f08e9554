"""Lists of papers and of pages found, painted so that thousands scroll smoothly."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QPixmap,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from congress.docs.model import Hit, Paper
from congress.docs.text.pdf import reads_rtl
from congress.kernel.roles import Clearance
from congress.ui.context import UiContext
from congress.ui.models.papers import CLEARANCE_LOOK, COVER_ROLE, KIND_ICONS, META_ROLE
from congress.ui.models.rows import VALUE_ROLE, Index
from congress.ui.theme.tokens import (
    RADIUS_CONTROL,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    SPACE_4,
    TARGET,
    Tone,
    Type,
    mixed,
)

COVER = (44, 60)
"""Width and height of a cover in pixels at text scale 1."""
SNIPPET_LINES = 2


class PaperList(QListView):
    """A list whose rows open by click, touch and Enter."""

    chosen = Signal(object)
    """The value of the row that a person opened."""
    lighted = Signal(object)
    """The value of the row the keyboard is on."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Begin empty; ``name`` is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(VALUE_ROLE))

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tell which row the keyboard is on."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.lighted.emit(current.data(VALUE_ROLE))


class RowDelegate(QStyledItemDelegate):
    """What lists of this kind draw alike: ground, words, chip."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Draw in the colours and type of ``context``."""
        super().__init__(parent)
        self._context, self._theme = context, context.theme
        self._name = context.theme.font(Type.NAME)
        self._label = context.theme.font(Type.LABEL)
        self._caption = context.theme.font(Type.CAPTION)

    def height_of(self, font: QFont) -> int:
        """Return the height of a line of words."""
        return QFontMetrics(font).height()

    def ground(self, painter: QPainter, option: QStyleOptionViewItem) -> QRect:
        """Draw the ground of a row and return the room inside it."""
        state, theme = option.state, self._theme
        area: QRect = option.rect
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, theme.colour("accent_soft"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(
                area.adjusted(2, 2, -2, -3), RADIUS_CONTROL - 2, RADIUS_CONTROL - 2
            )
        return area.adjusted(SPACE_4, SPACE_3, -SPACE_4, -SPACE_3)

    def turned(self, inside: QRect, area: QRect) -> QRect:
        """Return where ``inside`` lies in ``area`` by the direction of the layout."""
        return QStyle.visualRect(
            Qt.LayoutDirection.RightToLeft if self._theme.rtl else Qt.LayoutDirection.LeftToRight,
            area,
            inside,
        )

    def write(
        self, painter: QPainter, where: QRect, text: str, font: QFont, colour: QColor
    ) -> None:
        """Write words on one line, cut short where there is no room."""
        painter.setFont(font)
        painter.setPen(colour)
        side = Qt.AlignmentFlag.AlignRight if self._theme.rtl else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(where, int(flags), shown)

    def _chip_width(self, clearance: Clearance) -> int:
        words = self._context.tr(f"clearance.{clearance}")
        text = QFontMetrics(self._caption).horizontalAdvance(words)
        return text + self._theme.px(16) + 2 * SPACE_2 + SPACE_1 + 2

    def _chip(self, painter: QPainter, where: QRect, clearance: Clearance, ratio: float) -> None:
        tone, icon = CLEARANCE_LOOK[clearance]
        palette, theme = self._theme.palette, self._theme
        soft, strong = palette.soft(tone), palette.of(tone)
        colour = "muted" if tone is Tone.NEUTRAL else tone.value
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(mixed(soft, strong, 0.22)))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(where, where.height() / 2, where.height() / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        side = theme.px(16)
        mark = QRect(where.x() + SPACE_2, where.center().y() - side // 2 + 1, side, side)
        words = QRect(
            mark.right() + SPACE_1,
            where.y(),
            where.right() - mark.right() - SPACE_2,
            where.height(),
        )
        pixmap = theme.pixmap(icon, 16, colour, ratio=ratio)
        painter.drawPixmap(self.turned(mark, where), pixmap)
        name = self._context.tr(f"clearance.{clearance}")
        self.write(painter, self.turned(words, where), name, self._caption, theme.colour(colour))


class PaperDelegate(RowDelegate):
    """Draws a paper: cover, title, what it is, and its clearance."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room for the cover and two lines of text."""
        text = self.height_of(self._name) + SPACE_1 + self.height_of(self._label)
        return QSize(200, max(self._theme.px(COVER[1]), text, TARGET) + 2 * SPACE_3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one paper."""
        painter.save()
        paper: Paper = index.data(VALUE_ROLE)
        area = self.ground(painter, option)
        ratio = painter.device().devicePixelRatioF()
        wide, tall = (self._theme.px(side) for side in COVER)
        cover = QRect(area.x(), area.center().y() - tall // 2, wide, tall)
        self._cover(painter, self.turned(cover, area), index, paper, ratio)
        chip_width = self._chip_width(paper.clearance)
        chip_height = max(self.height_of(self._caption), self._theme.px(16)) + 2 * SPACE_1
        chip = QRect(
            area.right() - chip_width, area.center().y() - chip_height // 2, chip_width, chip_height
        )
        self._chip(painter, self.turned(chip, area), paper.clearance, ratio)
        left = cover.right() + SPACE_4
        width = chip.left() - SPACE_4 - left
        title, meta = self.height_of(self._name), self.height_of(self._label)
        top = area.center().y() - (title + SPACE_1 + meta) // 2
        theme = self._theme
        where = self.turned(QRect(left, top, width, title), area)
        self.write(painter, where, paper.title, self._name, theme.colour("ink"))
        where = self.turned(QRect(left, top + title + SPACE_1, width, meta), area)
        line = str(index.data(META_ROLE))
        self.write(painter, where, line, self._label, theme.colour("muted"))
        painter.restore()

    def _cover(
        self, painter: QPainter, where: QRect, index: Index, paper: Paper, ratio: float
    ) -> None:
        theme, cover = self._theme, index.data(COVER_ROLE)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if isinstance(cover, QPixmap) and not cover.isNull():
            painter.setClipRect(where)
            wide = cover.scaledToWidth(
                round(where.width() * ratio), Qt.TransformationMode.SmoothTransformation
            )
            wide.setDevicePixelRatio(ratio)
            painter.drawPixmap(where.topLeft(), wide)
            painter.setClipping(False)
        else:
            painter.fillRect(where, theme.colour("sunken"))
            side = theme.px(24)
            mark = QRect(0, 0, side, side)
            mark.moveCenter(where.center())
            painter.drawPixmap(mark, theme.pixmap(KIND_ICONS[paper.kind], 24, "muted", ratio=ratio))
        painter.setPen(theme.colour("line"))
        painter.drawRect(where.adjusted(0, 0, -1, -1))


class HitDelegate(RowDelegate):
    """Draws a page that a search found: title, page, and the words around the match."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room for the title and two lines of the page."""
        text = self.height_of(self._name) + SPACE_1 + SNIPPET_LINES * self.height_of(self._label)
        return QSize(200, text + 2 * SPACE_3)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one hit."""
        painter.save()
        hit: Hit = index.data(VALUE_ROLE)
        area, theme = self.ground(painter, option), self._theme
        page = str(index.data(META_ROLE))
        page_width = QFontMetrics(self._label).horizontalAdvance(page) + SPACE_1
        chip_width = self._chip_width(hit.clearance)
        title = self.height_of(self._name)
        chip_height = max(self.height_of(self._caption), theme.px(16)) + 2 * SPACE_1
        chip = QRect(
            area.right() - chip_width,
            area.y() + (title - chip_height) // 2,
            chip_width,
            chip_height,
        )
        ratio = painter.device().devicePixelRatioF()
        self._chip(painter, self.turned(chip, area), hit.clearance, ratio)
        room = chip.left() - area.x() - page_width - 2 * SPACE_3
        metrics = QFontMetrics(self._name)
        width = min(room, metrics.horizontalAdvance(hit.title) + SPACE_1)
        where = self.turned(QRect(area.x(), area.y(), width, title), area)
        self.write(painter, where, hit.title, self._name, theme.colour("ink"))
        beside = QRect(area.x() + width + SPACE_2, area.y(), page_width, title)
        where = self.turned(beside, area)
        self.write(painter, where, page, self._label, theme.colour("muted"))
        top = area.y() + title + SPACE_1
        self._snippet(painter, QRect(area.x(), top, area.width(), area.bottom() - top), hit)
        painter.restore()

    def _snippet(self, painter: QPainter, where: QRect, hit: Hit) -> None:
        theme = self._theme
        layout = QTextLayout(hit.snippet, self._label)
        rtl = reads_rtl(hit.snippet)
        option = QTextOption(Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        layout.setTextOption(option)
        layout.setFormats(self._formats(hit))
        layout.beginLayout()
        height = 0.0
        for _ in range(SNIPPET_LINES):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(where.width())
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        painter.setPen(theme.colour("muted"))
        layout.draw(painter, QPointF(where.topLeft()))

    def _formats(self, hit: Hit) -> list[QTextLayout.FormatRange]:
        form = QTextCharFormat()
        form.setForeground(self._theme.colour("ink"))
        form.setBackground(self._theme.colour("caution_soft"))
        form.setFontWeight(QFont.Weight.DemiBold)
        ranges = []
        for start, end in hit.highlights:
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = start, end - start, form
            ranges.append(each)
        return ranges
