"""Parts of the door page: the newest arrival, the quorum at the side."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from congress.kernel.people import Person, Standing
from congress.kernel.settings import QuorumBase
from congress.rollcall.model import CheckIn
from congress.rollcall.quorum import Quorum
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.figure import Bar, Stat
from congress.ui.widgets.layout import clear, column, row
from congress.ui.widgets.text import Text


class ArrivalCard(Card):
    """The newest arrival, to be read from two metres away."""

    undo_asked = Signal(object)
    """The ``CheckIn`` to take back."""
    seat_asked = Signal(object)
    """The ``Person``, an alternate, to whom a seat may be given."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Wait for the first arrival."""
        super().__init__(context, parent=parent)
        self._context = context
        tr = context.tr
        self._found: CheckIn | None = None
        self.name = Text(context, "", Type.DISPLAY)
        self.details = Text(context, "", Type.LEAD, "muted")
        self.method = Chip(context, "", Tone.GOOD)
        self.undo = Button(context, tr("door.undo"), Kind.QUIET, "arrow-counter-clockwise")
        self.seat = Button(context, tr("door.give_seat.enter"), Kind.SECONDARY, "armchair")
        for button in (self.undo, self.seat):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        words = column(self.name, self.details, space=SPACE_1)
        side = column(row(None, self.method), row(None, self.seat, self.undo), space=SPACE_2)
        across = row(space=SPACE_4)
        across.addLayout(words, 1)
        across.addLayout(side)
        self.column.addLayout(across)
        self.undo.clicked.connect(lambda: self.undo_asked.emit(self._found))
        self.seat.clicked.connect(self._ask_seat)
        self.wait()

    @property
    def found(self) -> CheckIn | None:
        """Who is shown."""
        return self._found

    def wait(self) -> None:
        """Show that nobody has come yet."""
        tr = self._context.tr
        self._found = None
        self.name.setText(tr("door.nobody_yet"))
        self.name.set_tone("muted")
        self.details.setText(tr("door.nobody_yet.why"))
        for widget in (self.method, self.undo, self.seat):
            widget.hide()

    def show_arrival(self, found: CheckIn, *, several: bool = False) -> None:
        """Show somebody who has just been registered, with the door where there are several."""
        tr, person = self._context.tr, found.person
        self._found = found
        self.name.setText(person.name)
        self.name.set_tone(Tone.NEUTRAL)
        self.details.setText(arrival_details(self._context, person))
        method = tr(f"rollcall.method.{found.entry.method}")
        self.method.set(tr.joined(method, found.entry.door) if several else method, Tone.GOOD)
        self.method.show()
        self.undo.show()
        self.seat.setVisible(person.standing is Standing.ALTERNATE and found.entry.seat_of is None)
        self.setAccessibleName(self._context.tr.listed((person.name, self.details.text())))

    def _ask_seat(self) -> None:
        if self._found is not None:
            self.seat_asked.emit(self._found.person)


def arrival_details(context: UiContext, person: Person) -> str:
    """Return the seat, delegation and standing of somebody who arrives, in one line."""
    tr = context.tr
    parts = [tr("person.seat", seat=person.seat) if person.seat else "", person.delegation]
    if person.standing is not Standing.OFFICIAL:
        parts.append(tr(f"standing.{person.standing}"))
    return tr.joined(*parts)


def present_of(context: UiContext, house: Quorum) -> str:
    """Return of how many the present are counted: of those summoned, or of those registered."""
    if house.rule.base is QuorumBase.SUMMONED:
        return context.tr("door.present_of", count=house.summoned)
    return context.tr("door.present_of_registered", count=house.registered)


class QuorumPanel(QWidget):
    """The state of the house: one number, what is needed, and a bar for each delegation."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Show an empty house."""
        super().__init__(parent)
        self._context = context
        tr = context.tr
        self.present = Stat(context, tr.number(0), "", role=Type.DISPLAY)
        self.state = Chip(context, tr("door.no_quorum"), Tone.CAUTION)
        self.bar = Bar(context, tr("door.needed", count=0), "", 0.0, height=10)
        self._names: tuple[str, ...] = ()
        self._bars: list[Bar] = []
        self._delegations = QVBoxLayout()
        self._delegations.setSpacing(SPACE_3)
        inside = QWidget()
        inside.setObjectName("clear")
        lines = column(self._delegations, None, space=0)
        lines.setContentsMargins(0, 0, SPACE_3, 0)
        inside.setLayout(lines)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setMinimumHeight(context.theme.px(72))
        self.present.setMinimumHeight(self.present.sizeHint().height())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        top = row(self.present, None, self.state)
        top.setAlignment(self.state, Qt.AlignmentFlag.AlignTop)
        box.addLayout(top)
        box.addWidget(self.bar)
        box.addWidget(self._area, 1)

    def show_quorum(self, house: Quorum) -> None:
        """Show another state of the house."""
        tr = self._context.tr
        tone = Tone.GOOD if house.reached else Tone.CAUTION
        label = present_of(self._context, house)
        self.present.set(tr.number(house.present), label)
        self.state.set(tr("door.quorum" if house.reached else "door.no_quorum"), tone)
        of = max(house.base, 1)
        mark = min(house.needed / of, 1.0) if house.base else None
        needed = tr("door.needed", count=house.needed)
        guests = tr("door.guests", count=house.guests) if house.guests else ""
        self.bar.set(guests, house.present / of, tone, mark=mark, label=needed)
        self._show_delegations(house)

    def _show_delegations(self, house: Quorum) -> None:
        tr = self._context.tr
        names = tuple(each.delegation for each in house.delegations)
        if names != self._names:
            clear(self._delegations)
            self._bars = [
                Bar(self._context, name or tr("people.no_delegation"), "", 0.0, height=6)
                for name in names
            ]
            for bar in self._bars:
                self._delegations.addWidget(bar)
            self._names = names
        for bar, each in zip(self._bars, house.delegations, strict=True):
            value = tr("door.of", present=each.present, summoned=each.summoned)
            mark = each.needed / each.summoned if each.needed else None
            tone = Tone.CAUTION if each.short else Tone.ACCENT
            name = each.delegation or tr("people.no_delegation")
            label = tr("quorum.short_of", name=name, count=each.needed) if each.short else name
            bar.set(value, each.present / each.summoned, tone, mark=mark, label=label)
