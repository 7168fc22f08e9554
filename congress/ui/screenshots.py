"""Pictures of pages, drawn without a screen: for the demo, and to look at after a change."""

from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QWidget

from congress.kernel.errors import BugError, EnvironmentFault
from congress.ui.window import MainWindow

ROUNDS = 10
BUSY_SECONDS, NAP_SECONDS = 0.005, 0.002
"""A round of events that takes longer has changed something; the nap between two rounds."""
QUIET_SECONDS, LONGEST_SECONDS = 0.1, 30.0
"""How long nothing may happen before a page counts as settled, and when we give up."""


def settle(window: MainWindow, quiet: float = QUIET_SECONDS) -> None:
    """Let events run until no work is under way and ``quiet`` seconds have passed so.

    Raises:
        BugError: The work does not end.
    """
    begun = calm = monotonic()
    rounds = 0
    while rounds < ROUNDS or monotonic() - calm < quiet:
        rounds += 1
        round_began = monotonic()
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if window.tasks.busy or monotonic() - round_began > BUSY_SECONDS:
            calm = monotonic()
        sleep(NAP_SECONDS)
        if monotonic() - begun > LONGEST_SECONDS:
            raise BugError("a page does not come to rest")


def save(widget: QWidget, path: Path) -> None:
    """Write a picture of ``widget`` to ``path`` as PNG.

    Raises:
        EnvironmentFault: ``file.cannot_write``.
    """
    if not widget.grab().save(str(path), "PNG"):
        raise EnvironmentFault("file.cannot_write", name=path.name)


def picture(window: MainWindow, page: str, path: Path, size: tuple[int, int] = (1280, 800)) -> None:
    """Bring ``page`` to the front, let it settle, and write a picture of the window.

    Args:
        window: The window, shown or not.
        page: Where to go first (see ``UiContext.navigate``); empty stays where it is.
        path: The PNG to write.
        size: Width and height of the window in pixels.
    """
    window.resize(*size)
    if not window.isVisible():
        window.show()
    if page:
        window.navigate(page)
    settle(window)
    save(window, path)
