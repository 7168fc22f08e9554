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
        self._busy = self._again = False

    def ask(self) -> None:
        """Have the present state shown soon."""
        if self._busy:
            self._again = True
            return
        self._busy = True

        def work(_: Progress) -> T:
            return self._read()

        self._context.tasks.free(work).success(self._show).ended(self._ended).start()

    def _ended(self) -> None:
        self._busy = False
        if self._again:
            self._again = False
            self.ask()
