"""Messages in the page: a banner, and a toast that goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.motion import slide_in
from congress.ui.theme.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.chip import TONE_ICONS
from congress.ui.widgets.layout import set_margins
from congress.ui.widgets.text import Text, restyle

TOAST_SECONDS, UNDO_SECONDS = 5, 10
TOASTS_AT_ONCE = 3


class Banner(QFrame):
    """A message that stays: its meaning as an icon and a word, then the text.

    Attributes:
        buttons: Where buttons go, at the end side.
    """

    def __init__(
        self,
        context: UiContext,
        text: str,
        tone: Tone = Tone.NOTE,
        *,
        title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text``; ``title`` stands for the word of the tone if given."""
        super().__init__(parent)
        self._context = context
        self._mark = QLabel()
        self._title = Text(context, "", Type.STRONG)
        self._text = Text(context, "", Type.LABEL)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        box = QHBoxLayout(self)
        box.setContentsMargins(SPACE_4, SPACE_3, SPACE_4, SPACE_3)
        box.setSpacing(SPACE_3)
        box.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(words, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE_2)
        box.addLayout(self.buttons)
        self.set(text, tone, title=title)

    def set(self, text: str, tone: Tone, *, title: str = "") -> None:
        """Show another message."""
        word = title or self._context.tr(f"tone.{tone}")
        self._mark.setPixmap(
            self._context.theme.pixmap(
                TONE_ICONS[tone] or "info", 22, tone.value if tone is not Tone.NEUTRAL else "muted"
            )
        )
        self._title.setText(word)
        self._title.set_tone(tone)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setProperty("tone", str(tone))
        self.setAccessibleName(f"{word}: {text}" if text else word)
        restyle(self)


class Toast(QFrame):
    """A short message over the page, with "Undo" where undoing is possible.

    It goes by itself, or by a tap when a person wants to reach what it lies over.
    """

    def __init__(
        self,
        context: UiContext,
        text: str,
        tone: Tone = Tone.GOOD,
        undo: Callable[[], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """Show ``text`` until its time is over; longer where there is something to undo."""
        super().__init__(parent)
        box = QHBoxLayout(self)
        end = SPACE_2 if undo else SPACE_4
        set_margins(box, context.theme.rtl, SPACE_4, SPACE_2, end, SPACE_2)
        box.setSpacing(SPACE_3)
        mark = QLabel()
        mark.setPixmap(context.theme.pixmap(TONE_ICONS[tone] or "info", 20, "paper"))
        words = Text(context, text, Type.CONTROL)
        words.setMinimumHeight(context.theme.px(32))
        box.addWidget(mark)
        box.addWidget(words, 1)
        self.button: Button | None = None
        if undo is not None:
            self.button = Button(context, context.tr("toast.undo"), Kind.SECONDARY)
            self.button.clicked.connect(undo)
            self.button.clicked.connect(self.close)
            box.addWidget(self.button)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.close)
        self._timer.start(1000 * (UNDO_SECONDS if undo else TOAST_SECONDS))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go at once."""
        self.close()


class Toaster(QWidget):
    """Stacks toasts at the bottom of the widget it lies over, the newest lowest."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        """Lie over ``over`` and follow its size."""
        super().__init__(over)
        self._context, self._over = context, over
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE_2)
        over.installEventFilter(self)
        self.hide()

    def show_toast(
        self, text: str, tone: Tone = Tone.GOOD, undo: Callable[[], object] | None = None
    ) -> None:
        """Show ``text`` for some seconds, with an "Undo" button if ``undo`` is given."""
        toast = Toast(self._context, text, tone, undo)
        toast.destroyed.connect(self._settle, Qt.ConnectionType.QueuedConnection)
        self._box.addWidget(toast)
        for old in self.toasts[:-TOASTS_AT_ONCE]:
            self._box.removeWidget(old)
            old.close()
        self.show()
        # A layout gives no room to what is not shown yet.
        toast.show()
        self.raise_()
        self._settle()
        slide_in(self, self._context.theme, self._settle)

    @property
    def toasts(self) -> list[Toast]:
        """The toasts on show, the oldest first."""
        # Not by `itemAt`: PySide keeps its answers for as long as the layout, and takes the next
        # object that lies where such an item lay for the item.
        return [toast for toast in self.findChildren(Toast) if self._box.indexOf(toast) >= 0]

    def _settle(self) -> None:
        if not self._box.count():
            self.hide()
            return
        over = self._over
        width = min(self._context.theme.px(560), over.width() - 2 * SPACE_5)
        height = max(self._box.heightForWidth(width), self._box.sizeHint().height())
        self.setGeometry(
            (over.width() - width) // 2, over.height() - height - SPACE_5, width, height
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the widget below."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._settle()
        return super().eventFilter(watched, event)
