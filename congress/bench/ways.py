"""The two ways of recognising faces that the benchmark sets side by side.

Ours is the backend with its gallery as the door uses it. The other is how the examples of
``face_recognition`` do it: HOG detection with one upsampling, the nearest of all known
encodings, tolerance .6. Both look at the same face of a photograph: the one in its middle.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from congress.kernel.ids import PersonId
from congress.rollcall import backends, matching
from congress.rollcall.backend_dlib import api
from congress.rollcall.faces import Box, Image, Vector
from congress.rollcall.mirrored import both_ways

Result = TypeVar("Result")
TOLERANCE = 0.6


class Stages:
    """CPU time by stage of the work."""

    def __init__(self) -> None:
        """Begin with nothing measured."""
        self._spent: dict[str, list[float]] = defaultdict(list)

    def measure(self, stage: str, work: Callable[[], Result]) -> Result:
        """Return what ``work`` returns, and keep what it cost."""
        start = time.process_time()
        result = work()
        self._spent[stage].append(time.process_time() - start)
        return result

    @property
    def means(self) -> Mapping[str, float]:
        """Mean milliseconds of CPU time of each stage."""
        return {name: round(1000 * sum(t) / len(t), 3) for name, t in self._spent.items()}


class Way(Protocol):
    """A way of recognising faces."""

    stages: Stages

    def template(self, image: Image) -> Vector | None:
        """Return the template of the face in the middle, or ``None`` if there is no face."""
        ...

    def portrait(self, image: Image) -> Vector | None:
        """Return the template to enrol of that face, or ``None`` if there is no face."""
        ...

    def enrol(self, templates: Mapping[str, Sequence[Vector]]) -> float:
        """Take the gallery; return the threshold that this way uses by itself."""
        ...

    def best(self, template: Vector) -> tuple[str, float]:
        """Return who it is most likely, and the score: higher is surer."""
        ...


class OurWay:
    """A backend of ours, and the gallery of the door."""

    def __init__(self, name: str = "sface") -> None:
        """Load the backend ``name``.

        Raises:
            EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
        """
        self._backend = backends.build(name)
        self.stages = Stages()

    def template(self, image: Image) -> Vector | None:
        """Return the template of the face in the middle, or ``None`` if there is no face."""
        aligned = self._aligned(image)
        if aligned is None:
            return None
        return self.stages.measure("embed", lambda: self._backend.embedder.embed(aligned))

    def portrait(self, image: Image) -> Vector | None:
        """Return the template to enrol of that face, or ``None`` if there is no face."""
        aligned = self._aligned(image)
        return None if aligned is None else both_ways(aligned, self._backend.embedder)

    def _aligned(self, image: Image) -> Image | None:
        backend = self._backend
        faces = self.stages.measure("detect", lambda: backend.detector.detect(image))
        if not faces:
            return None
        face = faces[middle([each.box for each in faces], image)]
        return self.stages.measure("align", lambda: backend.embedder.align(image, face))

    def enrol(self, templates: Mapping[str, Sequence[Vector]]) -> float:
        """Take the gallery; return the threshold calibrated on it."""
        rows = {PersonId(person): found for person, found in templates.items()}
        self._gallery = matching.build(rows, self._backend.scale, self._backend.model.size)
        return self._gallery.threshold

    def best(self, template: Vector) -> tuple[str, float]:
        """Return who it is most likely, and the cosine."""
        (first,) = self.stages.measure("match", lambda: self._gallery.rank(template, 1))
        return first.person_id, first.score


class PeerWay:
    """``face_recognition`` by itself, as its own examples use it."""

    def __init__(self) -> None:
        """Load its models.

        Raises:
            EnvironmentFault: ``faces.model_missing``.
        """
        self._api: Any = api()
        self.stages = Stages()
        self._names: list[str] = []
        self._known: NDArray[np.float32] = np.zeros((0, 128), np.float32)

    def template(self, image: Image) -> Vector | None:
        """Return the encoding of the face in the middle, or ``None`` if there is no face."""
        rgb = np.ascontiguousarray(image[:, :, ::-1])
        found = self.stages.measure("detect", lambda: self._api.face_locations(rgb))
        if not found:
            return None
        boxes = [Box(left, top, right - left, low - top) for top, right, low, left in found]
        place = found[middle(boxes, image)]
        encode = self._api.face_encodings
        (encoding,) = self.stages.measure("embed", lambda: encode(rgb, [place]))
        return np.asarray(encoding, np.float32)

    def portrait(self, image: Image) -> Vector | None:
        """Return the encoding to enrol of that face: its examples know one kind only."""
        return self.template(image)

    def every_face(self, image: Image) -> int:
        """Encode and compare every face of a frame, as its examples do; return how many."""
        rgb = np.ascontiguousarray(image[:, :, ::-1])
        encodings = self._api.face_encodings(rgb)
        for encoding in encodings:
            self._api.compare_faces(list(self._known), encoding)
        return len(encodings)

    def enrol(self, templates: Mapping[str, Sequence[Vector]]) -> float:
        """Take the known encodings; return its tolerance as a score."""
        known = [(person, row) for person, rows in templates.items() for row in rows]
        self._names = [person for person, _ in known]
        self._known = np.array([row for _, row in known], np.float32)
        return -TOLERANCE

    def best(self, template: Vector) -> tuple[str, float]:
        """Return the nearest of all known encodings, and its distance below nought."""
        far = self.stages.measure("match", lambda: self._api.face_distance(self._known, template))
        nearest = int(np.argmin(far))
        return self._names[nearest], -float(far[nearest])


def middle(boxes: Sequence[Box], image: Image) -> int:
    """Return which of the faces is meant: the nearest to the middle for its size."""
    high, wide = image.shape[:2]

    def off(at: int) -> float:
        x, y = boxes[at].centre
        return float(np.hypot(x - wide / 2, y - high / 2)) / max(1.0, boxes[at].width)

    return min(range(len(boxes)), key=off)
