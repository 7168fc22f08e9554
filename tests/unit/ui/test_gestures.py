from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.ui.widgets.gestures import DOUBLE, HOLD, Gestures, Glide, Point


@dataclass
class View:
    """Notes what it is told."""

    told: list[tuple[object, ...]] = field(default_factory=list)
    has_tool: bool = False
    has_handle: bool = False
    has_text: bool = True

    def touch_begins(self) -> None:
        self.told.append(("begins",))

    def pan(self, dx: float, dy: float) -> None:
        self.told.append(("pan", dx, dy))

    def pan_ended(self, dx: float, dy: float, vx: float, vy: float) -> None:
        self.told.append(("let go", dx, dy, round(vx), round(vy)))

    def pinch(self, factor: float, at: Point, dx: float, dy: float) -> None:
        self.told.append(("pinch", round(factor, 3), at, dx, dy))

    def tap(self, at: Point) -> None:
        self.told.append(("tap", at))

    def double_tap(self, at: Point) -> None:
        self.told.append(("double", at))

    def hold(self, at: Point) -> bool:
        self.told.append(("hold", at))
        return self.has_text

    def hold_moved(self, at: Point) -> None:
        self.told.append(("select", at))

    def hold_ended(self) -> None:
        self.told.append(("selected",))

    def grab(self, at: Point) -> bool:
        return self.has_handle

    def tool_begins(self, at: Point) -> bool:
        return self.has_tool

    def tool_moved(self, at: Point) -> None:
        self.told.append(("draw", at))

    def tool_ended(self, at: Point) -> None:
        self.told.append(("drawn", at))

    def tool_cancelled(self) -> None:
        self.told.append(("undrawn",))


@pytest.fixture
def view() -> View:
    return View()


@pytest.fixture
def fingers(view: View) -> Gestures:
    return Gestures(view)


def test_a_tap_waits_whether_it_becomes_a_double_tap(view: View, fingers: Gestures) -> None:
    fingers.touched({1: (50, 50)}, 0.0)
    assert fingers.waits_for_hold
    fingers.touched({}, 0.1)
    assert fingers.waits_for_second
    fingers.settled(0.1 + DOUBLE / 2)
    assert view.told == [("begins",)]
    fingers.settled(0.1 + DOUBLE)
    assert view.told[-1] == ("tap", (50, 50))
    assert not fingers.waits_for_second


def test_two_taps_at_one_place_are_a_double_tap(view: View, fingers: Gestures) -> None:
    for now in (0.0, 0.2):
        fingers.touched({1: (50, 50)}, now)
        fingers.touched({}, now + 0.05)
    assert view.told[-1] == ("double", (50, 50))
    fingers.touched({1: (50, 50)}, 0.4)
    fingers.touched({}, 0.45)
    fingers.touched({1: (400, 50)}, 0.5)
    fingers.touched({}, 0.55)
    assert ("double", (400, 50)) not in view.told


def test_a_finger_that_wanders_scrolls_and_lets_go_with_its_speed(
    view: View, fingers: Gestures
) -> None:
    fingers.touched({1: (50, 300)}, 0.0)
    fingers.touched({1: (52, 295)}, 0.02)
    assert view.told == [("begins",)]
    fingers.touched({1: (50, 250)}, 0.04)
    fingers.touched({1: (50, 200)}, 0.06)
    fingers.touched({}, 0.07)
    assert view.told[1:] == [
        ("pan", 0, -50),
        ("pan", 0, -50),
        ("let go", 0, -100, 0, -1667),
    ]


def test_a_finger_that_rests_before_it_leaves_has_no_speed(view: View, fingers: Gestures) -> None:
    fingers.touched({1: (50, 300)}, 0.0)
    fingers.touched({1: (50, 200)}, 0.05)
    fingers.touched({}, 0.5)
    assert view.told[-1] == ("let go", 0, -100, 0, 0)


def test_a_finger_held_still_selects(view: View, fingers: Gestures) -> None:
    fingers.touched({1: (50, 50)}, 0.0)
    fingers.held(HOLD - 0.1)
    assert view.told == [("begins",)]
    fingers.held(HOLD)
    fingers.touched({1: (90, 50)}, HOLD + 0.1)
    fingers.touched({}, HOLD + 0.2)
    assert view.told[1:] == [("hold", (50, 50)), ("select", (90, 50)), ("selected",)]


def test_where_there_is_no_text_a_held_finger_scrolls(view: View, fingers: Gestures) -> None:
    view.has_text = False
    fingers.touched({1: (50, 50)}, 0.0)
    fingers.held(HOLD)
    fingers.touched({1: (50, 90)}, HOLD + 0.1)
    assert view.told[-1] == ("pan", 0, 40)


def test_a_handle_is_dragged_at_once(view: View, fingers: Gestures) -> None:
    view.has_handle = True
    fingers.touched({1: (50, 50)}, 0.0)
    fingers.touched({1: (60, 50)}, 0.02)
    fingers.touched({}, 0.05)
    assert view.told[1:] == [("select", (60, 50)), ("selected",)]


def test_two_fingers_zoom_around_the_point_between_them(view: View, fingers: Gestures) -> None:
    fingers.touched({1: (100, 100)}, 0.0)
    fingers.touched({1: (100, 100), 2: (200, 100)}, 0.02)
    fingers.touched({1: (80, 120), 2: (280, 120)}, 0.04)
    fingers.touched({2: (280, 120)}, 0.06)
    fingers.touched({2: (280, 150)}, 0.08)
    fingers.touched({}, 0.3)
    assert view.told[-3:] == [
        ("pinch", 2.0, (150, 100), 30, 20),
        ("pan", 0, 30),
        ("let go", 0, 30, 0, 0),
    ]


def test_a_tool_has_one_finger_and_a_second_takes_it_back(view: View, fingers: Gestures) -> None:
    view.has_tool = True
    fingers.touched({1: (10, 10)}, 0.0)
    fingers.touched({1: (20, 10)}, 0.02)
    fingers.touched({}, 0.04)
    assert view.told[1:] == [("draw", (20, 10)), ("drawn", (20, 10))]
    fingers.touched({1: (10, 10)}, 1.0)
    fingers.touched({1: (10, 10), 2: (50, 50)}, 1.02)
    assert ("undrawn",) in view.told
    fingers.touched({}, 1.1)


def test_the_system_may_take_the_fingers(view: View, fingers: Gestures) -> None:
    view.has_tool = True
    fingers.touched({1: (10, 10)}, 0.0)
    fingers.cancel()
    assert view.told[-1] == ("undrawn",)
    view.has_tool = False
    fingers.touched({1: (10, 10)}, 1.0)
    fingers.held(1.0 + HOLD)
    fingers.cancel()
    assert view.told[-1] == ("selected",)
    assert not fingers.waits_for_hold


def test_a_glide_slows_down_and_stands() -> None:
    glide = Glide(0, 1000)
    steps = []
    while not glide.stands:
        steps.append(glide.step(0.016)[1])
    assert steps[0] > steps[len(steps) // 2] > 0
    assert sum(steps) == pytest.approx(1000 * Glide.LASTS, rel=0.05)


@given(st.floats(-5000, 5000), st.floats(-5000, 5000))
def test_a_glide_goes_as_far_in_few_steps_as_in_many(vx: float, vy: float) -> None:
    few, many = Glide(vx, vy), Glide(vx, vy)
    far = [few.step(0.5) for _ in range(4)]
    near = [many.step(0.01) for _ in range(200)]
    assert sum(x for x, _ in far) == pytest.approx(sum(x for x, _ in near), abs=3)
    assert sum(y for _, y in far) == pytest.approx(sum(y for _, y in near), abs=3)
