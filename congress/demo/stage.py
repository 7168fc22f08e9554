"""Paints the entrance hall of the sample congress, and the people who walk through it.

Everything is grey (one channel, 0 to 255) until ``toned`` gives it the brown of an old film.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from congress.rollcall.faces import Face, Image

WIDTH, HEIGHT = 1280, 720
Layer: TypeAlias = NDArray[np.float32]
Painter: TypeAlias = Callable[[Sequence[tuple[float, float]], float, int], None]

_FACE = 110.0
_SPRITE = (480, 1260)
_EYE_LINE = 120


@dataclass(frozen=True, slots=True, eq=False)
class Sprite:
    """A person, cut out.

    Attributes:
        image: The person, already weighted with ``cover``, the left foot in front.
        cover: How much of the background the person hides, from 0 to 1.
        stride: ``image`` and ``cover`` with the right foot in front.
        face_centre: Middle of the face in the sprite, in pixels.
        face_width: Width of the face in the sprite, in pixels.
    """

    image: Layer
    cover: Layer
    stride: tuple[Layer, Layer]
    face_centre: tuple[float, float]
    face_width: float


def figure(
    picture: Image,
    face: Face,
    seed: int,
    *,
    gown: bool = False,
    hair: float = 1.0,
    haze: float = 0.0,
) -> Sprite:
    """Return the person of ``face`` with a painted body.

    Args:
        picture: The photograph.
        face: The face in it.
        seed: Chooses the tone of the cloth.
        gown: Whether the person wears a dark gown rather than a suit with a tie.
        hair: How much wider than usual the hair is.
        haze: How far the head is out of focus, in pixels of the sprite.
    """
    chance = np.random.default_rng(seed)
    wide, high = _SPRITE
    middle = wide / 2
    scale = _FACE / face.box.width
    x, y = face.box.centre
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    place = np.array([[scale, 0, middle - scale * x], [0, scale, _EYE_LINE - scale * y]])
    head = cv2.warpAffine(grey, place, _SPRITE, flags=cv2.INTER_CUBIC, borderValue=128)
    if haze:
        head = cv2.GaussianBlur(head, (0, 0), haze)
    tall = face.box.height * scale
    columns, rows = np.meshgrid(np.arange(wide) - middle, np.arange(high) - _EYE_LINE)
    far = np.hypot(columns / (0.70 * hair * _FACE), (rows + 0.07 * tall) / (0.66 * hair * tall))
    shown = np.asarray(_smooth(np.clip((1.0 - far) / 0.16, 0, 1)), np.float32)
    cloth, skin = float(chance.uniform(34, 66)), float(np.median(head[shown > 0.9]))
    steps = []
    for forward in (-1, 1):
        body, covered = _body(middle, _EYE_LINE + 0.50 * tall, cloth, skin, forward, gown)
        cover = np.maximum(covered, shown)
        image = (head * shown + body * (1 - shown)) * cover
        steps.append((np.asarray(image, np.float32), np.asarray(cover, np.float32)))
    return Sprite(*steps[0], steps[1], (middle, float(_EYE_LINE)), _FACE)


def _body(
    middle: float, neck: float, cloth: float, skin: float, forward: int, gown: bool
) -> tuple[Layer, Layer]:
    """Paint a dark suit of 1927 with tie, hands and shoes, or a gown.

    Args:
        middle: Column of the middle of the body.
        neck: Row of the chin.
        cloth: Tone of the suit.
        skin: Tone of the hands and the neck.
        forward: Side of the foot that is in front, -1 or 1.
        gown: Whether it is a gown.
    """
    wide, high = _SPRITE
    tone = np.full((high, wide), cloth, np.float32)
    cover = np.zeros((high, wide), np.float32)

    def paint(shape: Sequence[tuple[float, float]], value: float, side: int = 1) -> None:
        outline = [(middle + side * _FACE * dx, neck + _FACE * dy) for dx, dy in shape]
        _fill(tone, outline, value)
        _fill(cover, outline, 1.0)

    for side in (-1, 1):
        ahead = side == forward
        foot = 9.35 if ahead else 9.05
        paint([(0.02, 4.2), (0.98, 4.2), (0.74, foot), (0.30, foot)], cloth * 0.78, side)
        toes = [(0.26, foot - 0.1), (0.76, foot - 0.1), (0.86, foot + 0.2), (0.24, foot + 0.2)]
        paint(toes, 22, side)
        swing = -0.10 if ahead else 0.16
        hand = [(1.28, 4.5), (1.62, 4.5), (1.58 + swing, 5.05), (1.32 + swing, 5.05)]
        paint(hand, skin * 0.9, side)
        sleeve = [(0.9, 0.40), (1.30, 0.62), (1.56, 1.6), (1.68 + swing / 2, 4.6)]
        paint([*sleeve, (1.24 + swing / 2, 4.6), (1.0, 1.6)], cloth * 0.86, side)
        paint(
            [(1.28 + swing / 2, 4.5), (1.66 + swing / 2, 4.5), (1.64, 4.66), (1.30, 4.66)],
            200,
            side,
        )
    paint([(-0.34, -0.35), (0.34, -0.35), (0.40, 0.3), (-0.40, 0.3)], skin * 0.82)
    coat = [(0, 0.05), (0.40, 0.10), (0.72, 0.30), (1.22, 0.50), (1.34, 1.0), (1.12, 2.6)]
    coat += [(1.18, 4.75)]
    if gown:
        coat += [(1.30, 6.2), (1.20, 8.9)]
    paint(coat + [(-dx, dy) for dx, dy in reversed(coat)], cloth)
    _gown(paint, cloth) if gown else _suit(paint, cloth)
    columns = (np.arange(wide) - middle) / (1.6 * _FACE)
    shade = np.asarray(1.16 - 0.42 * np.abs(columns + 0.2) ** 1.5, np.float32)
    return (
        np.asarray(cv2.GaussianBlur(tone * shade, (0, 0), 1.2), np.float32),
        np.asarray(cv2.GaussianBlur(cover, (0, 0), 1.6), np.float32),
    )


def _gown(paint: Painter, cloth: float) -> None:
    paint([(-0.42, 0.0), (0.42, 0.0), (0.30, 0.34), (-0.30, 0.34)], cloth * 1.5, 1)
    for fold in (-0.7, -0.25, 0.25, 0.7):
        paint([(fold, 3.4), (fold * 1.6, 8.85), (fold * 1.6 + 0.07, 8.85)], cloth * 0.65, 1)
    paint([(-1.1, 3.0), (1.1, 3.0), (1.13, 3.2), (-1.13, 3.2)], cloth * 0.6, 1)


def _suit(paint: Painter, cloth: float) -> None:
    paint([(-0.36, 0.02), (0.36, 0.02), (0.04, 1.9), (-0.04, 1.9)], 205, 1)
    paint(
        [(-0.08, 0.22), (0.08, 0.22), (0.06, 0.38), (0.12, 1.5), (-0.12, 1.5), (-0.06, 0.38)], 46, 1
    )
    for side in (-1, 1):
        paint([(0.02, 0.24), (0.40, -0.06), (0.46, 0.18), (0.20, 0.46)], 226, side)
        lapel = [(0.40, 0.10), (0.60, 0.24), (0.74, 0.86), (0.50, 0.90), (0.55, 1.04), (0.02, 2.0)]
        paint(lapel, cloth * 1.4, side)
        paint([(0.46, 3.25), (0.98, 3.2), (0.98, 3.32), (0.46, 3.37)], cloth * 0.75, side)
    for button in (2.25, 2.75):
        paint([(-0.05, button), (0.05, button), (0.05, button + 0.1), (-0.05, button + 0.1)], 20, 1)
    paint([(-0.012, 2.0), (0.012, 2.0), (0.09, 4.75), (0.05, 4.75)], cloth * 0.6, 1)


def hall() -> Layer:
    """Return the empty entrance: a bright double door in a panelled wall over a stone floor."""
    up = 2
    wide, high = WIDTH * up, HEIGHT * up
    rows, columns = np.mgrid[0:high, 0:wide].astype(np.float32)
    across = (columns - wide / 2) / (wide / 2)
    room = 132 - 46 * across**2 + 12 * (1 - rows / high)
    floor_at = 0.66 * high
    room = room.astype(np.float32)
    _floor(room, floor_at)
    _panels(room, floor_at)
    _doorway(room, floor_at)
    _carpet(room, floor_at)
    for sign in (-1, 1):
        _column(room, wide / 2 + sign * 0.36 * wide, 0.052 * wide, floor_at + 0.05 * high)
        _lamp(room, wide / 2 + sign * 0.255 * wide, 0.30 * high)
    room = cv2.GaussianBlur(room, (0, 0), 2.2 * up)
    fall = 1.06 - 0.42 * (across**2 + 0.55 * ((rows - 0.46 * high) / high) ** 2)
    small = cv2.resize(room * fall, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    return np.asarray(np.clip(small, 4, 250), np.float32)


def _floor(room: Layer, floor_at: float) -> None:
    high, wide = room.shape
    rows = np.arange(int(floor_at), high, dtype=np.float32)
    depth = 0.9 * high / np.maximum(rows - 0.42 * high, 1)
    across = (np.arange(wide, dtype=np.float32) - wide / 2)[None] * depth[:, None] / (0.16 * wide)
    along = depth[:, None] * 5.2
    dark = (np.floor(across) + np.floor(along)) % 2
    near = ((rows - floor_at) / (high - floor_at))[:, None]
    room[int(floor_at) :] = 88 + 26 * near + 16 * dark


def _panels(room: Layer, floor_at: float) -> None:
    high, wide = room.shape
    _fill(room, _box(0, floor_at - 0.022 * high, wide, floor_at), 74)
    _fill(room, _box(0, 0.045 * high, wide, 0.06 * high), 150)
    _fill(room, _box(0, 0.06 * high, wide, 0.068 * high), 88)
    for at in (0.03, 0.17, 0.295, 0.615, 0.74, 0.88):
        left, right = at * wide, (at + 0.09) * wide
        for inset, tone in ((0, 92), (0.004 * wide, 132), (0.008 * wide, 112)):
            _fill(
                room,
                _box(left + inset, 0.13 * high + inset, right - inset, 0.56 * high - inset),
                tone,
            )


def _doorway(room: Layer, floor_at: float) -> None:
    high, wide = room.shape
    middle, top = wide / 2, 0.16 * high
    for half, tone in ((0.118, 66), (0.108, 156), (0.098, 90)):
        _fill(room, _arch(middle, half * wide, top - (half - 0.098) * wide, floor_at), tone)
    rows = np.arange(high, dtype=np.float32)[:, None]
    beyond = np.asarray(np.clip(236 - 60 * (rows - top) / (floor_at - top), 0, 255), np.float32)
    opening = np.zeros_like(room)
    _fill(opening, _arch(middle, 0.088 * wide, top + 0.01 * wide, floor_at), 1.0)
    np.copyto(room, room * (1 - opening) + beyond * opening)
    for sign in (-1, 1):
        leaf = [
            (middle + sign * 0.088 * wide, top + 0.085 * high),
            (middle + sign * 0.150 * wide, top + 0.055 * high),
            (middle + sign * 0.150 * wide, floor_at + 0.052 * high),
            (middle + sign * 0.088 * wide, floor_at),
        ]
        _fill(room, leaf, 58)
        for upper, lower in ((0.06, 0.44), (0.52, 0.92)):
            panel = [
                _along(leaf, 0.18, upper),
                _along(leaf, 0.82, upper),
                _along(leaf, 0.82, lower),
                _along(leaf, 0.18, lower),
            ]
            _fill(room, panel, 74)


def _along(leaf: Sequence[tuple[float, float]], across: float, down: float) -> tuple[float, float]:
    """Return a point inside a four-cornered leaf, by its shares of width and height."""
    corners = np.array(leaf)
    upper = corners[0] + across * (corners[1] - corners[0])
    lower = corners[3] + across * (corners[2] - corners[3])
    x, y = upper + down * (lower - upper)
    return float(x), float(y)


def _carpet(room: Layer, floor_at: float) -> None:
    high, wide = room.shape
    middle = wide / 2
    for far, near, tone in ((0.080, 0.44, 66), (0.073, 0.405, 96), (0.069, 0.385, 58)):
        carpet = [
            (middle - far * wide, floor_at),
            (middle + far * wide, floor_at),
            (middle + near * wide, high),
            (middle - near * wide, high),
        ]
        _fill(room, carpet, tone)
    light = np.zeros_like(room)
    shine = [
        (middle - 0.085 * wide, floor_at),
        (middle + 0.085 * wide, floor_at),
        (middle + 0.22 * wide, high),
        (middle - 0.22 * wide, high),
    ]
    _fill(light, shine, 1.0)
    fade = np.clip(1 - (np.arange(high, dtype=np.float32) - floor_at) / (0.28 * high), 0, 1)
    room += 70 * np.asarray(cv2.GaussianBlur(light, (0, 0), 18), np.float32) * fade[:, None]


def _column(room: Layer, middle: float, half: float, foot: float) -> None:
    left, right = int(middle - half), int(middle + half)
    around = np.linspace(-1, 1, right - left, dtype=np.float32)
    flutes = 7 * np.cos(around * 9 * np.pi)
    room[: int(foot), left:right] = 176 - 86 * (around + 0.25) ** 2 + flutes
    high = room.shape[0]
    for wider, upper, lower, tone in (
        (1.16, foot - 0.035 * high, foot, 150),
        (1.30, foot - 0.012 * high, foot + 0.012 * high, 118),
        (1.16, 0.05 * high, 0.075 * high, 160),
    ):
        _fill(room, _box(middle - wider * half, upper, middle + wider * half, lower), tone)


def _lamp(room: Layer, x: float, y: float) -> None:
    glow = np.zeros_like(room)
    high = room.shape[0]
    cv2.circle(glow, (int(x), int(y)), int(0.020 * high), 1.0, -1)
    room += 70 * np.asarray(cv2.GaussianBlur(glow, (0, 0), 0.05 * high), np.float32) * 4
    cv2.circle(room, (int(x), int(y)), int(0.017 * high), 236.0, -1)


def grain(seed: int, count: int = 8) -> list[Layer]:
    """Return layers of film grain to add to the frames in turn."""
    chance = np.random.default_rng(seed)
    layers = []
    for _ in range(count):
        coarse = chance.normal(0, 4.5, (HEIGHT // 2, WIDTH // 2)).astype(np.float32)
        layers.append(np.asarray(cv2.resize(coarse, (WIDTH, HEIGHT)), np.float32))
    return layers


def toned(grey: Layer) -> Image:
    """Return a grey frame in the warm brown of an old film."""
    tint = np.array([0.84, 0.94, 1.0], np.float32)
    return np.asarray(np.clip(grey[..., None] * tint, 0, 255), np.uint8)


def _smooth(value: NDArray[np.float64]) -> NDArray[np.float64]:
    return value * value * (3 - 2 * value)


def _box(left: float, top: float, right: float, bottom: float) -> list[tuple[float, float]]:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _arch(middle: float, half: float, top: float, foot: float) -> list[tuple[float, float]]:
    angles = np.linspace(np.pi, 2 * np.pi, 40)
    curve = [
        (middle + half * float(np.cos(angle)), top + half * 0.8 * (1 + float(np.sin(angle))))
        for angle in angles
    ]
    return [(middle - half, foot), *curve, (middle + half, foot)]


def _fill(layer: Layer, outline: Sequence[tuple[float, float]], tone: float) -> None:
    points = np.round(np.array(outline) * 16).astype(np.int32)
    cv2.fillPoly(layer, [points], tone, lineType=cv2.LINE_AA, shift=4)
