"""What the shell is made of: its pages, where each role begins, and what it tells and finds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from congress.kernel.progress import Progress
from congress.kernel.roles import Role
from congress.ui.context import UiContext
from congress.ui.page import PageFactory
from congress.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from congress.app import OpenCongress

LanguageSample = Callable[[str, Progress], "OpenCongress"]
"""Makes the sample congress in a language and opens it."""
LanguagePaper = Callable[[str], tuple[str, bytes]]
"""Gives a sample paper in a language: the name of its file and what it holds."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the top bar says about the congress now, in the person's language.

    Attributes:
        congress: Name of the congress.
        session: The open session, or empty.
        quorum: Words of the quorum chip, or empty for none.
        quorum_tone: Good, or caution while there is no quorum.
    """

    congress: str = ""
    session: str = ""
    quorum: str = ""
    quorum_tone: Tone = Tone.NEUTRAL


class StatusSource(QObject):
    """Tells the top bar what to say; a subclass listens to the bridge."""

    changed = Signal(object)
    """The new ``Status``."""

    def refresh(self) -> None:
        """Have ``changed`` tell the present status soon."""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that Ctrl+K found.

    Attributes:
        title: Its name.
        hint: Where it belongs.
        icon: Phosphor name.
        path: Where ``navigate`` goes to show it.
    """

    title: str
    hint: str
    icon: str
    path: str


Finder = Callable[[str], Sequence[Found]]
"""Finds papers or persons for a text, best first. Runs outside the GUI thread."""


def _no_finders(_: UiContext) -> Sequence[Finder]:
    return ()


def _no_status(_: UiContext) -> StatusSource:
    return StatusSource()


def _no_pages() -> Sequence[PageFactory]:
    return ()


@dataclass(frozen=True)
class Plan:
    """All that the window needs to know about the pages.

    Attributes:
        pages: The pages before a congress is open, or simply every page.
        start: Key of the page shown while no congress is open.
        home: Key of the page each role begins on.
        status: Makes what fills the top bar.
        finders: Makes what Ctrl+K searches besides pages and commands.
        inside: Gives the other pages, in the order of the rail, when they are first needed.
    """

    pages: Sequence[PageFactory]
    start: str
    home: Callable[[Role], str]
    status: Callable[[UiContext], StatusSource] = _no_status
    finders: Callable[[UiContext], Sequence[Finder]] = _no_finders
    inside: Callable[[], Sequence[PageFactory]] = _no_pages

    def factory(self, key: str) -> PageFactory:
        """Return the page called ``key``.

        Raises:
            KeyError: There is none.
        """
        for factory in self._every():
            if factory.key == key:
                return factory
        raise KeyError(key)

    def _every(self) -> Iterator[PageFactory]:
        yield from self.pages
        yield from self.inside()

    def rail(self, role: Role | None) -> list[PageFactory]:
        """Return the pages in the rail of ``role``; none before anyone has signed in."""
        if role is None:
            return []
        return [page for page in self._every() if page.in_rail and role in page.roles]
