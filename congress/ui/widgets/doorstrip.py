"""The other doors, small: each with its picture, its name and how it is doing."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.doors.model import DoorState
from congress.ui.doors.watch import DoorWatch
from congress.ui.theme.tokens import SCROLL_BAR, SPACE_1, SPACE_2, Tone, Type
from congress.ui.widgets.cameraview import CameraView
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.layout import clear, row

STATE_TONES = {
    DoorState.OFF: Tone.NEUTRAL,
    DoorState.STARTS: Tone.NOTE,
    DoorState.LIVE: Tone.GOOD,
    DoorState.LOST: Tone.DANGER,
    DoorState.FROZEN: Tone.DANGER,
}
STATE_ICONS = {
    DoorState.OFF: "video-camera-slash",
    DoorState.STARTS: "video-camera",
    DoorState.LIVE: "video-camera",
    DoorState.LOST: "video-camera-slash",
    DoorState.FROZEN: "snowflake",
}
_TILE = QSize(128, 72)


class DoorTile(QFrame):
    """One door; Enter, Space or a click choose it."""

    chosen = Signal(int)
    """Its number."""

    def __init__(self, context: UiContext, watch: DoorWatch) -> None:
        """Show ``watch``."""
        super().__init__()
        self.setObjectName("tile")
        self._context, self.watch = context, watch
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        size = QSize(context.theme.px(_TILE.width()), context.theme.px(_TILE.height()))
        self.view = CameraView(context, watch.door.name, least=size)
        self.view.setFixedSize(size)
        self.name = Elided(context, watch.door.name, Type.STRONG)
        self.state = Chip(context, "", Tone.NEUTRAL)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_1, SPACE_1, SPACE_1, SPACE_1)
        box.setSpacing(SPACE_1)
        box.addWidget(self.view)
        box.addWidget(self.name)
        box.addLayout(row(self.state, None))
        self.setFixedWidth(size.width() + 2 * SPACE_1 + 2)
        self.tell()

    def tell(self) -> None:
        """Show the door as it is doing now."""
        tr, watch = self._context.tr, self.watch
        words = tr(f"door.state.{watch.state}")
        self.state.set(words, STATE_TONES[watch.state], STATE_ICONS[watch.state])
        self.name.setText(watch.door.name)
        self.setAccessibleName(tr.joined(watch.door.name, words))
        if watch.picture is None:
            self.view.show_note("")

    def show_picture(self) -> None:
        """Show the newest picture, without names: they are for the large one."""
        if self.watch.picture is not None and self.isVisible():
            self.view.show_frame(self.watch.picture.image, ())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        if self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.watch.door.number)

    def mousePressEvent(self, _: QMouseEvent) -> None:
        """Take the press, so that the release comes here too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose it with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.watch.door.number)
        else:
            super().keyPressEvent(event)


class DoorStrip(QScrollArea):
    """The doors that are not shown large, below each other."""

    chosen = Signal(int)
    """The number of the door that was chosen."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Begin without doors."""
        super().__init__(parent)
        self._context = context
        inside = QWidget()
        inside.setObjectName("clear")
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE_2)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.setFixedWidth(context.theme.px(_TILE.width()) + 2 * SPACE_2 + SCROLL_BAR)
        self.tiles: dict[int, DoorTile] = {}

    def show_doors(self, watches: Sequence[DoorWatch]) -> None:
        """Show these doors as they are doing now."""
        numbers = [watch.door.number for watch in watches]
        if numbers != list(self.tiles):
            clear(self._box)
            self.tiles = {watch.door.number: DoorTile(self._context, watch) for watch in watches}
            for tile in self.tiles.values():
                tile.chosen.connect(self.chosen)
                self._box.addWidget(tile)
            self._box.addStretch(1)
        for tile in self.tiles.values():
            tile.tell()
        self.setVisible(bool(self.tiles))
