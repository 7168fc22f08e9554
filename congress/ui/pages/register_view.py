"""The register of a session: who is in, late, excused or absent, and what was corrected."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.ids import MemberId, PersonId, SessionId
from congress.rollcall.model import Correction, Entry, RegisterLine, Session, Status
from congress.ui.context import UiContext
from congress.ui.controllers.rollcall import House, RollCallController
from congress.ui.models.register import Filter, correction_columns, fitting, register_columns
from congress.ui.theme.tokens import SPACE_3, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import Select
from congress.ui.widgets.filterchips import FilterChips
from congress.ui.widgets.layout import row
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.text import Text

_ROOM, _ROOM_RTL = {3: 1040, 6: 860, 7: 960, 8: 1160}, 1.15
"""The least width at which a column of the register is shown."""


class RegisterView(QWidget):
    """Lists everyone, narrowed by chips; what is chosen can be checked in, excused, corrected."""

    excuse_asked = Signal(object)
    """A ``RegisterLine``."""
    correct_asked = Signal(object)
    """A ``RegisterLine``."""

    def __init__(
        self, context: UiContext, controller: RollCallController, parent: QWidget | None = None
    ) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._context, self._controller = context, controller
        tr = context.tr
        self._house: House | None = None
        self.session = Select(context, name=tr("register.session"))
        self.chips = FilterChips(
            context,
            [(each.value, tr(f"register.filter.{each}")) for each in Filter],
            name=tr("register.filter"),
        )
        self.table: DataTable[RegisterLine] = DataTable(
            context, register_columns(tr), name=tr("door.view.register")
        )
        self.in_button = Button(context, tr("door.check_in"), Kind.SECONDARY, "sign-in")
        self.out_button = Button(context, tr("door.check_out"), Kind.SECONDARY, "sign-out")
        self.excuse_button = Button(
            context, tr("register.excuse"), Kind.SECONDARY, "envelope-simple"
        )
        self.correct_button = Button(
            context, tr("register.correct"), Kind.SECONDARY, "pencil-simple"
        )
        buttons = (self.in_button, self.out_button, self.excuse_button, self.correct_button)
        for button in buttons:
            button.setEnabled(False)
            button.setVisible(controller.may_check_in)
            self.table.tools.addWidget(button)
        top = row(self.chips, self.session, space=SPACE_3)
        top.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        self._connect()

    def _connect(self) -> None:
        self.session.chosen.connect(self._choose_session)
        self.chips.chosen.connect(lambda _: self._fill())
        self.table.selected.connect(self._select)
        self.table.activated.connect(self._correct)
        self.in_button.clicked.connect(self._check_in)
        self.out_button.clicked.connect(self._check_out)
        self.excuse_button.clicked.connect(self._excuse)
        self.correct_button.clicked.connect(lambda: self._correct(self.table.current))

    @property
    def shown_session(self) -> Session | None:
        """The session whose register is shown."""
        return self._house.shown if self._house else None

    def show_house(self, house: House) -> None:
        """Show a register as it was read; what was chosen stays chosen."""
        self._house = house
        show_sessions(self._context, self.session, house)
        self._fill()

    def _fill(self) -> None:
        if self._house is None:
            return
        lines = self._house.lines
        self.chips.show_counts({each.value: len(fitting(lines, each)) for each in Filter})
        chosen = self.table.current
        rows = fitting(lines, Filter(self.chips.value))
        self.table.set_rows(rows)
        ids = [line.person.id for line in rows]
        if chosen is not None and chosen.person.id in ids:
            index = self.table.model.index(ids.index(chosen.person.id), 0)
            self.table.view.setCurrentIndex(self.table.proxy.mapFromSource(index))
        self._select(self.table.current)

    def _choose_session(self, session_id: object) -> None:
        self._controller.show_register(SessionId(str(session_id)))

    def _select(self, line: RegisterLine | None) -> None:
        current = self._controller.session
        live = line is not None and current is not None and self.shown_session == current
        inside = line is not None and line.status is Status.PRESENT
        self.in_button.setEnabled(live and not inside)
        self.out_button.setEnabled(live and inside)
        absent = line is not None and not line.entries
        self.excuse_button.setEnabled(absent)
        self.correct_button.setEnabled(line is not None)

    def _check_in(self) -> None:
        if (line := self.table.current) is not None:
            self._controller.doors.check_in(line.person.id)

    def _check_out(self) -> None:
        if (line := self.table.current) is not None:
            self._controller.check_out(line.person.id)

    def _excuse(self) -> None:
        if (line := self.table.current) is not None:
            self.excuse_asked.emit(line)

    def _correct(self, line: RegisterLine | None) -> None:
        if line is not None and self._controller.may_check_in:
            self.correct_asked.emit(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        factor = _ROOM_RTL if self._context.theme.rtl else 1
        for column, least in _ROOM.items():
            hidden = self.width() < self._context.theme.px(least * factor)
            self.table.view.setColumnHidden(column, hidden)


class CorrectionsView(QWidget):
    """Lists what was corrected in a session: by whom, with whom, and why."""

    def __init__(
        self, context: UiContext, controller: RollCallController, parent: QWidget | None = None
    ) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._context, self._controller = context, controller
        tr = context.tr
        self._house: House | None = None
        self.session = Select(context, name=tr("register.session"))
        self.session.chosen.connect(
            lambda session_id: controller.show_register(SessionId(str(session_id)))
        )
        self.why = Text(context, tr("register.corrections.why"), Type.LABEL, "muted")
        self.table: DataTable[Correction] = DataTable(
            context,
            correction_columns(tr, self._person, self._member, self._stay),
            name=tr("door.view.corrections"),
        )
        self.none = Text(context, tr("register.corrections.none"), Type.BODY, Tone.NEUTRAL)
        top = row(self.why, self.session, space=SPACE_3)
        top.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addLayout(top)
        box.addWidget(self.none)
        box.addWidget(self.table, 1)

    def show_house(self, house: House) -> None:
        """Show the corrections as they were read."""
        self._house = house
        show_sessions(self._context, self.session, house)
        self.none.setVisible(not house.corrections)
        self.table.setVisible(bool(house.corrections))
        self.table.set_rows(house.corrections)

    def _person(self, person_id: PersonId) -> str:
        person = self._controller.doors.people.get(person_id)
        return person.name if person else ""

    def _member(self, member_id: MemberId) -> str:
        members = self._house.members if self._house else ()
        return next((each.name for each in members if each.id == member_id), member_id)

    def _stay(self, correction: Correction) -> str:
        lines = self._house.lines if self._house else ()
        entries = (entry for line in lines for entry in line.entries)
        found = next((entry for entry in entries if entry.id == correction.after), None)
        return stay_in_words(self._context, found) if found else ""


def show_sessions(context: UiContext, select: Select, house: House) -> None:
    """Offer the sessions of a congress, where there are several."""
    tr = context.tr
    options = [
        (each.id, tr.joined(each.name, tr.datetime(each.opened_at.astimezone())))
        for each in house.sessions
    ]
    select.set_options(options, house.shown.id if house.shown else None)
    select.setVisible(len(options) > 1)


def stay_in_words(context: UiContext, entry: Entry) -> str:
    """Return when a stay began and ended."""
    tr = context.tr
    came = tr.time(entry.came_at.astimezone())
    if entry.left_at is None:
        return tr("register.stay.open", came=came)
    return tr("register.stay", came=came, left=tr.time(entry.left_at.astimezone()))
