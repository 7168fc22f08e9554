"""The form of a motion or an election, checked against the rule while it is filled in."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from congress.kernel.errors import CongressError
from congress.kernel.ids import PollId
from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, DeskView, PollView
from congress.ui.page import ScrollPage
from congress.ui.pages.chair import FORM_PAGE, POLL_PAGE
from congress.ui.pages.poll_offices import Offices
from congress.ui.pages.poll_rule import RuleCard
from congress.ui.pages.poll_sections import SectionsCard
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.proseedit import ProseEdit
from congress.voting.model import Kind as PollKind
from congress.voting.model import Line, Plan, Poll
from congress.voting.plans import motion_contest
from congress.voting.rules.model import Pack
from congress.voting.words import say

_WORDING = 120
"""Height of the wording of a motion, in pixels at text scale 1."""
CHECK_MS = 150
"""How long typing must rest before the plan is checked."""


class PollFormPage(ScrollPage):
    """Drafts a motion or an election, or revises a draft."""

    key: ClassVar[str] = FORM_PAGE
    title_key: ClassVar[str] = "chair.form"
    icon: ClassVar[str] = "clipboard-text"

    def __init__(
        self, context: UiContext, controller: ChairController, parent: QWidget | None = None
    ) -> None:
        """Lay out an empty form."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        self._packs: tuple[Pack, ...] = ()
        self._delegations: tuple[str, ...] = ()
        self._kind = PollKind.MOTION
        self._poll_id: PollId | None = None
        self._before: Plan | None = None
        self._view: PollView | None = None
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(CHECK_MS)
        self._timer.timeout.connect(self._check)
        self._connect()

    def _lay_out(self) -> None:
        context, tr = self.context, self.context.tr
        self.title = Field(context, tr("chair.form.title"))
        words = ProseEdit(context, _WORDING)
        words.textChanged.connect(self._touched)
        self.text = Field(context, tr("chair.form.text"), words)
        question = Card(context)
        for field in (self.title, self.text):
            question.column.addWidget(field)
        self.rules = RuleCard(context)
        self.offices = Offices(
            context, self._controller.people.search, lambda: self.title.value.strip()
        )
        self.sections = SectionsCard(context)
        self.verdict = Banner(context, "", Tone.NOTE)
        self.verdict.hide()
        self.save = Button(context, tr("chair.form.save"), Kind.PRIMARY)
        self.cancel = Button(context, tr("dialog.cancel"))
        self.cancel.clicked.connect(lambda: context.navigate(".."))
        for widget in (question, self.rules, self.offices, self.sections, self.verdict):
            self.column.addWidget(widget)
        self.column.addLayout(row(None, self.cancel, self.save))
        self.column.addStretch(1)

    def _connect(self) -> None:
        controller = self._controller
        controller.listed.connect(self._know)
        controller.viewed.connect(self._fill)
        controller.checked.connect(self._show_problems)
        controller.drafted.connect(self._kept)
        controller.refused.connect(self._refused)
        self.title.changed.connect(self._touched)
        self.rules.ruled.connect(self._follow_rule)
        for card in (self.rules, self.offices, self.sections):
            card.changed.connect(self._touched)
        self.offices.arranged.connect(self._follow_offices)
        self.save.clicked.connect(self._keep)

    def opened(self, subject: str) -> None:
        """Begin a ``motion`` or an ``election``, or revise the draft with this identifier."""
        self._before = self._view = None
        if subject in (PollKind.MOTION, PollKind.ELECTION):
            self._poll_id = None
            self._controller.view(None)
            self._begin(PollKind(subject))
            self.title.value, self.text.value = "", ""
            self.offices.clear()
        else:
            self._poll_id = PollId(subject)
            self._controller.view(self._poll_id)

    def shown(self) -> None:
        """Read the rule packs."""
        self._controller.refresh()
        self.title.editor.setFocus()

    def closing(self) -> None:
        """Check nothing any more."""
        self._timer.stop()

    def _begin(self, kind: PollKind) -> None:
        self._kind = kind
        motion = kind is PollKind.MOTION
        key = "motion" if motion else "election"
        revising = "edit" if self._poll_id else "new"
        self.header.title.setText(self.context.tr(f"chair.form.{revising}_{key}"))
        self.text.setVisible(motion)
        self.offices.setVisible(not motion)
        self._follow_offices()
        self.rules.offer(self._packs, kind, self._before)

    def _know(self, desk: DeskView) -> None:
        known = (desk.packs, desk.delegations)
        if known != (self._packs, self._delegations):
            self._packs, self._delegations = known
            self.rules.offer(self._packs, self._kind, self._before)
        if self._view is not None:
            self._fill(self._view)

    def _fill(self, view: PollView) -> None:
        """Show a draft, once the rule packs are known too."""
        self._view = view
        if self._before is not None or view.poll.id != self._poll_id or not self._packs:
            return
        plan = self._before = view.poll.plan
        self.title.value, self.text.value = plan.title, plan.text
        self._begin(plan.kind)
        if plan.kind is PollKind.ELECTION:
            self.offices.fill(plan.contests)

    def _follow_offices(self) -> None:
        """Ask for the title of one office, or of the ballot over all that are named."""
        key = "offices" if self.offices.named else "election"
        key = "motion" if self._kind is PollKind.MOTION else key
        self.title.label.setText(self.context.tr(f"chair.form.title.{key}"))
        self.title.editor.setAccessibleName(self.title.label.text())
        self.offices.lead_to(self.sections, self.cancel, self.save)

    def _follow_rule(self) -> None:
        rule = self.rules.chosen_rule
        if rule is not None and self._kind is PollKind.ELECTION:
            self.offices.follow(rule)
        chosen = self._before.sections if self._before else {}
        self.sections.offer(rule, self._delegations, chosen)
        self._touched()

    @property
    def plan(self) -> Plan:
        """What the form says now."""
        title, before = self.title.value.strip(), self._before
        motion = self._kind is PollKind.MOTION
        return Plan(
            title=title,
            kind=self._kind,
            secrecy=self.rules.chosen_secrecy,
            pack_id=str(self.rules.pack.value or ""),
            rule_id=str(self.rules.rule.value or ""),
            contests=(motion_contest(title),) if motion else self.offices.contests,
            text=self.text.value.strip() if motion else "",
            round=before.round if before else 1,
            follows=before.follows if before else None,
            channel=self.rules.chosen_channel,
            sections=self.sections.sections,
        )

    def _touched(self, _: object = None) -> None:
        self._timer.start()

    def _check(self) -> None:
        self._controller.check(self.plan)

    def _show_problems(self, lines: Sequence[Line]) -> None:
        tr = self.context.tr
        self.verdict.show()
        if lines:
            text = "\n".join(f"•  {say(tr, line)}" for line in lines)
            self.verdict.set(text, Tone.CAUTION, title=tr("chair.form.not_ready"))
        else:
            self.verdict.set("", Tone.GOOD, title=tr("chair.form.ready"))

    def _keep(self) -> None:
        self.save.setEnabled(False)
        self._controller.keep(self.plan, self._poll_id)

    def _kept(self, poll: Poll) -> None:
        self.save.setEnabled(True)
        self.context.navigate(f"{POLL_PAGE}/{poll.id}")

    def _refused(self, error: CongressError) -> None:
        self.save.setEnabled(True)
        self.context.show_error(error)
