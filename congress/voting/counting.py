"""The part of the booth for tally, ties, certificate and what follows."""

from dataclasses import replace

from sqlalchemy import Connection

from congress.kernel.approval import Approval
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.roles import Right
from congress.voting import box, evidence, ledger, minutes, plans, slip_store, store
from congress.voting.ballots import tracking_code
from congress.voting.codec import (
    count_to_json,
    decision_to_json,
    reconciliation_to_json,
    roll_figures,
    verdict_to_json,
)
from congress.voting.codewords import code_of
from congress.voting.election import encrypted, suite_of
from congress.voting.ledger import Entry, EntryType
from congress.voting.methods.counting import added, count
from congress.voting.model import Channel, Poll, Secrecy, State
from congress.voting.outcome import (
    Count,
    Reconciliation,
    Result,
    SignedHead,
    TieDecision,
)
from congress.voting.parts import Part, moved, require_state
from congress.voting.polls import Action
from congress.voting.rules.model import Rule
from congress.voting.slip_store import Stock


class Counting(Part):
    """From the closed box to the certificate."""

    def tally(self, poll_id: PollId) -> Result:
        """Put the totals on the ledger: decrypted, or in an open poll counted twice.

        Raises:
            RefusedError: ``voting.wrong_order``; ``voting.too_few_partials`` before enough
                trustees have decrypted; ``voting.slips_uncounted`` before the paper count of a
                poll with slips; ``voting.ledger_broken`` if the ledger or the box is not as it
                was closed.
        """
        self._ports.actor.require(Right.RUN_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.DECRYPTING if encrypted(poll.plan) else State.CLOSED)
            rule = self._rule(uow.connection, poll)
            entries = self._sound(uow.connection, poll)
            if poll.plan.channel is not Channel.ELECTRONIC and not minutes.paper_counts(entries):
                raise RefusedError("voting.slips_uncounted")
            figures = self._figures(uow.connection, poll)
            payload = {
                "counts": [count_to_json(total) for total in _totals(poll, rule, entries)],
                "entitled": figures.drawn,
                "reconciliation": reconciliation_to_json(figures),
            }
            self._append(uow, poll, EntryType.RESULT, payload)
            poll = moved(poll, Action.TALLY)
            self._step(uow, poll, Action.TALLY, ballots=figures.cast)
            result = self._result(uow.connection, poll)
            uow.commit()
        return result

    def resolve_tie(self, poll_id: PollId, decision: TieDecision) -> Result:
        """Put on the ledger what the congress decided about a tie.

        Raises:
            InputError: ``voting.bad_tie_decision`` if it does not fit the tie, if the rule
                wants another vote instead, or if the tie is decided already.
            RefusedError: ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.RUN_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.TALLIED)
            open_ties = {
                verdict.contest_id
                for verdict in self._result(uow.connection, poll).verdicts
                if verdict.tie is not None
            }
            if decision.contest_id not in open_ties:
                raise InputError("voting.bad_tie_decision")
            self._append(uow, poll, EntryType.TIE_DECISION, decision_to_json(decision))
            result = self._result(uow.connection, poll)
            uow.audit("poll.tie_decided", poll.id)
            self._tell(uow, poll)
            uow.commit()
        return result

    def certify(self, poll_id: PollId, approval: Approval | None = None) -> Result:
        """Sign the result with the key of the congress; the certificate ends the ledger.

        Args:
            poll_id: A tallied poll.
            approval: The second person, for a secret poll.

        Raises:
            RefusedError: ``voting.unbalanced`` if the cards do not account for the ballots,
                ``voting.tie_undecided`` if the congress has still to decide a tie,
                ``voting.ledger_broken``, ``voting.wrong_order``,
                ``voting.second_person``, ``voting.same_person``.
            InputError: The approval's passphrase is wrong.
        """
        self._ports.actor.require(Right.RUN_POLL)
        approvers = self._approvers(self._secrecy(poll_id), Action.CERTIFY, approval)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            poll = replace(moved(poll, Action.CERTIFY), certified_at=self._ports.clock.now())
            entries = self._sound(uow.connection, poll)
            result = self._result(uow.connection, poll)
            if not result.reconciliation.balanced:
                raise RefusedError("voting.unbalanced")
            if any(verdict.tie and verdict.tie.by_decision for verdict in result.verdicts):
                raise RefusedError("voting.tie_undecided")
            body = {
                "v": ledger.VERSION,
                "poll": poll.id,
                "number": poll.number,
                "title": poll.plan.title,
                "manifest": entries[0].payload_hash,
                "suite": suite_of(poll.plan),
                "head": result.head,
                "entries": result.entries,
                "roll": roll_figures(poll.frozen_roll),
                "reconciliation": reconciliation_to_json(result.reconciliation),
                "counts": [count_to_json(total) for total in result.counts],
                "verdicts": [verdict_to_json(verdict) for verdict in result.verdicts],
                "certified_at": self._ports.clock.now().isoformat(),
                "approved_by": [actor.member_id for actor in approvers],
            }
            payload = {
                "body": body,
                "public_key": self._ports.signer.public_key,
                "signature": self._ports.signer.sign("certificate", body),
            }
            self._append(uow, poll, EntryType.CERTIFICATE, payload)
            self._step(uow, poll, Action.CERTIFY)
            result = self._result(uow.connection, poll)
            uow.commit()
        return result

    def result(self, poll_id: PollId) -> Result:
        """Return everything that may be shown of a counted poll.

        Raises:
            RefusedError: ``voting.no_result`` before the tally.
        """
        self._ports.actor.require(Right.SEE_RESULTS)
        with self._ports.database.reading() as connection:
            poll = self._poll(connection, poll_id)
            if poll.state not in (State.TALLIED, State.CERTIFIED):
                raise RefusedError("voting.no_result")
            return self._result(connection, poll)

    def reconciliation(self, poll_id: PollId) -> Reconciliation:
        """Return how cards, marks and ballots stand to each other now."""
        with self._ports.database.reading() as connection:
            return self._figures(connection, self._poll(connection, poll_id))

    def ledger(self, poll_id: PollId) -> tuple[Entry, ...]:
        """Return the poll's ledger, the payloads of secret ballots withheld."""
        self._ports.actor.require(Right.SEE_RESULTS)
        with self._ports.database.reading() as connection:
            return store.entries(connection, self._poll(connection, poll_id).id)

    def signed_head(self, poll_id: PollId) -> SignedHead:
        """Return the end of the ledger, signed: to be shown and printed, so a fork shows."""
        with self._ports.database.reading() as connection:
            return self._signed_head(connection, self._poll(connection, poll_id).id)

    def holds_ballot(self, poll_id: PollId, code: str) -> bool:
        """Return whether the ballot with this tracking code is on the ledger.

        Args:
            poll_id: A poll that is closed; before that a secret ballot is not on it yet.
            code: As typed: the code, in groups or not, or its words.

        Raises:
            InputError: ``voting.code_misread``.
        """
        wanted = code_of(code)
        return any(
            entry.type is EntryType.BALLOT and tracking_code(entry.payload_hash) == wanted
            for entry in self.ledger(poll_id)
        )

    def next_round(self, poll_id: PollId) -> Poll:
        """Draft the poll that fills the seats this one left tied or vacant.

        Idempotent: while there is one that was not withdrawn, it is that one.

        Raises:
            RefusedError: ``voting.nothing_left`` if it left none, ``voting.wrong_order``
                before the result is certified.
        """
        self._ports.actor.require(Right.PREPARE_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE, old=True)
            require_state(poll, State.CERTIFIED)
            for drafted in store.polls(uow.connection):
                if drafted.plan.follows == poll_id and drafted.state is not State.WITHDRAWN:
                    return drafted
            rule = self._rule(uow.connection, poll)
            verdicts = self._result(uow.connection, poll).verdicts
            plan = plans.next_round(poll.plan, poll.id, rule, verdicts)
            if plan is None:
                raise RefusedError("voting.nothing_left")
            following = self._draft(uow, plan)
            uow.commit()
        return following

    def _sound(self, connection: Connection, poll: Poll) -> tuple[Entry, ...]:
        """Return the ledger once it, the box and the frozen roll call fit together."""
        entries = store.entries(connection, poll.id)
        position = ledger.flaw(entries)
        if position is None:
            opening = minutes.payload_of(entries, EntryType.OPEN)
            on_ledger = minutes.ballot_hashes(entries)
            if encrypted(poll.plan) and on_ledger != list(box.ballots(connection, poll.id)):
                position = len(entries)
            if opening["roll"] != roll_figures(poll.frozen_roll):
                position = len(entries)
        if position is not None:
            raise RefusedError("voting.ledger_broken", position=position)
        return entries

    def _figures(self, connection: Connection, poll: Poll) -> Reconciliation:
        if poll.state in (State.TALLIED, State.CERTIFIED):
            return self._result(connection, poll).reconciliation
        if poll.plan.secrecy is Secrecy.OPEN:
            electors = {item.person for item in store.electorate(connection, poll.id).electors}
            voters = box.named_voters(connection, poll.id)
            return Reconciliation(
                issued=len(electors),
                drawn=len(electors),
                cast=store.ballots_on_ledger(connection, poll.id),
                marked=len(voters),
                spoiled=0,
                unused=len(electors - voters),
            )
        slips = self._slips(connection, poll)
        return Reconciliation(
            issued=box.issued(connection, poll.id) + slips.issued,
            drawn=box.drawn_number(connection, poll.id),
            cast=box.ballots_cast(connection, poll.id) + slips.counted,
            marked=box.used(connection, poll.id) + slips.counted,
            spoiled=box.spoiled(connection, poll.id) + slips.spoiled,
            unused=len(box.unused_credentials(connection, poll.id)) + slips.unused,
        )

    def _slips(self, connection: Connection, poll: Poll) -> Stock:
        """Return the ballots on paper, before the paper count all of them as unused."""
        stock = slip_store.stock(connection, poll.id)
        if store.has_entry(connection, poll.id, EntryType.PAPER_COUNT):
            return stock
        return replace(stock, unused=stock.issued - stock.spoiled)

    def _result(self, connection: Connection, poll: Poll) -> Result:
        return minutes.result(
            poll, self._rule(connection, poll), store.entries(connection, poll.id)
        )


def _totals(poll: Poll, rule: Rule, entries: tuple[Entry, ...]) -> tuple[Count, ...]:
    if poll.plan.channel is Channel.PAPER:
        return minutes.paper_counts(entries)
    if encrypted(poll.plan):
        totals = evidence.decrypted(entries)
        if poll.plan.channel is Channel.MIXED:
            return tuple(map(added, totals, minutes.paper_counts(entries)))
        return totals
    votes = minutes.named_votes(poll.plan, entries)
    stakes = minutes.stakes(entries, votes) if rule.weighed else None
    return tuple(
        count(contest, rule, [vote.ballot.marks[index] for vote in votes], stakes)
        for index, contest in enumerate(poll.plan.contests)
    )
