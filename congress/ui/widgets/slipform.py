"""What stands on one slip, entered with the same rows as the ballot paper has."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, SPACE_4, Tone, Type
from congress.ui.widgets.ballot import BallotRow, PairRow, move_focus
from congress.ui.widgets.choice import Select
from congress.ui.widgets.layout import column, row
from congress.ui.widgets.text import Text
from congress.voting.ballots import judge, untouched
from congress.voting.methods.forms import FORMS
from congress.voting.model import Ballot, Contest, Marks, Method, Plan, Validity
from congress.voting.rules.model import Rule
from congress.voting.words import say


class SlipForm(QWidget):
    """The rows of every contest, and what the slip counts as."""

    changed = Signal()

    def __init__(
        self,
        context: UiContext,
        plan: Plan,
        rule: Rule,
        ballot: Ballot | None = None,
        doubts: Collection[tuple[int, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Begin with ``ballot``, or with what a paper says that nobody touched.

        Args:
            context: The surroundings.
            plan: What was voted on.
            rule: Its rule.
            ballot: What is marked at first.
            doubts: ``(contest, cell)`` of the rows to be marked as doubtful.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        given = ballot.marks if ballot else tuple(untouched(item) for item in plan.contests)
        self.contests = [
            _ContestForm(context, contest, rule, marks, {c for n, c in doubts if n == at})
            for at, (contest, marks) in enumerate(zip(plan.contests, given, strict=True))
        ]
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        for form in self.contests:
            form.changed.connect(self.changed)
            box.addWidget(form)

    @property
    def ballot(self) -> Ballot:
        """What stands on the slip."""
        return Ballot(tuple(form.marks for form in self.contests))

    def focus_first(self) -> None:
        """Put the focus on the first row."""
        self.contests[0].rows[0].setFocus()


class _ContestForm(QWidget):
    changed = Signal()

    def __init__(
        self,
        context: UiContext,
        contest: Contest,
        rule: Rule,
        marks: Marks,
        doubts: Collection[str],
    ) -> None:
        super().__init__()
        self._doubts = doubts
        self._context, self._contest, self._rule = context, contest, rule
        self.rows: list[QWidget] = []
        self._boxes: list[tuple[QAbstractButton, str]] = []
        self._ranks: list[tuple[Select, str]] = []
        box = column(Text(context, context.tr.isolated(contest.title), Type.NAME), space=SPACE_2)
        self.setLayout(box)
        for widget in self._lines(marks):
            box.addWidget(widget)
        self.state = Text(context, "", Type.LABEL, "muted")
        box.addWidget(self.state)
        self._tell()

    def _lines(self, marks: Marks) -> list[QWidget]:
        contest = self._contest
        if contest.method.ranked:
            return [self._rank(marks, at) for at in range(len(contest.candidates))]
        if contest.method is Method.AGREE_DISAGREE:
            return [self._pair(marks, at) for at in range(len(contest.candidates))]
        return [self._single(marks, cell) for cell in FORMS[contest.method].cells(contest)]

    def _single(self, marks: Marks, cell: str) -> QWidget:
        tr, contest = self._context.tr, self._contest
        motion = contest.method is Method.YES_NO_ABSTAIN
        striking = contest.method is Method.STRIKE_OUT
        words = ("panel.struck", "panel.kept") if striking else ("", "panel.chosen")
        line = BallotRow(
            self._context,
            tr(f"voting.cell.{cell}") if motion else contest.candidate(cell).name,
            self._note("" if motion else contest.candidate(cell).note, cell),
            marked=cell in marks,
            striking=striking,
            picture=False,
            words=(tr(words[0]) if words[0] else "", tr(words[1])),
        )
        self._take(line, cell)
        return line

    def _pair(self, marks: Marks, at: int) -> QWidget:
        tr, candidate = self._context.tr, self._contest.candidates[at]
        cells = FORMS[Method.AGREE_DISAGREE].cells(self._contest)[2 * at : 2 * at + 2]
        words = (tr("voting.cell.agree"), tr("voting.cell.disagree"))
        on = (cells[0] in marks, cells[1] in marks)
        note = self._note(candidate.note, *cells)
        pair = PairRow(self._context, candidate.name, note, words, on)
        for box, cell in zip(pair.boxes, cells, strict=True):
            self._take(box, cell)
        return pair

    def _rank(self, marks: Marks, at: int) -> QWidget:
        tr, candidate = self._context.tr, self._contest.candidates[at]
        ranks = range(1, len(self._contest.candidates) + 1)
        given = next((rank for rank in ranks if f"{candidate.id}:{rank}" in marks), 0)
        options = [(0, "—"), *((rank, tr.number(rank)) for rank in ranks)]
        select = Select(self._context, options, name=tr("slips.rank", name=candidate.name))
        select.set_value(given)
        select.chosen.connect(lambda _: self._tell())
        self._ranks.append((select, candidate.id))
        self.rows.append(select)
        name = Text(self._context, tr.joined(candidate.name, candidate.note), Type.LEAD)
        holder = QWidget()
        line = row(name, select)
        line.setStretch(0, 1)
        holder.setLayout(line)
        return holder

    def _note(self, note: str, *cells: str) -> str:
        """Return what stands below a name: its note, and that the scanner was in doubt."""
        tr = self._context.tr
        doubt = tr("slips.doubt") if any(cell in self._doubts for cell in cells) else ""
        return tr.joined(*(part for part in (doubt, note) if part))

    def _take(self, box: QAbstractButton, cell: str) -> None:
        self._boxes.append((box, cell))
        self.rows.append(box)
        box.toggled.connect(lambda _: self._tell())

    @property
    def marks(self) -> Marks:
        chosen = {cell for box, cell in self._boxes if box.isChecked()}
        ranked = {f"{name}:{select.value}" for select, name in self._ranks if select.value}
        return frozenset(chosen | ranked)

    def words(self) -> str:
        """Return what is marked, in words."""
        tr, contest = self._context.tr, self._contest
        on = [box.accessibleName() for box, _ in self._boxes if box.isChecked()]
        ranked = sorted((str(item.value), name) for item, name in self._ranks if item.value)
        on += [f"{rank}. {contest.candidate(name).name}" for rank, name in ranked]
        return tr.listed(on) if on else tr("slips.nothing")

    def _tell(self) -> None:
        judgement = judge(self._contest, self._rule, self.marks)
        tr = self._context.tr
        words = tr.joined(tr(f"voting.validity.{judgement.validity}"), say(tr, judgement.reason))
        self.state.setText(words)
        bad = judgement.validity is Validity.INVALID
        self.state.set_tone(Tone.CAUTION if bad else "muted")
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the rows with the arrow keys."""
        if not move_focus(self.rows, event):
            super().keyPressEvent(event)
