import numpy as np
import pytest

from congress.rollcall.faces import Face, Image
from congress.rollcall.quality import (
    ENROLMENT,
    Gate,
    Reason,
    light_reason,
    only_face,
    shape_reason,
    sharpness,
    turn,
)
from tests.helpers.faces import face_at


def grey(tone: int, *, noise: float = 0.0) -> Image:
    chance = np.random.default_rng(1)
    values = tone + noise * chance.normal(size=(112, 112, 1))
    return np.broadcast_to(np.clip(values, 0, 255), (112, 112, 3)).astype(np.uint8)


@pytest.mark.parametrize(
    ("face", "reason"),
    [
        (face_at(0, 0, 80), None),
        (face_at(0, 0, 79), Reason.SMALL),
        (face_at(0, 0, 200, turned=0.3), Reason.TURNED),
        (face_at(0, 0, 200, turned=-0.2), None),
    ],
)
def test_size_and_turn(face: Face, reason: Reason | None) -> None:
    assert shape_reason(face, ENROLMENT) == reason


@pytest.mark.parametrize(
    ("aligned", "reason"),
    [
        (grey(120, noise=20), None),
        (grey(120, noise=0.5), Reason.BLURRED),
        (grey(20, noise=5), Reason.DARK),
        (grey(240, noise=5), Reason.BRIGHT),
    ],
)
def test_light_and_sharpness(aligned: Image, reason: Reason | None) -> None:
    assert light_reason(aligned, Gate()) == reason


def test_exactly_one_face_is_asked_for() -> None:
    near, passer_by, other = face_at(0, 0, 200), face_at(300, 0, 60), face_at(300, 0, 120)
    assert only_face([]) is Reason.NO_FACE
    assert only_face([near, passer_by]) is near
    assert only_face([passer_by, near]) is near
    assert only_face([near, other]) is Reason.SEVERAL_FACES


def test_turn_does_not_depend_on_size_or_tilt() -> None:
    assert turn(face_at(0, 0, 100, turned=0.3)) == pytest.approx(0.3)
    assert turn(face_at(5, 9, 300, turned=-0.3)) == pytest.approx(0.3)
    flat = face_at(0, 0, 100)
    assert turn(Face(flat.box, (flat.landmarks[0],) * 5, 0.9)) == float("inf")


def test_sharpness_falls_with_blur() -> None:
    sharp = grey(120, noise=30)
    soft = (sharp[:-1, :-1].astype(int) + sharp[1:, :-1] + sharp[:-1, 1:] + sharp[1:, 1:]) // 4
    assert sharpness(soft.astype(np.uint8)) < sharpness(sharp) / 2
