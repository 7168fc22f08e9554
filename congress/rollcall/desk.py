"""The desk at the door: opens sessions, and keeps the register of who comes and goes."""

from dataclasses import replace
from datetime import timedelta

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId, SessionId, new_id
from congress.kernel.people import Standing
from congress.kernel.roles import Right
from congress.rollcall import register, store
from congress.rollcall.faces import Backend
from congress.rollcall.hall import Hall, checked_reason, known
from congress.rollcall.matching import Gallery
from congress.rollcall.model import (
    CheckIn,
    Entry,
    EntryId,
    Method,
    Session,
    SessionsChanged,
)
from congress.rollcall.quorum import Quorum

UNDO_WITHIN = timedelta(minutes=10)
"""How long one person alone may take an entry back once the sitting has begun."""
_LONGEST_NAME = 200


class Desk(Hall):
    """Keeps the register of a congress, in the name of one member.

    At most one session is open at a time, and every entry goes into it.
    """

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

    def begin_sitting(self) -> Session:
        """Note that the chair opened the sitting: whoever comes from now on is late.

        Raises:
            RefusedError: ``role.not_allowed``, ``rollcall.no_session`` or
                ``rollcall.sitting_began``.
        """
        self._actor.require(Right.OPEN_SESSION)
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            if session.began_at is not None:
                raise RefusedError("rollcall.sitting_began", name=session.name)
            session = replace(session, began_at=self._clock.now())
            store.begin_session(uow.connection, session.id, self._clock.now())
            uow.audit("session.began", session.id)
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
        person = known(everyone, person_id)
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            inside = register.inside(store.entries(uow.connection, session.id))
            if person_id in inside:
                seated = store.ever_seated(uow.connection)
                house = self._count(everyone.values(), inside.values(), seated)
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
                seated = store.ever_seated(uow.connection)
                return self._count(everyone.values(), inside.values(), seated)
            store.end_entry(uow.connection, entry.id, self._clock.now())
            uow.audit("presence.left", person_id, entry=entry.id)
            house = self._changed(uow, session.id, person_id, everyone.values())
            uow.commit()
        return house

    def undo(self, entry_id: EntryId) -> Quorum:
        """Take an entry of the open session back, as if the person had not come.

        Once the sitting has begun, only what was entered in the last ten minutes: the register
        is then corrected by two people (``Corrections.correct``).

        Raises:
            RefusedError: ``role.not_allowed``, ``rollcall.no_session``,
                ``rollcall.entry_closed`` if the entry is not of the open session or was
                taken back already, or ``rollcall.needs_two``.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            entry = store.entry(uow.connection, entry_id)
            if entry is None or entry.session_id != session.id:
                raise RefusedError("rollcall.entry_closed")
            if session.began_at and self._clock.now() - entry.came_at > UNDO_WITHIN:
                raise RefusedError("rollcall.needs_two")
            store.undo_entry(uow.connection, entry_id, self._clock.now())
            uow.audit("presence.undone", entry.person_id, entry=entry_id)
            house = self._changed(uow, session.id, entry.person_id, everyone.values())
            uow.commit()
        return house

    def take_seat(self, alternate_id: PersonId, official_id: PersonId, reason: str = "") -> CheckIn:
        """Let an alternate sit and vote in the seat of an official delegate who is not here.

        Args:
            alternate_id: Who takes the seat.
            official_id: Whose seat it is.
            reason: Why the delegate withdrew, or empty.

        Raises:
            RefusedError: ``role.not_allowed``, ``rollcall.no_session``, or
                ``rollcall.not_alternate`` unless the one is an alternate and the other an
                official delegate, or ``rollcall.seat_taken`` if the delegate is here or
                another alternate has the seat.
            InputError: ``rollcall.unknown_person`` or ``rollcall.reason``.
        """
        self._actor.require(Right.CHECK_IN)
        reason = checked_reason(reason) if reason.strip() else ""
        everyone = self._everyone()
        alternate, official = known(everyone, alternate_id), known(everyone, official_id)
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
                reason=reason,
            )
            house = self._enter(uow, entry, everyone.values())
            uow.commit()
        return CheckIn(entry, alternate, True, house)

    def give_back(
        self, official_id: PersonId, method: Method = Method.OPERATOR, *, door: str = ""
    ) -> CheckIn:
        """Give a delegate who came back the seat; the alternate in it stays in the hall.

        Args:
            official_id: Who came back.
            method: How the person was recognised.
            door: Name of the door.

        Raises:
            RefusedError: ``role.not_allowed``, ``rollcall.no_session``, or
                ``rollcall.seat_free`` if no alternate sits in the delegate's seat.
            InputError: ``rollcall.unknown_person``.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        official = known(everyone, official_id)
        with self._database.unit_of_work(self._actor) as uow:
            session = self._open(uow)
            inside = register.inside(store.entries(uow.connection, session.id))
            held = next((each for each in inside.values() if each.seat_of == official_id), None)
            if held is None:
                raise RefusedError("rollcall.seat_free", name=official.name)
            now = self._clock.now()
            store.end_entry(uow.connection, held.id, now)
            uow.audit("presence.seat_given_back", official_id, entry=held.id)
            stays = replace(
                held,
                id=EntryId(new_id()),
                came_at=now,
                seat_of=None,
                reason="",
                score=None,
                model="",
            )
            self._enter(uow, stays, everyone.values())
            entry = Entry(
                id=EntryId(new_id()),
                session_id=session.id,
                person_id=official_id,
                came_at=now,
                left_at=None,
                method=method,
                door=door,
            )
            house = self._enter(uow, entry, everyone.values())
            uow.commit()
        return CheckIn(entry, official, True, house)

    def note_watch(
        self, door: str, backend: Backend, gallery: Gallery, *, unattended: bool = False
    ) -> None:
        """Note in the audit that a camera began to watch a door, and what it judges by.

        Args:
            door: Identifies the door; not its name, which is free text.
            backend: What finds and compares faces; its weights are named by their hashes.
            gallery: Who is enrolled, with the threshold that follows.
            unattended: Whether nobody enters there before a check that the face is alive.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.CHECK_IN)
        with self._database.unit_of_work(self._actor) as uow:
            uow.audit(
                "door.watched",
                door,
                backend=backend.name,
                model=backend.model.name,
                model_sha256=backend.model.sha256,
                detector_sha256=backend.detector_sha256,
                threshold=round(gallery.threshold * 1000),
                persons=len(gallery.persons),
                unattended=unattended,
            )
            uow.commit()
