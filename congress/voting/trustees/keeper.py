"""An open share file at work: what it says in a ceremony, rehearses and decrypts.

The file is always written before anything goes out that follows from it, so that a machine
which fails in between can never make a trustee say two things.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from congress.kernel.errors import InputError, RefusedError
from congress.storage.header import KdfParameters
from congress.voting.crypto.tally import Partial
from congress.voting.trustees import decryption, folder, rehearsal, sharefile
from congress.voting.trustees.decryption import Examined
from congress.voting.trustees.fingerprint import same
from congress.voting.trustees.holder import Holder, holder_of
from congress.voting.trustees.invitation import Invitation
from congress.voting.trustees.messages import Round
from congress.voting.trustees.papercode import SEED, PaperCopy
from congress.voting.trustees.session import Stage


class Done(StrEnum):
    """What a step in a folder came to. Texts: ``trustees.done.<value>``."""

    SAID = "said"
    """A message was written."""
    COMPLAINED = "complained"
    """A complaint was written; the ceremony is over."""
    WAITS = "waits"
    """Others are awaited."""
    KEPT = "kept"
    """The ceremony is complete; the share file holds its share."""
    REHEARSED = "rehearsed"
    """The test ballots were decrypted."""
    READY = "ready"
    """Nothing is left to do."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to.

    Attributes:
        done: What was done.
        waiting: Names of those who are awaited.
    """

    done: Done
    waiting: tuple[str, ...] = ()


class Keeper:
    """Holds one share file open; forget it as soon as the trustee's turn is over.

    Attributes:
        path: The file; ``None`` where the secret was typed from paper.
    """

    def __init__(self, holder: Holder, lock: sharefile.Lock | None, path: Path | None) -> None:
        """Keep ``holder``; use ``create``, ``open`` or ``from_paper``."""
        self._holder, self._lock, self.path = holder, lock, path

    @property
    def holder(self) -> Holder:
        """What the file holds now."""
        return self._holder

    @classmethod
    def create(
        cls,
        path: Path,
        invitation: Invitation,
        index: int,
        passphrase: str,
        *,
        kdf: KdfParameters | None = None,
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> "Keeper":
        """Make a trustee's secret and write its share file.

        Raises:
            InputError: ``trustees.short_passphrase``; ``trustees.file_there`` if there is such
                a file already: another secret must not take its place unasked.
            EnvironmentFault: The file cannot be written.
        """
        if path.exists():
            raise InputError("trustees.file_there", file=path.name)
        keeper = cls(
            Holder(invitation, index, entropy(SEED)), sharefile.lock(passphrase, kdf), path
        )
        keeper._keep(keeper._holder)
        return keeper

    @classmethod
    def open(cls, path: Path, passphrase: str) -> "Keeper":
        """Open a share file.

        Raises:
            CongressError: As ``folder.take`` and ``sharefile.unseal``.
        """
        holder, lock = sharefile.unseal(folder.take(path, sharefile.LARGEST), passphrase)
        return cls(holder, lock, path)

    @classmethod
    def from_paper(cls, copy: PaperCopy, examined: Examined, seal: str) -> "Keeper":
        """Take a secret from paper for one decryption; nothing of it is written.

        A file remembers the one tally of a poll that it has decrypted, and paper does not. What
        takes the place of that memory is the hall's: it saw one seal at the close, and every
        other ledger of the poll, with a ballot less, has another.

        Args:
            copy: What stands on the paper.
            examined: The tally to be decrypted, and its ledger.
            seal: Of the ledger at the close, as its owner knows it from elsewhere.

        Raises:
            InputError: ``trustees.other_seal`` if the ledger has another;
                ``trustees.foreign_share``.
        """
        if not same(seal, examined.seal):
            raise InputError("trustees.other_seal")
        return cls(holder_of(copy, examined.ceremony, ""), None, None)

    def _keep(self, holder: Holder) -> None:
        if self.path is not None and self._lock is not None:
            folder.put(self.path, sharefile.seal(holder, self._lock))
        self._holder = holder

    def step(self, place: Path) -> Outcome:
        """Do what is due in the folder of a ceremony.

        Raises:
            CongressError: As ``folder.gather``, ``Holder.step`` and ``rehearsal.take_part``.
        """
        gathered = folder.gather(place)
        session, before = gathered.session, self._holder
        holder, message = before.step(session)
        if message is not None:
            self._keep(holder)
            folder.put_message(place, message)
            if message.round is Round.COMPLAINT:
                return Outcome(Done.COMPLAINED)
            left = session.add(message).waiting
            return Outcome(Done.SAID, tuple(session.invitation.name(each) for each in left))
        if session.stage is not Stage.COMPLETE:
            names = tuple(session.invitation.name(each) for each in session.waiting)
            return Outcome(Done.WAITS, names)
        if holder != before:
            self._keep(holder)
        if gathered.rehearsal:
            return self._rehearse(place, gathered)
        return Outcome(Done.KEPT)

    def _rehearse(self, place: Path, gathered: folder.Gathered) -> Outcome:
        test = rehearsal.read(gathered.rehearsal)
        if self._holder.index in rehearsal.succeeded(test, gathered.answers):
            return Outcome(Done.READY)
        folder.put_message(place, rehearsal.take_part(test, self._holder))
        return Outcome(Done.REHEARSED)

    def decrypt(self, examined: Examined) -> Partial:
        """Return this trustee's part of the decryption of a tally that was examined.

        Raises:
            CongressError: As ``decryption.decrypt``; the file cannot be written.
        """
        holder, partial = decryption.decrypt(examined, self._holder)
        if holder != self._holder:
            self._keep(holder)
        return partial


def hand_out(path: Path, sealed: bytes) -> None:
    """Write a share file that was sealed at one machine; over the same one if it is there.

    Raises:
        InputError: ``trustees.file_there`` if anything else is: the share file of an earlier
            board, which its trustee calls the same, opens its polls.
        EnvironmentFault: The file cannot be written.
    """
    if path.exists() and not _is_same(path, sealed):
        raise InputError("trustees.file_there", file=path.name)
    folder.put(path, sealed)


def _is_same(path: Path, sealed: bytes) -> bool:
    try:
        there = sharefile.label_of(folder.take(path, sharefile.LARGEST))
    except (InputError, RefusedError):
        return False
    return there == sharefile.label_of(sealed)
