"""Lists that drop down from a field: rows as tall as a fingertip, which a finger scrolls."""

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QCompleter, QStyledItemDelegate

from congress.i18n.direction import ISOLATE, POP
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import SPACE_1, Type
from congress.ui.widgets.gestures import SLOP
from congress.ui.widgets.text import restyle


class DropDownFinger(QObject):
    """Lets a finger scroll a list that drops down; a tap alone chooses.

    To Qt a finger on a popup is a mouse with its button down, which carries the choice along and
    makes it where it is let go. A real mouse still does that.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        """Follow the finger on ``view`` as long as it lives."""
        super().__init__(view)
        self._bar = view.verticalScrollBar()
        self._down: float | None = None
        self._last = 0.0
        self._scrolls = False
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the moves of a finger, and its release after it has scrolled."""
        if not isinstance(event, QMouseEvent):
            return False
        if event.source() is Qt.MouseEventSource.MouseEventNotSynthesized:
            return False
        at = event.position().y()
        if event.type() is QEvent.Type.MouseButtonPress:
            self._down, self._scrolls = at, False
        elif event.type() is QEvent.Type.MouseMove and self._down is not None:
            self._move(at)
            return True
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._down = None
            return self._scrolls
        return False

    def _move(self, at: float) -> None:
        if not self._scrolls and self._down is not None and abs(at - self._down) > SLOP:
            self._scrolls, self._last = True, self._down
        if self._scrolls:
            self._bar.setValue(self._bar.value() - round(at - self._last))
            self._last = at


class _Rows(QStyledItemDelegate):
    """Sets each row in the direction of its own words, so that a number stays before them."""

    def displayText(self, value: object, locale: QLocale | QLocale.Language) -> str:
        return f"{ISOLATE}{super().displayText(value, locale)}{POP}"


def make_room(box: QComboBox, theme: Theme) -> None:
    """Give the list of ``box`` rows that a finger can tap and scroll."""
    _shape(box.view(), theme)
    box.setItemDelegate(_Rows(box))


def widen(box: QComboBox) -> None:
    """Make the list of ``box``, before it opens, as wide as its words at the least."""
    view = box.view()
    scrolls = box.count() > box.maxVisibleItems()
    bar = view.verticalScrollBar().sizeHint().width() if scrolls else 0
    if (holder := view.parentWidget()) is not None:
        holder.setMinimumWidth(view.sizeHintForColumn(0) + bar + 2 * (view.frameWidth() + SPACE_1))


def make_room_below(completer: QCompleter, theme: Theme) -> None:
    """Give what ``completer`` offers while one types rows that a finger can tap and scroll."""
    view = completer.popup()
    if view is not None:
        _shape(view, theme)
        view.setItemDelegate(_Rows(view))


def _shape(view: QAbstractItemView, theme: Theme) -> None:
    view.setFont(theme.font(Type.BODY))
    view.setProperty("drops", True)
    restyle(view)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    DropDownFinger(view)
