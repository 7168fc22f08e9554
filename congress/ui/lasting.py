"""What lasts while a congress is open, whatever language or mode the pages are built in.

Pages are built anew in another language; a camera must not stop for it. What has to go on is
kept here and asked for by its class.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

if TYPE_CHECKING:
    from congress.ui.context import UiContext


class Lasts(Protocol):
    """Something that goes on between two shells."""

    def dress(self, context: "UiContext") -> None:
        """Take the surroundings of the pages that were just built."""
        ...

    def close(self) -> None:
        """Let everything go: the congress is being closed."""
        ...


T = TypeVar("T", bound=Lasts)


class Lasting:
    """Keeps one of each kind; the window closes them with the congress."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[type[Lasts], Lasts] = {}

    def get(self, kind: type[T], make: Callable[[], T]) -> T:
        """Return the one of ``kind``, made now if there is none."""
        if kind not in self._kept:
            self._kept[kind] = make()
        return cast(T, self._kept[kind])

    def dress(self, context: "UiContext") -> None:
        """Hand everything the surroundings of new pages."""
        for each in tuple(self._kept.values()):
            each.dress(context)

    def close(self) -> None:
        """Close everything, the last made first, and forget it."""
        while self._kept:
            _, each = self._kept.popitem()
            each.close()
