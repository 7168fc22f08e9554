"""The preview on the panel: exactly what will be counted, before it is cast."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.largebutton import LargeButton
from congress.ui.widgets.layout import boxed, column, hairline, row
from congress.ui.widgets.text import Text
from congress.voting.ballots import judge
from congress.voting.casting import Admission
from congress.voting.methods.ranked import ranking_of
from congress.voting.model import Contest, Judgement, Marks, Method, Secrecy, Validity
from congress.voting.words import say

TONES = {Validity.VALID: Tone.GOOD, Validity.BLANK: Tone.NOTE, Validity.INVALID: Tone.CAUTION}


class ReviewView(QWidget):
    """Shows exactly what will be counted, and whether it is valid, before it is cast."""

    changed = Signal(int)
    """The voter wants to change contest number so much (from 0)."""
    confirmed = Signal()
    """"Confirm" in a secret poll, where the ballot is cast on the next page; "Cast" elsewhere."""

    def __init__(
        self,
        context: UiContext,
        admission: Admission,
        marks: Sequence[Marks],
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the preview of ``marks``, one set a contest."""
        super().__init__(parent)
        self._context = context
        tr = context.tr
        contests = admission.poll.plan.contests
        self._several = len(contests) > 1
        self.judgements = [
            judge(contest, admission.rule, chosen)
            for contest, chosen in zip(contests, marks, strict=True)
        ]
        cards = column(space=SPACE_4)
        for at, (contest, judgement) in enumerate(zip(contests, self.judgements, strict=True)):
            cards.addWidget(self._card(contest, judgement, at))
        cards.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(boxed(cards))
        castable = all(judgement.castable for judgement in self.judgements)
        sound = all(judgement.validity is Validity.VALID for judgement in self.judgements)
        secret = admission.poll.plan.secrecy is Secrecy.SECRET
        verb = "confirm" if secret else "cast"
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        self.change = LargeButton(
            context, tr("panel.change"), Kind.SECONDARY if sound else Kind.PRIMARY
        )
        self.cast = LargeButton(
            context,
            tr(f"panel.{verb}" if sound else f"panel.{verb}_anyway"),
            Kind.PRIMARY if sound else Kind.SECONDARY,
        )
        self.cast.setEnabled(castable)
        worst = next(
            (at for at, item in enumerate(self.judgements) if item.validity is not Validity.VALID),
            0,
        )
        self.change.clicked.connect(lambda: self.changed.emit(worst))
        self.cast.clicked.connect(self._confirm)
        hint = Text(context, "" if secret else tr("panel.review.once"), Type.LABEL, "muted")
        foot = row(hint, self.change, self.cast, space=SPACE_4)
        foot.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        box.addWidget(Text(context, tr("panel.review.title"), Type.TITLE))
        box.addWidget(area, 1)
        box.addWidget(self.trouble)
        box.addWidget(hairline())
        box.addLayout(foot)

    def _card(self, contest: Contest, judgement: Judgement, at: int) -> Card:
        context, tr = self._context, self._context.tr
        card = Card(context, contest.title)
        tone = TONES[judgement.validity]
        banner = Banner(
            context,
            say(tr, judgement.reason),
            tone,
            title=tr(f"voting.validity.{judgement.validity.value}"),
        )
        card.column.addWidget(banner)
        if self._several:
            change = Button(
                context,
                tr("panel.change"),
                Kind.QUIET,
                "pencil-simple",
                name=tr("panel.change.of", office=contest.title),
            )
            change.clicked.connect(lambda: self.changed.emit(at))
            banner.buttons.addWidget(change)
        for label, names in _counted(context, contest, judgement):
            card.column.addWidget(Text(context, label, Type.STRONG, "muted"))
            grid = QGridLayout()
            grid.setSpacing(SPACE_3)
            height = -(-len(names) // 2)
            for number, name in enumerate(names):
                grid.addWidget(Text(context, name, Type.LEAD), number % height, number // height)
            card.column.addLayout(grid)
        return card

    def _confirm(self) -> None:
        self.cast.setEnabled(False)
        self.change.setEnabled(False)
        self.confirmed.emit()

    def show_trouble(self, title: str, text: str) -> None:
        """Say why the ballot is not in the box; it may be cast again."""
        self.trouble.set(text, Tone.CAUTION, title=title)
        self.trouble.show()
        self.cast.setEnabled(True)
        self.change.setEnabled(True)


def _counted(
    context: UiContext, contest: Contest, judgement: Judgement
) -> list[tuple[str, list[str]]]:
    """Return, under a heading each, the names for whom the ballot adds a vote."""
    tr = context.tr
    if contest.method is Method.YES_NO_ABSTAIN:
        return []
    if contest.method.ranked:
        ranked = [
            f"{tr.number(rank)}. {tr.isolated(contest.candidate(item).name)}"
            for rank, item in enumerate(ranking_of(contest, judgement.counted), start=1)
        ]
        lists = [(tr("panel.review.order"), ranked)]
    elif contest.method is Method.AGREE_DISAGREE:
        lists = [
            (tr(f"voting.cell.{side}"), _names(contest, judgement, f":{side}"))
            for side in ("agree", "disagree")
        ]
    else:
        lists = [(tr("panel.review.counted"), _names(contest, judgement, ""))]
    return [(label, names) for label, names in lists if names]


def _names(contest: Contest, judgement: Judgement, end: str) -> list[str]:
    return [
        candidate.name
        for candidate in contest.candidates
        if f"{candidate.id}{end}" in judgement.counted
    ]
