"""What waits for whom on the home page: pure rules on counted facts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from congress.floor.model import Item, NowAndNext, at, in_order
from congress.kernel.ids import PaperId
from congress.kernel.roles import Role
from congress.ui.theme.tokens import Tone


class Stage(StrEnum):
    """Where a poll stands, as far as somebody has to act on it."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    CERTIFIED = "certified"


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """The open session.

    Attributes:
        name: Its name.
        present: Official delegates' seats that are taken.
        missing: How many more are needed for a quorum; 0 once it is reached.
    """

    name: str
    present: int
    missing: int


@dataclass(frozen=True, slots=True)
class FreshPapers:
    """Papers that the signed-in member has not seen as they are now; identifier and title.

    Attributes:
        unread: Never opened, the last changed first.
        updated: Opened, and a newer version came in since; the last changed first.
    """

    unread: tuple[tuple[PaperId, str], ...] = ()
    updated: tuple[tuple[PaperId, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """All that the home page knows of the congress.

    Attributes:
        now: The time, aware.
        items: The programme in order of time.
        people: People on the list.
        enrolled: Those of them whom the camera knows; ``None`` while that is not known.
        papers: Papers that the signed-in member may read.
        fresh: Those of them that the member has not seen as they are now.
        session: The open session, or ``None``.
        sessions: Sessions held so far, the open one included.
        polls: Title and stage of each motion and election, the latest first.
        forgotten: People whose faces were erased at this sign-in because their time was over.
    """

    now: datetime
    items: tuple[Item, ...] = ()
    people: int = 0
    enrolled: int | None = None
    papers: int = 0
    fresh: FreshPapers = FreshPapers()
    session: SessionFacts | None = None
    sessions: int = 0
    polls: tuple[tuple[str, Stage], ...] = ()
    forgotten: int = 0

    @property
    def now_and_next(self) -> NowAndNext:
        """What is under way and what begins next."""
        return at(self.items, self.now)

    @property
    def today(self) -> tuple[Item, ...]:
        """The programme of today, or of the next day that has one, or of the last."""
        zone = self.now.tzinfo
        days = sorted({item.starts.astimezone(zone).date() for item in self.items})
        if not days:
            return ()
        coming = [day for day in days if day >= self.now.date()]
        day = coming[0] if coming else days[-1]
        return in_order(i for i in self.items if i.starts.astimezone(zone).date() == day)

    def staged(self, *stages: Stage) -> tuple[str, ...]:
        """Return the titles of the polls at one of these stages."""
        return tuple(title for title, stage in self.polls if stage in stages)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for the person, one click from done.

    Attributes:
        key: Names it; the texts are ``home.<key>`` and ``home.<key>.why``.
        target: The page on which it is done.
        icon: Phosphor name.
        tone: How it presses.
        count: How many of what it is about.
        name: What it is about: a session, a poll.
    """

    key: str
    target: str
    icon: str
    tone: Tone = Tone.NEUTRAL
    count: int = 0
    name: str = field(default="", kw_only=True)


_STAFF = {Role.SECRETARIAT, Role.ORGANISER}
_NAMED = 3
"""Most updated papers that are named one by one."""
_POLLSTERS = {Role.SECRETARIAT, Role.COMMITTEE}


def waiting(role: Role, facts: HomeFacts) -> tuple[Waiting, ...]:
    """Return what waits for a member of ``role``, the most pressing first."""
    return (
        *_floor(role, facts),
        *_door(role, facts),
        *_preparation(role, facts),
        *_papers(role, facts.fresh),
    )


def _floor(role: Role, facts: HomeFacts) -> Iterable[Waiting]:
    for title in facts.staged(Stage.OPEN):
        if role in _POLLSTERS:
            yield Waiting("poll_running", "chair", "hourglass", Tone.ACCENT, name=title)
        if role in {Role.COMMITTEE, Role.DELEGATE}:
            yield Waiting("ballot_open", "panel", "check-square", Tone.ACCENT, name=title)
    if role in _POLLSTERS:
        for title in facts.staged(Stage.CLOSED):
            yield Waiting("poll_closed", "chair", "circle-wavy-check", Tone.ACCENT, name=title)
        for title in facts.staged(Stage.PREPARED):
            yield Waiting("poll_prepared", "chair", "scales", name=title)


def _door(role: Role, facts: HomeFacts) -> Iterable[Waiting]:
    if role not in _STAFF | _POLLSTERS:
        return
    session = facts.session
    if session is not None and session.missing:
        target = "rollcall" if role in _STAFF else "results"
        yield Waiting(
            "no_quorum", target, "users", Tone.CAUTION, session.missing, name=session.name
        )
    if role in _STAFF and session is None and facts.people:
        yield Waiting("no_session", "rollcall", "door")


def _preparation(role: Role, facts: HomeFacts) -> Iterable[Waiting]:
    if role is Role.SECRETARIAT and not facts.people:
        yield Waiting("no_people", "people-import", "users-three")
    if role is Role.SECRETARIAT and not facts.papers:
        yield Waiting("no_papers", "library", "books")
    if role in _STAFF and facts.forgotten:
        target = "faces/erasures"
        yield Waiting("faces_erased", target, "trash", Tone.NOTE, facts.forgotten)
    elif role in _STAFF and facts.enrolled is not None and facts.enrolled < facts.people:
        missing = facts.people - facts.enrolled
        yield Waiting("not_enrolled", "faces", "user-focus", count=missing)


def _papers(role: Role, fresh: FreshPapers) -> Iterable[Waiting]:
    if role in {Role.SECRETARIAT, Role.PROJECTOR}:
        return
    if len(fresh.updated) > _NAMED:
        count = len(fresh.updated)
        yield Waiting("papers_updated", "library", "arrows-clockwise", Tone.NOTE, count)
    else:
        for paper_id, title in fresh.updated:
            target = f"reader/{paper_id}"
            yield Waiting("paper_updated", target, "arrows-clockwise", Tone.NOTE, name=title)
    if role is Role.ORGANISER:
        return
    if len(fresh.unread) == 1:
        ((paper_id, title),) = fresh.unread
        yield Waiting("paper_to_read", f"reader/{paper_id}", "book-open", name=title)
    elif fresh.unread:
        yield Waiting("papers_to_read", "library", "books", count=len(fresh.unread))


def ways_on(role: Role, facts: HomeFacts) -> tuple[Waiting, ...]:
    """Return where to go when nothing waits, so that the page is never empty."""
    ways = []
    if facts.session is not None and role in _STAFF:
        ways.append(Waiting("go_rollcall", "rollcall", "door"))
    if facts.papers:
        ways.append(Waiting("go_library", "library", "books", count=facts.papers))
    if facts.people and role in _STAFF | _POLLSTERS:
        ways.append(Waiting("go_people", "people", "users-three", count=facts.people))
    if facts.staged(Stage.CERTIFIED):
        ways.append(Waiting("go_results", "results", "chart-bar-horizontal"))
    return tuple(ways)
