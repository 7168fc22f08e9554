"""Films the door of the sample congress: delegates walk in past the camera, one after another.

The people are the portraits of ``portraits``, the hall is painted in ``stage``, and the whole
looks like a newsreel of 1927. It is generated from the very photographs that are enrolled, so
it shows how the roll call works, not how well it recognises: that is measured on photographs
taken apart (``tests/bench``). Two painted strangers who are on no list try to get in.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from congress.demo.portraits import GUESTS, Portraits, read, seating
from congress.demo.stage import HEIGHT, WIDTH, Layer, Sprite, figure, grain, hall, toned
from congress.kernel.progress import Progress, Silent
from congress.rollcall.detector import YuNet
from congress.rollcall.faces import Image
from congress.rollcall.models import YUNET, verified

RATE = 15
STAYING_AWAY = ("S04", "S07", "S12", "S21", "S28")
"""Delegates who never come, so that somebody is absent."""
OUT_OF_FOCUS = {"S11": 5.7}
"""Delegates whom the camera sees so badly that the operator is asked."""
_IN_GOWNS = ("S23",)
_HAIR = {"S23": 1.22, "S25": 1.16}
STRANGERS = ("gauss.png", "newton.png")

_VERSION = 1
_SEED = 1927
_BETWEEN, _WALK = 1.85, 4.4
_FAR, _NEAR = 9.0, 1.3
_FOCUS = 1150.0
_HEAD = 0.16
_EYES = 300


@dataclass(frozen=True, slots=True)
class Walk:
    """One person's way past the camera.

    Attributes:
        who: Badge number, or name of the picture of a stranger.
        starts: Second at which the person comes through the door.
        side: -1 to pass the camera on its left, 1 on its right.
        tall: Height of the eyes over those of the camera, in metres.
        sway: Phase of the steps.
    """

    who: str
    starts: float
    side: int
    tall: float
    sway: float


def script(badges: Sequence[str]) -> tuple[Walk, ...]:
    """Return who comes when: everyone of ``badges`` who comes, mixed, and the strangers."""
    chance = np.random.default_rng(_SEED)
    coming = [badge for badge in badges if badge not in STAYING_AWAY]
    order = [coming[at] for at in chance.permutation(len(coming))]
    for position, stranger in zip((7, 18), STRANGERS, strict=True):
        order.insert(position, stranger)
    return tuple(
        Walk(
            who,
            0.6 + number * _BETWEEN + float(chance.uniform(-0.2, 0.2)),
            1 if number % 2 else -1,
            float(chance.uniform(-0.10, 0.12)),
            float(chance.uniform(0, 2 * pi)),
        )
        for number, who in enumerate(order)
    )


def film(portraits: Portraits, progress: Progress | None = None) -> Path:
    """Return the door video, generating it on the first call.

    Args:
        portraits: The fetched portraits; the video lies beside them.
        progress: Told of each second of film.

    Raises:
        Cancelled: The person cancelled; no half a film stays behind.
    """
    path = portraits.folder.parent / f"door-{_VERSION}.mp4"
    if path.is_file():
        return path
    progress = progress or Silent()
    walks = script(portraits.badges)
    total = round((walks[-1].starts + _WALK + 0.8) * RATE)
    # Two programs that film at once must not write into one file.
    part = path.with_suffix(f".{os.getpid()}.part.mp4")
    code = cv2.VideoWriter.fourcc(*"mp4v")
    writer = cv2.VideoWriter(str(part), code, RATE, (WIDTH, HEIGHT))
    try:
        for number, image in enumerate(frames(portraits, walks, total)):
            writer.write(image)
            if number % RATE == 0:
                progress.check()
                progress.report(number, total)
        writer.release()
        part.replace(path)
    finally:
        writer.release()
        part.unlink(missing_ok=True)
    progress.report(total, total)
    return path


def frames(portraits: Portraits, walks: Sequence[Walk], total: int) -> Iterator[Image]:
    """Yield the first ``total`` frames of the door, the same ones every time."""
    sprites = _sprites(portraits)
    background = hall()
    noise = grain(_SEED)
    chance = np.random.default_rng(_SEED)
    light = 1.0
    for number in range(total):
        now = number / RATE
        frame = background.copy()
        inside = [walk for walk in walks if walk.starts <= now < walk.starts + _WALK]
        for walk in reversed(inside):
            _place(frame, sprites[walk.who], walk, now - walk.starts)
        light = 0.8 * light + 0.2 * float(chance.normal(1.0, 0.05))
        frame = frame * light + noise[number % len(noise)]
        yield toned(frame)


def _place(frame: Layer, sprite: Sprite, walk: Walk, since: float) -> None:
    """Paint a person over the frame, where the walk has led since it began (seconds)."""
    part = since / _WALK
    far = _FAR + (_NEAR - _FAR) * part
    scale = _FOCUS * _HEAD / far / sprite.face_width
    steps = 2 * pi * 0.95 * since + walk.sway
    aside = walk.side * (0.12 + 0.30 * part) + 0.02 * sin(steps)
    x = WIDTH / 2 + _FOCUS * aside / far
    y = _EYES - _FOCUS * (walk.tall + 0.012 * cos(2 * steps)) / far
    lean = 0.02 * sin(steps)
    turn = np.zeros((2, 3))
    turn[:, :2] = scale * np.array([[cos(lean), -sin(lean)], [sin(lean), cos(lean)]])
    turn[:, 2] = (x, y) - turn[:, :2] @ np.array(sprite.face_centre)
    seen = min(1.0, since / 0.5)
    blur = 0.5 + 0.8 * part**3
    layers = (sprite.image, sprite.cover) if sin(steps) < 0 else sprite.stride
    person, cover = (_moved(layer, turn, scale, blur) for layer in layers)
    frame *= 1 - cover * seen
    frame += person * (min(1.0, 0.66 + 0.5 * part) * seen)


def _moved(layer: Layer, turn: NDArray[np.float64], scale: float, blur: float) -> Layer:
    """Return a layer of a sprite at its place in the frame, out of focus by ``blur`` pixels."""
    if scale < 0.9:
        # What is about to shrink is blurred first, or it would flicker.
        layer = np.asarray(cv2.GaussianBlur(layer, (0, 0), 0.4 / scale), np.float32)
    placed = cv2.warpAffine(layer, turn, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(placed, (0, 0), blur), np.float32)


def _sprites(portraits: Portraits) -> dict[str, Sprite]:
    detector = YuNet(verified(YUNET), width=1280)
    solvay = read(portraits.pictures / "solvay.jpg")
    seats = seating(detector.detect(solvay))
    sprites = {
        badge: figure(
            solvay,
            face,
            seed=number,
            gown=badge in _IN_GOWNS,
            hair=_HAIR.get(badge, 1.0),
            haze=OUT_OF_FOCUS.get(badge, 0.0),
        )
        for number, face in enumerate(seats)
        for badge in [f"S{number + 1:02}"]
    }
    single = {**GUESTS, **dict(zip(STRANGERS, STRANGERS, strict=True))}
    for number, (who, name) in enumerate(single.items()):
        picture = read(portraits.pictures / name)
        face, gown = detector.detect(picture)[0], who in GUESTS
        sprites[who] = figure(picture, face, seed=100 + number, gown=gown)
    return sprites
