"""Tells whether a picture of a face is good enough, and if not, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from congress.rollcall.faces import Face, Image

_PASSER_BY = 0.5


class Reason(StrEnum):
    """Why a photograph or a frame was not used. Texts: ``faces.reason.<value>``."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    SMALL = "small"
    TURNED = "turned"
    BLURRED = "blurred"
    DARK = "dark"
    BRIGHT = "bright"
    DISAGREES = "disagrees"
    TAKEN = "taken"
    NOT_A_PICTURE = "not_a_picture"
    UNREADABLE = "unreadable"
    HEIC = "heic"
    TOO_LARGE = "too_large"
    UNKNOWN_BADGE = "unknown_badge"
    ENCRYPTED = "encrypted"
    REFUSED = "refused"
    NO_CONSENT = "no_consent"
    MISSING = "missing"
    OUTSIDE = "outside"
    SEVERAL_FILES = "several_files"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a face must be like. The defaults are those for enrolment.

    Attributes:
        width: Least width of the face in pixels. The models see a face of about 80 pixels;
            a smaller one is enlarged and tells less.
        turn: Most that the nose may be off the middle of the eyes, over their distance.
        sharpness: Least variance of the Laplacian of the aligned face.
        dark: Least mean brightness of the aligned face, of 255.
        bright: Greatest mean brightness.
    """

    width: float = 80
    turn: float = 0.25
    sharpness: float = 30
    dark: float = 45
    bright: float = 225


ENROLMENT = Gate()
ARCHIVE = Gate(width=60, turn=0.45, sharpness=15)
"""For old group photographs where nothing better exists."""
DOOR = Gate(width=50, turn=0.6, sharpness=15, dark=30, bright=240)
"""For frames at the door: a better one may come in a moment."""


def shape_reason(face: Face, gate: Gate) -> Reason | None:
    """Return why the size or the turn of ``face`` is not good enough, or ``None``."""
    if face.box.width < gate.width:
        return Reason.SMALL
    return Reason.TURNED if turn(face) > gate.turn else None


def light_reason(aligned: Image, gate: Gate) -> Reason | None:
    """Return why an aligned face is not clear enough, or ``None``."""
    grey = aligned.astype(np.float32).mean(axis=2)
    light = float(grey.mean())
    if light < gate.dark:
        return Reason.DARK
    if light > gate.bright:
        return Reason.BRIGHT
    return Reason.BLURRED if sharpness(aligned) < gate.sharpness else None


def only_face(faces: Sequence[Face]) -> Face | Reason:
    """Return the one face of a portrait, or why there is not exactly one.

    A face less than half as wide as the largest is a passer-by, and does not count.
    """
    if not faces:
        return Reason.NO_FACE
    largest = max(face.box.width for face in faces)
    near = [face for face in faces if face.box.width >= _PASSER_BY * largest]
    return near[0] if len(near) == 1 else Reason.SEVERAL_FACES


def turn(face: Face) -> float:
    """Return how far the nose is off the middle of the eyes, over the distance of the eyes.

    It follows the yaw of the head (r = .95 on our measurements).
    """
    return abs(signed_turn(face))


def signed_turn(face: Face) -> float:
    """Return ``turn`` with its side: over 0 if the person looks to their own left."""
    right, left, nose = (np.array(point) for point in face.landmarks[:3])
    axis = left - right
    length = float(np.hypot(*axis))
    if length < 1:
        return float("inf")
    return float((nose - (right + left) / 2) @ axis) / length**2


def nose_level(face: Face) -> float:
    """Return how far down between eyes and mouth the tip of the nose is, from 0 to 1.

    The nose stands out of the face, so lifting the chin by 10 degrees brings it up by some .06.
    From one person to the next it differs as much: it only tells against the same face before.
    """
    right, left, nose, *mouth = (np.array(point) for point in face.landmarks)
    axis, middle = left - right, (left + right) / 2
    down = np.array([-axis[1], axis[0]])
    length = float((sum(mouth) / 2 - middle) @ down)
    return float((nose - middle) @ down) / length if length > 0 else 0.0


def sharpness(aligned: Image) -> float:
    """Return the variance of the Laplacian of an aligned face.

    Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy" (ICPR 2000).
    """
    grey = aligned.astype(np.float32) @ np.array([0.114, 0.587, 0.299], np.float32)
    laplacian = (
        grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * grey[1:-1, 1:-1]
    )
    return float(laplacian.var())
