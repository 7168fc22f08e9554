"""Windows on other screens that stay when the pages are built anew in another language."""

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.hallwindow import show_in_hall

Build = Callable[[UiContext], QWidget]


class HallWindows:
    """Keeps the windows that are open; ``Lasting`` dresses and closes them."""

    def __init__(self) -> None:
        """Begin without windows."""
        self._open: dict[str, tuple[Build, QWidget]] = {}

    def show(self, key: str, build: Build, context: UiContext, beside: QWidget) -> QWidget:
        """Bring the window ``key`` to the front, built with ``build`` if it is not open.

        Args:
            key: Names the window.
            build: Builds it for a context, now and for every later one. It must hold nothing
                of a page: pages go.
            context: The surroundings now.
            beside: A widget of the screen that the window keeps away from, if it can.
        """
        window = self.window(key)
        if window is None:
            window = build(context)
            self._open[key] = (build, window)
            show_in_hall(window, beside)
        else:
            window.activateWindow()
        return window

    def window(self, key: str) -> QWidget | None:
        """Return the window ``key`` if it is open."""
        _, window = self._open.get(key, (None, None))
        alive = window is not None and shiboken6.isValid(window) and window.isVisible()
        return window if alive else None

    def dress(self, context: UiContext) -> None:
        """Build every open window anew, where it stands."""
        for key, (build, _) in tuple(self._open.items()):
            old = self.window(key)
            if old is None:
                self._let_go(key)
                continue
            full, where = old.isFullScreen(), old.geometry()
            self._let_go(key)
            window = build(context)
            window.setGeometry(where)
            self._open[key] = (build, window)
            if full:
                window.showFullScreen()
            else:
                window.show()

    def close(self) -> None:
        """Close them all."""
        for key in tuple(self._open):
            self._let_go(key)

    def _let_go(self, key: str) -> None:
        _, window = self._open.pop(key)
        if shiboken6.isValid(window):
            window.close()
            window.deleteLater()
