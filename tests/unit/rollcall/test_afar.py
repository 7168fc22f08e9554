from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from congress.rollcall import afar
from congress.rollcall.afar import Glimpse
from congress.rollcall.faces import Backend, Face, Image, Vector
from tests.helpers.faces import face_at, fake_backend, picture_of, unit

TEMPLATES = {1: unit(1), 2: unit(0, 1)}


def seen(number: int, backend: Backend, x: float = 100, y: float = 60) -> Glimpse:
    image = picture_of((number, x, y, 30))
    (face,) = backend.detector.detect(image)
    return afar.glimpse(image, face, backend.embedder.align(image, face))


def test_a_glimpse_keeps_the_face_and_as_much_again_on_each_side() -> None:
    kept = seen(1, fake_backend())
    assert kept.around.shape[:2] == (90, 90)
    assert kept.box.centre == pytest.approx((45, 45))
    assert kept.around.flags.owndata


@pytest.mark.parametrize(("x", "y"), [(0, 0), (610, 330), (0, 330)])
def test_a_glimpse_at_the_edge_knows_where_the_face_is(x: float, y: float) -> None:
    kept = seen(1, fake_backend(), x, y)
    left, top = round(kept.box.x), round(kept.box.y)
    assert kept.around.shape[:2] == (60, 60)
    assert (kept.around[top : top + 30, left : left + 30, 1] == 255).all()


def test_the_clearest_are_kept() -> None:
    some = seen(1, fake_backend())
    glimpses = [replace(some, clear=float(at)) for at in (3, 9, 1, 7, 5, 8, 2)]
    assert [each.clear for each in afar.clearest(glimpses)] == [9, 8, 7, 5, 3, 2]


def test_three_looks_are_too_few_to_be_joined() -> None:
    backend = fake_backend(TEMPLATES)
    assert afar.joined([seen(1, backend)] * 3, backend) is None
    assert afar.joined([], backend) is None


def test_looks_are_joined_into_their_mean() -> None:
    backend = fake_backend(TEMPLATES)
    looks = [seen(1, backend)] * 3 + [seen(2, backend)]
    vector = afar.joined(looks, backend)
    assert vector is not None
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert vector[0] == pytest.approx(3 * vector[1])


@dataclass
class Script:
    """Finds one face after the other; its template tells which picture it was cut out of."""

    turns: list[float]
    used: list[int] = field(default_factory=list)
    found: int = 0

    def detect(self, image: Image) -> Sequence[Face]:
        width = image.shape[1] / 3
        self.found += 1
        return [face_at(width, width, width, turned=self.turns[self.found - 1])]

    def align(self, image: Image, face: Face) -> Image:
        return np.full((8, 8, 3), self.found, np.uint8)

    def embed(self, aligned: Image) -> Vector:
        self.used.append(int(aligned[0, 0, 0]))
        return unit(1)


def test_the_least_turned_looks_count_and_each_both_ways() -> None:
    script = Script([0.1, 0.5, 0.2, 0.4, 0.3, 0.0])
    some = seen(1, fake_backend())
    backend = replace(fake_backend(), detector=script, embedder=script)
    assert afar.joined([some] * 6, backend) is not None
    assert script.used == [6, 6, 1, 1, 3, 3, 5, 5, 4, 4]


def test_small_faces_are_enlarged_and_large_ones_left_as_they_are() -> None:
    sizes = []

    class Sizes:
        def detect(self, image: Image) -> Sequence[Face]:
            sizes.append(image.shape[:2])
            return ()

    backend = replace(fake_backend(), detector=Sizes())
    large = picture_of((1, 200, 120, 100))
    face = face_at(200, 120, 100)
    assert afar.joined([seen(1, fake_backend())], backend) is None
    assert afar.joined([afar.glimpse(large, face, large)], backend) is None
    assert sizes == [(192, 192), (300, 300)]


def test_another_face_nearby_does_not_stand_in() -> None:
    class Beside:
        def detect(self, image: Image) -> Sequence[Face]:
            return [face_at(0, 0, 40)]

    backend = replace(fake_backend(), detector=Beside())
    assert afar.joined([seen(1, fake_backend())] * 6, backend) is None
