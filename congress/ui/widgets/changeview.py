"""Two versions side by side, or one text with tracked changes; long papers row by row.

Rows are laid out when they come into sight, a few at a time, so that a paper of two hundred pages
opens at once.
"""

from collections.abc import Sequence
from enum import StrEnum
from time import perf_counter

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from congress.docs.changes.model import Comparison, Summary
from congress.ui.context import UiContext
from congress.ui.models.changerows import Row, changes_of, words
from congress.ui.theme.fonts import font
from congress.ui.theme.tokens import DARK, LIGHT, TARGET, Mode, Palette, Type
from congress.ui.widgets.changemap import ChangeMap
from congress.ui.widgets.changepainting import Columns, Look
from congress.ui.widgets.changestack import RowStack
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.watermark import Watermark

SMALLEST, LARGEST, STEP = 0.6, 3.0, 1.15
_BUDGET = 0.012
"""Seconds of one paint that may go into laying rows out."""
_ONE_COLUMN, _TWO_COLUMNS = 760, 1480
"""The widest the text grows, in pixels at text scale 1."""


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
        self._comparison = Comparison((), Summary())
        self.stack = RowStack(context, self._comparison)
        self._lang = context.tr.lang
        self._mode, self._folded, self._zoom = ViewMode.SIDES, True, 1.0
        self._night = context.theme.palette.mode is Mode.DARK
        self._changes: list[int] = []
        self._opened: frozenset[int] = frozenset()
        self._current: int | None = None
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
        Fingers(self)

    # What is shown

    def show_comparison(self, comparison: Comparison, lang: str) -> None:
        """Show what changed in a text written in ``lang``, from its first change."""
        self._comparison, self._lang = comparison, lang
        self._changes = changes_of(comparison)
        self._opened, self._current = frozenset(), None
        self.stack = RowStack(self._context, comparison)
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
    def rows(self) -> Sequence[Row]:
        """The rows as they are shown."""
        return self.stack.rows

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
            self.stack.recolour(self._look())
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
        at = self.stack.row_of(self._current)
        if at is None:
            return
        near = [row for row in self.stack.rows[max(0, at - 2) : at + 3] if row.fold]
        self._open([row.first for row in near])

    def _open(self, firsts: list[int]) -> None:
        if firsts:
            top = self.map.value()
            self._opened |= frozenset(firsts)
            self._rebuild()
            self.map.setValue(top)
            self._show_current()

    def _show_current(self) -> None:
        at = self.stack.row_of(self._current)
        if at is not None:
            for near in range(max(0, at - 3), min(len(self.stack.rows), at + 2)):
                self.stack.lay(near)
            self._place()
            room, top = self.viewport().height(), self.stack.tops[at] - self.map.value()
            if top < TARGET or top + self.stack.heights[at] > room - TARGET:
                above = max(0.0, min(room / 3, room - self.stack.heights[at] - TARGET))
                self.map.setValue(round(self.stack.tops[at] - above))
        self.viewport().update()

    def _tell(self) -> None:
        if self._current is None:
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
        self.stack.fold(folded=self._folded, opened=self._opened)
        self._relay()

    def _relay(self) -> None:
        """Guess all heights anew; the first row in sight stays in sight."""
        stack = self.stack
        at = stack.at(self.map.value())
        anchor = stack.rows[at].first if at < min(len(stack.rows), len(stack.heights)) else 0
        stack.dress(self._look())
        self._place()
        if anchor:
            at = next((n for n, row in enumerate(stack.rows) if row.last > anchor), 0)
            self.map.setValue(round(stack.tops[at]))
        self.viewport().update()

    def _look(self) -> Look:
        theme = self._context.theme
        two = self._mode is ViewMode.SIDES
        widest = theme.px((_TWO_COLUMNS if two else _ONE_COLUMN) * max(1.0, self._zoom**0.5))
        columns = Columns.of(self.viewport().width(), widest, two=two, rtl=self._lang == "ur")
        face = font(Type.READING, self._lang, theme.scale * self._zoom)
        return Look(columns, face, self._lang, self.colours)

    def _place(self) -> None:
        """Add the heights up and tell the scroll bar."""
        self.stack.add_up()
        room = self.viewport().height()
        total = self.stack.tops[-1] + TARGET
        self.map.setRange(0, max(0, round(total - room)))
        self.map.setPageStep(room)
        self.map.setSingleStep(TARGET)
        self.map.set_marks(self.stack.marks(total))

    # Drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in sight, laying out as many as there is time for."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(self.colours.surface))
        started, room = perf_counter(), self.viewport().height()
        at, moved = self.stack.at(self.map.value()), False
        y = self.stack.tops[at] - self.map.value() if at < len(self.stack.tops) else 0.0
        while at < len(self.stack.rows) and y < room:
            if not self.stack.is_laid(at) and perf_counter() - started > _BUDGET:
                self._more.start()
                y += self.stack.heights[at]
                at += 1
                continue
            before = self.stack.heights[at]
            found = self.stack.lay(at)
            moved = moved or self.stack.heights[at] != before
            if found is not None:
                current = self.stack.rows[at].change is not None
                current = current and self.stack.rows[at].change == self._current
                found.paint(painter, y, current=current, focused=self.hasFocus())
            y += self.stack.heights[at]
            at += 1
        ink = QColor(Qt.GlobalColor.white if self._night else Qt.GlobalColor.black)
        start = event.rect().topLeft() + QPoint(0, self.map.value())
        self._mark.paint(painter, event.rect(), ink, self.devicePixelRatioF(), start)
        painter.end()
        if moved:
            self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

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
        at = self.stack.at(self.map.value() + point.y())
        if at >= len(self.stack.rows) or self.map.value() + point.y() >= self.stack.tops[-1]:
            return
        row = self.stack.rows[at]
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
        top = self.stack.tops[at] - self.map.value()
        return QRectF(0, top, self.viewport().width(), self.stack.heights[at]).toRect()
