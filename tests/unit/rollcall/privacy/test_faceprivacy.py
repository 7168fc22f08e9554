"""Consent, erasing, and what a person learns of their own face."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from congress.kernel.clock import ManualClock
from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.kernel.ids import PersonId
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.kernel.signing import Signer
from congress.rollcall import template_store, templates
from congress.rollcall.corrections import Corrections
from congress.rollcall.desk import Desk
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.facekeys import FaceKeys
from congress.rollcall.faceprivacy import Certificate, FacePrivacy
from congress.rollcall.model import ConsentAnswer, GalleryChanged, Stay
from congress.rollcall.quality import Reason
from congress.storage.database import Database
from tests.helpers.vaults import MORNING, actor
from tests.unit.rollcall.conftest import Recorder
from tests.unit.rollcall.privacy.conftest import (
    ANN,
    BEN,
    LISTED,
    SETTINGS,
    enrolled,
    photos,
    stored,
)


def test_enrolling_notes_the_consent_that_the_organiser_states(
    enrolment: Enrolment, privacy: FacePrivacy
) -> None:
    assert enrolment.enrol_photos(photos(), consented=False).enrolled == ()
    privacy.answer(ANN.id, ConsentAnswer.GIVEN, "form of registration")
    report = enrolment.enrol_photos(photos(), consented=False)
    assert [each.person for each in report.enrolled] == [ANN]
    assert [each.reason for each in report.rejected] == [Reason.NO_CONSENT]
    enrolment.enrol_photos(photos())
    answers = privacy.consents()
    assert {each.answer for each in answers.values()} == {ConsentAnswer.GIVEN}
    assert answers[ANN.id].note == "form of registration"


def test_who_refuses_is_not_enrolled_whatever_the_organiser_states(
    enrolment: Enrolment, privacy: FacePrivacy
) -> None:
    assert privacy.answer(BEN.id, ConsentAnswer.REFUSED) is None
    report = enrolment.enrol_photos(photos())
    assert [(each.badge, each.reason) for each in report.rejected] == [("B2", Reason.REFUSED)]
    assert enrolled(enrolment) == {ANN.id}


def test_who_withdraws_is_erased_at_once(
    enrolment: Enrolment, privacy: FacePrivacy, published: Recorder
) -> None:
    enrolment.enrol_photos(photos())
    certificate = privacy.answer(BEN.id, ConsentAnswer.WITHDRAWN)
    assert certificate is not None
    assert enrolled(enrolment) == {ANN.id}
    assert published.of(GalleryChanged)[-1] == GalleryChanged(1)
    assert enrolment.enrol_photos(photos()).rejected[0].reason is Reason.REFUSED


def test_a_certificate_says_what_was_erased_and_is_signed(
    enrolment: Enrolment, privacy: FacePrivacy
) -> None:
    enrolment.enrol_photos(photos())
    certificate = privacy.erase(ANN.id)
    assert certificate is not None
    assert certificate.valid
    assert certificate.statement == {
        "v": 1,
        "congress": "A congress",
        "at": MORNING.isoformat(),
        "by": actor(Role.ORGANISER).member_id,
        "persons": [ANN.id],
        "templates": 1,
        "portraits": 0,
        "left": 1,
        "key": Signer(bytes(32)).public_key.hex(),
    }
    assert privacy.certificates() == (certificate,)
    changed = Certificate({**certificate.statement, "templates": 0}, certificate.signature)
    assert not changed.valid
    assert privacy.erase(ANN.id) is None


def test_all_are_erased_together(
    enrolment: Enrolment, privacy: FacePrivacy, database: Database
) -> None:
    assert privacy.erase_all() is None
    enrolment.enrol_photos(photos())
    certificate = privacy.erase_all()
    assert certificate is not None
    assert certificate.statement["left"] == 0
    assert stored(database) == {}
    assert enrolled(enrolment) == set()


def test_no_backup_of_the_database_opens_an_erased_template(
    enrolment: Enrolment, privacy: FacePrivacy, database: Database, keys: FaceKeys
) -> None:
    enrolment.enrol_photos(photos())
    backup, before = stored(database), keys.all()
    assert templates.unwrap(before, ANN.id, backup[ANN.id])
    privacy.erase(ANN.id)
    for person_id, wrapped in backup.items():
        with pytest.raises(InputError, match=r"^faces.template_damaged$"):
            templates.unwrap(keys.all(), person_id, wrapped)
    assert set(before).isdisjoint(keys.all())
    assert templates.unwrap(keys.all(), BEN.id, stored(database)[BEN.id])


def test_nothing_of_an_erased_template_stands_in_the_files(
    enrolment: Enrolment, privacy: FacePrivacy, database: Database
) -> None:
    enrolment.enrol_photos(photos())
    with database.reading() as connection:
        sealed = connection.execute(
            select(template_store.face_template.c.sealed).where(
                template_store.face_template.c.person_id == ANN.id
            )
        ).scalar_one()
        wrapped = template_store.wrapped_keys(connection)[ANN.id]
        (main, *_) = connection.exec_driver_sql("PRAGMA database_list").all()
        file = Path(main[2])
    privacy.erase(ANN.id)
    with database.reading() as connection:
        dump = b"".join(
            bytes(cell) if isinstance(cell, bytes) else str(cell).encode()
            for table in ("face_key", "face_template", "face_consent", "audit")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
            for cell in row
        )
        free = connection.exec_driver_sql("PRAGMA secure_delete").scalar_one()
    assert sealed not in dump
    assert wrapped not in dump
    assert free == 1
    wal = file.with_name(file.name + "-wal")
    assert not wal.exists() or wal.stat().st_size == 0


def test_a_crash_between_writing_and_forgetting_is_mended(
    enrolment: Enrolment, privacy: FacePrivacy, keys: FaceKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolment.enrol_photos(photos())
    before = keys.all()

    def crash(_: bytes) -> None:
        raise EnvironmentFault("disk.failed", file="faces.key")

    with monkeypatch.context() as patch:
        patch.setattr(keys, "keep", crash)
        with pytest.raises(EnvironmentFault):
            privacy.erase(ANN.id)
    assert len(keys.all()) == 2
    assert enrolled(enrolment) == {BEN.id}
    privacy.mend()
    assert len(keys.all()) == 1
    assert set(before).isdisjoint(keys.all())
    assert enrolled(enrolment) == {BEN.id}
    privacy.mend()


def test_when_nothing_could_be_written_everyone_is_still_recognised(
    enrolment: Enrolment, privacy: FacePrivacy, keys: FaceKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolment.enrol_photos(photos())
    before = keys.all()

    def full(*_: object) -> None:
        raise EnvironmentFault("disk.full", file="congress.db")

    with monkeypatch.context() as patch:
        patch.setattr(template_store, "rewrap", full)
        with pytest.raises(EnvironmentFault):
            privacy.erase(ANN.id)
    assert keys.all() == before
    assert enrolled(enrolment) == {ANN.id, BEN.id}
    assert privacy.certificates() == ()


def test_faces_enrolled_before_there_was_a_key_file_open_and_can_be_erased(
    enrolment: Enrolment,
    privacy: FacePrivacy,
    keys: FaceKeys,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(keys, "begin", lambda: None)
        enrolment.enrol_photos(photos())
    assert keys.all() == (bytes(32),)
    assert enrolled(enrolment) == {ANN.id, BEN.id}
    privacy.erase(ANN.id)
    assert keys.all() != (bytes(32),)
    assert enrolled(enrolment) == {BEN.id}


def test_the_key_file_refuses_what_was_changed(keys: FaceKeys, database: Database) -> None:
    keys.begin()
    path = keys._path
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole[:8] + bytes([whole[8] ^ 1]) + whole[9:], b"X" + whole):
        path.write_bytes(damaged)
        with pytest.raises(InputError, match=r"^faces.keys_damaged$"):
            keys.all()


def test_faces_are_erased_when_their_time_is_over(
    enrolment: Enrolment, privacy: FacePrivacy, make: Callable[..., FacePrivacy], clock: ManualClock
) -> None:
    enrolment.enrol_photos(photos())
    due = privacy.due_at()
    assert due is not None
    assert due.date() == date(2026, 3, 26)
    assert make(settings=Settings("x")).due_at() is None
    assert make(settings=Settings("x")).erase_if_due() is None
    clock.advance(due - clock.now() - timedelta(seconds=1))
    assert privacy.erase_if_due() is None
    clock.advance(timedelta(seconds=1))
    assert privacy.erase_if_due() is not None
    assert enrolled(enrolment) == set()
    assert privacy.erase_if_due() is None


def test_a_person_learns_what_is_held_about_them(
    enrolment: Enrolment, privacy: FacePrivacy, database: Database, clock: ManualClock
) -> None:
    enrolment.enrol_photos(photos())
    desk = Desk(database, actor(), LISTED, clock, lambda: SETTINGS)
    corrections = Corrections(
        database, actor(), LISTED, clock, lambda: SETTINGS, lambda _: actor(Role.ORGANISER)
    )
    first = desk.open_session("Morning")
    entry = desk.check_in(ANN.id, score=0.7, model="fake").entry
    corrections.excuse(first.id, ANN.id, "ill")
    clock.advance(timedelta(hours=1))
    made = corrections.correct(
        first.id, ANN.id, before=entry.id, after=Stay(MORNING), reason="by hand"
    )
    desk.check_in(BEN.id)
    desk.close_session()
    desk.open_session("Afternoon")
    held = privacy.subject(ANN.id)
    assert held.person == ANN
    assert held.consent is not None
    assert (held.enrolled_at, held.templates) == (MORNING, 1)
    assert [(each.name, len(entries)) for each, entries in held.stays] == [("Morning", 1)]
    assert [each.reason for each in held.excuses] == ["ill"]
    assert held.corrections == (made,)
    with pytest.raises(InputError, match=r"^rollcall.unknown_person$"):
        privacy.subject(PersonId("nobody"))


def test_of_a_person_never_enrolled_nothing_is_held(privacy: FacePrivacy) -> None:
    held = privacy.subject(BEN.id)
    assert (held.consent, held.enrolled_at, held.templates, held.stays) == (None, None, 0, ())


@pytest.mark.parametrize("note", ["x" * 201, "a\x00b"])
def test_a_note_is_short_and_readable(privacy: FacePrivacy, note: str) -> None:
    with pytest.raises(InputError, match=r"^faces.bad_note$"):
        privacy.answer(ANN.id, ConsentAnswer.GIVEN, note)


def test_who_may_see_and_erase(make: Callable[..., FacePrivacy]) -> None:
    delegate = make(Role.DELEGATE)
    actions: list[Callable[[], object]] = [
        delegate.consents,
        delegate.certificates,
        delegate.erase_all,
        delegate.mend,
        lambda: delegate.erase(ANN.id),
        lambda: delegate.subject(ANN.id),
        lambda: delegate.answer(ANN.id, ConsentAnswer.GIVEN),
    ]
    for action in actions:
        with pytest.raises(RefusedError, match=r"^role.not_allowed$"):
            action()
