"""An open congress with a register and a camera that films coloured squares."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congress.kernel.approval import Approval
from congress.kernel.clock import ManualClock
from congress.kernel.errors import CongressError, InputError
from congress.kernel.ids import MemberId
from congress.kernel.people import Person, Standing
from congress.kernel.roles import Actor, Role
from congress.kernel.settings import Settings
from congress.people.directory import Directory
from congress.rollcall.backends import Loaded
from congress.rollcall.badges import Badges
from congress.rollcall.camera import Frame, OnLost
from congress.rollcall.corrections import Corrections
from congress.rollcall.desk import Desk
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.faces import Image
from congress.rollcall.keptportraits import KeptPortraits
from congress.rollcall.model import RegisterLine
from congress.rollcall.photos import Photo
from congress.storage.model import Member
from congress.ui.context import UiContext
from congress.ui.controllers.quorum import QuorumController
from congress.ui.controllers.rollcall import House, RollCallController
from congress.ui.doors import watch
from congress.ui.doors.model import DoorState
from congress.ui.doors.runtime import Doors
from congress.ui.doors.watch import DoorWatch
from congress.ui.pages.rollcall import RollCallPage
from tests.helpers.faces import FewPeople, face_keys, fake_backend, person, picture_of, png, unit
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import MORNING, actor, manual_clock, memory_database

TEMPLATES = {1: unit(1), 2: unit(0, 1), 3: unit(0.44, 0, 0.9), 4: unit(0, 0, 0, 1)}
ANN = person("A1", delegation="North")
BEN = person("B2", delegation="South")
CHI = person("C3", delegation="South", standing=Standing.ALTERNATE)
GUEST = person("D4", delegation="Press", standing=Standing.GUEST)


PASSPHRASE = "the second person's"
SECOND = Member(MemberId("second"), "Second", Role.ORGANISER, MORNING)


@dataclass
class Vault:
    """What the pages ask of a vault: who signs in."""

    signed_in: Actor

    def members(self) -> Sequence[Member]:
        me = Member(self.signed_in.member_id, "Me", self.signed_in.role, MORNING)
        return [me, SECOND, Member(MemberId("lan"), "Lan", Role.DELEGATE, MORNING)]


@dataclass
class Congress:
    """What the roll call's pages use of an open congress."""

    actor: Actor
    people: FewPeople | Directory
    desk: Desk
    enrolment: Enrolment
    corrections: Corrections
    badges: Badges
    vault: Vault
    clock: ManualClock
    backend: Callable[[], Loaded]
    portraits: KeptPortraits


class Film:
    """A source that shows given pictures, at a pace, and then waits, ends or fails."""

    def __init__(self) -> None:
        self.pictures: Sequence[Image] = ()
        self.error: CongressError | None = None
        self.waits = False
        self.loses = False
        self.pace = 0.0
        self.gate: Event | None = None

    def frames(self, stop: Event, on_lost: OnLost) -> Iterator[Frame]:
        if self.loses:
            on_lost(True)
        for number, image in enumerate(self.pictures):
            if stop.wait(self.pace):
                return
            if self.gate is not None and number == 2:
                self.gate.wait(10)
            yield Frame(image, number, number / 15)
        if self.waits:
            stop.wait(60)
        if self.error is not None:
            raise self.error


def walking(number: int, count: int = 24) -> list[Image]:
    """Return pictures in which somebody walks in, and leaves."""
    return [picture_of((number, 100, 60, 70 + 5 * at)) for at in range(count)] + [picture_of()] * 14


@pytest.fixture
def films(monkeypatch: pytest.MonkeyPatch) -> dict[str, Film]:
    """What each source shows; a source that is not named yet shows a film of its own."""
    found: dict[str, Film] = defaultdict(Film)
    monkeypatch.setattr(watch, "open_source", lambda text, paced: found[text])
    return found


@pytest.fixture
def film(films: dict[str, Film]) -> Film:
    return films["film"]


@dataclass
class Door:
    """The page of the roll call in its surroundings."""

    qtbot: QtBot
    context: UiContext
    around: Surroundings
    congress: Congress
    page: RollCallPage
    doors: Doors
    beeps: list[None]

    def open(self, name: str = "Morning") -> None:
        """Open a session and wait until the page shows the door."""
        self.page.shown()
        self.wait(lambda: self.page.stack.currentIndex() == 0)
        self.page.name.value = name
        self.page.open_button.click()
        self.wait(lambda: self.page.stack.currentIndex() == 1)

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until ``condition`` holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=8000)

    def settle(self) -> None:
        """Wait until no work is under way."""
        self.wait(lambda: not self.context.tasks.busy)
        QApplication.processEvents()
        self.wait(lambda: not self.context.tasks.busy)

    def watch(self) -> None:
        """Watch the film, every frame of it, and wait until it is over."""
        self.page.watch("film", paced=False)
        self.wait(lambda: self.door.state is not DoorState.STARTS)
        self.wait(lambda: not self.door.running)
        self.settle()

    @property
    def door(self) -> DoorWatch:
        """The door that is chosen."""
        current = self.doors.current
        assert current is not None
        return current

    @property
    def house(self) -> House:
        """What the page has read."""
        house = self.page._controller.house
        assert house is not None
        return house

    def lines(self) -> dict[str, RegisterLine]:
        """Return the register of the open session by badge number."""
        session = self.congress.desk.current()
        assert session is not None
        return {line.person.badge: line for line in self.congress.desk.register(session.id)}

    def rebuild(self) -> RollCallPage:
        """Build the page anew, as another language does, while the doors go on."""
        old = self.page
        old.closing()
        self.page = self.make_page()
        old.hide()
        shiboken6.delete(old)
        return self.page

    def make_page(self) -> RollCallPage:
        """Return a page, shown."""
        context, congress = self.context, self.congress
        controller = RollCallController(context, congress, self.doors)  # type: ignore[arg-type]
        page = RollCallPage(
            context, controller, quorum=lambda later: QuorumController(later, congress.desk)
        )
        page.resize(1040, 720)
        page.show()
        return page


def _enrol(service: Enrolment) -> None:
    pictures = {"A1": 1, "B2": 2}
    photos = []
    for badge, number in pictures.items():
        data = png(picture_of((number, 100, 60, 120)))
        photos.append(Photo(f"{badge}.png", (badge,), partial(bytes, data), len(data)))
    service.enrol_photos(photos)


def approve(approval: Approval) -> Actor:
    if approval.passphrase != PASSPHRASE:
        raise InputError("vault.wrong_passphrase")
    return Actor(SECOND.id, SECOND.role, SECOND.name)


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Door]]:
    contexts = []
    made: list[Door] = []

    def door(
        role: Role = Role.ORGANISER,
        lang: str = "en",
        *,
        enrolled: bool = True,
        settings: Settings | None = None,
        people: Sequence[Person] = (ANN, BEN, CHI, GUEST),
        listed: bool = False,
    ) -> Door:
        """Show the page; ``listed`` puts the people on a real list, with its real search."""
        surrounding = ui_context(lang)
        context, around = surrounding.__enter__()
        contexts.append(surrounding)
        clock, house = manual_clock(), settings or Settings("C")
        database = memory_database(publisher=around.bus, clock=clock)
        who = actor(role)
        on_list: FewPeople | Directory = FewPeople(list(people))
        if listed:
            for each in people:
                Directory(database, actor(Role.SECRETARIAT)).add(each)
            on_list = Directory(database, who)
        backend = fake_backend(TEMPLATES)

        def enrolment(as_role: Role) -> Enrolment:
            return Enrolment(
                database,
                actor(as_role),
                on_list,
                lambda: backend,
                face_keys(database),
                clock,
                lambda: house.keep_photos,
            )

        if enrolled:
            _enrol(enrolment(Role.SECRETARIAT))
        congress = Congress(
            actor=who,
            people=on_list,
            desk=Desk(database, who, on_list, clock, lambda: house),
            enrolment=enrolment(role),
            corrections=Corrections(database, who, on_list, clock, lambda: house, approve),
            badges=Badges(database, who, on_list, b"k" * 32),
            vault=Vault(who),
            portraits=KeptPortraits(database, who, face_keys(database), lambda: house),
            clock=clock,
            backend=lambda: Loaded(backend),
        )
        beeps: list[None] = []

        def begin() -> Doors:
            return Doors(context.tasks, context.bridge, congress, lambda: beeps.append(None))  # type: ignore[arg-type]

        doors = context.lasting.get(Doors, begin)
        found = Door(qtbot, context, around, congress, None, doors, beeps)  # type: ignore[arg-type]
        found.page = found.make_page()
        made.append(found)
        return found

    yield door
    for each in made:
        each.page.closing()
        each.context.lasting.close()
        each.settle()
        each.page.hide()
        shiboken6.delete(each.page)
    for surrounding in contexts:
        surrounding.__exit__(None, None, None)


@pytest.fixture
def door(make: Callable[..., Door]) -> Door:
    return make()
