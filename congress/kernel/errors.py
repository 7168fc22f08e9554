"""The errors a person may see, apart from our own bugs.

A ``CongressError`` carries a code and parameters instead of a sentence; the catalogues of
``congress.i18n`` hold, for each code, what happened, what it means and what to do, in every
language. ``str()`` of an error is its code alone: no name, face, paper or vote can reach a
log or a crash report through it.

Two kinds are kept apart. A ``CongressError`` is the world's doing: bad input, a refused
action, a missing camera, a full disk. A ``BugError`` is ours.
"""

from collections.abc import Mapping


class CongressError(Exception):
    """Something a person can understand and act on.

    Attributes:
        code: Key of the message, for instance ``"people.bad_row"``. The catalogues hold
            ``error.<code>.what``, ``error.<code>.means`` and ``error.<code>.do``.
        params: Values for the message: file names, row numbers, counts, reasons.
    """

    def __init__(self, code: str, /, **params: object) -> None:
        """Keep the code and the parameters of the message."""
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        """Return the code alone, which is safe to log."""
        return self.code


class InputError(CongressError):
    """What was given cannot be used: a damaged file, a bad row, a wrong passphrase."""


class RefusedError(CongressError):
    """The rules or the signed-in person's role do not allow this action."""


class EnvironmentFault(CongressError):
    """The machine fails us: a full disk, a lost camera, a locked vault."""


class Cancelled(CongressError):
    """The person cancelled the work; nothing of it was kept."""

    def __init__(self) -> None:
        """Take no parameters: a cancellation needs no explanation."""
        super().__init__("cancelled")


class BugError(Exception):
    """One of our own promises is broken. Never raised for bad input."""
