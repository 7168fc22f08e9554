"""What stands around a paper: it goes while one reads in full screen, and comes back at will."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

HIDE_MS = 3000
_MOVED = 6


class Chrome(QObject):
    """The bars over and under a paper. In full screen they float over it and come and go."""

    immersed_changed = Signal(bool)
    """The paper has the whole screen now, or no more."""

    def __init__(self, page: QWidget, top: QWidget, bottom: QWidget) -> None:
        """Manage the bars ``top`` and ``bottom`` of ``page``, which lie in its layout."""
        super().__init__(page)
        self._page, self._top, self._bottom = page, top, bottom
        self._immersed = False
        self._window: QWidget | None = None
        self._last = QPoint()
        self._later = QTimer(self, singleShot=True, interval=HIDE_MS)
        self._later.timeout.connect(self._go)
        page.installEventFilter(self)

    @property
    def immersed(self) -> bool:
        """Whether the paper has the whole screen."""
        return self._immersed

    @property
    def shown(self) -> bool:
        """Whether the bars are in sight."""
        return not self._top.isHidden()

    def watch(self) -> None:
        """Follow the window the page is in now."""
        window = self._page.window()
        if window is not self._window:
            if self._window is not None:
                self._window.removeEventFilter(self)
            self._window = window
            window.installEventFilter(self)
        self._follow_window()

    def leave(self) -> None:
        """Follow nothing any more."""
        self._later.stop()
        self._immerse(False)

    def toggle_full_screen(self) -> None:
        """Give the paper the whole screen, or take it back."""
        window = self._page.window()
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def toggle(self) -> None:
        """Let the bars go, or come back: a finger tapped the paper."""
        if not self._immersed:
            return
        if self.shown:
            self._go(at_once=True)
        else:
            self.come()

    def come(self) -> None:
        """Bring the bars back for a while."""
        for bar in (self._top, self._bottom):
            bar.show()
            bar.raise_()
        self._place()
        if self._immersed:
            self._later.start()

    def escape(self) -> bool:
        """Bring the bars back; if they are here, leave full screen. Return whether either."""
        if not self._immersed:
            return False
        if not self.shown:
            self.come()
        else:
            self._page.window().showNormal()
        return True

    def _go(self, *, at_once: bool = False) -> None:
        if not self._immersed:
            return
        focus = QApplication.focusWidget()
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        busy = focus is not None and any(
            bar is focus or bar.isAncestorOf(focus) for bar in (self._top, self._bottom)
        )
        if (busy or popup is not None) and not at_once:
            self._later.start()
            return
        self._top.hide()
        self._bottom.hide()

    def _follow_window(self) -> None:
        self._immerse(self._window is not None and self._window.isFullScreen())

    def _immerse(self, immersed: bool) -> None:
        if immersed is self._immersed:
            return
        self._immersed = immersed
        layout = self._page.layout()
        application = QApplication.instance()
        if layout is None or application is None:
            return
        # The pointer is followed over the whole program, and only while that is needed.
        application.removeEventFilter(self)
        if immersed:
            application.installEventFilter(self)
            layout.removeWidget(self._top)
            layout.removeWidget(self._bottom)
            self.come()
        else:
            self._later.stop()
            layout.insertWidget(0, self._top)  # type: ignore[attr-defined]
            layout.addWidget(self._bottom)
            self._top.show()
            self._bottom.show()
        self.immersed_changed.emit(immersed)

    def _place(self) -> None:
        if self._immersed:
            width, height = self._page.width(), self._page.height()
            self._top.setGeometry(0, 0, width, self._top.sizeHint().height())
            high = self._bottom.sizeHint().height()
            self._bottom.setGeometry(0, height - high, width, high)

    def _asks_for_bars(self, event: QEvent) -> bool:
        """Tell whether Tab is pressed while the bars are out of sight."""
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        hidden = self._immersed and not self.shown
        return hidden and pressed and event.key() == Qt.Key.Key_Tab  # type: ignore[attr-defined]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's state, the page's size and the pointer."""
        kind = event.type()
        changed = watched is self._window and kind is QEvent.Type.WindowStateChange
        if changed and self._page.isVisible():
            self._follow_window()
        elif watched is self._page and kind is QEvent.Type.Resize:
            self._place()
        elif kind is QEvent.Type.MouseMove and self._immersed and isinstance(event, QMouseEvent):
            at = event.globalPosition().toPoint()
            moved = (at - self._last).manhattanLength() > _MOVED
            self._last = at
            if moved and event.buttons() == Qt.MouseButton.NoButton and self._page.isVisible():
                self.come()
        elif self._asks_for_bars(event):
            self.come()
        return super().eventFilter(watched, event)
