"""The part of the booth for ballots on paper: reading, settling, checking and counting them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from congress.kernel.approval import Approval
from congress.kernel.canonical import encode
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import slip_store, slips, store
from congress.voting.ballots import judge
from congress.voting.codec import count_to_json
from congress.voting.ledger import EntryType
from congress.voting.model import Poll, Secrecy, State
from congress.voting.paperstock import PaperStock, require_number
from congress.voting.parts import require_state
from congress.voting.polls import Action
from congress.voting.slips import Answer, Opinion, Progress, Reader, Slip


@dataclass(frozen=True, slots=True)
class ScannedSlip:
    """One ballot paper as a scanner read it.

    Attributes:
        answer: What is plain; a doubtful place counts as not marked here.
        doubts: ``(contest, cell)`` of the doubtful places.
        stray: Whether there is ink where nothing belongs.
        pages: Pictures of its pages, JPEG.
    """

    answer: Answer
    doubts: tuple[tuple[int, str], ...]
    stray: bool
    pages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class SlipView:
    """A slip as the signed-in member may see it.

    Attributes:
        number: Its place in the pile.
        turn: The turn in which it is to be read now, ``None`` if it is settled.
        scanner: What the scanner read, if it did.
        differing: The two answers that differ, for whoever decides between them.
        pages: Its pictures.
    """

    number: int
    turn: Reader | None
    scanner: Opinion | None
    differing: tuple[Answer, ...]
    pages: tuple[bytes, ...]


class Paperwork(PaperStock):
    """What the committee does with the slips from the box."""

    def slip_progress(self, poll_id: PollId) -> Progress:
        """Return how far the pile is read; never what stands on it."""
        with self._ports.database.reading() as connection:
            poll = self._poll(connection, poll_id)
            return slips.progress(slip_store.slips(connection, poll_id, poll.plan))

    def add_scans(self, poll_id: PollId, scans: Sequence[ScannedSlip]) -> Progress:
        """Put scanned ballot papers on the pile, in their order, after those already there.

        Raises:
            InputError: ``voting.bad_ballot`` if a scan does not fit the ballot paper,
                ``voting.too_many_slips`` if there would be more than were issued.
            RefusedError: ``voting.no_paper``, ``voting.wrong_order`` unless the poll is
                closed and not counted.
        """
        with self._reading_slips(poll_id) as uow:
            poll = self._pile(uow.connection, poll_id)
            first = slip_store.read_number(uow.connection, poll_id) + 1
            self._require_issued(uow.connection, poll, first + len(scans) - 1)
            read = []
            for number, scan in enumerate(scans, start=first):
                self._require_fits(uow.connection, poll, scan.answer)
                opinion = Opinion(Reader.SCANNER, None, scan.answer, scan.doubts, scan.stray)
                read.append((number, opinion))
                pages = [(number, page, jpeg) for page, jpeg in enumerate(scan.pages)]
                slip_store.add_pages(uow.connection, poll_id, pages)
            slip_store.add_opinions(uow.connection, poll_id, poll.plan, read)
            uow.audit("poll.slips_scanned", poll_id, count=len(scans))
            self._tell(uow, poll)
            uow.commit()
        return self.slip_progress(poll_id)

    def next_slip(self, poll_id: PollId) -> SlipView:
        """Return the next slip for the signed-in member to read.

        The first that waits for a reading this member may give; where none does, the next
        new one of the pile.
        """
        with self._ports.database.reading() as connection:
            poll = self._pile(connection, poll_id)
            member = self._ports.actor.member_id
            pile = slip_store.slips(connection, poll_id, poll.plan)
            waiting = next((item for item in pile if item.turn_of(member) is not None), None)
            return self._view(connection, poll_id, waiting or Slip(len(pile) + 1))

    def slip(self, poll_id: PollId, number: int) -> SlipView:
        """Return one slip as the signed-in member may see it: no other reader's answer."""
        with self._ports.database.reading() as connection:
            poll = self._pile(connection, poll_id)
            return self._view(
                connection, poll_id, slip_store.slip(connection, poll_id, poll.plan, number)
            )

    def read_slip(self, poll_id: PollId, number: int, answer: Answer) -> Slip:
        """Record what the signed-in member read on a slip.

        Args:
            poll_id: A closed poll with slips.
            number: A slip of the pile, or one more than there are.
            answer: What stands on it.

        Raises:
            InputError: ``voting.bad_ballot``, ``voting.no_slip``, ``voting.too_many_slips``.
            RefusedError: ``voting.slip_settled``, ``voting.slip_read`` if this member read
                it before, ``voting.no_paper``, ``voting.wrong_order``.
        """
        with self._reading_slips(poll_id) as uow:
            poll = self._pile(uow.connection, poll_id)
            if not 1 <= number <= slip_store.read_number(uow.connection, poll_id) + 1:
                raise InputError("voting.no_slip", number=number)
            self._require_issued(uow.connection, poll, number)
            self._require_fits(uow.connection, poll, answer)
            slip = slip_store.slip(uow.connection, poll_id, poll.plan, number)
            if slip.settled is not None:
                raise RefusedError("voting.slip_settled", number=number)
            turn = slip.turn_of(self._ports.actor.member_id)
            if turn is None:
                raise RefusedError("voting.slip_read", number=number)
            return self._opine(uow, poll, slip, turn, answer)

    def check_sample(self, poll_id: PollId, size: int, seed: str) -> tuple[int, ...]:
        """Return which slips to check, from the number that the hall threw.

        Raises:
            InputError: ``voting.no_seed`` if the seed is empty.
            RefusedError: ``voting.slips_unsettled`` before every slip is settled.
        """
        if not seed.strip():
            raise InputError("voting.no_seed")
        with self._ports.database.reading() as connection:
            poll = self._pile(connection, poll_id)
            pile = self._settled(slip_store.slips(connection, poll_id, poll.plan))
            return slips.sample(len(pile), size, " ".join(seed.split()))

    def check_slip(self, poll_id: PollId, number: int, answer: Answer) -> Slip:
        """Record what a check of a settled slip against the paper found.

        Raises:
            InputError: ``voting.bad_ballot``, ``voting.no_slip``.
            RefusedError: ``voting.slips_unsettled``, ``voting.slip_checked``.
        """
        with self._reading_slips(poll_id) as uow:
            poll = self._pile(uow.connection, poll_id)
            self._require_fits(uow.connection, poll, answer)
            slip = slip_store.slip(uow.connection, poll_id, poll.plan, number)
            if not slip.opinions:
                raise InputError("voting.no_slip", number=number)
            if slip.settled is None:
                raise RefusedError("voting.slips_unsettled")
            if slip.checked is not None:
                raise RefusedError("voting.slip_checked", number=number)
            return self._opine(uow, poll, slip, Reader.CHECK, answer)

    def read_pile_again(self, poll_id: PollId, approval: Approval | None = None) -> None:
        """Forget every reading, to begin again with the same pile; by two persons.

        Raises:
            RefusedError: ``voting.second_person``, ``voting.same_person``,
                ``voting.no_paper``, ``voting.wrong_order``.
        """
        self._approvers(Secrecy.SECRET, Action.CLOSE, approval)
        with self._reading_slips(poll_id) as uow:
            poll = self._pile(uow.connection, poll_id)
            slip_store.remove_readings(uow.connection, poll_id)
            uow.audit("poll.slips_again", poll_id)
            self._tell(uow, poll)
            uow.commit()

    def count_slips(self, poll_id: PollId, unused: int, approval: Approval | None = None) -> Poll:
        """Count the pile, twice, and put the paper count on the ledger; by two persons.

        Args:
            poll_id: A closed poll with slips.
            unused: Ballot papers left over, counted by hand.
            approval: The second person.

        Raises:
            InputError: ``voting.slip_number``.
            RefusedError: ``voting.slips_unsettled``, ``voting.slips_differ`` if a check
                found another answer, ``voting.second_person``, ``voting.same_person``,
                ``voting.no_paper``, ``voting.wrong_order``.
        """
        approvers = self._approvers(Secrecy.SECRET, Action.CLOSE, approval)
        require_number(unused, 0)
        with self._reading_slips(poll_id) as uow:
            poll = self._pile(uow.connection, poll_id)
            pile = self._settled(slip_store.slips(uow.connection, poll_id, poll.plan))
            if slips.progress(pile).differing:
                raise RefusedError("voting.slips_differ")
            stock = slip_store.stock(uow.connection, poll_id)
            stock = replace(stock, unused=unused, counted=len(pile))
            answers = [slip.settled for slip in pile if slip.settled is not None]
            rule = self._rule(uow.connection, poll)
            record = encode(slips.record(poll.plan, pile))
            payload = {
                "slips": len(pile),
                "issued": stock.issued,
                "spoiled": stock.spoiled,
                "unused": unused,
                "counts": [
                    count_to_json(total) for total in slips.counted(poll.plan, rule, answers)
                ],
                "record": hashlib.sha256(record).digest(),
                "approved_by": [actor.member_id for actor in approvers],
            }
            self._append(uow, poll, EntryType.PAPER_COUNT, payload)
            self._keep_stock(uow, poll, stock)
            uow.audit("poll.slips_counted", poll_id, slips=len(pile))
            self._tell(uow, poll)
            uow.commit()
        return poll

    def _reading_slips(self, poll_id: PollId) -> UnitOfWork:
        self._ports.actor.require(Right.RUN_POLL)
        return self._ports.database.unit_of_work(self._ports.actor)

    def _pile(self, connection: Connection, poll_id: PollId) -> Poll:
        """Return a poll whose slips may be read now."""
        poll = self._on_paper(connection, poll_id, store.Lock.SHARED)
        require_state(poll, State.CLOSED)
        if store.has_entry(connection, poll_id, EntryType.PAPER_COUNT):
            raise RefusedError("voting.wrong_order")
        return poll

    def _view(self, connection: Connection, poll_id: PollId, slip: Slip) -> SlipView:
        two = (slip.of(Reader.FIRST), slip.of(Reader.SECOND))
        differing = tuple(item.answer for item in two if item and slip.turn is Reader.THIRD)
        pages = slip_store.pages(connection, poll_id, slip.number)
        return SlipView(slip.number, slip.turn, slip.of(Reader.SCANNER), differing, pages)

    def _opine(self, uow: UnitOfWork, poll: Poll, slip: Slip, turn: Reader, answer: Answer) -> Slip:
        opinion = Opinion(turn, self._ports.actor.member_id, answer)
        slip_store.add_opinions(uow.connection, poll.id, poll.plan, [(slip.number, opinion)])
        uow.audit("poll.slip_read", poll.id, number=slip.number, turn=turn.value)
        self._tell(uow, poll)
        uow.commit()
        return slip.read_by(opinion)

    def _settled(self, pile: tuple[Slip, ...]) -> tuple[Slip, ...]:
        if any(slip.settled is None for slip in pile):
            raise RefusedError("voting.slips_unsettled")
        return pile

    def _require_issued(self, connection: Connection, poll: Poll, number: int) -> None:
        stock = slip_store.stock(connection, poll.id)
        if number > stock.issued - stock.spoiled:
            raise InputError("voting.too_many_slips", issued=stock.issued - stock.spoiled)

    def _require_fits(self, connection: Connection, poll: Poll, answer: Answer) -> None:
        if len(answer.ballot.marks) != len(poll.plan.contests):
            raise InputError("voting.bad_ballot")
        rule = self._rule(connection, poll)
        for contest, marks in zip(poll.plan.contests, answer.ballot.marks, strict=True):
            judge(contest, rule, marks)
