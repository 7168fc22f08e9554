"""Between the chair's desk and the booth."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from congress.kernel.approval import Approval
from congress.kernel.clock import Clock, SystemClock
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId, PollId
from congress.kernel.people import PeopleSource, Standing
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Right
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.ui.controllers.quorum import QuorumController
from congress.voting.booth import NOT_GUARANTEED, Booth
from congress.voting.cards import Card
from congress.voting.model import Complaint, Line, Plan, Poll, PollChanged, State, Turnout
from congress.voting.outcome import Reconciliation, Result, SignedHead, TieDecision
from congress.voting.plans import next_round
from congress.voting.rules.model import Pack, Rule


@dataclass(frozen=True, slots=True)
class Listed:
    """A poll in the list: itself and its turnout."""

    poll: Poll
    turnout: Turnout


@dataclass(frozen=True, slots=True)
class Decrypting:
    """How far the decryption of a poll is.

    Attributes:
        given: Names of the trustees who have decrypted their part.
        needed: How many must.
    """

    given: tuple[str, ...]
    needed: int

    @property
    def enough(self) -> bool:
        """Whether the totals can be put together."""
        return len(self.given) >= self.needed


@dataclass(frozen=True, slots=True)
class PollView:
    """Everything the desk shows of one poll.

    Attributes:
        poll: The poll.
        pack: Its rule pack, if the congress has it.
        rule: Its rule.
        turnout: How many have voted.
        figures: Cards against ballots.
        problems: What keeps a draft from going to the vote.
        head: The end of its ledger, signed.
        result: Once it is counted.
        more: Whether seats were left that another round can fill.
        decrypting: Which trustees have decrypted their part, while a poll is decrypted.
        complaints: The complaints about it, the oldest first.
        voters: Votes of the delegates on the list of the congress: one each, unless the rule
            counts weights.
        slips_counted: Whether the ballots on paper are counted.
    """

    poll: Poll
    pack: Pack | None
    rule: Rule | None
    turnout: Turnout
    figures: Reconciliation
    problems: tuple[Line, ...]
    head: SignedHead
    result: Result | None
    more: bool
    voters: int
    slips_counted: bool = False
    decrypting: Decrypting | None = None
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the desk shows before a poll is chosen, and what its forms offer.

    Attributes:
        polls: All polls, the newest first.
        packs: The rule packs, that of the congress first.
        seconds: Sign-in names of everybody else who may approve a step.
        delegations: Every delegation on the list of the congress, in order.
    """

    polls: tuple[Listed, ...]
    packs: tuple[Pack, ...]
    seconds: tuple[str, ...]
    delegations: tuple[str, ...] = ()


Sheet = Callable[[str, str, Sequence[Card], int], bytes]
"""Makes the PDF of cards: language, title of the poll, cards, which half of them."""
HeadSheet = Callable[[str, Poll, SignedHead], bytes]
"""Makes the PDF of the end of a ledger: language, poll, signed head."""


class ChairController(QObject):
    """Makes polls and leads them step by step."""

    listed = Signal(object)
    """The ``DeskView``, after every change."""
    viewed = Signal(object)
    """The ``PollView`` of the poll that is shown, after every change."""
    checked = Signal(object)
    """What keeps the plan in the form from going to the vote (``Sequence[Line]``)."""
    drafted = Signal(object)
    """The ``Poll`` that was made or revised."""
    cards_ready = Signal(object)
    """The PDFs of the cards just made (``Sequence[bytes]``); they exist nowhere else."""
    head_ready = Signal(object, object)
    """The ``Poll`` whose ledger's end was set as a PDF, and the PDF (``bytes``)."""
    progressed = Signal(object)
    """The ``Step`` that the adding up of encrypted ballots has reached."""
    refused = Signal(object)
    """The ``CongressError`` because of which a step was not taken."""

    def __init__(
        self,
        context: UiContext,
        booth: Booth,
        people: PeopleSource,
        actor: Actor,
        *,
        members: Callable[[], Sequence[str]],
        sheet: Sheet,
        usual_pack: str,
        quorum: QuorumController | None = None,
        head_sheet: HeadSheet | None = None,
        clock: Clock | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Work on ``booth``.

        Args:
            context: The surroundings.
            booth: The service of voting.
            people: The list of the congress, to choose candidates from.
            actor: Who is signed in.
            members: Sign-in names of those who may be the second person.
            sheet: Makes the PDF of cards.
            usual_pack: Rule pack of the congress, offered first.
            quorum: Tells whether there is a quorum, or ``None`` where that is not shown.
            head_sheet: Makes the PDF of the end of a ledger, or ``None`` without printing.
            clock: Tells from when an end of voting is counted; the machine's by default.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._booth, self._sheet = context, booth, sheet
        self._members = members
        self._usual_pack, self.quorum = usual_pack, quorum
        self._head_sheet = head_sheet
        self.now = (clock or SystemClock()).now
        self.people, self.actor = people, actor
        self.not_guaranteed = NOT_GUARANTEED
        self._shown: PollId | None = None
        self._plan: Plan | None = None
        self._check = Latest(context, self._problems, lambda lines: self.checked.emit(lines))
        self._list = Latest(context, self._desk, self._listed)
        self._view = Latest(context, self._look, self._viewed)
        context.bridge.happened.connect(self._heard)

    @property
    def may_prepare(self) -> bool:
        """Whether the signed-in member may make polls."""
        return self.actor.may(Right.PREPARE_POLL)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PollChanged):
            self.refresh()
            if event.poll_id == self._shown:
                self.view(event.poll_id)

    def refresh(self) -> None:
        """Have ``listed`` tell polls, rule packs and who may approve."""
        self._list.ask()

    def _desk(self) -> DeskView:
        booth = self._booth
        packs = sorted(booth.packs().values(), key=lambda pack: pack.id != self._usual_pack)
        return DeskView(
            polls=tuple(Listed(poll, booth.turnout(poll.id)) for poll in booth.polls()),
            packs=tuple(packs),
            seconds=tuple(name for name in self._members() if name != self.actor.name),
            delegations=tuple(sorted(self._delegations())),
        )

    def _votes(self, rule: Rule | None) -> int:
        """Return how many votes the delegates have, and so how many cards they may draw."""
        everyone = self.people.everyone()
        officials = [person for person in everyone if person.standing is Standing.OFFICIAL]
        if rule is None or not rule.weights:
            return len(officials)
        return math.ceil(sum(person.weight for person in officials))

    def _delegations(self) -> set[str]:
        everyone = self.people.everyone()
        return {item.delegation for item in everyone if item.standing is Standing.OFFICIAL}

    def view(self, poll_id: PollId | None) -> None:
        """Have ``viewed`` tell everything of one poll, now and after each change."""
        self._shown = poll_id
        self._view.ask()

    def _look(self) -> PollView | None:
        booth, poll_id = self._booth, self._shown
        if poll_id is None:
            return None
        poll = booth.poll(poll_id)
        pack = booth.packs().get(poll.plan.pack_id)
        rule = None if pack is None else pack.rule(poll.plan.rule_id)
        counted = poll.state in (State.TALLIED, State.CERTIFIED)
        result = booth.result(poll_id) if counted else None
        following = (
            next_round(poll.plan, poll.id, rule, result.verdicts) if result and rule else None
        )
        return PollView(
            poll=poll,
            pack=pack,
            rule=rule,
            turnout=booth.turnout(poll_id),
            figures=booth.reconciliation(poll_id),
            problems=booth.problems(poll.plan) if poll.state is State.DRAFT else (),
            head=booth.signed_head(poll_id),
            result=result,
            more=following is not None,
            voters=self._votes(rule),
            slips_counted=booth.slips_counted(poll_id),
            decrypting=self._decrypting(poll_id) if poll.state is State.DECRYPTING else None,
            complaints=booth.complaints(poll_id),
        )

    def _decrypting(self, poll_id: PollId) -> Decrypting:
        board = self._booth.trustees(poll_id)
        given = self._booth.partials(poll_id)
        return Decrypting(tuple(board.trustee(index).name for index in given), board.threshold)

    def _viewed(self, view: PollView | None) -> None:
        if view is not None and view.poll.id == self._shown:
            self.viewed.emit(view)

    def _listed(self, desk: DeskView) -> None:
        self.listed.emit(desk)

    def check(self, plan: Plan) -> None:
        """Have ``checked`` tell what keeps ``plan`` from going to the vote."""
        self._plan = plan
        self._check.ask()

    def _problems(self) -> Sequence[Line]:
        return () if self._plan is None else self._booth.problems(self._plan)

    def keep(self, plan: Plan, poll_id: PollId | None) -> None:
        """Make a draft of ``plan``, or revise the draft ``poll_id``; ``drafted`` answers."""
        act = (
            partial(self._booth.propose, plan)
            if poll_id is None
            else partial(self._booth.revise, poll_id, plan)
        )
        self._do(lambda _: act(), lambda value: self.drafted.emit(value))

    def fix(self, poll_id: PollId) -> None:
        """Fix the manifest."""
        self._do(lambda _: self._booth.fix_manifest(poll_id))

    def issue(self, poll_id: PollId, title: str, count: int, parts: int = 1) -> None:
        """Make cards and the PDFs to print them from; ``cards_ready`` answers.

        Cards in two parts make two PDFs, one for each printer.
        """

        def work(_: Progress) -> Sequence[bytes]:
            cards = self._booth.issue_cards(poll_id, count, parts=parts)
            lang = self._context.tr.lang
            return [self._sheet(lang, title, cards, half) for half in range(parts)]

        self._do(work, lambda value: self.cards_ready.emit(value))

    def draw_present(self, poll_id: PollId) -> None:
        """Record that everybody with a vote in the hall has drawn a card."""
        self._do(lambda _: self._booth.draw_cards_present(poll_id))

    def draw(self, poll_id: PollId, person: PersonId) -> None:
        """Record that one person has drawn a card."""
        self._do(lambda _: self._booth.draw_cards(poll_id, [person]))

    def void_card(self, poll_id: PollId, text: str) -> None:
        """Void a spoiled card."""
        self._do(lambda _: self._booth.void_card(poll_id, text))

    def void_unused(self, poll_id: PollId) -> None:
        """Void a whole print run."""
        self._do(lambda _: self._booth.void_unused_cards(poll_id))

    def open(self, poll_id: PollId, approval: Approval | None) -> None:
        """Open the poll."""
        self._do(lambda _: self._booth.open(poll_id, approval))

    def suspend(self, poll_id: PollId) -> None:
        """Stop taking ballots for now."""
        self._do(lambda _: self._booth.suspend(poll_id))

    def resume(self, poll_id: PollId) -> None:
        """Take ballots again."""
        self._do(lambda _: self._booth.resume(poll_id))

    def extend(self, poll_id: PollId, ends_at: datetime | None, approval: Approval | None) -> None:
        """Announce when the voting ends."""
        self._do(lambda _: self._booth.extend(poll_id, ends_at, approval))

    def checkpoint(self, poll_id: PollId) -> None:
        """Mark a place on the ledger."""
        self._do(lambda _: self._booth.checkpoint(poll_id))

    @property
    def may_print(self) -> bool:
        """Whether the end of a ledger can be printed here."""
        return self._head_sheet is not None and self.actor.may(Right.RUN_POLL)

    def print_head(self, view: PollView) -> None:
        """Set the end of a ledger as a page; ``head_ready`` answers."""
        sheet, lang = self._head_sheet, self._context.tr.lang
        if sheet is not None:
            self._context.tasks.free(lambda _: sheet(lang, view.poll, view.head)).success(
                lambda data: self.head_ready.emit(view.poll, data)
            ).failure(self._refuse).start()

    def file_complaint(self, poll_id: PollId, complainant: str, text: str) -> None:
        """Record a complaint."""
        self._do(lambda _: self._booth.file_complaint(poll_id, complainant, text))

    def decide_complaint(self, complaint_id: str, decision: str) -> None:
        """Record what was decided about a complaint."""
        self._do(lambda _: self._booth.decide_complaint(complaint_id, decision))

    def close(self, poll_id: PollId, approval: Approval | None) -> None:
        """Close the poll."""
        self._do(lambda _: self._booth.close(poll_id, approval))

    def add_up(self, poll_id: PollId, approval: Approval | None) -> None:
        """Check every encrypted ballot and add them up; ``progressed`` tells how far it is."""
        self._context.tasks.free(
            lambda progress: self._booth.encrypted_tally(poll_id, approval, progress=progress)
        ).progress(lambda step: self.progressed.emit(step)).failure(self._refuse).start()

    def tally(self, poll_id: PollId) -> None:
        """Count the ballots, or put together what the trustees decrypted."""
        self._do(lambda _: self._booth.tally(poll_id))

    def decide(self, poll_id: PollId, decision: TieDecision) -> None:
        """Record what the congress decided about a tie."""
        self._do(lambda _: self._booth.resolve_tie(poll_id, decision))

    def certify(self, poll_id: PollId, approval: Approval | None) -> None:
        """Certify the result."""
        self._do(lambda _: self._booth.certify(poll_id, approval))

    def withdraw(self, poll_id: PollId, reason: str) -> None:
        """Withdraw the poll."""
        self._do(lambda _: self._booth.withdraw(poll_id, reason))

    def next_round(self, poll_id: PollId) -> None:
        """Draft the poll that fills what was left; ``drafted`` answers."""
        self._do(lambda _: self._booth.next_round(poll_id), lambda value: self.drafted.emit(value))

    def _do(
        self,
        work: Callable[[Progress], object],
        done: Callable[[object], object] = lambda _: None,
    ) -> None:
        self._context.tasks.store(work).success(done).failure(self._refuse).start()

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)
