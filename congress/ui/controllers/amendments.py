"""Between the screens and the amendments of one paper: lists, enters and decides them."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from congress.docs.amendments.model import (
    AmendedPaper,
    Amendment,
    AmendmentsChanged,
    Consolidated,
    Decision,
    Proposal,
    State,
)
from congress.docs.amendments.service import Amendments
from congress.docs.model import Paper, PaperChanged, PaperRemoved, PaperVersioned
from congress.docs.notes.model import Spot
from congress.docs.presenting import Audience, Presentable
from congress.kernel.errors import CongressError
from congress.kernel.events import Event
from congress.kernel.ids import PaperId
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Right
from congress.ui.context import UiContext

T = TypeVar("T")
_OF_A_PAPER = (AmendmentsChanged, PaperChanged, PaperVersioned, PaperRemoved)


def amendments_path(paper_id: PaperId, amendment_id: str = "") -> str:
    """Return where ``navigate`` shows the amendments to a paper, one of them in sight."""
    asked = f"?amendment={amendment_id}" if amendment_id else ""
    return f"amendments/{paper_id}{asked}"


class AmendmentsController(QObject):
    """Holds the amendments of one paper, and keeps them up to date."""

    listed = Signal(object)
    """The ``AmendedPaper`` as it is now."""
    refused = Signal(object)
    """The ``CongressError`` because of which the amendments cannot be listed."""
    saved = Signal()
    """What was entered is kept."""
    not_saved = Signal(object)
    """The ``CongressError`` because of which it is not."""
    decided = Signal(object, object)
    """The ``Amendment`` before a decision and after it."""
    drafted = Signal(object)
    """The ``Consolidated`` text."""
    versioned = Signal(object)
    """The ``Paper``, whose new version came out of amendments."""
    exported = Signal(str, object)
    """A proposed file name and the bytes of a draft."""

    def __init__(
        self,
        context: UiContext,
        amendments: Amendments,
        actor: Actor,
        parent: QObject | None = None,
    ) -> None:
        """Work through ``amendments`` in the name of ``actor``."""
        super().__init__(parent)
        self._context, self._amendments, self._actor = context, amendments, actor
        self._paper_id: PaperId | None = None
        self.amended: AmendedPaper | None = None
        context.bridge.happened.connect(self._happened)

    @property
    def may_manage(self) -> bool:
        """Whether this member enters and decides amendments."""
        return self._actor.may(Right.MANAGE_AMENDMENTS)

    @property
    def may_version(self) -> bool:
        """Whether this member makes new versions of papers."""
        return self._actor.may(Right.MANAGE_PAPERS)

    @property
    def may_present(self) -> bool:
        """Whether this member shows pages in the hall."""
        return self._actor.may(Right.PRESENT)

    def open(self, paper_id: PaperId) -> None:
        """List the amendments of a paper; ``listed`` or ``refused`` answers."""
        self._paper_id = paper_id
        self.reload()

    def close(self) -> None:
        """Forget the paper."""
        self._paper_id = self.amended = None

    def reload(self) -> None:
        """List the amendments anew."""
        paper_id = self._paper_id
        if paper_id is None:
            return

        def take(found: AmendedPaper) -> None:
            if found.paper.id == self._paper_id:
                self.amended = found
                self.listed.emit(found)

        self._store(lambda: self._amendments.of(paper_id), take, self.refused.emit)

    def _happened(self, event: Event) -> None:
        if isinstance(event, _OF_A_PAPER) and event.paper_id == self._paper_id:
            self.reload()

    def _store(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[CongressError], object] | None = None,
    ) -> None:
        def run(_: Progress) -> T:
            return work()

        task = self._context.tasks.store(run).success(done)
        if failed is not None:
            task = task.failure(failed)
        task.start()

    # Entering and deciding

    def submit(self, at: Spot, proposal: Proposal) -> None:
        """Enter an amendment; ``saved`` or ``not_saved`` answers."""
        paper_id = self._paper_id
        if paper_id is not None:
            self._keep(lambda: self._amendments.submit(paper_id, at, proposal))

    def change(self, before: Amendment, proposal: Proposal) -> None:
        """Correct an amendment; ``saved`` or ``not_saved`` answers."""
        self._keep(lambda: self._amendments.change(before, proposal))

    def put_at(self, before: Amendment, at: Spot) -> None:
        """Put an amendment to another paragraph; ``saved`` or ``not_saved`` answers."""
        self._keep(lambda: self._amendments.put_at(before, at))

    def _keep(self, work: Callable[[], Amendment]) -> None:
        self._store(work, lambda _: self.saved.emit(), self.not_saved.emit)

    def decide(self, before: Amendment, decision: Decision) -> None:
        """Say what became of an amendment; ``decided`` answers."""

        def done(after: Amendment) -> None:
            self.saved.emit()
            self.decided.emit(before, after)

        self._store(lambda: self._amendments.decide(before, decision), done, self.not_saved.emit)

    def take_back(self, before: Amendment) -> None:
        """Take the decision on an amendment back."""
        self.decide(before, Decision(State.SUBMITTED))

    # The next version

    def draft(self) -> None:
        """Put the accepted amendments into the text: ``drafted`` answers."""
        paper_id = self._paper_id
        if paper_id is not None:
            self._store(lambda: self._amendments.consolidated(paper_id), self.drafted.emit)

    def make_version(self, draft: Consolidated, note: str) -> None:
        """Make a draft the next version: ``versioned`` or ``not_saved`` answers."""

        def work() -> Paper:
            return self._amendments.make_version(draft, note=note)

        self._store(work, self.versioned.emit, self.not_saved.emit)

    def export(self, draft: Consolidated, *, html: bool) -> None:
        """Give a draft as a file: ``exported`` answers."""
        ending = "html" if html else "txt"
        name = f"{draft.amended.paper.title[:60]}.{ending}".replace("/", "-")
        self._store(
            lambda: self._amendments.draft(draft, html=html),
            lambda data: self.exported.emit(name, data),
        )

    def presentable(self, audience: Audience) -> Presentable:
        """Return the paper as one that may be shown in the hall.

        Raises:
            RefusedError: ``presenting.closed`` or ``presenting.delegates_only``.
            LookupError: No paper is open.
        """
        if self.amended is None:
            raise LookupError("no paper is open")
        return Presentable.of(self.amended.paper, audience, self.amended.version.id)
