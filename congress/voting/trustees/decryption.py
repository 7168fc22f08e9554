"""What a trustee's step does after a poll is closed: see for itself, then decrypt its part.

Nothing the desk says is believed. The step takes a whole copy of the poll's ledger, checks the
chain, every credential, every proof and the sums, and only then decrypts the one tally. A holder
decrypts one tally of a poll and never another: the difference of two tallies would be the votes
of a few. Only the sums over all ballots are ever decrypted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from congress.kernel.canonical import decode_bytes, encode
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.progress import Progress
from congress.voting import ledger
from congress.voting.crypto import tally
from congress.voting.crypto.ballots import ciphertexts_of, credential_of
from congress.voting.crypto.batch import verify_many
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.tally import Partial, Sums
from congress.voting.election import FEWEST_BALLOTS
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


def _broken(reason: str) -> NoReturn:
    raise RefusedError("trustees.ledger_broken", reason=reason)


def examine(entries: Sequence[Entry], progress: Progress | None = None) -> Examined:
    """Check a whole ledger up to its encrypted tally.

    Args:
        entries: Every entry, with its payload.
        progress: Told how many ballots are checked; may cancel.

    Raises:
        RefusedError: ``trustees.ledger_broken`` with the ``reason`` (``chain``, ``manifest``,
            ``trustees``, ``credentials``, ``ballots``, ``close``, ``proofs``, ``sums``);
            ``trustees.below_minimum`` if fewer ballots were cast than may be decrypted.
        Cancelled: The person cancelled.
    """
    if not entries or ledger.flaw(entries) is not None:
        _broken("chain")
    try:
        return _examined(entries, progress)
    except (InputError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise RefusedError("trustees.ledger_broken", reason="manifest") from error


def _of(entries: Sequence[Entry], kind: EntryType) -> list[Any]:
    return [entry.payload for entry in entries if entry.type is kind]


def _examined(entries: Sequence[Entry], progress: Progress | None) -> Examined:
    manifest: Mapping[str, Any] = _of(entries, EntryType.MANIFEST)[0]
    layouts = tuple(Layout.from_json(item) for item in manifest["layouts"])
    if manifest["suite"] != SUITE or not layouts:
        _broken("manifest")
    ceremony = _ceremony(entries)
    ballots = _ballots(entries, layouts)
    least = max(manifest["minimum"], FEWEST_BALLOTS)
    if len(ballots) < least:
        raise RefusedError("trustees.below_minimum", count=len(ballots), least=least)
    context = Context(SUITE, entries[0].election_id, entries[0].payload_hash, ceremony)
    if verify_many(context, layouts, ballots, progress=progress):
        _broken("proofs")
    tallies = _of(entries, EntryType.ENCRYPTED_TALLY)
    sums = tally.sums(layouts, ballots)
    if len(tallies) != 1 or encode(tallies[0]) != encode(sums.to_json()):
        _broken("sums")
    return Examined(
        context,
        sums,
        str(manifest["plan"]["title"]),
        len(ballots),
        tuple(Partial.from_json(item) for item in _of(entries, EntryType.PARTIAL)),
        next(ledger.fingerprint(entry.hash) for entry in entries if entry.type is EntryType.CLOSE),
    )


def _ceremony(entries: Sequence[Entry]) -> Ceremony:
    found = _of(entries, EntryType.TRUSTEES)
    if len(found) != 1:
        _broken("trustees")
    try:
        ceremony = Ceremony.from_json(found[0]["ceremony"])
        ceremony.check()
    except (InputError, KeyError, TypeError):
        _broken("trustees")
    if decode_bytes(found[0]["joint_key"]) != ceremony.joint_key.encode():
        _broken("trustees")
    return ceremony


def _ballots(entries: Sequence[Entry], layouts: Sequence[Layout]) -> list[bytes]:
    """Return the ballots that count, once their credentials and their number hold."""
    issued: set[bytes] = set()
    void: set[bytes] = set()
    for entry in entries:
        if entry.type in (EntryType.CREDENTIALS, EntryType.CREDENTIALS_VOID):
            payload: Any = entry.payload
            given = [decode_bytes(item) for item in payload["credentials"]]
            known = issued if entry.type is EntryType.CREDENTIALS else void
            if len(set(given)) != len(given) or known & set(given):
                _broken("credentials")
            known.update(given)
    ballots = [decode_bytes(item["ballot"]) for item in _of(entries, EntryType.BALLOT)]
    challenged = [decode_bytes(item["ballot"]) for item in _of(entries, EntryType.CHALLENGE)]
    voted = [credential_of(ballot) for ballot in ballots]
    if len(set(voted)) != len(voted) or not set(voted) <= issued - void:
        _broken("credentials")
    seen: set[bytes] = set()
    for ballot in (*challenged, *ballots):
        ciphertexts = ciphertexts_of(layouts, ballot)
        if not seen.isdisjoint(ciphertexts) or len(set(ciphertexts)) != len(ciphertexts):
            _broken("ballots")
        seen.update(ciphertexts)
    closed = _of(entries, EntryType.CLOSE)
    if len(closed) != 1 or closed[0]["ballots"] != len(ballots):
        _broken("close")
    return ballots


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
