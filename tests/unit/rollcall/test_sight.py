from collections.abc import Sequence

import numpy as np
import pytest

from congress.rollcall.camera import Frame
from congress.rollcall.faces import Box, Face, Image
from congress.rollcall.pipeline import TrackView, View
from congress.rollcall.quality import Reason
from congress.rollcall.sight import Lying, Sight, Stillness, Trouble, Turn, upright
from tests.helpers.faces import face_at

RATE = 15


def view(number: int, *tracks: TrackView) -> View:
    return View(Frame(np.zeros((90, 160, 3), np.uint8), number, number / RATE), tracks, ())


def seen(track: int, x: float, hint: Reason | None = None) -> TrackView:
    return TrackView(track, Box(x, 20, 40, 40), True, None, None, hint)


def test_a_large_frame_is_made_smaller_and_a_small_one_stays() -> None:
    image = np.zeros((2160, 3840, 3), np.uint8)
    assert upright(image).shape == (1080, 1920, 3)
    assert upright(image, Turn.RIGHT).shape == (1920, 1080, 3)
    small = np.zeros((90, 160, 3), np.uint8)
    assert upright(small) is small


@pytest.mark.parametrize("turn", list(Turn))
def test_turning_a_picture_round_four_times_gives_it_back(turn: Turn) -> None:
    image = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
    turned = image
    for _ in range(4):
        turned = upright(turned, turn)
    assert np.array_equal(turned, image)


def test_right_is_clockwise() -> None:
    image = np.zeros((2, 3, 3), np.uint8)
    image[0, 0] = 255
    assert upright(image, Turn.RIGHT)[0, 1].max() == 255
    assert upright(image, Turn.LEFT)[2, 0].max() == 255
    assert upright(image, Turn.HALF)[1, 2].max() == 255


def test_a_camera_that_gives_one_picture_for_five_seconds_is_frozen() -> None:
    still = Stillness(0.0)
    picture = np.zeros((90, 160, 3), np.uint8)
    for tick in range(20):
        still.offer(picture, tick * 0.5)
    assert not still.frozen(4.9)
    assert still.frozen(5.0)
    other = picture.copy()
    other[3, 3] = 1
    still.offer(other, 10.0)
    assert not still.frozen(10.1)


def test_a_camera_that_gives_nothing_is_frozen_too() -> None:
    still = Stillness(100.0)
    assert not still.frozen(104.0)
    assert still.frozen(105.0)


@pytest.mark.parametrize(
    ("hint", "trouble"),
    [
        (Reason.DARK, Trouble.DARK),
        (Reason.BRIGHT, Trouble.BRIGHT),
        (Reason.BLURRED, Trouble.BLURRED),
        (Reason.SMALL, None),
        (None, None),
    ],
)
def test_what_most_faces_suffer_from_is_said(hint: Reason | None, trouble: Trouble | None) -> None:
    sight = Sight()
    said = [sight.offer(view(n, seen(1, n * 4.0, hint))) for n in range(40)]
    assert said[5] is None
    assert said[-1] is trouble


def test_one_dark_face_among_good_ones_is_nothing() -> None:
    sight = Sight()
    views = (view(n, seen(1, n * 4, Reason.DARK), seen(2, n * 4)) for n in range(60))
    assert {sight.offer(each) for each in views} == {None}


def test_trouble_is_over_when_the_light_is_on() -> None:
    sight = Sight()
    for n in range(40):
        sight.offer(view(n, seen(1, n * 4, Reason.DARK)))
    assert sight.offer(view(200)) is None


def test_a_poster_does_not_move_and_a_person_does() -> None:
    sight = Sight()
    said = [
        sight.offer(view(n, seen(1, 20 + n % 2), seen(2, 20 + 12 * (n // 60)))) for n in range(400)
    ]
    assert said[19 * RATE] is None
    assert said[-1] is Trouble.STILL
    assert sight.offer(view(401, seen(2, 100))) is None


class Upturned:
    """Finds a face only in pictures as wide as this."""

    def __init__(self, wide: int, score: float = 0.9) -> None:
        self.wide, self.score, self.calls = wide, score, 0

    def detect(self, image: Image) -> Sequence[Face]:
        self.calls += 1
        if image.shape[1] != self.wide or image[0, 0, 0] != 7:
            return ()
        box = face_at(1, 1, 8)
        return (Face(box.box, box.landmarks, self.score),)


def lying(detector: Upturned, seconds: int, *tracks: TrackView) -> Turn | None:
    image = np.zeros((90, 160, 3), np.uint8)
    image[-1, 0] = 7
    guess = Lying(detector)
    for n in range(seconds * RATE):
        turn = guess.offer(View(Frame(image, n, n / RATE), tracks, ()))
        if turn is not None:
            return turn
    return None


def test_faces_that_lie_on_their_side_are_noticed_after_two_looks() -> None:
    assert lying(Upturned(90), 6) is None
    assert lying(Upturned(90), 9) is Turn.RIGHT


def test_a_poor_find_or_a_face_in_view_turns_nothing() -> None:
    assert lying(Upturned(90, 0.6), 20) is None
    detector = Upturned(90)
    assert lying(detector, 20, seen(1, 20)) is None
    assert detector.calls == 0
