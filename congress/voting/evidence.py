"""What a ledger shows of an encrypted poll: its ballots, its sums, and what they decrypt to.

That the ballots hold is for ``congress.voting.closedbox`` to say. Pure.
"""

from collections.abc import Sequence
from typing import Any

from congress.kernel.canonical import decode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.voting.crypto import tally
from congress.voting.crypto.tally import Partial, Sums
from congress.voting.election import election_of
from congress.voting.layouts import count_of
from congress.voting.ledger import Entry, EntryType
from congress.voting.outcome import Count


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
        raise broken(entry.seq, "sums") from error
    if sums.ballots != cast:
        raise broken(entry.seq, "sums")
    return tuple(
        count_of(layout, total, cast)
        for layout, total in zip(election.layouts, totals, strict=True)
    )


def given(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the numbers of the trustees whose part stands on the ledger."""
    return tuple(part["trustee"] for part in _parts(entries))


def _parts(entries: Sequence[Entry]) -> list[Any]:
    return [entry.payload for entry in entries if entry.type is EntryType.PARTIAL]


def broken(position: int, reason: str) -> RefusedError:
    """Return the refusal of a ledger whose entry at ``position`` does not hold, and in what."""
    return RefusedError("voting.ledger_broken", position=position, reason=reason)


def ballot_of(entry: Entry) -> bytes:
    """Return the encrypted ballot that an entry with its payload records.

    Raises:
        RefusedError: ``voting.ledger_broken`` if it is withheld, or is none.
    """
    payload: Any = entry.payload
    try:
        return decode_bytes(payload["ballot"])
    except (InputError, KeyError, TypeError) as error:
        raise broken(entry.seq, "ballots") from error
