"""The bar that stands by selected text: copy, and what other parts add."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.pagelayers import Selected

_ROOM = 28
"""Pixels below the text that the handles of a touch selection need."""


class SelectionBar(QFrame):
    """Buttons for what can be done with selected text. Never takes the keyboard by itself."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        """Float over ``over``, hidden."""
        super().__init__(over)
        self._context, self._over = context, over
        self._selected: Selected | None = None
        self._given_way = False
        self.setObjectName("floating")
        self.setAccessibleName(context.tr("reader.selection"))
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(SPACE_1, SPACE_1, SPACE_1, SPACE_1)
        self._box.setSpacing(SPACE_1)
        self._buttons: dict[str, Button] = {}
        self.hide()

    def add_action(
        self, key: str, label: str, icon: str, run: Callable[[Selected], object], keys: str = ""
    ) -> Button:
        """Add a button.

        Args:
            key: Names it.
            label: A verb, as a tip and for screen readers.
            icon: Phosphor name.
            run: Is given what is selected.
            keys: The shortcut that does the same, for the tip; or empty.
        """
        name = f"{label} ({keys})" if keys else label
        button = Button(self._context, kind=Kind.QUIET, icon=icon, name=name)
        button.clicked.connect(lambda: self._run(run))
        self._buttons[key] = button
        self._box.addWidget(button)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Add something else, as a row of colours; it asks ``selected`` itself."""
        self._box.addWidget(widget)

    @property
    def selected(self) -> Selected | None:
        """What is selected while the bar is shown."""
        return self._selected

    def button(self, key: str) -> Button:
        """Return a button by its name."""
        return self._buttons[key]

    def _run(self, run: Callable[[Selected], object]) -> None:
        if self._selected is not None:
            run(self._selected)

    def give_way(self) -> None:
        """Stay hidden from now on: another bar stands by selected text."""
        self._given_way = True
        self.hide()

    def show_for(self, selected: Selected, area: QRectF) -> None:
        """Stand by ``area`` (in the lengths of the widget floated over), clear of it."""
        self._selected = selected
        if self._given_way:
            return
        self.adjustSize()
        size, room = self.sizeHint(), self._over.rect()
        y = area.top() - size.height() - SPACE_2
        if y < SPACE_2:
            y = min(area.bottom() + _ROOM, room.height() - size.height() - SPACE_2)
        x = area.center().x() - size.width() / 2
        x = min(max(SPACE_2, x), max(SPACE_2, room.width() - size.width() - SPACE_2))
        self.move(QPoint(round(x), round(y)))
        self.show()
        self.raise_()

    def go(self) -> None:
        """Go away."""
        self._selected = None
        self.hide()
