"""Chooses a paragraph of a paper by its words."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from congress.docs.amendments.model import Paragraph
from congress.ui.context import UiContext
from congress.ui.widgets.choice import Select
from congress.ui.widgets.field import SearchEdit

_BEGINNING = 90
"""Characters of a paragraph that are shown in the list."""


class ParagraphPicker(QWidget):
    """Chooses a paragraph by its words."""

    def __init__(
        self, context: UiContext, paragraphs: Sequence[Paragraph], chosen: int | None = None
    ) -> None:
        """Offer ``paragraphs``; ``chosen`` is the number of the one chosen at first."""
        super().__init__()
        self._context, self._paragraphs = context, paragraphs
        tr = context.tr
        self.search = SearchEdit(context, tr("amendments.find_paragraph"))
        self.list = Select(context, name=tr("amendments.choose_paragraph"))
        self.list.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.search, 1)
        box.addWidget(self.list, 2)
        self._offer("", chosen)
        self.search.textChanged.connect(lambda typed: self._offer(typed, None))

    def _offer(self, typed: str, chosen: int | None) -> None:
        words = typed.casefold().split()
        options = [
            (each.number, self._named(each))
            for each in self._paragraphs
            if all(word in each.text.casefold() for word in words)
        ]
        before = self.list.value
        self.list.set_options(options, chosen)
        self.list.setEnabled(bool(options))
        if self.list.value != before:
            self.list.chosen.emit(self.list.value)

    def _named(self, paragraph: Paragraph) -> str:
        text = paragraph.text
        short = text if len(text) <= _BEGINNING else f"{text[:_BEGINNING]}…"
        return f"{self._context.tr.number(paragraph.number)}.  {short}"

    @property
    def paragraph(self) -> Paragraph | None:
        """The chosen paragraph."""
        number = self.list.value
        return next((each for each in self._paragraphs if each.number == number), None)
