"""Whether a ledger with its ballots holds, checked anew before anything is decrypted.

The service checks here what it adds up. What a trustee is asked to decrypt, each trustee's step
checks for itself (``congress.voting.trustees.decryption``). Pure; a ledger comes with the payload
of every entry.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from congress.kernel.canonical import decode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.kernel.progress import Progress
from congress.voting import ledger
from congress.voting.ballots import ciphertext_marks
from congress.voting.crypto import tally
from congress.voting.crypto.ballots import credential_of
from congress.voting.crypto.batch import verify_many
from congress.voting.crypto.tally import Partial, Sums
from congress.voting.election import Election, election_of
from congress.voting.layouts import count_of
from congress.voting.ledger import Entry, EntryType
from congress.voting.outcome import Count


@dataclass(frozen=True, slots=True)
class ClosedBox:
    """The ballots of a closed encrypted poll, every one of them checked.

    Attributes:
        election: What they are bound to.
        ballots: As they stand on the ledger.
    """

    election: Election
    ballots: tuple[bytes, ...]


def closed_box(entries: Sequence[Entry], progress: Progress) -> ClosedBox:
    """Return the ballots of a closed encrypted poll once all of them hold.

    Args:
        entries: The whole ledger, with the payloads of its ballots.
        progress: Told of each ballot that was checked.

    Raises:
        RefusedError: ``voting.ledger_broken`` with the position of the first entry that does
            not hold.
    """
    position = ledger.flaw(entries)
    if position is not None or not entries:
        raise broken(position or 0)
    try:
        election = election_of(entries)
        election.context.ceremony.check()
    except InputError as error:
        raise broken(1) from error
    ballots = {entry.seq: ballot_of(entry) for entry in entries if entry.type is EntryType.BALLOT}
    _check_credentials(entries, ballots)
    _check_ciphertexts(entries, election, ballots)
    failing = verify_many(
        election.context, election.layouts, list(ballots.values()), progress=progress
    )
    if failing:
        raise broken(list(ballots)[failing[0]])
    return ClosedBox(election, tuple(ballots.values()))


def require_enough(box: ClosedBox) -> None:
    """Refuse to decrypt the totals of so few ballots that they would tell somebody's vote.

    Raises:
        RefusedError: ``voting.too_few_ballots``.
    """
    if len(box.ballots) < box.election.minimum:
        raise RefusedError(
            "voting.too_few_ballots", count=len(box.ballots), minimum=box.election.minimum
        )


def tally_entry(entries: Sequence[Entry]) -> Entry:
    """Return the entry of the encrypted tally.

    Raises:
        RefusedError: ``voting.wrong_order`` before there is one.
    """
    for entry in entries:
        if entry.type is EntryType.ENCRYPTED_TALLY:
            return entry
    raise RefusedError("voting.wrong_order")


def sums_of(entry: Entry) -> Sums:
    """Return the sums that the entry of an encrypted tally records.

    Raises:
        InputError: ``voting.bad_tally``.
    """
    payload: Any = entry.payload
    return Sums.from_json(payload)


def decrypted(entries: Sequence[Entry]) -> tuple[Count, ...]:
    """Return the totals that the trustees' parts come to.

    Args:
        entries: The ledger; the payloads of its ballots are not needed.

    Raises:
        RefusedError: ``voting.too_few_partials`` before enough trustees gave theirs,
            ``voting.wrong_order`` before the encrypted tally, ``voting.ledger_broken``.
    """
    election, entry = election_of(entries), tally_entry(entries)
    cast = sum(item.type is EntryType.BALLOT for item in entries)
    threshold = election.context.ceremony.threshold
    if len(given(entries)) < threshold:
        raise RefusedError("voting.too_few_partials", count=len(given(entries)), needed=threshold)
    try:
        sums = sums_of(entry)
        partials = [Partial.from_json(part) for part in _parts(entries)]
        for partial in partials:
            tally.check_partial(election.context, sums, partial)
        totals = tally.combine(election.context, sums, partials, cast)
    except InputError as error:
        raise broken(entry.seq) from error
    if sums.ballots != cast:
        raise broken(entry.seq)
    return tuple(
        count_of(layout, total, cast)
        for layout, total in zip(election.layouts, totals, strict=True)
    )


def given(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the numbers of the trustees whose part stands on the ledger."""
    return tuple(part["trustee"] for part in _parts(entries))


def _parts(entries: Sequence[Entry]) -> list[Any]:
    return [entry.payload for entry in entries if entry.type is EntryType.PARTIAL]


def broken(position: int) -> RefusedError:
    """Return the refusal of a ledger whose entry at ``position`` does not hold."""
    return RefusedError("voting.ledger_broken", position=position)


def ballot_of(entry: Entry) -> bytes:
    """Return the encrypted ballot that an entry with its payload records.

    Raises:
        RefusedError: ``voting.ledger_broken`` if it is withheld, or is none.
    """
    payload: Any = entry.payload
    try:
        return decode_bytes(payload["ballot"])
    except (InputError, KeyError, TypeError) as error:
        raise broken(entry.seq) from error


def _check_credentials(entries: Sequence[Entry], ballots: dict[int, bytes]) -> None:
    """Refuse a ballot whose credential is not issued, is void, or has cast another one."""
    good: set[str] = set()
    for entry in entries:
        payload: Any = entry.payload
        if entry.type is EntryType.CREDENTIALS:
            good.update(payload["credentials"])
        elif entry.type is EntryType.CREDENTIALS_VOID:
            good.difference_update(payload["credentials"])
    left = set(map(decode_bytes, good))
    for position, ballot in ballots.items():
        credential = credential_of(ballot)
        if credential not in left:
            raise broken(position)
        left.remove(credential)


def _check_ciphertexts(
    entries: Sequence[Entry], election: Election, ballots: dict[int, bytes]
) -> None:
    """Refuse a ballot that shares a ciphertext with a challenged one or with another."""

    def marks_of(position: int, ballot: bytes) -> list[bytes]:
        try:
            return ciphertext_marks(election.layouts, ballot)
        except InputError as error:
            raise broken(position) from error

    seen: set[bytes] = set()
    for entry in entries:
        if entry.type is EntryType.CHALLENGE:
            seen.update(marks_of(entry.seq, ballot_of(entry)))
    for position, ballot in ballots.items():
        marks = marks_of(position, ballot)
        if len(set(marks)) < len(marks) or not seen.isdisjoint(marks):
            raise broken(position)
        seen.update(marks)
