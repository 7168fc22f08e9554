"""face_recognition (dlib) behind the same interfaces: the second backend.

Slower and less sure than the default (rates measured in ``tests/bench``), and its model of
68 landmarks may not be used commercially; it is there for those who must or want to use it.
"""

import hashlib
import warnings
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ImageFile

from congress.kernel.errors import EnvironmentFault
from congress.rollcall.faces import Box, Face, Image, Point, Vector

SIZE = 128
_CHIP, _PADDING = 150, 0.25
_RIGHT_EYE, _LEFT_EYE, _NOSE, _MOUTH = slice(36, 42), slice(42, 48), 30, (48, 54)


@cache
def api() -> Any:
    """Return the module ``face_recognition.api``.

    It lets Pillow take half a picture for a whole one, in the whole program; that is undone.

    Raises:
        EnvironmentFault: ``faces.model_missing``.
    """
    strict = ImageFile.LOAD_TRUNCATED_IMAGES
    with warnings.catch_warnings():
        # face_recognition_models still reads its files through pkg_resources.
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return import_module("face_recognition.api")
        except (ImportError, SystemExit) as error:
            raise EnvironmentFault("faces.model_missing", file="face_recognition") from error
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = strict


@cache
def weights_sha256() -> str:
    """Return the SHA-256 of the weights of dlib's embedder, hexadecimal.

    Raises:
        EnvironmentFault: ``faces.model_missing``.
    """
    path = Path(api().face_recognition_model)
    return hashlib.sha256(path.read_bytes()).hexdigest()


class DlibDetector:
    """dlib's HOG detector with 68 landmarks, reduced to the five that all backends give."""

    def __init__(self, width: int = 640) -> None:
        """Load the detector and the landmark model.

        Args:
            width: Longest side of the copy that is searched.

        Raises:
            EnvironmentFault: ``faces.model_missing``.
        """
        self._api = api()
        self._width = width
        self._turn = Lock()

    def detect(self, image: Image) -> Sequence[Face]:
        """Return the faces of ``image``, the largest first."""
        high, wide = image.shape[:2]
        if min(high, wide) < 16:
            return ()
        scale = min(1.0, self._width / max(high, wide))
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        rgb = np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB), np.uint8)
        with self._turn:
            rectangles, scores, _ = self._api.face_detector.run(rgb, 1)
            faces = [
                self._face(rgb, rectangle, score, 1 / scale)
                for rectangle, score in zip(rectangles, scores, strict=True)
            ]
        return tuple(sorted(faces, key=lambda face: -face.box.area))

    def _face(self, rgb: Image, rectangle: Any, score: float, scale: float) -> Face:
        shape = self._api.pose_predictor_68_point(rgb, rectangle)
        points = np.array([(point.x, point.y) for point in shape.parts()], np.float64) * scale

        def at(index: int) -> Point:
            return float(points[index, 0]), float(points[index, 1])

        def middle(part: slice) -> Point:
            x, y = points[part].mean(axis=0)
            return float(x), float(y)

        return Face(
            box=Box(
                rectangle.left() * scale,
                rectangle.top() * scale,
                rectangle.width() * scale,
                rectangle.height() * scale,
            ),
            landmarks=(
                middle(_RIGHT_EYE),
                middle(_LEFT_EYE),
                at(_NOSE),
                at(_MOUTH[0]),
                at(_MOUTH[1]),
            ),
            score=max(0.0, min(1.0, float(score))),
            eyes=(_open(points[_RIGHT_EYE]) + _open(points[_LEFT_EYE])) / 2,
        )


def _open(eye: NDArray[np.float64]) -> float:
    """Return the height of an eye over its width, from the six points of its contour.

    Soukupova and Cech: "Real-Time Eye Blink Detection using Facial Landmarks" (CVWW 2016).
    """
    high = float(np.linalg.norm(eye[1] - eye[5]) + np.linalg.norm(eye[2] - eye[4]))
    return high / max(2 * float(np.linalg.norm(eye[0] - eye[3])), 1e-6)


class DlibEmbedder:
    """dlib's ResNet of 29 layers, as face_recognition uses it."""

    def __init__(self) -> None:
        """Load the network.

        Raises:
            EnvironmentFault: ``faces.model_missing``.
        """
        self._api = api()
        self._dlib = import_module("dlib")
        self._turn = Lock()

    def align(self, image: Image, face: Face) -> Image:
        """Return the face of ``image`` upright in 150 x 150 pixels."""
        rgb = np.ascontiguousarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
        box = face.box
        rectangle = self._dlib.rectangle(
            int(box.x), int(box.y), int(box.x + box.width), int(box.y + box.height)
        )
        with self._turn:
            shape = self._api.pose_predictor_68_point(rgb, rectangle)
            chip = self._dlib.get_face_chip(rgb, shape, size=_CHIP, padding=_PADDING)
        return np.asarray(cv2.cvtColor(chip, cv2.COLOR_RGB2BGR), np.uint8)

    def embed(self, aligned: Image) -> Vector:
        """Return the template of an aligned face, L2-normalised."""
        rgb = np.ascontiguousarray(cv2.cvtColor(aligned, cv2.COLOR_BGR2RGB))
        with self._turn:
            found = self._api.face_encoder.compute_face_descriptor(rgb)
        vector = np.asarray(found, np.float32)
        length = max(float(np.linalg.norm(vector)), 1e-12)
        return np.asarray(vector / length, np.float32)
