"""Two enrolled people, and the services that enrol, erase and show."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from congress.kernel.clock import ManualClock
from congress.kernel.ids import PersonId
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.kernel.signing import Signer
from congress.rollcall import template_store
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.facekeys import FaceKeys
from congress.rollcall.faceprivacy import FacePrivacy
from congress.rollcall.photos import Photo
from congress.storage.database import Database
from tests.helpers.faces import FewPeople, face_keys, fake_backend, person, picture_of, png, unit
from tests.helpers.vaults import actor, manual_clock, memory_database
from tests.unit.rollcall.conftest import Recorder

ANN, BEN = person("A1"), person("B2")
LISTED = FewPeople([ANN, BEN])
SETTINGS = Settings("A congress", ends=date(2026, 3, 15), keep_faces_days=10)


@pytest.fixture
def clock() -> ManualClock:
    return manual_clock()


@pytest.fixture
def database(published: Recorder, clock: ManualClock) -> Database:
    return memory_database(publisher=published, clock=clock)


@pytest.fixture
def keys(database: Database) -> FaceKeys:
    return face_keys(database)


@pytest.fixture
def enrolment(database: Database, keys: FaceKeys, clock: ManualClock) -> Enrolment:
    backend = fake_backend({1: unit(1), 2: unit(0, 1)})
    return Enrolment(database, actor(), LISTED, lambda: backend, keys, clock)


@pytest.fixture
def make(database: Database, keys: FaceKeys, clock: ManualClock) -> Callable[..., FacePrivacy]:
    def privacy(role: Role = Role.ORGANISER, settings: Settings = SETTINGS) -> FacePrivacy:
        signer = Signer(bytes(32))
        return FacePrivacy(database, actor(role), LISTED, clock, lambda: settings, keys, signer)

    return privacy


@pytest.fixture
def privacy(make: Callable[..., FacePrivacy]) -> FacePrivacy:
    return make()


def photos() -> list[Photo]:
    found = []
    for badge, number in (("A1", 1), ("B2", 2)):
        data = png(picture_of((number, 100, 60, 120)))
        found.append(Photo(f"{badge}.png", (badge,), partial(bytes, data), len(data)))
    return found


def enrolled(service: Enrolment) -> set[PersonId]:
    return set(service.gallery().persons)


def stored(database: Database) -> dict[PersonId, bytes]:
    with database.reading() as connection:
        return template_store.wrapped_keys(connection)
