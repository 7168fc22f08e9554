"""Between the decryption of a poll and the booth: who has decrypted, and whose turn it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError, InputError
from congress.kernel.events import Event
from congress.kernel.ids import PollId
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.controllers.latest import Latest
from congress.ui.controllers.trustee import Share
from congress.ui.tasks import Task
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.tally import Partial
from congress.voting.ledger import Entry, EntryType
from congress.voting.model import PollChanged
from congress.voting.trustees import folder, tallyfile
from congress.voting.trustees.decryption import Examined
from congress.voting.trustees.fingerprint import fingerprint


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the decryption of a poll is.

    Attributes:
        poll_id: The poll.
        title: As announced.
        ceremony: The board that the ballots were encrypted for.
        tally: Hash of the encrypted tally (32 bytes); ``None`` before it is on the ledger.
        done: Indices of the trustees whose part is on the ledger.
        counted: Whether the result is on the ledger.
    """

    poll_id: PollId
    title: str
    ceremony: Ceremony
    tally: bytes | None
    done: tuple[int, ...]
    counted: bool

    @property
    def left(self) -> int:
        """How many more trustees are needed."""
        return max(0, self.ceremony.threshold - len(self.done))

    @property
    def mark(self) -> str:
        """The fingerprint of the tally, to compare."""
        return "" if self.tally is None else fingerprint(self.tally)


def standing_of(poll_id: PollId, entries: Sequence[Entry]) -> Standing | None:
    """Return how far a poll is by its ledger; ``None`` if it is not encrypted."""
    title, ceremony, tally, counted = "", None, None, False
    done: list[int] = []
    for entry in entries:
        payload: Any = entry.payload
        match entry.type:
            case EntryType.MANIFEST:
                title = payload["plan"]["title"]
            case EntryType.TRUSTEES:
                ceremony = Ceremony.from_json(payload["ceremony"])
            case EntryType.ENCRYPTED_TALLY:
                tally = entry.payload_hash
            case EntryType.PARTIAL:
                done.append(payload["trustee"])
            case EntryType.RESULT:
                counted = True
            case _:
                pass
    if ceremony is None:
        return None
    return Standing(poll_id, title, ceremony, tally, tuple(done), counted)


@dataclass(frozen=True)
class TallyPorts:
    """What the decryption needs of the booth.

    Attributes:
        ledger: Returns a poll's ledger; secret ballots may be withheld.
        whole: Returns it with every payload, up to the encrypted tally.
        examine: Checks that in full for a trustee.
        add: Checks a trustee's part and puts it on the ledger.
        count: Puts the parts together and the result on the ledger.
    """

    ledger: Callable[[PollId], Sequence[Entry]]
    whole: Callable[[PollId], Sequence[Entry]]
    examine: Callable[[PollId, Progress], Examined]
    add: Callable[[PollId, Partial], object]
    count: Callable[[PollId], object]


class DecryptController(QObject):
    """Leads the trustees through the decryption of one poll."""

    told = Signal(object)
    """The ``Standing`` now, and after each change."""
    refused = Signal(object)
    """The ``CongressError`` because of which a step was not taken."""
    counted = Signal()
    """The result is on the ledger."""

    def __init__(
        self, context: UiContext, ports: TallyPorts, parent: QObject | None = None
    ) -> None:
        """Read nothing before ``view``."""
        super().__init__(parent)
        self._context, self._ports = context, ports
        self.poll_id: PollId | None = None
        self._standing = Latest(context, self._read, self._tell)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PollChanged) and event.poll_id == self.poll_id:
            self._standing.ask()

    def view(self, poll_id: PollId) -> None:
        """Have ``told`` say how far this poll is."""
        self.poll_id = poll_id
        self._standing.ask()

    def _read(self) -> Standing | None:
        poll_id = self.poll_id
        return None if poll_id is None else standing_of(poll_id, self._ports.ledger(poll_id))

    def _tell(self, standing: Standing | None) -> None:
        if standing is not None and standing.poll_id == self.poll_id:
            self.told.emit(standing)

    def examining(self, poll_id: PollId, share: Share) -> Task[Examined]:
        """Return the work of one trustee's step: once the share opens, check the whole ledger."""
        examine = self._ports.examine

        def work(progress: Progress) -> Examined:
            share.test()
            return examine(poll_id, progress)

        return self._context.tasks.free(work)

    def decrypt(self, examined: Examined, share: Share) -> None:
        """Decrypt one trustee's part and put it on the ledger; ``told`` or ``refused`` follows."""
        poll_id, add = PollId(examined.context.election_id), self._ports.add

        def work(_: Progress) -> None:
            add(poll_id, share.open(examined).decrypt(examined))

        task = self._context.tasks.store(work).success(lambda _: self._standing.ask())
        task.failure(self._refuse).start()

    def exporting(self, poll_id: PollId, path: Path) -> Task[None]:
        """Return the work that writes the ledger as a file for a trustee's own machine."""
        whole = self._ports.whole

        def work(_: Progress) -> None:
            folder.put(path, tallyfile.write_tally(whole(poll_id)))

        return self._context.tasks.free(work)

    def take(self, path: Path) -> None:
        """Take the part that a trustee decrypted on their own machine."""
        poll_id, add = self.poll_id, self._ports.add

        def work(_: Progress) -> None:
            data = folder.take(path, tallyfile.LARGEST_PARTIAL)
            election, partial = tallyfile.read_partial(data)
            if poll_id is None or election != poll_id:
                raise InputError("trustees.foreign_partial")
            add(poll_id, partial)

        task = self._context.tasks.store(work).success(lambda _: self._standing.ask())
        task.failure(self._refuse).start()

    def count(self) -> None:
        """Put the parts together; ``counted`` or ``refused`` answers."""
        poll_id, count = self.poll_id, self._ports.count
        if poll_id is not None:
            task = self._context.tasks.store(lambda _: count(poll_id))
            task.success(lambda _: self.counted.emit()).failure(self._refuse).start()

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)
