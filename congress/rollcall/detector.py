"""YuNet, the default detector: five landmarks a face, 17 ms for 640 x 360 on one core.

Wu, Peng, Yu: "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence Research
20 (2023); run by ``cv2.FaceDetectorYN``.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import cv2
import numpy as np

from congress.rollcall.faces import Box, Face, Image

_SCORE, _NMS, _TOP = 0.7, 0.3, 500


class YuNet:
    """Finds faces on a copy of the image that is at most ``width`` pixels wide or high."""

    def __init__(self, weights: Path, width: int = 640) -> None:
        """Load the network.

        Args:
            weights: Verified file of weights.
            width: Longest side of the copy that is searched. A face is found from about 10
                pixels of the copy on.
        """
        quiet_opencv()
        self._net = cv2.FaceDetectorYN.create(str(weights), "", (width, width), _SCORE, _NMS, _TOP)
        # Two cameras share a network, and one call overwrites what another is working on.
        self._turn = Lock()
        self._width = width

    def detect(self, image: Image) -> Sequence[Face]:
        """Return the faces of ``image``, the largest first."""
        high, wide = image.shape[:2]
        if min(high, wide) < 16:
            return ()
        scale = min(1.0, self._width / max(high, wide))
        small = (
            image
            if scale == 1.0
            else cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        )
        with self._turn:
            self._net.setInputSize((small.shape[1], small.shape[0]))
            found = np.asarray(self._net.detect(small)[1])
        if found.ndim != 2:
            return ()
        faces = [_face(row.tolist(), 1 / scale) for row in found]
        return tuple(sorted(faces, key=lambda face: -face.box.area))


def _face(row: list[float], scale: float) -> Face:
    values = [value * scale for value in row[:14]]
    points = [(values[at], values[at + 1]) for at in range(4, 14, 2)]
    return Face(
        box=Box(*values[:4]),
        landmarks=(points[0], points[1], points[2], points[3], points[4]),
        score=row[14],
    )


def quiet_opencv() -> None:
    """Keep OpenCV and FFmpeg from writing their warnings over the standard error stream."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
