"""What every ballot and every decryption of an encrypted poll is bound to, from its ledger.

The manifest and the trustees stand at the head of a ledger and never change, so what is read of
them is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from congress.kernel.errors import BugError
from congress.kernel.ids import PollId
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.context import SUITE, Context
from congress.voting.crypto.layout import Layout
from congress.voting.ledger import Entry, EntryType
from congress.voting.model import Channel, Plan, Secrecy

FORMAT = 3
"""Version of the manifest: from this one on every checkpoint tells how many ballots were cast."""
_FORMATS = (2, FORMAT)
OPEN_SUITE = "open/1"
PAPER_SUITE = "paper/1"
FEWEST_BALLOTS = 3
"""Fewer ballots than this are never decrypted: the totals would be somebody's vote."""


@dataclass(frozen=True, slots=True)
class Election:
    """One encrypted poll.

    Attributes:
        context: What its proofs are bound to.
        layouts: One for each contest, in order.
        minimum: The fewest ballots that may be decrypted.
    """

    context: Context
    layouts: tuple[Layout, ...]
    minimum: int


def suite_of(plan: Plan) -> str:
    """Return the suite that a poll of this plan is held by."""
    if plan.secrecy is Secrecy.OPEN:
        return OPEN_SUITE
    return PAPER_SUITE if plan.channel is Channel.PAPER else SUITE


def encrypted(plan: Plan) -> bool:
    """Return whether ballots of this poll are encrypted."""
    return suite_of(plan) == SUITE


def current(manifest: Entry) -> bool:
    """Return whether a poll with this manifest can go on; those of an earlier version cannot."""
    payload: Any = manifest.payload
    return payload.get("format") in _FORMATS


def counts_at_checkpoints(manifest: Entry) -> bool:
    """Return whether every checkpoint of a poll with this manifest tells how many were cast."""
    payload: Any = manifest.payload
    return bool(payload["format"] >= FORMAT)


@dataclass(frozen=True, slots=True)
class _Source:
    """Two payloads, known apart by their hashes alone."""

    poll_id: PollId
    manifest_hash: bytes
    trustees_hash: bytes
    manifest: Any = field(compare=False)
    trustees: Any = field(compare=False)


def election_of(entries: Sequence[Entry]) -> Election:
    """Return the encrypted poll that a ledger tells of.

    Args:
        entries: The ledger, or its entries of the types manifest and trustees.

    Raises:
        InputError: ``voting.bad_layout`` or ``voting.bad_ceremony`` if they cannot be read.
        BugError: The poll is not an encrypted one.
    """
    found = {entry.type: entry for entry in entries}
    manifest, trustees = found.get(EntryType.MANIFEST), found.get(EntryType.TRUSTEES)
    if manifest is None or trustees is None:
        raise BugError("only an encrypted poll whose manifest is fixed has trustees")
    return _read(
        _Source(
            manifest.election_id,
            manifest.payload_hash,
            trustees.payload_hash,
            manifest.payload,
            trustees.payload,
        )
    )


@lru_cache(maxsize=16)
def _read(source: _Source) -> Election:
    manifest = source.manifest
    return Election(
        Context(
            manifest["suite"],
            source.poll_id,
            source.manifest_hash,
            Ceremony.from_json(source.trustees["ceremony"]),
        ),
        tuple(map(Layout.from_json, manifest["layouts"])),
        manifest["minimum"],
    )
