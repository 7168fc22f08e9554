"""Asks a face to turn, to tell a person from a photograph held up to the camera.

No passive model that could be shipped tells the two apart reliably, so none is pretended. The
person is asked to look to a side chosen at random, and back. The turn is read off the five
landmarks: how far the tip of the nose is off the middle of the eyes, over their distance,
follows the yaw of the head (r = .95 measured); on a flat picture the nose keeps its place
between the eyes however the picture is held, because it foreshortens both sides alike.

It does not stop a video of the person that happens to show the turn asked for, a mask, or two
photographs swapped quickly; several turns make the first unlikely. Blinks would need the
contour of the eyes, which five landmarks do not have.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from congress.rollcall.faces import Face
from congress.rollcall.quality import signed_turn

STRAIGHT, TURNED = 0.12, 0.30
"""Turn under which a face looks straight ahead, and from which it looks to a side."""
TURNS = 2
LIMIT = 12.0
"""Seconds for all turns."""
_STEADY = 2
_GAP = 0.8


class Side(StrEnum):
    """Where to look, from the person's own view. Texts: ``liveness.side.<value>``."""

    LEFT = "left"
    RIGHT = "right"


class State(StrEnum):
    """How far a check is. Texts: ``liveness.state.<value>``."""

    STRAIGHT = "straight"
    """Waiting for the person to look straight ahead."""
    TURN = "turn"
    """Waiting for the turn that is asked for."""
    PASSED = "passed"
    FAILED = "failed"
    """A wrong turn, another face, or no time left."""


def random_sides(count: int = TURNS) -> tuple[Side, ...]:
    """Return which sides to ask for, at random."""
    return tuple(secrets.choice(list(Side)) for _ in range(count))


@dataclass(slots=True)
class Check:
    """One active check of one face; offer it every frame until it has passed or failed.

    Attributes:
        sides: What is asked for, in order.
        limit: Seconds from the first frame.
        state: How far it is.
        done: How many turns were made.
    """

    sides: Sequence[Side] = field(default_factory=random_sides)
    limit: float = LIMIT
    state: State = State.STRAIGHT
    done: int = 0
    _began: float | None = None
    _last: float = 0.0
    _steady: int = 0

    @property
    def asked(self) -> Side | None:
        """The side to look to now, or ``None`` while none is asked for."""
        return self.sides[self.done] if self.state is State.TURN else None

    @property
    def over(self) -> bool:
        """Whether it has passed or failed."""
        return self.state in (State.PASSED, State.FAILED)

    def offer(self, face: Face | None, at: float) -> State:
        """Look at the face in one frame.

        Args:
            face: The one face being checked, or ``None`` if it is not in view.
            at: Seconds since the source began.

        Returns:
            The state afterwards. A face that is out of view for long fails, so that nobody
            changes places with a picture.
        """
        if self.over:
            return self.state
        if self._began is None:
            self._began = self._last = at
        if at - self._began > self.limit or at - self._last > _GAP:
            self.state = State.FAILED
        elif face is not None:
            self._last = at
            self._look(signed_turn(face))
        return self.state

    def _look(self, turned: float) -> None:
        if self.state is State.STRAIGHT:
            self._count(abs(turned) < STRAIGHT, self._ask)
            return
        wanted = 1 if self.sides[self.done] is Side.LEFT else -1
        if turned * wanted < -TURNED:
            self.state = State.FAILED
        else:
            self._count(turned * wanted > TURNED, self._turned)

    def _count(self, good: bool, then: Callable[[], None]) -> None:
        """Do ``then`` after several good frames in a row: one landmark may be off once."""
        self._steady = self._steady + 1 if good else 0
        if self._steady >= _STEADY:
            self._steady = 0
            then()

    def _ask(self) -> None:
        self.state = State.PASSED if self.done == len(self.sides) else State.TURN

    def _turned(self) -> None:
        self.done += 1
        self.state = State.STRAIGHT
