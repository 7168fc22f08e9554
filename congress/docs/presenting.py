"""Pages shown to others while they are read: on the projector, and to readers who follow.

What is shown is a ``Presentable``, and a ``Presentable`` cannot stand for a restricted or secret
paper: its clearance is an ``OpenClearance``, which has no such member. Papers for delegates need
the presenter's word that only delegates are in the hall.

``PageSharing`` is what the program knows of the way a page takes: inside one process a
``PageBoard``; the hub carries the same between machines and is held to the same contract.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock
from typing import Protocol

from congress.docs.library import Library
from congress.docs.model import Paper, PaperChanged, PaperRemoved
from congress.docs.packs.model import OpenClearance
from congress.kernel.errors import BugError, RefusedError
from congress.kernel.events import Event
from congress.kernel.ids import PaperId, VersionId
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Right

Leave = Callable[[], None]
"""Ends a subscription."""


class Audience(StrEnum):
    """Who sees the screen in the hall."""

    EVERYONE = "everyone"
    """Guests and press too: public papers alone."""
    DELEGATES = "delegates"
    """Only those who may read the papers of delegates; the presenter answers for it."""


@dataclass(frozen=True, slots=True)
class Presentable:
    """A version of a paper that may be shown.

    Attributes:
        paper_id: The paper.
        version_id: The version.
        clearance: Public, or delegates.
        audience: Who sees it.
        title: As shown in lists.
        language: ``en``, ``vi`` or ``ur``.
    """

    paper_id: PaperId
    version_id: VersionId
    clearance: OpenClearance
    audience: Audience
    title: str
    language: str

    def __post_init__(self) -> None:
        """Refuse what must not be shown, whoever made it.

        Raises:
            BugError: The clearance only claims to be open, or the audience is too wide for it.
        """
        if type(self.clearance) is not OpenClearance or type(self.audience) is not Audience:
            raise BugError("only open papers can be shown")
        if self.clearance is not OpenClearance.PUBLIC and self.audience is Audience.EVERYONE:
            raise BugError("a paper for delegates cannot be shown to everyone")

    @classmethod
    def of(
        cls, paper: Paper, audience: Audience, version_id: VersionId | None = None
    ) -> "Presentable":
        """Return a paper as one that may be shown.

        Args:
            paper: As it is at this moment.
            audience: Who sees it.
            version_id: Its version; ``None`` is the current one.

        Raises:
            RefusedError: ``presenting.closed`` for restricted and secret papers,
                ``presenting.delegates_only`` for one that not everyone may see.
        """
        if paper.clearance not in (Clearance.PUBLIC, Clearance.DELEGATES):
            raise RefusedError("presenting.closed")
        clearance = OpenClearance(paper.clearance.value)
        if clearance is not OpenClearance.PUBLIC and audience is Audience.EVERYONE:
            raise RefusedError("presenting.delegates_only")
        return cls(
            paper.id,
            version_id or paper.version_id,
            clearance,
            audience,
            paper.title,
            paper.language,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """Where the presenter is.

    Attributes:
        paper: What is shown.
        page: The page, from 1.
        offset: How much of the page is above the top of the screen, 0 to 1.
        zoom: How many times the width of the screen the page is wide, at least 1.
        by: Name of the presenter.
    """

    paper: Presentable
    page: int
    offset: float = 0.0
    zoom: float = 1.0
    by: str = ""

    def __post_init__(self) -> None:
        """Refuse a place that no page has.

        Raises:
            BugError: The page, the offset or the zoom is out of its range.
        """
        if self.page < 1 or not 0 <= self.offset <= 1 or not 1 <= self.zoom <= _MOST_ZOOM:
            raise BugError("this is no place on a page")


_MOST_ZOOM = 10.0

Listener = Callable[[Shown | None], None]
"""Told what is shown now, or ``None`` when nothing is. Returns at once."""


class PageSharing(Protocol):
    """One member's end of the way that shown pages take."""

    def publish(self, shown: Shown) -> None:
        """Show a page to all who listen.

        Raises:
            RefusedError: ``role.not_allowed``, or ``presenting.taken`` while someone else
                presents.
        """
        ...

    def stop(self) -> None:
        """Show nothing any more; without effect while someone else presents."""
        ...

    @property
    def current(self) -> Shown | None:
        """What is shown now, if this member may read it."""
        ...

    def subscribe(self, listener: Listener) -> Leave:
        """Tell ``listener`` of each page from now on, and return what ends that.

        Of a paper that this member may not read the listener learns nothing: it is told
        ``None``.
        """
        ...


class PageBoard:
    """What is shown inside one process."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._lock = Lock()
        self._shown: Shown | None = None
        self._presenter: Actor | None = None
        self._listeners: list[Listener] = []

    @property
    def shown(self) -> Shown | None:
        """What is shown now."""
        return self._shown

    def member(self, actor: Actor) -> PageSharing:
        """Return the end of one member."""
        return _Member(self, actor)

    def put(self, actor: Actor, shown: Shown | None) -> None:
        """Show a page, or nothing, in a member's name.

        Raises:
            RefusedError: ``presenting.taken`` while someone else presents.
        """
        with self._lock:
            holder = self._presenter
            if holder is not None and holder.member_id != actor.member_id:
                if shown is None:
                    return
                raise RefusedError("presenting.taken", name=holder.name)
            self._shown, self._presenter = shown, actor if shown is not None else None
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(shown)

    def clear(self, event: Event) -> None:
        """Take a paper off at once when it was changed or removed.

        It may have been moved to a stricter clearance; who presents it shows it again if it
        may still be shown.
        """
        if not isinstance(event, PaperChanged | PaperRemoved):
            return
        with self._lock:
            if self._shown is None or self._shown.paper.paper_id != event.paper_id:
                return
            self._shown, self._presenter = None, None
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(None)

    def listen(self, listener: Listener) -> Leave:
        """Tell ``listener`` of each page."""
        with self._lock:
            self._listeners.append(listener)

        def leave() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return leave


class _Member:
    """The end of one member of a ``PageBoard``."""

    def __init__(self, board: PageBoard, actor: Actor) -> None:
        self._board, self._actor = board, actor

    def publish(self, shown: Shown) -> None:
        """See ``PageSharing``."""
        self._actor.require(Right.PRESENT)
        self._board.put(self._actor, shown)

    def stop(self) -> None:
        """See ``PageSharing``."""
        self._board.put(self._actor, None)

    @property
    def current(self) -> Shown | None:
        """See ``PageSharing``."""
        return self._seen(self._board.shown)

    def subscribe(self, listener: Listener) -> Leave:
        """See ``PageSharing``."""
        return self._board.listen(lambda shown: listener(self._seen(shown)))

    def _seen(self, shown: Shown | None) -> Shown | None:
        if shown is None:
            return None
        held = CLEARANCES_OF[self._actor.role]
        return shown if Clearance(shown.paper.clearance.value) in held else None


class Presenting:
    """Shows pages of the library in the signed-in member's name."""

    def __init__(self, library: Library, sharing: PageSharing, actor: Actor) -> None:
        """Show pages of ``library`` through ``sharing``."""
        self._library = library
        self._actor = actor
        self.sharing = sharing

    @property
    def allowed(self) -> bool:
        """Whether the member may present at all."""
        return self._actor.may(Right.PRESENT)

    def show(
        self,
        paper_id: PaperId,
        version_id: VersionId,
        page: int,
        audience: Audience,
        *,
        offset: float = 0.0,
        zoom: float = 1.0,
    ) -> Shown:
        """Show a page, as its paper's clearance allows at this moment.

        Raises:
            RefusedError: ``role.not_allowed``, ``presenting.closed``,
                ``presenting.delegates_only`` or ``presenting.taken``. What this member showed
                before is taken off.
            InputError: ``docs.unknown_paper``.
        """
        try:
            paper = Presentable.of(self._library.paper(paper_id), audience, version_id)
            shown = Shown(paper, page, offset, zoom, self._actor.name)
            self.sharing.publish(shown)
        except BaseException:
            self.sharing.stop()
            raise
        return shown

    def stop(self) -> None:
        """Show nothing any more."""
        self.sharing.stop()
