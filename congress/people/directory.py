"""The list of the congress: who is on it, and how it changes."""

from collections.abc import Sequence
from dataclasses import replace

from congress.kernel.errors import InputError
from congress.kernel.folding import fold
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Right
from congress.kernel.table import Table
from congress.people import store
from congress.people.importing import plan_import
from congress.people.mapping import Columns
from congress.people.model import (
    DelegationCount,
    ImportReport,
    Outcome,
    PeopleChanged,
    badge_key,
    badge_order,
    changed_fields,
    count_by_delegation,
)
from congress.people.rules import read_person, write_person
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork


class Directory:
    """Keeps the list of the congress; implements ``congress.kernel.people.PeopleSource``.

    Everyone who signs in may learn who is on the list; contact details are blank for those
    whose role does not include ``Right.SEE_PEOPLE``.
    """

    def __init__(self, database: Database, actor: Actor) -> None:
        """Keep the list in ``database``, acting for ``actor``.

        Args:
            database: The database ``congress``.
            actor: The signed-in member.
        """
        self._database = database
        self._actor = actor

    def everyone(self) -> Sequence[Person]:
        """Return all persons on the list, ordered by badge number."""
        with self._database.reading() as connection:
            found = store.everyone(connection)
        return self._shown(sorted(found, key=lambda person: badge_order(person.badge)))

    def get(self, person_id: PersonId) -> Person | None:
        """Return a person by identifier, also one who was taken off the list."""
        with self._database.reading() as connection:
            found = store.get(connection, person_id)
        return None if found is None else self._shown([found])[0]

    def by_badge(self, badge: str) -> Person | None:
        """Return the person with this badge number, ignoring case, spaces and kind of digits."""
        with self._database.reading() as connection:
            found = store.by_key(connection, badge_key(badge))
        return None if found is None else self._shown([found])[0]

    def search(self, text: str, limit: int = 20) -> Sequence[Person]:
        """Return persons whose badge number or name holds every word of ``text``, folded.

        Best first: the badge number itself, then its beginning, then beginnings of the parts
        of a name, then the rest; within each by badge number.

        Args:
            text: What the person typed. Nothing but space finds nobody.
            limit: The most persons returned.
        """
        words = fold(text).split()
        if not words:
            return ()
        with self._database.reading() as connection:
            found = store.matching(connection, words)
        key = badge_key(text)

        def rank(person: Person) -> tuple[int, object]:
            own = badge_key(person.badge)
            if own == key:
                return 0, ()
            if own.startswith(key):
                return 1, badge_order(person.badge)
            parts = fold(person.name).split()
            begins = all(any(part.startswith(word) for part in parts) for word in words)
            return 2 if begins else 3, badge_order(person.badge)

        return self._shown(sorted(found, key=rank)[:limit])

    def counts(self) -> tuple[DelegationCount, ...]:
        """Return how many persons of each standing each delegation has."""
        return count_by_delegation(self.everyone())

    def add(self, person: Person) -> Person:
        """Put a person on the list.

        A badge number that a former person had brings that person back: the identifier
        returned is then theirs.

        Returns:
            The person as stored.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``people.invalid``, ``people.badge_taken``.
        """
        self._actor.require(Right.MANAGE_PEOPLE)
        person = _checked(person)
        with self._database.unit_of_work(self._actor) as uow:
            key = badge_key(person.badge)
            if store.by_key(uow.connection, key):
                raise InputError("people.badge_taken", badge=person.badge)
            person = replace(person, id=store.former(uow.connection).get(key, person.id))
            store.put(uow.connection, [person])
            uow.audit("people.added", person.id)
            uow.publish(PeopleChanged(added=1))
            uow.commit()
        return person

    def update(self, person: Person) -> Person:
        """Change the details of the person with the same identifier.

        Returns:
            The person as stored.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``people.invalid``, ``people.badge_taken``, ``people.gone``.
        """
        self._actor.require(Right.MANAGE_PEOPLE)
        person = _checked(person)
        with self._database.unit_of_work(self._actor) as uow:
            before = _current(uow, person.id)
            key = badge_key(person.badge)
            other = store.by_key(uow.connection, key)
            if other and other.id != person.id:
                raise InputError("people.badge_taken", badge=person.badge)
            if changes := changed_fields(before, person):
                store.release(uow.connection, key)
                store.put(uow.connection, [person])
                fields = [field.value for field in changes]
                uow.audit("people.updated", person.id, fields=fields)
                uow.publish(PeopleChanged(updated=1))
                uow.commit()
        return person

    def remove(self, person_id: PersonId) -> None:
        """Take a person off the list; the register and the minutes still know them.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``people.gone``.
        """
        self._actor.require(Right.MANAGE_PEOPLE)
        with self._database.unit_of_work(self._actor) as uow:
            _current(uow, person_id)
            store.remove(uow.connection, person_id)
            uow.audit("people.removed", person_id)
            uow.publish(PeopleChanged(removed=1))
            uow.commit()

    def restore(self, person_id: PersonId) -> None:
        """Put a person back who was taken off the list.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``people.gone`` if there never was such a person,
                ``people.badge_taken`` if another one has their badge number by now.
        """
        self._actor.require(Right.MANAGE_PEOPLE)
        with self._database.unit_of_work(self._actor) as uow:
            found = store.get(uow.connection, person_id)
            if found is None:
                raise InputError("people.gone")
            other = store.by_key(uow.connection, badge_key(found.badge))
            if other and other.id != person_id:
                raise InputError("people.badge_taken", badge=found.badge)
            store.put(uow.connection, [found])
            uow.audit("people.added", person_id)
            uow.publish(PeopleChanged(added=1))
            uow.commit()

    def preview_import(
        self,
        table: Table,
        columns: Columns,
        language: str,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Return what ``import_table`` would do with each row, and change nothing.

        Args:
            table: The rows.
            columns: What their columns mean.
            language: Language of persons for whom the table names none.
            progress: Told how far the work is.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``people.no_badge_column``, ``people.no_name_column``.
            Cancelled: The person cancelled.
        """
        self._actor.require(Right.MANAGE_PEOPLE)
        with self._database.reading() as connection:
            known, former = store.known(connection), store.former(connection)
        return plan_import(table, columns, known, language, former=former, progress=progress)

    def import_table(
        self,
        table: Table,
        columns: Columns,
        language: str,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Take over every good row of a table in one transaction.

        Known badge numbers are updated, new ones added; bad rows are left out and reported.
        If the work is cancelled or fails, nothing of it is kept.

        Args:
            table: The rows.
            columns: What their columns mean.
            language: Language of persons for whom the table names none.
            progress: Told how far the work is, and asked whether to go on.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``people.no_badge_column``, ``people.no_name_column``.
            EnvironmentFault: The disk is full or failed; nothing was kept.
            Cancelled: The person cancelled; nothing was kept.
        """
        self._actor.require(Right.MANAGE_PEOPLE)
        with self._database.unit_of_work(self._actor) as uow:
            known, former = store.known(uow.connection), store.former(uow.connection)
            report = plan_import(table, columns, known, language, former=former, progress=progress)
            added, updated = report.count(Outcome.ADDED), report.count(Outcome.UPDATED)
            if not added + updated:
                return report
            changed = (Outcome.ADDED, Outcome.UPDATED)
            store.put(
                uow.connection,
                [row.person for row in report.rows if row.person and row.outcome in changed],
            )
            (progress or Silent()).check()
            uow.audit(
                "people.imported",
                added=added,
                updated=updated,
                unchanged=report.count(Outcome.UNCHANGED),
                rejected=report.count(Outcome.REJECTED),
            )
            uow.publish(PeopleChanged(added=added, updated=updated))
            uow.commit()
        return report

    def _shown(self, people: Sequence[Person]) -> Sequence[Person]:
        if self._actor.may(Right.SEE_PEOPLE):
            return tuple(people)
        return tuple(replace(person, contact="") for person in people)


def _checked(person: Person) -> Person:
    """Return the person as an import would read them, or refuse what it would refuse."""
    read, faults = read_person(write_person(person), person)
    if faults:
        raise InputError("people.invalid", faults=faults)
    return read


def _current(uow: UnitOfWork, person_id: PersonId) -> Person:
    found = store.get(uow.connection, person_id)
    if found is None or store.by_key(uow.connection, badge_key(found.badge)) != found:
        raise InputError("people.gone")
    return found
