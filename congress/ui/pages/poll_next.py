"""The next step of a poll: what to do, why, and one button that does it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.kernel.approval import Approval
from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, PollView
from congress.ui.pages.poll_end import EndDialog
from congress.ui.pages.poll_tie import TieForm
from congress.ui.pages.slips import SLIPS_PAGE
from congress.ui.tasks import Step
from congress.ui.theme.tokens import SPACE_4, Tone, Type
from congress.ui.widgets.approval import ApprovalFields
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import Bar
from congress.ui.widgets.layout import row
from congress.ui.widgets.number import NumberEdit
from congress.ui.widgets.text import Text
from congress.voting.election import encrypted
from congress.voting.issuing import MOST_CARDS
from congress.voting.model import Channel, Secrecy
from congress.voting.outcome import Result
from congress.voting.polls import Action, actions, needs_two
from congress.voting.words import say, with_office

Counts = Callable[[PollView], Mapping[str, object]]
"""Takes the numbers that a text says from what the desk knows now."""


def _no_counts(_: PollView) -> Mapping[str, object]:
    return {}


def _drawn(view: PollView) -> Mapping[str, object]:
    return {"drawn": view.figures.drawn, "issued": view.figures.issued}


def _cast(view: PollView) -> Mapping[str, object]:
    return {"count": view.turnout.cast}


class NextCard(Card):
    """Offers exactly one primary action, the fields it needs, and the lesser ones beside it.

    Attributes:
        seconds: Who may approve, as offered here.
        primary: The button of the next step, if there is one.
        what: What is to be done next.
        why: Why, and what it means.
    """

    edit_asked = Signal()
    withdraw_asked = Signal()

    def __init__(
        self,
        context: UiContext,
        controller: ChairController,
        view: PollView,
        seconds: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the next step of ``view``."""
        super().__init__(context, parent=parent)
        self._context, self._controller, self._view = context, controller, view
        self.seconds = tuple(seconds)
        self.primary: Button | None = None
        self.approval: ApprovalFields | None = None
        self._buttons = row()
        self._counts: Counts = _no_counts
        self._opens, self._quorate = False, True
        self.column.setSpacing(SPACE_4)
        getattr(self, f"_{view.poll.state.value}")()
        self._offer_withdrawal()
        self._buttons.addStretch(1)
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        self.column.addWidget(self.trouble)
        self.column.addLayout(self._buttons)

    def _say(self, key: str, counts: Counts = _no_counts) -> None:
        """Say what is to be done and why; ``counts`` gives the numbers in both texts."""
        self._key, self._counts = key, counts
        self.what = Text(self._context, "", Type.HEADING)
        self.why = Text(self._context, "", Type.BODY, "muted")
        self.column.addWidget(self.what)
        self.column.addWidget(self.why)
        self._tell()

    def _tell(self) -> None:
        tr, counts = self._context.tr, self._counts(self._view)
        self.what.setText(tr(f"{self._key}.what", **counts))
        self.why.setText(tr(f"{self._key}.why", **counts))

    def follow(self, view: PollView) -> None:
        """Say the numbers of ``view``, which is at the same step."""
        self._view = view
        self._tell()

    def _do(
        self, key: str, action: Callable[[Approval | None], object], step: Action | None = None
    ) -> None:
        """Make the primary button; ask for the second person where the step needs one."""
        self.primary = Button(self._context, self._context.tr(key), Kind.PRIMARY)
        self._buttons.addWidget(self.primary)
        if step is not None and needs_two(step, self._view.poll.plan.secrecy):
            self.approval = ApprovalFields(self._context, self.seconds)
            self.approval.changed.connect(self._allow)
            self.approval.submitted.connect(self.primary.click)
            self.column.addWidget(self.approval)
            self._allow()
        self.primary.clicked.connect(lambda: self._act(action))

    def _act(self, action: Callable[[Approval | None], object]) -> None:
        approval = self.approval.approval if self.approval is not None else None
        if self.primary is not None:
            self.primary.setEnabled(False)
        self.trouble.hide()
        action(approval)

    def _allow(self) -> None:
        signed = self.approval is None or self.approval.approval is not None
        blocked = self._opens and not self._quorate
        if self.primary is not None:
            self.primary.setEnabled(signed and not blocked)

    def set_quorate(self, quorate: bool) -> None:
        """Let no vote be opened without a quorum; the page says why."""
        self._quorate = quorate
        if self._opens:
            self._allow()

    def _also(self, key: str, action: Callable[[], object], kind: Kind = Kind.SECONDARY) -> Button:
        button = Button(self._context, self._context.tr(key), kind)
        button.clicked.connect(action)
        self._buttons.addWidget(button)
        return button

    def _offer_withdrawal(self) -> None:
        if Action.WITHDRAW in actions(self._view.poll.state):
            self._also("chair.withdraw", self.withdraw_asked.emit, Kind.QUIET)

    def show_error(self, error: CongressError) -> None:
        """Say why the step was not taken, and let the person try again."""
        text = self._context.tr.error(error)
        self._allow()
        if self.approval is not None and error.code == "vault.wrong_passphrase":
            self.approval.show_error(text.what)
            self._allow()
            return
        self.trouble.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        self.trouble.show()

    # One method for each state of a poll.

    def _draft(self) -> None:
        poll_id, tr = self._view.poll.id, self._context.tr
        if self._view.problems:
            self._say("chair.do.edit")
            lines = "\n".join(f"•  {say(tr, line)}" for line in self._view.problems)
            self.column.addWidget(
                Banner(self._context, lines, Tone.CAUTION, title=tr("chair.form.not_ready"))
            )
            self._do("chair.edit", lambda _: self.edit_asked.emit())
            return
        self._say("chair.do.fix")
        self._do("chair.fix", lambda _: self._controller.fix(poll_id))
        self._also("chair.edit", self.edit_asked.emit)

    def _fixed(self) -> None:
        poll = self._view.poll
        if poll.plan.secrecy is Secrecy.OPEN:
            self._say("chair.do.open_named")
            self._opens = True
            self._do("chair.open", lambda _: self._controller.open(poll.id, None))
            return
        if poll.plan.channel is Channel.PAPER:
            self._say("chair.do.paper")
            self._do("slips.open", lambda _: self._to_slips())
            return
        self._say("chair.do.issue")
        self._issue_fields()
        self._do("chair.issue", lambda _: self._issue())

    def _issue_fields(self) -> None:
        tr = self._context.tr
        # One for each person summoned or present, and one in ten to replace spoiled ones.
        usual = self._view.voters + -(-self._view.voters // 10)
        self.number = NumberEdit(self._context, 1, MOST_CARDS, usual)
        label, help_text = tr("chair.issue.number"), tr("chair.issue.help")
        self.column.addWidget(Field(self._context, label, self.number, help_text=help_text))
        self.halves = Check(self._context, tr("chair.issue.halves"))
        self.column.addWidget(self.halves)
        why, title = tr("chair.issue.copied.why"), tr("chair.issue.copied")
        self.column.addWidget(Banner(self._context, why, Tone.CAUTION, title=title))

    def _issue(self) -> None:
        poll, parts = self._view.poll, 2 if self.halves.isChecked() else 1
        self._controller.issue(poll.id, poll.plan.title, self.number.value, parts)

    def _keyed(self) -> None:
        poll_id = self._view.poll.id
        self._say("chair.do.open_secret", _drawn)
        if self._view.poll.plan.channel is not Channel.ELECTRONIC:
            self._also("slips.open", self._to_slips)
        self._opens = True
        self._do("chair.open", lambda by: self._controller.open(poll_id, by), Action.OPEN)

    def _open(self) -> None:
        poll_id = self._view.poll.id
        self._say("chair.do.close")
        self._do("chair.close", lambda by: self._controller.close(poll_id, by), Action.CLOSE)
        self._also("chair.suspend", lambda: self._controller.suspend(poll_id))
        self._also("desk.extend", self._ask_for_end)
        self._also("chair.panel", lambda: self._context.navigate("panel"))

    def _suspended(self) -> None:
        poll_id = self._view.poll.id
        self._say("chair.do.resume")
        self._do("chair.resume", lambda _: self._controller.resume(poll_id))
        self._also("desk.extend", self._ask_for_end)

    def _ask_for_end(self) -> None:
        poll_id = self._view.poll.id
        self.ending = EndDialog(
            self._context,
            self._view,
            self.seconds,
            lambda end, by: self._controller.extend(poll_id, end, by),
            self._controller.now,
            self,
        )
        self.ending.open()

    def _closed(self) -> None:
        poll = self._view.poll
        if not encrypted(poll.plan):
            self._say("chair.do.count", _cast)
            self._do("chair.count", lambda _: self._controller.tally(poll.id))
            return
        self._say("chair.do.sum", _cast)
        self.bar = Bar(self._context, self._context.tr("chair.sum.checked"), "", 0.0)
        self.bar.hide()
        self.column.addWidget(self.bar)
        self._controller.progressed.connect(self._progressed)
        self._do("chair.sum", lambda by: self._controller.add_up(poll.id, by), Action.SUM)

    def _progressed(self, step: Step) -> None:
        """Show how many ballots were checked."""
        tr = self._context.tr
        self.bar.set(tr.percent(step.done, step.total), step.done / max(step.total, 1))
        self.bar.show()

    def _decrypting(self) -> None:
        poll_id, decrypting = self._view.poll.id, self._view.decrypting
        if decrypting is None:
            return
        self._say(
            "chair.do.tally" if decrypting.enough else "chair.do.decrypt",
            lambda _: {"given": len(decrypting.given), "needed": decrypting.needed},
        )
        if decrypting.given:
            names = self._context.tr.listed(decrypting.given)
            given = self._context.tr("chair.decrypt.given", names=names)
            self.column.addWidget(Text(self._context, given, Type.LABEL, "muted"))
        if decrypting.enough:
            self._do("chair.tally", lambda _: self._controller.tally(poll_id))
            self._also("trustees.decrypt.go", self._to_decryption)
        else:
            self.primary = self._also("trustees.decrypt.go", self._to_decryption, Kind.PRIMARY)

    def _to_decryption(self) -> None:
        self._context.navigate(f"decrypt/{self._view.poll.id}")

    def _tallied(self) -> None:
        poll_id, result = self._view.poll.id, self._view.result
        if result is None:
            return
        undecided = [item for item in result.verdicts if item.tie and item.tie.by_decision]
        self._headlines(result)
        if undecided:
            self._say("chair.do.tie")
            self.tie = TieForm(self._context, self._view.poll, undecided[0])
            self.column.addWidget(self.tie)
            self._do(
                "chair.decide",
                lambda _: self._controller.decide(poll_id, self.tie.decision),
            )
            self.tie.changed.connect(self._allow_tie)
            self._allow_tie()
            return
        self._say("chair.do.certify" if result.reconciliation.balanced else "chair.do.unbalanced")
        self._do("chair.certify", lambda by: self._controller.certify(poll_id, by), Action.CERTIFY)
        self._also("chair.see_result", self._see_result)

    def _headlines(self, result: Result) -> None:
        tr, plan = self._context.tr, result.poll.plan
        for contest, verdict in zip(plan.contests, result.verdicts, strict=True):
            words = with_office(tr, plan, contest, say(tr, verdict.headline))
            self.column.addWidget(Text(self._context, words, Type.LEAD))

    def _allow_tie(self) -> None:
        if self.primary is not None:
            self.primary.setEnabled(self.tie.complete)

    def _certified(self) -> None:
        if self._view.result is not None:
            self._headlines(self._view.result)
        self._say("chair.do.done")
        self._do("chair.see_result", lambda _: self._see_result())
        if self._view.more:
            poll_id = self._view.poll.id
            self._also("chair.next_round", lambda: self._controller.next_round(poll_id))

    def _to_slips(self) -> None:
        self._context.navigate(f"{SLIPS_PAGE}/{self._view.poll.id}")

    def _see_result(self) -> None:
        self._context.navigate(f"results/{self._view.poll.id}")

    def _withdrawn(self) -> None:
        self._say("chair.do.withdrawn")
