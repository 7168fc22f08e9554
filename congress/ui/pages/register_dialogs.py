"""The dialogs of the register: an excuse, and a correction that two people stand for."""

import re
import unicodedata
from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from congress.kernel.errors import CongressError
from congress.rollcall.model import Entry, RegisterLine, Session, Stay
from congress.ui.context import UiContext
from congress.ui.controllers.rollcall import RollCallController
from congress.ui.pages.register_view import stay_in_words
from congress.ui.theme.tokens import SPACE_4, Tone, Type
from congress.ui.widgets.approval import ApprovalFields
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Kind
from congress.ui.widgets.choice import SegmentedControl, Select
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text

_TIME = re.compile(r"(\d{1,2})\D?(\d{2})")
_TIMES, _TAKE_BACK = "times", "taken_back"


def moment(text: str, session: Session) -> datetime | None:
    """Return the moment of a session that a time of day means, or ``None`` if it is none.

    Args:
        text: Hours and minutes, for instance ``9:05``, in digits of any script.
        session: The session. A time of day before its doors opened is of the next day.
    """
    plain = "".join(
        str(digit) if (digit := unicodedata.digit(char, -1)) >= 0 else char for char in text
    )
    match = _TIME.fullmatch(plain.strip())
    if match is None or int(match.group(1)) > 23 or int(match.group(2)) > 59:
        return None
    opened = session.opened_at.astimezone()
    hour, minute = int(match.group(1)), int(match.group(2))
    at = opened.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if at < opened.replace(second=0, microsecond=0):
        return at + timedelta(days=1)
    # The minute in which the doors opened begins before they did.
    return max(at, opened)


class ExcuseDialog(Dialog):
    """Asks why somebody is excused; without a reason the excuse is taken back."""

    def __init__(
        self,
        context: UiContext,
        controller: RollCallController,
        session: Session,
        line: RegisterLine,
        parent: QWidget | None = None,
    ) -> None:
        """Show the present reason, if there is one."""
        tr = context.tr
        super().__init__(context, tr("register.excuse.title", name=line.person.name), parent)
        self._controller, self._session, self._line = controller, session, line
        self.reason = Field(
            context,
            tr("register.excuse.reason"),
            help_text=tr("register.excuse.help"),
            value=line.excuse,
        )
        self.column.addWidget(self.reason)
        cancel = self.add_button(tr("dialog.cancel"))
        cancel.clicked.connect(self.reject)
        if line.excuse:
            self.withdraw = self.add_button(tr("register.excuse.withdraw"))
            self.withdraw.clicked.connect(lambda: self._note(""))
        self.yes = self.add_button(tr("register.excuse"), Kind.PRIMARY, "envelope-simple")
        self.yes.clicked.connect(self._submit)
        self.reason.submitted.connect(self._submit)
        self.reason.setFocus()

    def _submit(self) -> None:
        reason = self.reason.value.strip()
        if reason:
            self._note(reason)
        else:
            self.reason.set_error(self.context.tr("register.excuse.empty"))

    def _note(self, reason: str) -> None:
        self._controller.excuse(
            self._session, self._line.person.id, reason, self._done, self._refused
        )

    def _done(self, _: object) -> None:
        self.accept()

    def _refused(self, error: CongressError) -> None:
        text = self.context.tr.error(error)
        self.reason.set_error(f"{text.what} {text.do}")


class CorrectionDialog(Dialog):
    """Adds a stay, changes its times or takes it back, with a reason and a second person."""

    def __init__(
        self,
        context: UiContext,
        controller: RollCallController,
        session: Session,
        line: RegisterLine,
        parent: QWidget | None = None,
    ) -> None:
        """Offer the stays of one person in a session."""
        tr = context.tr
        super().__init__(context, tr("register.correct.title", name=line.person.name), parent)
        self._controller, self._session, self._line = controller, session, line
        stays = [
            (entry.id, tr.joined(stay_in_words(context, entry), tr(f"rollcall.method.{method}")))
            for entry in line.entries
            for method in (entry.method,)
        ]
        newest = line.entries[-1].id if line.entries else None
        options = [*stays, (None, tr("register.correct.add"))]
        self.stay = Select(context, options, newest, name=tr("register.correct.stay"))
        kinds = [(key, tr(f"register.correct.{key}")) for key in (_TIMES, _TAKE_BACK)]
        self.kind = SegmentedControl(context, kinds, name=tr("register.correct.kind"))
        self.came = Field(context, tr("door.column.came"), placeholder="09:05")
        self.left = Field(
            context,
            tr("door.column.left"),
            placeholder="12:30",
            help_text=tr("register.correct.left.help"),
        )
        self.reason = Field(context, tr("register.correct.reason"))
        self.trouble = Banner(context, "", Tone.CAUTION)
        self.trouble.hide()
        self.approval: ApprovalFields | None = None
        self._lay_out()
        self._show_stay()

    def _lay_out(self) -> None:
        context, tr = self.context, self.context.tr
        opened = tr.datetime(self._session.opened_at.astimezone())
        lead = tr("register.correct.why", session=self._session.name, opened=opened)
        self.column.addWidget(Text(context, lead, Type.LABEL, "muted"))
        self.column.addWidget(Field(context, tr("register.correct.stay"), self.stay))
        self.column.addWidget(self.kind)
        times = row(self.came, self.left, space=SPACE_4)
        times.setAlignment(self.came, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(times)
        self.column.addWidget(self.reason)
        if self._session.began_at is not None:
            self.approval = ApprovalFields(
                context, self._controller.seconds(), why="register.second.why"
            )
            self.approval.changed.connect(self._allow)
            self.approval.submitted.connect(self._submit)
            self.column.addWidget(self.approval)
        self.column.addWidget(self.trouble)
        cancel = self.add_button(tr("dialog.cancel"))
        cancel.clicked.connect(self.reject)
        self.yes = self.add_button(tr("register.correct"), Kind.PRIMARY, "pencil-simple")
        self.yes.clicked.connect(self._submit)
        self.stay.chosen.connect(lambda _: self._show_stay())
        self.kind.chosen.connect(lambda _: self._show_kind())
        for field in (self.came, self.left, self.reason):
            field.changed.connect(lambda _: self._allow())
        self.reason.submitted.connect(self._submit)
        self.came.setFocus()

    @property
    def _entry(self) -> Entry | None:
        entries = self._line.entries
        return next((entry for entry in entries if entry.id == self.stay.value), None)

    def _show_stay(self) -> None:
        entry = self._entry
        self.kind.setVisible(entry is not None)
        if entry is None:
            self.kind.set_value(_TIMES)
            self.came.value = self.left.value = ""
        else:
            self.came.value = f"{entry.came_at.astimezone():%H:%M}"
            left = entry.left_at
            self.left.value = f"{left.astimezone():%H:%M}" if left else ""
        self._show_kind()

    def _show_kind(self) -> None:
        for field in (self.came, self.left):
            field.setVisible(self.kind.value == _TIMES)
        self._allow()

    def _allow(self) -> None:
        signed = self.approval is None or self.approval.approval is not None
        self.yes.setEnabled(bool(self.reason.value.strip()) and signed)

    def _stay(self) -> Stay | None:
        """Return the stay that is typed, or ``None`` once what is wrong with it is said."""
        tr, entry = self.context.tr, self._entry
        came = self._moment(self.came, entry.came_at if entry else None)
        left = self._moment(self.left, entry.left_at if entry else None)
        wrong = tr("register.correct.time")
        self.came.set_error("" if came else wrong)
        self.left.set_error("" if left or not self.left.value.strip() else wrong)
        if came is None or (left is None and self.left.value.strip()):
            return None
        return Stay(came, left, entry.seat_of if entry else None)

    def _moment(self, field: Field, before: datetime | None) -> datetime | None:
        """Return what a field says; untouched, it still means the very second."""
        if before is not None and field.value == f"{before.astimezone():%H:%M}":
            return before
        return moment(field.value, self._session)

    def _submit(self) -> None:
        if not self.yes.isEnabled():
            return
        entry, after = self._entry, None
        if self.kind.value == _TIMES:
            after = self._stay()
            if after is None:
                return
        self.yes.setEnabled(False)
        self.trouble.hide()
        self._controller.correct(
            self._session,
            self._line.person.id,
            entry.id if entry else None,
            after,
            self.reason.value,
            self.approval.approval if self.approval else None,
            self._done,
            self._refused,
        )

    def _done(self, _: object) -> None:
        self.context.toasts.show_toast(self.context.tr("register.correct.done"))
        self.accept()

    def _refused(self, error: CongressError) -> None:
        text = self.context.tr.error(error)
        if self.approval is not None and error.code == "vault.wrong_passphrase":
            self.approval.show_error(text.what)
        else:
            self.trouble.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
            self.trouble.show()
        self._allow()

    def done(self, result: int) -> None:
        """Let go of the passphrase."""
        if self.approval is not None:
            self.approval.passphrase.value = ""
        super().done(result)
