"""The desk at the door: opens sessions, keeps the register, counts the house."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from congress.kernel.clock import Clock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId, SessionId, new_id
from congress.kernel.people import PeopleSource, Person, Standing
from congress.kernel.roles import Actor, Right
from congress.kernel.roll import Roll
from congress.kernel.settings import Settings
from congress.rollcall import quorum, register, store
from congress.rollcall.model import (
    CheckIn,
    Entry,
    EntryId,
    Method,
    PresenceChanged,
    RegisterLine,
    Session,
    SessionsChanged,
)
from congress.rollcall.quorum import Quorum
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork

_LONGEST_NAME = 200


class Desk:
    """The register of a congress, in the name of one member.

    At most one session is open at a time, and every entry goes into it.
    """

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

    def open_session(self, name: str) -> Session:
        """Open the doors for a new session.

        Raises:
            RefusedError: ``role.not_allowed``, or ``rollcall.session_open`` if another is open.
            InputError: ``rollcall.session_name`` if the name is empty or too long.
        """
        self._actor.require(Right.OPEN_SESSION)
        name = name.strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            raise InputError("rollcall.session_name", most=_LONGEST_NAME)
        with self._database.unit_of_work(self._actor) as uow:
            if other := store.open_one(uow.connection):
                raise RefusedError("rollcall.session_open", name=other.name)
            session = Session(SessionId(new_id()), name, self._clock.now())
            store.add_session(uow.connection, session)
            uow.audit("session.opened", session.id)
            uow.publish(SessionsChanged(session))
            uow.commit()
        return session

    def close_session(self) -> Session:
        """Close the open session; who is in the hall then counts as present to its end.

        Raises:
            RefusedError: ``role.not_allowed`` or ``rollcall.no_session``.
        """
        self._actor.require(Right.OPEN_SESSION)
        with self._database.unit_of_work(self._actor) as uow:
            session = replace(self._open(uow), closed_at=self._clock.now())
            store.close_session(uow.connection, session.id, self._clock.now())
            inside = register.inside(store.entries(uow.connection, session.id))
            uow.audit("session.closed", session.id, inside=len(inside))
            uow.publish(SessionsChanged(session))
            uow.commit()
        return session

    def check_in(
        self,
        person_id: PersonId,
        method: Method = Method.MANUAL,
        *,
        score: float | None = None,
        model: str = "",
        door: str = "",
    ) -> CheckIn:
        """Enter a person in the register of the open session; once, however often called.

        Args:
            person_id: Who came.
            method: How the person was recognised.
            score: Score of the face, for the method ``face`` or ``operator``.
            model: Name of the model behind the score.
            door: Name of the door.

        Raises:
            RefusedError: ``role.not_allowed``, ``rollcall.no_session``, or
                ``rollcall.seat_taken`` while an alternate sits in the person's seat.
            InputError: ``rollcall.unknown_person``.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        person = _known(everyone, person_id)
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            inside = register.inside(store.entries(uow.connection, session.id))
            if person_id in inside:
                house = self._count(everyone.values(), inside.values())
                return CheckIn(inside[person_id], person, False, house)
            for entry in inside.values():
                if entry.seat_of == person_id:
                    alternate = everyone.get(entry.person_id)
                    name = alternate.name if alternate else ""
                    raise RefusedError("rollcall.seat_taken", name=person.name, alternate=name)
            entry = Entry(
                id=EntryId(new_id()),
                session_id=session.id,
                person_id=person_id,
                came_at=self._clock.now(),
                left_at=None,
                method=method,
                score=None if score is None else round(score * 1000),
                model=model,
                door=door,
            )
            house = self._enter(uow, entry, everyone.values())
            uow.commit()
        return CheckIn(entry, person, True, house)

    def check_out(self, person_id: PersonId) -> Quorum:
        """Note that a person left the hall; do nothing if the person is not inside.

        Raises:
            RefusedError: ``role.not_allowed`` or ``rollcall.no_session``.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            inside = register.inside(store.entries(uow.connection, session.id))
            if (entry := inside.get(person_id)) is None:
                return self._count(everyone.values(), inside.values())
            store.end_entry(uow.connection, entry.id, self._clock.now())
            uow.audit("presence.left", person_id, entry=entry.id)
            house = self._changed(uow, session.id, person_id, everyone.values())
            uow.commit()
        return house

    def undo(self, entry_id: EntryId) -> Quorum:
        """Take an entry of the open session back, as if the person had not come.

        Raises:
            RefusedError: ``role.not_allowed``, ``rollcall.no_session``, or
                ``rollcall.entry_closed`` if the entry is not of the open session or was
                taken back already.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            entry = store.entry(uow.connection, entry_id)
            if entry is None or entry.session_id != session.id:
                raise RefusedError("rollcall.entry_closed")
            store.undo_entry(uow.connection, entry_id, self._clock.now())
            uow.audit("presence.undone", entry.person_id, entry=entry_id)
            house = self._changed(uow, session.id, entry.person_id, everyone.values())
            uow.commit()
        return house

    def take_seat(self, alternate_id: PersonId, official_id: PersonId) -> CheckIn:
        """Let an alternate sit and vote in the seat of an official delegate who is not here.

        Raises:
            RefusedError: ``role.not_allowed``, ``rollcall.no_session``, or
                ``rollcall.not_alternate`` unless the one is an alternate and the other an
                official delegate, or ``rollcall.seat_taken`` if the delegate is here or
                another alternate has the seat.
            InputError: ``rollcall.unknown_person``.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        alternate, official = _known(everyone, alternate_id), _known(everyone, official_id)
        standings = (alternate.standing, official.standing)
        if standings != (Standing.ALTERNATE, Standing.OFFICIAL):
            raise RefusedError("rollcall.not_alternate")
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            inside = register.inside(store.entries(uow.connection, session.id))
            taken = {entry.seat_of or entry.person_id: entry.person_id for entry in inside.values()}
            if official_id in taken:
                holder = everyone.get(taken[official_id])
                name = holder.name if holder else ""
                raise RefusedError("rollcall.seat_taken", name=official.name, alternate=name)
            before = inside.get(alternate_id)
            now = self._clock.now()
            if before:
                store.end_entry(uow.connection, before.id, now)
            entry = Entry(
                id=EntryId(new_id()),
                session_id=session.id,
                person_id=alternate_id,
                came_at=now,
                left_at=None,
                method=before.method if before else Method.OPERATOR,
                door=before.door if before else "",
                seat_of=official_id,
            )
            house = self._enter(uow, entry, everyone.values())
            uow.commit()
        return CheckIn(entry, alternate, True, house)

    def quorum(self, session_id: SessionId | None = None) -> Quorum:
        """Return the state of the house, in a session or in the open one; else an empty house.

        It holds counts alone, so that everyone who can sign in may see it.
        """
        everyone = self._people.everyone()
        with self._database.reading() as connection:
            session = store.open_one(connection) if session_id is None else None
            wanted = session_id or (session.id if session else None)
            entries = store.entries(connection, wanted) if wanted else ()
        return self._count(everyone, register.inside(entries).values())

    def register(self, session_id: SessionId) -> tuple[RegisterLine, ...]:
        """Return a line for everyone on the list of the congress, ordered by badge number.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        everyone = self._people.everyone()
        with self._database.reading() as connection:
            entries = store.entries(connection, session_id)
        return register.lines(everyone, entries)

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
        house = self._count(everyone, inside.values())
        uow.publish(PresenceChanged(session_id, person_id, person_id in inside, house))
        return house

    def _count(self, everyone: Iterable[Person], inside: Iterable[Entry]) -> Quorum:
        seats = {entry.person_id: entry.seat_of for entry in inside}
        return quorum.count(tuple(everyone), seats, self._settings().quorum)


def _known(everyone: Mapping[PersonId, Person], person_id: PersonId) -> Person:
    if person_id not in everyone:
        raise InputError("rollcall.unknown_person")
    return everyone[person_id]
