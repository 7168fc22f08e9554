"""Between the voting panel and the booth."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError, InputError
from congress.kernel.events import Event
from congress.kernel.ids import new_id
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.voting.booth import NOT_GUARANTEED, Booth
from congress.voting.casting import Admission, Prepared
from congress.voting.model import Ballot, Poll, PollChanged, Receipt, State


class PanelController(QObject):
    """Lets one voter after another in, and takes their ballots.

    Attributes:
        limits: Key of the line that says what is not guaranteed in a secret poll.
    """

    running = Signal(object)
    """The polls that are open or suspended now (``Sequence[Poll]``)."""
    admitted = Signal(object)
    """The ``Admission`` of the card or badge that was given."""
    cast = Signal(object)
    """The ``Receipt`` of the ballot that is in the box."""
    refused = Signal(object)
    """The ``CongressError`` because of which nobody was admitted or nothing was cast."""
    unlocked = Signal()
    """Whoever signed in at this machine gave their passphrase."""
    still_locked = Signal(object)
    """The ``CongressError`` because of which the panel stays."""

    def __init__(
        self,
        context: UiContext,
        booth: Booth,
        recognise: Callable[[str], object],
        parent: QObject | None = None,
    ) -> None:
        """Work on ``booth``.

        Args:
            context: The surroundings.
            booth: The service of voting.
            recognise: Checks the passphrase of the signed-in member; raises ``InputError``.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._booth, self._recognise = context, booth, recognise
        self.limits = NOT_GUARANTEED[0]
        self._request = self._half = ""
        self._prepared: tuple[Admission, Ballot, Prepared] | None = None
        self._latest = Latest(context, self._look, self._tell)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PollChanged):
            self.refresh()

    def refresh(self) -> None:
        """Have ``running`` tell which polls run."""
        self._latest.ask()

    def _look(self) -> Sequence[Poll]:
        states = (State.OPEN, State.SUSPENDED)
        return [poll for poll in self._booth.polls() if poll.state in states]

    def _tell(self, polls: Sequence[Poll]) -> None:
        self.running.emit(polls)

    def admit(self, text: str) -> None:
        """Let in whoever holds this card or badge; ``admitted`` or ``refused`` answers.

        The first half of a card is kept until the other one, or another card, is given.
        """
        half = self._half
        self.forget()
        self._request = new_id()

        def let_in(_: Progress) -> Admission:
            if half:
                with suppress(InputError):
                    return self._booth.admit(f"{half}+{text}")
            return self._booth.admit(text)

        def refuse(error: CongressError) -> None:
            self._refuse(error)
            if error.code == "voting.card_half":
                self._half = text

        self._context.tasks.free(let_in).success(lambda value: self.admitted.emit(value)).failure(
            refuse
        ).start()

    def confirm(self, admission: Admission, ballot: Ballot) -> None:
        """Encrypt the ballot and cast it; ``cast`` or ``refused`` answers.

        Asking again after an answer was lost casts nothing twice: the request stays the
        same until the next voter is let in, and the ballot as long as it is not changed.
        """
        if self._prepared is not None and self._prepared[:2] == (admission, ballot):
            self._cast(self._prepared[2])
            return

        request = self._request

        def keep(prepared: Prepared) -> None:
            if request == self._request:
                self._prepared = (admission, ballot, prepared)
                self._cast(prepared)

        self._context.tasks.free(lambda _: self._booth.prepare(admission, ballot)).success(
            keep
        ).failure(self._refuse).start()

    def _cast(self, prepared: Prepared) -> None:
        request = self._request

        def work(_: Progress) -> Receipt:
            return self._booth.cast(prepared, request)

        self._context.tasks.store(work).success(self._taken).failure(self._refuse).start()

    def _taken(self, receipt: Receipt) -> None:
        self.forget()
        self.cast.emit(receipt)

    def forget(self) -> None:
        """Forget the voter, the ballot under way and what it was encrypted with."""
        self._prepared, self._request, self._half = None, "", ""

    def unlock(self, passphrase: str) -> None:
        """Check the passphrase that ends the panel."""

        def work(_: Progress) -> None:
            self._recognise(passphrase)

        self._context.tasks.free(work).success(lambda _: self.unlocked.emit()).failure(
            lambda value: self.still_locked.emit(value)
        ).start()

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)
