"""Guides a person before the camera to good photographs: ahead, a little left, right and up.

Every frame is held against the gate for enrolment, and the first thing wrong with it is said in
words, live. A pose is taken once it has been held for a moment, and of the frames of that moment
the sharpest. Frames are kept in memory alone, and only those that were taken.

Five landmarks tell a turn to the side well and a lifted chin poorly: after some seconds that pose
is taken as it is, so that it keeps nobody waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import cv2
import numpy as np

from congress.kernel.people import Person
from congress.rollcall.faces import Backend, Box, Face, Image
from congress.rollcall.photos import Photo
from congress.rollcall.quality import (
    ENROLMENT,
    Gate,
    Reason,
    light_reason,
    nose_level,
    only_face,
    shape_reason,
    sharpness,
    signed_turn,
)

LIVE = replace(ENROLMENT, width=112, turn=0.45)
"""What a frame must be like: nearer than in a photograph, and turned as the guide asks."""
AHEAD, LEAST, MOST = 0.10, 0.14, 0.42
"""Most turn that is straight ahead; least and most that is a little to a side."""
LIFTED, ASKED_SECONDS = 0.04, 2.5
"""How much higher than ahead the nose is once the chin is up; how long that is asked for."""
HOLD_SECONDS = 0.5
_FEWEST = 3
_PATIENCE = 0.4
_ROOM = 1.0


class Pose(StrEnum):
    """Where to look, from the person's own view. Texts: ``faces.pose.<value>``."""

    AHEAD = "ahead"
    LEFT = "left"
    RIGHT = "right"
    UP = "up"


class Hint(StrEnum):
    """What to do now, when nothing is wrong with the frame. Texts: ``faces.hint.<value>``."""

    HOLD = "hold"
    LOOK_AHEAD = "look_ahead"
    TURN_MORE = "turn_more"
    TURN_LESS = "turn_less"
    OTHER_SIDE = "other_side"
    CHIN_UP = "chin_up"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Look:
    """What the guide says of one frame.

    Attributes:
        pose: The pose asked for now, or ``None`` when all are taken.
        taken: How many shots were taken.
        said: What is wrong, or what to do.
        face: Where the face is, or ``None``.
        held: How far the pose has been held, from 0 to 1.
    """

    pose: Pose | None
    taken: int
    said: Reason | Hint
    face: Box | None = None
    held: float = 0.0


@dataclass(slots=True)
class _Moment:
    """The good frames of the pose being held."""

    began: float
    last: float
    frames: int = 0
    best: Image | None = None
    clarity: float = -1.0
    level: float = 0.0


@dataclass(slots=True)
class Guide:
    """One person before the camera; offer it every frame until ``done``.

    Attributes:
        backend: Finds and aligns faces.
        gate: How good a frame must be.
        poses: What is asked for, in order.
        shots: The photographs taken so far, cut around the face.
    """

    backend: Backend
    gate: Gate = LIVE
    poses: Sequence[Pose] = tuple(Pose)
    shots: list[Image] = field(default_factory=list)
    _moment: _Moment | None = None
    _level: float | None = None
    _asked: float | None = None

    @property
    def done(self) -> bool:
        """Whether every pose was taken."""
        return len(self.shots) == len(self.poses)

    @property
    def pose(self) -> Pose | None:
        """The pose asked for now."""
        return None if self.done else self.poses[len(self.shots)]

    def offer(self, image: Image, at: float) -> Look:
        """Look at one frame, taken ``at`` seconds after the source began."""
        if self.done:
            return self._look(Hint.DONE)
        face = only_face(self.backend.detector.detect(image))
        if isinstance(face, Reason):
            self._let_go(at)
            return self._look(face)
        aligned = self.backend.embedder.align(image, face)
        said: Reason | Hint = (
            shape_reason(face, self.gate)
            or light_reason(aligned, self.gate)
            or self._turn(face, at)
        )
        if said is not Hint.HOLD:
            self._let_go(at)
            return self._look(said, face)
        held = self._hold(image, face, sharpness(aligned), at)
        return self._look(said, face, held)

    def again(self) -> None:
        """Forget what was taken and begin anew."""
        self.shots.clear()
        self._moment = self._level = self._asked = None

    def _turn(self, face: Face, at: float) -> Hint:
        turned, pose = signed_turn(face), self.poses[len(self.shots)]
        if pose is Pose.UP:
            return Hint.LOOK_AHEAD if abs(turned) > LEAST else self._lift(face, at)
        if pose is Pose.AHEAD:
            return Hint.HOLD if abs(turned) <= AHEAD else Hint.LOOK_AHEAD
        aside = turned if pose is Pose.LEFT else -turned
        if aside < -LEAST:
            return Hint.OTHER_SIDE
        if aside < LEAST:
            return Hint.TURN_MORE
        return Hint.HOLD if aside <= MOST else Hint.TURN_LESS

    def _lift(self, face: Face, at: float) -> Hint:
        self._asked = at if self._asked is None else self._asked
        lifted = self._level is not None and self._level - nose_level(face) >= LIFTED
        return Hint.HOLD if lifted or at - self._asked >= ASKED_SECONDS else Hint.CHIN_UP

    def _hold(self, image: Image, face: Face, clarity: float, at: float) -> float:
        moment = self._moment = self._moment or _Moment(at, at)
        moment.last = at
        moment.frames += 1
        if clarity > moment.clarity:
            moment.best, moment.clarity = _around(image, face.box), clarity
            moment.level = nose_level(face)
        held = min(1.0, (at - moment.began) / HOLD_SECONDS)
        if held < 1 or moment.frames < _FEWEST or moment.best is None:
            return held
        if self.pose is Pose.AHEAD:
            self._level = moment.level
        self.shots.append(moment.best)
        self._moment = None
        return 1.0

    def _let_go(self, at: float) -> None:
        """Forget the moment, unless a single frame was off."""
        if self._moment is not None and at - self._moment.last > _PATIENCE:
            self._moment = None

    def _look(self, said: Reason | Hint, face: Face | None = None, held: float = 0.0) -> Look:
        box = face.box if face else None
        return Look(self.pose, len(self.shots), Hint.DONE if self.done else said, box, held)


def as_photos(person: Person, shots: Sequence[Image]) -> Sequence[Photo]:
    """Return shots as the photographs of ``person``, for ``Enrolment.enrol_photos``."""
    return [_photo(person, number, shot) for number, shot in enumerate(shots, start=1)]


def _photo(person: Person, number: int, shot: Image) -> Photo:
    data = bytes(cv2.imencode(".png", shot)[1])
    return Photo(f"{number}.png", (person.badge,), lambda: data, len(data))


def _around(image: Image, box: Box) -> Image:
    """Return a copy of the part of ``image`` around a face, with room for finding it again."""
    high, wide = image.shape[:2]
    room = _ROOM * max(box.width, box.height)
    left, top = max(0, round(box.x - room)), max(0, round(box.y - room))
    right = min(wide, round(box.x + box.width + room))
    bottom = min(high, round(box.y + box.height + room))
    return np.ascontiguousarray(image[top:bottom, left:right])
