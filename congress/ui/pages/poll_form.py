"""The form of a motion or an election, checked against the rule while it is filled in."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.ids import PollId
from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, DeskView, PollView
from congress.ui.page import ScrollPage
from congress.ui.pages.candidates import CandidateList
from congress.ui.pages.chair import FORM_PAGE, POLL_PAGE
from congress.ui.theme.tokens import SPACE_4, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import SegmentedControl, Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.number import NumberEdit
from congress.voting.model import Contest, Line, Method, Plan, Poll, Secrecy
from congress.voting.model import Kind as PollKind
from congress.voting.plans import motion_contest, usual_method
from congress.voting.rules.model import Pack, Rule
from congress.voting.words import say

CHECK_MS = 150
"""How long typing must rest before the plan is checked."""
MOST_SEATS = 500


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
        words = QPlainTextEdit()
        words.setFixedHeight(context.theme.px(120))
        words.setTabChangesFocus(True)
        self.text = Field(context, tr("chair.form.text"), words)
        self.pack, self.rule = Select(context), Select(context)
        pack = Field(context, tr("chair.form.pack"), self.pack)
        rule = Field(context, tr("chair.form.rule"), self.rule)
        rules = row(pack, rule, space=SPACE_4)
        self.secrecy = SegmentedControl(
            context,
            [(item, tr(f"voting.secrecy.{item.value}")) for item in Secrecy],
            name=tr("chair.form.secrecy"),
        )
        self.seats = NumberEdit(context, 1, MOST_SEATS, 1)
        self.method = Select(context)
        seats = Field(context, tr("chair.form.seats"), self.seats)
        method = Field(context, tr("chair.form.method"), self.method)
        numbers = row(seats, method, space=SPACE_4)
        for pair in (rules, numbers):
            pair.setStretch(0, 1)
            pair.setStretch(1, 2)
        self.candidates = CandidateList(context, self._controller.people.search)
        self.question = Card(context)
        for field in (self.title, self.text):
            self.question.column.addWidget(field)
        self.question.column.addLayout(rules)
        self.question.column.addLayout(row(self.secrecy, None))
        self.list = Card(context, tr("chair.form.list"))
        self.list.column.addLayout(numbers)
        self.list.column.addWidget(self.candidates)
        self.verdict = Banner(context, "", Tone.NOTE)
        self.verdict.hide()
        self.save = Button(context, tr("chair.form.save"), Kind.PRIMARY)
        cancel = Button(context, tr("dialog.cancel"))
        cancel.clicked.connect(lambda: context.navigate(".."))
        for widget in (self.question, self.list, self.verdict):
            self.column.addWidget(widget)
        self.column.addLayout(row(None, cancel, self.save))
        self.column.addStretch(1)

    def _connect(self) -> None:
        controller = self._controller
        controller.listed.connect(self._know)
        controller.viewed.connect(self._fill)
        controller.checked.connect(self._show_problems)
        controller.drafted.connect(self._kept)
        controller.refused.connect(self._refused)
        self.title.changed.connect(self._touched)
        text = self.text.editor
        if isinstance(text, QPlainTextEdit):
            text.textChanged.connect(self._touched)
        self.pack.chosen.connect(lambda _: self._offer_rules())
        self.rule.chosen.connect(lambda _: self._follow_rule())
        self.secrecy.chosen.connect(self._touched)
        self.seats.changed.connect(lambda _: self._follow_list())
        self.method.chosen.connect(self._touched)
        self.candidates.changed.connect(self._follow_list)
        self.save.clicked.connect(self._keep)

    def opened(self, subject: str) -> None:
        """Begin a ``motion`` or an ``election``, or revise the draft with this identifier."""
        self._before = self._view = None
        if subject in (PollKind.MOTION, PollKind.ELECTION):
            self._poll_id = None
            self._controller.view(None)
            self._begin(PollKind(subject))
            self.title.value, self.text.value = "", ""
            self.seats.set_value(1)
            self.candidates.set_candidates(())
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
        self.list.setVisible(not motion)
        self.title.label.setText(self.context.tr(f"chair.form.title.{key}"))
        self._offer_packs()

    def _know(self, desk: DeskView) -> None:
        if desk.packs != self._packs:
            self._packs = desk.packs
            self._offer_packs()
        if self._view is not None:
            self._fill(self._view)

    def _fill(self, view: PollView) -> None:
        """Show a draft, once the rule packs are known too."""
        self._view = view
        if self._before is not None or view.poll.id != self._poll_id or not self._packs:
            return
        plan = self._before = view.poll.plan
        self._begin(plan.kind)
        contest = plan.contests[0]
        self.title.value, self.text.value = plan.title, plan.text
        self.secrecy.set_value(plan.secrecy)
        self.seats.set_value(max(1, contest.seats))
        self.candidates.set_candidates(contest.candidates)
        self._offer_packs()
        if self._rule is not None and contest.method in self._rule.methods:
            self.method.set_value(contest.method)
        self._touched()

    # What depends on what: pack -> rule -> secrecy and ballot paper.

    def _offer_packs(self) -> None:
        lang, before = self.context.tr.lang, self._before
        fitting = [
            pack for pack in self._packs if any(rule.kind is self._kind for rule in pack.rules)
        ]
        chosen = before.pack_id if before else self.pack.value
        self.pack.set_options([(pack.id, pack.names[lang]) for pack in fitting], chosen)
        self._offer_rules()

    def _offer_rules(self) -> None:
        lang, pack = self.context.tr.lang, self._pack
        rules = [rule for rule in pack.rules if rule.kind is self._kind] if pack else []
        chosen = self._before.rule_id if self._before else self.rule.value
        self.rule.set_options([(rule.id, rule.names[lang]) for rule in rules], chosen)
        self.pack.setToolTip(pack.source if pack else "")
        self._follow_rule()

    def _follow_rule(self) -> None:
        rule, tr = self._rule, self.context.tr
        if rule is None:
            return
        if self.secrecy.value not in rule.secrecies:
            self.secrecy.set_value(rule.secrecies[0])
        self.method.set_options(
            [(method, tr(f"voting.method.{method.value}")) for method in rule.methods]
        )
        self._follow_list()

    def _follow_list(self) -> None:
        """Offer the ballot paper that the rule uses for a list of this length."""
        rule = self._rule
        if rule is not None:
            listed = len(self.candidates.candidates)
            usual = usual_method(rule, listed, self.seats.value)
            if Method.AGREE_DISAGREE in rule.methods or self.method.value is None:
                self.method.set_value(usual)
        self._touched()

    @property
    def _pack(self) -> Pack | None:
        return next((pack for pack in self._packs if pack.id == self.pack.value), None)

    @property
    def _rule(self) -> Rule | None:
        return self._pack.rule(str(self.rule.value)) if self._pack else None

    @property
    def plan(self) -> Plan:
        """What the form says now."""
        title, before = self.title.value.strip(), self._before
        if self._kind is PollKind.MOTION:
            contest = motion_contest(title)
        else:
            method = self.method.value
            contest = Contest(
                "election",
                title,
                method if isinstance(method, Method) else Method.STRIKE_OUT,
                self.seats.value,
                self.candidates.candidates,
                again=before.contests[0].again if before else False,
            )
        secrecy = self.secrecy.value
        return Plan(
            title=title,
            kind=self._kind,
            secrecy=secrecy if isinstance(secrecy, Secrecy) else Secrecy.OPEN,
            pack_id=str(self.pack.value or ""),
            rule_id=str(self.rule.value or ""),
            contests=(contest, *(before.contests[1:] if before else ())),
            text=self.text.value.strip() if self._kind is PollKind.MOTION else "",
            round=before.round if before else 1,
            follows=before.follows if before else None,
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
