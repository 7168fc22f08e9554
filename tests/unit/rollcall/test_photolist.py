"""The photographs that a list names, beside it and in a ZIP beside it."""

import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.people import PhotoFile
from congress.kernel.roles import Role
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.photolist import photos_named
from congress.rollcall.quality import Reason
from congress.storage.database import Database
from tests.helpers.faces import face_keys, fake_backend, people, picture_of, png
from tests.helpers.vaults import actor, manual_clock, memory_database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    for number, name in enumerate(["A1.png", "photos/A2.png", "Đức Huế.PNG"], start=1):
        (tmp_path / name).write_bytes(png(picture_of((number, 100, 80, 160))))
    (tmp_path / "people.csv").touch()
    return tmp_path


def found(table: Path, *names: str) -> list[tuple[str, Reason | None]]:
    files = [PhotoFile(row, "A1", name) for row, name in enumerate(names, start=2)]
    with photos_named(table, files) as photos:
        assert [photo.row for photo in photos] == [file.row for file in files]
        for photo in photos:
            assert photo.fault or photo.read()
        return [(photo.name, photo.fault) for photo in photos]


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number, name in enumerate(names, start=11):
            archive.writestr(name, png(picture_of((number, 100, 80, 160))))
    return path


@pytest.mark.parametrize(
    ("name", "is_there"),
    [
        ("A1.png", "A1.png"),
        ("a1.PNG", "A1.png"),
        ("A1", "A1.png"),
        ("photos/A2.png", "photos/A2.png"),
        ("Photos\\a2.png", "photos/A2.png"),
        ("./A1.png", "A1.png"),
        (unicodedata.normalize("NFD", "đức huế.png"), "Đức Huế.PNG"),
    ],
)
def test_a_file_beside_the_list_is_found(folder: Path, name: str, is_there: str) -> None:
    assert found(folder / "people.csv", name) == [(is_there, None)]


@pytest.mark.parametrize("name", ["A9.png", "A2.png", "photos", ".", "nowhere/A1.png", "A1.png/x"])
def test_what_is_not_there_is_said_with_its_row(folder: Path, name: str) -> None:
    assert found(folder / "people.csv", "A1.png", name)[1] == (name, Reason.MISSING)


@pytest.mark.parametrize(
    "name", ["../secret.png", "photos/../../x.png", "/etc/passwd", "C:\\x.png", "\\\\host\\x.png"]
)
def test_nothing_outside_of_the_folder_is_read(folder: Path, name: str) -> None:
    inside = folder / "photos" / "people.csv"
    (folder / "secret.png").write_bytes(b"secret")
    assert found(inside, name) == [(name, Reason.OUTSIDE)]


def test_the_zip_of_the_same_name_is_looked_into(folder: Path) -> None:
    zipped(folder / "other.zip", "B1.png")
    zipped(folder / "People.ZIP", "pictures/B1.png", "pictures/B2.png", "__MACOSX/B2.png")
    assert found(folder / "people.csv", "B1.png", "Pictures/b2", "A1.png", "B3.png") == [
        ("pictures/B1.png", None),
        ("pictures/B2.png", None),
        ("A1.png", None),
        ("B3.png", Reason.MISSING),
    ]


def test_the_only_zip_is_looked_into_and_none_of_several(folder: Path) -> None:
    zipped(folder / "one.zip", "B1.png")
    assert found(folder / "people.csv", "B1.png") == [("B1.png", None)]
    zipped(folder / "two.zip", "B1.png")
    assert found(folder / "people.csv", "B1.png") == [("B1.png", Reason.MISSING)]


def test_a_name_that_several_files_have_is_never_guessed(folder: Path) -> None:
    zipped(folder / "people.zip", "north/1.png", "south/1.png", "2.png", "south/2.png")
    assert found(folder / "people.csv", "1.png", "south/1.png", "2.png") == [
        ("1.png", Reason.SEVERAL_FILES),
        ("south/1.png", None),
        ("2.png", None),
    ]


def test_a_damaged_zip_is_said_where_it_is_needed(folder: Path) -> None:
    (folder / "people.zip").write_bytes(b"PK no zip")
    assert found(folder / "people.csv", "A1.png") == [("A1.png", None)]
    with pytest.raises(InputError, match=r"faces\.zip_damaged"):
        found(folder / "people.csv", "B1.png")


def test_names_in_a_zip_of_an_old_program_are_read(folder: Path) -> None:
    path = zipped(folder / "people.zip", "Dzx.png")
    raw = path.read_bytes().replace(b"Dzx.png", "Đx.png".encode())
    path.write_bytes(raw)
    assert found(folder / "people.csv", "Đx.png") == [("Đx.png", None)]


@pytest.fixture
def database() -> Iterator[Database]:
    base = memory_database()
    yield base
    base.close()


def enrolment(database: Database, role: Role = Role.SECRETARIAT) -> Enrolment:
    list_of_two = people(["A1", "A2"])
    keys = face_keys(database)
    return Enrolment(database, actor(role), list_of_two, fake_backend, keys, manual_clock())


def test_listed_photographs_pass_the_same_gate_and_reasons_name_rows(
    folder: Path, database: Database
) -> None:
    (folder / "tiny.png").write_bytes(png(picture_of((1, 100, 80, 20))))
    (folder / "broken.png").write_bytes(b"no picture")
    files = [
        PhotoFile(2, "A1", "A1.png"),
        PhotoFile(2, "A1", "tiny.png"),
        PhotoFile(3, "A2", "photos/A2.png"),
        PhotoFile(3, "A2", "broken.png"),
        PhotoFile(4, "A9", "A1.png"),
        PhotoFile(3, "A2", "gone.jpg"),
    ]
    report = enrolment(database).enrol_listed(folder / "people.csv", files)
    assert [(each.person.badge, each.photos) for each in report.enrolled] == [("A1", 1), ("A2", 1)]
    assert [(each.row, each.file, each.reason) for each in report.rejected] == [
        (2, "tiny.png", Reason.SMALL),
        (3, "broken.png", Reason.UNREADABLE),
        (4, "A1.png", Reason.UNKNOWN_BADGE),
        (3, "gone.jpg", Reason.MISSING),
    ]


def test_one_photograph_in_two_rows_is_enrolled_once(folder: Path, database: Database) -> None:
    files = [PhotoFile(2, "A1", "A1.png"), PhotoFile(3, "A2", "A1.png")]
    report = enrolment(database).enrol_listed(folder / "people.csv", files)
    assert [each.person.badge for each in report.enrolled] == ["A1"]
    assert [(each.row, each.reason) for each in report.rejected] == [(3, Reason.TAKEN)]


def test_nobody_but_who_may_enrol_reads_the_files(folder: Path, database: Database) -> None:
    with pytest.raises(RefusedError):
        enrolment(database, Role.DELEGATE).enrol_listed(
            folder / "people.csv", [PhotoFile(2, "A1", "A1.png")]
        )
