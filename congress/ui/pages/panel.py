"""The voting panel: one voter after another, nothing of them left behind."""

from typing import ClassVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.panel import About, PanelController
from congress.ui.page import Page
from congress.ui.pages.panel_about import AboutDialog
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_door import LeaveDialog, NeutralView, ReceiptView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.panel_sealed import AuditView, OpenedView, SealedView, StepView
from congress.ui.theme.tokens import SPACE_4, SPACE_5, SPACE_6, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.voting.ballots import judge, untouched
from congress.voting.casting import Admission, Opened, Prepared
from congress.voting.model import Ballot, Marks, Receipt

RECEIPT_SECONDS = 20
"""How long a receipt stands, to be photographed or written down."""
WARNING_SECONDS = 30
"""So long before a ballot is thrown away the panel asks whether anybody is still there."""
_WIDEST = 1180


_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class PanelPage(Page):
    """Takes the whole window. Leaving it needs the passphrase of who signed in."""

    key: ClassVar[str] = "panel"
    title_key: ClassVar[str] = "panel.title"
    icon: ClassVar[str] = "check-square"

    def __init__(
        self, context: UiContext, controller: PanelController, parent: QWidget | None = None
    ) -> None:
        """Lay out the neutral screen."""
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        self._admission: Admission | None = None
        self._marks: list[Marks] = []
        self._about: AboutDialog | None = None
        self._leaving: LeaveDialog | None = None
        self.neutral = NeutralView(context, controller.limits)
        self.view: QWidget = self.neutral
        self._stack = QStackedWidget()
        self._stack.addWidget(self.neutral)
        self.warning = Banner(context, "", Tone.CAUTION)
        self.more_time = Button(context, context.tr("panel.more_time"), Kind.PRIMARY)
        self.more_time.clicked.connect(self._stay_on)
        self.warning.buttons.addWidget(self.more_time)
        self.warning.hide()
        middle = QWidget()
        middle.setMaximumWidth(context.theme.px(_WIDEST))
        box = QVBoxLayout(middle)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        box.addWidget(self.warning)
        box.addWidget(self._stack, 1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(SPACE_6, SPACE_5, SPACE_6, SPACE_5)
        outer.addStretch(1)
        outer.addWidget(middle, 1000)
        outer.addStretch(1)
        self._left = 0
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._tick)
        self._connect()

    def _connect(self) -> None:
        controller = self._controller
        controller.running.connect(self.neutral.show_running)
        controller.admitted.connect(self._begin)
        controller.refused.connect(self._refused)
        controller.sealed.connect(self._seal)
        controller.cast.connect(self._finish)
        controller.opened.connect(self._compare)
        controller.told.connect(self._tell_of)
        controller.unlocked.connect(self._leave)
        controller.still_locked.connect(self._stay)
        self.neutral.entered.connect(controller.admit)
        self.neutral.leave_asked.connect(self._ask_to_leave)

    def shown(self) -> None:
        """Wait for a voter, and watch for signs of life."""
        self._forget()
        self._controller.refresh()
        cast(QApplication, QApplication.instance()).installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Throw away what is under way when the panel is left."""
        super().hideEvent(event)
        cast(QApplication, QApplication.instance()).removeEventFilter(self)
        self._forget()

    def closing(self) -> None:
        """Stop watching."""
        cast(QApplication, QApplication.instance()).removeEventFilter(self)
        self._second.stop()

    def _show(self, view: QWidget) -> None:
        before, self.view = self.view, view
        if view is not self.neutral:
            self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        if before is not self.neutral and before is not view:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _forget(self, note: str = "") -> None:
        """Return to the neutral screen; nothing of the voter before is kept."""
        self._admission, self._marks = None, []
        self._controller.forget()
        self._close_about()
        self._second.stop()
        self.warning.hide()
        self._show(self.neutral)
        if note:
            self.neutral.show_note(note)
        else:
            self.neutral.ready()

    def _begin(self, admission: Admission) -> None:
        self._admission = admission
        self.neutral.ready()
        self._vote_anew()

    def _vote_anew(self) -> None:
        if self._admission is None:
            return
        self._marks = [untouched(contest) for contest in self._admission.poll.plan.contests]
        self._start_clock(self._patience)
        self._open_contest(0)

    def _open_contest(self, at: int) -> None:
        if self._admission is None:
            return
        view = ContestView(self.context, self._admission, at, self._marks[at])
        view.back.connect(lambda: self._keep(view, at, at - 1))
        view.forward.connect(lambda: self._keep(view, at, at + 1))
        view.about_asked.connect(self._controller.about)
        self._show(view)
        view.focus_first()

    def _keep(self, view: ContestView, at: int, then: int) -> None:
        self._marks[at] = view.marks
        if then < 0:
            self._forget()
        elif then < len(self._marks):
            self._open_contest(then)
        else:
            self._review()

    def _review(self) -> None:
        if self._admission is None:
            return
        view = ReviewView(self.context, self._admission, self._marks)
        view.changed.connect(self._open_contest)
        view.confirmed.connect(self._confirm)
        self._show(view)
        (view.cast if view.cast.isEnabled() else view.change).setFocus()

    def _confirm(self) -> None:
        if self._admission is not None:
            self._controller.confirm(self._admission, Ballot(tuple(self._marks)))

    def _seal(self, prepared: Prepared) -> None:
        """Show the code of the encrypted ballot; what happens to it is the voter's choice."""
        if self._admission is None:
            return
        view = SealedView(self.context, prepared.tracking_code)
        view.cast_asked.connect(self._controller.cast_sealed)
        view.changed.connect(self._change)
        view.audit_asked.connect(lambda: self._audit(prepared))
        self._show(view)
        view.cast.setFocus()

    def _change(self) -> None:
        self._controller.forget()
        self._review()

    def _audit(self, prepared: Prepared) -> None:
        view = AuditView(self.context)
        view.back_asked.connect(lambda: self._seal(prepared))
        view.opening_asked.connect(self._controller.challenge)
        self._show(view)
        view.back.setFocus()

    def _compare(self, opened: Opened) -> None:
        """Show what an opened ballot held; the card is good for another."""
        admission = self._admission
        if admission is None:
            return
        contests = opened.poll.plan.contests
        chosen = [
            judge(contest, admission.rule, marks)
            for contest, marks in zip(contests, self._marks, strict=True)
        ]
        view = OpenedView(self.context, opened, chosen)
        view.again_asked.connect(self._vote_anew)
        self._show(view)
        view.again.setFocus()

    def _tell_of(self, about: About) -> None:
        if self._admission is None or not isinstance(self.view, ContestView):
            return
        self._close_about()
        self._about = AboutDialog(self.context, about, self)
        self._about.open()

    def _close_about(self) -> None:
        if self._about is not None:
            self._about.close()
            self._about.deleteLater()
            self._about = None

    def _refused(self, error: CongressError) -> None:
        if isinstance(self.view, ReviewView | StepView):
            text = self.context.tr.error(error)
            self.view.show_trouble(text.what, f"{text.means} {text.do}")
        else:
            self._forget()
            self.neutral.show_error(error)

    def _finish(self, receipt: Receipt) -> None:
        if self._admission is None:
            return
        view = ReceiptView(self.context, receipt, self._admission.poll.plan.secrecy)
        self._admission, self._marks = None, []
        view.done.connect(self._forget)
        self._show(view)
        self._start_clock(RECEIPT_SECONDS)
        view.count_down(self._left)
        view.finish.setFocus()

    def _start_clock(self, seconds: int) -> None:
        self._left = seconds
        self.warning.hide()
        self._second.start()

    @property
    def _patience(self) -> int:
        """After how many seconds without a touch the ballot under way is thrown away."""
        return self.context.preferences.panel_seconds

    def _stay_on(self) -> None:
        if self._admission is not None:
            self._left = self._patience
            self.warning.hide()

    def _tick(self) -> None:
        if self._controller.under_way:
            return
        self._left -= 1
        if isinstance(self.view, ReceiptView):
            self.view.count_down(max(self._left, 0))
            if self._left <= 0:
                self._forget()
            return
        if self._left <= WARNING_SECONDS:
            tr = self.context.tr
            left = tr("panel.idle.left", count=max(self._left, 0))
            self.warning.set(left, Tone.CAUTION, title=tr("panel.idle.there"))
            self.warning.show()
        if self._left <= 0:
            self._forget(self.context.tr("panel.idle.over"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every touch and key as a sign of life."""
        if event.type() in _SIGNS and self._second.isActive() and self._admission is not None:
            self._stay_on()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keep the shortcuts of the program out of a voter's reach."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if event.modifiers() & modifiers or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up the ballot under way with Escape."""
        if event.key() == Qt.Key.Key_Escape and self._admission is not None:
            if not self._controller.under_way:
                self._forget()
        else:
            super().keyPressEvent(event)

    def _ask_to_leave(self) -> None:
        self._leaving = LeaveDialog(self.context, self)
        self._leaving.given.connect(self._controller.unlock)
        self._leaving.finished.connect(lambda _: self.neutral.ready())
        self._leaving.open()

    def _leave(self) -> None:
        if self._leaving is not None:
            self._leaving.accept()
            self._leaving = None
        self.context.navigate("home")

    def _stay(self, error: CongressError) -> None:
        if self._leaving is not None:
            self._leaving.show_error(error)
