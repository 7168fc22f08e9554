"""One poll on the chair's desk: its steps, the one next action, turnout and accounts."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.ids import PollId
from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, DeskView, PollView
from congress.ui.page import ScrollPage
from congress.ui.pages.chair import FORM_PAGE, POLL_PAGE, STATE_TONES
from congress.ui.pages.poll_cards import CardsCard
from congress.ui.pages.poll_complaints import ComplaintsCard
from congress.ui.pages.poll_ledger import LedgerCard
from congress.ui.pages.poll_next import NextCard
from congress.ui.pages.quorum_banner import QuorumBanner
from congress.ui.pages.saving import save_as, write_file
from congress.ui.pages.trustees_banner import TrusteesBanner
from congress.ui.theme.tokens import SPACE_2, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.figure import Bar, Stat, StepLine
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text
from congress.voting.election import encrypted
from congress.voting.model import Channel, Contest, Method, Poll, Secrecy, State
from congress.voting.polls import Action, actions

_STEPS = ("draft", "cards", "voting", "count", "certificate")
_AT = {
    State.DRAFT: 0,
    State.FIXED: 1,
    State.KEYED: 2,
    State.OPEN: 2,
    State.SUSPENDED: 2,
    State.CLOSED: 3,
    State.DECRYPTING: 3,
    State.TALLIED: 4,
    State.CERTIFIED: 5,
    State.WITHDRAWN: 0,
}


class PollPage(ScrollPage):
    """Shows one poll and takes it from step to step."""

    key: ClassVar[str] = POLL_PAGE
    title_key: ClassVar[str] = "chair.poll"
    icon: ClassVar[str] = "clipboard-text"

    def __init__(
        self, context: UiContext, controller: ChairController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the poll comes with ``opened``."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view: PollView | None = None
        self._seconds: tuple[str, ...] = ()
        self._sheets: list[bytes] = []
        self.next: NextCard | None = None
        tr = context.tr
        back = Button(context, tr("chair.all"), Kind.QUIET, "arrow-left")
        back.clicked.connect(lambda: context.navigate("chair"))
        self.header.buttons.addWidget(back)
        self.unsaved = Banner(
            context, tr("chair.cards.unsaved.why"), Tone.CAUTION, title=tr("chair.cards.unsaved")
        )
        save = Button(context, tr("chair.cards.save"), Kind.PRIMARY, "printer")
        save.clicked.connect(self._save_cards)
        self.unsaved.buttons.addWidget(save)
        self.unsaved.hide()
        self.quorum: QuorumBanner | None = None
        if controller.quorum is not None:
            self.quorum = QuorumBanner(context, controller.quorum)
            self.quorum.told.connect(self._quorate)
            self.column.addWidget(self.quorum)
        self.trustees: TrusteesBanner | None = None
        if context.congress is not None:
            self.trustees = TrusteesBanner(context, context.congress.boards)
            self.column.addWidget(self.trustees)
        self._body = QVBoxLayout()
        self._body.setSpacing(SPACE_4)
        self.column.addWidget(self.unsaved)
        self.column.addLayout(self._body)
        controller.listed.connect(self._know)
        controller.viewed.connect(self._show)
        controller.refused.connect(self._refused)
        controller.cards_ready.connect(self._cards_made)
        controller.drafted.connect(self._drafted)
        controller.head_ready.connect(self._save_head)

    def opened(self, subject: str) -> None:
        """Show the poll whose identifier is ``subject``."""
        if self._view is not None and self._view.poll.id != subject:
            self._view = None
            clear(self._body)
        self._controller.view(PollId(subject))

    def shown(self) -> None:
        """Read again who may approve."""
        self._controller.refresh()
        if self.quorum is not None:
            self.quorum.refresh()
        self.setFocus()

    def _quorate(self, quorate: bool) -> None:
        if self.next is not None:
            self.next.set_quorate(quorate)

    def _know(self, desk: DeskView) -> None:
        if desk.seconds != self._seconds:
            self._seconds = desk.seconds
            if self._view is not None:
                self._show(self._view)

    def _show(self, view: PollView) -> None:
        before, self._view = self._view, view
        if self.trustees is not None:
            self.trustees.set_asked(encrypted(view.poll.plan) and view.poll.state is State.DRAFT)
        if before is not None and self.next is not None and self._same_step(before, view):
            self._refresh_counts(view)
            return
        clear(self._body)
        tr, poll = self.context.tr, view.poll
        self.header.title.setText(poll.plan.title or tr("chair.untitled"))
        self.header.set_lead(self._lead(view))
        on_paper = poll.plan.channel is Channel.PAPER
        steps = [
            tr("slips.stock" if step == "cards" and on_paper else f"chair.step.{step}")
            for step in _STEPS
            if step != "cards" or poll.plan.secrecy is Secrecy.SECRET
        ]
        at = _AT[poll.state]
        if poll.plan.secrecy is Secrecy.OPEN and at > 1:
            at -= 1
        if poll.state is State.WITHDRAWN:
            chip = Chip(self.context, tr("voting.state.withdrawn"), STATE_TONES[poll.state], "x")
            self._body.addLayout(row(chip, None))
        else:
            self._body.addWidget(StepLine(self.context, steps, at))
        self.next = NextCard(self.context, self._controller, view, self._seconds)
        self.next.edit_asked.connect(lambda: self.context.navigate(f"{FORM_PAGE}/{poll.id}"))
        self.next.withdraw_asked.connect(self._withdraw)
        self._body.addWidget(self.next)
        if encrypted(poll.plan):
            self._body.addWidget(self._limits())
        elif poll.plan.secrecy is Secrecy.SECRET:
            self._body.addWidget(self._on_paper())
        self.turnout = Card(self.context, tr("chair.turnout"))
        self.cast = Stat(self.context, "", tr("chair.turnout.cast"))
        self.bar = Bar(self.context, tr("chair.turnout"), "", 0.0)
        self.turnout.column.addWidget(self.cast)
        self.turnout.column.addWidget(self.bar)
        self.turnout.column.addWidget(
            Text(self.context, tr("chair.turnout.why"), Type.LABEL, "muted")
        )
        self.turnout.setVisible(poll.state in (State.OPEN, State.SUSPENDED, State.CLOSED))
        self._body.addWidget(self.turnout)
        self.cards: CardsCard | None = None
        if poll.plan.secrecy is Secrecy.SECRET and view.figures.issued:
            self.cards = CardsCard(self.context, self._controller, view)
            self._body.addWidget(self.cards)
        for contest in poll.plan.contests:
            self._body.addWidget(self._contest(poll, contest))
        if view.head.seq:
            self.ledger = LedgerCard(self.context, self._controller, view)
            self._body.addWidget(self.ledger)
        if view.poll.state not in (State.DRAFT, State.FIXED):
            self.complaints = ComplaintsCard(self.context, self._controller, view)
            self._body.addWidget(self.complaints)
        if encrypted(poll.plan):
            self.truth = self._truth()
            self._body.addWidget(self.truth)
        self._refresh_counts(view)

    def _same_step(self, before: PollView, now: PollView) -> bool:
        return (
            before.poll == now.poll
            and before.result == now.result
            and before.problems == now.problems
            and before.figures.issued == now.figures.issued
            and before.decrypting == now.decrypting
            and before.complaints == now.complaints
            and bool(before.head.seq) == bool(now.head.seq)
            and self.next is not None
            and self.next.seconds == self._seconds
        )

    def _lead(self, view: PollView) -> str:
        tr, plan = self.context.tr, view.poll.plan
        parts = [
            tr("chair.number", number=view.poll.number),
            tr(f"voting.kind.{plan.kind.value}"),
            tr(f"voting.secrecy.{plan.secrecy.value}"),
        ]
        if view.pack is not None and view.rule is not None:
            parts += [view.pack.names[tr.lang], view.rule.names[tr.lang]]
        if plan.round > 1:
            parts.append(tr("chair.round", round=plan.round))
        if view.poll.ends_at is not None and view.poll.closed_at is None:
            parts.append(tr("desk.ends", time=tr.time(view.poll.ends_at.astimezone())))
        return tr.joined(*parts)

    def _refresh_counts(self, view: PollView) -> None:
        tr = self.context.tr
        cast, of = view.turnout.cast, view.turnout.entitled
        self.cast.set(tr("chair.cast_of", cast=cast, of=of))
        self.bar.set(tr.percent(cast, of), cast / of if of else 0.0)
        if self.next is not None:
            self.next.follow(view)
        if view.head.seq:
            self.ledger.follow(view)
        if self.quorum is not None:
            self.quorum.set_taking(view.poll.state is State.OPEN)
        if self.cards is not None:
            self.cards.show_figures(view.figures)

    def _contest(self, poll: Poll, contest: Contest) -> Card:
        context, tr = self.context, self.context.tr
        several = len(poll.plan.contests) > 1
        card = Card(context, tr.isolated(contest.title) if several else tr("chair.question"))
        if not several:
            card.column.addWidget(Text(context, tr.isolated(contest.title), Type.NAME))
        if poll.plan.text:
            card.column.addWidget(Text(context, tr.isolated(poll.plan.text), Type.READING))
        method = tr(f"voting.method.{contest.method.value}")
        if contest.method is not Method.YES_NO_ABSTAIN:
            counts = tr("chair.list", count=len(contest.candidates), seats=contest.seats)
            method = tr.joined(counts, method)
        card.column.addWidget(Text(context, method, Type.LABEL, "muted"))
        grid = QGridLayout()
        grid.setSpacing(SPACE_2)
        height = -(-len(contest.candidates) // 2)
        for at, candidate in enumerate(contest.candidates):
            line = f"{tr.number(at + 1)}. {tr.joined(candidate.name, candidate.note)}"
            grid.addWidget(Text(context, line, Type.BODY), at % height, at // height)
        card.column.addLayout(grid)
        return card

    def _limits(self) -> Banner:
        """Say what is not guaranteed in a line, beside the step, with the way to all of it."""
        context, tr = self.context, self.context.tr
        short = tr(self._controller.not_guaranteed[0])
        banner = Banner(context, short, Tone.NOTE, title=tr("chair.not_guaranteed"))
        more = Button(context, tr("chair.not_guaranteed.all"), Kind.QUIET)
        more.clicked.connect(lambda: self.scroll_area.ensureWidgetVisible(self.truth))
        banner.buttons.addWidget(more)
        return banner

    def _on_paper(self) -> Banner:
        """Say what is not guaranteed of slips."""
        context, tr = self.context, self.context.tr
        return Banner(
            context, tr("slips.not_guaranteed"), Tone.NOTE, title=tr("chair.not_guaranteed")
        )

    def _truth(self) -> Card:
        context, tr = self.context, self.context.tr
        card = Card(context, tr("chair.not_guaranteed"), flat=True)
        for key in self._controller.not_guaranteed[1:]:
            card.column.addWidget(Text(context, f"•  {tr(key)}", Type.LABEL, "muted"))
        return card

    def _refused(self, error: CongressError) -> None:
        if self.next is not None:
            self.next.show_error(error)

    def _cards_made(self, sheets: Sequence[bytes]) -> None:
        self._sheets = list(sheets)
        self.unsaved.show()
        self._save_cards()

    def _save_cards(self) -> None:
        """Ask where the next sheet goes: the second half of the cards may go elsewhere."""
        tr = self.context.tr
        name = tr("chair.cards.file" if len(self._sheets) < 2 else "chair.cards.file_a")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("chair.cards.save"), name)
        if chosen:
            path, sheet = Path(chosen), self._sheets[0]
            self.context.tasks.free(lambda _: write_file(path, sheet)).success(
                self._cards_saved
            ).start()

    def _cards_saved(self, _: None) -> None:
        self._sheets.pop(0)
        if self._sheets:
            self._save_cards()
            return
        self.unsaved.hide()
        self.context.toasts.show_toast(self.context.tr("chair.cards.saved"))

    def _save_head(self, poll: Poll, data: bytes) -> None:
        if self._view is not None and self._view.poll.id == poll.id:
            save_as(self, self.context.tr("desk.head.file", number=poll.number), data)

    def _drafted(self, poll: Poll) -> None:
        self.context.navigate(f"{POLL_PAGE}/{poll.id}")

    def _withdraw(self) -> None:
        tr = self.context.tr
        if self._view is None or Action.WITHDRAW not in actions(self._view.poll.state):
            return
        if ConfirmDialog.ask(
            self.context,
            tr("chair.withdraw.title"),
            tr("chair.withdraw.text"),
            tr("chair.withdraw"),
            parent=self,
        ):
            self._controller.withdraw(self._view.poll.id, "")
