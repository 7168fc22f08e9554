"""An open congress with a register and a camera that films coloured squares."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congress.kernel.errors import CongressError
from congress.kernel.people import Standing
from congress.kernel.roles import Actor, Role
from congress.kernel.settings import Settings
from congress.rollcall.backends import Loaded
from congress.rollcall.camera import Frame, OnLost
from congress.rollcall.desk import Desk
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.faces import Image
from congress.rollcall.photos import Photo
from congress.ui.context import UiContext
from congress.ui.controllers import doorwatch
from congress.ui.controllers.rollcall import RollCallController
from congress.ui.pages.rollcall import RollCallPage
from tests.helpers.faces import FewPeople, face_keys, fake_backend, person, picture_of, png, unit
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import actor, manual_clock, memory_database

TEMPLATES = {1: unit(1), 2: unit(0, 1), 3: unit(0.44, 0, 0.9), 4: unit(0, 0, 0, 1)}
ANN = person("A1", delegation="North")
BEN = person("B2", delegation="South")
CHI = person("C3", delegation="South", standing=Standing.ALTERNATE)
GUEST = person("D4", delegation="Press", standing=Standing.GUEST)


@dataclass
class Congress:
    """What the roll call's pages use of an open congress."""

    actor: Actor
    people: FewPeople
    desk: Desk
    enrolment: Enrolment
    backend: Callable[[], Loaded]


class Film:
    """A source that shows given pictures, at a pace, and then waits, ends or fails."""

    def __init__(self) -> None:
        self.pictures: Sequence[Image] = ()
        self.error: CongressError | None = None
        self.waits = False
        self.loses = False
        self.pace = 0.0

    def frames(self, stop: Event, on_lost: OnLost) -> Iterator[Frame]:
        if self.loses:
            on_lost(True)
        for number, image in enumerate(self.pictures):
            if stop.wait(self.pace):
                return
            yield Frame(image, number, number / 15)
        if self.waits:
            stop.wait(60)
        if self.error is not None:
            raise self.error


def walking(number: int, count: int = 24) -> list[Image]:
    """Return pictures in which somebody walks in, and leaves."""
    return [picture_of((number, 100, 60, 70 + 5 * at)) for at in range(count)] + [picture_of()] * 14


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> Film:
    found = Film()
    monkeypatch.setattr(doorwatch, "open_source", lambda text, paced: found)
    return found


@dataclass
class Door:
    """The page of the roll call in its surroundings."""

    qtbot: QtBot
    context: UiContext
    around: Surroundings
    congress: Congress
    page: RollCallPage

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
        seen: list[object] = []
        self.page._controller.watch.camera_changed.connect(seen.append)
        self.page.watch("film", paced=False)
        self.wait(lambda: len(seen) == 2)
        self.settle()


def _enrol(service: Enrolment) -> None:
    pictures = {"A1": 1, "B2": 2}
    photos = []
    for badge, number in pictures.items():
        data = png(picture_of((number, 100, 60, 120)))
        photos.append(Photo(f"{badge}.png", (badge,), partial(bytes, data), len(data)))
    service.enrol_photos(photos)


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., Door]]:
    contexts = []

    def door(role: Role = Role.ORGANISER, lang: str = "en", *, enrolled: bool = True) -> Door:
        surrounding = ui_context(lang)
        context, around = surrounding.__enter__()
        contexts.append(surrounding)
        database = memory_database(publisher=around.bus)
        listed = FewPeople([ANN, BEN, CHI, GUEST])
        backend = fake_backend(TEMPLATES)

        def enrolment(as_role: Role) -> Enrolment:
            return Enrolment(
                database,
                actor(as_role),
                listed,
                lambda: backend,
                face_keys(database),
                manual_clock(),
            )

        if enrolled:
            _enrol(enrolment(Role.SECRETARIAT))
        desk = Desk(database, actor(role), listed, manual_clock(), lambda: Settings("C"))
        congress = Congress(actor(role), listed, desk, enrolment(role), lambda: Loaded(backend))
        controller = RollCallController(context, congress)  # type: ignore[arg-type]
        page = RollCallPage(context, controller)
        qtbot.addWidget(page)
        page.resize(1040, 720)
        page.show()
        found = Door(qtbot, context, around, congress, page)
        pages.append(page)
        return found

    pages: list[RollCallPage] = []
    yield door
    for page in pages:
        page.closing()
    for surrounding in contexts:
        surrounding.__exit__(None, None, None)


@pytest.fixture
def door(make: Callable[..., Door]) -> Door:
    return make()
