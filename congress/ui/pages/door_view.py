"""The door itself: the live picture, the newest arrival, the search, the quorum."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.rollcall.confirm import Verdict
from congress.rollcall.model import CheckIn, Entry
from congress.rollcall.pipeline import TrackView
from congress.ui.context import UiContext
from congress.ui.controllers.rollcall import RollCallController
from congress.ui.doorcamera import DoorCamera, Picture
from congress.ui.pages.rollcall_parts import ArrivalCard, QuorumPanel
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.cameraview import RATIO, CameraView, Mark
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.figure import Stat
from congress.ui.widgets.layout import row
from congress.ui.widgets.picker import PersonPicker
from congress.ui.widgets.text import Text

EARLIER = 5
"""How many arrivals stand below the newest."""
_SIDE, _HOUSE = 340, 280


class DoorView(QWidget):
    """What the organiser at the door works with."""

    source_asked = Signal()
    """Another source shall be chosen."""
    start_asked = Signal()
    """The chosen source shall be watched."""
    enrol_asked = Signal()
    """Photographs shall be enrolled."""
    seat_asked = Signal(object)
    """The ``Person``, an alternate, to whom a seat may be given."""

    def __init__(
        self, context: UiContext, controller: RollCallController, parent: QWidget | None = None
    ) -> None:
        """Lay out the door; nothing is watched yet."""
        super().__init__(parent)
        self._context, self._controller = context, controller
        self._arrivals: list[CheckIn] = []
        self._camera: DoorCamera | None = None
        tr = context.tr
        self.camera = CameraView(context, tr("door.picture"))
        self.camera.show_note(tr("door.camera_off"))
        self.banner = Banner(context, "", Tone.CAUTION)
        self.banner.hide()
        self.enrol = Button(context, tr("door.enrol"), Kind.SECONDARY, "user-focus")
        self.enrol.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.banner.buttons.addWidget(self.enrol)
        self.state = Chip(context, tr("door.state.off"), Tone.NEUTRAL, "video-camera-slash")
        self.source = Button(context, tr("door.source"), Kind.QUIET, "faders")
        self.start = Button(context, tr("door.start"), Kind.PRIMARY, "video-camera")
        self.stop = Button(context, tr("door.stop"), Kind.SECONDARY, "stop-circle")
        for button in (self.source, self.start, self.stop):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.hide()
        self.newest = ArrivalCard(context)
        self.search = PersonPicker(context, controller.search, limit=5)
        self.quorum = QuorumPanel(context)
        self.registered = Stat(context, tr.number(0), tr("door.count.registered"), role=Type.TITLE)
        self.uncertain = Stat(context, tr.number(0), tr("door.count.uncertain"), role=Type.TITLE)
        self.unknown = Stat(context, tr.number(0), tr("door.count.unknown"), role=Type.TITLE)
        self.earlier = RowList()
        self._earlier_title = Text(context, tr("door.earlier"), Type.STRONG, "muted")
        self._earlier_title.hide()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        context = self._context
        main = QVBoxLayout()
        main.setSpacing(SPACE_3)
        main.addWidget(self.banner)
        main.addWidget(self.camera, 1)
        main.addLayout(row(self.state, None, self.source, self.stop, self.start))
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
        controller, watch = self._controller, self._controller.watch
        self.search.picked.connect(lambda person: controller.check_in(person.id))
        self.search.field.textChanged.connect(lambda _: self._fit())
        self.source.clicked.connect(self.source_asked)
        self.start.clicked.connect(self.start_asked)
        self.stop.clicked.connect(watch.stop)
        self.enrol.clicked.connect(self.enrol_asked)
        self.newest.undo_asked.connect(lambda found: controller.undo(found.entry))
        self.newest.seat_asked.connect(self.seat_asked)
        controller.arrived.connect(self._arrived)
        controller.undone.connect(self._undone)
        controller.quorum_changed.connect(self.quorum.show_quorum)
        watch.counted.connect(self._count)
        watch.camera_changed.connect(self._camera_changed)
        watch.camera_lost.connect(self._lost)
        watch.warned.connect(self._warn)
        watch.nobody_enrolled.connect(self._nobody)

    @property
    def arrivals(self) -> Sequence[CheckIn]:
        """Who was registered here, the newest first."""
        return self._arrivals

    def clear(self) -> None:
        """Begin a new session."""
        self._arrivals.clear()
        self._show_arrivals()
        self.banner.hide()

    def undo_newest(self) -> None:
        """Take the newest arrival back."""
        if self._arrivals:
            self._controller.undo(self._arrivals[0].entry)

    def _arrived(self, found: CheckIn) -> None:
        self._arrivals.insert(0, found)
        self._show_arrivals()

    def _undone(self, entry: Entry) -> None:
        self._arrivals = [each for each in self._arrivals if each.entry.id != entry.id]
        self._show_arrivals()

    def _show_arrivals(self) -> None:
        tr = self._context.tr
        self.registered.set(tr.number(len(self._arrivals)))
        if self._arrivals:
            self.newest.show_arrival(self._arrivals[0])
        else:
            self.newest.wait()
        self.earlier.clear()
        for each in self._arrivals[1 : 1 + self._room()]:
            line = ListRow(
                self._context,
                each.person.name,
                each.person.delegation,
                clickable=False,
            )
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
        """Keep the picture free of black bars, and show the arrivals there is room for."""
        super().resizeEvent(event)
        picture = self.width() - self._side.width() - SPACE_4
        self.camera.setMaximumHeight(max(self.camera.minimumHeight(), round(picture / RATIO)))
        if len(self.earlier.rows) != min(self._room(), max(0, len(self._arrivals) - 1)):
            self._show_arrivals()

    def _count(self, unknown: int, uncertain: int) -> None:
        tr = self._context.tr
        self.unknown.set(tr.number(unknown))
        self.uncertain.set(tr.number(uncertain))

    def _camera_changed(self, camera: DoorCamera | None) -> None:
        tr, self._camera = self._context.tr, camera
        self.start.setVisible(camera is None)
        self.stop.setVisible(camera is not None)
        if camera is None:
            self.state.set(tr("door.state.off"), Tone.NEUTRAL, "video-camera-slash")
            self.camera.show_note(tr("door.camera_off"))
        else:
            self.banner.hide()
            self.state.set(tr("door.state.live"), Tone.GOOD, "video-camera")
            self.camera.show_note(tr("door.camera_starts"))
            camera.pictured.connect(self._show_picture)

    def _show_picture(self, picture: Picture) -> None:
        if self._camera is None:
            return
        marks = [self._mark(track, picture) for track in picture.tracks]
        if self.isVisible():
            self.camera.show_frame(picture.image, marks)
        self._camera.taken()

    def _mark(self, track: TrackView, picture: Picture) -> Mark:
        tr, box = self._context.tr, track.box
        people: Mapping[PersonId, Person] = self._controller.watch.people
        text, tone = "", Tone.NEUTRAL
        person = people.get(track.person_id) if track.person_id else None
        if track.verdict is Verdict.REGISTER and person is not None:
            text, tone = person.name, Tone.GOOD
        elif track.verdict is Verdict.UNCERTAIN:
            text, tone = tr("door.mark.uncertain"), Tone.CAUTION
        elif track.verdict is Verdict.UNKNOWN:
            text, tone = tr("door.mark.unknown"), Tone.DANGER
        elif track.hint is not None and box.width * 12 > picture.size.width():
            text = tr(f"faces.reason.{track.hint}")
        wide, high = picture.size.width(), picture.size.height()
        return Mark(box.x / wide, box.y / high, box.width / wide, box.height / high, text, tone)

    def _lost(self, lost: bool) -> None:
        tr = self._context.tr
        self.enrol.hide()
        self.banner.setVisible(lost)
        if lost:
            self.banner.set(tr("door.lost.why"), Tone.DANGER, title=tr("door.lost"))
            self.state.set(tr("door.state.lost"), Tone.DANGER, "video-camera-slash")
        else:
            self.state.set(tr("door.state.live"), Tone.GOOD, "video-camera")

    def _warn(self, error: CongressError | None) -> None:
        self.enrol.hide()
        self.banner.setVisible(error is not None)
        if error is not None:
            text = self._context.tr.error(error)
            self.banner.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)

    def _nobody(self) -> None:
        tr = self._context.tr
        self.banner.set(tr("door.nobody_enrolled.why"), Tone.NOTE, title=tr("door.nobody_enrolled"))
        self.enrol.setVisible(self._controller.may_enrol)
        self.banner.show()
