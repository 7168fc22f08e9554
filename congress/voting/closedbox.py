"""Whether the ballots of a closed encrypted poll hold, checked anew before anything is decrypted.

The desk checks here what it adds up, and each trustee's step what it is asked to decrypt, on its
own copy of the ledger. Nothing a ledger says of itself is believed where it can be reckoned: a
manifest tells how its ballots are laid out, and every proof of a ballot is about just that
layout. One that allowed more names than the rule would make proper ballots of improper ones, so
the layouts are worked out again from the plan and the rule (SPECIFICATION, section 4).

Pure; a ledger comes with the payload of every entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from congress.kernel.canonical import decode_bytes
from congress.kernel.errors import CongressError, InputError, RefusedError
from congress.kernel.progress import Progress
from congress.voting import ledger
from congress.voting.ballots import ciphertext_marks
from congress.voting.codec import plan_from_json
from congress.voting.crypto.ballots import credential_of
from congress.voting.crypto.batch import verify_many
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.crypto.context import SUITE
from congress.voting.crypto.layout import Layout
from congress.voting.election import (
    FEWEST_BALLOTS,
    Election,
    counts_at_checkpoints,
    current,
    election_of,
    encrypted,
)
from congress.voting.evidence import ballot_of, broken
from congress.voting.hintbook import HintBook
from congress.voting.layouts import layouts_of
from congress.voting.ledger import Entry, EntryType
from congress.voting.model import Plan
from congress.voting.rules import packs
from congress.voting.rules.model import Rule

_MALFORMED = (CongressError, KeyError, TypeError, AttributeError, ValueError)
"""What comes of reading a payload that is not of its type."""


@dataclass(frozen=True, slots=True)
class ClosedBox:
    """The ballots of a closed encrypted poll, every one of them checked.

    Attributes:
        election: What they are bound to.
        ballots: As they stand on the ledger.
    """

    election: Election
    ballots: tuple[bytes, ...]


def closed_box(
    entries: Sequence[Entry], progress: Progress, hints: HintBook | None = None
) -> ClosedBox:
    """Return the ballots of a closed encrypted poll once all of them hold.

    Args:
        entries: The whole ledger, with the payloads of its ballots.
        progress: Told of each ballot that was checked; may cancel.
        hints: What earlier checks came to, which only saves time, and what this one comes to.

    Raises:
        RefusedError: ``voting.ledger_broken`` with the position of the first entry that does
            not hold and the ``reason`` (``chain``, ``manifest``, ``trustees``,
            ``credentials``, ``ballots``, ``checkpoint``, ``close``, ``proofs``);
            ``voting.other_layouts`` if the ballots are laid out otherwise than the plan and its
            rule say.
        Cancelled: The person cancelled.
    """
    position = ledger.flaw(entries)
    if position is not None or not entries:
        raise broken(position or 0, "chain")
    election = _founded(entries)
    cast = _of(entries, EntryType.BALLOT)
    ballots = {entry.seq: ballot_of(entry) for entry in cast}
    _check_credentials(entries, ballots)
    _check_ciphertexts(entries, election)
    _check_numbers(entries, len(ballots))
    _check_proofs(election, cast, list(ballots.values()), progress, hints or HintBook(0))
    return ClosedBox(election, tuple(ballots.values()))


def require_enough(box: ClosedBox) -> None:
    """Refuse to decrypt the totals of so few ballots that they would tell somebody's vote.

    No manifest can lower the number below ``FEWEST_BALLOTS``.

    Raises:
        RefusedError: ``voting.too_few_ballots``.
    """
    minimum = max(box.election.minimum, FEWEST_BALLOTS)
    if len(box.ballots) < minimum:
        raise RefusedError("voting.too_few_ballots", count=len(box.ballots), minimum=minimum)


def _of(entries: Sequence[Entry], *kinds: EntryType) -> list[Entry]:
    return [entry for entry in entries if entry.type in kinds]


def _founded(entries: Sequence[Entry]) -> Election:
    """Return the poll that the head of a ledger founds, reckoned anew where it can be."""
    manifest = entries[0]
    boards = _of(entries, EntryType.TRUSTEES)
    if len(boards) != 1 or not _is_board(boards[0]):
        raise broken(boards[0].seq if boards else manifest.seq, "trustees")
    payload: Any = manifest.payload
    try:
        known, layouts = current(manifest) and payload["suite"] == SUITE, _layouts(payload)
        minimum, told = payload["minimum"], payload["layouts"]
    except _MALFORMED as error:
        raise broken(manifest.seq, "manifest") from error
    if not known or layouts is None or type(minimum) is not int:
        raise broken(manifest.seq, "manifest")
    if told != [layout.to_json() for layout in layouts]:
        raise RefusedError("voting.other_layouts")
    try:
        return election_of((manifest, boards[0]))
    except InputError as error:
        raise broken(manifest.seq, "manifest") from error


def _is_board(entry: Entry) -> bool:
    """Return whether an entry records a key ceremony that holds, and the key that it made."""
    payload: Any = entry.payload
    try:
        ceremony = Ceremony.from_json(payload["ceremony"])
        ceremony.check()
        return decode_bytes(payload["joint_key"]) == ceremony.joint_key.encode()
    except _MALFORMED:
        return False


def _layouts(manifest: Any) -> tuple[Layout, ...] | None:
    """Return the layouts that a manifest's plan has by its rule, or ``None`` if it has none."""
    plan, pack = plan_from_json(manifest["plan"]), packs.read(manifest["pack"])
    rule = pack.rule(plan.rule_id)
    if rule is None or pack.id != plan.pack_id or not _is_encrypted(plan, rule):
        return None
    return layouts_of(plan, rule)


def _is_encrypted(plan: Plan, rule: Rule) -> bool:
    methods = {contest.method for contest in plan.contests}
    return (
        encrypted(plan)
        and rule.kind is plan.kind
        and plan.secrecy in rule.secrecies
        and bool(methods)
        and methods.issubset(rule.methods)
        and not any(method.ranked for method in methods)
    )


def _check_credentials(entries: Sequence[Entry], ballots: dict[int, bytes]) -> None:
    """Refuse a ballot whose credential is not issued, is void, or has cast another one."""
    issued: set[bytes] = set()
    void: set[bytes] = set()
    for entry in _of(entries, EntryType.CREDENTIALS, EntryType.CREDENTIALS_VOID):
        payload: Any = entry.payload
        known = issued if entry.type is EntryType.CREDENTIALS else void
        try:
            given = [decode_bytes(item) for item in payload["credentials"]]
        except _MALFORMED as error:
            raise broken(entry.seq, "credentials") from error
        if len(set(given)) < len(given) or not known.isdisjoint(given):
            raise broken(entry.seq, "credentials")
        known.update(given)
    left = issued - void
    for position, ballot in ballots.items():
        credential = credential_of(ballot)
        if credential not in left:
            raise broken(position, "credentials")
        left.remove(credential)


def _check_ciphertexts(entries: Sequence[Entry], election: Election) -> None:
    """Refuse a ballot that shares a ciphertext with a challenged one or with another."""
    seen: set[bytes] = set()
    for entry in (*_of(entries, EntryType.CHALLENGE), *_of(entries, EntryType.BALLOT)):
        try:
            marks = ciphertext_marks(election.layouts, ballot_of(entry))
        except InputError as error:
            raise broken(entry.seq, "ballots") from error
        if len(set(marks)) < len(marks) or not seen.isdisjoint(marks):
            raise broken(entry.seq, "ballots")
        seen.update(marks)


def _check_numbers(entries: Sequence[Entry], cast: int) -> None:
    """Refuse a ledger that is not closed, or a box with fewer ballots than it had before."""
    least = 0
    for entry in _of(entries, EntryType.CHECKPOINT):
        payload: Any = entry.payload
        if payload or counts_at_checkpoints(entries[0]):
            told = _number(entry)
            if told is None or not least <= told <= cast:
                raise broken(entry.seq, "checkpoint")
            least = told
    closed = _of(entries, EntryType.CLOSE)
    if not closed or _number(closed[0]) != cast:
        raise broken(closed[0].seq if closed else entries[-1].seq, "close")


def _number(entry: Entry) -> int | None:
    """Return how many ballots a checkpoint or the close tells of."""
    payload: Any = entry.payload
    number = payload.get("ballots") if isinstance(payload, dict) else None
    return number if type(number) is int else None


def _check_proofs(
    election: Election,
    cast: Sequence[Entry],
    ballots: Sequence[bytes],
    progress: Progress,
    hints: HintBook,
) -> None:
    """Refuse a ballot one of whose proofs does not hold; with hints, all are checked at once."""
    known = hints.of(election)
    found: dict[bytes, bytes] = {}

    def take(place: int, hint: bytes) -> None:
        found[cast[place].payload_hash] = hint

    wanted = not known and hints.holds(election, len(ballots))
    failing = verify_many(
        election.context,
        election.layouts,
        ballots,
        hints=take if wanted else None,
        given=[known.get(entry.payload_hash, b"") for entry in cast] if known else None,
        progress=progress,
    )
    if failing:
        raise broken(cast[failing[0]].seq, "proofs")
    if wanted:
        hints.keep(election, found)
