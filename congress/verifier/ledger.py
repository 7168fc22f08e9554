"""The chain of the ledger and the order of its entries (SPECIFICATION, section 2)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from congress.verifier import canonical
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields

VERSION = 1
GENESIS = bytes(32)
_SEAL = b"paperless-congress/ledger/1\0"

_RUNNING = ("ballot", "challenge", "credentials_void", "checkpoint", "close", "withdraw")
_MAY_FOLLOW: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("manifest",),
        "manifest": ("trustees", "credentials", "credentials_void", "open", "withdraw"),
        "open": (*_RUNNING, "suspend"),
        "suspend": (*_RUNNING, "resume"),
        "close": ("paper_count", "encrypted_tally", "result", "withdraw"),
        "encrypted_tally": ("partial", "result", "withdraw"),
        "result": ("tie_decision", "certificate"),
        "certificate": (),
        "withdraw": (),
    }
)
"""Which types may come in each phase of a poll."""
_PHASES: Mapping[str, str] = MappingProxyType(
    {
        **{name: name for name in _MAY_FOLLOW},
        "resume": "open",
    }
)
"""Which phase a type leads to; the others leave the poll in the phase it is in."""
TYPES = frozenset(name for names in _MAY_FOLLOW.values() for name in names)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry whose hashes hold.

    Attributes:
        seq: Position, from 1.
        type: What it records.
        payload: What was recorded.
        payload_hash: SHA-256 of the payload (32 bytes).
        hash: SHA-256 of the entry (32 bytes).
    """

    seq: int
    type: str
    payload: canonical.Json
    payload_hash: bytes
    hash: bytes


class Chain:
    """Follows a ledger from its first line."""

    def __init__(self, election_id: str) -> None:
        """Begin before the first entry of this poll's ledger."""
        self._election_id = election_id
        self.head = GENESIS
        self.entries = 0

    def follow(self, line: bytes) -> Entry:
        """Return the entry on the next line once every hash holds.

        Raises:
            Fault: The line is not canonical, or the entry does not belong here.
        """
        fields = Fields(canonical.decode(line), "entry")
        version, election_id = fields.whole("v"), fields.text("election_id")
        seq, kind = fields.whole("seq"), fields.text("type")
        payload = fields.take("payload")
        payload_hash, prev = fields.data("payload_hash", 32), fields.data("prev", 32)
        sealed = fields.data("hash", 32)
        fields.end()
        if version != VERSION:
            raise Fault("unknown_value", place="entry.v", value=str(version))
        if election_id != self._election_id:
            raise Fault("other_poll")
        if seq != self.entries + 1:
            raise Fault("wrong_seq", seq=seq)
        if prev != self.head:
            raise Fault("wrong_prev")
        if hashlib.sha256(canonical.encode(payload)).digest() != payload_hash:
            raise Fault("wrong_payload_hash")
        if seal(election_id, seq, kind, payload_hash, prev) != sealed:
            raise Fault("wrong_hash")
        self.entries, self.head = seq, sealed
        return Entry(seq, kind, payload, payload_hash, sealed)


def seal(election_id: str, seq: int, kind: str, payload_hash: bytes, prev: bytes) -> bytes:
    """Return the hash that seals an entry with these fields."""
    fields = {
        "v": VERSION,
        "election_id": election_id,
        "seq": seq,
        "type": kind,
        "payload_hash": canonical.encode_bytes(payload_hash),
        "prev": canonical.encode_bytes(prev),
    }
    return hashlib.sha256(_SEAL + canonical.encode(fields)).digest()


class Life:
    """Follows a poll from phase to phase."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self.phase = ""
        self._seen: set[str] = set()

    def follow(self, kind: str) -> None:
        """Go on by an entry of this type.

        Raises:
            Fault: ``unknown_type``, ``out_of_order``, or ``more_than_once``.
        """
        if kind not in TYPES:
            raise Fault("unknown_type", value=kind)
        if kind not in _MAY_FOLLOW[self.phase]:
            raise Fault("out_of_order", value=kind, after=self.phase or "nothing")
        if kind in self._seen and kind in ("trustees", "paper_count"):
            raise Fault("more_than_once", value=kind)
        self._seen.add(kind)
        self.phase = _PHASES.get(kind, self.phase)

    def require_end(self) -> None:
        """Check that the poll came to its certificate.

        Raises:
            Fault: ``withdrawn``, or ``unfinished`` if the ledger stops before.
        """
        if self.phase == "withdraw":
            raise Fault("withdrawn")
        if self.phase != "certificate":
            raise Fault("unfinished", after=self.phase or "nothing")
