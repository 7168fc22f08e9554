"""Windows for the hall: on the other screen if there is one, and how they fill it."""

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def hall_keys(window: QWidget) -> None:
    """Let F11 fill the screen with ``window`` and Escape leave that, or close the window."""

    def turn() -> None:
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()

    def leave() -> None:
        if window.isFullScreen():
            window.showNormal()
        else:
            window.close()

    QShortcut(QKeySequence("F11"), window).activated.connect(turn)
    QShortcut(QKeySequence("Escape"), window).activated.connect(leave)


def show_in_hall(window: QWidget, beside: QWidget) -> None:
    """Show a top-level window: full on another screen than ``beside``, or else as a window."""
    here = beside.screen()
    other = next((each for each in QGuiApplication.screens() if each is not here), None)
    if other is None:
        window.show()
    else:
        window.setGeometry(other.geometry())
        window.showFullScreen()
    window.activateWindow()
