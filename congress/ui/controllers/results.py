"""Between the results page and the booth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from congress.kernel.events import Event
from congress.kernel.ids import PersonId, PollId
from congress.kernel.people import PeopleSource
from congress.kernel.progress import Progress
from congress.kernel.signing import verify
from congress.storage.faults import naming
from congress.ui.context import UiContext
from congress.ui.tasks import Task
from congress.voting.booth import Booth
from congress.voting.bundle import write_bundle
from congress.voting.ledger import flaw
from congress.voting.model import Poll, PollChanged, State
from congress.voting.outcome import Result

_COUNTED = (State.TALLIED, State.CERTIFIED)


@dataclass(frozen=True, slots=True)
class ResultView:
    """Everything the page shows of one result.

    Attributes:
        result: The result.
        names: Everybody on the list of the congress, and who has voted since taken off it.
        sound: Whether the ledger's chain holds.
        signed: Whether the certificate's signature is that of the key in it.
        delegations: The delegation of everybody on the list of the congress.
    """

    result: Result
    names: Mapping[PersonId, str]
    sound: bool
    signed: bool
    delegations: Mapping[PersonId, str] = field(default_factory=dict)


CountingSheet = Callable[[str, PollId], bytes]
"""Makes the PDF of the minutes of a count: language, poll."""


class ResultsController(QObject):
    """Reads counted polls."""

    listed = Signal(object)
    """Counted polls (``Sequence[Poll]``), the newest first."""
    viewed = Signal(object)
    """The ``ResultView`` of the poll that is shown."""
    found = Signal(bool)
    """Whether the ballot of the tracking code asked for is on the ledger."""
    misread = Signal(object)
    """The ``CongressError`` because of which nothing was looked for."""
    minutes_ready = Signal(object, object)
    """The ``Poll`` whose count was put into minutes, and their PDF (``bytes``)."""

    def __init__(
        self,
        context: UiContext,
        booth: Booth,
        people: PeopleSource,
        *,
        minutes: CountingSheet | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Read from ``booth``.

        Args:
            context: The surroundings.
            booth: The service of voting.
            people: Gives the names of an open poll.
            minutes: Makes the minutes of a count, or ``None`` for who may not.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._minutes = minutes
        self._context, self._booth, self._people = context, booth, people
        self._shown: PollId | None = None
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PollChanged) and event.state in _COUNTED:
            self.refresh()
            if event.poll_id == self._shown:
                self.view(event.poll_id)

    def refresh(self) -> None:
        """Have ``listed`` tell the counted polls."""

        def work(_: Progress) -> Sequence[Poll]:
            return [poll for poll in self._booth.polls() if poll.state in _COUNTED]

        self._context.tasks.free(work).success(lambda value: self.listed.emit(value)).start()

    def view(self, poll_id: PollId) -> None:
        """Have ``viewed`` tell everything of one result."""
        self._shown = poll_id
        self._context.tasks.free(lambda _: self._look(poll_id)).success(
            lambda value: self.viewed.emit(value)
        ).start()

    def _look(self, poll_id: PollId) -> ResultView:
        result = self._booth.result(poll_id)
        everyone = self._people.everyone()
        names = {person.id: person.name for person in everyone}
        certificate = result.certificate
        return ResultView(
            result,
            {**dict.fromkeys((vote.person_id for vote in result.votes), ""), **names},
            sound=flaw(self._booth.ledger(poll_id)) is None,
            signed=certificate is not None
            and verify(
                certificate.public_key, "certificate", certificate.body, certificate.signature
            ),
            delegations={person.id: person.delegation for person in everyone},
        )

    @property
    def may_print(self) -> bool:
        """Whether the minutes of a count can be made here."""
        return self._minutes is not None

    def print_minutes(self, poll: Poll) -> None:
        """Set the minutes of a count; ``minutes_ready`` answers."""
        minutes, lang = self._minutes, self._context.tr.lang
        if minutes is not None:
            self._context.tasks.free(lambda _: minutes(lang, poll.id)).success(
                lambda data: self.minutes_ready.emit(poll, data)
            ).start()

    def bundling(self, poll_id: PollId, path: Path) -> Task[None]:
        """Return the work that writes the bundle of a certified poll to ``path``.

        Long: every ballot is checked on the way, on all processors.
        """

        def work(progress: Progress) -> None:
            entries = self._booth.whole_ledger(poll_id)
            with naming(path):
                write_bundle(path, entries, hints=self._booth.hints, progress=progress)

        return self._context.tasks.free(work)

    def find(self, poll_id: PollId, code: str) -> None:
        """Have ``found`` tell whether a ballot is on the ledger."""
        self._context.tasks.free(lambda _: self._booth.holds_ballot(poll_id, code)).success(
            lambda value: self.found.emit(value)
        ).failure(lambda error: self.misread.emit(error)).start()
