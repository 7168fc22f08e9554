"""Portraits cut out of photographs: for badges, and to be kept where that was chosen."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np

from congress.kernel.ids import PersonId
from congress.kernel.people import PeopleSource
from congress.kernel.progress import Progress, Silent
from congress.rollcall.batch import Used
from congress.rollcall.faces import Box, Detector, Image
from congress.rollcall.photos import photos_at, picture
from congress.rollcall.quality import Reason, only_face

WIDTH, HEIGHT = 240, 320
"""Pixels of a portrait."""
_FACE_SHARE, _EYES_AT = 0.52, 0.42
_QUALITY = 85


def portraits_at(
    path: Path, people: PeopleSource, detector: Detector, progress: Progress | None = None
) -> Mapping[PersonId, bytes]:
    """Return a JPEG portrait of each person with a usable photograph in a folder or ZIP.

    It is kept nowhere.

    Args:
        path: As for enrolment: a folder for each badge number, or files named by it.
        people: The list of the congress.
        detector: Finds the face, around which the portrait is cut.
        progress: Told of each photograph.

    Raises:
        InputError: ``faces.folder_missing``, ``faces.zip_damaged`` or ``faces.no_photos``.
        Cancelled: The person cancelled.
    """
    found: dict[PersonId, bytes] = {}
    progress = progress or Silent()
    with photos_at(path) as photos:
        for done, photo in enumerate(photos):
            progress.check()
            progress.report(done, len(photos), photo.name)
            owners = (people.by_badge(badge) for badge in photo.badges)
            owner = next((person for person in owners if person), None)
            if owner is None or owner.id in found:
                continue
            image = picture(photo)
            if isinstance(image, Reason):
                continue
            face = only_face(detector.detect(image))
            if not isinstance(face, Reason):
                found[owner.id] = _jpeg(portrait(image, face.box))
        progress.report(len(photos), len(photos))
    return found


def best_portrait(photos: Sequence[Used]) -> bytes | None:
    """Return a JPEG portrait out of the photograph with the largest face, if it still opens."""
    best = max(photos, key=lambda used: used.face.width)
    image = picture(best.photo)
    return None if isinstance(image, Reason) else _jpeg(portrait(image, best.face))


def portrait(image: Image, face: Box) -> Image:
    """Return ``WIDTH`` x ``HEIGHT`` pixels of ``image`` around a face; beyond its edge, grey."""
    scale = WIDTH * _FACE_SHARE / max(face.width, 1.0)
    x, y = face.centre
    matrix = np.array(
        [
            [scale, 0, WIDTH / 2 - scale * x],
            [0, scale, HEIGHT * (_EYES_AT + 0.06) - scale * y],
        ],
        np.float64,
    )
    shrinking = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    cut = cv2.warpAffine(
        image, matrix, (WIDTH, HEIGHT), flags=shrinking, borderValue=(214, 214, 214)
    )
    return np.asarray(cut, np.uint8)


def _jpeg(image: Image) -> bytes:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return bytes(data)
