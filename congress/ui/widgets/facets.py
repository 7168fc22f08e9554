"""Filters at the side of a list of papers: each value with how many papers it keeps."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.models.listing import Facet, Filters, shelf_of
from congress.ui.theme.tokens import SPACE_4, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Check
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import clear
from congress.ui.widgets.text import Text

WIDTH = 232
_BESIDE = 56
"""What the box and the scrollbar take beside the words, in pixels at text scale 1."""
_FEW = 6
"""So many values of a filter are shown before the others are asked for."""

Counts = Mapping[Facet, Sequence[tuple[str, int]]]


class FacetPanel(QScrollArea):
    """Boxes to tick, under the name of each filter."""

    toggled = Signal(str, str)
    """A ``Facet`` and the value that was ticked, or ticked no more."""
    cleared = Signal()
    """All filters are to go."""

    def __init__(
        self,
        context: UiContext,
        group_name: Callable[[str], str] = str,
        parent: QWidget | None = None,
    ) -> None:
        """Begin empty; ``group_name`` gives the name of a group by its identifier."""
        super().__init__(parent)
        self._context, self._group_name = context, group_name
        self._shown: object = None
        self._whole: set[Facet] = set()
        self._last: tuple[Counts, Filters] = {}, Filters()
        self.checks: dict[tuple[Facet, str], Check] = {}
        self.more: dict[Facet, Button] = {}
        self.setWidgetResizable(True)
        self.setFixedWidth(context.theme.px(WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(context.tr("library.filters"))
        Fingers(self)
        ground = QWidget()
        ground.setObjectName("clear")
        self.clear_button = Button(
            context, context.tr("library.filtered.clear"), Kind.QUIET, "funnel"
        )
        self.clear_button.clicked.connect(self.cleared)
        self._facets = QVBoxLayout()
        self._facets.setSpacing(0)
        box = QVBoxLayout(ground)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.setAlignment(Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.clear_button)
        box.addLayout(self._facets)
        self.setWidget(ground)

    def show_counts(self, counts: Counts, filters: Filters) -> None:
        """Show the values of each filter, with how many papers each would keep."""
        self._last = counts, filters
        shown = {facet: self._in_sight(facet, values, filters) for facet, values in counts.items()}
        if shown != self._shown:
            self._shown = shown
            self._build(shown, counts)
        self.clear_button.setVisible(bool(filters.active))
        tr = self._context.tr
        for facet, values in counts.items():
            for value, count in values:
                if (check := self.checks.get((facet, value))) is None:
                    continue
                name = self._words(facet, value)
                words = tr("library.facet.option", name=name, count=count)
                if check.accessibleName() != words:
                    check.setText(self._fitting(name, count).replace("&", "&&"))
                    check.setAccessibleName(words)
                    check.setToolTip(words)
                check.blockSignals(True)
                check.setChecked(value in filters.chosen.get(facet, frozenset()))
                check.blockSignals(False)

    def _in_sight(
        self, facet: Facet, values: Sequence[tuple[str, int]], filters: Filters
    ) -> list[str]:
        chosen = filters.chosen.get(facet, frozenset())
        # A filter of which all papers have the same value filters nothing.
        if len(values) < 2 and facet is not Facet.STATE and not chosen:
            return []
        if len(values) <= _FEW + 1 or facet in self._whole:
            return [value for value, _ in values]
        return [value for at, (value, _) in enumerate(values) if at < _FEW or value in chosen]

    def _words(self, facet: Facet, value: str) -> str:
        tr = self._context.tr
        match facet:
            case Facet.STATE:
                return tr(f"library.state.{value}")
            case Facet.AGENDA:
                return value or tr("library.no_agenda")
            case Facet.TYPE:
                return tr(f"paper.type.{value}")
            case Facet.DATE:
                return tr(f"library.date.{value}")
            case Facet.LANGUAGE:
                return tr(f"language.{value}")
            case Facet.SHELF:
                shelf = shelf_of(value)
                return self._group_name(shelf.group) if shelf.group else tr(f"clearance.{value}")

    def _fitting(self, name: str, count: int) -> str:
        """Return a value and its count with the name cut as the panel is wide."""
        tr, metrics = self._context.tr, QFontMetrics(self._context.theme.font(Type.BODY))
        room = self.width() - self._context.theme.px(_BESIDE)
        room -= metrics.horizontalAdvance(tr("library.facet.option", name="", count=count))
        cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        return tr("library.facet.option", name=cut, count=count)

    def _build(self, shown: Mapping[Facet, Sequence[str]], counts: Counts) -> None:
        clear(self._facets)
        self.checks, self.more = {}, {}
        for facet, values in shown.items():
            if not values:
                continue
            self._facets.addSpacing(SPACE_4)
            heading = self._context.tr(f"library.facet.{facet}")
            self._facets.addWidget(Text(self._context, heading, Type.STRONG))
            for value in values:
                check = Check(self._context, value)
                check.toggled.connect(partial(self._toggled, facet, value))
                self.checks[facet, value] = check
                self._facets.addWidget(check)
            if (hidden := len(counts[facet]) - len(values)) > 0:
                words = self._context.tr("library.facet.more", count=hidden)
                button = Button(self._context, words, Kind.QUIET, "caret-down")
                button.clicked.connect(partial(self._show_all, facet))
                self.more[facet] = button
                self._facets.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)

    def _toggled(self, facet: Facet, value: str, _: bool) -> None:
        self.toggled.emit(str(facet), value)

    def _show_all(self, facet: Facet) -> None:
        self._whole.add(facet)
        self.show_counts(*self._last)
        first = next((check for key, check in self.checks.items() if key[0] is facet), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
