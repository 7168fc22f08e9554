"""The page of faces over a small congress whose faces are coloured squares."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from congress.kernel.errors import CongressError
from congress.kernel.people import Person
from congress.kernel.roles import Actor, Role
from congress.kernel.settings import Settings
from congress.kernel.signing import Signer
from congress.people.directory import Directory
from congress.rollcall.backends import Loaded
from congress.rollcall.badges import Badges
from congress.rollcall.camera import Frame, OnLost
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.faceprivacy import FacePrivacy
from congress.rollcall.faces import Image
from congress.rollcall.photos import Photo
from congress.secretariat.exports import Exports
from congress.ui.context import UiContext
from congress.ui.controllers.badges import BadgesController
from congress.ui.controllers.faces import FacesController
from congress.ui.pages import faces_live
from congress.ui.pages.faces import FacesPage
from congress.ui.widgets.dialog import ConfirmDialog
from tests.helpers.faces import face_keys, fake_backend, picture_of, png, unit
from tests.helpers.smallcongress import SmallCongress
from tests.helpers.uicontext import Surroundings, ui_context
from tests.helpers.vaults import actor

TEMPLATES = {1: unit(1), 2: unit(0.1, 1), 3: unit(0.05, 0.8, 0.6), 4: unit(0, 0, 0, 1)}


@dataclass
class Congress:
    """What the pages use of an open congress."""

    actor: Actor
    people: Directory
    enrolment: Enrolment
    privacy: FacePrivacy
    badges: Badges
    exports: Exports
    settings: Settings
    backend: Callable[[], Loaded]


@dataclass
class House:
    """The page in its surroundings."""

    qtbot: QtBot
    context: UiContext
    around: Surroundings
    small: SmallCongress
    congress: Congress
    page: FacesPage
    inspected: list[object]

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=8000)

    def settle(self) -> None:
        self.wait(lambda: not self.context.tasks.busy)
        QApplication.processEvents()
        self.wait(lambda: not self.context.tasks.busy)

    def show(self, view: str = "people") -> None:
        self.page.opened(view)
        self.page.shown()
        self.wait(lambda: self.page._facts is not None)
        self.settle()

    def select(self, badge: str) -> None:
        rows = [line.person.badge for line in self.page.table.model.rows]
        index = self.page.table.model.index(rows.index(badge), 0)
        self.page.table.view.setCurrentIndex(self.page.table.proxy.mapFromSource(index))

    def person(self, badge: str) -> Person:
        return self.small.persons[badge]


def photo(badge: str, number: int) -> Photo:
    data = png(picture_of((number, 100, 60, 120)))
    return Photo(f"{badge}.png", (badge,), partial(bytes, data), len(data))


@pytest.fixture
def make(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., House]]:
    surroundings = []
    pages: list[FacesPage] = []

    def house(lang: str = "en", role: Role = Role.SECRETARIAT, **pictures: int) -> House:
        surrounding = ui_context(lang)
        context, around = surrounding.__enter__()
        surroundings.append(surrounding)
        small = SmallCongress()
        small.summon()
        backend = fake_backend(TEMPLATES)
        keys = face_keys(small.database)

        def enrolment(as_role: Role) -> Enrolment:
            me = actor(as_role)
            return Enrolment(small.database, me, small.people, lambda: backend, keys, small.clock)

        if pictures:
            enrolment(Role.SECRETARIAT).enrol_photos(
                [photo(badge, number) for badge, number in pictures.items()]
            )
        congress = Congress(
            actor(role),
            small.people,
            enrolment(role),
            FacePrivacy(
                small.database,
                actor(role),
                small.people,
                small.clock,
                lambda: small.settings,
                keys,
                Signer(bytes(32)),
            ),
            Badges(small.database, actor(role), small.people, bytes(32)),
            small.exports,
            small.settings,
            lambda: Loaded(backend),
        )
        page = FacesPage(
            context,
            FacesController(context, congress),  # type: ignore[arg-type]
            BadgesController(context, congress),  # type: ignore[arg-type]
        )
        qtbot.addWidget(page)
        inspected: list[object] = []
        page.inspected.connect(inspected.append)
        page.resize(1040, 720)
        page.show()
        pages.append(page)
        return House(qtbot, context, around, small, congress, page, inspected)

    yield house
    for page in pages:
        page.closing()
    for surrounding in surroundings:
        surrounding.__exit__(None, None, None)


@pytest.fixture
def house(make: Callable[..., House]) -> House:
    return make(D001=1, D002=2, D003=3)


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder into which every dialog saves, under the name that it proposes."""
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda parent, title, name: (str(tmp_path / name), "")
    )
    return tmp_path


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that were asked; each is answered with yes."""
    asked: list[str] = []

    def ask(context: UiContext, title: str, text: str, verb: str, **_: object) -> bool:
        asked.append(f"{title} {text}")
        return True

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    return asked


class Film:
    """A camera that shows given pictures at 15 frames/s of its own time, then waits or fails."""

    def __init__(self) -> None:
        self.pictures: Sequence[Image] = ()
        self.error: CongressError | None = None
        self.waits = True

    def frames(self, stop: Event, on_lost: OnLost) -> Iterator[Frame]:
        for number, image in enumerate(self.pictures):
            if stop.wait(0.01):
                return
            yield Frame(image, number, number / 15)
        if self.error is not None:
            raise self.error
        if self.waits:
            stop.wait(60)


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> Film:
    found = Film()
    monkeypatch.setattr(faces_live, "open_source", lambda text: found)
    return found
