"""What every backend of faces promises, on photographs that set-up fetched."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import ImageFile

from congress.demo import portraits
from congress.rollcall import backends
from congress.rollcall.faces import Backend, Face, Image, Vector
from tests.helpers.faces import fake_backend, picture_of

cached = portraits.cached()
needs_pictures = pytest.mark.skipif(
    cached is None, reason="the sample pictures are not fetched (congress setup)"
)


@cache
def built(name: str) -> Backend:
    return fake_backend() if name == "fake" else backends.build(name)


@pytest.fixture(params=[*backends.NAMES, "fake"])
def backend(request: pytest.FixtureRequest) -> Backend:
    return built(request.param)


@pytest.fixture(params=backends.NAMES)
def real(request: pytest.FixtureRequest) -> Backend:
    return built(request.param)


def photograph(name: str) -> Image:
    assert cached is not None
    image = portraits.read(cached.pictures / name)
    scale = 640 / max(image.shape[:2])
    return np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def template(backend: Backend, image: Image) -> Vector:
    face = backend.detector.detect(image)[0]
    return backend.embedder.embed(backend.embedder.align(image, face))


def test_finds_nobody_where_nobody_is(backend: Backend) -> None:
    for shape in ((240, 320, 3), (1, 1, 3), (8, 400, 3)):
        assert not backend.detector.detect(np.zeros(shape, np.uint8))


def test_templates_are_unit_vectors_of_the_models_size(backend: Backend) -> None:
    if backend.name == "fake":
        image = picture_of((3, 100, 80, 90))
    elif cached is None:
        pytest.skip("the sample pictures are not fetched (congress setup)")
    else:
        image = photograph("hopper.jpg")
    vector = template(backend, image)
    assert vector.dtype == np.float32
    assert vector.shape == (backend.model.size,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)
    assert len(backend.model.sha256) == 64


@needs_pictures
def test_finds_one_face_with_its_landmarks_in_order(real: Backend) -> None:
    image = photograph("collins.png")
    faces = real.detector.detect(image)
    assert len(faces) == 1
    face: Face = faces[0]
    (right, left, nose, mouth_right, mouth_left) = face.landmarks
    assert right[0] < nose[0] < left[0]
    assert mouth_right[0] < mouth_left[0]
    assert max(right[1], left[1]) < nose[1] < min(mouth_right[1], mouth_left[1])
    assert 0 <= face.score <= 1
    assert 250 < face.box.centre[0] < 320


@needs_pictures
def test_two_photographs_of_one_person_score_over_those_of_two(real: Backend) -> None:
    one, same, other = (
        template(real, photograph(name)) for name in ("obama.jpg", "obama2.jpg", "biden.jpg")
    )
    assert float(one @ same) >= real.scale.agree
    assert float(one @ other) < real.scale.floor - real.scale.band


@needs_pictures
def test_two_cameras_can_share_a_backend(real: Backend) -> None:
    """One network gives each thread what it would give it alone."""
    picture = photograph("collins.png")
    tall = np.ascontiguousarray(picture[:, : picture.shape[1] * 3 // 4])

    def look(image: Image) -> list[tuple[int, float]]:
        faces = real.detector.detect(image)
        vectors = [real.embedder.embed(real.embedder.align(image, each)) for each in faces]
        return [(len(faces), round(float(vector.sum()), 4)) for vector in vectors]

    alone = [look(picture), look(tall)]
    with ThreadPoolExecutor(2) as threads:
        together = list(threads.map(look, [picture, tall] * 6))
    assert together == alone * 6


@needs_pictures
def test_a_backend_says_whether_it_sees_eyes(real: Backend) -> None:
    face = real.detector.detect(photograph("hopper.jpg"))[0]
    assert (face.eyes is not None) is real.sees_eyes
    assert face.eyes is None or 0.1 < face.eyes < 0.6


def test_half_a_picture_stays_half_a_picture(real: Backend) -> None:
    assert real.embedder is not None
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
