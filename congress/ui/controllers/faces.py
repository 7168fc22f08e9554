"""Between the page of faces and the roll call: consent, enrolment, erasure, what is held."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.people import Person
from congress.kernel.progress import Progress
from congress.kernel.roles import Right
from congress.people.model import PeopleChanged
from congress.rollcall.calibration import Calibration, calibrate
from congress.rollcall.enrolment_report import EnrolmentReport, EnrolmentStatus
from congress.rollcall.faceprivacy import Certificate
from congress.rollcall.faces import Backend, Image
from congress.rollcall.guide import LIVE, as_photos
from congress.rollcall.matching import Gallery
from congress.rollcall.model import ConsentAnswer, GalleryChanged
from congress.rollcall.photos import Photo
from congress.secretariat.faces import certificate_json
from congress.ui.context import UiContext
from congress.ui.models.faces import FacesFacts, alike_pairs, face_lines
from congress.ui.tasks import Task
from congress.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from congress.app import OpenCongress

REST_MS = 150
"""How long events must rest before everything is read again."""


class FacesController(QObject):
    """Reads and changes what the camera knows of everyone on the list."""

    told = Signal(object)
    """The ``FacesFacts`` as they are now."""
    erased = Signal(object)
    """The ``Certificate`` of an erasure that was just made."""

    def __init__(
        self, context: UiContext, congress: "OpenCongress", parent: QObject | None = None
    ) -> None:
        """Work on ``congress``; nothing is read before ``refresh``."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self.may_enrol = congress.actor.may(Right.ENROL_FACES)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.refresh)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, GalleryChanged | PeopleChanged):
            self._rest.start()

    def refresh(self) -> None:
        """Read everything again; ``told`` follows."""
        self._context.tasks.free(self._read).success(lambda facts: self.told.emit(facts)).start()

    def _read(self, _: Progress) -> FacesFacts:
        congress, privacy = self._congress, self._congress.privacy
        people = congress.people.everyone()
        status: EnrolmentStatus | None = None
        gallery: Gallery | None = None
        calibration: Calibration | None = None
        trouble: CongressError | None = None
        try:
            loaded = congress.backend()
            trouble = loaded.warning
            status = congress.enrolment.status()
            gallery = congress.enrolment.gallery()
            calibration = calibrate(gallery, loaded.backend.scale)
        except CongressError as error:
            trouble = error
        return FacesFacts(
            face_lines(people, privacy.consents(), status, gallery),
            alike_pairs(people, gallery) if gallery else (),
            calibration,
            tuple(reversed(privacy.certificates())),
            privacy.due_at(),
            trouble,
            len(status.renewable) if status else 0,
        )

    def note(self, person: Person, answer: ConsentAnswer, how: str) -> Task[Certificate | None]:
        """Return the task that notes a person's answer; a refusal erases their face."""
        task = self._context.tasks.store(
            lambda _: self._congress.privacy.answer(person.id, answer, how)
        )
        return task.success(partial(self._noted, person))

    def _noted(self, person: Person, certificate: Certificate | None) -> None:
        if certificate is None:
            text = self._context.tr("faces.noted", name=person.name)
            self._context.toasts.show_toast(text)
        self._after(certificate)

    def erase(self, person: Person) -> None:
        """Erase a person's face; ``erased`` follows."""
        work = self._congress.privacy.erase
        self._context.tasks.store(lambda _: work(person.id)).success(self._after).start()

    def erase_all(self) -> None:
        """Erase all faces; ``erased`` follows."""
        work = self._congress.privacy.erase_all
        self._context.tasks.store(lambda _: work()).success(self._after).start()

    def _after(self, certificate: Certificate | None) -> None:
        if certificate is not None:
            count = len(certificate.persons)
            text = self._context.tr("faces.erased", count=count)
            self._context.toasts.show_toast(text, Tone.NOTE)
            self.erased.emit(certificate)
        self.refresh()

    def enrolling(self, path: Path, *, consented: bool) -> Task[EnrolmentReport]:
        """Return the task that enrols the photographs in a folder or a ZIP."""
        return self._context.tasks.free(
            lambda progress: self._congress.enrolment.enrol(
                path, consented=consented, progress=progress
            )
        )

    def enrolling_files(self, person: Person, files: Sequence[Path]) -> Task[EnrolmentReport]:
        """Return the task that enrols photographs of one person, whatever their names."""

        def photo(file: Path) -> Photo:
            return Photo(file.name, (person.badge,), file.read_bytes, file.stat().st_size)

        def work(progress: Progress) -> EnrolmentReport:
            photos = [photo(file) for file in files if file.is_file()]
            return self._congress.enrolment.enrol_photos(photos, progress=progress)

        return self._context.tasks.free(work)

    def enrolling_shots(self, person: Person, shots: Sequence[Image]) -> Task[EnrolmentReport]:
        """Return the task that enrols what the camera took of one person."""
        return self._context.tasks.free(
            lambda progress: self._congress.enrolment.enrol_photos(
                as_photos(person, shots), gate=LIVE, progress=progress
            )
        )

    def enrolling_kept(self) -> Task[EnrolmentReport]:
        """Return the task that enrols people anew from the portraits that are kept."""
        return self._context.tasks.free(
            lambda progress: self._congress.enrolment.enrol_kept(progress=progress)
        )

    def backend(self) -> Task[Backend]:
        """Return the task that loads what finds and measures faces."""
        return self._context.tasks.free(lambda _: self._congress.backend().backend)

    def certificate(self, certificate: Certificate, *, pdf: bool) -> Task[bytes]:
        """Return the task that makes a certificate a PDF, or JSON for programs."""
        lang, exports = self._context.tr.lang, self._congress.exports
        return self._context.tasks.free(
            lambda _: (
                exports.certificate(lang, certificate) if pdf else certificate_json(certificate)
            )
        )

    def subject(self, person: Person, *, pdf: bool) -> Task[bytes]:
        """Return the task that gathers what is held about a person, as a PDF or JSON."""
        lang, congress = self._context.tr.lang, self._congress

        def work(_: Progress) -> bytes:
            paper, data = congress.exports.subject(lang, congress.privacy.subject(person.id))
            return paper if pdf else data

        return self._context.tasks.free(work)
