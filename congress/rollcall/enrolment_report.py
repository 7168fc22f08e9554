"""What an enrolment tells: who is enrolled, what was rejected and why, who looks like whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.rollcall.matching import LookAlikes
from congress.rollcall.quality import Reason

WANTED = 3
"""Photographs of one person that make recognition good (1: 90%, 3: 98% on our measurements)."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A photograph that was not used.

    Attributes:
        file: Its name.
        badge: The badge number it names, or empty if that is nobody's.
        reason: Why; texts ``faces.reason.<value>``.
        row: The row of the list that names it, or 0.
    """

    file: str
    badge: str
    reason: Reason
    row: int = 0


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A person enrolled.

    Attributes:
        person: Who.
        photos: Photographs used.
    """

    person: Person
    photos: int


@dataclass(frozen=True, slots=True)
class EnrolmentReport:
    """What became of a batch of photographs.

    Attributes:
        photos: Photographs looked at.
        enrolled: The persons enrolled, in the order of their photographs.
        rejected: The photographs not used, each with the reason.
        look_alikes: Persons of the whole gallery whom the camera could confuse.
        threshold: Score from which a face is registered now.
    """

    photos: int
    enrolled: tuple[Enrolled, ...]
    rejected: tuple[Rejected, ...]
    look_alikes: tuple[LookAlikes, ...]
    threshold: float

    @property
    def few(self) -> tuple[Enrolled, ...]:
        """The persons enrolled with fewer photographs than are wanted."""
        return tuple(each for each in self.enrolled if each.photos < WANTED)


@dataclass(frozen=True, slots=True)
class EnrolmentStatus:
    """Who is enrolled.

    Attributes:
        persons: Enrolled with the model in use.
        outdated: Enrolled with another model only; their photographs are needed again.
        photos: How many photographs each of ``persons`` is enrolled with.
        renewable: Those of ``outdated`` whose portrait is kept: ``Enrolment.enrol_kept`` will do.
    """

    persons: frozenset[PersonId]
    outdated: frozenset[PersonId]
    photos: Mapping[PersonId, int] = field(default_factory=dict)
    renewable: frozenset[PersonId] = frozenset()
