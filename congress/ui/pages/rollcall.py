"""The page of the roll call: opens a session, shows the door, and lists the register."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.people import Person
from congress.rollcall.model import CheckIn, RegisterLine, Session, Status
from congress.ui.context import UiContext
from congress.ui.controllers.doorwatch import Question
from congress.ui.controllers.rollcall import RollCallController
from congress.ui.models.register import register_columns
from congress.ui.page import Command, Page, PageHeader
from congress.ui.pages.door_view import DoorView
from congress.ui.pages.hall_quorum import HallQuorum
from congress.ui.pages.rollcall_parts import SeatDialog, SourceDialog, enrolment_result
from congress.ui.theme.tokens import SPACE_3, SPACE_5, SPACE_6, Tone
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.question import QuestionCard
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.worksheet import WorkSheet

_ROOM, _ROOM_RTL = {3: 980, 6: 900}, 1.2
"""The least width of the page at which a column of the register is shown."""
_CLOSED, _DOOR, _REGISTER, _BLANK = range(4)


class RollCallPage(Page):
    """The door of the hall and the register behind it."""

    key: ClassVar[str] = "rollcall"
    title_key: ClassVar[str] = "door.title"
    icon: ClassVar[str] = "door"

    def __init__(
        self,
        context: UiContext,
        controller: RollCallController,
        *,
        source: str = "0",
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page; what is open is read when it is shown.

        Args:
            context: The surroundings.
            controller: Does the work.
            source: What "Start the camera" watches until another source is chosen.
            parent: The Qt parent.
        """
        super().__init__(context, parent)
        self._controller, self._source = controller, source
        self._hall: HallQuorum | None = None
        controller.setParent(self)
        tr = context.tr
        self.header = PageHeader(context, tr(self.title_key))
        self.views = SegmentedControl(
            context,
            [(_DOOR, tr("door.view.door")), (_REGISTER, tr("door.view.register"))],
            name=tr(self.title_key),
        )
        self.hall_button = Button(context, tr("door.hall"), Kind.QUIET, "monitor")
        self.enrol_button = Button(context, tr("door.enrol"), Kind.QUIET, "user-focus")
        self.close_button = Button(context, tr("door.close_session"), Kind.SECONDARY, "lock-key")
        self.door = DoorView(context, controller)
        self.register: DataTable[RegisterLine] = DataTable(
            context, register_columns(tr), name=tr("door.view.register")
        )
        self.in_button = Button(context, tr("door.check_in"), Kind.SECONDARY, "sign-in")
        self.out_button = Button(context, tr("door.check_out"), Kind.SECONDARY, "sign-out")
        self.name = Field(context, tr("door.session_name"), value=tr("door.session_example"))
        self.open_button = Button(context, tr("door.open_session"), Kind.PRIMARY, "door")
        self.stack = QStackedWidget()
        self._lay_out()
        self.question = QuestionCard(context, self)
        self._connect()

    def _lay_out(self) -> None:
        for widget in (self.hall_button, self.enrol_button, self.views, self.close_button):
            self.header.buttons.addWidget(widget)
        for button in (self.in_button, self.out_button):
            button.setEnabled(False)
            button.setVisible(self._controller.may_check_in)
            self.register.tools.addWidget(button)
        for view in (self._closed_view(), self.door, self.register, QWidget()):
            self.stack.addWidget(view)
        self.stack.setCurrentIndex(_BLANK)
        for widget in (self.views, self.close_button):
            widget.hide()
        self.enrol_button.setVisible(self._controller.may_enrol)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_6, SPACE_5, SPACE_6, SPACE_5)
        box.setSpacing(SPACE_3)
        box.addWidget(self.header)
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
        controller = self._controller
        controller.session_changed.connect(self._show_session)
        controller.listed.connect(self._show_register)
        controller.arrived.connect(self._arrived)
        controller.watch.asked.connect(self._ask)
        self.question.answered.connect(controller.watch.answer)
        self.views.chosen.connect(self._view)
        self.open_button.clicked.connect(self._open)
        self.name.submitted.connect(self._open)
        self.close_button.clicked.connect(self._close)
        self.enrol_button.clicked.connect(self.enrol)
        self.hall_button.clicked.connect(self.open_hall)
        self.door.enrol_asked.connect(self.enrol)
        self.door.start_asked.connect(lambda: self.watch(self._source))
        self.door.source_asked.connect(self.choose_source)
        self.door.seat_asked.connect(self._give_seat)
        self.register.selected.connect(self._select)
        self.in_button.clicked.connect(self._check_in)
        self.out_button.clicked.connect(self._check_out)
        QShortcut(QKeySequence.StandardKey.Undo, self.door).activated.connect(self.door.undo_newest)

    def shown(self) -> None:
        """Read what is open again, and put the cursor where it is needed."""
        self._controller.refresh()
        self._focus()

    def closing(self) -> None:
        """Let go of the camera and the hall window."""
        self._controller.watch.stop()
        if self._hall is not None:
            self._hall.close()

    def commands(self) -> Sequence[Command]:
        """Offer what can be done at the door."""
        tr = self.context.tr
        found = [Command(tr("door.hall"), "monitor", self.open_hall)]
        if self._controller.session is not None:
            found.append(Command(tr("door.source"), "faders", self.choose_source))
        if self._controller.may_enrol:
            found.append(Command(tr("door.enrol"), "user-focus", self.enrol))
        return found

    @property
    def watching(self) -> bool:
        """Whether a camera is being watched."""
        return self._controller.watch.camera is not None

    def watch(self, source: str, *, paced: bool = True) -> None:
        """Watch ``source``; see ``DoorWatch.start``."""
        self._source = source
        self._controller.watch.start(source, self.door.camera, paced=paced)

    def choose_source(self) -> None:
        """Ask what to watch."""
        dialog = SourceDialog(self.context, self._source, self)
        dialog.chosen.connect(self.watch)
        dialog.open()

    def enrol(self) -> None:
        """Ask for a folder of photographs and enrol it."""
        chosen = QFileDialog.getExistingDirectory(self, self.context.tr("door.enrol.title"))
        if chosen:
            self.enrol_from(Path(chosen))

    def enrol_from(self, path: Path) -> WorkSheet:
        """Enrol the photographs in a folder or a ZIP, and show what came of it."""
        sheet = WorkSheet(self.context, self.context.tr("door.enrol.title"), self)
        return sheet.run(
            self._controller.enrolling(path), lambda report: enrolment_result(self.context, report)
        )

    def open_hall(self) -> HallQuorum:
        """Open the window for the hall, to be moved to its screen."""
        if self._hall is None:
            self._hall = HallQuorum(self.context, self._controller)
        self._hall.show()
        self._hall.activateWindow()
        return self._hall

    def _focus(self) -> None:
        at = self.stack.currentIndex()
        if at == _DOOR:
            self.door.search.setFocus()
        elif at == _REGISTER:
            self.register.filter.setFocus()
        elif at == _CLOSED:
            self.name.setFocus()

    def _view(self, view: object) -> None:
        self.stack.setCurrentIndex(int(str(view)))
        self._show_register(self._controller.lines)
        self._focus()

    def _show_session(self, session: Session | None) -> None:
        tr = self.context.tr
        was = self.stack.currentIndex()
        self.views.setVisible(session is not None and self._controller.may_see)
        self.close_button.setVisible(session is not None and self._controller.may_open)
        if session is None:
            self.header.title.setText(tr(self.title_key))
            self.header.set_lead("")
            self.stack.setCurrentIndex(_CLOSED)
            self.door.clear()
        else:
            opened = tr.time(session.opened_at.astimezone())
            self.header.title.setText(session.name)
            self.header.set_lead(tr("door.opened_at", time=opened))
            if was in (_CLOSED, _BLANK):
                self.views.set_value(_DOOR)
                self.stack.setCurrentIndex(_DOOR)
        if was != self.stack.currentIndex():
            self._focus()

    def _show_register(self, lines: Sequence[RegisterLine]) -> None:
        """Show the register, if it is in sight: at a busy door it changes every second."""
        if self.stack.currentIndex() != _REGISTER:
            return
        chosen = self.register.current
        self.register.set_rows(lines)
        if chosen is not None:
            ids = [line.person.id for line in lines]
            if chosen.person.id in ids:
                index = self.register.model.index(ids.index(chosen.person.id), 0)
                self.register.view.setCurrentIndex(self.register.proxy.mapFromSource(index))
        self._select(self.register.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns of the register there is room for."""
        super().resizeEvent(event)
        factor = _ROOM_RTL if self.context.theme.rtl else 1
        for column, least in _ROOM.items():
            hidden = self.width() < self.context.theme.px(least * factor)
            self.register.view.setColumnHidden(column, hidden)

    def _select(self, line: RegisterLine | None) -> None:
        inside = line is not None and line.status is Status.PRESENT
        self.in_button.setEnabled(line is not None and not inside)
        self.out_button.setEnabled(inside)

    def _arrived(self, found: CheckIn) -> None:
        """Say who came where the door, which says it larger, is not in sight."""
        if not self.door.isVisible():
            text = self.context.tr("door.registered", name=found.person.name)
            undo = partial(self._controller.undo, found.entry)
            self.context.toasts.show_toast(text, Tone.GOOD, undo)

    def _check_in(self) -> None:
        if (line := self.register.current) is not None:
            self._controller.check_in(line.person.id)

    def _check_out(self) -> None:
        if (line := self.register.current) is not None:
            self._controller.check_out(line.person.id)

    def _open(self) -> None:
        self.name.set_error("")
        self._controller.open_session(self.name.value, self._refuse_name)

    def _refuse_name(self, error: CongressError) -> None:
        self.name.set_error(self.context.tr.error(error).what)

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
        dialog.chosen.connect(lambda official: self._controller.take_seat(alternate.id, official))
        dialog.open()
