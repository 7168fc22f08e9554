"""Between the page of ballots on paper and the services behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from congress.kernel.approval import Approval
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PollId
from congress.kernel.people import PeopleSource, Standing
from congress.kernel.progress import Progress
from congress.secretariat.paperballots import PaperBallots
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.ui.tasks import Task
from congress.voting.booth import Booth
from congress.voting.model import Poll, PollChanged, State
from congress.voting.outcome import Reconciliation
from congress.voting.paperwork import SlipView
from congress.voting.rules.model import Rule
from congress.voting.sheets import Sheet
from congress.voting.slip_store import Stock
from congress.voting.slips import Answer
from congress.voting.slips import Progress as PileProgress

if TYPE_CHECKING:
    from congress.voting.scanning.pile import Pile


@dataclass(frozen=True, slots=True)
class PaperView:
    """Everything the page shows of the ballots on paper of one poll.

    Attributes:
        poll: The poll.
        rule: Its rule.
        sheet: Where everything stands on its ballot paper.
        stock: How many ballot papers there are.
        pile: How far the pile is read.
        figures: How ballot papers and slips stand to each other, cards included.
        voters: Delegates with a vote on the list of the congress.
        counted: Whether the paper count is on the ledger.
    """

    poll: Poll
    rule: Rule
    sheet: Sheet
    stock: Stock
    pile: PileProgress
    figures: Reconciliation
    voters: int
    counted: bool


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a run of scanning came to.

    Attributes:
        read: Ballot papers put on the pile.
        doubtful: Those among them that two people must read.
        blank: Empty pages passed over.
        problems: ``(file and page, reason)`` of every page that is not on the pile.
    """

    read: int
    doubtful: int
    blank: int
    problems: tuple[tuple[str, CongressError], ...] = field(default=())


class SlipsController(QObject):
    """Prints, issues, scans, reads, checks and counts ballots on paper."""

    viewed = Signal(object)
    """The ``PaperView``, after every change."""
    printed = Signal(object)
    """The ballot paper as a PDF (``bytes``)."""
    scanning = Signal(object)
    """How far the scanning is (``Step``), ``None`` when it has ended."""
    scanned = Signal(object)
    """What it came to (``Scanned``)."""
    to_read = Signal(object)
    """The ``SlipView`` to be read next."""
    sampled = Signal(object)
    """The numbers of the slips to check (``tuple[int, ...]``)."""
    checked = Signal(int)
    """The number of a slip that was checked."""
    refused = Signal(object)
    """The ``CongressError`` because of which a step was not taken."""

    def __init__(
        self,
        context: UiContext,
        booth: Booth,
        papers: PaperBallots,
        people: PeopleSource,
        *,
        members: Callable[[], Sequence[str]],
        parent: QObject | None = None,
    ) -> None:
        """Work on ``booth``; ``members`` gives who may be the second person."""
        super().__init__(parent)
        self._context, self._booth, self._papers = context, booth, papers
        self._people, self.members = people, members
        self._poll_id: PollId | None = None
        self._view = Latest(context, self._look, self._looked)
        self._scan: Task[Pile] | None = None
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PollChanged) and event.poll_id == self._poll_id:
            self._view.ask()

    def view(self, poll_id: PollId) -> None:
        """Have ``viewed`` tell everything of one poll, now and after each change."""
        self._poll_id = poll_id
        self._view.ask()

    def _look(self) -> PaperView | None:
        if self._poll_id is None:
            return None
        booth, poll_id = self._booth, self._poll_id
        poll = booth.poll(poll_id)
        everyone = self._people.everyone()
        return PaperView(
            poll=poll,
            rule=booth.rule_of(poll_id),
            sheet=self._papers.places(poll_id),
            stock=booth.slip_stock(poll_id),
            pile=booth.slip_progress(poll_id),
            figures=booth.reconciliation(poll_id),
            voters=sum(person.standing is Standing.OFFICIAL for person in everyone),
            counted=booth.slips_counted(poll_id) or poll.state in (State.TALLIED, State.CERTIFIED),
        )

    def _looked(self, view: PaperView | None) -> None:
        if view is not None and view.poll.id == self._poll_id:
            self.viewed.emit(view)

    def print_sheet(self, poll_id: PollId) -> None:
        """Make the ballot paper; ``printed`` answers."""
        self._do(lambda _: self._papers.sheet(poll_id), self.printed.emit)

    def issue(self, poll_id: PollId, count: int) -> None:
        """Record that ballot papers were issued."""
        self._do(lambda _: self._booth.issue_slips(poll_id, count))

    def spoil(self, poll_id: PollId, count: int) -> None:
        """Record that ballot papers were spoiled and given back."""
        self._do(lambda _: self._booth.spoil_slips(poll_id, count))

    def hand_out(self, poll_id: PollId) -> None:
        """Record that everybody with a vote in the hall was given a ballot paper."""
        self._do(lambda _: self._booth.hand_out_slips_present(poll_id))

    def scan(self, poll_id: PollId, paths: Sequence[Path]) -> None:
        """Read scans and put them on the pile; ``scanned`` answers, ``scanning`` tells."""
        self._scan = (
            self._context.tasks.free(lambda progress: self._papers.read(poll_id, paths, progress))
            .progress(self.scanning.emit)
            .success(lambda pile: self._keep(poll_id, pile))
            .failure(self.refused.emit)
            .ended(lambda: self.scanning.emit(None))
            .start()
        )

    def _keep(self, poll_id: PollId, pile: "Pile") -> None:
        def work(_: Progress) -> Scanned:
            if pile.slips:
                self._booth.add_scans(poll_id, pile.slips)
            return Scanned(
                len(pile.slips),
                sum(bool(slip.doubts) or slip.stray for slip in pile.slips),
                pile.blank,
                tuple((problem.source, problem.error) for problem in pile.problems),
            )

        self._do(work, self.scanned.emit)

    def stop_scanning(self) -> None:
        """Stop: nothing that was read so far is kept."""
        if self._scan is not None:
            self._scan.cancel()

    def next(self, poll_id: PollId) -> None:
        """Have ``to_read`` tell the next slip for this member."""
        self._do(lambda _: self._booth.next_slip(poll_id), self.to_read.emit)

    def slip(self, poll_id: PollId, number: int) -> None:
        """Have ``to_read`` tell one slip, to check it."""
        self._do(lambda _: self._booth.slip(poll_id, number), self.to_read.emit)

    def read(self, poll_id: PollId, number: int, answer: Answer) -> None:
        """Record what stands on a slip, and have ``to_read`` tell the next one."""

        def work(_: Progress) -> SlipView:
            self._booth.read_slip(poll_id, number, answer)
            return self._booth.next_slip(poll_id)

        self._do(work, self.to_read.emit)

    def sample(self, poll_id: PollId, size: int, seed: str) -> None:
        """Have ``sampled`` tell which slips to check."""
        self._do(lambda _: self._booth.check_sample(poll_id, size, seed), self.sampled.emit)

    def check(self, poll_id: PollId, number: int, answer: Answer) -> None:
        """Record what a check found; ``checked`` answers."""
        self._do(
            lambda _: self._booth.check_slip(poll_id, number, answer),
            lambda _: self.checked.emit(number),
        )

    def again(self, poll_id: PollId, approval: Approval | None) -> None:
        """Begin again with the same pile."""
        self._do(lambda _: self._booth.read_pile_again(poll_id, approval))

    def count(self, poll_id: PollId, unused: int, approval: Approval | None) -> None:
        """Put the paper count on the ledger."""
        self._do(lambda _: self._booth.count_slips(poll_id, unused, approval))

    def _do(
        self,
        work: Callable[[Progress], object],
        done: Callable[[object], object] = lambda _: None,
    ) -> None:
        self._context.tasks.store(work).success(done).failure(self.refused.emit).start()
