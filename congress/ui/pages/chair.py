"""The chair's desk: every poll, what state it is in, and the way to make another."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, DeskView, Listed
from congress.ui.page import Command, ScrollPage
from congress.ui.pages.quorum_banner import QuorumBanner
from congress.ui.pages.trustees_banner import TRUSTEES_PAGE, TrusteesBanner
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import row
from congress.voting.model import Kind as PollKind
from congress.voting.model import Secrecy, State

FORM_PAGE, POLL_PAGE = "poll-form", "poll"
RULES_PAGE, PROXIES_PAGE = "rule-packs", "proxies"
STATE_TONES = {
    State.DRAFT: Tone.NEUTRAL,
    State.FIXED: Tone.NOTE,
    State.KEYED: Tone.NOTE,
    State.OPEN: Tone.GOOD,
    State.SUSPENDED: Tone.CAUTION,
    State.CLOSED: Tone.NOTE,
    State.DECRYPTING: Tone.NOTE,
    State.TALLIED: Tone.NOTE,
    State.CERTIFIED: Tone.GOOD,
    State.WITHDRAWN: Tone.NEUTRAL,
}
_TAKING = (State.OPEN, State.SUSPENDED)
_RUNNING = (*_TAKING, State.CLOSED, State.DECRYPTING, State.TALLIED)
_OVER = (State.CERTIFIED, State.WITHDRAWN)


class ChairPage(ScrollPage):
    """The list of polls: those that run, those to come, those that are over."""

    key: ClassVar[str] = "chair"
    title_key: ClassVar[str] = "chair.title"
    icon: ClassVar[str] = "clipboard-text"

    def __init__(
        self, context: UiContext, controller: ChairController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; the list comes when it is shown."""
        super().__init__(context, context.tr("chair.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tr = context.tr
        self.motion = Button(context, tr("chair.new_motion"), Kind.SECONDARY, "hand")
        self.election = Button(context, tr("chair.new_election"), Kind.PRIMARY, "clipboard-text")
        for button, kind in ((self.motion, "motion"), (self.election, "election")):
            button.setVisible(controller.may_prepare)
            button.clicked.connect(lambda _, kind=kind: self._make(kind))
            self.header.buttons.addWidget(button)
        self.rules = Button(context, tr("rulepacks.title"), Kind.QUIET, "scales")
        self.rules.clicked.connect(lambda: context.navigate(RULES_PAGE))
        self.proxies = Button(context, tr("proxies.title"), Kind.QUIET, "handshake")
        self.proxies.clicked.connect(lambda: context.navigate(PROXIES_PAGE))
        self.keys = Button(context, tr("trustees.title"), Kind.QUIET, "key")
        self.keys.clicked.connect(lambda: context.navigate(TRUSTEES_PAGE))
        self.column.addLayout(row(self.rules, self.proxies, self.keys, None))
        self.quorum: QuorumBanner | None = None
        if controller.quorum is not None:
            self.quorum = QuorumBanner(context, controller.quorum)
            self.column.addWidget(self.quorum)
        self.trustees: TrusteesBanner | None = None
        if context.congress is not None:
            self.trustees = TrusteesBanner(context, context.congress.boards)
            self.column.addWidget(self.trustees)
        self.lists: dict[str, RowList] = {}
        self._cards: dict[str, Card] = {}
        for group in ("running", "coming", "over"):
            card = Card(context, tr(f"chair.group.{group}"))
            self.lists[group] = RowList()
            card.column.addWidget(self.lists[group])
            card.hide()
            self._cards[group] = card
            self.column.addWidget(card)
        self.empty = EmptyState(
            context, tr("chair.empty.what"), tr("chair.empty.why"), icon="clipboard-text"
        )
        self.empty.hide()
        self.column.addWidget(self.empty)
        controller.listed.connect(self._show)

    def shown(self) -> None:
        """Read the list again."""
        self._controller.refresh()
        if self.quorum is not None:
            self.quorum.refresh()
        if self.trustees is not None:
            self.trustees.refresh()
        self.setFocus()

    def commands(self) -> Sequence[Command]:
        """Offer making motions and elections."""
        if not self._controller.may_prepare:
            return ()
        tr = self.context.tr
        return (
            Command(tr("chair.new_motion"), "hand", lambda: self._make("motion")),
            Command(tr("chair.new_election"), "clipboard-text", lambda: self._make("election")),
            Command(tr("rulepacks.title"), "scales", self.rules.click),
            Command(tr("proxies.title"), "handshake", self.proxies.click),
        )

    def _make(self, kind: str) -> None:
        self.context.navigate(f"{FORM_PAGE}/{kind}")

    def _show(self, desk: DeskView) -> None:
        for rows in self.lists.values():
            rows.clear()
        for listed in desk.polls:
            state = listed.poll.state
            group = "running" if state in _RUNNING else "over" if state in _OVER else "coming"
            self.lists[group].add(self._row(listed))
        for group, card in self._cards.items():
            card.setVisible(bool(self.lists[group].rows))
        self.empty.setVisible(not desk.polls)
        if self.quorum is not None:
            self.quorum.set_taking(any(each.poll.state is State.OPEN for each in desk.polls))

    def _row(self, listed: Listed) -> ListRow:
        tr, poll = self.context.tr, listed.poll
        plan = poll.plan
        parts = [
            tr("chair.number", number=poll.number),
            tr(f"voting.kind.{plan.kind.value}"),
            tr(f"voting.secrecy.{plan.secrecy.value}"),
        ]
        if plan.round > 1:
            parts.append(tr("chair.round", round=plan.round))
        icon = "hand" if plan.kind is PollKind.MOTION else "clipboard-text"
        line = ListRow(
            self.context, plan.title or tr("chair.untitled"), tr.joined(*parts), icon=icon
        )
        if poll.state in _TAKING:
            text = tr("chair.cast_of", cast=listed.turnout.cast, of=listed.turnout.entitled)
            line.trailing.addWidget(Chip(self.context, text, Tone.NEUTRAL, figures=True))
        secret = plan.secrecy is Secrecy.SECRET
        state_icon = "lock" if secret and poll.state in _TAKING else None
        chip = Chip(
            self.context,
            tr(f"voting.state.{poll.state.value}"),
            STATE_TONES[poll.state],
            state_icon,
        )
        line.trailing.addWidget(chip)
        line.activated.connect(lambda: self.context.navigate(f"{POLL_PAGE}/{poll.id}"))
        return line
