from collections import Counter
from dataclasses import replace
from itertools import pairwise
from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.rollcall.faces import Box, Face, Point
from congress.rollcall.liveness import LIMIT, Check, Move, State, random_moves
from congress.rollcall.quality import signed_turn
from tests.helpers.faces import face_at

RATE = 15.0
# Right eye, left eye, tip of the nose, corners of the mouth of a head, in centimetres: x to the
# person's left, y down, z towards the camera.
HEAD = np.array([[-3.2, 0, 0], [3.2, 0, 0], [0, 3.4, 2.6], [-2.6, 7, 0.3], [2.6, 7, 0.3]])


def seen(points: np.ndarray, yaw: float, far: float = 60.0) -> Face:
    """A camera's view of points turned by ``yaw`` degrees about the vertical axis."""
    angle = radians(yaw)
    turn = np.array([[cos(angle), 0, sin(angle)], [0, 1, 0], [-sin(angle), 0, cos(angle)]])
    placed = points @ turn.T
    flat = 900 * placed[:, :2] / (far - placed[:, 2:]) + (320, 180)
    corners: list[Point] = [(float(x), float(y)) for x, y in flat]
    a, b, c, d, e = corners
    return Face(Box(250, 100, 140, 180), (a, b, c, d, e), 0.9)


def run(check: Check, yaws: list[float | None], points: np.ndarray = HEAD) -> State:
    for number, yaw in enumerate(yaws):
        check.offer(None if yaw is None else seen(points, yaw), number / RATE)
    return check.state


def walk(*corners: float) -> list[float | None]:
    """Yaws that go from corner to corner in half a second each, and rest a little."""
    found: list[float | None] = []
    for start, end in pairwise(corners):
        found += [float(yaw) for yaw in np.linspace(start, end, 8)]
        found += [end] * 3
    return found


def test_the_side_of_a_turn_is_the_persons_own() -> None:
    assert signed_turn(seen(HEAD, 30)) > 0.2
    assert signed_turn(seen(HEAD, -30)) < -0.2
    assert abs(signed_turn(seen(HEAD, 0))) < 0.01


def test_a_person_who_follows_passes() -> None:
    check = Check((Move.LEFT, Move.RIGHT))
    assert run(check, walk(0, 0, 45, 0, -45, 0)) is State.PASSED
    assert (check.done, check.asked, check.over) == (2, None, True)


def test_it_asks_for_one_side_after_the_other() -> None:
    check = Check((Move.RIGHT, Move.LEFT))
    assert check.asked is None
    run(check, walk(0, 0))
    assert check.asked is Move.RIGHT


def test_the_wrong_side_fails() -> None:
    assert run(Check((Move.LEFT,)), walk(0, 0, -45, 0)) is State.FAILED


def test_a_turn_is_not_over_before_the_face_looks_ahead_again() -> None:
    check = Check((Move.LEFT,))
    assert run(check, walk(0, 0, 45)) is State.STRAIGHT
    assert not check.over


@pytest.mark.parametrize("yaw", [-60, -45, -30, 30, 45, 60])
def test_a_photograph_held_askew_never_passes(yaw: float) -> None:
    flat = HEAD.copy()
    flat[:, 2] = 0
    check = Check((Move.LEFT if yaw > 0 else Move.RIGHT,))
    assert run(check, walk(0, 0, yaw, 0, yaw, 0), flat) is not State.PASSED


@pytest.mark.parametrize("taken_at", [-40, -20, 20, 40])
def test_a_photograph_of_a_turned_head_never_passes(taken_at: float) -> None:
    """It looks to one side all the time, so it never looks straight ahead first."""
    angle = radians(taken_at)
    turn = np.array([[cos(angle), 0, sin(angle)], [0, 1, 0], [-sin(angle), 0, cos(angle)]])
    flat = HEAD @ turn.T
    flat[:, 2] = 0
    check = Check((Move.LEFT, Move.RIGHT))
    assert run(check, walk(0, 0, 50, 0, -50, 0), flat) is not State.PASSED


def test_a_face_that_goes_away_fails() -> None:
    check = Check((Move.LEFT,))
    hidden: list[float | None] = [None] * 14
    assert run(check, [*walk(0, 0), *hidden, *walk(45, 0)]) is State.FAILED


def test_a_short_blink_of_the_detector_does_not_matter() -> None:
    blink: list[float | None] = [None] * 5
    assert run(Check((Move.LEFT,)), [*walk(0, 0), *blink, *walk(45, 45, 0)]) is State.PASSED


def test_there_is_not_endless_time() -> None:
    check = Check((Move.LEFT,))
    still: list[float | None] = [0.0] * round((LIMIT + 1) * RATE)
    assert run(check, still) is State.FAILED
    assert run(check, walk(45, 0)) is State.FAILED


def test_one_landmark_off_for_one_frame_is_no_turn() -> None:
    check = Check((Move.LEFT,))
    run(check, walk(0, 0))
    check.offer(seen(HEAD, 45), 1.0)
    check.offer(seen(HEAD, 0), 1.1)
    assert (check.state, check.done) == (State.TURN, 0)


def test_a_face_without_eyes_apart_is_no_turn_to_a_side() -> None:
    face = face_at(10, 10, 50)
    broken = replace(face, landmarks=((1, 1), (1, 1), *face.landmarks[2:]))
    check = Check((Move.RIGHT,))
    for number in range(20):
        check.offer(broken, number / RATE)
    assert check.state is State.STRAIGHT


def blinking(check: Check, *openness: float | None) -> State:
    """Show a face that looks ahead, its eyes open so far in each frame."""
    for number, eyes in enumerate(openness):
        check.offer(replace(seen(HEAD, 0), eyes=eyes), number / RATE)
    return check.state


def test_closed_eyes_are_seen_where_there_is_a_contour() -> None:
    check = Check((Move.EYES,))
    assert blinking(check, 0.31, 0.30, 0.30) is State.TURN
    assert check.asked is Move.EYES
    assert blinking(check, 0.12, 0.11) is State.STRAIGHT
    assert blinking(check, 0.12, 0.15) is State.STRAIGHT, "open again first"
    assert blinking(check, 0.29, 0.30) is State.PASSED


@pytest.mark.parametrize("eyes", [0.3, 0.1, None])
def test_a_photograph_never_closes_its_eyes(eyes: float | None) -> None:
    check = Check((Move.EYES,))
    assert blinking(check, *[eyes] * int((LIMIT + 1) * RATE)) is State.FAILED


def test_eyes_are_asked_for_somewhere_among_the_turns() -> None:
    drawn = {random_moves(2, eyes=True).index(Move.EYES) for _ in range(100)}
    assert drawn == {0, 1, 2}
    assert Move.EYES not in random_moves(20)


def test_the_sides_are_random() -> None:
    drawn = Counter(random_moves(2) for _ in range(400))
    turns = (Move.LEFT, Move.RIGHT)
    assert set(drawn) == {(a, b) for a in turns for b in turns}


@given(st.lists(st.one_of(st.none(), st.floats(-80, 80)), max_size=120))
def test_it_passes_only_after_every_turn_was_seen(yaws: list[float | None]) -> None:
    check = Check((Move.LEFT, Move.RIGHT))
    if run(check, yaws) is State.PASSED:
        turns = [signed_turn(seen(HEAD, yaw)) for yaw in yaws if yaw is not None]
        assert max(turns) > 0.30
        assert min(turns) < -0.30
