"""Domain events: frozen values that say what changed, published after the commit.

Each domain package defines its own events in its ``model`` as frozen dataclasses that
derive from ``Event``. An event never carries a paper's text, a face or a vote.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Event:
    """Something that has been committed."""


class Publisher(Protocol):
    """Takes events after a commit."""

    def publish(self, event: Event) -> None:
        """Hand ``event`` to everyone who listens."""
        ...


class EventBus:
    """Hands each event to every listener, in the publishing thread, in order.

    A listener must return at once: the bridge of the user interface, for instance, only
    queues the event into its own thread.
    """

    def __init__(self) -> None:
        """Start with no listeners."""
        self._listeners: list[Callable[[Event], None]] = []
        self._lock = Lock()

    def subscribe(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Add ``listener`` and return a function that takes it off again."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def publish(self, event: Event) -> None:
        """Hand ``event`` to every listener."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(event)
