"""The part of the booth for plans and manifests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PollId
from congress.kernel.people import Standing
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import board_store, plans, store
from congress.voting.codec import plan_to_json
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.election import FEWEST_BALLOTS, FORMAT, encrypted, suite_of
from congress.voting.layouts import layouts_of
from congress.voting.ledger import EntryType
from congress.voting.model import (
    Candidate,
    Contest,
    Kind,
    Line,
    Method,
    Plan,
    Poll,
    Secrecy,
    State,
)
from congress.voting.parts import Part, moved, require_state
from congress.voting.polls import Action
from congress.voting.rules import packs
from congress.voting.rules.model import Pack


class Preparation(Part):
    """Everything before the cards and the first ballot."""

    def packs(self) -> Mapping[str, Pack]:
        """Return the rule packs, shipped ones and the congress's own, by identifier."""
        with self._ports.database.reading() as connection:
            return self._packs(connection)

    def add_pack(self, text: str) -> Pack:
        """Add a rule pack of the congress's own, once its examples hold.

        Args:
            text: TOML as described in ``congress.voting.rules.packs``.

        Raises:
            InputError: As ``packs.read``; ``voting.pack_exists`` if its identifier is taken,
                for polls may have been held by it.
        """
        self._ports.actor.require(Right.PREPARE_POLL)
        pack = packs.read(text)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            if pack.id in self._packs(uow.connection):
                raise InputError("voting.pack_exists", pack=pack.id)
            store.add_pack(uow.connection, pack.id, text)
            uow.audit("rule_pack.added", pack.id, rules=len(pack.rules))
            uow.commit()
        return pack

    def polls(self) -> tuple[Poll, ...]:
        """Return every poll, the newest first."""
        with self._ports.database.reading() as connection:
            return store.polls(connection)

    def poll(self, poll_id: PollId) -> Poll:
        """Return one poll.

        Raises:
            InputError: ``voting.no_poll``.
        """
        with self._ports.database.reading() as connection:
            return self._poll(connection, poll_id)

    def problems(self, plan: Plan) -> tuple[Line, ...]:
        """Return what keeps ``plan`` from going to the vote, as sentences."""
        pack = self.packs().get(plan.pack_id)
        rule = None if pack is None else pack.rule(plan.rule_id)
        return plans.problems(plan, rule, self._delegations())

    def _delegations(self) -> frozenset[str]:
        everyone = self._ports.people.everyone()
        return frozenset(
            person.delegation for person in everyone if person.standing is Standing.OFFICIAL
        )

    def propose_motion(
        self, title: str, *, pack_id: str, rule_id: str, secrecy: Secrecy, text: str = ""
    ) -> Poll:
        """Draft a motion: yes, no or abstain.

        Args:
            title: The question as announced.
            pack_id: The rule pack.
            rule_id: Its rule.
            secrecy: Open (by badge, listed by name) or secret (by card).
            text: Full wording, or empty.
        """
        contest = plans.motion_contest(title)
        return self.propose(Plan(title, Kind.MOTION, secrecy, pack_id, rule_id, (contest,), text))

    def propose_election(
        self,
        title: str,
        candidates: Sequence[Candidate],
        seats: int,
        *,
        pack_id: str,
        rule_id: str,
        secrecy: Secrecy = Secrecy.SECRET,
        method: Method | None = None,
        surplus_limit: int | None = None,
    ) -> Poll:
        """Draft an election with one contest.

        Args:
            title: The office or body.
            candidates: In the order of the ballot paper.
            seats: How many are to be elected.
            pack_id: The rule pack.
            rule_id: Its rule.
            secrecy: Secret or open.
            method: Ballot paper; by default the rule's usual one for such a list.
            surplus_limit: Most candidates over ``seats``, if the congress set a number.

        Raises:
            InputError: ``voting.no_rule``.
        """
        pack = self.packs().get(pack_id)
        rule = None if pack is None else pack.rule(rule_id)
        if rule is None:
            raise InputError("voting.no_rule")
        contest = Contest(
            "election",
            title,
            method or plans.usual_method(rule, len(candidates), seats),
            seats,
            tuple(candidates),
            surplus_limit,
        )
        return self.propose(Plan(title, Kind.ELECTION, secrecy, pack_id, rule_id, (contest,)))

    def propose(self, plan: Plan) -> Poll:
        """Keep ``plan`` as a draft, whether or not it may go to the vote yet."""
        self._ports.actor.require(Right.PREPARE_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._draft(uow, plan)
            uow.commit()
        return poll

    def revise(self, poll_id: PollId, plan: Plan) -> Poll:
        """Replace the plan of a draft.

        Raises:
            RefusedError: ``voting.wrong_order`` once the manifest is fixed.
        """
        self._ports.actor.require(Right.PREPARE_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.DRAFT)
            poll = replace(poll, plan=plan)
            store.save(uow.connection, poll)
            uow.audit("poll.revised", poll.id)
            self._tell(uow, poll)
            uow.commit()
        return poll

    def fix_manifest(self, poll_id: PollId) -> Poll:
        """Fix question, list and rule: the first entry of the poll's ledger.

        A poll whose ballots are encrypted gets the trustees of the congress with it, whose
        joint key they are encrypted for.

        Raises:
            RefusedError: ``voting.plan_problems`` if the plan may not go to the vote,
                ``voting.no_trustees`` if no board of trustees is in office,
                ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.PREPARE_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = moved(self._poll(uow.connection, poll_id, store.Lock.ALONE), Action.FIX)
            pack = self._packs(uow.connection).get(poll.plan.pack_id)
            rule = None if pack is None else pack.rule(poll.plan.rule_id)
            if pack is None or rule is None or plans.problems(poll.plan, rule, self._delegations()):
                raise RefusedError("voting.plan_problems")
            sealed = encrypted(poll.plan)
            payload = {
                "format": FORMAT,
                "plan": plan_to_json(poll.plan),
                "pack": pack.text,
                "suite": suite_of(poll.plan),
                "public_key": self._ports.signer.public_key,
                "layouts": [layout.to_json() for layout in layouts_of(poll.plan, rule)]
                if sealed
                else [],
                "minimum": FEWEST_BALLOTS if sealed else 0,
            }
            self._append(uow, poll, EntryType.MANIFEST, payload)
            if sealed:
                self._append(uow, poll, EntryType.TRUSTEES, _trustees(self._board(uow)))
            self._step(uow, poll, Action.FIX)
            uow.commit()
        return poll

    def _board(self, uow: UnitOfWork) -> Ceremony:
        board = board_store.current(uow.connection)
        if board is None:
            raise RefusedError("voting.no_trustees")
        return board


def _trustees(board: Ceremony) -> dict[str, object]:
    """Return what the ledger publishes of a board, once everything about it is checked."""
    board.check()
    return {"ceremony": board.to_json(), "joint_key": board.joint_key.encode()}
