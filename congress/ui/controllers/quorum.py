"""Follows the open session and the state of the house, which everyone may see."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from congress.kernel.events import Event
from congress.people.model import PeopleChanged
from congress.rollcall.model import PresenceChanged, Session, SessionsChanged
from congress.rollcall.quorum import Quorum
from congress.storage.model import SettingsChanged
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest

if TYPE_CHECKING:
    from congress.rollcall.hall import Hall


class QuorumController(QObject):
    """Tells whether there is a quorum, now and after each change.

    Attributes:
        session: The open session, or ``None``.
        quorum: The state of the house, or ``None`` before it was read.
    """

    session_changed = Signal(object)
    """The open ``Session``, or ``None``."""
    quorum_changed = Signal(object)
    """The state of the house (``Quorum``)."""

    def __init__(self, context: UiContext, hall: "Hall", parent: QObject | None = None) -> None:
        """Read from ``hall``."""
        super().__init__(parent)
        self._hall = hall
        self.session: Session | None = None
        self.quorum: Quorum | None = None
        self._reading = Latest(context, self._read, self._take)
        context.bridge.happened.connect(self._heard)

    def refresh(self) -> None:
        """Read both again."""
        self._reading.ask()

    def _read(self) -> tuple[Session | None, Quorum]:
        return self._hall.current(), self._hall.quorum()

    def _take(self, found: tuple[Session | None, Quorum]) -> None:
        self.session, self.quorum = found
        self.session_changed.emit(self.session)
        self.quorum_changed.emit(self.quorum)

    def _heard(self, event: Event) -> None:
        match event:
            case PresenceChanged():
                self.quorum = event.quorum
                self.quorum_changed.emit(event.quorum)
                self._reading.overtaken()
            case SessionsChanged() | PeopleChanged() | SettingsChanged():
                self.refresh()
