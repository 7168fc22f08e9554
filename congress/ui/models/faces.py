"""What the page of faces shows: a line for each person, and the figures around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from congress.i18n.translator import Translator
from congress.kernel.errors import CongressError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.people.model import badge_order
from congress.rollcall.calibration import Calibration
from congress.rollcall.enrolment_report import WANTED, EnrolmentStatus
from congress.rollcall.faceprivacy import Certificate
from congress.rollcall.matching import Gallery
from congress.rollcall.model import Consent, ConsentAnswer
from congress.ui.models.rows import Column
from congress.ui.theme.tokens import Tone


class FaceState(StrEnum):
    """Whether the camera knows a person. Texts: ``faces.state.<value>``."""

    ENROLLED = "enrolled"
    FEW = "few"
    """With fewer photographs than are wanted."""
    OUTDATED = "outdated"
    """With another model only."""
    NONE = "none"


STATE_TONES: Mapping[FaceState, Tone] = {
    FaceState.ENROLLED: Tone.GOOD,
    FaceState.FEW: Tone.NOTE,
    FaceState.OUTDATED: Tone.CAUTION,
    FaceState.NONE: Tone.NEUTRAL,
}
STATE_ICONS: Mapping[FaceState, str] = {
    FaceState.ENROLLED: "check-circle",
    FaceState.FEW: "circle-half",
    FaceState.OUTDATED: "clock-counter-clockwise",
    FaceState.NONE: "circle-dashed",
}
ANSWER_TONES: Mapping[str, Tone] = {
    "none": Tone.NEUTRAL,
    ConsentAnswer.GIVEN.value: Tone.GOOD,
    ConsentAnswer.REFUSED.value: Tone.CAUTION,
    ConsentAnswer.WITHDRAWN.value: Tone.CAUTION,
}
ANSWER_ICONS: Mapping[str, str] = {
    "none": "question",
    ConsentAnswer.GIVEN.value: "pen-nib",
    ConsentAnswer.REFUSED.value: "hand-palm",
    ConsentAnswer.WITHDRAWN.value: "prohibit",
}


@dataclass(frozen=True, slots=True)
class FaceLine:
    """One person and what the camera knows of them.

    Attributes:
        person: Who.
        photos: Photographs they are enrolled with.
        outdated: Whether they are enrolled with another model only.
        consent: Their answer, or ``None`` if they were not asked.
        alike: Names of those whom the camera could take for them.
    """

    person: Person
    photos: int = 0
    outdated: bool = False
    consent: Consent | None = None
    alike: tuple[str, ...] = ()

    @property
    def state(self) -> FaceState:
        """Whether the camera knows the person."""
        if self.photos:
            return FaceState.ENROLLED if self.photos >= WANTED else FaceState.FEW
        return FaceState.OUTDATED if self.outdated else FaceState.NONE

    @property
    def answer(self) -> str:
        """The answer about consent; ``none`` where there is no answer."""
        return self.consent.answer.value if self.consent else "none"

    @property
    def known(self) -> bool:
        """Whether there is anything to erase."""
        return bool(self.photos) or self.outdated


@dataclass(frozen=True, slots=True)
class Alike:
    """Two people whom the camera could take for each other.

    Attributes:
        first: One of them.
        second: The other.
        score: How alike they are, from 0 to 1.
        marked: Whether the operator always decides about both.
    """

    first: Person
    second: Person
    score: float
    marked: bool


@dataclass(frozen=True, slots=True)
class FacesFacts:
    """All that the page shows.

    Attributes:
        lines: Everyone on the list.
        alike: The pairs that look alike, the closest first.
        calibration: The scores of the gallery, or ``None`` while it cannot be read.
        certificates: Of all erasures, the newest first.
        due: When the faces are erased by themselves, or ``None``.
        trouble: Why faces cannot be recognised, or not as chosen, or ``None``.
        renewable: How many could be enrolled anew from the portraits that are kept.
    """

    lines: tuple[FaceLine, ...]
    alike: tuple[Alike, ...] = ()
    calibration: Calibration | None = None
    certificates: tuple[Certificate, ...] = ()
    due: datetime | None = None
    trouble: CongressError | None = None
    renewable: int = 0

    @property
    def enrolled(self) -> int:
        """How many people the camera knows."""
        return sum(bool(line.photos) for line in self.lines)

    @property
    def held(self) -> int:
        """Of how many people there is anything to erase."""
        return sum(line.known for line in self.lines)


def face_lines(
    people: Sequence[Person],
    consents: Mapping[PersonId, Consent],
    status: EnrolmentStatus | None,
    gallery: Gallery | None,
) -> tuple[FaceLine, ...]:
    """Return a line for everyone on the list."""
    photos = status.photos if status else {}
    outdated = status.outdated if status else frozenset()
    names = {person.id: person.name for person in people}
    like: dict[PersonId, list[str]] = {}
    for pair in gallery.look_alikes if gallery else ():
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            if other in names:
                like.setdefault(one, []).append(names[other])
    return tuple(
        FaceLine(
            person,
            photos.get(person.id, 0),
            person.id in outdated,
            consents.get(person.id),
            tuple(like.get(person.id, ())),
        )
        for person in people
    )


def alike_pairs(people: Sequence[Person], gallery: Gallery) -> tuple[Alike, ...]:
    """Return the look-alikes who are on the list, the closest first."""
    known = {person.id: person for person in people}
    return tuple(
        Alike(
            known[pair.first],
            known[pair.second],
            pair.score,
            pair.first in gallery.marked and pair.second in gallery.marked,
        )
        for pair in gallery.look_alikes
        if pair.first in known and pair.second in known
    )


def face_columns(tr: Translator) -> tuple[Column[FaceLine], ...]:
    """Return the columns of the list of faces."""
    states = list(FaceState)
    answers = list(ANSWER_TONES)
    return (
        Column(
            tr("people.column.badge"),
            lambda line: line.person.badge,
            sort=lambda line: badge_order(line.person.badge),
        ),
        Column(tr("people.field.name"), lambda line: line.person.name, strong=True, stretch=True),
        Column(tr("people.field.delegation"), lambda line: line.person.delegation),
        Column(
            tr("faces.column.state"),
            lambda line: tr(f"faces.state.{line.state}"),
            sort=lambda line: states.index(line.state),
            tone=lambda line: STATE_TONES[line.state],
            icon=lambda line: STATE_ICONS[line.state],
        ),
        Column(
            tr("faces.column.photos"),
            lambda line: tr.number(line.photos) if line.photos else "",
            sort=lambda line: line.photos,
            number=True,
        ),
        Column(
            tr("faces.column.consent"),
            lambda line: tr(f"faces.consent.{line.answer}"),
            sort=lambda line: answers.index(line.answer),
            tone=lambda line: ANSWER_TONES[line.answer],
            icon=lambda line: ANSWER_ICONS[line.answer],
        ),
    )
