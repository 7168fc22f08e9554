from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import func, select

from congress.kernel.errors import Cancelled, InputError, RefusedError
from congress.kernel.progress import CancelFlag, Silent
from congress.kernel.roles import Role
from congress.rollcall import template_store
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.faces import Backend, Image
from congress.rollcall.model import GalleryChanged
from congress.rollcall.quality import Gate, Reason
from congress.storage.database import Database
from tests.helpers.faces import face_keys, fake_backend, people, picture_of, png, unit
from tests.helpers.vaults import actor, manual_clock, memory_database
from tests.unit.rollcall.conftest import Recorder

ANN = picture_of((1, 100, 100, 90))
BEN = picture_of((2, 100, 100, 90))
CHI = picture_of((3, 100, 100, 90))
TEMPLATES = {
    1: unit(1),
    2: unit(0, 1),
    3: unit(0.9, 0, 0.43),
    11: unit(0.9, 0.2),
    99: unit(0, 0, 1),
}


@pytest.fixture
def database(published: Recorder) -> Database:
    return memory_database(publisher=published)


def enrolment(
    database: Database, backend: Backend | None = None, role: Role = Role.SECRETARIAT
) -> Enrolment:
    chosen = backend or fake_backend(TEMPLATES)
    return Enrolment(
        database,
        actor(role),
        people(["A1", "B2", "C3"]),
        lambda: chosen,
        face_keys(database),
        manual_clock(),
    )


def folder(path: Path, pictures: Mapping[str, Image | bytes]) -> Path:
    for name, image in pictures.items():
        (path / name).parent.mkdir(exist_ok=True, parents=True)
        (path / name).write_bytes(image if isinstance(image, bytes) else png(image))
    return path


def count(database: Database, table: str) -> int:
    with database.reading() as connection:
        return connection.execute(
            select(func.count()).select_from(getattr(template_store, table))
        ).scalar_one()


def test_enrols_and_recognises(tmp_path: Path, database: Database, published: Recorder) -> None:
    service = enrolment(database)
    report = service.enrol(folder(tmp_path, {"A1/1.png": ANN, "B2.png": BEN}))
    assert [(each.person.badge, each.photos) for each in report.enrolled] == [("A1", 1), ("B2", 1)]
    assert (report.photos, report.rejected, report.threshold) == (2, (), 0.48)
    assert len(report.few) == 2
    best = service.gallery().rank(unit(0, 1))[0]
    assert best.person_id == report.enrolled[1].person.id
    assert published.of(GalleryChanged) == [GalleryChanged(2)]


def test_each_rejected_photo_has_its_reason(tmp_path: Path, database: Database) -> None:
    pictures: dict[str, Image | bytes] = {
        "A1/good.png": ANN,
        "A1/nobody.png": picture_of(),
        "A1/two.png": picture_of((1, 50, 50, 90), (2, 300, 50, 80)),
        "A1/small.png": picture_of((1, 50, 50, 40)),
        "A1/one.png": picture_of(size=(1, 1)),
        "A1/dark.png": picture_of((1, 50, 50, 90)) // 255 * 255,
        "A1/broken.png": b"no picture",
        "A1/notes.txt": b"hello",
        "Z9.png": BEN,
    }
    report = enrolment(database).enrol(folder(tmp_path, pictures), gate=Gate(dark=90))
    reasons = {each.file: (each.badge, each.reason) for each in report.rejected}
    assert reasons == {
        "A1/nobody.png": ("A1", Reason.NO_FACE),
        "A1/two.png": ("A1", Reason.SEVERAL_FACES),
        "A1/small.png": ("A1", Reason.SMALL),
        "A1/one.png": ("A1", Reason.NO_FACE),
        "A1/dark.png": ("A1", Reason.DARK),
        "A1/broken.png": ("A1", Reason.UNREADABLE),
        "A1/notes.txt": ("A1", Reason.NOT_A_PICTURE),
        "Z9.png": ("", Reason.UNKNOWN_BADGE),
    }
    assert [each.person.badge for each in report.enrolled] == ["A1"]


def test_the_photo_of_somebody_else_in_a_folder_is_found(
    tmp_path: Path, database: Database
) -> None:
    again = picture_of((11, 100, 100, 90))
    other = picture_of((99, 100, 100, 90))
    pictures = {"A1/1.png": ANN, "A1/2.png": again, "A1/3.png": other}
    report = enrolment(database).enrol(folder(tmp_path, pictures))
    assert [(each.file, each.reason) for each in report.rejected] == [
        ("A1/3.png", Reason.DISAGREES)
    ]
    assert report.enrolled[0].photos == 2


def test_two_photos_that_disagree_are_both_refused(tmp_path: Path, database: Database) -> None:
    report = enrolment(database).enrol(folder(tmp_path, {"A1/1.png": ANN, "A1/2.png": BEN}))
    assert report.enrolled == ()
    assert {each.reason for each in report.rejected} == {Reason.DISAGREES}


def test_one_photo_under_two_badges_is_enrolled_once(tmp_path: Path, database: Database) -> None:
    service = enrolment(database)
    report = service.enrol(folder(tmp_path / "a", {"A1.png": ANN, "B2.png": ANN}))
    assert [(each.badge, each.reason) for each in report.rejected] == [("B2", Reason.TAKEN)]
    later = service.enrol(folder(tmp_path / "b", {"C3.png": ANN}))
    assert [(each.badge, each.reason) for each in later.rejected] == [("C3", Reason.TAKEN)]


def test_look_alikes_are_reported(tmp_path: Path, database: Database) -> None:
    report = enrolment(database).enrol(folder(tmp_path, {"A1.png": ANN, "C3.png": CHI}))
    assert len(report.look_alikes) == 1
    assert report.look_alikes[0].score == pytest.approx(0.9, abs=0.01)


def test_new_photos_take_the_place_of_the_old(tmp_path: Path, database: Database) -> None:
    service = enrolment(database)
    service.enrol(folder(tmp_path / "a", {"A1/1.png": ANN, "A1/2.png": picture_of((11, 9, 9, 90))}))
    service.enrol(folder(tmp_path / "b", {"A1.png": BEN}))
    assert count(database, "face_template") == 1
    assert service.gallery().rank(unit(0, 1))[0].score == pytest.approx(1)


def test_templates_of_another_model_are_never_used(tmp_path: Path, database: Database) -> None:
    path = folder(tmp_path, {"A1.png": ANN, "B2.png": BEN})
    enrolment(database).enrol(path)
    other = enrolment(database, fake_backend(TEMPLATES, "other"))
    assert other.gallery().persons == ()
    assert len(other.status().outdated) == 2
    other.enrol(folder(tmp_path / "new", {"A1.png": ANN}))
    assert (len(other.status().persons), len(other.status().outdated)) == (1, 1)


def test_a_template_without_its_key_is_said(tmp_path: Path, database: Database) -> None:
    service = enrolment(database)
    service.enrol(folder(tmp_path, {"A1.png": ANN}))
    with database.unit_of_work(actor()) as uow:
        uow.connection.execute(template_store.face_key.delete())
        uow.commit()
    with pytest.raises(InputError, match=r"faces\.template_damaged"):
        service.gallery()


def test_a_cancelled_enrolment_leaves_nothing_behind(tmp_path: Path, database: Database) -> None:
    flag = CancelFlag()

    class Second(Silent):
        def report(self, done: int, total: int, label: str = "") -> None:
            if done == 1:
                flag.raise_flag()

        def check(self) -> None:
            flag.check()

    with pytest.raises(Cancelled):
        enrolment(database).enrol(
            folder(tmp_path, {"A1.png": ANN, "B2.png": BEN}), progress=Second()
        )
    assert count(database, "face_template") == 0


def test_who_may_enrol_and_recognise(tmp_path: Path, database: Database) -> None:
    path = folder(tmp_path, {"A1.png": ANN})
    delegate = enrolment(database, role=Role.DELEGATE)
    for action in (lambda: delegate.enrol(path), delegate.gallery):
        with pytest.raises(RefusedError, match=r"role\.not_allowed"):
            action()
    organiser = enrolment(database, role=Role.ORGANISER)
    assert len(organiser.enrol(path).enrolled) == 1
    assert len(organiser.gallery().persons) == 1


def test_the_lfw_gallery_enrols_with_a_report(
    shared_data: Path, database: Database, sface: Backend, tmp_path: Path
) -> None:
    badges = [f"D{n:03}" for n in range(1, 7)]
    for badge in badges:
        (tmp_path / badge).symlink_to(shared_data / "faces" / "gallery" / badge)
    files = {f"{b}/{p.name}": p.read_bytes() for b in badges for p in (tmp_path / b).iterdir()}
    source = folder(tmp_path / "copy", files)
    keys = face_keys(database)
    service = Enrolment(database, actor(), people(badges), lambda: sface, keys, manual_clock())
    report = service.enrol(source)
    assert len(report.enrolled) == 6
    assert report.photos == len(files)
    assert sum(each.photos for each in report.enrolled) + len(report.rejected) == report.photos
    assert report.threshold >= 0.48
