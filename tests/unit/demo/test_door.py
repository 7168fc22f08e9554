from pathlib import Path

import cv2
import numpy as np
import pytest

from congress.demo import door, portraits, stage
from congress.kernel.progress import CancelFlag, Silent
from tests.helpers.faces import face_at

BADGES = [f"S{n:02}" for n in range(1, 30)] + ["G01", "G02"]


def test_everyone_comes_but_those_who_stay_away() -> None:
    walks = door.script(BADGES)
    who = [walk.who for walk in walks]
    assert sorted(who) == sorted({*BADGES, *door.STRANGERS} - set(door.STAYING_AWAY))
    assert walks == door.script(BADGES)
    starts = [walk.starts for walk in walks]
    assert starts == sorted(starts)
    assert 40 < starts[-1] + 5 < 62


def test_the_hall_and_its_people_are_painted_grey_and_then_brown() -> None:
    hall = stage.hall()
    assert hall.shape == (stage.HEIGHT, stage.WIDTH)
    assert 4 <= hall.min() < 60 < 200 < hall.max() <= 250
    frame = stage.toned(hall)
    assert frame.dtype == np.uint8
    assert frame[..., 2].mean() > frame[..., 0].mean()


@pytest.mark.parametrize("gown", [False, True])
def test_a_figure_stands_on_two_feet_and_hides_what_is_behind(gown: bool) -> None:
    picture = np.full((200, 200, 3), 160, np.uint8)
    sprite = stage.figure(picture, face_at(70, 60, 60), seed=3, gown=gown, haze=2)
    x, y = (round(value) for value in sprite.face_centre)
    assert sprite.cover[y, x] == pytest.approx(1, abs=0.01)
    assert sprite.cover[y + 300, x] == pytest.approx(1, abs=0.01)
    assert sprite.cover[5, 5] == 0
    assert not np.array_equal(sprite.cover, sprite.stride[1])
    assert np.all(sprite.image[sprite.cover == 0] == 0)


@pytest.fixture
def little(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> portraits.Portraits:
    def two(*_: object) -> object:
        return iter([np.zeros((stage.HEIGHT, stage.WIDTH, 3), np.uint8)] * 20)

    monkeypatch.setattr(door, "frames", two)
    (tmp_path / "portraits").mkdir()
    for badge in BADGES:
        (tmp_path / "portraits" / f"{badge}.jpg").touch()
    return portraits.Portraits(tmp_path / "portraits", tmp_path / "pictures", tmp_path / "R.md")


def test_films_once(little: portraits.Portraits) -> None:
    path = door.film(little)
    video = cv2.VideoCapture(str(path))
    assert (video.get(cv2.CAP_PROP_FPS), video.get(cv2.CAP_PROP_FRAME_COUNT)) == (15, 20)
    video.release()
    made = path.stat().st_mtime_ns
    assert door.film(little) == path
    assert path.stat().st_mtime_ns == made


def test_a_cancelled_film_leaves_nothing_behind(little: portraits.Portraits) -> None:
    flag = CancelFlag()
    flag.raise_flag()

    class Stop(Silent):
        def check(self) -> None:
            flag.check()

    with pytest.raises(Exception, match="cancelled"):
        door.film(little, Stop())
    assert [path.name for path in little.folder.parent.iterdir()] == ["portraits"]
