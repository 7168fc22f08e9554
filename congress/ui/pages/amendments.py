"""The amendments to one paper, paragraph by paragraph, with the proposed words tracked."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import ClassVar
from urllib.parse import parse_qs

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from congress.docs.amendments.model import (
    AmendedPaper,
    Amendment,
    Consolidated,
    Decision,
    Placed,
    State,
)
from congress.docs.model import Paper
from congress.docs.presenting import Audience
from congress.kernel.errors import CongressError, RefusedError
from congress.kernel.ids import PaperId
from congress.ui.context import UiContext
from congress.ui.controllers.amendments import AmendmentsController
from congress.ui.hallwindow import show_in_hall
from congress.ui.page import Command, ScrollPage
from congress.ui.pages.amendment_decisions import DecisionDialog, DraftDialog
from congress.ui.pages.amendment_dialogs import ProposalDialog, PutDialog
from congress.ui.pages.amendment_hall import AmendmentHall
from congress.ui.pages.saving import save_as
from congress.ui.theme.tokens import SPACE_4, Tone
from congress.ui.widgets.amendmentcard import AmendmentRow, ParagraphCard
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import ConfirmDialog, Dialog, ErrorView
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import clear, column, row

ALL, OPEN, DECIDED = "all", "open", "decided"
_AT_ONCE = 6
"""Cards built in one go; the rest follow while the window stays alive."""


class AmendmentsPage(ScrollPage):
    """Every paragraph that is to be amended, and what is proposed for it."""

    key: ClassVar[str] = "amendments"
    title_key: ClassVar[str] = "amendments.title"
    icon: ClassVar[str] = "git-pull-request"

    def __init__(
        self,
        context: UiContext,
        controller: AmendmentsController,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page over ``controller``."""
        super().__init__(context, parent=parent)
        self.controller = controller
        controller.setParent(self)
        tr = context.tr
        self._shown_id, self._at_id, self._keep = "", "", 0
        self.hall: AmendmentHall | None = None
        self.dialog: Dialog | None = None
        self.cards: list[ParagraphCard] = []
        self._waiting: list[list[Placed]] = []
        self.read = self._button(tr("changes.read"), "book-open", self._read, Kind.QUIET)
        self.project = self._button(
            tr("amendments.project"), "projector-screen", self._turn_hall, Kind.QUIET
        )
        self.next_version = self._button(
            tr("amendments.next_version"), "file-plus", controller.draft
        )
        self.enter = self._button(tr("amendments.enter"), "plus", self._enter, Kind.PRIMARY)
        for button in (self.next_version, self.enter):
            self.header.buttons.addWidget(button)
        self.filter = SegmentedControl(
            context,
            [(each, tr(f"amendments.filter.{each}")) for each in (ALL, OPEN, DECIDED)],
            name=tr("amendments.filter"),
        )
        self.column.addLayout(row(self.filter, None, self.read, self.project))
        self._list = column(space=SPACE_4)
        self.column.addLayout(self._list)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._build_more)
        self.filter.chosen.connect(lambda _: self._rebuild())
        controller.listed.connect(self._show)
        controller.refused.connect(self._refuse)
        controller.not_saved.connect(self._not_saved)
        controller.decided.connect(self._tell_decided)
        controller.drafted.connect(self._show_draft)
        controller.versioned.connect(self._tell_versioned)
        controller.exported.connect(lambda name, data: save_as(self, name, data))
        self._offer()

    def _button(
        self, text: str, icon: str, run: Callable[[], object], kind: Kind = Kind.SECONDARY
    ) -> Button:
        button = Button(self.context, text, kind, icon)
        button.clicked.connect(lambda: run())
        return button

    def _offer(self) -> None:
        found = self.controller.amended
        amendments = found.amendments if found else ()
        manage = self.controller.may_manage
        self.enter.setVisible(manage)
        self.next_version.setVisible(manage)
        self.project.setVisible(self.controller.may_present)
        self.project.setEnabled(bool(amendments))
        self.next_version.setEnabled(
            any(
                each.amendment.state is State.ACCEPTED and each.amendment.applied_in is None
                for each in amendments
            )
        )
        self.enter.setEnabled(found is not None)
        self.filter.setVisible(bool(amendments))

    def opened(self, subject: str) -> None:
        """Show the amendments to the paper ``subject``; after ``?`` a paragraph to amend."""
        paper_id, _, rest = subject.partition("?")
        asked = parse_qs(rest)
        self._shown_id = asked.get("amendment", [""])[0]
        if self.controller.amended is None or self.controller.amended.paper.id != paper_id:
            clear(self._list)
            self.header.set_lead("")
        self.controller.open(PaperId(paper_id))

    def closing(self) -> None:
        """Forget the paper, and take it off the screen in the hall."""
        self.controller.close()
        if self.hall is not None:
            self.hall.close()

    def commands(self) -> Sequence[Command]:
        """Offer what the head offers."""
        return [
            Command(button.text(), icon, button.click)
            for button, icon in (
                (self.enter, "plus"),
                (self.next_version, "file-plus"),
                (self.project, "projector-screen"),
                (self.read, "book-open"),
            )
            if not button.isHidden() and button.isEnabled()
        ]

    # The list

    def _show(self, found: AmendedPaper) -> None:
        tr = self.context.tr
        version = tr("amendments.lead", title=found.paper.title, number=found.version.number)
        count = tr("amendments.count", count=len(found.amendments))
        self.header.set_lead(tr.joined(version, count))
        self._offer()
        self._rebuild()
        if self.hall is not None and self.hall.isVisible():
            self._refresh_hall()

    def _rebuild(self) -> None:
        found = self.controller.amended
        self._keep = self.scroll_area.verticalScrollBar().value()
        at: QWidget | None = self.window().focusWidget()
        for each in [each for card in self.cards for each in card.rows]:
            if at is not None and each.isAncestorOf(at):
                self._at_id = str(each.placed.amendment.id)
        self._clear()
        if found is None:
            return
        chosen = [each for each in found.amendments if self._passes(each.amendment)]
        if not chosen:
            self._list.addWidget(self._empty(found))
            return
        self._waiting = [
            list(group)
            for _, group in groupby(
                chosen, key=lambda each: each.paragraph.number if each.paragraph else 0
            )
        ]
        self._build_more()

    def _passes(self, amendment: Amendment) -> bool:
        chosen, undecided = self.filter.value, amendment.state is State.SUBMITTED
        return chosen == ALL or (chosen == OPEN) is undecided

    def _empty(self, found: AmendedPaper) -> EmptyState:
        tr = self.context.tr
        if found.amendments:
            return EmptyState(self.context, tr("amendments.none_such"), "", icon="git-pull-request")
        empty = EmptyState(
            self.context,
            tr("amendments.none.what"),
            tr("amendments.none.why"),
            tr("amendments.enter") if self.controller.may_manage else "",
            icon="git-pull-request",
            primary=False,
        )
        empty.acted.connect(self._enter)
        return empty

    def _build_more(self) -> None:
        found = self.controller.amended
        if found is None:
            return
        numbers = {str(each.amendment.id): each.amendment.number for each in found.amendments}
        versions = {str(each.id): each.number for each in found.versions}
        for group in self._waiting[:_AT_ONCE]:
            card = ParagraphCard(
                self.context, group, lambda each: self._row(each, found, numbers, versions)
            )
            self.cards.append(card)
            self._list.addWidget(card)
        self._waiting = self._waiting[_AT_ONCE:]
        if self._waiting:
            self._later.start()
        else:
            QTimer.singleShot(0, self, self._settle)

    def _row(
        self, placed: Placed, found: AmendedPaper, numbers: dict[str, int], versions: dict[str, int]
    ) -> AmendmentRow:
        made = AmendmentRow(
            self.context,
            placed,
            found.paper.language,
            numbers,
            versions,
            manage=self.controller.may_manage,
            present=self.controller.may_present,
        )
        made.asked.connect(self._do)
        return made

    def _settle(self) -> None:
        """Return the scroll and the keyboard to where they were, or show what was asked for."""
        if (ground := self.scroll_area.widget()) is not None:
            if (layout := ground.layout()) is not None:
                layout.activate()
            ground.adjustSize()
        if not self._shown_id:
            self.scroll_area.verticalScrollBar().setValue(self._keep)
        for each in [each for card in self.cards for each in card.rows]:
            if each.placed.amendment.id == self._at_id:
                each.take_keyboard()
                self._at_id = ""
            if each.placed.amendment.id == self._shown_id:
                self.scroll_area.ensureWidgetVisible(each, 0, SPACE_4)
                self._shown_id = ""
                return

    def _clear(self) -> None:
        clear(self._list)
        self.cards, self._waiting = [], []

    def _refuse(self, error: CongressError) -> None:
        self._clear()
        self._list.addWidget(ErrorView(self.context, error))

    # Doing

    def _do(self, what: str, placed: Placed) -> None:
        amendment, controller = placed.amendment, self.controller
        found = controller.amended
        if found is None:
            return
        if what in ("accept", "reject"):
            state = State.ACCEPTED if what == "accept" else State.REJECTED
            controller.decide(amendment, Decision(state))
        elif what == "take_back":
            controller.take_back(amendment)
        elif what == "show":
            self._project(placed)
        elif what == "correct":
            self._open(ProposalDialog(self.context, controller, found, amendment=amendment,
                                      parent=self.window()))  # fmt: skip
        elif what == "put":
            self._open(PutDialog(self.context, controller, found, amendment, self.window()))
        else:
            states = {"withdraw": State.WITHDRAWN, "merge": State.MERGED}
            state = states.get(what, State.ACCEPTED)
            self._open(
                DecisionDialog(self.context, controller, found, amendment, state, self.window())
            )

    def _enter(self) -> None:
        found = self.controller.amended
        if found is not None:
            self._open(ProposalDialog(self.context, self.controller, found, parent=self.window()))

    def _open(self, dialog: Dialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._forget_dialog)
        dialog.open()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _not_saved(self, error: CongressError) -> None:
        if self.dialog is None:
            self.context.show_error(error)

    def _tell_decided(self, before: Amendment, after: Amendment) -> None:
        tr = self.context.tr
        text = tr(f"amendments.told.{after.state.value}", number=after.number)
        undo = Decision(State.SUBMITTED) if before.state is State.SUBMITTED else before.decision
        self.context.toasts.show_toast(text, Tone.GOOD, lambda: self.controller.decide(after, undo))

    def _show_draft(self, draft: Consolidated) -> None:
        self._open(DraftDialog(self.context, self.controller, draft, self.window()))

    def _tell_versioned(self, paper: Paper) -> None:
        text = self.context.tr("amendments.told.versioned", number=paper.version)
        self.context.toasts.show_toast(text, Tone.GOOD)

    def _read(self) -> None:
        if self.controller.amended is not None:
            self.context.navigate(f"reader/{self.controller.amended.paper.id}")

    # The hall

    def _turn_hall(self) -> None:
        """Show the amendments in the hall, or take them off its screen."""
        if self.hall is not None and self.hall.isVisible():
            self.hall.close()
        else:
            self._project()

    def _name_project(self) -> None:
        shown = self.hall is not None and self.hall.isVisible()
        self.project.set_text(self.context.tr("presenter.stop" if shown else "amendments.project"))

    def _project(self, first: Placed | None = None) -> None:
        found = self.controller.amended
        if found is None or not found.amendments:
            return
        try:
            paper = self.controller.presentable(Audience.EVERYONE)
        except RefusedError as error:
            if error.code != "presenting.delegates_only":
                self.context.show_error(error)
                return
            if not self._only_delegates():
                return
            paper = self.controller.presentable(Audience.DELEGATES)
        at = next((n for n, each in enumerate(found.amendments) if each is first), 0)
        if self.hall is not None:
            self.hall.close()
        self.hall = AmendmentHall(self.context, paper, found.amendments, at)
        self.hall.closed.connect(self._name_project)
        show_in_hall(self.hall, self)
        self._name_project()

    def _only_delegates(self) -> bool:
        tr = self.context.tr
        return ConfirmDialog.ask(
            self.context,
            tr("presenter.delegates.title"),
            tr("presenter.delegates.text"),
            tr("presenter.delegates.verb"),
            danger=False,
            parent=self.window(),
        )

    def _refresh_hall(self) -> None:
        """Show the amendments as they are now, if the paper may still be shown."""
        found, hall = self.controller.amended, self.hall
        if found is None or hall is None:
            return
        try:
            paper = self.controller.presentable(hall.paper.audience)
        except RefusedError:
            hall.close()
            return
        hall.renew(paper, found.amendments)
