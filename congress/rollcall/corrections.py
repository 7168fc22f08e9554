"""Corrects the register after the fact: two people, a reason, and nothing overwritten.

Until the chair opens the sitting, one organiser may correct alone. A corrected stay is a new
entry; the old one keeps its row, taken back, and ``Correction`` says who stood for it and why.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from congress.kernel.approval import Approval
from congress.kernel.clock import Clock
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId, PersonId, SessionId, new_id
from congress.kernel.people import PeopleSource, Standing
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.rollcall import store
from congress.rollcall.hall import Hall, checked_reason, known
from congress.rollcall.model import (
    Correction,
    CorrectionKind,
    Entry,
    EntryId,
    Excuse,
    Method,
    Session,
    Stay,
)
from congress.storage.database import Database
from congress.storage.unit_of_work import UnitOfWork


class Corrections(Hall):
    """Excuses absences and corrects stays, in the name of one member."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        people: PeopleSource,
        clock: Clock,
        settings: Callable[[], Settings],
        approve: Callable[[Approval], Actor],
    ) -> None:
        """Take the collaborators.

        Args:
            database: The congress database.
            actor: The signed-in member.
            people: The list of the congress.
            clock: Dates what is changed.
            settings: Returns the settings of the congress as they are now.
            approve: Checks the second person's name and passphrase and returns who it is.
        """
        super().__init__(database, actor, people, clock, settings)
        self._approve = approve

    def excuse(self, session_id: SessionId, person_id: PersonId, reason: str) -> Excuse:
        """Note that a person asked to be excused from a session, and why.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``rollcall.unknown_person``, ``rollcall.unknown_session`` or
                ``rollcall.reason``.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        known(everyone, person_id)
        noted = Excuse(session_id, person_id, checked_reason(reason), self._clock.now())
        with self._database.unit_of_work(self._actor) as uow:
            self._session(uow, session_id)
            store.put_excuse(uow.connection, noted)
            uow.audit("presence.excused", person_id, session=session_id)
            self._changed(uow, session_id, person_id, everyone.values())
            uow.commit()
        return noted

    def withdraw_excuse(self, session_id: SessionId, person_id: PersonId) -> None:
        """Take an excuse back; do nothing if there is none.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``rollcall.unknown_session``.
        """
        self._actor.require(Right.CHECK_IN)
        everyone = self._everyone()
        with self._database.unit_of_work(self._actor) as uow:
            self._session(uow, session_id)
            if store.remove_excuse(uow.connection, session_id, person_id):
                uow.audit("presence.excuse_withdrawn", person_id, session=session_id)
                self._changed(uow, session_id, person_id, everyone.values())
                uow.commit()

    def correct(
        self,
        session_id: SessionId,
        person_id: PersonId,
        *,
        before: EntryId | None = None,
        after: Stay | None = None,
        reason: str,
        approval: Approval | None = None,
    ) -> Correction:
        """Replace an entry by a stay, add a stay, or take an entry back.

        Args:
            session_id: The session, open or closed.
            person_id: Whose stay.
            before: The entry that does not stand any more, or ``None`` to add one.
            after: The stay that stands instead, or ``None`` to take the entry back.
            reason: Why.
            approval: The second person; needed once the sitting has begun.

        Raises:
            RefusedError: ``role.not_allowed`` (also of the second person),
                ``rollcall.needs_two`` without a second person, or one who is the same;
                ``rollcall.entry_closed`` if ``before`` is no entry of that person there;
                ``rollcall.not_alternate`` if an alternate's seat is no official delegate's;
                ``rollcall.overlaps`` if the person, or somebody in the same seat, was there
                at that time.
            InputError: ``rollcall.unknown_person``, ``rollcall.unknown_session``,
                ``rollcall.reason``, ``rollcall.nothing_to_correct``, or ``rollcall.times`` if
                the stay ends before it begins, lies outside the session or in the future;
                ``vault.wrong_passphrase`` of the second person.
        """
        self._actor.require(Right.CHECK_IN)
        reason = checked_reason(reason)
        everyone = self._everyone()
        person = known(everyone, person_id)
        if before is None and after is None:
            raise InputError("rollcall.nothing_to_correct")
        if after is not None and after.seat_of is not None:
            seat = known(everyone, after.seat_of)
            if (person.standing, seat.standing) != (Standing.ALTERNATE, Standing.OFFICIAL):
                raise RefusedError("rollcall.not_alternate")
        second = self._second(approval)
        with self._database.unit_of_work(self._actor) as uow:
            session = self._session(uow, session_id)
            if session.began_at is not None and second is None:
                raise RefusedError("rollcall.needs_two")
            entries = store.entries(uow.connection, session_id)
            old = next((each for each in entries if each.id == before), None)
            if before is not None and (old is None or old.person_id != person_id):
                raise RefusedError("rollcall.entry_closed")
            entry = None
            if after is not None:
                others = [each for each in entries if each is not old]
                entry = self._checked(session, person_id, after, others)
            made = Correction(
                id=new_id(),
                session_id=session_id,
                person_id=person_id,
                kind=_kind(old, entry),
                before=before,
                after=entry.id if entry else None,
                reason=reason,
                by=self._actor.member_id,
                confirmed_by=second,
                at=self._clock.now(),
            )
            if old:
                store.undo_entry(uow.connection, old.id, made.at)
            if entry:
                store.add_entry(uow.connection, entry)
            store.add_correction(uow.connection, made)
            uow.audit(
                "presence.corrected",
                person_id,
                correction=made.id,
                kind=made.kind.value,
                before=made.before,
                after=made.after,
                confirmed_by=second,
            )
            self._changed(uow, session_id, person_id, everyone.values())
            uow.commit()
        return made

    def _second(self, approval: Approval | None) -> MemberId | None:
        if approval is None:
            return None
        second = self._approve(approval)
        second.require(Right.CHECK_IN)
        if second.member_id == self._actor.member_id:
            raise RefusedError("rollcall.needs_two")
        return second.member_id

    def _session(self, uow: UnitOfWork, session_id: SessionId) -> Session:
        session = store.session_of(uow.connection, session_id)
        if session is None:
            raise InputError("rollcall.unknown_session")
        return session

    def _checked(
        self, session: Session, person_id: PersonId, stay: Stay, others: Sequence[Entry]
    ) -> Entry:
        """Return the entry for a stay.

        A stay without an end lasts to the end of a closed session: such a person is in the
        hall then, like everyone who did not leave.
        """
        last = session.closed_at or self._clock.now()
        end = stay.left_at or last
        if not session.opened_at <= stay.came_at <= end <= last:
            raise InputError("rollcall.times")
        seat = stay.seat_of or person_id
        for other in others:
            taken = {other.person_id, other.seat_of or other.person_id}
            if not taken.isdisjoint({person_id, seat}) and _meet(stay, other, last):
                raise RefusedError("rollcall.overlaps")
        return Entry(
            id=EntryId(new_id()),
            session_id=session.id,
            person_id=person_id,
            came_at=stay.came_at,
            left_at=stay.left_at,
            method=Method.MANUAL,
            seat_of=stay.seat_of,
        )


def _kind(old: Entry | None, new: Entry | None) -> CorrectionKind:
    if old is None:
        return CorrectionKind.ADDED
    return CorrectionKind.TAKEN_BACK if new is None else CorrectionKind.TIMES


def _meet(stay: Stay, other: Entry, last: datetime) -> bool:
    """Return whether two stays share more than a moment, or are both open."""
    if stay.left_at is None and other.left_at is None:
        return True
    return stay.came_at < (other.left_at or last) and other.came_at < (stay.left_at or last)
