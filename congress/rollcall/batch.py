"""One batch of photographs on its way into the gallery: what is used of it, and what is not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.rollcall import matching
from congress.rollcall.enrolment_report import Rejected
from congress.rollcall.faces import Backend, Box, Vector
from congress.rollcall.mirrored import both_ways
from congress.rollcall.model import Consent, ConsentAnswer
from congress.rollcall.photos import Photo, picture
from congress.rollcall.quality import Gate, Reason, light_reason, only_face, shape_reason


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """A photograph that passed the gate.

    Attributes:
        photo: The photograph.
        face: Where the face is in it.
        template: The template of the face.
    """

    photo: Photo
    face: Box
    template: Vector


class Batch:
    """One enrolment under way.

    Attributes:
        gallery: The templates of everyone; those in the batch replace theirs in ``compare``.
        persons: Whose photographs passed the gate.
        used: Each person's photographs that stand after ``compare``.
        rejected: The photographs not used.
    """

    def __init__(
        self,
        backend: Backend,
        gate: Gate,
        gallery: dict[PersonId, list[Vector]],
        answers: Mapping[PersonId, Consent],
        *,
        consented: bool,
    ) -> None:
        """Begin without photographs.

        Args:
            backend: Detects and embeds.
            gate: How good a photograph must be.
            gallery: The templates of everyone enrolled so far.
            answers: What people said to being recognised by face.
            consented: Whether those who were not asked count as having agreed.
        """
        self._backend = backend
        self._answers = answers
        self._consented = consented
        self._gate = gate
        self._seen: dict[PersonId, list[Used]] = {}
        self.gallery = gallery
        self.persons: dict[PersonId, Person] = {}
        self.used: dict[PersonId, list[Used]] = {}
        self.rejected: list[Rejected] = []

    @property
    def fresh(self) -> Mapping[PersonId, Sequence[Vector]]:
        """The templates of everyone whose photographs stand."""
        return {person: [each.template for each in used] for person, used in self.used.items()}

    def look(self, photo: Photo, owner: Person | None) -> None:
        """Take a photograph in, or note why not."""
        if owner is None:
            self._reject(photo, "", Reason.UNKNOWN_BADGE)
            return
        used = self._unwelcome(owner) or self._look(photo)
        if isinstance(used, Reason):
            self._reject(photo, owner.badge, used)
            return
        self.persons[owner.id] = owner
        self._seen.setdefault(owner.id, []).append(used)

    def _unwelcome(self, owner: Person) -> Reason | None:
        """Return why a person's photographs are not even looked at, or ``None``."""
        noted = self._answers.get(owner.id)
        if noted is None:
            return None if self._consented else Reason.NO_CONSENT
        return None if noted.answer is ConsentAnswer.GIVEN else Reason.REFUSED

    def compare(self) -> None:
        """Keep what agrees with itself and is not somebody else's photograph."""
        for person_id in self._seen:
            self.gallery.pop(person_id, None)
        kept = [
            (person_id, used)
            for person_id, photos in self._seen.items()
            for used in self._agreeing(person_id, photos)
        ]
        before = [(person_id, row) for person_id, rows in self.gallery.items() for row in rows]
        taken = matching.repeated(
            [*before, *((person_id, used.template) for person_id, used in kept)],
            self._backend.scale.same_photo,
        )
        for at, (person_id, used) in enumerate(kept, start=len(before)):
            if not self._refuse(at in taken, used, person_id, Reason.TAKEN):
                self.used.setdefault(person_id, []).append(used)
        self.gallery.update({person: list(rows) for person, rows in self.fresh.items()})

    def _look(self, photo: Photo) -> Used | Reason:
        image = picture(photo)
        if isinstance(image, Reason):
            return image
        face = only_face(self._backend.detector.detect(image))
        if isinstance(face, Reason):
            return face
        if reason := shape_reason(face, self._gate):
            return reason
        aligned = self._backend.embedder.align(image, face)
        if reason := light_reason(aligned, self._gate):
            return reason
        return Used(photo, face.box, both_ways(aligned, self._backend.embedder))

    def _agreeing(self, person_id: PersonId, photos: Sequence[Used]) -> Sequence[Used]:
        """Return the photographs that show whom most of the others show."""
        if len(photos) < 2:
            return photos
        rows = np.array([used.template for used in photos])
        agree = rows @ rows.T >= self._backend.scale.agree
        centre = int(np.argmax(agree.sum(axis=1)))
        if agree[centre].sum() < 2:
            agree[centre] = False
        return [
            used
            for used, same in zip(photos, agree[centre], strict=True)
            if not self._refuse(not same, used, person_id, Reason.DISAGREES)
        ]

    def _refuse(self, refused: bool, used: Used, person_id: PersonId, reason: Reason) -> bool:
        if refused:
            self._reject(used.photo, self.persons[person_id].badge, reason)
        return refused

    def _reject(self, photo: Photo, badge: str, reason: Reason) -> None:
        self.rejected.append(Rejected(photo.name, badge, reason, photo.row))
