"""The doors as values: how one is watched, how it is doing, what the operator is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtGui import QImage

from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.rollcall.sight import Turn


@dataclass(frozen=True, slots=True)
class Door:
    """One door and its camera.

    Attributes:
        number: Identifies it; the first is 1, and no number is used again.
        name: As the organisers call it; written into each entry.
        source: See ``congress.rollcall.camera.open_source``. It may hold the password of a
            camera: it is kept in memory alone, and never shown whole.
        turn: How the picture is turned before it is looked at.
        unattended: Whether nobody stands there: everyone is checked before they are in.
        borderline: Whether doubtful faces are checked before the operator is asked.
    """

    number: int
    name: str
    source: str
    turn: Turn = Turn.NONE
    unattended: bool = False
    borderline: bool = False


class DoorState(StrEnum):
    """How the camera of a door is doing. Texts: ``door.state.<value>``."""

    OFF = "off"
    STARTS = "starts"
    LIVE = "live"
    LOST = "lost"
    FROZEN = "frozen"


class Ask(StrEnum):
    """What the operator is asked. Texts: ``door.ask.<value>.*``."""

    WHO = "who"
    """Who is this?"""
    SEAT = "seat"
    """Somebody's seat is taken by an alternate: shall it be given back?"""
    ALIVE = "alive"
    """A face did not pass the check: is it the person?"""


@dataclass(frozen=True, slots=True)
class Question:
    """Something the operator decides.

    Attributes:
        number: Identifies it.
        kind: What is asked.
        door: Name of the door.
        portrait: The face, in memory alone, or ``None``.
        candidates: The best persons with their scores, the best first; one unless the
            question is who it is.
        alternate: Name of who sits in the seat, or empty.
        photos: Kept portraits of ``candidates``, in memory alone.
    """

    number: int
    kind: Ask
    door: str
    portrait: QImage | None
    candidates: tuple[tuple[Person, float], ...]
    alternate: str = ""
    photos: Mapping[PersonId, QImage] = field(default_factory=dict)
