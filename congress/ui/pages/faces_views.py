"""Views of the page of faces: who looks like whom, how sure the camera is, what was erased."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from congress.kernel.ids import PersonId
from congress.rollcall.calibration import Calibration
from congress.rollcall.faceprivacy import Certificate
from congress.ui.context import UiContext
from congress.ui.models.faces import Alike
from congress.ui.theme.tokens import MEASURE, SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import set_margins
from congress.ui.widgets.scorechart import ScoreChart
from congress.ui.widgets.text import Text

_WIDE = 1120


class Scrolling(QWidget):
    """A column that scrolls.

    Attributes:
        column: Where the content goes.
    """

    def __init__(self, context: UiContext, measure: int = MEASURE) -> None:
        """Begin empty; the column grows to ``measure`` pixels at text scale 1."""
        super().__init__()
        self._context = context
        middle = QWidget()
        middle.setObjectName("clear")
        middle.setMaximumWidth(context.theme.px(measure))
        self.column = QVBoxLayout(middle)
        set_margins(self.column, context.theme.rtl, 0, 0, SPACE_3, SPACE_4)
        self.column.setSpacing(SPACE_4)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(middle)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)


class AlikeView(Scrolling):
    """Pairs of people whom the camera could take for each other, side by side."""

    def __init__(self, context: UiContext) -> None:
        """Begin with nobody."""
        super().__init__(context)
        tr = context.tr
        self.banner = Banner(context, tr("faces.alike.why"), title=tr("faces.alike.title"))
        self.rows = RowList()
        self.card = Card(context)
        self.card.column.addWidget(self.rows)
        self.empty = EmptyState(
            context, tr("faces.alike.none"), tr("faces.alike.none.why"), icon="users"
        )
        for widget in (self.banner, self.card, self.empty):
            self.column.addWidget(widget)

    def show_pairs(self, pairs: Sequence[Alike]) -> None:
        """Show other pairs."""
        tr = self._context.tr
        self.rows.clear()
        for pair in pairs:
            row = ListRow(
                self._context,
                tr("faces.alike.pair", first=pair.first.name, second=pair.second.name),
                tr.joined(pair.first.badge, pair.second.badge),
                icon="users",
                clickable=False,
            )
            score = tr("faces.alike.score", value=Fraction(round(pair.score * 100), 100))
            row.trailing.addWidget(Text(self._context, score, Type.LABEL, "muted", figures=True))
            if pair.marked:
                words = tr("faces.alike.operator")
                row.trailing.addWidget(Chip(self._context, words, Tone.CAUTION))
            self.rows.add(row)
        for widget in (self.banner, self.card):
            widget.setVisible(bool(pairs))
        self.empty.setVisible(not pairs)


class AccuracyView(Scrolling):
    """What the scores of the gallery say, in sentences first and then as a chart."""

    def __init__(self, context: UiContext) -> None:
        """Begin without figures."""
        super().__init__(context, _WIDE)
        tr = context.tr
        self.verdict = Banner(context, "", Tone.GOOD)
        self.card = Card(context, tr("faces.chart.title"))
        self.chart = ScoreChart(context)
        self.card.column.addWidget(Text(context, tr("faces.chart.how"), Type.LABEL, "muted"))
        self.card.column.addWidget(self.chart)
        self.band = Text(context, "", Type.LABEL)
        self.genuine = Text(context, "", Type.LABEL)
        self.card.column.addWidget(self.band)
        self.card.column.addWidget(self.genuine)
        self.card.column.addWidget(Text(context, tr("faces.chart.limits"), Type.LABEL, "muted"))
        self.empty = EmptyState(
            context, tr("faces.chart.none"), tr("faces.chart.none.why"), icon="chart-bar"
        )
        for widget in (self.verdict, self.card, self.empty):
            self.column.addWidget(widget)

    def show_calibration(self, figures: Calibration | None) -> None:
        """Show other figures, or none while fewer than two people are enrolled."""
        known = figures if figures is not None and figures.persons > 1 else None
        for widget in (self.verdict, self.card):
            widget.setVisible(known is not None)
        self.empty.setVisible(known is None)
        if known is not None:
            self._tell(known)
            self.chart.show_calibration(known)

    def _tell(self, figures: Calibration) -> None:
        tr = self._context.tr
        value = _score(figures.threshold)
        key = "confused" if figures.confused else "none_confused"
        title = tr(
            f"faces.chart.{key}", value=value, people=figures.persons, count=figures.confused
        )
        twins = len(figures.twins)
        asked = tr("faces.chart.always", count=twins) if twins else ""
        self.verdict.set(asked, Tone.CAUTION if figures.confused else Tone.GOOD, title=title)
        low = _score(figures.threshold - figures.band)
        self.band.setText(tr("faces.chart.band", low=low, value=value))
        count = len(figures.genuine)
        if count:
            words = tr("faces.chart.recognised", known=figures.recognised, count=count)
        else:
            words = tr("faces.chart.single")
        self.genuine.setText(words)


class ErasuresView(Scrolling):
    """The certificates of all erasures, to be saved."""

    save_asked = Signal(object, bool)
    """The ``Certificate`` to save; as a PDF, or else as JSON."""

    def __init__(self, context: UiContext) -> None:
        """Begin with none."""
        super().__init__(context)
        tr = context.tr
        self.rows = RowList()
        self.card = Card(context)
        self.card.column.addWidget(self.rows)
        self.empty = EmptyState(
            context, tr("faces.erasures.none"), tr("faces.erasures.none.why"), icon="trash"
        )
        self.column.addWidget(self.card)
        self.column.addWidget(self.empty)

    def show_certificates(
        self, certificates: Sequence[Certificate], names: Mapping[PersonId, str]
    ) -> None:
        """Show other certificates, the newest first, with people's names by identifier."""
        tr = self._context.tr
        self.rows.clear()
        for each in certificates:
            said = [names[person] for person in each.persons if person in names][:3]
            about = tr.joined(tr("faces.erasures.people", count=len(each.persons)), *said)
            row = ListRow(
                self._context,
                tr.datetime(each.at.astimezone()),
                about,
                icon="trash",
                clickable=False,
            )
            if not each.valid:
                row.trailing.addWidget(
                    Chip(self._context, tr("faces.erasures.changed"), Tone.DANGER)
                )
            for key, icon, pdf in (
                ("faces.save.pdf", "file-pdf", True),
                ("faces.save.json", "brackets-curly", False),
            ):
                row.trailing.addWidget(self._button(each, tr(key), icon, pdf=pdf))
            self.rows.add(row)
        self.card.setVisible(bool(certificates))
        self.empty.setVisible(not certificates)

    def _button(self, certificate: Certificate, text: str, icon: str, *, pdf: bool) -> Button:
        button = Button(self._context, text, Kind.QUIET, icon)
        button.clicked.connect(lambda: self.save_asked.emit(certificate, pdf))
        return button


def _score(value: float) -> Fraction:
    return Fraction(round(value * 100), 100)
