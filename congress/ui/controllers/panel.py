"""Between the voting panel and the booth."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError, InputError
from congress.kernel.events import Event
from congress.kernel.ids import PersonId, new_id
from congress.kernel.people import PeopleSource, Person
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.voting.booth import NOT_GUARANTEED, Booth
from congress.voting.casting import Admission, Opened, Prepared
from congress.voting.model import Ballot, Candidate, Poll, PollChanged, Receipt, State

Portraits = Callable[[Sequence[PersonId]], Mapping[PersonId, bytes]]
"""Returns a JPEG of those persons whose portrait is kept."""


@dataclass(frozen=True, slots=True)
class About:
    """Who a candidate is.

    Attributes:
        candidate: As on the ballot paper.
        person: The same on the list of the congress, if it is there.
        portrait: A JPEG, if one is kept.
    """

    candidate: Candidate
    person: Person | None = None
    portrait: bytes | None = None


def _no_portraits(_: Sequence[PersonId]) -> Mapping[PersonId, bytes]:
    return {}


class PanelController(QObject):
    """Lets one voter after another in, and takes their ballots.

    What is answered after the voter was forgotten is told to nobody: the next one must not see
    it, nor vote with the card of the one before.

    Attributes:
        limits: Key of the line that says what is not guaranteed in a secret poll.
        under_way: Whether a ballot is being cast or opened just now, so that nobody can say
            any more that it was not.
    """

    running = Signal(object)
    """The polls that are open or suspended now (``Sequence[Poll]``)."""
    admitted = Signal(object)
    """The ``Admission`` of the card or badge that was given."""
    sealed = Signal(object)
    """The ``Prepared`` ballot of a secret poll: encrypted, neither cast nor opened yet."""
    cast = Signal(object)
    """The ``Receipt`` of the ballot that is in the box."""
    opened = Signal(object)
    """The ``Opened`` ballot that was challenged and is not counted."""
    told = Signal(object)
    """``About`` the candidate that was asked for."""
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
        *,
        people: PeopleSource | None = None,
        portraits: Portraits = _no_portraits,
        parent: QObject | None = None,
    ) -> None:
        """Work on ``booth``.

        Args:
            context: The surroundings.
            booth: The service of voting.
            recognise: Checks the passphrase of the signed-in member; raises ``InputError``.
            people: The list of the congress, for what is told about candidates.
            portraits: Reads the portraits that are kept.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self._context, self._booth, self._recognise = context, booth, recognise
        self._people, self._portraits = people, portraits
        self.limits = NOT_GUARANTEED[0]
        self.under_way = False
        self._request, self._half = new_id(), ""
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
        request = self._request

        def let_in(_: Progress) -> Admission:
            if half:
                with suppress(InputError):
                    return self._booth.admit(f"{half}+{text}")
            return self._booth.admit(text)

        def welcome(admission: Admission) -> None:
            if request == self._request:
                self.admitted.emit(admission)

        def refuse(error: CongressError) -> None:
            if request == self._request:
                self.refused.emit(error)
                if error.code == "voting.card_half":
                    self._half = text

        self._context.tasks.free(let_in).success(welcome).failure(refuse).start()

    def confirm(self, admission: Admission, ballot: Ballot) -> None:
        """Prepare the ballot: a named one is cast at once, an encrypted one is ``sealed``.

        Asking again after an answer was lost casts nothing twice: the request stays the
        same until the ballot is forgotten, and the ballot as long as it is not changed.
        """
        if self._prepared is not None and self._prepared[:2] == (admission, ballot):
            self._go_on(self._prepared[2])
            return

        request = self._request

        def keep(prepared: Prepared) -> None:
            if request == self._request:
                self._prepared = (admission, ballot, prepared)
                self._go_on(prepared)

        self._context.tasks.free(lambda _: self._booth.prepare(admission, ballot)).success(
            keep
        ).failure(self._refusing(request)).start()

    def _go_on(self, prepared: Prepared) -> None:
        if prepared.opening is None:
            self._cast(prepared)
        else:
            self.sealed.emit(prepared)

    def cast_sealed(self) -> None:
        """Cast the ballot that is ``sealed``; ``cast`` or ``refused`` answers."""
        if self._prepared is not None:
            self._cast(self._prepared[2])

    def challenge(self) -> None:
        """Open the ballot that is ``sealed``; ``opened`` or ``refused`` answers."""
        if self._prepared is not None:
            prepared, request = self._prepared[2], self._request

            def show(opened: Opened) -> None:
                if request == self._request:
                    self.forget()
                    self.opened.emit(opened)

            self.under_way = True
            self._context.tasks.store(lambda _: self._booth.challenge(prepared)).success(
                show
            ).failure(self._refusing(request)).ended(self._ended).start()

    def _ended(self) -> None:
        self.under_way = False

    def about(self, candidate: Candidate) -> None:
        """Have ``told`` tell who a candidate is."""
        request = self._request

        def tell(about: About) -> None:
            if request == self._request:
                self.told.emit(about)

        self._context.tasks.free(lambda _: self._look_up(candidate)).success(tell).start()

    def _look_up(self, candidate: Candidate) -> About:
        wanted = candidate.person_id
        if wanted is None or self._people is None:
            return About(candidate)
        person = next((each for each in self._people.everyone() if each.id == wanted), None)
        try:
            portrait = self._portraits([wanted]).get(wanted)
        except CongressError:  # Whoever signed in may not see portraits, or one is damaged.
            portrait = None
        return About(candidate, person, portrait)

    def _cast(self, prepared: Prepared) -> None:
        request = self._request

        def work(_: Progress) -> Receipt:
            return self._booth.cast(prepared, request)

        def taken(receipt: Receipt) -> None:
            if request == self._request:
                self.forget()
                self.cast.emit(receipt)

        self.under_way = True
        self._context.tasks.store(work).success(taken).failure(self._refusing(request)).ended(
            self._ended
        ).start()

    def forget(self) -> None:
        """Forget the voter, the ballot under way and what it was encrypted with."""
        self._prepared, self._request, self._half = None, new_id(), ""

    def unlock(self, passphrase: str) -> None:
        """Check the passphrase that ends the panel."""

        def work(_: Progress) -> None:
            self._recognise(passphrase)

        self._context.tasks.free(work).success(lambda _: self.unlocked.emit()).failure(
            lambda value: self.still_locked.emit(value)
        ).start()

    def _refusing(self, request: str) -> Callable[[CongressError], None]:
        def refuse(error: CongressError) -> None:
            if request == self._request:
                self.refused.emit(error)

        return refuse
