"""Two versions side by side, or one text with tracked changes; long papers row by row.

Rows are laid out when they come into sight, a few at a time, so that a paper of two hundred pages
opens at once. Heights of rows that were never seen are guessed from their length.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import accumulate
from time import perf_counter

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScroller, QWidget

from congress.docs.changes.model import Block, BlockKind, Comparison
from congress.ui.context import UiContext
from congress.ui.models.changerows import COLOURS, Row, changes_of, moves, pages_before, rows, words
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import DARK, LIGHT, TARGET, Mode, Palette, Type
from congress.ui.widgets.changemap import ChangeMap
from congress.ui.widgets.changepainting import (
    FOLD,
    GUTTER,
    Columns,
    Look,
    RowPainter,
)
from congress.ui.widgets.runtext import LINE_HEIGHT
from congress.ui.widgets.watermark import Watermark

SMALLEST, LARGEST, STEP = 0.6, 3.0, 1.15
_MOST_LAID = 240
"""Rows that stay laid out."""
_BUDGET = 0.012
"""Seconds of one paint that may go into laying rows out."""
_ONE_COLUMN, _TWO_COLUMNS = 760, 1480
"""The widest the text grows, in pixels at text scale 1."""
_LETTER = 0.5
"""Width of an average letter, in font sizes."""


class ViewMode(StrEnum):
    """How a comparison is shown."""

    SIDES = "sides"
    """The versions beside each other."""
    TRACKED = "tracked"
    """One text with what came and what went."""


class ChangeView(QAbstractScrollArea):
    """Shows a comparison."""

    current_changed = Signal(int)
    """The number, from 0, of the change that is in front now."""

    def __init__(
        self,
        context: UiContext,
        mark: Watermark,
        parent: QWidget | None = None,
    ) -> None:
        """Begin empty.

        Args:
            context: The surroundings.
            mark: Written over the text.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._mark = context, mark
        self._comparison: Comparison | None = None
        self._lang = context.tr.lang
        self._mode, self._folded, self._zoom = ViewMode.SIDES, True, 1.0
        self._night = context.theme.palette.mode is Mode.DARK
        self._rows: list[Row] = []
        self._heights: list[float] = []
        self._tops: list[float] = [0.0]
        self._changes: list[int] = []
        self._before: Sequence[tuple[int, int]] = ()
        self._stood: Mapping[int, int] = {}
        self._stands: Mapping[int, int] = {}
        self._opened: frozenset[int] = frozenset()
        self._current: int | None = None
        self._laid: OrderedDict[int, RowPainter] = OrderedDict()
        self._pressed: QPoint | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.map = ChangeMap(context, self)
        self.setVerticalScrollBar(self.map)
        self.setAccessibleName(context.tr("changes.view"))
        self._more = QTimer(self, singleShot=True, interval=0)
        self._more.timeout.connect(self.viewport().update)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    # What is shown

    def show_comparison(self, comparison: Comparison, lang: str) -> None:
        """Show what changed in a text written in ``lang``, from its first change."""
        self._comparison, self._lang = comparison, lang
        self._changes = changes_of(comparison)
        self._opened, self._current = frozenset(), None
        self._stood, self._stands = moves(comparison)
        self._before = pages_before(comparison)
        self._rebuild()
        self.map.setValue(0)
        if self._changes:
            self.go(0)

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return len(self._changes)

    @property
    def current(self) -> int | None:
        """The number, from 0, of the change in front."""
        return self._current

    @property
    def rows(self) -> list[Row]:
        """The rows as they are shown."""
        return self._rows

    @property
    def mode(self) -> ViewMode:
        """How it is shown."""
        return self._mode

    def set_mode(self, mode: ViewMode) -> None:
        """Show it in another way."""
        if mode is not self._mode:
            self._mode = mode
            self._relay()

    def set_folded(self, folded: bool) -> None:
        """Show only what changed, with a little around it, or everything."""
        if folded is not self._folded:
            self._folded, self._opened = folded, frozenset()
            self._rebuild()
            self._show_current()

    def set_night(self, night: bool) -> None:
        """Show light letters on a dark ground, or dark ones on a light ground."""
        if night is not self._night:
            self._night = night
            self._laid.clear()
            self.viewport().update()

    @property
    def zoom(self) -> float:
        """How many times larger than usual the letters are."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Make the letters larger or smaller."""
        zoom = min(max(SMALLEST, zoom), LARGEST)
        if zoom != self._zoom:
            self._zoom = zoom
            self._relay()

    @property
    def colours(self) -> Palette:
        """The colours of the text."""
        return DARK if self._night else LIGHT

    # Moving

    def step(self, by: int) -> None:
        """Go on by so many changes; behind the last comes the first."""
        if self._changes:
            self.go(((-1 if by > 0 else 0) if self._current is None else self._current) + by)

    def go(self, change: int) -> None:
        """Bring a change (from 0) to the front."""
        if not self._changes:
            return
        self._current = change % len(self._changes)
        self._show_current()
        self.map.set_current(self._current)
        self._tell()
        self.current_changed.emit(self._current)

    def open_around(self) -> None:
        """Open the folds beside the change in front."""
        at = self._row_of_current()
        if at is None:
            return
        near = [row for row in self._rows[max(0, at - 2) : at + 3] if row.fold]
        self._open([row.first for row in near])

    def _open(self, firsts: list[int]) -> None:
        if firsts:
            top = self.map.value()
            self._opened |= frozenset(firsts)
            self._rebuild()
            self.map.setValue(top)
            self._show_current()

    def _row_of_current(self) -> int | None:
        for at, row in enumerate(self._rows):
            if row.change is not None and row.change == self._current:
                return at
        return None

    def _show_current(self) -> None:
        at = self._row_of_current()
        if at is not None:
            for near in range(max(0, at - 3), min(len(self._rows), at + 2)):
                self._lay(near)
            self._place()
            room, top = self.viewport().height(), self._tops[at] - self.map.value()
            if top < TARGET or top + self._heights[at] > room - TARGET:
                above = max(0.0, min(room / 3, room - self._heights[at] - TARGET))
                self.map.setValue(round(self._tops[at] - above))
        self.viewport().update()

    def _tell(self) -> None:
        if self._comparison is None or self._current is None:
            return
        block = self._comparison.blocks[self._changes[self._current]]
        tr = self._context.tr
        kind = tr(f"changes.kind.{block.kind.value}")
        self.setAccessibleName(
            tr("changes.at", number=self._current + 1, count=len(self._changes), kind=kind)
        )
        self.setAccessibleDescription(words(block))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # Laying out

    def _rebuild(self) -> None:
        found = self._comparison
        self._rows = rows(found, folded=self._folded, opened=self._opened) if found else []
        self._relay()

    def _relay(self) -> None:
        """Guess all heights anew; the first row in sight stays in sight."""
        anchor = self._first_seen()
        self._laid.clear()
        columns = self._columns()
        self._heights = [self._guess(row, columns) for row in self._rows]
        self._place()
        if anchor and self._mode:
            at = next((n for n, row in enumerate(self._rows) if row.last > anchor), 0)
            self.map.setValue(round(self._tops[at]))
        self.viewport().update()

    def _first_seen(self) -> int:
        """Return the first block in sight."""
        at = self._row_at(self.map.value())
        return self._rows[at].first if at < min(len(self._rows), len(self._heights)) else 0

    def _font(self) -> QFont:
        return font(Type.READING, self._lang, self._context.theme.scale * self._zoom)

    def _columns(self) -> Columns:
        theme = self._context.theme
        widest = _TWO_COLUMNS if self._mode is ViewMode.SIDES else _ONE_COLUMN
        return Columns.of(
            self.viewport().width(),
            theme.px(widest * max(1.0, self._zoom**0.5)),
            two=self._mode is ViewMode.SIDES,
            rtl=self._lang == "ur",
        )

    def _guess(self, row: Row, columns: Columns) -> float:
        if row.fold or self._comparison is None:
            return self._context.theme.px(FOLD)
        size = self._font().pixelSize()
        block = self._comparison.blocks[row.first]
        letters = max((len(side.text) for side in (block.old, block.new) if side), default=0)
        lines = 1 + int(letters * _LETTER * size / max(1.0, columns.text_width))
        line = size * LINE_HEIGHT[self._lang] * (2.2 if self._lang == "ur" else 1.25)
        return lines * line + GUTTER

    def _place(self) -> None:
        """Add the heights up and tell the scroll bar."""
        self._tops = [0.0, *accumulate(self._heights)]
        room = self.viewport().height()
        total = self._tops[-1] + TARGET
        self.map.setRange(0, max(0, round(total - room)))
        self.map.setPageStep(room)
        self.map.setSingleStep(TARGET)
        if self._comparison is not None and self._tops[-1]:
            blocks = self._comparison.blocks
            self.map.set_marks(
                [
                    (self._tops[at] / total, COLOURS[blocks[row.first].kind])
                    for at, row in enumerate(self._rows)
                    if row.change is not None
                ]
            )

    def _row_at(self, y: float) -> int:
        return max(0, bisect_right(self._tops, y) - 1)

    def _lay(self, at: int) -> RowPainter | None:
        """Return the laid out row, from memory or fresh."""
        if self._comparison is None:
            return None
        found = self._laid.get(at)
        if found is None:
            row = self._rows[at]
            blocks = self._comparison.blocks
            found = RowPainter(
                self._context,
                blocks[row.first],
                row,
                Look(self._columns(), self._font(), self._lang, self.colours),
                before=(0, 0) if at and self._rows[at - 1].fold else self._before[row.first],
                away=self._away(blocks[row.first]),
            )
            self._laid[at] = found
            self._heights[at] = found.height
            while len(self._laid) > _MOST_LAID:
                self._laid.popitem(last=False)
        else:
            self._laid.move_to_end(at)
        return found

    def _away(self, block: Block) -> int:
        """Return the page a moved block went to or came from, or 0."""
        if block.move is None:
            return 0
        went = block.kind is BlockKind.MOVED_FROM
        return (self._stands if went else self._stood).get(block.move, 0)

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight, laying out as many as there is time for."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self.colours.surface))
        started, room = perf_counter(), self.viewport().height()
        at, moved = self._row_at(self.map.value()), False
        y = self._tops[at] - self.map.value() if at < len(self._tops) else 0.0
        while at < len(self._rows) and y < room:
            if at not in self._laid and perf_counter() - started > _BUDGET:
                self._more.start()
                y += self._heights[at]
                at += 1
                continue
            before = self._heights[at]
            found = self._lay(at)
            moved = moved or self._heights[at] != before
            if found is not None:
                current = self._rows[at].change is not None
                current = current and self._rows[at].change == self._current
                found.paint(painter, y, current=current)
            y += self._heights[at]
            at += 1
        ink = QColor(Qt.GlobalColor.white if self._night else Qt.GlobalColor.black)
        start = event.rect().topLeft() + QPoint(0, self.map.value())
        self._mark.paint(painter, event.rect(), ink, self.devicePixelRatioF(), start)
        painter.end()
        if moved:
            self._place()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw the other rows that came into sight."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._relay()
        else:
            self._place()

    # Keys, mouse and touch

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to changes with n and p, open what is around one with Enter, scroll."""
        bar, key = self.map, event.key()
        if key == Qt.Key.Key_N:
            self.step(1)
        elif key == Qt.Key.Key_P:
            self.step(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_around()
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        elif key == Qt.Key.Key_Space:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar.setValue(bar.value() + (-1 if back else 1) * (bar.pageStep() - TARGET))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a tap begins."""
        self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a fold that was tapped, or bring a tapped change to the front."""
        point, pressed = event.position().toPoint(), self._pressed
        self._pressed = None
        if pressed is None or (point - pressed).manhattanLength() > TARGET // 4:
            return
        at = self._row_at(self.map.value() + point.y())
        if at >= len(self._rows) or self.map.value() + point.y() >= self._tops[-1]:
            return
        row = self._rows[at]
        if row.fold:
            self._open([row.first])
        elif row.change is not None:
            self._current = row.change
            self.map.set_current(row.change)
            self._tell()
            self.viewport().update()
            self.current_changed.emit(row.change)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, make the letters larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self._zoom * STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def row_rect(self, at: int) -> QRect:
        """Return where a row lies in the view."""
        top = self._tops[at] - self.map.value()
        return QRectF(0, top, self.viewport().width(), self._heights[at]).toRect()
