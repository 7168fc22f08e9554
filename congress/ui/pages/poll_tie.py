"""Records what the congress decided about a tie."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, Type
from congress.ui.widgets.choice import Check
from congress.ui.widgets.field import Field
from congress.ui.widgets.text import Text
from congress.voting.model import Poll
from congress.voting.outcome import TieDecision, Verdict


class TieForm(QWidget):
    """Ticks those of the tied who take the seats left, and says how it was decided."""

    changed = Signal()
    """A tick or the words have changed."""

    def __init__(
        self, context: UiContext, poll: Poll, verdict: Verdict, parent: QWidget | None = None
    ) -> None:
        """Offer the candidates tied in ``verdict``, which must have a tie."""
        super().__init__(parent)
        tie = verdict.tie
        contest = next(item for item in poll.plan.contests if item.id == verdict.contest_id)
        self._contest, self._seats = contest.id, tie.seats if tie else 0
        self._over = tie.over if tie else None
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_2)
        if poll.plan.names_contests:
            box.addWidget(Text(context, context.tr.isolated(contest.title), Type.NAME))
        if tie is not None and tie.over is not None:
            box.addWidget(Text(context, context.tr(f"chair.tie.{tie.over.value}")))
        self.boxes: dict[str, Check] = {}
        for candidate_id in tie.candidates if tie else ():
            check = Check(context, contest.candidate(candidate_id).name)
            check.toggled.connect(lambda _: self.changed.emit())
            self.boxes[candidate_id] = check
            box.addWidget(check)
        self.reason = Field(
            context, context.tr("chair.tie.reason"), help_text=context.tr("chair.tie.help")
        )
        self.reason.changed.connect(lambda _: self.changed.emit())
        box.addWidget(self.reason)

    @property
    def complete(self) -> bool:
        """Whether as many are ticked as seats are left, and a reason is given."""
        return len(self.decision.chosen) == self._seats and bool(self.reason.value.strip())

    @property
    def decision(self) -> TieDecision:
        """The decision as it stands in the form."""
        chosen = tuple(name for name, box in self.boxes.items() if box.isChecked())
        return TieDecision(self._contest, chosen, self.reason.value.strip(), self._over)
