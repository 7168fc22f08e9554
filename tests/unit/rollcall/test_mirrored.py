import numpy as np
import pytest

from congress.rollcall.faces import Image, Vector
from congress.rollcall.mirrored import both_ways, mean
from tests.helpers.faces import unit


class _Sided:
    """Says which side of a face is the brighter one."""

    def align(self, image: Image, face: object) -> Image:
        return image

    def embed(self, aligned: Image) -> Vector:
        left, right = aligned[:, : aligned.shape[1] // 2].mean(), aligned.mean()
        return unit(1, 0) if left > right else unit(0, 1)


def test_a_face_and_its_mirror_image_are_one_template() -> None:
    face = np.zeros((8, 8, 3), np.uint8)
    face[:, :4] = 200
    found = both_ways(face, _Sided())
    assert found == pytest.approx(unit(1, 1))
    assert both_ways(face[:, ::-1], _Sided()) == pytest.approx(found)


def test_templates_that_cancel_each_other_are_no_number_too_many() -> None:
    assert np.isfinite(mean([unit(1), -unit(1)])).all()
    assert mean([unit(1), unit(1), unit(0, 1)]) == pytest.approx(unit(2, 1))
