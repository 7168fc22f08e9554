"""What the roll call knows of a face, and the two interfaces that every backend offers.

An image is a ``uint8`` array of height x width x 3 in the order blue, green, red.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Image: TypeAlias = NDArray[np.uint8]
Vector: TypeAlias = NDArray[np.float32]
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the full image.

    Attributes:
        x: Left edge.
        y: Upper edge.
        width: Width.
        height: Height.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def area(self) -> float:
        """The area in square pixels."""
        return self.width * self.height

    @property
    def centre(self) -> Point:
        """The middle of the box."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlap(self, other: "Box") -> float:
        """Return the intersection over the union with ``other``, from 0 to 1."""
        wide = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        high = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        if wide <= 0 or high <= 0:
            return 0.0
        shared = wide * high
        return shared / (self.area + other.area - shared)

    def moved(self, dx: float, dy: float) -> "Box":
        """Return the box moved by ``dx`` and ``dy`` pixels."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)


@dataclass(frozen=True, slots=True)
class Face:
    """A face found in an image.

    Attributes:
        box: Where it is.
        landmarks: The person's right eye, left eye, tip of the nose, right and left corner
            of the mouth, in pixels of the full image.
        score: How sure the detector is, from 0 to 1.
        eyes: How far the eyes are open, their height over their width; ``None`` where the
            detector does not find their contour.
    """

    box: Box
    landmarks: tuple[Point, Point, Point, Point, Point]
    score: float
    eyes: float | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Identifies the weights that made a template; templates of two models never meet.

    Attributes:
        name: For instance ``"sface-2021dec"``.
        sha256: Hash of the weights, hexadecimal.
        size: Number of dimensions of a template.
    """

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the scores (cosines) of one model mean what; measured for each model.

    Attributes:
        floor: The lowest score at which a person may be registered by face.
        band: How far below the threshold an operator is asked.
        gap: How much the best person must lead the second best.
        agree: The lowest score between two photographs of one person.
        alike: From here on two persons are look-alikes (sisters, twins), who do not move
            the threshold of all others but are always shown to the operator.
        same_photo: From here on two templates come from one photograph, be it sent again
            smaller or saved anew, or at least from one person.
    """

    floor: float
    band: float
    gap: float
    agree: float
    alike: float
    same_photo: float


class Detector(Protocol):
    """Finds faces."""

    def detect(self, image: Image) -> Sequence[Face]:
        """Return the faces of ``image``, the largest first."""
        ...


class Embedder(Protocol):
    """Turns a face into a template: a vector of length 1 whose products are scores."""

    def align(self, image: Image, face: Face) -> Image:
        """Return the face upright, centred and scaled as the model wants it."""
        ...

    def embed(self, aligned: Image) -> Vector:
        """Return the template of an aligned face, L2-normalised, ``float32``."""
        ...


@dataclass(frozen=True, slots=True)
class Backend:
    """One way to recognise faces: detector and embedder with their model and its scale.

    Attributes:
        name: ``sface`` or ``face_recognition``, as in the settings.
        detector: Finds faces.
        embedder: Makes templates.
        model: Identifies the embedder's weights.
        scale: What the embedder's scores mean.
        detector_sha256: Hash of the detector's weights, hexadecimal, or empty where they are
            part of its program.
        sees_eyes: Whether the detector tells how far eyes are open.
    """

    name: str
    detector: Detector
    embedder: Embedder
    model: Model
    scale: Scale
    detector_sha256: str = ""
    sees_eyes: bool = False
