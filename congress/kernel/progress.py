"""Progress and cancellation of long work, without knowing who shows them."""

from threading import Event as Flag
from typing import Protocol

from congress.kernel.errors import Cancelled


class Progress(Protocol):
    """Where long work says how far it is, and learns that it is to stop."""

    def report(self, done: int, total: int, label: str = "") -> None:
        """Say that ``done`` of ``total`` steps are done and ``label`` is under way."""
        ...

    def check(self) -> None:
        """Stop here if the person cancelled.

        Raises:
            Cancelled: The person cancelled; the caller undoes what it began.
        """
        ...


class Silent:
    """Progress that nobody watches and nobody cancels."""

    def report(self, done: int, total: int, label: str = "") -> None:
        """Take note of nothing."""

    def check(self) -> None:
        """Go on."""


class CancelFlag:
    """A flag that one thread raises and the working thread checks between steps."""

    def __init__(self) -> None:
        """Start lowered."""
        self._flag = Flag()

    def raise_flag(self) -> None:
        """Ask the work to stop at its next step."""
        self._flag.set()

    @property
    def raised(self) -> bool:
        """Whether the work was asked to stop."""
        return self._flag.is_set()

    def check(self) -> None:
        """Stop here if the flag is up.

        Raises:
            Cancelled: The flag is up.
        """
        if self._flag.is_set():
            raise Cancelled
