"""SFace, the default embedder: 128 dimensions, 22 ms a face on one core.

Zhong et al.: "SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition", IEEE
TIP 30 (2021); aligned and run by ``cv2.FaceRecognizerSF``.
"""

from pathlib import Path
from threading import Lock

import cv2
import numpy as np

from congress.rollcall.detector import quiet_opencv
from congress.rollcall.faces import Face, Image, Vector

SIZE = 128


class SFace:
    """Makes templates of faces aligned to 112 x 112 pixels by their five landmarks."""

    def __init__(self, weights: Path) -> None:
        """Load the network.

        Args:
            weights: Verified file of weights.
        """
        quiet_opencv()
        self._net = cv2.FaceRecognizerSF.create(str(weights), "")
        # Two cameras share a network, and one call overwrites what another is working on.
        self._turn = Lock()

    def align(self, image: Image, face: Face) -> Image:
        """Return the face of ``image`` upright in 112 x 112 pixels."""
        box = face.box
        row = [box.x, box.y, box.width, box.height]
        row += [value for point in face.landmarks for value in point]
        row.append(face.score)
        return np.asarray(self._net.alignCrop(image, np.array(row, np.float32)), np.uint8)

    def embed(self, aligned: Image) -> Vector:
        """Return the template of an aligned face, L2-normalised."""
        with self._turn:
            vector = np.array(self._net.feature(aligned), np.float32).reshape(-1)
        return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))
