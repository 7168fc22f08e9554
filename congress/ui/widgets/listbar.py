"""The line above a list of papers: how many there are, their order, the way to the filters."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.models.ordering import Sort
from congress.ui.theme.tokens import SPACE_2, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Select
from congress.ui.widgets.text import Text


class ListBar(QWidget):
    """Says how many papers are on the list, and lets a person order it."""

    sorted = Signal(object)
    """The ``Sort`` that was chosen."""
    grouped = Signal(bool)
    """Whether papers are to stand under the items of the agenda."""
    filters_shown = Signal(bool)
    """Whether the filters are to be shown."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin with the order of the agenda, without headings."""
        super().__init__(parent)
        tr = self._tr = context.tr
        self.status = Text(context, "", Type.LABEL, "muted")
        self.order = Select(
            context,
            [(each, tr(f"library.sort.{each}")) for each in Sort],
            Sort.AGENDA,
            name=tr("library.sort"),
        )
        self.group_button = Button(
            context, tr("library.grouped"), Kind.QUIET, "list-bullets", name=tr("library.group")
        )
        self.group_button.setCheckable(True)
        self.filter_button = Button(context, tr("library.filters"), Kind.QUIET, "funnel")
        self.filter_button.setCheckable(True)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_2)
        box.addWidget(self.status, 1)
        for widget in (self.order, self.group_button, self.filter_button):
            box.addWidget(widget)
        self.order.chosen.connect(self.sorted)
        self.group_button.toggled.connect(self.grouped)
        self.filter_button.toggled.connect(self.filters_shown)

    def show_order(self, sort: Sort, *, grouped: bool) -> None:
        """Show an order without a signal."""
        self.order.set_value(sort)
        _check(self.group_button, on=grouped)

    def show_searching(self, *, searching: bool) -> None:
        """Hide what orders papers while pages are on show, which have an order of their own."""
        self.order.setVisible(not searching)
        self.group_button.setVisible(not searching)

    def show_filters(self, active: int, *, open_: bool) -> None:
        """Say how many filters are at work, and whether they can be seen."""
        words = self._tr("library.filters.active", count=active) if active else ""
        self.filter_button.set_text(words or self._tr("library.filters"))
        _check(self.filter_button, on=open_)


def _check(button: Button, *, on: bool) -> None:
    button.blockSignals(True)
    button.setChecked(on)
    button.blockSignals(False)
