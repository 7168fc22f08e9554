"""Enrolment before the camera."""

import pytest

from congress.kernel.errors import EnvironmentFault
from congress.rollcall.guide import Hint, Look, Pose
from congress.rollcall.model import ConsentAnswer
from congress.rollcall.quality import Reason
from congress.ui.context import UiContext
from congress.ui.pages.faces_live import LiveDialog, said
from congress.ui.widgets.figure import StepState
from tests.helpers.faces import picture_of
from tests.ui.faces.conftest import Film, House

FACE = (4, 200, 60, 160)
AHEAD, LEFT, RIGHT = (picture_of(FACE, turned=turned) for turned in (0.0, 0.3, -0.3))
UP = picture_of(FACE, lifted=0.08)


def opened(house: House) -> LiveDialog:
    person = house.person("D004")
    house.congress.privacy.answer(person.id, ConsentAnswer.GIVEN)
    house.show()
    house.select("D004")
    assert house.page.panel is not None
    house.page.panel.camera_button.click()
    house.wait(lambda: hasattr(house.page, "live"))
    return house.page.live


def test_four_shots_enrol_the_person_and_the_camera_is_let_go(house: House, film: Film) -> None:
    dialog = opened(house)
    film.pictures = [*[AHEAD] * 15, *[LEFT] * 15, *[RIGHT] * 15, *[UP] * 15]
    dialog.start_button.click()
    house.wait(lambda: house.page.sheet is not None and house.page.sheet.outcome is not None)
    assert house.congress.enrolment.status().photos[house.person("D004").id] == 4
    assert dialog.camera is None
    assert not dialog.isVisible()
    assert house.page.sheet is not None
    house.page.sheet.close_button.click()
    house.settle()


def test_what_is_wrong_is_said_live(house: House, film: Film) -> None:
    dialog = opened(house)
    film.pictures = [picture_of()] * 200
    dialog.start_button.click()
    house.wait(lambda: dialog.said.text() == "Nobody is in the picture.")
    assert dialog.steps.state(0) is StepState.CURRENT
    assert not dialog.source.isVisible()
    dialog.cancel_button.click()
    assert dialog.camera is None
    assert house.person("D004").id not in house.congress.enrolment.status().persons


def test_it_can_begin_anew(house: House, film: Film) -> None:
    dialog = opened(house)
    film.pictures = [*[AHEAD] * 15, *[picture_of()] * 300]
    dialog.start_button.click()
    house.wait(lambda: dialog.steps.state(1) is StepState.CURRENT)
    dialog.anew_button.click()
    house.wait(lambda: dialog.steps.state(0) is StepState.CURRENT)
    dialog.reject()


def test_a_camera_that_fails_says_why_and_can_be_tried_again(house: House, film: Film) -> None:
    dialog = opened(house)
    film.error = EnvironmentFault("camera.missing", camera=0)
    dialog.start_button.click()
    house.wait(lambda: dialog.trouble.isVisible())
    assert "Camera 0 is not there" in dialog.trouble.accessibleName()
    assert dialog.start_button.isEnabled()
    assert dialog.source.isVisible()
    film.error, film.waits = None, False
    dialog.start_button.click()
    house.wait(lambda: "ended" in dialog.trouble.accessibleName())
    dialog.reject()


@pytest.mark.parametrize("pose", list(Pose))
def test_every_hint_and_reason_has_words(context: UiContext, pose: Pose) -> None:
    reasons = (
        Reason.NO_FACE,
        Reason.SEVERAL_FACES,
        Reason.SMALL,
        Reason.TURNED,
        Reason.BLURRED,
        Reason.DARK,
        Reason.BRIGHT,
    )
    for each in (*reasons, *Hint):
        if pose in (Pose.LEFT, Pose.RIGHT) or each not in (Hint.TURN_MORE, Hint.OTHER_SIDE):
            assert said(context, Look(pose, 0, each))
