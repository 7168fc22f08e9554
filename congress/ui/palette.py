"""Ctrl+K: jump to any page, paper, person or command by a few letters."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from congress.kernel.folding import fold
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.motion import slide_in
from congress.ui.page import Command
from congress.ui.plan import Finder, Found
from congress.ui.tasks import Task
from congress.ui.theme.tokens import SPACE_2, SPACE_4, SPACE_6, Type
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.field import SearchEdit
from congress.ui.widgets.text import Text, restyle

VEIL, SHADE = 0.32, 0.018
"""Strength of the veil over the window, and of each ring of the shadow."""
WIDTH, AT_ONCE, WAIT_MS, LEAST = 640, 8, 120, 2
"""Width in pixels; rows shown; rest of typing before a search; letters it needs."""


def matching(commands: Sequence[Command], text: str) -> list[Command]:
    """Return the commands that hold every word of ``text``; those that begin with it first."""
    wanted = fold(text).split()
    found = []
    for command in commands:
        title = fold(command.title)
        if all(word in f"{title} {fold(command.hint)}" for word in wanted):
            found.append((not title.startswith(" ".join(wanted)), command))
    return [command for _, command in sorted(found, key=lambda pair: pair[0])]


class CommandPalette(QWidget):
    """Lies over the window while it is open. Up and Down move, Enter goes, Escape closes."""

    closed = Signal()
    """It was closed, with or without going anywhere."""

    def __init__(
        self,
        context: UiContext,
        over: QWidget,
        commands: Callable[[], Sequence[Command]],
        finders: Sequence[Finder] = (),
    ) -> None:
        """Lie over ``over``; ``commands`` is asked anew at each opening."""
        super().__init__(over)
        self._context, self._over = context, over
        self._ask_commands, self._finders = commands, finders
        self._commands: Sequence[Command] = ()
        self._found: list[Command] = []
        self._shown: list[Command] = []
        self._at = 0
        self._task: Task[list[Found]] | None = None
        self._sheet = QFrame(self)
        self._sheet.setObjectName("floating")
        self.field = SearchEdit(context, context.tr("palette.placeholder"))
        self.list = RowList()
        self._none = Text(context, context.tr("palette.none"), Type.LABEL, "muted")
        self._none.setContentsMargins(SPACE_2, SPACE_2, SPACE_2, SPACE_2)
        self._box = box = QVBoxLayout(self._sheet)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_2)
        box.setSpacing(SPACE_2)
        box.addWidget(self.field)
        box.addWidget(self.list)
        box.addWidget(self._none)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._search)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self._sheet.installEventFilter(self)
        over.installEventFilter(self)
        self.setAccessibleName(context.tr("shell.find_tip"))
        self.hide()

    def open_(self) -> None:
        """Show it, empty, with every command on offer."""
        self._commands = self._ask_commands()
        self._found = []
        self.field.clear()
        self._fill()
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        slide_in(self._sheet, self._context.theme, self._settle)

    def close_(self) -> None:
        """Hide it and stop searching."""
        self._timer.stop()
        if self._task is not None:
            self._task.cancel()
        if self.isVisible():
            self.hide()
            self.closed.emit()

    @property
    def titles(self) -> list[str]:
        """What is on offer, from the top down."""
        return [command.title for command in self._shown]

    def _typed(self, text: str) -> None:
        self._found = []
        self._fill()
        if len(text.strip()) >= LEAST and self._finders:
            self._timer.start()
        else:
            self._timer.stop()

    def _search(self) -> None:
        text = self.field.text().strip()
        if self._task is not None:
            self._task.cancel()

        def work(progress: Progress) -> list[Found]:
            found: list[Found] = []
            for finder in self._finders:
                progress.check()
                found += finder(text)
            return found

        def arrived(found: list[Found]) -> None:
            if self.field.text().strip() == text:
                self._found = [self._command(thing) for thing in found]
                self._fill()

        self._task = self._context.tasks.free(work).success(arrived).failure(lambda _: None)
        self._task.start()

    def _command(self, thing: Found) -> Command:
        def go() -> None:
            self._context.navigate(thing.path)

        return Command(thing.title, thing.icon, go, thing.hint)

    def _fill(self) -> None:
        text = self.field.text()
        self._shown = (matching(self._commands, text) + self._found)[:AT_ONCE]
        self.list.clear()
        for at, command in enumerate(self._shown):
            row = ListRow(self._context, command.title, command.hint, icon=command.icon)
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.activated.connect(lambda at=at: self._run(at))
            self.list.add(row)
        self._none.setVisible(not self._shown)
        self._light(0)
        self._settle()

    def _light(self, at: int) -> None:
        self._at = at
        for number, row in enumerate(self.list.rows):
            row.setProperty("lit", number == at)
            restyle(row)
        if self._shown:
            self.field.setAccessibleDescription(self._shown[at].title)

    def _run(self, at: int) -> None:
        command = self._shown[at]
        self.close_()
        command.run()

    def _settle(self) -> None:
        width = min(self._context.theme.px(WIDTH), self._over.width() - 2 * SPACE_6)
        height = self._box.totalHeightForWidth(width)
        if height <= 0:
            height = self._box.totalSizeHint().height()
        height = min(height, max(self._over.height() - 3 * SPACE_6, 200))
        left = (self._over.width() - width) // 2
        self._sheet.setGeometry(left, 2 * SPACE_6, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the field, and follow the size of the window."""
        if watched is self._over and event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
            self._settle()
        if watched is self._sheet and event.type() is QEvent.Type.LayoutRequest:
            self._settle()
        keys = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if watched is self.field and keys and isinstance(event, QKeyEvent):
            return self._key(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> bool:
        count = len(self._shown)
        match key:
            case Qt.Key.Key_Escape:
                self.close_()
            case Qt.Key.Key_Down if count:
                self._light((self._at + 1) % count)
            case Qt.Key.Key_Up if count:
                self._light((self._at - 1) % count)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if count:
                self._run(self._at)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Tab:
                pass
            case _:
                return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close when the ground beside the sheet is pressed."""
        if not self._sheet.geometry().contains(event.position().toPoint()):
            self.close_()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Dim the window, and let the sheet float over it."""
        painter = QPainter(self)
        veil = self._context.theme.colour("shadow")
        veil.setAlphaF(VEIL)
        painter.fillRect(self.rect(), veil)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        sheet = self._sheet.geometry().translated(QPoint(0, SPACE_2))
        shade = self._context.theme.colour("shadow")
        shade.setAlphaF(SHADE)
        painter.setBrush(shade)
        for grow in range(2, 26, 2):
            painter.drawRoundedRect(sheet.adjusted(-grow, -grow, grow, grow), 12 + grow, 12 + grow)
