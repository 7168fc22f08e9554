"""The display for those who come: welcomes by name, shows how to turn, and nothing in doubt.

A name stands here only once its bearer is in the register; whoever the camera is not sure of,
or who does not want to be recognised, is asked to the desk without a name.
"""

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from congress.i18n.translator import Translator
from congress.kernel.errors import CongressError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.rollcall.guard import Turning
from congress.rollcall.liveness import Move, State
from congress.rollcall.model import CheckIn
from congress.ui.context import UiContext
from congress.ui.doors.runtime import Doors
from congress.ui.doors.watch import DoorWatch
from congress.ui.hallwindow import hall_keys
from congress.ui.theme.tokens import SPACE_5, SPACE_6, Tone, Type
from congress.ui.widgets.text import Text

NAME_SECONDS, DESK_SECONDS = 6, 8
"""How long a name stands, and the request to go to the desk."""
_WIDTH, _HEIGHT = 1280, 720
_LEAST, _MOST, _STEP = 0.5, 3.0, 0.05
_NAMES = (Type.HALL_HUGE, Type.HALL_LARGE, Type.HALL, Type.DISPLAY, Type.TITLE)
_NAME_SHARE = 0.45
_ARROW = 220
_ICONS: dict[Move | None, str] = {
    Move.LEFT: "arrow-fat-left",
    Move.RIGHT: "arrow-fat-right",
    Move.EYES: "eye-closed",
}


class Shown(StrEnum):
    """What the display shows."""

    NEUTRAL = "neutral"
    NAME = "name"
    TURN = "turn"
    DESK = "desk"


class Greeting(QWidget):
    """The window of one door; F11 fills the screen, Escape leaves it."""

    def __init__(
        self, context: UiContext, doors: Doors, number: int, parent: QWidget | None = None
    ) -> None:
        """Greet whoever comes in by the door ``number``."""
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._context, self._doors, self._number = context, doors, number
        self.shown = Shown.NEUTRAL
        self._person: Person | None = None
        self._turning: Turning | None = None
        self._scale = 1.0
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._sheet = QWidget()
        self._outer.addWidget(self._sheet)
        self.setWindowTitle(context.tr("greeting.title", door=self._door))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._rest)
        hall_keys(self)
        doors.arrivals.arrived.connect(self._arrived)
        doors.arrivals.again.connect(self._arrived)
        doors.arrivals.undone.connect(self._taken_back)
        doors.arrivals.refused.connect(self._refused)
        if (watch := self._watch) is not None:
            watch.turned.connect(self._turn)
            watch.doubted.connect(self._to_desk)
            watch.refused.connect(self._to_desk)
        self.resize(_WIDTH, _HEIGHT)
        self._show(Shown.NEUTRAL)

    @property
    def _watch(self) -> DoorWatch | None:
        watches = self._doors.watches
        return next((each for each in watches if each.door.number == self._number), None)

    @property
    def _door(self) -> str:
        watch = self._watch
        return watch.door.name if watch else ""

    def _arrived(self, found: CheckIn) -> None:
        if found.entry.door == self._door:
            self._person = found.person
            self._show(Shown.NAME, NAME_SECONDS)

    def _taken_back(self, _: object) -> None:
        if self.shown is Shown.NAME:
            self._rest()

    def _refused(self, _: PersonId, door: str, __: CongressError) -> None:
        if door == self._door:
            self._to_desk()

    def _to_desk(self, *_: object) -> None:
        self._show(Shown.DESK, DESK_SECONDS)

    def _turn(self) -> None:
        watch = self._watch
        self._turning = watch.turning if watch else None
        if self._turning is None:
            if self.shown is Shown.TURN:
                self._rest()
        elif self._turning.state in (State.STRAIGHT, State.TURN):
            self._show(Shown.TURN)

    def _rest(self) -> None:
        self._person = None
        self._show(Shown.NEUTRAL)

    def _show(self, what: Shown, seconds: int = 0) -> None:
        self.shown = what
        self._timer.stop()
        if seconds:
            self._timer.start(1000 * seconds)
        self._build()

    def _dressed(self) -> UiContext:
        """Return the context in the person's own language, as large as the window allows."""
        context = self._context
        lang = self._person.language if self._person else context.tr.lang
        digits = context.preferences.urdu_digits
        return replace(
            context,
            tr=Translator(lang, urdu_digits=digits),
            theme=replace(context.theme, lang=lang, scale=self._scale),
        )

    def _build(self) -> None:
        """Lay out what is shown; few words, so all of them anew."""
        context = self._dressed()
        sheet = QWidget()
        rtl = context.theme.rtl
        way = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        sheet.setLayoutDirection(way)
        box = QVBoxLayout(sheet)
        box.setContentsMargins(2 * SPACE_6, SPACE_6, 2 * SPACE_6, SPACE_6)
        box.setSpacing(round(SPACE_5 * self._scale))
        box.addStretch(1)
        match self.shown:
            case Shown.NEUTRAL:
                self._fill_neutral(context, box)
            case Shown.NAME:
                self._fill_name(context, box)
            case Shown.TURN:
                self._fill_turn(context, box)
            case Shown.DESK:
                self._fill_desk(context, box)
        box.addStretch(1)
        self._outer.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = sheet
        words = [text.text() for text in sheet.findChildren(Text)]
        self.setAccessibleName(context.tr.listed(words))

    @property
    def words(self) -> list[str]:
        """What stands on the display, from top to bottom."""
        return [text.text() for text in self._sheet.findChildren(Text)]

    def _line(
        self,
        context: UiContext,
        box: QVBoxLayout,
        words: str,
        role: Type,
        tone: Tone | str = Tone.NEUTRAL,
    ) -> None:
        text = Text(context, words, role, tone)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(text)

    def _fill_neutral(self, context: UiContext, box: QVBoxLayout) -> None:
        tr = context.tr
        self._line(context, box, tr("greeting.neutral"), Type.HALL_LARGE)
        self._line(context, box, tr("greeting.neutral.look"), Type.DISPLAY)
        self._line(context, box, tr("greeting.neutral.desk"), Type.TITLE, "muted")

    def _fill_name(self, context: UiContext, box: QVBoxLayout) -> None:
        tr, person = context.tr, self._person
        if person is None:
            return
        self._line(context, box, tr("greeting.welcome"), Type.DISPLAY, "muted")
        self._line(context, box, person.name, self._largest(context, person.name))
        if person.seat:
            seat = tr("greeting.seat", seat=person.seat)
            self._line(context, box, seat, Type.HALL, Tone.ACCENT)
        self._line(context, box, tr.isolated(person.delegation), Type.DISPLAY, "muted")

    def _largest(self, context: UiContext, name: str) -> Type:
        """Return the largest role in which a name takes no more than its share of the window."""
        wide = self.width() - 4 * SPACE_6
        for role in _NAMES:
            metrics = QFontMetrics(context.theme.font(role))
            flags = Qt.TextFlag.TextWordWrap
            needed = metrics.boundingRect(QRect(0, 0, wide, 10_000), flags, name)
            longest = max((metrics.horizontalAdvance(word) for word in name.split()), default=0)
            if needed.height() <= _NAME_SHARE * self.height() and longest <= wide:
                return role
        return _NAMES[-1]

    def _fill_turn(self, context: UiContext, box: QVBoxLayout) -> None:
        turning = self._turning
        if turning is None:
            return
        mark = QLabel()
        # The icons point to the person's own side: they are of those that are never mirrored.
        icon = _ICONS.get(turning.asked, "user-focus")
        mark.setPixmap(context.theme.pixmap(icon, _ARROW, "accent"))
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box.addWidget(mark)
        move = turning.asked or "straight"
        self._line(context, box, context.tr(f"greeting.turn.{move}"), Type.HALL_LARGE)
        done = context.tr("greeting.turn.done", done=turning.done, of=turning.of)
        self._line(context, box, done, Type.TITLE, "muted")

    def _fill_desk(self, context: UiContext, box: QVBoxLayout) -> None:
        tr = context.tr
        self._line(context, box, tr("greeting.desk"), Type.HALL_LARGE)
        self._line(context, box, tr("greeting.desk.why"), Type.DISPLAY, "muted")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the words as large as the window allows."""
        super().resizeEvent(event)
        fitting = min(self.width() / _WIDTH, self.height() / _HEIGHT)
        scale = round(min(max(fitting, _LEAST), _MOST) / _STEP) * _STEP
        if abs(scale - self._scale) > _STEP / 2:
            self._scale = scale
            self._build()
