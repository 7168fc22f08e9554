"""Reads something again after each change, never twice at once."""

from collections.abc import Callable
from typing import Generic, TypeVar

from congress.kernel.progress import Progress
from congress.ui.context import UiContext

T = TypeVar("T")


class Latest(Generic[T]):
    """Keeps what is shown up to date while many changes arrive in a short time.

    Changes during a reading lead to one more reading after it, however many they are.
    """

    def __init__(
        self,
        context: UiContext,
        read: Callable[[], T],
        show: Callable[[T], object],
    ) -> None:
        """Read with ``read`` outside the GUI thread, and give ``show`` what it returned."""
        self._context, self._read, self._show = context, read, show
        self._busy = self._again = self._old = False

    def ask(self) -> None:
        """Have the present state shown soon."""
        if self._busy:
            self._again = True
            return
        self._busy = True

        def work(_: Progress) -> T:
            return self._read()

        self._context.tasks.free(work).success(self._take).ended(self._ended).start()

    def overtaken(self) -> None:
        """Read once more instead of a reading under way: what it finds may be older than a change.

        What is shown already came with the change itself.
        """
        self._again = self._old = self._busy

    def _take(self, found: T) -> None:
        if not self._old:
            self._show(found)

    def _ended(self) -> None:
        self._busy = self._old = False
        if self._again:
            self._again = False
            self.ask()
