"""The part of the booth for the encrypted tally, and the trustees' parts of its decryption."""

from dataclasses import replace

from sqlalchemy import Connection

from congress.kernel.approval import Approval
from congress.kernel.canonical import Json
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PollId
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Right
from congress.voting import box, closedbox, evidence, minutes, store
from congress.voting.ballots import encrypted_payload
from congress.voting.crypto import tally
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.tally import Partial
from congress.voting.election import encrypted
from congress.voting.hintbook import HintBook
from congress.voting.ledger import Entry, EntryType
from congress.voting.model import Channel, Poll, State
from congress.voting.parts import Part, moved, require_state
from congress.voting.polls import Action
from congress.voting.trustees.decryption import Examined, examine


class Decryption(Part):
    """From the closed box to the totals: only these are ever decrypted, and only once."""

    @property
    def hints(self) -> HintBook:
        """What checks of ballots came to, for those that follow: the trustees', the bundle's."""
        return self._ports.hints

    def encrypted_tally(
        self,
        poll_id: PollId,
        approval: Approval | None = None,
        *,
        progress: Progress | None = None,
    ) -> Poll:
        """Check every ballot and put their encrypted sums on the ledger, for the trustees.

        Long work: about 35 ms for each ballot of 200 names, on all cores.

        Args:
            poll_id: A closed encrypted poll.
            approval: The second person.
            progress: Told of each ballot that was checked.

        Raises:
            RefusedError: ``voting.wrong_order``; ``voting.too_few_ballots`` if fewer were cast
                than may be decrypted, so that the poll can only be withdrawn;
                ``voting.slips_uncounted`` before the paper count of a mixed poll;
                ``voting.ledger_broken`` if the ledger or the box is not as it was closed,
                ``voting.other_layouts``;
                ``voting.second_person``, ``voting.same_person``.
            InputError: The approval's passphrase is wrong.
            Cancelled: The person cancelled; nothing was changed.
        """
        self._ports.actor.require(Right.RUN_POLL)
        approvers = self._approvers(self._secrecy(poll_id), Action.SUM, approval)
        with self._ports.database.reading() as connection:
            poll = self._poll(connection, poll_id)
            self._require_current(connection, poll)
            self._require_encrypted(poll)
            moved(poll, Action.SUM)
            entries = self._whole(connection, poll)
        if poll.plan.channel is Channel.MIXED and not minutes.paper_counts(entries):
            raise RefusedError("voting.slips_uncounted")
        checked = closedbox.closed_box(entries, progress or Silent(), self.hints)
        closedbox.require_enough(checked)
        sums = tally.sums(checked.election.layouts, checked.ballots)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            poll = moved(poll, Action.SUM)
            if store.head(uow.connection, poll_id).hash != entries[-1].hash:
                raise RefusedError("voting.wrong_order")
            self._append(uow, poll, EntryType.ENCRYPTED_TALLY, sums.to_json())
            members: list[Json] = [actor.member_id for actor in approvers]
            self._step(uow, poll, Action.SUM, ballots=len(checked.ballots), by=members)
            uow.commit()
        return poll

    def tally_to_decrypt(self, poll_id: PollId, progress: Progress | None = None) -> Examined:
        """Return what a trustee decrypts a part of, after checking the whole ledger anew.

        Long work, like ``encrypted_tally``; a quarter of it where hints are at hand.

        Raises:
            RefusedError: As ``congress.voting.trustees.decryption.examine``.
            Cancelled: The person cancelled.
        """
        return examine(self.whole_ledger(poll_id), progress, self.hints)

    def add_partial(self, poll_id: PollId, partial: Partial) -> int:
        """Put a trustee's part of the decryption on the ledger, if it holds.

        Args:
            poll_id: A poll that is being decrypted.
            partial: From ``congress.voting.crypto.tally.partial_of``.

        Returns:
            How many more are needed.

        Raises:
            InputError: ``voting.bad_partial`` if its proofs or its signature do not hold.
            RefusedError: ``voting.partial_there`` if this trustee has given one,
                ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.RUN_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.DECRYPTING)
            entries = store.entries(uow.connection, poll_id)
            given = evidence.given(entries)
            if partial.trustee in given:
                raise RefusedError("voting.partial_there", trustee=partial.trustee)
            election = self._election(uow.connection, poll)
            sums = evidence.sums_of(evidence.tally_entry(entries))
            tally.check_partial(election.context, sums, partial)
            self._append(uow, poll, EntryType.PARTIAL, partial.to_json())
            uow.audit("poll.partial", poll.id, trustee=partial.trustee)
            self._tell(uow, poll)
            uow.commit()
        return max(0, election.context.ceremony.threshold - len(given) - 1)

    def partials(self, poll_id: PollId) -> tuple[int, ...]:
        """Return the numbers of the trustees whose part of the decryption is on the ledger."""
        with self._ports.database.reading() as connection:
            return evidence.given(store.entries(connection, poll_id))

    def trustees(self, poll_id: PollId) -> Ceremony:
        """Return the board of trustees that a poll is encrypted for."""
        with self._ports.database.reading() as connection:
            return self._election(connection, self._poll(connection, poll_id)).context.ceremony

    def whole_ledger(self, poll_id: PollId) -> tuple[Entry, ...]:
        """Return the poll's ledger with the payloads of its encrypted ballots.

        What a bundle is made of; of a poll that is not closed it tells no ballot.
        """
        self._ports.actor.require(Right.SEE_RESULTS)
        with self._ports.database.reading() as connection:
            return self._whole(connection, self._poll(connection, poll_id))

    def _whole(self, connection: Connection, poll: Poll) -> tuple[Entry, ...]:
        entries = store.entries(connection, poll.id)
        if not encrypted(poll.plan):
            return entries
        ballots = box.ballots(connection, poll.id)
        return tuple(
            replace(entry, payload=encrypted_payload(ballots[entry.payload_hash]))
            if entry.type is EntryType.BALLOT and entry.payload_hash in ballots
            else entry
            for entry in entries
        )

    def _require_encrypted(self, poll: Poll) -> None:
        if not encrypted(poll.plan):
            raise RefusedError("voting.wrong_order")
