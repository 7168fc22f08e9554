"""What every page and component is given: words, look, threads, events and ways to go."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from congress.i18n.translator import Translator
from congress.kernel.errors import CongressError
from congress.ui.bridge import Bridge
from congress.ui.lasting import Lasting
from congress.ui.preferences import Preferences
from congress.ui.tasks import Tasks
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from congress.app import OpenCongress


class Toasts(Protocol):
    """Shows short messages that go by themselves."""

    def show_toast(
        self, text: str, tone: Tone = Tone.GOOD, undo: Callable[[], object] | None = None
    ) -> None:
        """Show ``text`` for some seconds, with an "Undo" button if ``undo`` is given."""
        ...


def _nowhere(_: object) -> None:
    """Take something nowhere: for a context that belongs to no window."""


def _stay() -> None:
    """Stay signed in: for a context that belongs to no window."""


@dataclass(frozen=True)
class UiContext:
    """The surroundings of the pages; another language or mode is another context.

    Attributes:
        tr: The texts of the chosen language.
        theme: The look.
        tasks: Threads for work.
        bridge: Domain events in the GUI thread.
        toasts: Short messages.
        navigate: Goes to a page by its key, or to a thing on it: ``"people"``,
            ``"reader/PAPER_ID"`` (the rest is given to ``Page.opened``).
        show_error: Shows an error's three parts in a dialog.
        congress: The open congress with its services, or ``None`` on the welcome screen.
        preferences: What the person chose.
        prefer: Takes other preferences and rebuilds the pages in them.
        enter: Shows a congress that has just been opened, on the home page of the role.
        leave: Signs out: closes the congress and returns to the start page.
        lasting: Keeps what goes on when the pages are built anew.
    """

    tr: Translator
    theme: Theme
    tasks: Tasks
    bridge: Bridge
    toasts: Toasts
    navigate: Callable[[str], None]
    show_error: Callable[[CongressError], None]
    congress: "OpenCongress | None" = None
    preferences: Preferences = field(default_factory=Preferences)
    prefer: Callable[[Preferences], None] = _nowhere
    enter: Callable[["OpenCongress"], None] = _nowhere
    leave: Callable[[], None] = _stay
    lasting: Lasting = field(default_factory=Lasting)
