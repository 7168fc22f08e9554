"""A row of chips of which one is on: each says how many it would leave."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1
from congress.ui.widgets.button import Button, Kind


class FilterChips(QWidget):
    """Chooses one of a few filters; a filter that would leave nothing is not offered."""

    chosen = Signal(str)
    """The value that was chosen."""

    def __init__(
        self,
        context: UiContext,
        options: Sequence[tuple[str, str]],
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Offer ``options``, values and the words for them; the first is on, and always there."""
        super().__init__(parent)
        self._context = context
        self._words = dict(options)
        self._first = options[0][0]
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.chips: dict[str, Button] = {}
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_1)
        for value, words in options:
            chip = Button(context, words, Kind.QUIET)
            chip.setCheckable(True)
            self._group.addButton(chip)
            self.chips[value] = chip
            box.addWidget(chip)
        box.addStretch(1)
        self.chips[self._first].setChecked(True)
        self._group.buttonClicked.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> str:
        """The value that is on."""
        return next(value for value, chip in self.chips.items() if chip.isChecked())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many each filter would leave; one that is on stays in sight."""
        tr = self._context.tr
        for value, chip in self.chips.items():
            count = counts.get(value, 0)
            chip.set_text(f"{self._words[value]} {tr.number(count)}")
            chip.setVisible(bool(count) or chip.isChecked() or value == self._first)
