"""Measures how long the GUI thread was ever held up, and by what.

A timer in the GUI thread beats; the time between two beats beyond its interval is a stall. A
thread looks on and, while a beat is overdue, notes which of our functions the GUI thread is
in, so that a stall can be traced to its cause.
"""

import sys
import threading
from dataclasses import dataclass
from time import monotonic
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 10
STALL_MS = 50
"""What the interface promises never to exceed."""


@dataclass(frozen=True, slots=True)
class Stall:
    """One time that the GUI thread was held up.

    Attributes:
        milliseconds: How long.
        where: Module, function and line the GUI thread was in, or empty if it was not seen.
    """

    milliseconds: float
    where: str


def _place(frame: FrameType | None) -> str:
    """Return the innermost place of ours in the stack of ``frame``."""
    outermost = ""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        place = f"{module}.{frame.f_code.co_name}:{frame.f_lineno}"
        if module.startswith("congress.") and module != __name__:
            return place
        outermost = outermost or place
        frame = frame.f_back
    return outermost


class Watchdog(QObject):
    """Watches the thread it is started in. ``stop`` it before the application ends."""

    def __init__(self, parent: QObject | None = None, stall_ms: float = STALL_MS) -> None:
        """Count what is longer than ``stall_ms`` as a stall worth keeping."""
        super().__init__(parent)
        self._limit = stall_ms
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._seen = ""
        self._ended = threading.Event()
        self._looker: threading.Thread | None = None
        self._watched = 0
        self.longest = Stall(0.0, "")
        self.stalls: list[Stall] = []

    def start(self) -> None:
        """Begin to watch the calling thread."""
        self._watched = threading.get_ident()
        self._last = monotonic()
        self._ended.clear()
        self._timer.start()
        self._looker = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._looker.start()

    def stop(self) -> None:
        """Stop watching; the results stay."""
        self._timer.stop()
        if self._looker is not None:
            self._ended.set()
            self._looker.join()
            self._looker = None
            self._beat()

    def _beat(self) -> None:
        now = monotonic()
        late = (now - self._last) * 1000 - BEAT_MS
        self._last = now
        where, self._seen = self._seen, ""
        if late > self.longest.milliseconds:
            self.longest = Stall(late, where)
        if late > self._limit:
            self.stalls.append(Stall(late, where))

    def _look(self) -> None:
        while not self._ended.wait(BEAT_MS / 1000):
            overdue = (monotonic() - self._last) * 1000 > self._limit / 2
            if overdue and not self._seen:
                self._seen = _place(sys._current_frames().get(self._watched))
