"""The ledger of a poll: a chain of entries in which nothing can be dropped, added or moved.

Pure. ``congress.voting.store`` appends in the transaction of the change. An entry holds no
time, no order and no row identifier that could rejoin a voter with a vote: the ballots of a
secret poll are put on the ledger when it closes, sorted by their hashes. What stands
between them and the voter before that is in ``congress.voting.store``.

What stands here and may follow what is specified in ``congress/verifier/SPECIFICATION.md``. The
payload of a secret ballot lies in the box and is withheld here; a bundle puts the two together.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.kernel.canonical import Json, encode
from congress.kernel.ids import PollId

VERSION = 1
GENESIS = bytes(32)
"""What the first entry names as the hash before it."""
_SEAL, _GROUP = 20, 4
"""Characters of a seal, and of each of its groups."""


class EntryType(StrEnum):
    """What an entry records."""

    MANIFEST = "manifest"
    TRUSTEES = "trustees"
    CREDENTIALS = "credentials"
    CREDENTIALS_VOID = "credentials_void"
    OPEN = "open"
    SUSPEND = "suspend"
    RESUME = "resume"
    BALLOT = "ballot"
    CHALLENGE = "challenge"
    CHECKPOINT = "checkpoint"
    CLOSE = "close"
    PAPER_COUNT = "paper_count"
    ENCRYPTED_TALLY = "encrypted_tally"
    PARTIAL = "partial"
    RESULT = "result"
    TIE_DECISION = "tie_decision"
    CERTIFICATE = "certificate"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry.

    Attributes:
        election_id: The poll; every poll has a ledger of its own.
        seq: Position, from 1.
        type: What it records.
        payload: What was recorded; ``None`` where it is withheld (secret ballots).
        payload_hash: SHA-256 of the canonical payload (32 bytes).
        prev: Hash of the entry before, ``GENESIS`` for the first.
        hash: SHA-256 of this entry (32 bytes).
        v: Version of the format.
    """

    election_id: PollId
    seq: int
    type: EntryType
    payload: Json
    payload_hash: bytes
    prev: bytes
    hash: bytes
    v: int = VERSION


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a ledger, to be shown, printed and countersigned.

    Attributes:
        seq: Entries so far.
        hash: Hash of the last one, ``GENESIS`` if there is none.
    """

    seq: int = 0
    hash: bytes = GENESIS


def payload_hash(payload: Json) -> bytes:
    """Return the SHA-256 (32 bytes) that stands for a payload."""
    return hashlib.sha256(encode(payload)).digest()


def entry_hash(
    election_id: PollId, seq: int, kind: EntryType, payload_hash: bytes, prev: bytes
) -> bytes:
    """Return the SHA-256 (32 bytes) that seals an entry with these fields."""
    fields = {
        "v": VERSION,
        "election_id": election_id,
        "seq": seq,
        "type": kind,
        "payload_hash": payload_hash,
        "prev": prev,
    }
    return hashlib.sha256(b"paperless-congress/ledger/1\0" + encode(fields)).digest()


def following(head: Head, election_id: PollId, kind: EntryType, payload: Json) -> Entry:
    """Return the entry that records ``payload`` after ``head``."""
    digest = payload_hash(payload)
    seq = head.seq + 1
    sealed = entry_hash(election_id, seq, kind, digest, head.hash)
    return Entry(election_id, seq, kind, payload, digest, head.hash, sealed)


def following_ballots(
    head: Head, election_id: PollId, payload_hashes: Iterable[bytes]
) -> tuple[Entry, ...]:
    """Return entries for withheld ballots after ``head``, sorted by hash."""
    entries = []
    for digest in sorted(payload_hashes):
        seq = head.seq + 1
        sealed = entry_hash(election_id, seq, EntryType.BALLOT, digest, head.hash)
        entries.append(Entry(election_id, seq, EntryType.BALLOT, None, digest, head.hash, sealed))
        head = Head(seq, sealed)
    return tuple(entries)


_T = EntryType
_LIFE: dict[EntryType | None, dict[EntryType, EntryType | None]] = {
    None: {_T.MANIFEST: _T.MANIFEST},
    _T.MANIFEST: {
        _T.TRUSTEES: _T.MANIFEST,
        _T.CREDENTIALS: _T.MANIFEST,
        _T.CREDENTIALS_VOID: _T.MANIFEST,
        _T.OPEN: _T.OPEN,
        _T.WITHDRAW: _T.WITHDRAW,
    },
    _T.OPEN: {
        _T.BALLOT: _T.OPEN,
        _T.CHALLENGE: _T.OPEN,
        _T.CHECKPOINT: _T.OPEN,
        _T.CREDENTIALS_VOID: _T.OPEN,
        _T.SUSPEND: _T.SUSPEND,
        _T.CLOSE: _T.CLOSE,
        _T.WITHDRAW: _T.WITHDRAW,
    },
    _T.SUSPEND: {
        _T.BALLOT: _T.SUSPEND,
        _T.CHALLENGE: _T.SUSPEND,
        _T.CHECKPOINT: _T.SUSPEND,
        _T.CREDENTIALS_VOID: _T.SUSPEND,
        _T.RESUME: _T.OPEN,
        _T.CLOSE: _T.CLOSE,
        _T.WITHDRAW: _T.WITHDRAW,
    },
    _T.CLOSE: {
        _T.PAPER_COUNT: _T.CLOSE,
        _T.ENCRYPTED_TALLY: _T.ENCRYPTED_TALLY,
        _T.RESULT: _T.RESULT,
        _T.WITHDRAW: _T.WITHDRAW,
    },
    _T.ENCRYPTED_TALLY: {
        _T.PARTIAL: _T.ENCRYPTED_TALLY,
        _T.RESULT: _T.RESULT,
        _T.WITHDRAW: _T.WITHDRAW,
    },
    _T.RESULT: {_T.TIE_DECISION: _T.RESULT, _T.CERTIFICATE: _T.CERTIFICATE},
    _T.CERTIFICATE: {},
    _T.WITHDRAW: {},
}
"""Which types may follow in each phase of a poll's ledger, and the phase they lead to."""

_ONCE = frozenset({_T.TRUSTEES, _T.PAPER_COUNT})
"""Types of which a ledger has one entry at most, beside those that end a phase."""


def flaw(entries: Sequence[Entry]) -> int | None:
    """Return the position of the first entry that cannot stand where it does, or ``None``.

    Checked are the chain of hashes, the hash of every payload that is not withheld, that
    all entries belong to one poll, that the types follow each other as a poll lives, that
    there is one board of trustees at most, and that no ballot is on the ledger twice.
    """
    head = Head()
    phase: EntryType | None = None
    ballots: set[bytes] = set()
    once: set[EntryType] = set()
    for position, entry in enumerate(entries, start=1):
        sealed = entry_hash(
            entries[0].election_id, position, entry.type, entry.payload_hash, head.hash
        )
        ballot = entry.type is EntryType.BALLOT
        if (
            (entry.v, entry.election_id) != (VERSION, entries[0].election_id)
            or (entry.seq, entry.prev, entry.hash) != (position, head.hash, sealed)
            or not _is_payload_of(entry)
            or entry.type not in _LIFE[phase]
            or (ballot and entry.payload_hash in ballots)
            or entry.type in once
        ):
            return position
        if ballot:
            ballots.add(entry.payload_hash)
        if entry.type in _ONCE:
            once.add(entry.type)
        phase = _LIFE[phase][entry.type]
        head = Head(position, entry.hash)
    return None


def _is_payload_of(entry: Entry) -> bool:
    withheld = entry.type is EntryType.BALLOT and entry.payload is None
    return withheld or entry.payload_hash == payload_hash(entry.payload)


def fingerprint(head: bytes) -> str:
    """Return the first 100 bits of a head in Base32: five groups to read aloud and compare.

    Whoever writes a ledger could look for two with the same seal, of which the hall sees one;
    with 100 bits that takes 2^50 trials.
    """
    text = base64.b32encode(head).decode("ascii")[:_SEAL]
    return "-".join(text[start : start + _GROUP] for start in range(0, _SEAL, _GROUP))
