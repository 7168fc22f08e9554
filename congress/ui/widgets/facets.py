"""Filters at the side of a list of papers: each value with how many papers it keeps."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from congress.docs.model import Paper
from congress.ui.context import UiContext
from congress.ui.models.papers import FACET_WORDS, FACETS, Filters
from congress.ui.theme.tokens import SPACE_4, Type
from congress.ui.widgets.choice import Check
from congress.ui.widgets.layout import clear
from congress.ui.widgets.text import Text

WIDTH = 216


class FacetPanel(QScrollArea):
    """Boxes to tick, under the name of each filter."""

    toggled = Signal(str, str)
    """A filter and the value that was ticked, or ticked no more."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._context = context
        self._shown: object = None
        self.checks: dict[tuple[str, str], Check] = {}
        self.setWidgetResizable(True)
        self.setFixedWidth(context.theme.px(WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setObjectName("clear")
        self._box = QVBoxLayout(ground)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(ground)

    def show_counts(self, papers: Sequence[Paper], filters: Filters) -> None:
        """Show the values that occur in ``papers``, with what ``filters`` leave of each."""
        tr = self._context.tr
        counts = {name: filters.counts(papers, name) for name in FACETS}
        layout = {name: [value for value, _ in counts[name]] for name in FACETS}
        if layout != self._shown:
            self._shown = layout
            self._build(layout)
        for name, lines in counts.items():
            for value, count in lines:
                if (name, value) not in self.checks:
                    continue
                words = tr(FACET_WORDS[name] + value)
                check = self.checks[name, value]
                check.setText(tr("library.facet.option", name=words, count=count))
                check.setAccessibleName(check.text())
                check.blockSignals(True)
                check.setChecked(value in filters.chosen.get(name, frozenset()))
                check.blockSignals(False)

    def _build(self, layout: dict[str, list[str]]) -> None:
        clear(self._box)
        self.checks = {}
        for name, values in layout.items():
            if len(values) < 2:
                continue
            if self._box.count():
                self._box.addSpacing(SPACE_4)
            heading = self._context.tr(f"library.facet.{name}")
            self._box.addWidget(Text(self._context, heading, Type.STRONG))
            for value in values:
                check = Check(self._context, value)
                check.toggled.connect(partial(self._toggled, name, value))
                self.checks[name, value] = check
                self._box.addWidget(check)

    def _toggled(self, name: str, value: str, _: bool) -> None:
        self.toggled.emit(name, value)
