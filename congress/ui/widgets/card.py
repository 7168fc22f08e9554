"""Cards and the rows of lists."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_3, SPACE_4, SPACE_5, TARGET, Type
from congress.ui.widgets.layout import clear
from congress.ui.widgets.text import Text, restyle


class _Pressable(QFrame):
    """A frame that can be pressed like a button, by mouse and by key."""

    activated = Signal()
    """It was pressed."""

    def __init__(self, clickable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clickable = clickable
        self.setProperty("clickable", clickable)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press it when the button is let go over it."""
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and event.button() is Qt.MouseButton.LeftButton and inside:
            self.activated.emit()
        else:
            super().mouseReleaseEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here too."""
        if not self._clickable:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press it with Enter and Space."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if self._clickable and event.key() in keys:
            self.activated.emit()
        else:
            super().keyPressEvent(event)


class Card(_Pressable):
    """A sheet of paper that holds things that belong together.

    Attributes:
        column: Where its content goes, from top to bottom.
    """

    def __init__(
        self,
        context: UiContext,
        title: str = "",
        *,
        clickable: bool = False,
        flat: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out an empty card.

        Args:
            context: The surroundings.
            title: Its heading, or empty.
            clickable: Whether the whole card can be pressed.
            flat: Only an outline, on the ground of the window.
            parent: The widget it lies on.
        """
        super().__init__(clickable, parent)
        self.setProperty("flat", flat)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE_5, SPACE_4 + 2, SPACE_5, SPACE_4 + 2)
        self.column.setSpacing(SPACE_3)
        if title:
            self.column.addWidget(Text(context, title, Type.HEADING))
            self.setAccessibleName(title)


class ListRow(_Pressable):
    """One line of a list: an icon, a title with a line below it, and marks at the end side.

    Attributes:
        trailing: Where chips and buttons go, at the end side.
    """

    def __init__(
        self,
        context: UiContext,
        title: str,
        subtitle: str = "",
        *,
        icon: str = "",
        leading: QWidget | None = None,
        clickable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the row.

        Args:
            context: The surroundings.
            title: The name of the thing.
            subtitle: A line below it in muted ink, or empty.
            icon: Phosphor name shown before the title, or empty.
            leading: A widget before the title instead of an icon: a picture, a cover.
            clickable: Whether the whole row can be pressed.
            parent: The widget it lies on.
        """
        super().__init__(clickable, parent)
        self.setMinimumHeight(context.theme.px(TARGET + SPACE_3))
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_3 - 2, SPACE_3, SPACE_3 - 2)
        box.setSpacing(SPACE_3)
        if icon:
            leading = QLabel()
            leading.setPixmap(context.theme.pixmap(icon, 22, "muted"))
        if leading is not None:
            box.addWidget(leading)
        words = QVBoxLayout()
        words.setSpacing(SPACE_1 // 2)
        self.title = Text(context, title, Type.NAME)
        self.subtitle = Text(context, subtitle, Type.LABEL, "muted")
        if not subtitle:
            self.subtitle.hide()
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        box.addLayout(words, 1)
        box.setAlignment(words, Qt.AlignmentFlag.AlignVCenter)
        self.trailing = QHBoxLayout()
        self.trailing.setSpacing(SPACE_3)
        box.addLayout(self.trailing)
        if clickable:
            caret = QLabel()
            caret.setPixmap(context.theme.pixmap("caret-right", 16, "muted"))
            box.addWidget(caret)
        self.setAccessibleName(f"{title}, {subtitle}" if subtitle else title)

    def set_subtitle(self, text: str) -> None:
        """Change the line below the title."""
        self.subtitle.setText(text)
        self.subtitle.setVisible(bool(text))


def _takes(widget: QWidget) -> bool:
    tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tab) and widget.isVisible() and widget.isEnabled()


def _stops(widget: QWidget) -> list[QWidget]:
    tab = Qt.FocusPolicy.TabFocus.value
    inside = [widget, *widget.findChildren(QWidget)]
    return [each for each in inside if each.focusPolicy().value & tab]


def _follow(before: QWidget, widget: QWidget) -> None:
    """Let Tab reach ``widget`` after ``before``, not after all that was there earlier."""
    inside = _stops(before) if isinstance(before, ListRow) else []
    at: QWidget | None = inside[-1] if inside else before
    while at is not None and not at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value:
        at = at.previousInFocusChain()
        if at is before:
            return
    for stop in _stops(widget):
        if at is not None and at is not stop:
            QWidget.setTabOrder(at, stop)
            at = stop


class RowList(QWidget):
    """Rows below each other, parted by hairlines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin with no rows."""
        super().__init__(parent)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.rows: list[ListRow] = []

    def add(self, row: ListRow) -> ListRow:
        """Add ``row`` at the bottom and return it."""
        if self.rows:
            self.rows[-1].setProperty("last", False)
            restyle(self.rows[-1])
        row.setProperty("last", True)
        self._box.addWidget(row)
        _follow(self.rows[-1] if self.rows else self, row)
        self.rows.append(row)
        if self.isVisible():
            row.show()
        return row

    def clear(self) -> None:
        """Take all rows away; the keyboard, if it is in one, goes to what stands before them."""
        at: QWidget | None = self.window().focusWidget()
        if at is not None and self.isAncestorOf(at):
            before = self.previousInFocusChain()
            while before is not None and before is not self:
                if _takes(before) and not self.isAncestorOf(before):
                    break
                before = before.previousInFocusChain()
            if before is not None:
                before.setFocus(Qt.FocusReason.OtherFocusReason)
        clear(self._box)
        self.rows = []
