"""Announcing when the voting ends, or another end than was announced."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from PySide6.QtWidgets import QWidget

from congress.kernel.approval import Approval
from congress.ui.context import UiContext
from congress.ui.controllers.chair import PollView
from congress.ui.theme.tokens import Type
from congress.ui.widgets.approval import ApprovalFields
from congress.ui.widgets.button import Kind
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.text import Text
from congress.voting.polls import Action, needs_two

MINUTES = (5, 10, 15, 30, 60, 120)
Extend = Callable[[datetime | None, Approval | None], object]


class EndDialog(Dialog):
    """Asks in how many minutes the voting ends, and for the second person of a secret poll."""

    def __init__(
        self,
        context: UiContext,
        view: PollView,
        seconds: Sequence[str],
        extend: Extend,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        """Call ``extend`` with the new end.

        Args:
            context: The surroundings.
            view: The poll.
            seconds: Sign-in names of those who may approve.
            extend: Takes the end, or ``None`` for the close, and the approval.
            now: Tells the time, aware.
            parent: The window it belongs to.
        """
        tr = context.tr
        super().__init__(context, tr("desk.extend.title"), parent)
        self._extend, self._now = extend, now
        self.column.addWidget(Text(context, tr("desk.extend.why"), Type.BODY, "muted"))
        self.minutes = Select(
            context,
            [(each, tr("desk.extend.in", count=each)) for each in MINUTES]
            + [(0, tr("desk.extend.never"))],
            name=tr("desk.extend.title"),
        )
        self.column.addWidget(Field(context, tr("desk.extend.title"), self.minutes))
        self.approval: ApprovalFields | None = None
        self.no = self.add_button(tr("dialog.cancel"))
        self.yes = self.add_button(tr("desk.extend.verb"), Kind.PRIMARY)
        if needs_two(Action.CLOSE, view.poll.plan.secrecy):
            self.approval = ApprovalFields(context, seconds)
            self.approval.changed.connect(self._allow)
            self.approval.submitted.connect(self.yes.click)
            self.column.addWidget(self.approval)
            self._allow()
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._give)

    def _allow(self) -> None:
        self.yes.setEnabled(self.approval is None or self.approval.approval is not None)

    def _give(self) -> None:
        minutes = int(str(self.minutes.value))
        end = self._now() + timedelta(minutes=minutes) if minutes else None
        self._extend(end, None if self.approval is None else self.approval.approval)
        self.accept()
