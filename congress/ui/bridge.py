"""Brings domain events into the GUI thread: one signal for all of them."""

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from congress.kernel.events import Event, EventBus


class _Listening(Protocol):
    def __call__(self) -> None: ...


class Bridge(QObject):
    """Re-emits each event of a bus in the GUI thread, in the order of the commits."""

    happened = Signal(object)
    """A domain event (``Event``), in the GUI thread."""
    _arrived = Signal(object)

    def __init__(self, bus: EventBus | None = None, parent: QObject | None = None) -> None:
        """Listen to ``bus``, or to nothing while no congress is open."""
        super().__init__(parent)
        self._leave: _Listening | None = None
        self._arrived.connect(self._relay, Qt.ConnectionType.QueuedConnection)
        if bus is not None:
            self.listen(bus)

    def listen(self, bus: EventBus) -> None:
        """Listen to ``bus`` instead of the one before."""
        self.close()
        self._leave = bus.subscribe(self._arrived.emit)

    def _relay(self, event: Event) -> None:
        if self._leave is not None:
            self.happened.emit(event)

    def close(self) -> None:
        """Stop listening; events still on their way are dropped."""
        if self._leave is not None:
            self._leave()
            self._leave = None
