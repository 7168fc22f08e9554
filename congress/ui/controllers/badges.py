"""Makes sheets of badges, and issues lost ones anew."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from congress.kernel.events import Event
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.kernel.progress import Progress
from congress.people.model import PeopleChanged
from congress.rollcall.portraits import portraits_at
from congress.ui.context import UiContext
from congress.ui.tasks import Task
from congress.ui.theme.tokens import Tone

if TYPE_CHECKING:
    from congress.app import OpenCongress


class BadgesController(QObject):
    """Reads the list, and makes badges of it."""

    listed = Signal(object)
    """All people on the list (``Sequence[Person]``), after every change."""
    issued = Signal(object)
    """The ``Person`` whose lost badge is void from now on."""

    def __init__(
        self, context: UiContext, congress: "OpenCongress", parent: QObject | None = None
    ) -> None:
        """Work on ``congress``."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self.language = congress.settings.language
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PeopleChanged):
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        people = self._congress.people
        self._context.tasks.free(lambda _: people.everyone()).success(
            lambda found: self.listed.emit(found)
        ).start()

    def printing(
        self, people: Sequence[Person], lang: str, photos: Path | None = None
    ) -> Task[bytes]:
        """Return the task that sets the badges of ``people`` as a PDF.

        Args:
            people: Whose badges.
            lang: ``en``, ``vi`` or ``ur``.
            photos: Folder or ZIP with their photographs, named as for enrolment, or ``None``.
        """
        congress = self._congress

        def work(progress: Progress) -> bytes:
            portraits: Mapping[PersonId, bytes] = {}
            if photos is not None:
                detector = congress.backend().backend.detector
                portraits = portraits_at(photos, congress.people, detector, progress)
            progress.check()
            return congress.exports.badges(lang, people, congress.badges.codes(), portraits)

        return self._context.tasks.free(work)

    def issue_anew(self, person: Person) -> None:
        """Make a person's badge void; ``issued`` follows."""

        def issued(_: str) -> None:
            text = self._context.tr("faces.badges.issued", name=person.name)
            self._context.toasts.show_toast(text, Tone.NOTE)
            self.issued.emit(person)

        badges = self._congress.badges
        self._context.tasks.store(lambda _: badges.issue_anew(person.id)).success(issued).start()
