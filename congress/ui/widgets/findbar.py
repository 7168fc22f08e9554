"""Finding words inside an open paper: the field, which place is shown, and to the next."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.text import Text

DEBOUNCE = 200
_WIDTH = 420


class FindBar(QFrame):
    """The field and its buttons. Enter goes on, Shift+Enter back, Escape closes."""

    asked = Signal(str)
    """What is looked for, once the person pauses."""
    moved = Signal(int)
    """1 for the next place, -1 for the one before."""
    list_asked = Signal()
    """All places are wanted as a list."""
    closed = Signal()
    """The bar was closed."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin empty and hidden."""
        super().__init__(parent)
        tr = self._tr = context.tr
        self.setObjectName("topbar")
        self.field = SearchEdit(context, tr("reader.find"))
        self.field.setMaximumWidth(context.theme.px(_WIDTH))
        self.count = Text(context, "", Type.LABEL, "muted", wrap=False, figures=True)

        def quiet(icon: str, name: str) -> Button:
            return Button(context, kind=Kind.QUIET, icon=icon, name=name)

        self.previous = quiet("caret-up", f"{tr('reader.find.previous')} (Shift+F3)")
        self.next = quiet("caret-down", f"{tr('reader.find.next')} (F3)")
        self.list_button = quiet("list-bullets", tr("reader.find.list"))
        self.close_button = quiet("x", f"{tr('reader.find.close')} (Esc)")
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_1, SPACE_3, SPACE_1)
        box.setSpacing(SPACE_2)
        box.addWidget(self.field, 1)
        for widget in (self.count, self.previous, self.next, self.list_button):
            box.addWidget(widget)
        box.addStretch(1)
        box.addWidget(self.close_button)
        self._later = QTimer(self, singleShot=True, interval=DEBOUNCE)
        self._later.timeout.connect(lambda: self.asked.emit(self.field.text()))
        self.field.textChanged.connect(lambda _: self._later.start())
        self.field.installEventFilter(self)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.list_button.clicked.connect(self.list_asked)
        self.close_button.clicked.connect(self.close_)
        self.show_count(None, 0)
        self.hide()

    def show_count(self, current: int | None, count: int, *, going_on: bool = False) -> None:
        """Say which place (from 0) of ``count`` is shown; ``going_on`` while more may come."""
        for button in (self.previous, self.next, self.list_button):
            button.setEnabled(count > 0)
        if count and current is not None:
            self.count.setText(self._tr("reader.find.count", number=current + 1, count=count))
        elif self.field.text().strip() and not going_on:
            self.count.setText(self._tr("reader.find.none"))
        else:
            self.count.setText("")

    def look_for(self, text: str) -> None:
        """Look for ``text`` at once."""
        self.field.setText(text)
        self._later.stop()
        self.show()
        self.asked.emit(text)

    def show_words(self, text: str) -> None:
        """Show what is being looked for already; go if that is nothing."""
        self.field.setText(text)
        self._later.stop()
        self.setVisible(bool(text))

    def focus(self) -> None:
        """Put the keyboard into the field."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def close_(self) -> None:
        """Forget what was looked for, and go."""
        self.look_for("")
        self.hide()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer Enter and Escape in the field."""
        if watched is self.field and isinstance(event, QKeyEvent):
            pressed = event.type() is QEvent.Type.KeyPress
            if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._go(-1 if back else 1)
                return True
            if pressed and event.key() == Qt.Key.Key_Escape:
                self.close_()
                return True
        return super().eventFilter(watched, event)

    def _go(self, step: int) -> None:
        if self._later.isActive():
            self.look_for(self.field.text())
        else:
            self.moved.emit(step)
