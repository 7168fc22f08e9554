"""The live picture of the chosen door, how it is doing, and the other doors below it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.people import Person
from congress.rollcall.confirm import Verdict
from congress.rollcall.pipeline import TrackView
from congress.ui.context import UiContext
from congress.ui.doorcamera import Picture
from congress.ui.doors.model import DoorState
from congress.ui.doors.runtime import Doors
from congress.ui.doors.watch import DoorWatch
from congress.ui.pages.rollcall_parts import arrival_details
from congress.ui.theme.tokens import SPACE_3, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.cameraview import RATIO, CameraView, Mark
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.doorstrip import STATE_ICONS, STATE_TONES, DoorStrip
from congress.ui.widgets.layout import row

_HINTED = 12
"""A face is told what is the matter from this share of the picture's width on."""


class DoorPicture(QWidget):
    """Shows what the cameras see, and attaches to them: they run with or without it."""

    settings_asked = Signal()
    """The chosen door shall be watched otherwise."""
    add_asked = Signal()
    """Another door shall be added."""
    enrol_asked = Signal()
    """Photographs shall be enrolled."""

    def __init__(
        self, context: UiContext, doors: Doors, *, may_enrol: bool, parent: QWidget | None = None
    ) -> None:
        """Show the doors as they are."""
        super().__init__(parent)
        self._context, self._doors, self._may_enrol = context, doors, may_enrol
        self._attached: set[int] = set()
        self._help: Callable[[], object] = lambda: None
        tr = context.tr
        self.view = CameraView(context, tr("door.picture"))
        self.banner = Banner(context, "", Tone.CAUTION)
        self.remedy = Button(context, tr("door.enrol"), Kind.SECONDARY)
        self.banner.buttons.addWidget(self.remedy)
        self.banner.hide()
        self.strip = DoorStrip(context)
        self.state = Chip(context, "", Tone.NEUTRAL)
        self.guard = Chip(context, tr("door.unattended"), Tone.NOTE, "shield-check")
        self.sound = Button(context, kind=Kind.QUIET, icon="speaker-high", name=tr("door.sound"))
        self.add = Button(context, kind=Kind.QUIET, icon="plus", name=tr("door.add"))
        self.source = Button(context, tr("door.settings"), Kind.QUIET, "faders")
        self.start = Button(context, tr("door.start"), Kind.PRIMARY, "video-camera")
        self.stop = Button(context, tr("door.stop"), Kind.SECONDARY, "stop-circle")
        for button in (self.sound, self.add, self.source, self.start, self.stop, self.remedy):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addWidget(self.banner)
        across = row(self.view, self.strip, space=SPACE_3)
        across.setStretch(0, 1)
        box.addLayout(across, 1000)
        tools = (self.sound, self.add, self.source, self.stop, self.start)
        box.addLayout(row(self.state, self.guard, None, *tools))
        box.addStretch(1)
        self._connect()
        self.tell()

    def _connect(self) -> None:
        self.source.clicked.connect(self.settings_asked)
        self.add.clicked.connect(self.add_asked)
        self.start.clicked.connect(self._start)
        self.stop.clicked.connect(self._stop)
        self.sound.clicked.connect(self._turn_sound)
        self.remedy.clicked.connect(lambda: self._help())
        self.strip.chosen.connect(self._doors.choose)
        self._doors.changed.connect(self.tell)

    def _start(self) -> None:
        if (watch := self._doors.current) is not None:
            watch.start()

    def _stop(self) -> None:
        if (watch := self._doors.current) is not None:
            watch.stop()

    def _turn_sound(self) -> None:
        self._doors.sound = not self._doors.sound
        self.tell()

    def fit(self, width: int) -> None:
        """Let the picture be as high as it is free of black bars at this width."""
        if not self.strip.isHidden():
            width -= self.strip.width() + SPACE_3
        most = max(self.view.minimumHeight(), round(width / RATIO))
        self.view.setMaximumHeight(most)
        self.strip.setMaximumHeight(most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture free of black bars."""
        super().resizeEvent(event)
        self.fit(self.width())

    def tell(self) -> None:
        """Show every door as it is doing now."""
        tr, current = self._context.tr, self._doors.current
        for watch in self._doors.watches:
            if watch.door.number not in self._attached:
                self._attached.add(watch.door.number)
                watch.pictured.connect(self._pictured)
                watch.taken()
        self.strip.show_doors([each for each in self._doors.watches if each is not current])
        self.fit(self.width())
        words = tr("door.sound.off" if self._doors.sound else "door.sound.on")
        self.sound.set_icon("speaker-high" if self._doors.sound else "speaker-slash")
        self.sound.setAccessibleName(words)
        self.sound.setToolTip(words)
        if current is None:
            return
        several = len(self._doors.watches) > 1
        state = tr(f"door.state.{current.state}")
        self.state.set(
            tr.joined(current.door.name, state) if several else state,
            STATE_TONES[current.state],
            STATE_ICONS[current.state],
        )
        self.guard.setVisible(current.door.unattended)
        self.start.setVisible(not current.running)
        self.stop.setVisible(current.running)
        if current.picture is None:
            self.view.show_note(tr("door.camera_starts" if current.running else "door.camera_off"))
        elif current.state is DoorState.LIVE:
            self._show(current)
        self._tell_trouble(current)

    def _tell_trouble(self, watch: DoorWatch) -> None:
        tr = self._context.tr
        self.banner.show()
        self.remedy.hide()
        name = watch.door.name
        if watch.error is not None:
            text = tr.error(watch.error)
            self.banner.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        elif watch.state is DoorState.LOST:
            self.banner.set(tr("door.lost.why"), Tone.DANGER, title=tr("door.lost", door=name))
        elif watch.state is DoorState.FROZEN:
            title = tr("door.frozen", door=name)
            self.banner.set(tr("door.frozen.why"), Tone.DANGER, title=title)
            self._offer(tr("door.restart"), watch.start)
        elif watch.lying is not None:
            turn = watch.lying
            self.banner.set(tr("door.lying.why"), Tone.CAUTION, title=tr("door.lying"))
            self._offer(tr("door.turn_it"), lambda: self._doors.change(watch, turn=turn))
        elif watch.trouble is not None:
            key = f"door.trouble.{watch.trouble}"
            self.banner.set(tr(f"{key}.why"), Tone.CAUTION, title=tr(key))
        elif watch.nobody:
            title = tr("door.nobody_enrolled")
            self.banner.set(tr("door.nobody_enrolled.why"), Tone.NOTE, title=title)
            if self._may_enrol:
                self._offer(tr("door.enrol"), self.enrol_asked.emit)
        else:
            self.banner.hide()

    def _offer(self, words: str, do: Callable[[], object]) -> None:
        self._help = do
        self.remedy.set_text(words)
        self.remedy.show()

    def _pictured(self, number: int) -> None:
        for watch in self._doors.watches:
            if watch.door.number == number:
                self._show(watch)
                watch.taken(self._size_for(watch))

    def _size_for(self, watch: DoorWatch) -> QSize:
        tile = self.strip.tiles.get(watch.door.number)
        return tile.view.wanted if tile is not None else self.view.wanted

    def _show(self, watch: DoorWatch) -> None:
        if watch is not self._doors.current:
            tile = self.strip.tiles.get(watch.door.number)
            if tile is not None:
                tile.show_picture()
        elif watch.picture is not None and self.isVisible():
            picture = watch.picture
            marks = [self._mark(track, picture) for track in picture.tracks]
            self.view.show_frame(picture.image, marks)

    def _mark(self, track: TrackView, picture: Picture) -> Mark:
        tr, box = self._context.tr, track.box
        text, tone, detail = "", Tone.NEUTRAL, ""
        turning = picture.turning
        person = self._registered(track)
        if turning is not None and turning.track == track.track and not person:
            text, tone = tr(f"liveness.state.{turning.state}"), Tone.NOTE
        elif person is not None:
            text, tone, detail = person.name, Tone.GOOD, arrival_details(self._context, person)
        elif track.verdict is Verdict.REGISTER:
            text, tone = tr("door.mark.wait"), Tone.NOTE
        elif track.verdict is Verdict.UNCERTAIN:
            text, tone = tr("door.mark.uncertain"), Tone.CAUTION
        elif track.verdict is Verdict.UNKNOWN:
            text, tone = tr("door.mark.unknown"), Tone.DANGER
        elif track.hint is not None and box.width * _HINTED > picture.size.width():
            text = tr(f"door.hint.{track.hint}")
        wide, high = picture.size.width(), picture.size.height()
        return Mark(
            box.x / wide, box.y / high, box.width / wide, box.height / high, text, tone, detail
        )

    def _registered(self, track: TrackView) -> Person | None:
        """Return who it is, once that stands in the register; never before."""
        if track.verdict is not Verdict.REGISTER or track.person_id not in self._doors.inside:
            return None
        return self._doors.people.get(track.person_id) if track.person_id else None
