"""Finding words inside an open paper: the field, which place is shown, and to the next."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.text import Text

DEBOUNCE = 200
_WIDTH = 280


class FindBar(QWidget):
    """The field and its buttons. Enter goes on, Shift+Enter back, Escape closes."""

    asked = Signal(str)
    """What is looked for, once the person pauses."""
    moved = Signal(int)
    """1 for the next place, -1 for the one before."""
    closed = Signal()
    """Escape was pressed in an empty field, or after it was emptied."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        tr = self._tr = context.tr
        self.field = SearchEdit(context, tr("reader.find"))
        self.field.setMinimumWidth(_WIDTH // 2)
        self.field.setMaximumWidth(context.theme.px(_WIDTH))
        self.count = Text(context, "", Type.LABEL, "muted", wrap=False, figures=True)
        self.previous = Button(
            context, kind=Kind.QUIET, icon="caret-up", name=tr("reader.find.previous")
        )
        self.next = Button(context, kind=Kind.QUIET, icon="caret-down", name=tr("reader.find.next"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_1)
        for widget in (self.field, self.count, self.previous, self.next):
            box.addWidget(widget)
        box.setSpacing(SPACE_2)
        self._later = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._later.timeout.connect(lambda: self.asked.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._later.start())
        self.field.installEventFilter(self)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.show_count(None, 0)

    def show_count(self, current: int | None, count: int, *, going_on: bool = False) -> None:
        """Say which place (from 0) of ``count`` is shown; ``going_on`` while more may come."""
        for button in (self.previous, self.next):
            button.setVisible(count > 0)
        if count and current is not None:
            self.count.setText(self._tr("reader.find.count", number=current + 1, count=count))
        elif self.field.text().strip() and not going_on:
            self.count.setText(self._tr("reader.find.none"))
        else:
            self.count.setText("")
        self.count.setVisible(bool(self.count.text()))

    def look_for(self, text: str) -> None:
        """Look for ``text`` at once."""
        self.field.setText(text)
        self._later.stop()
        self.asked.emit(text)

    def focus(self) -> None:
        """Put the keyboard into the field."""
        self.field.setFocus()
        self.field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer Enter and Escape in the field."""
        if watched is self.field and isinstance(event, QKeyEvent):
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._go(-1 if back else 1)
                return True
            if pressed and event.key() == Qt.Key.Key_Escape:
                self.look_for("")
                self.closed.emit()
                return True
        return super().eventFilter(watched, event)

    def _go(self, step: int) -> None:
        if self._later.isActive():
            self.look_for(self.field.text())
        else:
            self.moved.emit(step)
