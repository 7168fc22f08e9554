"""The door itself: the live picture, the newest arrival, the search, the quorum."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congress.rollcall.badges import typed_code
from congress.rollcall.model import CheckIn
from congress.ui.context import UiContext
from congress.ui.controllers.rollcall import RollCallController
from congress.ui.pages.door_picture import DoorPicture
from congress.ui.pages.rollcall_parts import ArrivalCard, QuorumPanel
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Type
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.figure import Stat
from congress.ui.widgets.layout import row
from congress.ui.widgets.picker import PersonPicker
from congress.ui.widgets.text import Text

EARLIER = 5
"""How many arrivals stand below the newest."""
_SIDE, _HOUSE = 340, 280


class DoorView(QWidget):
    """What the organiser at the door works with, one hand on the keyboard."""

    seat_asked = Signal(object)
    """The ``Person``, an alternate, to whom a seat may be given."""

    def __init__(
        self, context: UiContext, controller: RollCallController, parent: QWidget | None = None
    ) -> None:
        """Lay out the door, as it is doing now."""
        super().__init__(parent)
        self._context, self._controller = context, controller
        self._doors = controller.doors
        tr = context.tr
        self.picture = DoorPicture(context, self._doors, may_enrol=controller.may_enrol)
        self.newest = ArrivalCard(context)
        self.search = PersonPicker(context, controller.search, limit=5, claim=self._scanned)
        self.search.field.setPlaceholderText(tr("door.search"))
        self.quorum = QuorumPanel(context)
        self.registered = Stat(context, tr.number(0), tr("door.count.registered"), role=Type.TITLE)
        self.uncertain = Stat(context, tr.number(0), tr("door.count.uncertain"), role=Type.TITLE)
        self.unknown = Stat(context, tr.number(0), tr("door.count.unknown"), role=Type.TITLE)
        self.earlier = RowList()
        self._earlier_title = Text(context, tr("door.earlier"), Type.STRONG, "muted")
        self._earlier_title.hide()
        self._lay_out()
        self._connect()
        self._show_arrivals()
        self._count()

    def _lay_out(self) -> None:
        context = self._context
        main = QVBoxLayout()
        main.setSpacing(SPACE_3)
        main.addWidget(self.picture, 1)
        main.addWidget(self.newest)
        self._house = Card(context)
        self._house.column.addWidget(self.quorum, 1)
        self._counters = Card(context)
        counts = row(self.registered, None, self.uncertain, None, self.unknown)
        self._counters.column.addLayout(counts)
        side = QVBoxLayout()
        side.setSpacing(SPACE_3)
        side.addWidget(self.search)
        side.addWidget(self._house, 1000)
        side.addWidget(self._counters)
        side.addWidget(self._earlier_title)
        side.addWidget(self.earlier)
        side.addStretch(1)
        self._side = QWidget()
        self._side.setObjectName("clear")
        self._side.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE_4)
        across.addLayout(main, 2)
        across.addWidget(self._side, 1)
        self._side.setMinimumWidth(context.theme.px(_SIDE))

    def _connect(self) -> None:
        doors = self._doors
        self.search.picked.connect(lambda person: doors.check_in(person.id))
        self.search.field.textChanged.connect(lambda _: self._fit())
        self.search.field.installEventFilter(self)
        self.search.field.returnPressed.connect(self._enter)
        self.newest.undo_asked.connect(doors.arrivals.undo)
        self.newest.seat_asked.connect(self.seat_asked)
        doors.arrivals.changed.connect(self._show_arrivals)
        doors.arrivals.again.connect(self._show_again)
        doors.changed.connect(self._count)
        self._controller.quorum_changed.connect(self.quorum.show_quorum)
        for keys, do in (
            ("Ctrl+PgDown", lambda: doors.step(1)),
            ("Ctrl+PgUp", lambda: doors.step(-1)),
            ("Ctrl+Z", doors.arrivals.undo_newest),
            ("U", doors.arrivals.undo_newest),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    @property
    def arrivals(self) -> Sequence[CheckIn]:
        """Who was registered here, the newest first."""
        return self._doors.arrivals.newest

    def _scanned(self, text: str) -> bool:
        """Take what a badge scanner typed; return whether it was that."""
        if (code := typed_code(text)) is None:
            return False
        self._doors.show_badge(code)
        return True

    def _show_arrivals(self) -> None:
        tr, arrivals = self._context.tr, self._doors.arrivals
        self.registered.set(tr.number(arrivals.count))
        if arrivals.newest:
            self.newest.show_arrival(arrivals.newest[0], several=len(self._doors.watches) > 1)
        else:
            self.newest.wait()
        self.earlier.clear()
        for each in arrivals.newest[1 : 1 + self._room()]:
            line = ListRow(self._context, each.person.name, each.person.delegation, clickable=False)
            at = Text(
                self._context,
                tr.time(each.entry.came_at.astimezone()),
                Type.LABEL,
                "muted",
                wrap=False,
                figures=True,
            )
            line.trailing.addWidget(at)
            self.earlier.add(line)
        self._fit()

    def _show_again(self, found: CheckIn) -> None:
        """Show somebody who was in already: an alternate may be given a seat now."""
        self.newest.show_arrival(found, several=len(self._doors.watches) > 1)

    def _enter(self) -> None:
        """Offer an alternate who has just come a seat, at Enter in the empty field."""
        found = self.newest.found
        if not self.search.field.text() and found and self.newest.seat.isVisible():
            self.seat_asked.emit(found.person)

    def _room(self) -> int:
        """Return for how many earlier arrivals there is room below the counters."""
        words = self._earlier_title.sizeHint().height()
        line = self.newest.details.sizeHint().height() + words + 2 * SPACE_3
        above = self.search.field.sizeHint().height() + self._context.theme.px(_HOUSE)
        above += self._counters.sizeHint().height() + words + 4 * SPACE_3
        return max(0, min(EARLIER, (self.height() - above) // line))

    def _fit(self) -> None:
        """Give the names found the room of the earlier arrivals while somebody types."""
        typing = bool(self.search.field.text().strip())
        shown = bool(self.earlier.rows) and not typing
        for card in (self._house, self._counters):
            card.setVisible(not typing)
        self._earlier_title.setVisible(shown)
        self.earlier.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the arrivals there is room for."""
        super().resizeEvent(event)
        before = max(0, len(self._doors.arrivals.newest) - 1)
        if len(self.earlier.rows) != min(self._room(), before):
            self._show_arrivals()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z in the empty search field take the newest arrival back."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.search.field.text()
        ):
            self._doors.arrivals.undo_newest()
            return True
        return super().eventFilter(watched, event)

    def _count(self) -> None:
        tr, watches = self._context.tr, self._doors.watches
        self.unknown.set(tr.number(sum(each.unknown for each in watches)))
        self.uncertain.set(tr.number(sum(each.uncertain for each in watches)))
