"""The first part of the booth: plans, manifests and cards."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import PersonId, PollId
from congress.kernel.roles import Right
from congress.storage.unit_of_work import UnitOfWork
from congress.voting import box, cards, plans, store
from congress.voting.cards import Card
from congress.voting.codec import plan_to_json
from congress.voting.electors import unit_cards
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

MOST_CARDS = 20_000


class Preparation(Part):
    """Everything before the first ballot."""

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
        return plans.problems(plan, None if pack is None else pack.rule(plan.rule_id))

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

        Raises:
            RefusedError: ``voting.plan_problems`` if the plan may not go to the vote,
                ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.PREPARE_POLL)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = moved(self._poll(uow.connection, poll_id, store.Lock.ALONE), Action.FIX)
            pack = self._packs(uow.connection).get(poll.plan.pack_id)
            rule = None if pack is None else pack.rule(poll.plan.rule_id)
            if pack is None or plans.problems(poll.plan, rule):
                raise RefusedError("voting.plan_problems")
            payload = {
                "plan": plan_to_json(poll.plan),
                "pack": pack.text,
                "suite": self._ports.sealing.suite,
                "public_key": self._ports.signer.public_key,
            }
            self._append(uow, poll, EntryType.MANIFEST, payload)
            self._step(uow, poll, Action.FIX)
            uow.commit()
        return poll

    def issue_cards(self, poll_id: PollId, count: int) -> tuple[Card, ...]:
        """Make anonymous cards for a secret poll; the secrets exist only in the answer.

        Print them at once: what is lost before it is on paper must be voided and issued
        again. May be repeated until the poll opens.

        Args:
            poll_id: A secret poll whose manifest is fixed.
            count: 1 to ``MOST_CARDS``.

        Raises:
            InputError: ``voting.card_number``.
            RefusedError: ``voting.no_cards_needed`` for an open poll, ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        if not 1 <= count <= MOST_CARDS:
            raise InputError("voting.card_number", most=MOST_CARDS)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = moved(self._poll(uow.connection, poll_id, store.Lock.ALONE), Action.ISSUE)
            if poll.plan.secrecy is Secrecy.OPEN:
                raise RefusedError("voting.no_cards_needed")
            issued = [cards.new_card(poll_id) for _ in range(count)]
            box.add_cards(uow.connection, issued)
            hashes = sorted(card.secret_hash for card in issued)
            self._append(uow, poll, EntryType.CREDENTIALS, {"cards": hashes})
            self._step(uow, poll, Action.ISSUE, cards=count)
            uow.commit()
        return tuple(issued)

    def void_card(self, poll_id: PollId, text: str) -> None:
        """Void one card, scanned or typed: it was spoiled, or came back unused.

        Raises:
            InputError: ``voting.card_misread``, ``voting.card_unknown``.
            RefusedError: ``voting.card_used`` or ``voting.card_void``, ``voting.wrong_order``.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        code_hash = cards.read(text)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED, State.OPEN, State.SUSPENDED)
            card = box.card_state(uow.connection, code_hash)
            if card is None or card.poll_id != poll_id:
                raise InputError("voting.card_unknown")
            if card.used:
                raise RefusedError("voting.card_used")
            if card.spoiled:
                raise RefusedError("voting.card_void")
            self._void(uow, poll, [(code_hash, card.secret_hash)])

    def void_unused_cards(self, poll_id: PollId) -> int:
        """Void every card of a poll that is not used, for a print run that went wrong.

        Returns:
            How many.

        Raises:
            RefusedError: ``voting.wrong_order`` unless the cards are issued and the poll
                is not open yet.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED)
            unused = box.unused_cards(uow.connection, poll_id)
            self._void(uow, poll, unused)
        return len(unused)

    def _void(self, uow: UnitOfWork, poll: Poll, unused: Sequence[tuple[bytes, bytes]]) -> None:
        for code_hash, _ in unused:
            box.mark_spoiled(uow.connection, poll.id, code_hash)
        hashes = sorted(secret_hash for _, secret_hash in unused)
        self._append(uow, poll, EntryType.CREDENTIALS_VOID, {"cards": hashes})
        uow.audit("poll.cards_voided", poll.id, count=len(unused))
        self._tell(uow, poll)
        uow.commit()

    def draw_cards(self, poll_id: PollId, persons: Sequence[PersonId]) -> int:
        """Record that persons present drew a card, never which one.

        Where the rule counts weights, each draws as many cards as he has votes. Who has
        drawn already is passed over.

        Returns:
            How many persons drew now.

        Raises:
            RefusedError: ``voting.not_present`` if somebody is not in the hall,
                ``voting.too_few_cards`` if fewer cards are left, ``voting.wrong_order``,
                ``voting.fractional_weight`` and ``voting.unique_weight`` where the rule
                counts weights that cannot be cards, or would tell whose they are.
        """
        self._ports.actor.require(Right.ISSUE_CARDS)
        roll = self._ports.roll()
        if not roll.present.issuperset(persons):
            raise RefusedError("voting.not_present")
        with self._ports.database.unit_of_work(self._ports.actor) as uow:
            poll = self._poll(uow.connection, poll_id, store.Lock.ALONE)
            require_state(poll, State.KEYED, State.OPEN, State.SUSPENDED)
            before = box.drawn(uow.connection, poll_id)
            new = set(persons) - before
            weighed = self._rule(uow.connection, poll).weights
            cards = unit_cards(roll.weights) if weighed else dict.fromkeys(roll.present, 1)
            wanted = sum(cards[person] for person in new)
            left = (
                box.issued(uow.connection, poll_id)
                - box.spoiled(uow.connection, poll_id)
                - box.drawn_number(uow.connection, poll_id)
            )
            if wanted > left:
                raise RefusedError("voting.too_few_cards", left=left, count=wanted)
            box.mark_drawn(uow.connection, poll_id, new, cards)
            uow.audit("poll.cards_drawn", poll_id, count=wanted)
            self._tell(uow, poll)
            uow.commit()
        return len(new)

    def draw_cards_present(self, poll_id: PollId) -> int:
        """Record that everybody with a vote in the hall drew a card; return how many new."""
        return self.draw_cards(poll_id, sorted(self._ports.roll().present))
