from pathlib import Path

import cv2
import numpy as np
import pytest

from congress.kernel.errors import Cancelled, InputError
from congress.kernel.progress import CancelFlag, Silent
from congress.rollcall.faces import Box
from congress.rollcall.portraits import HEIGHT, WIDTH, portrait, portraits_at
from tests.helpers.faces import FewPeople, fake_backend, person, picture_of, png

ANN, BEN, CHI = person("A1"), person("B2"), person("C3")
LISTED = FewPeople([ANN, BEN, CHI])
DETECTOR = fake_backend().detector


def folder(path: Path) -> Path:
    for name, data in {
        "A1/1.png": png(picture_of((1, 100, 60, 120))),
        "A1/2.png": png(picture_of((7, 10, 10, 90))),
        "B2.png": png(picture_of()),
        "C3.png": b"no picture",
        "Z9.png": png(picture_of((9, 100, 60, 120))),
    }.items():
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_bytes(data)
    return path


def test_whoever_has_a_face_in_a_photograph_gets_a_portrait(tmp_path: Path) -> None:
    found = portraits_at(folder(tmp_path), LISTED, DETECTOR)
    assert set(found) == {ANN.id}
    image = cv2.imdecode(np.frombuffer(found[ANN.id], np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    assert image.shape == (HEIGHT, WIDTH, 3)


def test_the_face_stands_in_the_middle_at_half_the_width() -> None:
    cut = portrait(picture_of((1, 300, 120, 100)), Box(300, 120, 100, 100))
    green = cut[:, :, 1] > 200
    green &= cut[:, :, 0] < 60
    columns, rows = np.flatnonzero(green.any(axis=0)), np.flatnonzero(green.any(axis=1))
    assert abs((columns[0] + columns[-1]) / 2 - WIDTH / 2) < 3
    assert abs((columns[-1] - columns[0]) / WIDTH - 0.52) < 0.03
    assert rows[0] > 0.15 * HEIGHT


def test_beyond_the_edge_of_the_photograph_it_is_grey() -> None:
    cut = portrait(picture_of((1, 0, 0, 100)), Box(0, 0, 100, 100))
    assert tuple(cut[0, 0]) == (214, 214, 214)


def test_it_can_be_cancelled_and_names_a_missing_folder(tmp_path: Path) -> None:
    flag = CancelFlag()
    flag.raise_flag()

    class Stopping(Silent):
        def check(self) -> None:
            flag.check()

    with pytest.raises(Cancelled):
        portraits_at(folder(tmp_path), LISTED, DETECTOR, Stopping())
    with pytest.raises(InputError, match=r"^faces.folder_missing$"):
        portraits_at(tmp_path / "none", LISTED, DETECTOR)
