"""One trustee's part on their own machine: the ceremony's folder, the share file, a tally."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from congress.kernel.errors import CongressError
from congress.kernel.progress import Progress
from congress.storage.header import KdfParameters
from congress.ui.context import UiContext
from congress.ui.tasks import Task
from congress.voting.trustees import decryption, folder, tallyfile
from congress.voting.trustees.decryption import Examined
from congress.voting.trustees.fingerprint import of_key
from congress.voting.trustees.folder import Gathered
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.keeper import Keeper, Outcome
from congress.voting.trustees.papercode import PaperCopy
from congress.voting.trustees.session import Stage


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step that was taken.

    Attributes:
        outcome: What it came to.
        gathered: What lies in the folder now.
        holder: What the share file holds now.
        mark: Fingerprint of the joint key, to compare; empty before it is made.
    """

    outcome: Outcome
    gathered: Gathered
    holder: Holder
    mark: str = ""


@dataclass(frozen=True, slots=True)
class FromFile:
    """A share file and what was typed to open it.

    Attributes:
        path: The file.
        passphrase: As typed.
    """

    path: Path
    passphrase: str = field(repr=False)

    @property
    def remembers(self) -> bool:
        """Whether it knows which tallies it has decrypted."""
        return True

    def confirmed(self, seal: str) -> "FromFile":
        """Return the same: a file needs nobody to say which ledger is the hall's."""
        return self

    def test(self) -> None:
        """Open the file once and forget it, so that a slip of the hand is told at once.

        Raises:
            CongressError: As ``Keeper.open``.
        """
        Keeper.open(self.path, self.passphrase)

    def open(self, _: Examined) -> Keeper:
        """Open the file to decrypt: the slow step.

        Raises:
            CongressError: As ``Keeper.open``.
        """
        return Keeper.open(self.path, self.passphrase)


@dataclass(frozen=True, slots=True)
class FromPaper:
    """What was typed from a copy on paper.

    Attributes:
        copy: What stands on the paper.
        seal: Of the ledger at the close, as the trustee typed it; empty before that.
    """

    copy: PaperCopy
    seal: str = ""

    @property
    def remembers(self) -> bool:
        """Whether it knows which tallies it has decrypted."""
        return False

    def confirmed(self, seal: str) -> "FromPaper":
        """Return it with the seal that the trustee typed."""
        return replace(self, seal=seal)

    def test(self) -> None:
        """Say nothing: whose secret it is shows only against a ledger."""

    def open(self, examined: Examined) -> Keeper:
        """Take the secret to decrypt a tally of its board.

        Raises:
            InputError: ``trustees.foreign_share``; ``trustees.other_seal``.
        """
        return Keeper.from_paper(self.copy, examined, self.seal)


Share = FromFile | FromPaper
"""What opens a trustee's secret."""


class TrusteeController(QObject):
    """Opens a share file for one step at a time and forgets it after."""

    gathered = Signal(object)
    """What lies in a ceremony's folder (``Gathered``)."""
    stepped = Signal(object)
    """What a step came to (``Stepped``)."""
    refused = Signal(object)
    """The ``CongressError`` because of which a step was not taken."""
    busy_changed = Signal(bool)
    """Whether a step is under way."""

    def __init__(
        self,
        context: UiContext,
        kdf: KdfParameters | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Do nothing yet; ``kdf`` is what a try of a new passphrase costs."""
        super().__init__(parent)
        self._context, self._kdf = context, kdf
        self.busy = False

    def look(self, place: Path) -> None:
        """Look at what lies in the folder of a ceremony."""
        self._work(lambda _: folder.gather(place), self.gathered.emit)

    def join(self, place: Path, index: int, file: Path, passphrase: str) -> None:
        """Make a share file for the trustee ``index`` and take their first step."""

        def work(_: Progress) -> Stepped:
            invitation = folder.gather(place).session.invitation
            keeper = Keeper.create(file, invitation, index, passphrase, kdf=self._kdf)
            return _stepped(keeper, place)

        self._work(work, self.stepped.emit)

    def step(self, place: Path, file: Path, passphrase: str) -> None:
        """Take the next step of the trustee whose share file this is."""
        self._work(lambda _: _stepped(Keeper.open(file, passphrase), place), self.stepped.emit)

    def examining(self, tally: Path, share: Share) -> Task[Examined]:
        """Return the work that checks a tally file in full, once the share opens."""

        def work(progress: Progress) -> Examined:
            share.test()
            data = folder.take(tally, tallyfile.LARGEST)
            return decryption.examine(tallyfile.read_tally(data), progress)

        return self._context.tasks.free(work)

    def decrypting(self, examined: Examined, share: Share, out: Path) -> Task[Path]:
        """Return the work that decrypts a trustee's part and writes it into the folder ``out``."""

        def work(_: Progress) -> Path:
            keeper = share.open(examined)
            partial = keeper.decrypt(examined)
            name = f"{keeper.holder.index:02}{tallyfile.PARTIAL}"
            folder.put(out / name, tallyfile.write_partial(examined.context.election_id, partial))
            return out / name

        return self._context.tasks.free(work)

    def _work(self, work: Callable[[Progress], object], done: Callable[[object], object]) -> None:
        if self.busy:
            return
        self._set_busy(busy=True)
        task = self._context.tasks.free(work).success(done).failure(self._refuse)
        task.ended(lambda: self._set_busy(busy=False)).start()

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)


def _stepped(keeper: Keeper, place: Path) -> Stepped:
    outcome, gathered = keeper.step(place), folder.gather(place)
    complete = gathered.session.stage is Stage.COMPLETE
    mark = of_key(gathered.session.ceremony().joint_key) if complete else ""
    return Stepped(outcome, gathered, keeper.holder, mark)
