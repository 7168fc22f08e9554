"""What the top bar says: the congress, the open session, and whether it has a quorum."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer

from congress.kernel.errors import RefusedError
from congress.kernel.events import Event
from congress.rollcall.model import PresenceChanged, SessionsChanged
from congress.rollcall.quorum import Quorum
from congress.storage.model import SettingsChanged
from congress.ui.context import UiContext
from congress.ui.plan import Status, StatusSource
from congress.ui.theme.tokens import Tone

_WATCH_MS = 60_000
"""How often a pack looks whether its time has ended."""


class CongressStatus(StatusSource):
    """Reads the status once, and again after each event that may change it."""

    def __init__(self, context: UiContext, parent: QObject | None = None) -> None:
        """Listen to the bridge of ``context``."""
        super().__init__(parent)
        self._context = context
        context.bridge.happened.connect(self._happened)
        if context.congress is not None and context.congress.pack is not None:
            self._watch_end(context.congress.pack.expires_at)

    def _watch_end(self, expires_at: datetime) -> None:
        """Close a pack when its time ends while it is being read."""
        watch = QTimer(self, interval=_WATCH_MS)
        watch.timeout.connect(lambda: self._end(expires_at))
        watch.start()

    def _end(self, expires_at: datetime) -> None:
        congress = self._context.congress
        if congress is None or congress.clock.now() < expires_at:
            return
        self._context.leave()
        last = (expires_at - timedelta(seconds=1)).astimezone().date()
        self._context.show_error(RefusedError("pack.expired", day=last))

    def _happened(self, event: Event) -> None:
        if isinstance(event, PresenceChanged | SessionsChanged | SettingsChanged):
            self.refresh()

    def refresh(self) -> None:
        """Read the status outside the GUI thread and tell it."""
        congress = self._context.congress
        if congress is None:
            self.changed.emit(Status())
            return

        def read(_: object) -> tuple[str, str, Quorum | None]:
            session = congress.desk.current()
            name = session.name if session else ""
            return congress.settings.name, name, congress.desk.quorum() if session else None

        self._context.tasks.free(read).success(self._read).start()

    def _read(self, found: tuple[str, str, Quorum | None]) -> None:
        name, session, quorum = found
        if (congress := self._context.congress) and congress.vault.reading_only:
            self.changed.emit(
                Status(name, session, self._context.tr("status.reading_only"), Tone.DANGER)
            )
            return
        if quorum is None:
            self.changed.emit(Status(name, session))
            return
        key = "status.quorum" if quorum.reached else "status.no_quorum"
        words = self._context.tr(key, present=quorum.present, needed=quorum.needed)
        tone = Tone.GOOD if quorum.reached else Tone.CAUTION
        self.changed.emit(Status(name, session, words, tone))
