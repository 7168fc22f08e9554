import shutil
from pathlib import Path

import cv2
import pytest

from congress.assets import asset
from congress.demo import portraits
from congress.demo.door import RATE, film, script
from tests.unit.cli.conftest import answer, invoke

GUESTS = ("G01", "G02")
WALK = 5.0


@pytest.fixture
def pictures() -> portraits.Portraits:
    found = portraits.cached()
    if found is None:
        pytest.skip("`congress setup` was not run")
    return found


@pytest.fixture
def door(vault: Path, tmp_path: Path, pictures: portraits.Portraits) -> Path:
    """A vault whose list holds the sample people, with the photos of two guests beside it."""
    assert invoke("people", "import", vault, asset("samples") / "people.csv").exit_code == 0
    folder = tmp_path / "photos"
    folder.mkdir()
    for badge in GUESTS:
        shutil.copy(pictures.folder / f"{badge}.jpg", folder)
    return folder


def clip(pictures: portraits.Portraits, who: str, path: Path) -> Path:
    """Cut the walk of ``who`` out of the film of the door."""
    starts = next(walk.starts for walk in script(pictures.badges) if walk.who == who)
    source = cv2.VideoCapture(str(film(pictures)))
    source.set(cv2.CAP_PROP_POS_FRAMES, round(starts * RATE))
    code = cv2.VideoWriter.fourcc(*"mp4v")
    writer = cv2.VideoWriter(str(path), code, RATE, (1280, 720))
    for _ in range(round(WALK * RATE)):
        good, image = source.read()
        if good:
            writer.write(image)
    writer.release()
    source.release()
    return path


def test_enrolled_guests_are_registered_as_they_walk_in(
    vault: Path, door: Path, tmp_path: Path, pictures: portraits.Portraits
) -> None:
    enrolled = answer(invoke("faces", "enrol", vault, door, "--json"))
    assert [each["badge"] for each in enrolled["enrolled"]] == list(GUESTS)
    video = clip(pictures, "G01", tmp_path / "door.mp4")
    found = answer(invoke("rollcall", vault, "--source", video, "--session", "Morning", "--json"))
    assert "G01" in [each["badge"] for each in found["registered"]]
    assert found["session"] == "Morning"
    assert found["quorum"]["present"] == 0, "a guest is in the hall but not in the quorum"
    again = invoke("rollcall", vault, "--source", video, "--session", "Morning")
    assert again.exit_code == 0
    assert "G01" not in again.stdout, "who is in already is not registered twice"


def test_photos_that_cannot_be_used_are_named_with_their_reason(vault: Path, door: Path) -> None:
    (door / "S01.jpg").write_bytes(b"no picture at all")
    shutil.copy(door / "G01.jpg", door / "NOBODY.jpg")
    result = invoke("faces", "enrol", vault, door)
    assert result.exit_code == 2
    assert "S01.jpg" in result.stdout
    assert "NOBODY.jpg" in result.stdout


def test_a_list_names_the_photographs_of_its_people(vault: Path, door: Path) -> None:
    table = door / "guests.csv"
    table.write_text(
        "Badge,Name,Photo\nG01,Guest One,G01.jpg\nG02,Guest Two,G02.jpg;gone.jpg\n", "utf-8"
    )
    told = answer(invoke("people", "import", vault, table, "--json"))
    assert "photos" not in told, "nobody said that they agreed"
    assert "--enrol" in invoke("people", "import", vault, table).stdout
    result = invoke("people", "import", vault, table, "--enrol", "--json")
    assert result.exit_code == 2
    enrolled = answer(result)["photos"]
    assert [each["badge"] for each in enrolled["enrolled"]] == list(GUESTS)
    assert [(each["row"], each["file"]) for each in enrolled["rejected"]] == [(3, "gone.jpg")]
    said = invoke("people", "import", vault, table, "--enrol").stdout
    assert "Row 3, gone.jpg: The list names this file" in said


def test_a_video_that_is_not_there_is_said(vault: Path, door: Path) -> None:
    invoke("faces", "enrol", vault, door)
    result = invoke("rollcall", vault, "--source", "nothere.mp4", "--session", "Morning")
    assert result.exit_code == 2
    assert "nothere.mp4" in result.stderr
