"""A small plan of pages and an open congress that only has a bus and an actor."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtWidgets import QLineEdit, QWidget

from congress.kernel.events import EventBus
from congress.kernel.ids import MemberId
from congress.kernel.roles import Actor, Role
from congress.ui.context import UiContext
from congress.ui.page import Command, Page, PageFactory, ScrollPage
from congress.ui.plan import Finder, Found, Plan, Status, StatusSource
from congress.ui.theme.tokens import Tone


@dataclass
class FakeCongress:
    """What the window asks of an open congress."""

    actor: Actor = field(
        default_factory=lambda: Actor(MemberId("m"), Role.SECRETARIAT, "Margaret Ashworth")
    )
    bus: EventBus = field(default_factory=EventBus)
    closed: bool = False

    def close(self) -> None:
        self.closed = True


class FirstPage(ScrollPage):
    key, title_key, icon = "first", "gallery.lists", "house"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "A line below the title")
        self.section("Part", "With a hint")
        self.times_shown = 0
        self.closed = False
        self.ran: list[str] = []

    def shown(self) -> None:
        self.times_shown += 1

    def closing(self) -> None:
        self.closed = True

    def commands(self) -> Sequence[Command]:
        return (Command("Count again", "check", lambda: self.ran.append("count")),)


class SecondPage(Page):
    key, title_key, icon = "second", "gallery.table", "users-three"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self.subject = ""

    def opened(self, subject: str) -> None:
        self.subject = subject

    def inspect(self) -> QWidget:
        widget = QLineEdit("detail")
        self.inspected.emit(widget)
        return widget


class DetailPage(Page):
    key, title_key, icon = "detail", "gallery.fields", "file-text"


class StartPage(Page):
    key, title_key, icon = "start", "gallery.type", "house"


class FixedStatus(StatusSource):
    def refresh(self) -> None:
        self.changed.emit(Status("Sixth congress", "Morning session", "12 of 15", Tone.GOOD))


def find_papers(text: str) -> Sequence[Found]:
    return [Found(f"Report on {text}", "Paper", "file-text", f"detail/{text}")]


def _finders(_: UiContext) -> Sequence[Finder]:
    return (find_papers,)


def small_plan() -> Plan:
    """Return a plan of a start page, two sections and one page below the second."""
    staff = frozenset({Role.SECRETARIAT, Role.ORGANISER})
    secretariat = frozenset({Role.SECRETARIAT})

    def made(page: type[Page], section: str, roles: frozenset[Role], **more: bool) -> PageFactory:
        return PageFactory(page.key, section, page.title_key, page.icon, roles, page, **more)

    return Plan(
        pages=(
            made(StartPage, "start", frozenset(), needs_congress=False, frame=False),
            made(FirstPage, "first", staff),
            made(SecondPage, "second", secretariat),
            made(DetailPage, "second", staff),
        ),
        start="start",
        home=lambda _: "first",
        status=lambda _: FixedStatus(),
        finders=_finders,
    )
