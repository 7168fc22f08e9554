"""A whole number: typed, or stepped with two buttons large enough for a finger."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.layout import row


class NumberEdit(QWidget):
    """Edits a whole number between two bounds."""

    changed = Signal(int)
    """The number, after every change."""

    def __init__(
        self,
        context: UiContext,
        least: int,
        most: int,
        value: int,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """Begin with ``value``, from ``least`` to ``most``."""
        super().__init__(parent)
        tr = context.tr
        self._least, self._most = least, most
        self.edit = QLineEdit()
        self.edit.setValidator(QIntValidator(least, most, self.edit))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setMaximumWidth(context.theme.px(120))
        self.less = Button(context, kind=Kind.SECONDARY, icon="minus", name=tr("number.less"))
        self.more = Button(context, kind=Kind.SECONDARY, icon="plus", name=tr("number.more"))
        self.less.clicked.connect(lambda: self.set_value(self.value - 1))
        self.more.clicked.connect(lambda: self.set_value(self.value + 1))
        line = row(self.less, self.edit, self.more, None, space=SPACE_2)
        self.setLayout(line)
        self.setFocusProxy(self.edit)
        self.set_value(value)
        self.edit.textChanged.connect(lambda _: self._tell())

    @property
    def value(self) -> int:
        """The number; the least one while nothing is typed."""
        text = self.edit.text()
        return min(max(int(text), self._least), self._most) if text else self._least

    def set_value(self, value: int) -> None:
        """Show another number, kept within the bounds."""
        self.edit.setText(str(min(max(value, self._least), self._most)))

    def _tell(self) -> None:
        self.less.setEnabled(self.value > self._least)
        self.more.setEnabled(self.value < self._most)
        self.changed.emit(self.value)

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        """Give the field its font."""
        super().setFont(font)
        self.edit.setFont(font)

    def setAccessibleName(self, name: str) -> None:
        """Name the field for screen readers."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the up and down keys."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_value(self.value + step)
