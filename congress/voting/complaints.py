"""Complaints about polls: who made them, what they say, and what was decided."""

from dataclasses import replace

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId, new_id
from congress.kernel.roles import Right
from congress.kernel.text import text_fault, tidy
from congress.voting import complaint_store as store
from congress.voting.model import Complaint
from congress.voting.parts import Part

LONGEST = 4000
"""Characters of a complaint or a decision."""


class Complaints(Part):
    """Keeps the log of complaints. Nothing in it is changed but by the one decision."""

    def complaints(self, poll_id: PollId) -> tuple[Complaint, ...]:
        """Return the complaints about a poll, the oldest first."""
        with self._ports.database.reading() as connection:
            return store.of_poll(connection, poll_id)

    def file_complaint(self, poll_id: PollId, complainant: str, text: str) -> Complaint:
        """Write a complaint down, dated now. The audit says that it was made, not what it says.

        Args:
            poll_id: The poll.
            complainant: Who complains.
            text: In the words of the complainant.

        Raises:
            InputError: ``voting.no_poll``, ``voting.bad_complaint`` if a text is empty, too
                long or unreadable.
            RefusedError: ``role.not_allowed``.
        """
        self._ports.actor.require(Right.RUN_POLL)
        value = Complaint(
            new_id(), poll_id, self._ports.clock.now(), _read(complainant), _read(text)
        )
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id)
            store.add(uow.connection, value)
            uow.audit("complaint.filed", value.id, poll=poll_id)
            self._tell(uow, poll)
            uow.commit()
        return value

    def decide_complaint(self, complaint_id: str, decision: str) -> Complaint:
        """Write down what was decided about a complaint, once.

        Raises:
            InputError: ``voting.no_complaint``, ``voting.bad_complaint``.
            RefusedError: ``voting.complaint_decided`` if it was decided before,
                ``role.not_allowed``.
        """
        self._ports.actor.require(Right.RUN_POLL)
        decision = _read(decision)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            before = store.find(uow.connection, complaint_id)
            if before is None:
                raise InputError("voting.no_complaint")
            if before.decided_at is not None:
                raise RefusedError("voting.complaint_decided")
            value = replace(before, decision=decision, decided_at=self._ports.clock.now())
            store.decide(uow.connection, complaint_id, decision, self._ports.clock.now())
            uow.audit("complaint.decided", complaint_id, poll=before.poll_id)
            self._tell(uow, self._poll(uow.connection, before.poll_id))
            uow.commit()
        return value


def _read(text: str) -> str:
    tidied = "\n".join(filter(None, map(tidy, text.splitlines())))
    if not tidied or len(tidied) > LONGEST or any(map(text_fault, text.splitlines())):
        raise InputError("voting.bad_complaint", most=LONGEST)
    return tidied
