"""The tally: ciphertexts summed, decrypted in parts, put together (section 8). Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from congress.kernel.canonical import Json, decode_bytes, encode, encode_bytes
from congress.kernel.errors import InputError
from congress.kernel.signing import Signer, verify
from congress.voting.crypto.ceremony import TrusteeShare
from congress.voting.crypto.context import Context
from congress.voting.crypto.dkg import at_zero
from congress.voting.crypto.elgamal import Ciphertext
from congress.voting.crypto.fields import integer, text
from congress.voting.crypto.group import (
    POINT_BYTES,
    Point,
    multiply,
    required,
    subtract,
    total,
)
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.logarithms import Logarithms
from congress.voting.crypto.proofs import decrypt_part, part_holds
from congress.voting.crypto.reading import split
from congress.voting.crypto.transcript import Item

PURPOSE = "partial"
"""What a trustee's signature of its partial decryption is for."""


@dataclass(frozen=True)
class Sums:
    """The encrypted tally.

    Attributes:
        ballots: How many ballots were summed.
        contests: For each contest its identifier and the sum for every cell.
    """

    ballots: int
    contests: tuple[tuple[str, tuple[Ciphertext, ...]], ...]

    def to_json(self) -> dict[str, Json]:
        """Return the payload of the ``encrypted_tally`` entry."""
        return {
            "ballots": self.ballots,
            "contests": [
                {"contest": contest, "sums": [encode_bytes(item.encode()) for item in cells]}
                for contest, cells in self.contests
            ],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Sums":
        """Return the sums that ``to_json`` wrote.

        Raises:
            InputError: ``voting.bad_tally`` if it wrote no such thing.
        """
        try:
            found = cls(
                integer(value["ballots"]),
                tuple(
                    (
                        text(item["contest"]),
                        tuple(Ciphertext.decode(decode_bytes(code)) for code in item["sums"]),
                    )
                    for item in value["contests"]
                ),
            )
        except (KeyError, TypeError, AttributeError, InputError) as error:
            raise InputError("voting.bad_tally") from error
        return found

    @cached_property
    def hash(self) -> bytes:
        """Payload hash (32 bytes) of the ``encrypted_tally`` entry."""
        return hashlib.sha256(encode(self.to_json())).digest()


def summed(columns: Sequence[Sequence[Ciphertext]]) -> tuple[Ciphertext, ...]:
    """Return the component-wise sum of each column of ciphertexts.

    Raises:
        InputError: ``voting.bad_tally`` if one comes to infinity, which takes the collusion
            of everybody who voted.
    """
    try:
        return tuple(
            Ciphertext(
                required(total(item.a for item in column)),
                required(total(item.b for item in column)),
            )
            for column in columns
        )
    except InputError as error:
        raise InputError("voting.bad_tally") from error


def sums(layouts: Sequence[Layout], ballots: Sequence[bytes]) -> Sums:
    """Return the encrypted tally of ballots that were verified before.

    Args:
        layouts: One for each contest.
        ballots: All of the poll; at least one.

    Raises:
        InputError: ``voting.ballot_proof`` or ``voting.bad_encoding`` if a ballot has not the
            form of the poll's; ``voting.bad_tally`` if there is none.
    """
    parts = [split(layouts, ballot) for ballot in ballots]
    contests = []
    for place, layout in enumerate(layouts):
        columns = [
            [Ciphertext.decode(item.contests[place].ciphertexts[cell]) for item in parts]
            for cell in range(len(layout.cells))
        ]
        contests.append((layout.contest_id, summed(columns)))
    return Sums(len(ballots), tuple(contests))


@dataclass(frozen=True, slots=True)
class Partial:
    """One trustee's part of the decryption of a tally.

    Attributes:
        trustee: Its index.
        tally: Hash of the encrypted tally (32 bytes).
        contests: For each contest its identifier and, for every cell, ``M‖c‖r`` (97 bytes).
        signature: The trustee's Ed25519 signature (64 bytes).
    """

    trustee: int
    tally: bytes
    contests: tuple[tuple[str, tuple[bytes, ...]], ...]
    signature: bytes = field(default=b"")

    def to_json(self) -> dict[str, Json]:
        """Return the payload of the ``partial`` entry."""
        return {
            "trustee": self.trustee,
            "tally": encode_bytes(self.tally),
            "contests": self._parts(),
            "signature": encode_bytes(self.signature),
        }

    def _parts(self) -> list[Json]:
        return [
            {"contest": contest, "parts": [encode_bytes(part) for part in parts]}
            for contest, parts in self.contests
        ]

    def to_sign(self, election_id: str) -> list[Json]:
        """Return what the trustee signs."""
        return [election_id, encode_bytes(self.tally), self._parts()]

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Partial":
        """Return the part that ``to_json`` wrote.

        Raises:
            InputError: ``voting.bad_partial`` if it wrote no such thing.
        """
        try:
            found = cls(
                integer(value["trustee"]),
                decode_bytes(value["tally"]),
                tuple(
                    (text(item["contest"]), tuple(map(decode_bytes, item["parts"])))
                    for item in value["contests"]
                ),
                decode_bytes(value["signature"]),
            )
            same = encode(found.to_json()) == encode(value)
        except (KeyError, TypeError, AttributeError, InputError) as error:
            raise InputError("voting.bad_partial", reason="form") from error
        if not same:
            raise InputError("voting.bad_partial", reason="form")
        return found


def _items(
    context: Context, contest: str, cell: int, trustee: int, item: Ciphertext
) -> tuple[Item, ...]:
    return context.digest, contest, cell, trustee, item.a, item.b


def partial_of(context: Context, tally: Sums, share: TrusteeShare) -> Partial:
    """Return a trustee's part of the decryption, proven and signed.

    Args:
        context: The poll and its key.
        tally: What is decrypted; the trustee has checked it against its copy of the ledger.
        share: The trustee's secret.

    Raises:
        InputError: ``voting.other_ceremony`` if the share is of another key.
    """
    if share.ceremony_hash != context.ceremony.hash:
        raise InputError("voting.other_ceremony")
    contests = []
    for contest, cells in tally.contests:
        parts = []
        for number, item in enumerate(cells):
            items = _items(context, contest, number, share.index, item)
            part, proof = decrypt_part(items, item.a, share.share)
            parts.append(part.encode() + proof)
        contests.append((contest, tuple(parts)))
    unsigned = Partial(share.index, tally.hash, tuple(contests))
    signature = Signer(share.seed).sign(PURPOSE, unsigned.to_sign(context.election_id))
    return Partial(share.index, tally.hash, unsigned.contests, signature)


def check_partial(context: Context, tally: Sums, partial: Partial) -> None:
    """Check that a part is a trustee's, of this tally, and right in every cell.

    Raises:
        InputError: ``voting.bad_partial`` with the ``reason``; ``voting.no_such_trustee``.
    """
    trustee = context.ceremony.trustee(partial.trustee)
    if partial.tally != tally.hash:
        raise InputError("voting.bad_partial", reason="tally")
    if not verify(
        trustee.signing_key, PURPOSE, partial.to_sign(context.election_id), partial.signature
    ):
        raise InputError("voting.bad_partial", reason="signature")
    form = [(contest, len(cells)) for contest, cells in tally.contests]
    if form != [(contest, len(parts)) for contest, parts in partial.contests]:
        raise InputError("voting.bad_partial", reason="form")
    public = context.ceremony.public_share(partial.trustee)
    for (contest, cells), (_, parts) in zip(tally.contests, partial.contests, strict=True):
        for number, (item, part) in enumerate(zip(cells, parts, strict=True)):
            items = _items(context, contest, number, partial.trustee, item)
            if not _part_holds(items, item, part, public):
                raise InputError("voting.bad_partial", reason="proof")


def _part_holds(items: tuple[Item, ...], item: Ciphertext, part: bytes, public: Point) -> bool:
    try:
        point = Point.decode(part[:POINT_BYTES])
    except InputError:
        return False
    return part_holds(items, item.a, point, public, part[POINT_BYTES:])


def combine(
    context: Context, tally: Sums, partials: Sequence[Partial], most: int
) -> tuple[tuple[int, ...], ...]:
    """Return the totals of every contest, cell by cell.

    Args:
        context: The poll and its key.
        tally: The encrypted tally.
        partials: As they stand on the ledger, each checked by ``check_partial``; the first
            ``threshold`` of them are used.
        most: The greatest total that can be: the number of ballots.

    Raises:
        InputError: ``voting.too_few_partials``; ``voting.bad_partial`` if two are of one
            trustee; ``voting.bad_tally`` if a total is over ``most``.
    """
    used = partials[: context.ceremony.threshold]
    indices = [partial.trustee for partial in used]
    if len(used) < context.ceremony.threshold:
        raise InputError("voting.too_few_partials")
    if len(set(indices)) != len(indices):
        raise InputError("voting.bad_partial", reason="twice")
    factors = [at_zero(indices, index) for index in indices]
    logarithms = Logarithms(most)
    return tuple(
        tuple(
            logarithms.of(
                subtract(
                    item.b,
                    total(
                        multiply(Point.decode(part.contests[place][1][cell][:POINT_BYTES]), factor)
                        for part, factor in zip(used, factors, strict=True)
                    ),
                )
            )
            for cell, item in enumerate(cells)
        )
        for place, (_, cells) in enumerate(tally.contests)
    )
