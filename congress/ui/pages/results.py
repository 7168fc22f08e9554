"""The results: verdict first, then bars, then the arithmetic, then the table."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.ids import PollId
from congress.ui.context import UiContext
from congress.ui.controllers.results import ResultsController, ResultView
from congress.ui.hallwindow import show_in_hall
from congress.ui.models.results import (
    BarLine,
    VoteRow,
    bar_lines,
    candidate_columns,
    delegation_lines,
    vote_columns,
    vote_rows,
)
from congress.ui.page import ScrollPage
from congress.ui.pages.result_electors import ElectorsCard, worth_showing
from congress.ui.pages.result_hall import ResultHall
from congress.ui.pages.result_proof import ProofCard
from congress.ui.pages.result_stages import StageRow, stages_table
from congress.ui.pages.result_verify import VerifyCard
from congress.ui.pages.saving import save_as
from congress.ui.theme.tokens import SPACE_3, SPACE_4, TARGET, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Select
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.figure import Bar
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.text import Text
from congress.voting.model import Contest, Poll, State
from congress.voting.outcome import CandidateResult, Count, Outcome, Verdict
from congress.voting.words import say, votes_said

_ICONS = {
    Outcome.CARRIED: ("check-circle-fill", Tone.GOOD),
    Outcome.FILLED: ("check-circle-fill", Tone.GOOD),
    Outcome.LOST: ("x-circle-fill", Tone.DANGER),
    Outcome.VACANT: ("warning-fill", Tone.CAUTION),
    Outcome.TIED: ("equals", Tone.CAUTION),
    Outcome.VOID: ("x-circle-fill", Tone.DANGER),
}


class ResultsPage(ScrollPage):
    """Shows one counted poll after the other."""

    key: ClassVar[str] = "results"
    title_key: ClassVar[str] = "results.title"
    icon: ClassVar[str] = "chart-bar-horizontal"

    def __init__(
        self, context: UiContext, controller: ResultsController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the results come when it is shown."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tr = context.tr
        self._polls: Sequence[Poll] = ()
        self._wanted: PollId | None = None
        self.view: ResultView | None = None
        self.hall: ResultHall | None = None
        self.hall_button = Button(context, tr("results.hall"), icon="presentation")
        self.hall_button.clicked.connect(self._to_hall)
        self.minutes_button = Button(context, tr("counting.save"), icon="file-pdf")
        self.minutes_button.clicked.connect(self._print_minutes)
        for button in (self.hall_button, self.minutes_button):
            button.hide()
        self.choice = Select(context, name=tr("results.choose"))
        self.choice.setMinimumWidth(context.theme.px(280))
        self.choice.chosen.connect(lambda value: self.opened(str(value)))
        self.header.buttons.addWidget(self.choice)
        self.empty = EmptyState(
            context,
            tr("results.empty.what"),
            tr("results.empty.why"),
            icon="chart-bar-horizontal",
        )
        self.empty.hide()
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE_4)
        self.column.addWidget(self.empty)
        self.column.addLayout(row(self.hall_button, self.minutes_button, None))
        self.column.addLayout(self._body)
        controller.listed.connect(self._list)
        controller.viewed.connect(self._show)
        controller.minutes_ready.connect(self._save_minutes)

    def opened(self, subject: str) -> None:
        """Show the result of the poll whose identifier is ``subject``."""
        self._wanted = PollId(subject)
        self.scroll_area.verticalScrollBar().setValue(0)
        self._controller.view(self._wanted)

    def shown(self) -> None:
        """Read the list of results again."""
        self._controller.refresh()
        self.setFocus()

    def _to_hall(self) -> None:
        if self.view is not None:
            self.hall = ResultHall(self.context, self.view, self.window())
            show_in_hall(self.hall, self)

    def _print_minutes(self) -> None:
        if self.view is not None:
            self._controller.print_minutes(self.view.result.poll)

    def _save_minutes(self, poll: Poll, data: bytes) -> None:
        save_as(self, self.context.tr("counting.file", number=poll.number), data)

    def _list(self, polls: Sequence[Poll]) -> None:
        self._polls = polls
        self.empty.setVisible(not polls)
        self.choice.setVisible(bool(polls))
        if not polls:
            return
        tr = self.context.tr
        options = [
            (poll.id, tr.joined(tr("chair.number", number=poll.number), poll.plan.title))
            for poll in polls
        ]
        self.choice.set_options(options, self._wanted)
        if self._wanted is None:
            self.opened(polls[0].id)

    def _show(self, view: ResultView) -> None:
        clear(self._body)
        self.view = view
        self.hall_button.show()
        self.minutes_button.setVisible(self._controller.may_print)
        context, tr, poll = self.context, self.context.tr, view.result.poll
        plan = poll.plan
        parts = [
            tr("chair.number", number=poll.number),
            tr(f"voting.kind.{plan.kind.value}"),
            tr(f"voting.secrecy.{plan.secrecy.value}"),
            tr(f"voting.state.{poll.state.value}"),
        ]
        self.header.title.setText(plan.title)
        self.header.set_lead(tr.joined(*parts))
        if poll.state is State.TALLIED:
            self._body.addWidget(
                Banner(
                    context,
                    tr("results.not_certified.why"),
                    Tone.CAUTION,
                    title=tr("results.not_certified"),
                )
            )
        for at, (contest, count, verdict) in enumerate(
            zip(plan.contests, view.result.counts, view.result.verdicts, strict=True)
        ):
            if plan.names_contests:
                self._body.addWidget(Text(context, tr.isolated(contest.title), Type.HEADING))
            self._body.addWidget(self._verdict(contest, count, verdict))
            self._body.addWidget(self._arithmetic(verdict))
            if verdict.results:
                self._body.addWidget(self._table(verdict))
            if verdict.stages:
                self._body.addWidget(Text(context, tr("results.stages"), Type.CONTROL))
                stages = stages_table(context, contest, verdict)
                self._fit(stages, len(contest.candidates) + 2)
                self._body.addWidget(stages)
            lines = delegation_lines(tr, contest, at, view.result.votes, view.delegations)
            if lines:
                self._body.addWidget(self._by_delegation(lines))
            if view.result.votes:
                self._body.addWidget(self._votes(view, contest, at))
        if worth_showing(view.result.electorate):
            self._body.addWidget(ElectorsCard(context, view.result.electorate, view.names))
        self._body.addWidget(ProofCard(context, self._controller, view))
        if view.result.certificate is not None:
            self.checking = VerifyCard(context, poll.id)
            self._body.addWidget(self.checking)

    def _verdict(self, contest: Contest, count: Count, verdict: Verdict) -> Card:
        context, tr = self.context, self.context.tr
        card = Card(context)
        card.column.setSpacing(SPACE_4)
        icon, tone = _ICONS[verdict.outcome]
        mark = Text(context, "")
        mark.setPixmap(context.theme.pixmap(icon, 40, tone.value))
        words = Text(context, say(tr, verdict.headline), Type.TITLE)
        head = row(space=SPACE_3)
        head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(words, 1)
        card.column.addLayout(head)
        for line in bar_lines(tr, count, verdict):
            bar = Bar(
                context,
                line.label,
                line.value,
                line.part,
                line.tone,
                mark=line.mark,
                height=12,
                role=Type.BODY,
            )
            card.column.addWidget(bar)
        card.column.addWidget(
            Text(
                context,
                tr("results.line", needed=votes_said(tr, verdict, verdict.needed)),
                Type.LABEL,
                "muted",
            )
        )
        return card

    def _by_delegation(self, lines: Sequence[BarLine]) -> Card:
        card = Card(self.context, self.context.tr("results.by_delegation"))
        for line in lines:
            card.column.addWidget(Bar(self.context, line.label, line.value, line.part, line.tone))
        return card

    def _arithmetic(self, verdict: Verdict) -> Card:
        context, tr = self.context, self.context.tr
        card = Card(context, tr("results.arithmetic"))
        for at, line in enumerate(verdict.arithmetic, start=1):
            number = Text(
                context, f"{tr.number(at)}.", Type.BODY, "muted", wrap=False, figures=True
            )
            number.setMinimumWidth(context.theme.px(28))
            words = Text(context, say(tr, line), Type.BODY)
            step = row(space=SPACE_3)
            step.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
            step.addWidget(words, 1)
            card.column.addLayout(step)
        return card

    def _table(self, verdict: Verdict) -> DataTable[CandidateResult]:
        tr = self.context.tr
        table: DataTable[CandidateResult] = DataTable(
            self.context,
            candidate_columns(tr, verdict),
            verdict.results,
            name=tr("results.table"),
            filtering=False,
        )
        self._fit(table, len(verdict.results))
        return table

    def _votes(self, view: ResultView, contest: Contest, at: int) -> DataTable[VoteRow]:
        tr = self.context.tr
        table: DataTable[VoteRow] = DataTable(
            self.context,
            vote_columns(tr),
            vote_rows(tr, contest, at, view.result.votes, view.names),
            name=tr("results.votes"),
        )
        self._fit(table, min(len(view.result.votes), 12))
        return table

    def _fit(
        self,
        table: DataTable[CandidateResult] | DataTable[VoteRow] | DataTable[StageRow],
        rows: int,
    ) -> None:
        """Make a table high enough for ``rows``: the page scrolls, not the table."""
        height = table.view.verticalHeader().defaultSectionSize() * rows
        head = table.view.horizontalHeader().sizeHint().height()
        table.view.setFixedHeight(max(height, TARGET) + head + SPACE_3)
