"""The hash chain of the audit: each entry commits to all entries before it.

Pure: ``congress.storage`` writes the entries in the transaction of the change they record.
An entry holds identifiers and counts, never a name, a paper's text, a face or a vote.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from congress.kernel.canonical import Json, encode
from congress.kernel.ids import MemberId

GENESIS = bytes(32)
"""What the first entry names as the hash before it."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One recorded change.

    Attributes:
        seq: Position in the chain, from 1.
        at: When it was committed, aware, in UTC.
        member_id: Who did it.
        action: What was done, for instance ``"people.imported"``.
        subject: Identifier of what it was done to, or empty.
        detail: Counts and identifiers.
        prev: SHA-256 of the entry before (32 bytes), ``GENESIS`` for the first.
        hash: SHA-256 of this entry (32 bytes).
    """

    seq: int
    at: datetime
    member_id: MemberId
    action: str
    subject: str
    detail: Mapping[str, Json]
    prev: bytes
    hash: bytes


def entry_hash(
    *,
    seq: int,
    at: datetime,
    member_id: MemberId,
    action: str,
    subject: str,
    detail: Mapping[str, Json],
    prev: bytes,
) -> bytes:
    """Return the SHA-256 (32 bytes) that seals an entry with these fields."""
    return hashlib.sha256(
        b"paperless-congress/audit/1\0"
        + encode(
            {
                "seq": seq,
                "at": at.isoformat(),
                "member": member_id,
                "action": action,
                "subject": subject,
                "detail": detail,
                "prev": prev,
            }
        )
    ).digest()


def first_break(entries: Iterable[AuditEntry]) -> int | None:
    """Return the position of the first entry that does not fit the chain, or ``None``."""
    prev = GENESIS
    for seq, entry in enumerate(entries, start=1):
        expected = entry_hash(
            seq=entry.seq,
            at=entry.at,
            member_id=entry.member_id,
            action=entry.action,
            subject=entry.subject,
            detail=entry.detail,
            prev=entry.prev,
        )
        if entry.seq != seq or entry.prev != prev or entry.hash != expected:
            return seq
        prev = entry.hash
    return None
