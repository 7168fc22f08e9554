from collections.abc import Sequence

import numpy as np
import pytest

from congress.rollcall.enrolment import Enrolment
from congress.rollcall.faces import Image
from congress.rollcall.guide import LIVE, Guide, Hint, Look, Pose, as_photos
from congress.rollcall.quality import Reason
from tests.helpers.faces import face_keys, fake_backend, people, picture_of, unit
from tests.helpers.vaults import actor, manual_clock, memory_database

FACE = (1, 200, 60, 160)
AHEAD = picture_of(FACE)
LEFT = picture_of(FACE, turned=0.3)
RIGHT = picture_of(FACE, turned=-0.3)
UP = picture_of(FACE, lifted=0.07)
BACKEND = fake_backend({1: unit(1)})


@pytest.fixture
def guide() -> Guide:
    return Guide(BACKEND)


def show(guide: Guide, image: Image, *, frames: int = 10, start: float = 0.0) -> Sequence[Look]:
    return [guide.offer(image, start + at / 15) for at in range(frames)]


def test_four_poses_held_for_a_moment_are_four_shots(guide: Guide) -> None:
    assert guide.pose is Pose.AHEAD
    for number, image in enumerate((AHEAD, LEFT, RIGHT, UP)):
        looks = show(guide, image, start=number)
        assert looks[0].said is Hint.HOLD
        assert looks[0].face is not None
        assert [look.held for look in looks[:6]] == sorted(look.held for look in looks[:6])
        assert len(guide.shots) == number + 1
    assert guide.done
    assert guide.offer(AHEAD, 9) == Look(None, 4, Hint.DONE)


def test_a_glance_is_not_enough(guide: Guide) -> None:
    show(guide, AHEAD, frames=5)
    show(guide, picture_of(), frames=10, start=0.4)
    show(guide, AHEAD, frames=5, start=1.2)
    assert not guide.shots


def test_one_frame_that_is_off_does_not_begin_anew(guide: Guide) -> None:
    show(guide, AHEAD, frames=5)
    guide.offer(picture_of(), 5 / 15)
    show(guide, AHEAD, frames=4, start=6 / 15)
    assert len(guide.shots) == 1


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (picture_of(), Reason.NO_FACE),
        (picture_of(FACE, (2, 400, 60, 150)), Reason.SEVERAL_FACES),
        (picture_of((1, 200, 60, 90)), Reason.SMALL),
        (picture_of(FACE, turned=0.6), Reason.TURNED),
        (LEFT, Hint.LOOK_AHEAD),
    ],
)
def test_says_what_is_wrong_with_a_frame(guide: Guide, image: Image, said: object) -> None:
    assert {look.said for look in show(guide, image)} == {said}
    assert not guide.shots


@pytest.mark.parametrize(
    ("turned", "said"),
    [
        (0.0, Hint.TURN_MORE),
        (0.1, Hint.TURN_MORE),
        (0.3, Hint.HOLD),
        (0.44, Hint.TURN_LESS),
        (-0.3, Hint.OTHER_SIDE),
    ],
)
@pytest.mark.parametrize("pose", [Pose.LEFT, Pose.RIGHT])
def test_asks_for_a_little_turn_to_the_side(pose: Pose, turned: float, said: Hint) -> None:
    sign = 1 if pose is Pose.LEFT else -1
    guide = Guide(BACKEND, poses=(pose,))
    assert guide.offer(picture_of(FACE, turned=sign * turned), 0).said is said


def test_the_chin_is_asked_up_and_nobody_is_kept_waiting_for_it() -> None:
    guide = Guide(BACKEND, poses=(Pose.AHEAD, Pose.UP))
    show(guide, AHEAD)
    assert guide.pose is Pose.UP
    assert {look.said for look in show(guide, AHEAD, start=1)} == {Hint.CHIN_UP}
    assert guide.offer(LEFT, 2).said is Hint.LOOK_AHEAD
    assert guide.offer(picture_of(FACE, lifted=-0.07), 2.1).said is Hint.CHIN_UP
    assert guide.offer(UP, 2.2).said is Hint.HOLD
    patient = Guide(BACKEND, poses=(Pose.AHEAD, Pose.UP))
    show(patient, AHEAD)
    show(patient, AHEAD, frames=60, start=1)
    assert patient.done
    patient.again()
    show(patient, AHEAD, start=9)
    assert patient.offer(AHEAD, 10).said is Hint.CHIN_UP


def test_the_light_is_judged_too(guide: Guide) -> None:
    dark = AHEAD.copy()
    dark[60:220, 200:360, 2] = 0
    dark[60:220, 200:360, 0] = 0
    assert guide.offer(dark, 0).said is Reason.BLURRED


def test_the_sharpest_frame_is_kept_cut_around_the_face_and_not_the_camera_s_own(
    guide: Guide,
) -> None:
    images = [AHEAD.copy() for _ in range(10)]
    images[4][60:220:10, 200:360, 2] = 255
    for at, image in enumerate(images):
        guide.offer(image, at / 15)
    images[4][:] = 0
    (shot,) = guide.shots
    assert shot.shape == (360, 480, 3)
    assert (shot[60:220:10, 160:320, 2] == 255).all()


def test_it_begins_anew_when_asked(guide: Guide) -> None:
    show(guide, AHEAD)
    guide.again()
    assert (guide.pose, guide.shots) == (Pose.AHEAD, [])


def test_shots_enrol_their_person(guide: Guide) -> None:
    for number, image in enumerate((AHEAD, LEFT, RIGHT)):
        show(guide, image, start=number)
    database, listed = memory_database(), people(["A1", "B2"])
    service = Enrolment(
        database, actor(), listed, lambda: BACKEND, face_keys(database), manual_clock()
    )
    ann = listed.everyone()[0]
    photos = as_photos(ann, guide.shots)
    report = service.enrol_photos(photos, gate=LIVE)
    assert [(each.person, each.photos) for each in report.enrolled] == [(ann, 3)]
    assert service.status().photos == {ann.id: 3}
    assert np.array_equal(service.gallery().matrix[0], unit(1))
