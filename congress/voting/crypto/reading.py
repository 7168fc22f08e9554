"""The bytes of an encrypted ballot, taken apart (section 7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from congress.kernel.errors import InputError
from congress.voting.crypto.context import Context
from congress.voting.crypto.group import POINT_BYTES
from congress.voting.crypto.layout import (
    BIT_BYTES,
    CIPHERTEXT_BYTES,
    EXACT_BYTES,
    HEADER_BYTES,
    MAGIC,
    SIGNATURE_BYTES,
    Layout,
    ballot_length,
)
from congress.voting.crypto.transcript import digest


def refused(reason: str, contest: str = "") -> InputError:
    """Return the error that refuses a ballot.

    Args:
        reason: What does not hold: ``length``, ``form``, ``encoding``, ``proof`` or
            ``signature``.
        contest: Where, if it is in one contest.
    """
    return InputError("voting.ballot_proof", reason=reason, contest=contest)


@dataclass(frozen=True, slots=True)
class ContestPart:
    """One contest's part of a ballot, in bytes.

    Attributes:
        layout: Its form.
        ciphertexts: ``A‖B`` (66 bytes) of the cells, then of the range bits.
        proofs: Of the statements of the layout, in their order.
    """

    layout: Layout
    ciphertexts: tuple[bytes, ...]
    proofs: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """A ballot in its parts.

    Attributes:
        credential: ``K`` (33 bytes).
        contests: In the order of the poll.
        signed: Everything before the signature.
        signature: ``c‖r`` (64 bytes).
    """

    credential: bytes
    contests: tuple[ContestPart, ...]
    signed: bytes
    signature: bytes


def _cut(data: bytes, start: int, sizes: Iterator[int]) -> Iterator[bytes]:
    for size in sizes:
        yield data[start : start + size]
        start += size


def split(layouts: Sequence[Layout], ballot: bytes) -> Parts:
    """Return the parts of a ballot; what they say is not looked at.

    Raises:
        InputError: ``voting.ballot_proof`` if it has not the length and the mark of the
            ballots of this poll.
    """
    if len(ballot) != ballot_length(layouts):
        raise refused("length")
    if not ballot.startswith(MAGIC):
        raise refused("form")
    place, contests = HEADER_BYTES, []
    for layout in layouts:
        sizes = (CIPHERTEXT_BYTES for _ in range(layout.ciphertexts))
        ciphertexts = tuple(_cut(ballot, place, sizes))
        sizes = (BIT_BYTES if item.bit else EXACT_BYTES for item in layout.statements)
        proofs = tuple(_cut(ballot, place + CIPHERTEXT_BYTES * layout.ciphertexts, sizes))
        contests.append(ContestPart(layout, ciphertexts, proofs))
        place += layout.length
    return Parts(
        ballot[len(MAGIC) : len(MAGIC) + POINT_BYTES],
        tuple(contests),
        ballot[:-SIGNATURE_BYTES],
        ballot[-SIGNATURE_BYTES:],
    )


def statement_of(
    context: Context, contest_id: str, credential: bytes, ciphertexts: Sequence[bytes]
) -> bytes:
    """Return the hash (64 bytes) that every proof of a contest's part is bound to."""
    return digest("contest", context.digest, contest_id, credential, b"".join(ciphertexts))
