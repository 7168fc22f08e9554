"""What a trustee's step does after a poll is closed: see for itself, then decrypt its part.

Nothing the desk says is believed. The step takes a whole copy of the poll's ledger, checks it as
``congress.voting.closedbox`` does (the chain, the layouts, every credential, every proof), adds
the ballots up itself, and only then decrypts the one tally. A holder decrypts one tally of a poll
and never another: the difference of two tallies would be the votes of a few. Only the sums over
all ballots are ever decrypted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.progress import Progress, Silent
from congress.voting import ledger
from congress.voting.closedbox import ClosedBox, closed_box, require_enough
from congress.voting.crypto import tally
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.context import Context
from congress.voting.crypto.tally import Partial, Sums
from congress.voting.hintbook import HintBook
from congress.voting.ledger import Entry, EntryType
from congress.voting.trustees.fingerprint import fingerprint
from congress.voting.trustees.holder import Holder


@dataclass(frozen=True, slots=True)
class Examined:
    """A tally that a trustee's step has checked against a whole ledger.

    Attributes:
        context: The poll and its key.
        sums: What is to be decrypted.
        title: Of the poll.
        ballots: How many were summed.
        partials: Those that stand on the ledger already.
        seal: What the hall was shown of the ledger at the close. Copies that agree with each
            other may all be of another ledger, made to have a few ballots decrypted.
    """

    context: Context
    sums: Sums
    title: str
    ballots: int
    partials: tuple[Partial, ...]
    seal: str

    @property
    def ceremony(self) -> Ceremony:
        """The board that the ballots were encrypted for."""
        return self.context.ceremony

    @property
    def fingerprint(self) -> str:
        """What is compared between machines and read aloud before decrypting."""
        return fingerprint(self.sums.hash)


def examine(
    entries: Sequence[Entry], progress: Progress | None = None, hints: HintBook | None = None
) -> Examined:
    """Check a whole ledger up to its encrypted tally.

    Args:
        entries: Every entry, with its payload: a copy of the ledger, from whomever.
        progress: Told how many ballots are checked; may cancel.
        hints: What earlier checks on this machine came to. They are not believed.

    Raises:
        RefusedError: ``trustees.ledger_broken`` with the ``position`` and the ``reason``:
            those of ``closed_box``, ``sums`` or ``partials``; ``voting.other_layouts``,
            ``voting.too_few_ballots`` if fewer ballots were cast than may be decrypted.
        Cancelled: The person cancelled.
    """
    try:
        box = closed_box(entries, progress or Silent(), hints)
    except RefusedError as error:
        if error.code != "voting.ledger_broken":
            raise
        raise RefusedError("trustees.ledger_broken", **error.params) from error
    require_enough(box)
    manifest: Any = entries[0].payload
    return Examined(
        box.election.context,
        _sums(entries, box),
        str(manifest["plan"]["title"]),
        len(box.ballots),
        _partials(entries),
        next(ledger.fingerprint(entry.hash) for entry in _of(entries, EntryType.CLOSE)),
    )


def _of(entries: Sequence[Entry], kind: EntryType) -> list[Entry]:
    return [entry for entry in entries if entry.type is kind]


def _sums(entries: Sequence[Entry], box: ClosedBox) -> Sums:
    """Return the sums of the ballots, once the ledger's tally is just that."""
    sums = tally.sums(box.election.layouts, box.ballots)
    tallies = _of(entries, EntryType.ENCRYPTED_TALLY)
    if len(tallies) != 1 or tallies[0].payload_hash != sums.hash:
        position = tallies[0].seq if tallies else len(entries)
        raise RefusedError("trustees.ledger_broken", position=position, reason="sums")
    return sums


def _partials(entries: Sequence[Entry]) -> tuple[Partial, ...]:
    found = []
    for entry in _of(entries, EntryType.PARTIAL):
        payload: Any = entry.payload
        try:
            found.append(Partial.from_json(payload))
        except InputError as error:
            raise RefusedError(
                "trustees.ledger_broken", position=entry.seq, reason="partials"
            ) from error
    return tuple(found)


def decrypt(examined: Examined, holder: Holder) -> tuple[Holder, Partial]:
    """Return a trustee's part of the decryption, and the holder that remembers the tally.

    The holder must be kept before the part is handed out.

    Raises:
        InputError: ``trustees.foreign_share`` if the file belongs to another board;
            ``trustees.share_damaged`` if what it decrypts does not hold.
        RefusedError: ``trustees.second_tally`` if it has decrypted another tally of this poll;
            ``trustees.not_complete``.
    """
    share, poll = holder.ready, examined.context.election_id
    if share.ceremony_hash != examined.ceremony.hash:
        raise InputError("trustees.foreign_share")
    if holder.tallies.get(poll, examined.sums.hash) != examined.sums.hash:
        raise RefusedError("trustees.second_tally")
    partial = tally.partial_of(examined.context, examined.sums, share)
    try:
        tally.check_partial(examined.context, examined.sums, partial)
    except CongressError as error:
        raise InputError("trustees.share_damaged") from error
    return replace(holder, tallies={**holder.tallies, poll: examined.sums.hash}), partial
