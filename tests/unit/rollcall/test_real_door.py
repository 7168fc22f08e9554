"""The whole way from frames to decisions with the real models, on real and generated film."""

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest

from congress.demo import door, portraits
from congress.kernel.ids import PersonId
from congress.rollcall import matching
from congress.rollcall.camera import Frame, VideoSource
from congress.rollcall.confirm import Verdict
from congress.rollcall.faces import Backend
from congress.rollcall.matching import Gallery
from congress.rollcall.pipeline import Pipeline, Sighting
from congress.rollcall.quality import ARCHIVE, Reason, light_reason, only_face, shape_reason


def gallery_of(backend: Backend, photographs: Mapping[str, Path]) -> Gallery:
    rows = {}
    for name, path in photographs.items():
        image = np.asarray(cv2.imread(str(path)), np.uint8)
        face = only_face(backend.detector.detect(image))
        assert not isinstance(face, Reason), (name, face)
        aligned = backend.embedder.align(image, face)
        assert not shape_reason(face, ARCHIVE), name
        assert not light_reason(aligned, ARCHIVE), name
        rows[PersonId(name)] = [backend.embedder.embed(aligned)]
    return matching.build(rows, backend.scale, backend.model.size)


def play(backend: Backend, gallery: Gallery, video: Path) -> Sequence[Sighting]:
    def never(lost: bool) -> None:
        raise AssertionError

    frames = VideoSource(video, paced=False).frames(threading.Event(), never)
    return [seen for view in Pipeline(backend, gallery).run(frames) for seen in view.sightings]


def test_the_hamilton_clip(shared_data: Path, sface: Backend) -> None:
    """One stands before the camera; the other plays far behind him, 24 pixels of face wide."""
    folder = shared_data / "door"
    near, far = "lin-manuel-miranda", "alex-lacamoire"
    gallery = gallery_of(sface, {name: folder / f"{name}.png" for name in (near, far)})
    seen = play(sface, gallery, folder / "short_hamilton_clip.mp4")
    registered = [s.candidates[0].person_id for s in seen if s.verdict is Verdict.REGISTER]
    assert sorted(registered) == [far, near]
    assert not any(s.verdict is Verdict.UNCERTAIN for s in seen)


@pytest.fixture(scope="module")
def sample() -> portraits.Portraits:
    found = portraits.cached()
    if found is None:
        pytest.skip("the sample pictures are not fetched (congress setup)")
    return found


def test_every_portrait_of_the_sample_enrols(sample: portraits.Portraits, sface: Backend) -> None:
    gallery = gallery_of(sface, {b: sample.folder / f"{b}.jpg" for b in sample.badges})
    assert len(gallery.persons) == 31
    assert not gallery.marked


def test_the_first_walks_of_the_generated_door(sample: portraits.Portraits, sface: Backend) -> None:
    gallery = gallery_of(sface, {b: sample.folder / f"{b}.jpg" for b in sample.badges})
    walks = door.script(sample.badges)
    pipeline = Pipeline(sface, gallery)
    length = 9.5
    frames = (
        Frame(image, number, number / door.RATE)
        for number, image in enumerate(door.frames(sample, walks, int(length * door.RATE)))
    )
    seen = [each for view in pipeline.run(frames) for each in view.sightings]
    registered = {s.candidates[0].person_id for s in seen if s.verdict is Verdict.REGISTER}
    assert registered >= {walk.who for walk in walks if walk.starts + 4.4 < length}
    assert registered <= {walk.who for walk in walks if walk.starts < length}
    assert max(s.waited for s in seen) <= 0.6
