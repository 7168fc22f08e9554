"""The page of the roll call: opens a session, shows the door, the register, the corrections."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.people import Person
from congress.rollcall.model import RegisterLine, Session
from congress.ui.context import UiContext
from congress.ui.controllers.quorum import QuorumController
from congress.ui.controllers.rollcall import House, RollCallController
from congress.ui.doors.model import Question
from congress.ui.doors.watch import DoorWatch
from congress.ui.doors.windows import HallWindows
from congress.ui.page import Command, Page, PageHeader
from congress.ui.pages.credentials import CredentialsPage
from congress.ui.pages.door_dialogs import DoorDialog, SeatDialog
from congress.ui.pages.door_messages import DoorMessages
from congress.ui.pages.door_view import DoorView
from congress.ui.pages.faces import FacesPage
from congress.ui.pages.greeting import Greeting
from congress.ui.pages.hall_quorum import HallQuorum
from congress.ui.pages.register_dialogs import CorrectionDialog, ExcuseDialog
from congress.ui.pages.register_view import CorrectionsView, RegisterView
from congress.ui.theme.tokens import SPACE_2, SPACE_3, SPACE_5, SPACE_6, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.question import QuestionCard
from congress.ui.widgets.text import Text

_CLOSED, _DOOR, _REGISTER, _CORRECTIONS, _BLANK = range(5)


class RollCallPage(Page):
    """The doors of the hall and the register behind them."""

    key: ClassVar[str] = "rollcall"
    title_key: ClassVar[str] = "door.title"
    icon: ClassVar[str] = "door"

    def __init__(
        self,
        context: UiContext,
        controller: RollCallController,
        *,
        quorum: Callable[[UiContext], QuorumController],
        source: str = "0",
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page; what is open is read when it is shown.

        Args:
            context: The surroundings.
            controller: Does the work.
            quorum: Makes what the window for the hall follows, for any later context too.
            source: What the first door watches until something else is chosen.
            parent: The Qt parent.
        """
        super().__init__(context, parent)
        self._controller, self._quorum = controller, quorum
        self._doors = controller.doors
        controller.setParent(self)
        tr = context.tr
        if not self._doors.watches:
            self._doors.add(tr("door.name.usual", number=1), source)
        self.header = PageHeader(context, tr(self.title_key))
        self.lead = Text(context, "", Type.BODY, "muted", wrap=False)
        views = [
            (_DOOR, tr("door.view.door")),
            (_REGISTER, tr("door.view.register")),
            (_CORRECTIONS, tr("door.view.corrections")),
        ]
        self.views = SegmentedControl(context, views, name=tr(self.title_key))
        self.screens = Button(context, tr("door.screens"), Kind.QUIET, "monitor")
        self.enrol_button = Button(context, tr("faces.title"), Kind.QUIET, "user-focus")
        self.report_button = Button(
            context, tr("faces.view.credentials"), Kind.QUIET, "identification-card"
        )
        self.begin_button = Button(context, tr("door.begin"), Kind.PRIMARY, "megaphone")
        self.close_button = Button(context, tr("door.close_session"), Kind.SECONDARY, "lock-key")
        self.tools = QWidget()
        self.door = DoorView(context, controller)
        self.register = RegisterView(context, controller)
        self.corrections = CorrectionsView(context, controller)
        self.name = Field(context, tr("door.session_name"), value=tr("door.session_example"))
        self.open_button = Button(context, tr("door.open_session"), Kind.PRIMARY, "door")
        self.stack = QStackedWidget()
        self._lay_out()
        self.question = QuestionCard(context, self)
        self._messages = DoorMessages(context, controller, self.door)
        self._connect()
        self._doors.questions.tell()

    def _lay_out(self) -> None:
        tools = row(self.screens, self.enrol_button, self.report_button, space=SPACE_2)
        self.tools.setLayout(tools)
        for widget in (self.tools, self.lead, self.begin_button, self.close_button):
            self.header.buttons.addWidget(widget)
        self.below = row(None, self.views, space=SPACE_3)
        views = (self._closed_view(), self.door, self.register, self.corrections, QWidget())
        for view in views:
            self.stack.addWidget(view)
        self.stack.setCurrentIndex(_BLANK)
        for widget in (self.views, self.begin_button, self.close_button):
            widget.hide()
        self.enrol_button.setVisible(self._controller.may_enrol)
        self.report_button.setVisible(self._controller.may_see)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_6, SPACE_5, SPACE_6, SPACE_5)
        box.setSpacing(SPACE_2)
        box.addWidget(self.header)
        box.addLayout(self.below)
        box.addWidget(self.stack, 1)

    def _closed_view(self) -> QWidget:
        tr, may = self.context.tr, self._controller.may_open
        empty = EmptyState(
            self.context,
            tr("door.no_session"),
            tr("door.no_session.why" if may else "door.no_session.wait"),
            icon="door",
        )
        self.name.setFixedWidth(self.context.theme.px(320))
        if may:
            line = row(None, self.name, self.open_button, None, space=SPACE_3)
            line.setAlignment(self.open_button, Qt.AlignmentFlag.AlignBottom)
            empty.buttons.addLayout(line)
        return empty

    def _connect(self) -> None:
        controller, doors = self._controller, self._doors
        controller.session_changed.connect(self._show_session)
        controller.listed.connect(self._show_house)
        doors.questions.asked.connect(self._ask)
        self.question.answered.connect(doors.questions.answer)
        self.views.chosen.connect(self._view)
        self.open_button.clicked.connect(self._open)
        self.name.submitted.connect(self._open)
        self.begin_button.clicked.connect(self._begin)
        self.close_button.clicked.connect(self._close)
        self.enrol_button.clicked.connect(self.enrol)
        self.report_button.clicked.connect(self.report)
        self.screens.clicked.connect(self._choose_screen)
        self.door.picture.enrol_asked.connect(self.enrol)
        self.door.picture.settings_asked.connect(self.choose_source)
        self.door.picture.add_asked.connect(self.add_door)
        self.door.seat_asked.connect(self._give_seat)
        self.register.excuse_asked.connect(self._excuse)
        self.register.correct_asked.connect(self._correct)

    def shown(self) -> None:
        """Read what is open again, and put the cursor where it is needed."""
        self._controller.refresh()
        self._focus()

    def commands(self) -> Sequence[Command]:
        """Offer what can be done at the door."""
        tr = self.context.tr
        found = [
            Command(tr("door.hall"), "monitor", self.open_hall),
            Command(tr("door.greeting"), "hand-waving", self.open_greeting),
        ]
        if self._controller.session is not None:
            found.append(Command(tr("door.settings"), "faders", self.choose_source))
            found.append(Command(tr("door.add"), "plus", self.add_door))
        if self._controller.may_enrol:
            found.append(Command(tr("faces.title"), "user-focus", self.enrol))
        if self._controller.may_see:
            found.append(Command(tr("credentials.title"), "identification-card", self.report))
        return found

    @property
    def watching(self) -> bool:
        """Whether a camera is being watched."""
        return self._doors.watching

    def watch(self, source: str, *, paced: bool = True) -> None:
        """Watch ``source`` at the chosen door; see ``DoorWatch.start``."""
        if (watch := self._doors.current) is not None:
            watch.stop()
            self._doors.change(watch, source=source)
            watch.start(paced=paced)

    def choose_source(self) -> None:
        """Ask how the chosen door shall be watched."""
        if (watch := self._doors.current) is not None:
            self._door_dialog(watch)

    def add_door(self) -> None:
        """Add another door, and ask how it shall be watched."""
        number = len(self._doors.watches) + 1
        watch = self._doors.add(self.context.tr("door.name.usual", number=number), "")
        self._doors.choose(watch.door.number)
        self._door_dialog(watch, fresh=True)

    def _door_dialog(self, watch: DoorWatch, *, fresh: bool = False) -> None:
        others = [each.door.name for each in self._doors.watches if each is not watch]
        dialog = DoorDialog(
            self.context,
            watch.door,
            taken=others,
            removable=bool(others) and not fresh,
            parent=self,
        )

        def start(fields: dict[str, object]) -> None:
            running = watch.running
            self._doors.change(watch, **fields)
            if not running:
                watch.start()

        dialog.chosen.connect(start)
        dialog.removed.connect(lambda: self._doors.remove(watch))
        if fresh:
            dialog.rejected.connect(lambda: self._doors.remove(watch))
        dialog.open()

    def enrol(self) -> None:
        """Go to the faces and badges."""
        self.context.navigate(FacesPage.key)

    def report(self) -> None:
        """Go to the credentials report."""
        self.context.navigate(CredentialsPage.key)

    def _choose_screen(self) -> None:
        tr, icon = self.context.tr, self.context.theme.icon
        menu = QMenu(self)
        menu.setFont(self.screens.font())
        menu.setAccessibleName(tr("door.screens"))
        menu.addAction(icon("monitor", "ink"), tr("door.hall")).triggered.connect(self.open_hall)
        greeting = menu.addAction(icon("hand-waving", "ink"), tr("door.greeting"))
        greeting.triggered.connect(self.open_greeting)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.screens.mapToGlobal(self.screens.rect().bottomLeft()))

    def open_hall(self) -> QWidget:
        """Open the window for the hall: the quorum, on another screen if there is one."""
        make = self._quorum

        def build(context: UiContext) -> QWidget:
            return HallQuorum(context, make(context))

        return self._windows.show("quorum", build, self.context, self)

    def open_greeting(self) -> QWidget | None:
        """Open the display for those who come in by the chosen door."""
        doors, number = self._doors, self._doors.chosen

        def build(context: UiContext) -> QWidget:
            return Greeting(context, doors, number)

        return self._windows.show(f"greeting {number}", build, self.context, self)

    @property
    def _windows(self) -> HallWindows:
        return self.context.lasting.get(HallWindows, HallWindows)

    def _focus(self) -> None:
        at = self.stack.currentIndex()
        if at == _DOOR:
            self.door.search.setFocus()
        elif at == _REGISTER:
            self.register.table.filter.setFocus()
        elif at == _CLOSED:
            self.name.setFocus()

    def _view(self, view: object) -> None:
        at = int(str(view))
        closed = at == _DOOR and self._controller.session is None
        self.stack.setCurrentIndex(_CLOSED if closed else at)
        if self._controller.house is not None:
            self._show_house(self._controller.house)
        self._focus()

    def _place_tools(self, session: Session | None) -> None:
        """Leave the head to what is done with the session, while there is one."""
        if session is None:
            self.header.buttons.insertWidget(0, self.tools)
        else:
            self.below.insertWidget(1, self.tools)

    def _show_session(self, session: Session | None) -> None:
        tr = self.context.tr
        was = self.stack.currentIndex()
        may = self._controller.may_open
        self._place_tools(session)
        self.close_button.setVisible(session is not None and may)
        self.begin_button.setVisible(session is not None and may and session.began_at is None)
        if session is None:
            self.header.title.setText(tr(self.title_key))
            self.lead.setText("")
            if was in (_DOOR, _BLANK):
                self.stack.setCurrentIndex(_CLOSED)
        else:
            opened = tr("door.opened_at", time=tr.time(session.opened_at.astimezone()))
            began = session.began_at
            words = tr("door.began_at", time=tr.time(began.astimezone())) if began else ""
            self.header.title.setText(session.name)
            self.lead.setText(tr.joined(opened, words))
            if was in (_CLOSED, _BLANK):
                self.views.set_value(_DOOR)
                self.stack.setCurrentIndex(_DOOR)
        if was != self.stack.currentIndex():
            self._focus()

    def _show_house(self, house: House) -> None:
        """Show the register, if it is in sight: at a busy door it changes every second."""
        self.views.setVisible(bool(house.sessions) and self._controller.may_see)
        at = self.stack.currentIndex()
        if at == _REGISTER:
            self.register.show_house(house)
        elif at == _CORRECTIONS:
            self.corrections.show_house(house)

    def _open(self) -> None:
        self.name.set_error("")
        self._controller.open_session(self.name.value, self._refuse_name)

    def _refuse_name(self, error: CongressError) -> None:
        self.name.set_error(self.context.tr.error(error).what)

    def _begin(self) -> None:
        tr = self.context.tr
        if ConfirmDialog.ask(
            self.context,
            tr("door.begin.title"),
            tr("door.begin.text"),
            tr("door.begin"),
            danger=False,
            parent=self,
        ):
            self._controller.begin_sitting()

    def _close(self) -> None:
        tr = self.context.tr
        if ConfirmDialog.ask(
            self.context,
            tr("door.close.title"),
            tr("door.close.text"),
            tr("door.close_session"),
            parent=self,
        ):
            self._controller.close_session()

    def _ask(self, question: Question | None, behind: int) -> None:
        asked_before = self.question.question is not None
        self.question.ask(question, behind)
        if question is None and asked_before:
            self._focus()

    def _give_seat(self, alternate: Person) -> None:
        dialog = SeatDialog(self.context, alternate, self._controller.empty_seats(alternate), self)
        arrivals = self._doors.arrivals
        dialog.chosen.connect(
            lambda official, reason: arrivals.take_seat(alternate.id, official, reason)
        )
        dialog.open()

    def _excuse(self, line: RegisterLine) -> None:
        if (session := self.register.shown_session) is not None:
            ExcuseDialog(self.context, self._controller, session, line, self).open()

    def _correct(self, line: RegisterLine) -> None:
        if (session := self.register.shown_session) is not None:
            CorrectionDialog(self.context, self._controller, session, line, self).open()
