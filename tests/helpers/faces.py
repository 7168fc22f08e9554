"""A backend of faces for tests: a face is a coloured square, and its colour is its template."""

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from congress.kernel.folding import fold
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.rollcall.facekeys import FaceKeys
from congress.rollcall.faces import Backend, Box, Face, Image, Model, Scale, Vector
from congress.storage.database import Database

SCALE = Scale(floor=0.48, band=0.08, gap=0.06, agree=0.45, alike=0.65, same_photo=0.9999)
SIZE = 16


def unit(*values: float, size: int = SIZE) -> Vector:
    """Return a unit vector that begins with ``values``."""
    vector = np.zeros(size, np.float32)
    vector[: len(values)] = values
    return vector / np.float32(np.linalg.norm(vector))


def unit_vectors(count: int, size: int = 128, seed: int = 7) -> Sequence[Vector]:
    """Return random unit vectors."""
    rows = np.random.default_rng(seed).normal(size=(count, size)).astype(np.float32)
    return list(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def face_at(x: float, y: float, width: float, *, turned: float = 0.0, lifted: float = 0.0) -> Face:
    """Return a face of this width; ``turned`` moves its nose, over the distance of the eyes.

    ``lifted`` moves it up, over the distance of eyes and mouth.
    """
    right, left = (x + 0.3 * width, y + 0.4 * width), (x + 0.7 * width, y + 0.4 * width)
    nose = (x + (0.5 + 0.4 * turned) * width, y + (0.6 - 0.4 * lifted) * width)
    mouth = (x + 0.35 * width, y + 0.8 * width), (x + 0.65 * width, y + 0.8 * width)
    return Face(Box(x, y, width, width), (right, left, nose, *mouth), 0.9)


def picture_of(
    *people: tuple[int, float, float, float],
    size: tuple[int, int] = (640, 360),
    turned: float = 0.0,
    lifted: float = 0.0,
) -> Image:
    """Return a picture with a square for each person: number (1 to 200), x, y and width.

    All of them have their heads turned by ``turned``, over 0 to their own left, and their noses
    up by ``lifted``.
    """
    image = np.zeros((size[1], size[0], 3), np.uint8)
    for number, x, y, width in people:
        top, left, side = round(y), round(x), round(width)
        square = image[top : top + side, left : left + side]
        square[:] = (number, 255, 120)
        # Stripes make the square as sharp as a face.
        square[:: max(2, side // 8), :, 2] = 200
    # The last pixels tell the detector, which sees no noses, how far they are turned.
    image[-2:, -2:, 0] = round(100 + 100 * turned)
    image[-2:, -2:, 2] = round(100 + 100 * lifted)
    return image


_KEYS: "weakref.WeakKeyDictionary[Database, FaceKeys]" = weakref.WeakKeyDictionary()


def face_keys(database: Database) -> FaceKeys:
    """Return the master keys that go with a database, in a file that goes with it."""
    if database not in _KEYS:
        folder = tempfile.mkdtemp(prefix="congress-test-")
        weakref.finalize(database, shutil.rmtree, folder, ignore_errors=True)
        _KEYS[database] = FaceKeys(Path(folder) / "faces.key", bytes(32))
    return _KEYS[database]


class SquareDetector:
    """Finds the squares of ``picture_of``."""

    def detect(self, image: Image) -> Sequence[Face]:
        mask = (image[:, :, 1] == 255).astype(np.uint8)
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        told = int(image[-1, -1, 0])
        turned = (told - 100) / 100 if told else 0.0
        lifted = (int(image[-1, -1, 2]) - 100) / 100 if told else 0.0
        faces = [
            face_at(int(s[0]), int(s[1]), int(s[2]), turned=turned, lifted=lifted)
            for s in stats[1:count]
            if s[4] > 16
        ]
        return tuple(sorted(faces, key=lambda face: -face.box.area))


class SquareEmbedder:
    """Takes the template of a person from the colour of the square.

    Args:
        templates: Template of each number; others get one of their own.
    """

    def __init__(self, templates: dict[int, Vector] | None = None) -> None:
        self._templates = templates or {}
        self.embedded = 0

    def align(self, image: Image, face: Face) -> Image:
        box = face.box
        part = image[
            round(box.y) : round(box.y + box.height), round(box.x) : round(box.x + box.width)
        ]
        return np.asarray(cv2.resize(part, (64, 64), interpolation=cv2.INTER_NEAREST), np.uint8)

    def embed(self, aligned: Image) -> Vector:
        self.embedded += 1
        number = int(aligned[32, 32, 0])
        if number in self._templates:
            return self._templates[number]
        return unit_vectors(1, SIZE, seed=number)[0]


def fake_backend(templates: dict[int, Vector] | None = None, name: str = "fake") -> Backend:
    """Return a backend that recognises the squares of ``picture_of``."""
    model = Model(name, name.encode().hex().ljust(64, "0"), SIZE)
    return Backend(name, SquareDetector(), SquareEmbedder(templates), model, SCALE)


def png(image: Image) -> bytes:
    """Return a picture as a PNG, which keeps its colours exactly."""
    return bytes(cv2.imencode(".png", image)[1])


@dataclass
class FewPeople:
    """A list of people in memory; implements ``PeopleSource``."""

    people: list[Person]

    def everyone(self) -> Sequence[Person]:
        return sorted(self.people, key=lambda person: person.badge)

    def by_badge(self, badge: str) -> Person | None:
        wanted = badge.strip().casefold()
        return next((each for each in self.people if each.badge.casefold() == wanted), None)

    def search(self, text: str, limit: int = 20) -> Sequence[Person]:
        return [each for each in self.everyone() if fold(text) in fold(each.name)][:limit]


def person(
    badge: str,
    *,
    delegation: str = "North",
    standing: Standing = Standing.OFFICIAL,
    weight: int = 1,
    convener: bool = False,
) -> Person:
    """Return a person whose identifier follows from the badge number."""
    return Person(
        PersonId(badge.lower().ljust(26, "z")),
        badge,
        f"Name of {badge}",
        delegation,
        standing,
        seat=f"Row {badge}",
        weight=Fraction(weight),
        convener=convener,
    )


def people(badges: Iterable[str]) -> FewPeople:
    """Return official delegates with these badge numbers."""
    return FewPeople([person(badge) for badge in badges])
