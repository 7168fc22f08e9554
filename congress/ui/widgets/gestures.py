"""What fingers on a page mean: a plain state machine over points and times, without Qt.

One finger scrolls, and flings when it leaves fast; held still it selects; a tap is a tap, two
are a double tap. Two fingers zoom around the point between them and scroll with it. While a tool
has the pointer, one finger works the tool and a second one takes it back.
"""

from collections import deque
from collections.abc import Mapping
from enum import Enum, auto
from math import dist
from typing import Protocol

SLOP = 10.0
"""Pixels a finger may wander and still be held still."""
HOLD = 0.5
"""Seconds after which a finger held still selects."""
DOUBLE = 0.35
"""Seconds between two taps that make a double tap."""
DOUBLE_REACH = 48.0
"""Pixels between two taps that make a double tap."""
_SAMPLED = 0.1
"""Seconds of the movement before the finger left that tell how fast it was."""
FLING = 120.0
"""Pixels a second from which a page goes on by itself."""

Point = tuple[float, float]
Points = Mapping[int, Point]


class Touched(Protocol):
    """What the view does about it. All points are in pixels of the view."""

    def touch_begins(self) -> None:
        """Stop whatever goes on by itself."""
        ...

    def pan(self, dx: float, dy: float) -> None:
        """Move the paper with the finger."""
        ...

    def pan_ended(self, dx: float, dy: float, vx: float, vy: float) -> None:
        """Let the paper go: the whole way of the finger, and its speed in pixels a second."""
        ...

    def pinch(self, factor: float, at: Point, dx: float, dy: float) -> None:
        """Zoom by ``factor`` around a point, and move the paper."""
        ...

    def tap(self, at: Point) -> None:
        """Take a tap, once it cannot become a double tap any more."""
        ...

    def double_tap(self, at: Point) -> None:
        """Take a double tap."""
        ...

    def hold(self, at: Point) -> bool:
        """Begin to select; returns whether there is anything to select."""
        ...

    def hold_moved(self, at: Point) -> None:
        """Select up to a point."""
        ...

    def hold_ended(self) -> None:
        """End selecting."""
        ...

    def grab(self, at: Point) -> bool:
        """Take hold of a handle of the selection at a point, if there is one."""
        ...

    def tool_begins(self, at: Point) -> bool:
        """Begin with a tool, if one has the pointer."""
        ...

    def tool_moved(self, at: Point) -> None:
        """Go on with the tool."""
        ...

    def tool_ended(self, at: Point) -> None:
        """End with the tool."""
        ...

    def tool_cancelled(self) -> None:
        """Forget what the tool began."""
        ...


class _State(Enum):
    IDLE = auto()
    DOWN = auto()
    PANNING = auto()
    SELECTING = auto()
    PINCHING = auto()
    TOOL = auto()


class Gestures:
    """Follows the fingers and tells the view what they mean."""

    def __init__(self, view: Touched) -> None:
        """Begin without a finger."""
        self._view = view
        self._state = _State.IDLE
        self._points: dict[int, Point] = {}
        self._start: Point = (0.0, 0.0)
        self._begun = 0.0
        self._trail: deque[tuple[float, Point]] = deque()
        self._waiting: tuple[float, Point] | None = None

    @property
    def waits_for_hold(self) -> bool:
        """Whether a finger lies still that may yet be held."""
        return self._state is _State.DOWN

    @property
    def waits_for_second(self) -> bool:
        """Whether a tap may yet become a double tap."""
        return self._waiting is not None

    def touched(self, points: Points, now: float) -> None:
        """Take the fingers that lie on the view now, at ``now`` seconds."""
        before, self._points = self._points, dict(points)
        if not before and points:
            self._first(next(iter(points.values())), now)
        elif not points:
            self._last(now)
        elif len(points) >= 2:
            self._two(before, points)
        elif len(before) >= 2:
            self._one_left(next(iter(points.values())), now)
        else:
            self._moved(next(iter(points.values())), now)

    def cancel(self) -> None:
        """Forget the fingers: the system took them."""
        if self._state is _State.TOOL:
            self._view.tool_cancelled()
        elif self._state is _State.SELECTING:
            self._view.hold_ended()
        self._points, self._state, self._waiting = {}, _State.IDLE, None

    def held(self, now: float) -> None:
        """Learn that time passed with no finger moving."""
        if self._state is _State.DOWN and now - self._begun >= HOLD:
            self._state = _State.SELECTING if self._view.hold(self._start) else _State.PANNING

    def settled(self, now: float) -> None:
        """Learn that time passed after a tap."""
        if self._waiting is not None and now - self._waiting[0] >= DOUBLE:
            _, at = self._waiting
            self._waiting = None
            self._view.tap(at)

    def _first(self, at: Point, now: float) -> None:
        self._view.touch_begins()
        self._start, self._begun = at, now
        self._trail = deque([(now, at)])
        if self._view.tool_begins(at):
            self._state = _State.TOOL
        elif self._view.grab(at):
            self._state = _State.SELECTING
        else:
            self._state = _State.DOWN

    def _moved(self, at: Point, now: float) -> None:
        previous = self._trail[-1][1] if self._trail else at
        self._trail.append((now, at))
        while now - self._trail[0][0] > _SAMPLED and len(self._trail) > 2:
            self._trail.popleft()
        match self._state:
            case _State.TOOL:
                self._view.tool_moved(at)
            case _State.SELECTING:
                self._view.hold_moved(at)
            case _State.DOWN if dist(at, self._start) > SLOP:
                self._state = _State.PANNING
                self._view.pan(at[0] - self._start[0], at[1] - self._start[1])
            case _State.PANNING:
                self._view.pan(at[0] - previous[0], at[1] - previous[1])

    def _two(self, before: Points, now: Points) -> None:
        if self._state is _State.TOOL:
            self._view.tool_cancelled()
        elif self._state is _State.SELECTING:
            self._view.hold_ended()
        self._state, self._waiting = _State.PINCHING, None
        both = [finger for finger in now if finger in before][:2]
        if len(both) < 2:
            return
        old, new = [before[each] for each in both], [now[each] for each in both]
        centre, was = _middle(new), _middle(old)
        apart = dist(*old)
        factor = dist(*new) / apart if apart > 1 else 1.0
        self._view.pinch(factor, was, centre[0] - was[0], centre[1] - was[1])

    def _one_left(self, at: Point, now: float) -> None:
        self._state = _State.PANNING
        self._start = at
        self._trail = deque([(now, at)])

    def _last(self, now: float) -> None:
        at = self._trail[-1][1] if self._trail else self._start
        state, self._state = self._state, _State.IDLE
        match state:
            case _State.TOOL:
                self._view.tool_ended(at)
            case _State.SELECTING:
                self._view.hold_ended()
            case _State.PANNING:
                vx, vy = self._speed(now)
                self._view.pan_ended(at[0] - self._start[0], at[1] - self._start[1], vx, vy)
            case _State.DOWN:
                self._tapped(now)

    def _tapped(self, now: float) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and dist(waiting[1], self._start) <= DOUBLE_REACH:
            self._view.double_tap(self._start)
        else:
            self._waiting = (now, self._start)

    def _speed(self, now: float) -> Point:
        recent = [(at, point) for at, point in self._trail if now - at <= _SAMPLED]
        if len(recent) < 2:
            return 0.0, 0.0
        (begun, one), (ended, other) = recent[0], recent[-1]
        passed = max(1e-3, ended - begun)
        return (other[0] - one[0]) / passed, (other[1] - one[1]) / passed


def _middle(points: list[Point]) -> Point:
    return (points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2


class Glide:
    """Movement that goes on by itself and slows down: exponential decay, no overshoot."""

    LASTS = 0.325
    """Seconds in which the speed falls to 1/e."""
    LEAST = 20.0
    """Pixels a second under which it stands."""

    def __init__(self, vx: float, vy: float) -> None:
        """Begin with a speed in pixels a second."""
        self._vx, self._vy = vx, vy
        self._left = (0.0, 0.0)

    def step(self, seconds: float) -> tuple[int, int]:
        """Return the whole pixels to move by in the next ``seconds``."""
        decay = 2.718281828459045 ** (-seconds / self.LASTS)
        reach = self.LASTS * (1 - decay)
        x, y = self._left[0] + self._vx * reach, self._left[1] + self._vy * reach
        whole = int(x), int(y)
        self._left = x - whole[0], y - whole[1]
        self._vx, self._vy = self._vx * decay, self._vy * decay
        return whole

    @property
    def stands(self) -> bool:
        """Whether it has come to rest."""
        return max(abs(self._vx), abs(self._vy)) < self.LEAST
