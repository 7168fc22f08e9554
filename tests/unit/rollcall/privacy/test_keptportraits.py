"""Portraits that are kept where the congress chose so, and enrolling anew from them."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from congress.kernel.clock import ManualClock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.roles import Role
from congress.rollcall import portrait_store, templates
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.facekeys import FaceKeys
from congress.rollcall.faceprivacy import FacePrivacy
from congress.rollcall.faces import Face, Image, Vector
from congress.rollcall.keptportraits import KeptPortraits
from congress.rollcall.model import ConsentAnswer
from congress.rollcall.photos import decode
from congress.rollcall.quality import Reason
from congress.rollcall.templates import SealedPortrait
from congress.storage.database import Database
from tests.helpers.faces import SquareEmbedder, face_at, face_keys, fake_backend, unit
from tests.helpers.vaults import actor
from tests.unit.rollcall.privacy.conftest import ANN, BEN, LISTED, SETTINGS, enrolled, photos

KEEPING = replace(SETTINGS, keep_photos=True)


@pytest.fixture
def keeping(database: Database, keys: FaceKeys, clock: ManualClock) -> Enrolment:
    backend = fake_backend({1: unit(1), 2: unit(0, 1)})
    return Enrolment(database, actor(), LISTED, lambda: backend, keys, clock, lambda: True)


@pytest.fixture
def kept(database: Database, keys: FaceKeys) -> KeptPortraits:
    return KeptPortraits(database, actor(Role.ORGANISER), keys, lambda: KEEPING)


def sealed_portrait(database: Database, person_id: PersonId) -> SealedPortrait:
    with database.reading() as connection:
        (found,) = portrait_store.of(connection, [person_id])
    return found


def test_a_portrait_is_kept_only_where_that_was_chosen(
    enrolment: Enrolment, keeping: Enrolment, kept: KeptPortraits, database: Database
) -> None:
    enrolment.enrol_photos(photos())
    assert kept.of([ANN.id, BEN.id]) == {}
    keeping.enrol_photos(photos())
    found = kept.of([ANN.id, BEN.id, PersonId("nobody")])
    assert set(found) == {ANN.id, BEN.id}
    picture = decode(found[ANN.id])
    assert not isinstance(picture, Reason)
    assert picture.shape == (320, 240, 3)
    assert found[ANN.id] not in sealed_portrait(database, ANN.id).data
    enrolment.enrol_photos(photos())
    assert kept.of([ANN.id, BEN.id]) == {}, "enrolled again, and no portrait is to be kept"


def test_portraits_are_shown_to_nobody_else_and_not_where_they_are_not_kept(
    keeping: Enrolment, database: Database, keys: FaceKeys
) -> None:
    keeping.enrol_photos(photos())
    off = KeptPortraits(database, actor(Role.ORGANISER), keys, lambda: SETTINGS)
    assert off.of([ANN.id]) == {}
    with pytest.raises(RefusedError):
        KeptPortraits(database, actor(Role.DELEGATE), keys, lambda: KEEPING).of([ANN.id])


def test_a_portrait_goes_with_the_face_and_no_backup_opens_it(
    keeping: Enrolment,
    privacy: FacePrivacy,
    kept: KeptPortraits,
    database: Database,
    keys: FaceKeys,
) -> None:
    keeping.enrol_photos(photos())
    backup, before = sealed_portrait(database, ANN.id), keys.all()
    assert templates.unseal_portrait(before, backup)
    certificate = privacy.answer(ANN.id, ConsentAnswer.WITHDRAWN)
    assert certificate is not None
    assert certificate.statement["portraits"] == 1
    assert set(kept.of([ANN.id, BEN.id])) == {BEN.id}
    with pytest.raises(InputError, match=r"^faces.template_damaged$"):
        templates.unseal_portrait(keys.all(), backup)
    with database.reading() as connection:
        (main, *_) = connection.exec_driver_sql("PRAGMA database_list").all()
        rows = connection.exec_driver_sql("SELECT sealed, wrapped FROM face_portrait").all()
    assert {backup.data, backup.wrapped}.isdisjoint({cell for row in rows for cell in row})
    wal = Path(main[2] + "-wal")
    assert not wal.exists() or wal.stat().st_size == 0


def test_portraits_alone_can_go_and_the_faces_stay(
    keeping: Enrolment,
    privacy: FacePrivacy,
    kept: KeptPortraits,
    database: Database,
    keys: FaceKeys,
) -> None:
    keeping.enrol_photos(photos())
    backup = sealed_portrait(database, ANN.id)
    assert privacy.erase_portraits() == 2
    assert kept.of([ANN.id, BEN.id]) == {}
    assert enrolled(keeping) == {ANN.id, BEN.id}
    with pytest.raises(InputError, match=r"^faces.template_damaged$"):
        templates.unseal_portrait(keys.all(), backup)
    assert privacy.certificates() == ()
    assert privacy.erase_portraits() == 0


def test_portraits_go_when_the_time_for_faces_is_over(
    keeping: Enrolment, privacy: FacePrivacy, database: Database, clock: ManualClock
) -> None:
    keeping.enrol_photos(photos())
    due = privacy.due_at()
    assert due is not None
    clock.advance(due - clock.now())
    certificate = privacy.erase_if_due()
    assert certificate is not None
    assert certificate.statement["portraits"] == 2
    with database.reading() as connection:
        assert portrait_store.wrapped_keys(connection) == {}


def test_a_person_gets_the_portrait_that_is_kept(
    keeping: Enrolment, privacy: FacePrivacy, kept: KeptPortraits
) -> None:
    keeping.enrol_photos(photos())
    assert privacy.subject(ANN.id).portrait == kept.of([ANN.id])[ANN.id]
    privacy.erase_portraits()
    assert privacy.subject(ANN.id).portrait is None


def test_a_portrait_of_somebody_else_does_not_open(keeping: Enrolment, database: Database) -> None:
    keeping.enrol_photos(photos())
    masters = face_keys(database).all()
    swapped = replace(sealed_portrait(database, ANN.id), person_id=BEN.id)
    with pytest.raises(InputError, match=r"^faces.template_damaged$"):
        templates.unseal_portrait(masters, swapped)


class _Portraits:
    """Finds the face where a portrait has it."""

    def detect(self, image: Image) -> Sequence[Face]:
        assert image.shape == (320, 240, 3)
        return (face_at(57, 90, 125),)


class _Same(SquareEmbedder):
    """Makes everybody the same template."""

    def embed(self, aligned: Image) -> Vector:
        return unit(1)


def test_another_model_enrols_anew_from_the_portraits_and_mixes_nothing(
    keeping: Enrolment,
    privacy: FacePrivacy,
    kept: KeptPortraits,
    database: Database,
    keys: FaceKeys,
    clock: ManualClock,
) -> None:
    keeping.enrol_photos(photos())
    privacy.erase(BEN.id)
    other = replace(fake_backend({}, "other"), detector=_Portraits(), embedder=_Same())
    later = Enrolment(database, actor(), LISTED, lambda: other, keys, clock, lambda: True)
    assert later.status().outdated == later.status().renewable == {ANN.id}
    assert enrolled(later) == set()
    report = later.enrol_kept()
    assert [each.person for each in report.enrolled] == [ANN]
    assert enrolled(later) == {ANN.id}
    assert enrolled(keeping) == set(), "nobody is compared across models"
    assert set(kept.of([ANN.id])) == {ANN.id}
    assert later.status().renewable == frozenset()
    assert later.enrol_kept().enrolled == ()


def test_without_portraits_another_model_needs_the_photographs_again(
    enrolment: Enrolment, database: Database, keys: FaceKeys, clock: ManualClock
) -> None:
    enrolment.enrol_photos(photos())
    other = fake_backend(name="other")
    later = Enrolment(database, actor(), LISTED, lambda: other, keys, clock)
    assert later.status().outdated == {ANN.id, BEN.id}
    assert later.enrol_kept().enrolled == ()
    with pytest.raises(RefusedError):
        Enrolment(database, actor(Role.DELEGATE), LISTED, lambda: other, keys, clock).enrol_kept()
