"""The two files of a decryption by USB: the ledger on its way out, a partial on its way back."""

from collections.abc import Sequence
from typing import Any

from congress.kernel.canonical import decode, decode_bytes, encode
from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting.crypto.fields import integer, text
from congress.voting.crypto.tally import Partial
from congress.voting.ledger import Entry, EntryType

TALLY, PARTIAL = ".pctally", ".pcpartial"
LARGEST = 1024 * 1024 * 1024
LARGEST_PARTIAL = 16 * 1024 * 1024
FORMAT = "paperless-congress/partial"


def write_tally(entries: Sequence[Entry]) -> bytes:
    """Return a whole ledger as a file: one entry a line, as in a bundle (SPECIFICATION 12)."""
    return b"".join(encode(_as_json(entry)) + b"\n" for entry in entries)


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "v": entry.v,
        "election_id": entry.election_id,
        "seq": entry.seq,
        "type": entry.type.value,
        "payload_hash": entry.payload_hash,
        "prev": entry.prev,
        "hash": entry.hash,
        "payload": entry.payload,
    }


def read_tally(data: bytes) -> tuple[Entry, ...]:
    """Return the ledger that ``write_tally`` wrote; whether it holds is not looked at here.

    Raises:
        InputError: ``trustees.bad_tally_file``.
    """
    try:
        if not data.endswith(b"\n"):
            raise InputError("trustees.bad_tally_file")
        return tuple(_entry(decode(line)) for line in data[:-1].split(b"\n"))
    except (InputError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError("trustees.bad_tally_file") from error


def _entry(value: Any) -> Entry:
    entry = Entry(
        PollId(text(value["election_id"])),
        integer(value["seq"]),
        EntryType(value["type"]),
        value["payload"],
        decode_bytes(value["payload_hash"]),
        decode_bytes(value["prev"]),
        decode_bytes(value["hash"]),
        integer(value["v"]),
    )
    if set(value) != set(_as_json(entry)):
        raise InputError("trustees.bad_tally_file")
    return entry


def write_partial(election_id: str, partial: Partial) -> bytes:
    """Return a trustee's part of the decryption as a file."""
    value = {"format": FORMAT, "v": 1, "election_id": election_id, "partial": partial.to_json()}
    return encode(value)


def read_partial(data: bytes) -> tuple[str, Partial]:
    """Return the poll and the part that ``write_partial`` wrote; its proof is not looked at.

    Raises:
        InputError: ``trustees.bad_partial_file``.
    """
    try:
        value: Any = decode(data)
        partial = Partial.from_json(value["partial"])
        if write_partial(value["election_id"], partial) != data:
            raise InputError("trustees.bad_partial_file")
        return str(value["election_id"]), partial
    except (InputError, KeyError, TypeError, AttributeError) as error:
        raise InputError("trustees.bad_partial_file") from error
