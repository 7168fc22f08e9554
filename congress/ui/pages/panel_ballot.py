"""The ballot on the panel: one contest a page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from congress.kernel.people import Person
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.ballot import BallotRow, PairRow, move_focus
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.largebutton import LargeButton
from congress.ui.widgets.layout import boxed, column, hairline, row
from congress.ui.widgets.text import Text
from congress.voting.ballots import judge
from congress.voting.casting import Admission
from congress.voting.methods.ranked import marks_of, ranking_of
from congress.voting.model import Candidate, Marks, Method, Validity
from congress.voting.words import instruction, say

_ANSWER = 88
"""Height of an answer to a motion, in pixels at text scale 1."""
_SLIVER = 24
"""Pixels below the last row that may be out of sight without saying so."""
_TWO_COLUMNS, _MANY = 1000, 6
"""From this width on, a list longer than this stands in two columns."""


def _whose(context: UiContext, name: str, by: Person | None) -> Banner:
    """Return the lines that say whose vote this is, and that it is listed by name."""
    tr = context.tr
    if by is None:
        return Banner(context, tr("panel.open_vote"), Tone.NOTE, title=name)
    title = tr("panel.proxy", name=name)
    return Banner(context, tr("panel.proxy.why", holder=by.name), Tone.CAUTION, title=title)


class ContestView(QWidget):
    """One contest: what to do, the rows, and how the ballot stands."""

    back = Signal()
    forward = Signal()
    """"Review", or "Next" where another contest follows."""
    about_asked = Signal(object)
    """The ``Candidate`` of whom the voter wants to know more."""

    def __init__(
        self,
        context: UiContext,
        admission: Admission,
        at: int,
        marks: Marks,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out contest ``at`` (from 0) of the admission's poll."""
        super().__init__(parent)
        self._context, self._rule = context, admission.rule
        plan = admission.poll.plan
        self._contest = plan.contests[at]
        self.marks = marks
        self.rows: list[QAbstractButton] = []
        self._cells: list[tuple[QAbstractButton, str]] = []
        self._blocks: list[QWidget] = []
        self._before: list[Marks] = []
        tr = context.tr
        head = column(space=SPACE_1)
        if len(plan.contests) > 1:
            of = tr("panel.contest_of", at=at + 1, count=len(plan.contests))
            head.addWidget(Text(context, tr.joined(plan.title, of), Type.LABEL, "muted"))
        head.addWidget(Text(context, tr.isolated(self._contest.title), Type.TITLE))
        head.addWidget(Text(context, say(tr, instruction(self._contest)), Type.LEAD, "muted"))
        if plan.text:
            head.addWidget(Text(context, tr.isolated(plan.text), Type.READING))
        if admission.person is not None:
            head.addSpacing(SPACE_2)
            head.addWidget(_whose(context, admission.person.name, admission.by))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_2 + 2)
        self._grid.setVerticalSpacing(SPACE_1 + 1)
        self._grid.setContentsMargins(2, 2, SPACE_2, 2)
        ground = boxed(column(self._grid, None))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        self._bar = area.verticalScrollBar()
        self._make_rows()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addLayout(head)
        box.addWidget(area, 1)
        box.addWidget(hairline())
        box.addLayout(self._foot(at, len(plan.contests)))
        self._columns = 0
        self._arrange()
        self._show_state()
        for moved in (self._bar.rangeChanged, self._bar.valueChanged):
            moved.connect(lambda *_: self._tell_more())

    def _tell_more(self) -> None:
        """Say so while names are out of sight below: nobody may miss one."""
        self.more.setVisible(self._bar.maximum() - self._bar.value() > _SLIVER)

    def _go_down(self) -> None:
        self._bar.setValue(self._bar.value() + self._bar.pageStep())

    def _foot(self, at: int, contests: int) -> QVBoxLayout:
        context, tr = self._context, self._context.tr
        self.counter = Text(context, "", Type.HEADING, figures=True)
        self.state = Text(context, "", Type.LABEL, "muted")
        first = at == 0
        back = LargeButton(context, tr("panel.cancel" if first else "panel.back"), Kind.QUIET)
        last = at + 1 == contests
        words = tr("panel.review" if last else "panel.next")
        self.next = LargeButton(context, words, Kind.PRIMARY)
        back.clicked.connect(self.back)
        self.next.clicked.connect(self.forward)
        self.undo = Button(context, tr("panel.undo"), Kind.QUIET, "arrow-counter-clockwise")
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self._undo)
        self.more = Button(context, tr("panel.more_below"), Kind.QUIET, "caret-down")
        self.more.clicked.connect(self._go_down)
        policy = self.more.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.more.setSizePolicy(policy)
        self.more.hide()
        standing = boxed(column(self.counter, self.state, space=SPACE_1))
        foot = row(standing, self.more, self.undo, back, self.next, space=SPACE_4)
        foot.setStretch(0, 1)
        return column(foot)

    def _make_rows(self) -> None:
        tr, contest = self._context.tr, self._contest
        if contest.method.ranked:
            self._make_ranks()
            return
        if contest.method is Method.YES_NO_ABSTAIN:
            for cell in ("yes", "no", "abstain"):
                row_ = BallotRow(
                    self._context,
                    tr(f"voting.cell.{cell}"),
                    marked=cell in self.marks,
                    picture=False,
                )
                row_.setMinimumHeight(self._context.theme.px(_ANSWER))
                self._take(row_, cell)
                self._blocks.append(row_)
            return
        for candidate in contest.candidates:
            if contest.method is Method.AGREE_DISAGREE:
                cells = (f"{candidate.id}:agree", f"{candidate.id}:disagree")
                pair = PairRow(
                    self._context,
                    candidate.name,
                    candidate.note,
                    (tr("voting.cell.agree"), tr("voting.cell.disagree")),
                    (cells[0] in self.marks, cells[1] in self.marks),
                )
                for box, cell in zip(pair.boxes, cells, strict=True):
                    self._take(box, cell)
                self._tell_of(candidate, pair)
                self._blocks.append(pair)
                continue
            striking = contest.method is Method.STRIKE_OUT
            words = ("panel.struck", "panel.kept") if striking else ("", "panel.chosen")
            row_ = BallotRow(
                self._context,
                candidate.name,
                candidate.note,
                marked=candidate.id in self.marks,
                striking=striking,
                words=(tr(words[0]) if words[0] else "", tr(words[1])),
            )
            self._take(row_, candidate.id)
            self._tell_of(candidate, row_)
            self._blocks.append(row_)

    def _make_ranks(self) -> None:
        """Make a row for each name; the order is that in which they are touched."""
        for candidate in self._contest.candidates:
            row_ = BallotRow(self._context, candidate.name, candidate.note)
            self._take(row_, candidate.id)
            self._tell_of(candidate, row_)
            self._blocks.append(row_)
        self._show_ranks(ranking_of(self._contest, self.marks))

    def _turn_rank(self, candidate_id: str) -> None:
        """Put a name at the end of the order, or take it out so that the later ones move up."""
        order = ranking_of(self._contest, self.marks)
        kept = tuple(item for item in order if item != candidate_id)
        order = kept if len(kept) < len(order) else (*order, candidate_id)
        self.marks = marks_of(order)
        self._show_ranks(order)

    def _show_ranks(self, order: Sequence[str]) -> None:
        for box, candidate_id in self._cells:
            ranked = candidate_id in order
            box.setChecked(ranked)
            if ranked and isinstance(box, BallotRow):
                place = order.index(candidate_id) + 1
                box.set_word(self._context.tr("panel.rank", place=place))

    def _take(self, box: QAbstractButton, cell: str) -> None:
        self.rows.append(box)
        self._cells.append((box, cell))
        box.clicked.connect(lambda _: self._clicked(cell))

    def _tell_of(self, candidate: Candidate, beside: BallotRow | PairRow) -> None:
        """Offer to say who a candidate is, if the list of the congress or a biography tells."""
        if candidate.person_id is None and not candidate.biography:
            return
        name = self._context.tr("panel.about", name=candidate.name)
        button = Button(self._context, kind=Kind.QUIET, icon="identification-card", name=name)
        button.clicked.connect(lambda: self.about_asked.emit(candidate))
        beside.add_beside(button)

    def _undo(self) -> None:
        """Take back the last touch."""
        self.marks = self._before.pop()
        if self._contest.method.ranked:
            self._show_ranks(ranking_of(self._contest, self.marks))
        else:
            for box, cell in self._cells:
                box.setChecked(cell in self.marks)
        self._show_state()

    def _clicked(self, cell: str) -> None:
        self._before.append(self.marks)
        if self._contest.method.ranked:
            self._turn_rank(cell)
            self._show_state()
            return
        on = {name for box, name in self._cells if box.isChecked()}
        if self._contest.method is Method.YES_NO_ABSTAIN and cell in on:
            for box, name in self._cells:
                box.setChecked(name == cell)
            on = {cell}
        self.marks = frozenset(on)
        self._show_state()

    def _show_state(self) -> None:
        judgement = judge(self._contest, self._rule, self.marks)
        self.undo.setEnabled(bool(self._before))
        tr, contest = self._context.tr, self._contest
        count, most, key = len(self.marks), contest.seats, contest.method.value
        if contest.method is Method.AGREE_DISAGREE or contest.method.ranked:
            count, most = len(judgement.counted), len(contest.candidates)
        if contest.method is Method.K_OF_N:
            most, key = contest.choices, Method.PLURALITY.value
        words = tr(
            f"panel.counter.{'ranked' if contest.method.ranked else key}", count=count, most=most
        )
        self.counter.setText(words)
        self.counter.setVisible(contest.method is not Method.YES_NO_ABSTAIN)
        bad = judgement.validity is Validity.INVALID
        self.counter.set_tone(Tone.CAUTION if bad else Tone.NEUTRAL)
        self.state.setText(say(tr, judgement.reason))
        self.state.set_tone(Tone.CAUTION if bad else "muted")

    def _arrange(self) -> None:
        wide = self.width() >= self._context.theme.px(_TWO_COLUMNS)
        columns = 2 if wide and len(self._blocks) > _MANY else 1
        if columns == self._columns:
            return
        self._columns = columns
        height = -(-len(self._blocks) // columns)
        for at, block in enumerate(self._blocks):
            self._grid.addWidget(block, at % height, at // height)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set long lists in two columns where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the rows with the arrow keys."""
        if not move_focus(self.rows, event):
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Put the focus on the first row."""
        self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
