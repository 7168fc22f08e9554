"""How many frames of a video each way recognises in a second of one core."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from congress.bench.ways import PeerWay
from congress.demo import portraits
from congress.demo.door import STRANGERS, film, script
from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId
from congress.rollcall import backends, matching
from congress.rollcall.camera import Frame, VideoSource
from congress.rollcall.confirm import Verdict
from congress.rollcall.faces import Backend, Image
from congress.rollcall.matching import Gallery
from congress.rollcall.mirrored import both_ways
from congress.rollcall.photos import decode
from congress.rollcall.pipeline import Pipeline
from congress.rollcall.quality import Reason, only_face

SIZES = ((640, 360), (1280, 720))
RATE = 15
"""Frames per second of a door camera."""
_MOST, _PEER_FRAMES = 900, 12


@dataclass(frozen=True, slots=True)
class Speed:
    """Frames per second of CPU time, on one core, reading the file not counted.

    Attributes:
        width: Width of the frames in pixels.
        height: Their height.
        frames: How many frames ours was given.
        ours: Our pipeline.
        peer: ``face_recognition`` on every face of every frame.
    """

    width: int
    height: int
    frames: int
    ours: float
    peer: float

    @property
    def ratio(self) -> float:
        """How many times as fast ours is."""
        return self.ours / self.peer


@dataclass(frozen=True, slots=True)
class Door:
    """What came of the generated film of a door.

    Attributes:
        seconds: Length of the film.
        coming: Persons of the gallery who walk in.
        registered: How many of them were registered by the camera alone.
        asked: How often the operator was asked.
        decision: Median seconds from the first good look at a person to the decision.
        persons_per_second: Persons that one core could register in a second.
        share: Share of one core that a camera of ``RATE`` frames per second takes.
    """

    seconds: float
    coming: int
    registered: int
    asked: int
    decision: float
    persons_per_second: float
    share: float


def speed(path: Path, size: tuple[int, int]) -> Speed:
    """Run both ways over a video scaled to ``size``.

    Raises:
        InputError: ``camera.file_missing`` or ``camera.file_unreadable``.
        EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
    """
    cv2.setNumThreads(1)
    images = list(_scaled(path, size))
    if not images:
        raise InputError("camera.file_unreadable", file=path.name)
    backend = backends.build("sface")
    # Nobody in the gallery costs the most: everyone is a stranger, looked at again and again.
    pipeline = Pipeline(backend, matching.build({}, backend.scale, backend.model.size))
    pipeline.process(Frame(images[0], 0, 0.0))
    start = time.process_time()
    for number, image in enumerate(images):
        pipeline.process(Frame(image, number, number / RATE))
    ours = len(images) / (time.process_time() - start)
    peer = PeerWay()
    step = max(1, len(images) // _PEER_FRAMES)
    chosen = images[::step]
    peer.every_face(chosen[0])
    start = time.process_time()
    for image in chosen:
        peer.every_face(image)
    return Speed(*size, len(images), ours, len(chosen) / (time.process_time() - start))


def _scaled(path: Path, size: tuple[int, int]) -> Iterator[Image]:
    for frame in _frames(path):
        if frame.index >= _MOST:
            return
        yield np.asarray(cv2.resize(frame.image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _frames(path: Path) -> Iterator[Frame]:
    return VideoSource(path, paced=False).frames(threading.Event(), lambda _: None)


def door() -> Door | None:
    """Run our way over the film of the sample congress; ``None`` if it was never set up."""
    found = portraits.cached()
    if found is None:
        return None
    cv2.setNumThreads(1)
    backend = backends.build("sface")
    gallery = _gallery(backend, sorted(found.folder.glob("*.jpg")))
    path = film(found)
    pipeline = Pipeline(backend, gallery)
    registered, waits, asked, count, spent = set(), [], 0, 0, 0.0
    for frame in _frames(path):
        count += 1
        start = time.process_time()
        view = pipeline.process(replace(frame, at=count / RATE))
        spent += time.process_time() - start
        for sighting in view.sightings:
            if sighting.verdict is Verdict.REGISTER:
                registered.add(sighting.candidates[0].person_id)
                waits.append(sighting.waited)
            elif sighting.verdict is Verdict.UNCERTAIN:
                asked += 1
    return Door(
        seconds=count / RATE,
        coming=_coming(found),
        registered=len(registered),
        asked=asked,
        decision=median(waits) if waits else 0.0,
        persons_per_second=len(registered) / spent,
        share=spent / (count / RATE),
    )


def _coming(found: portraits.Portraits) -> int:
    return sum(walk.who not in STRANGERS for walk in script(found.badges))


def _gallery(backend: Backend, paths: Sequence[Path]) -> Gallery:
    rows = {}
    for path in paths:
        image = decode(path.read_bytes())
        if isinstance(image, Reason):
            continue
        face = only_face(backend.detector.detect(image))
        if not isinstance(face, Reason):
            aligned = backend.embedder.align(image, face)
            rows[PersonId(path.stem)] = [both_ways(aligned, backend.embedder)]
    return matching.build(rows, backend.scale, backend.model.size)
