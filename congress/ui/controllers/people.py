"""Between the people page and the list of the congress."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import Person
from congress.kernel.roles import Actor, Right
from congress.people.directory import Directory
from congress.people.model import PeopleChanged
from congress.people.report import template_workbook
from congress.people.rules import blank_person
from congress.ui.context import UiContext
from congress.ui.theme.tokens import Tone


class PeopleController(QObject):
    """Lists, adds, changes and removes people."""

    listed = Signal(object)
    """All people on the list (``Sequence[Person]``), after every change."""
    saved = Signal(object)
    """The ``Person`` that was saved."""
    refused = Signal(object)
    """The ``CongressError`` because of which a person was not saved."""

    def __init__(
        self,
        context: UiContext,
        directory: Directory,
        actor: Actor,
        language: str,
        parent: QObject | None = None,
    ) -> None:
        """Work on ``directory``.

        Args:
            context: The surroundings.
            directory: The list of the congress.
            actor: Who is signed in.
            language: Language of new people: that of the congress.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._directory, self._language = context, directory, language
        self.may_change = actor.may(Right.MANAGE_PEOPLE)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PeopleChanged):
            self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        self._context.tasks.free(lambda _: self._directory.everyone()).success(self._listed).start()

    def _listed(self, people: Sequence[Person]) -> None:
        self.listed.emit(people)

    def blank(self) -> Person:
        """Return a person of whom nothing is known yet."""
        return blank_person(PersonId(new_id()), self._language)

    def save(self, person: Person, *, new: bool) -> None:
        """Add a person or change their details; ``saved`` or ``refused`` answers."""
        act = self._directory.add if new else self._directory.update
        self._context.tasks.store(lambda _: act(person)).success(self._saved).failure(
            self._refused
        ).start()

    def _saved(self, person: Person) -> None:
        self._context.toasts.show_toast(self._context.tr("people.saved", name=person.name))
        self.saved.emit(person)

    def _refused(self, error: CongressError) -> None:
        self.refused.emit(error)

    def remove(self, person: Person) -> None:
        """Take a person off the list, with a way to undo it."""
        self._context.tasks.store(lambda _: self._directory.remove(person.id)).success(
            partial(self._removed, person)
        ).start()

    def _removed(self, person: Person, _: None) -> None:
        text = self._context.tr("people.removed", name=person.name)
        self._context.toasts.show_toast(text, Tone.NOTE, partial(self._restore, person.id))

    def _restore(self, person_id: PersonId) -> None:
        self._context.tasks.store(lambda _: self._directory.restore(person_id)).start()

    def template(self) -> bytes:
        """Return the empty list as an XLSX workbook in the person's language."""
        return template_workbook(self._context.tr)
