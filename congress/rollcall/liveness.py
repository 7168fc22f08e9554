"""Asks a face to turn, to tell a person from a photograph held up to the camera.

No passive model that could be shipped tells the two apart reliably, so none is pretended. The
person is asked to look to a side chosen at random, and back. The turn is read off the five
landmarks: how far the tip of the nose is off the middle of the eyes, over their distance,
follows the yaw of the head (r = .95 measured); on a flat picture the nose keeps its place
between the eyes however the picture is held, because it foreshortens both halves alike.

Where the backend gives the contour of the eyes (68 landmarks, not five), the person is asked to
close them for a moment as well: how far they are open is held against how far they were.

It does not stop a video of the person that happens to show the moves asked for, a mask, or two
photographs swapped quickly; several moves make the first unlikely.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from congress.rollcall.faces import Face
from congress.rollcall.quality import signed_turn

STRAIGHT, TURNED = 0.12, 0.30
"""Turn under which a face looks straight ahead, and from which it looks to a side."""
CLOSED, OPEN = 0.6, 0.8
"""Share of how far the eyes were open, under which they are closed, and from which open again."""
TURNS = 2
LIMIT = 12.0
"""Seconds for all moves."""
_STEADY = 2
_GAP = 0.8


class Move(StrEnum):
    """What to do, from the person's own view. Texts: ``greeting.turn.<value>``."""

    LEFT = "left"
    """Turn the head to the left."""
    RIGHT = "right"
    """Turn the head to the right."""
    EYES = "eyes"
    """Close the eyes for a moment."""


class State(StrEnum):
    """How far a check is. Texts: ``liveness.state.<value>``."""

    STRAIGHT = "straight"
    """Waiting for the person to look straight ahead."""
    TURN = "turn"
    """Waiting for the turn that is asked for."""
    PASSED = "passed"
    FAILED = "failed"
    """A wrong turn, another face, or no time left."""


def random_moves(turns: int = TURNS, *, eyes: bool = False) -> tuple[Move, ...]:
    """Return what to ask for, at random: turns, and somewhere among them to close the eyes."""
    moves = [secrets.choice((Move.LEFT, Move.RIGHT)) for _ in range(turns)]
    if eyes:
        moves.insert(secrets.randbelow(turns + 1), Move.EYES)
    return tuple(moves)


@dataclass(slots=True)
class Check:
    """One active check of one face; offer it every frame until it has passed or failed.

    Attributes:
        moves: What is asked for, in order.
        limit: Seconds from the first frame.
        state: How far it is.
        done: How many moves were made.
    """

    moves: Sequence[Move] = field(default_factory=random_moves)
    limit: float = LIMIT
    state: State = State.STRAIGHT
    done: int = 0
    _began: float | None = None
    _last: float = 0.0
    _steady: int = 0
    _open: float = 0.0

    @property
    def asked(self) -> Move | None:
        """What to do now, or ``None`` while nothing is asked for."""
        return self.moves[self.done] if self.state is State.TURN else None

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
            self._look(signed_turn(face), face.eyes)
        return self.state

    def _look(self, turned: float, eyes: float | None) -> None:
        ahead = abs(turned) < STRAIGHT
        if self.state is State.STRAIGHT:
            self._open = max(self._open, eyes or 0.0) if ahead else self._open
            awake = eyes is None or eyes >= OPEN * self._open
            self._count(ahead and awake, self._ask)
            return
        move = self.moves[self.done]
        if move is Move.EYES:
            closed = eyes is not None and eyes < CLOSED * self._open
            self._count(ahead and closed, self._moved)
            return
        wanted = 1 if move is Move.LEFT else -1
        if turned * wanted < -TURNED:
            self.state = State.FAILED
        else:
            self._count(turned * wanted > TURNED, self._moved)

    def _count(self, good: bool, then: Callable[[], None]) -> None:
        """Do ``then`` after several good frames in a row: one landmark may be off once."""
        self._steady = self._steady + 1 if good else 0
        if self._steady >= _STEADY:
            self._steady = 0
            then()

    def _ask(self) -> None:
        self.state = State.PASSED if self.done == len(self.moves) else State.TURN

    def _moved(self) -> None:
        self.done += 1
        self.state = State.STRAIGHT
