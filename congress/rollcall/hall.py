"""The hall as the register shows it: who is in, who is missing, whether that is a quorum."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from congress.kernel.clock import Clock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId, SessionId
from congress.kernel.people import PeopleSource, Person
from congress.kernel.roles import Actor, Right
from congress.kernel.roll import Roll
from congress.kernel.settings import Settings
from congress.kernel.text import text_fault, tidy
from congress.rollcall import quorum, register, store
from congress.rollcall.model import Correction, Entry, PresenceChanged, RegisterLine, Session
from congress.rollcall.quorum import Quorum
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork

_LONGEST_REASON = 500


class Hall:
    """Reads the register of a congress, in the name of one member."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        people: PeopleSource,
        clock: Clock,
        settings: Callable[[], Settings],
    ) -> None:
        """Take the collaborators.

        Args:
            database: The congress database.
            actor: The signed-in member.
            people: The list of the congress.
            clock: Dates the entries.
            settings: Returns the settings of the congress as they are now.
        """
        self._database = database
        self._actor = actor
        self._people = people
        self._clock = clock
        self._settings = settings

    def sessions(self) -> Sequence[Session]:
        """Return all sessions, the first opened first."""
        with self._database.reading() as connection:
            return store.sessions(connection)

    def current(self) -> Session | None:
        """Return the open session, or ``None``."""
        with self._database.reading() as connection:
            return store.open_one(connection)

    def quorum(self, session_id: SessionId | None = None) -> Quorum:
        """Return the state of the house, in a session or in the open one; else an empty house.

        It holds counts alone, so that everyone who can sign in may see it.
        """
        everyone = self._people.everyone()
        with self._database.reading() as connection:
            session = store.open_one(connection) if session_id is None else None
            wanted = session_id or (session.id if session else None)
            entries = store.entries(connection, wanted) if wanted else ()
            seated = store.ever_seated(connection)
        return self._count(everyone, register.inside(entries).values(), seated)

    def register(self, session_id: SessionId) -> tuple[RegisterLine, ...]:
        """Return a line for everyone on the list of the congress, ordered by badge number.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``rollcall.unknown_session``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        everyone = self._people.everyone()
        with self._database.reading() as connection:
            session = store.session_of(connection, session_id)
            entries = store.entries(connection, session_id)
            excused = store.excuses(connection, session_id)
        if session is None:
            raise InputError("rollcall.unknown_session")
        reasons = {each.person_id: each.reason for each in excused}
        return register.lines(everyone, entries, session, reasons)

    def absent_throughout(self) -> tuple[Person, ...]:
        """Return the official delegates whose seats stayed empty in every session so far.

        Nobody is absent before the first session has opened.
        """
        with self._database.reading() as connection:
            begun = bool(store.sessions(connection))
            seated = store.ever_seated(connection)
        return register.absent(self._people.everyone(), seated) if begun else ()

    def roll(self) -> Roll:
        """Return who counts, frozen now: all that a poll learns of the roll call.

        Raises:
            RefusedError: ``rollcall.no_session`` before the first session has opened.
        """
        everyone = self._people.everyone()
        with self._database.reading() as connection:
            sessions = store.sessions(connection)
            if not sessions:
                raise RefusedError("rollcall.no_session")
            session = store.open_one(connection) or sessions[-1]
            entries = store.entries(connection, session.id)
            seated = store.ever_seated(connection)
        return register.roll(session.id, self._clock.now(), everyone, entries, seated)

    def corrections(self, session_id: SessionId) -> Sequence[Correction]:
        """Return what was corrected in a session, the first made first.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        with self._database.reading() as connection:
            return store.corrections(connection, session_id)

    def _everyone(self) -> dict[PersonId, Person]:
        return {person.id: person for person in self._people.everyone()}

    def _open(self, uow: UnitOfWork) -> Session:
        session = store.open_one(uow.connection)
        if session is None:
            raise RefusedError("rollcall.no_session")
        return session

    def _enter(self, uow: UnitOfWork, entry: Entry, everyone: Iterable[Person]) -> Quorum:
        store.add_entry(uow.connection, entry)
        uow.audit(
            "presence.entered",
            entry.person_id,
            entry=entry.id,
            method=entry.method.value,
            score=entry.score,
            model=entry.model,
            seat_of=entry.seat_of,
        )
        return self._changed(uow, entry.session_id, entry.person_id, everyone)

    def _changed(
        self,
        uow: UnitOfWork,
        session_id: SessionId,
        person_id: PersonId,
        everyone: Iterable[Person],
    ) -> Quorum:
        inside = register.inside(store.entries(uow.connection, session_id))
        house = self._count(everyone, inside.values(), store.ever_seated(uow.connection))
        uow.publish(PresenceChanged(session_id, person_id, person_id in inside, house))
        return house

    def _count(
        self, everyone: Iterable[Person], inside: Iterable[Entry], seated: Collection[PersonId]
    ) -> Quorum:
        seats = {entry.person_id: entry.seat_of for entry in inside}
        return quorum.count(tuple(everyone), seats, self._settings().quorum, seated)


def known(everyone: Mapping[PersonId, Person], person_id: PersonId) -> Person:
    """Return a person on the list.

    Raises:
        InputError: ``rollcall.unknown_person``.
    """
    if person_id not in everyone:
        raise InputError("rollcall.unknown_person")
    return everyone[person_id]


def checked_reason(reason: str) -> str:
    """Return a reason tidied.

    Raises:
        InputError: ``rollcall.reason`` if it is empty, too long or unreadable.
    """
    tidied = tidy(reason)
    if not 0 < len(tidied) <= _LONGEST_REASON or text_fault(reason):
        raise InputError("rollcall.reason", most=_LONGEST_REASON)
    return tidied
