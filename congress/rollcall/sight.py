"""Notices what keeps a camera from recognising people, and says it in a word. Pure.

A frozen camera gives the same picture again and again, or none at all; a real sensor never
does, because it has noise. Poor light and blur show in most faces of some seconds. A face that
never moves hangs on a wall. And where nobody is found upright but faces are found lying on
their side, the camera is mounted turned.
"""

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import cv2
import numpy as np

from congress.rollcall.faces import Detector, Image, Point
from congress.rollcall.pipeline import View
from congress.rollcall.quality import Reason

LARGEST = 1920
"""Longest side, in pixels, of a frame that is analysed; 4K frames are made smaller first."""
FROZEN_SECONDS = 5.0
_SAMPLE = 3
_WINDOW, _FEWEST, _MOST_OF = 4.0, 12, 0.6
_STILL_SECONDS, _STILL_SHARE = 20.0, 0.08
_LYING_AFTER, _LYING_EVERY, _LYING_SCORE, _LYING_TIMES = 5.0, 2.0, 0.85, 2
_LYING_WIDTH = 640


class Turn(IntEnum):
    """By how many degrees a picture is turned clockwise before it is looked at."""

    NONE = 0
    RIGHT = 90
    HALF = 180
    LEFT = 270


_ROTATIONS = {
    Turn.RIGHT: cv2.ROTATE_90_CLOCKWISE,
    Turn.HALF: cv2.ROTATE_180,
    Turn.LEFT: cv2.ROTATE_90_COUNTERCLOCKWISE,
}


class Trouble(StrEnum):
    """What is the matter with what a camera sees. Texts: ``door.trouble.<value>``."""

    DARK = "dark"
    BRIGHT = "bright"
    BLURRED = "blurred"
    STILL = "still"
    """A face has not moved for long: a poster or a picture."""


_OF_LIGHT = {
    Reason.DARK: Trouble.DARK,
    Reason.BRIGHT: Trouble.BRIGHT,
    Reason.BLURRED: Trouble.BLURRED,
}


def upright(image: Image, turn: Turn = Turn.NONE, largest: int = LARGEST) -> Image:
    """Return a frame turned, and made smaller if its longer side has over ``largest`` pixels."""
    high, wide = image.shape[:2]
    if max(high, wide) > largest:
        scale = largest / max(high, wide)
        size = (round(wide * scale), round(high * scale))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    if turn is not Turn.NONE:
        image = np.asarray(cv2.rotate(image, _ROTATIONS[turn]), np.uint8)
    return image


class Stillness:
    """Tells whether a camera gives the same picture, or none, for too long.

    Attributes:
        patience: How long is too long, in seconds.
    """

    def __init__(self, now: float, patience: float = FROZEN_SECONDS) -> None:
        """Begin at the moment ``now``, in seconds of a clock that never goes back."""
        self._changed, self.patience = now, patience
        self._sample = b""

    def offer(self, image: Image, now: float) -> None:
        """Take note of a frame; from one thread alone."""
        sample = image[::_SAMPLE, ::_SAMPLE].tobytes()
        if sample != self._sample:
            self._sample, self._changed = sample, now

    def wake(self, now: float) -> None:
        """Begin anew: the camera was lost, and is back."""
        self._changed = now

    def frozen(self, now: float) -> bool:
        """Return whether nothing has changed for too long; callable from any thread."""
        return now - self._changed >= self.patience


@dataclass(slots=True)
class _Anchor:
    at: float
    centre: Point


@dataclass(slots=True)
class Sight:
    """Follows the views of one camera."""

    _seen: deque[tuple[float, Reason | None]] = field(default_factory=deque)
    _anchors: dict[int, _Anchor] = field(default_factory=dict)

    def offer(self, view: View) -> Trouble | None:
        """Return what is the matter now, the light first, or ``None``."""
        now = view.frame.at
        found = [track for track in view.tracks if track.found]
        self._seen.extend((now, track.hint) for track in found)
        while self._seen and now - self._seen[0][0] > _WINDOW:
            self._seen.popleft()
        numbers = {track.track for track in view.tracks}
        self._anchors = {key: each for key, each in self._anchors.items() if key in numbers}
        for track in found:
            anchor = self._anchors.get(track.track)
            (x, y), room = track.box.centre, _STILL_SHARE * track.box.width
            if anchor is None or max(abs(x - anchor.centre[0]), abs(y - anchor.centre[1])) > room:
                self._anchors[track.track] = _Anchor(now, (x, y))
        return self._light() or self._still(now)

    def _light(self) -> Trouble | None:
        if len(self._seen) < _FEWEST:
            return None
        counts = Counter(_OF_LIGHT.get(hint) for _, hint in self._seen if hint is not None)
        for trouble, count in counts.most_common():
            if trouble is not None and count >= _MOST_OF * len(self._seen):
                return trouble
        return None

    def _still(self, now: float) -> Trouble | None:
        still = any(now - each.at >= _STILL_SECONDS for each in self._anchors.values())
        return Trouble.STILL if still else None


class Lying:
    """Finds out that a picture lies on its side or its head: no face upright, but turned."""

    def __init__(self, detector: Detector) -> None:
        """Search with ``detector``."""
        self._detector = detector
        self._alone: float | None = None
        self._looked = 0.0
        self._hits: Counter[Turn] = Counter()

    def offer(self, view: View) -> Turn | None:
        """Return by how much the picture should be turned, once two looks agree, or ``None``."""
        now = view.frame.at
        if view.tracks:
            self._alone, self._hits = None, Counter()
            return None
        if self._alone is None:
            self._alone = now
        if now - self._alone < _LYING_AFTER or now - self._looked < _LYING_EVERY:
            return None
        self._looked = now
        self._hits.update(_turned(view.frame.image, self._detector))
        return next((turn for turn, hits in self._hits.items() if hits >= _LYING_TIMES), None)


def _turned(image: Image, detector: Detector) -> Sequence[Turn]:
    small = upright(image, largest=_LYING_WIDTH)
    best = {
        turn: max((face.score for face in detector.detect(upright(small, turn))), default=0.0)
        for turn in _ROTATIONS
    }
    turn = max(best, key=lambda each: best[each])
    return (turn,) if best[turn] >= _LYING_SCORE else ()
