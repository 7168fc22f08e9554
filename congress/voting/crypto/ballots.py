"""Encrypted ballots: made, checked, opened (section 7). Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from congress.kernel.canonical import Json, decode_bytes, encode_bytes
from congress.kernel.errors import InputError
from congress.voting.crypto import schnorr
from congress.voting.crypto.context import Context
from congress.voting.crypto.elgamal import Ciphertext, combination, encrypt_bit
from congress.voting.crypto.fields import integer
from congress.voting.crypto.group import (
    ORDER,
    Point,
    Scalar,
    base,
    decode_scalar,
    encode_scalar,
    fixed_base,
    random_scalar,
    required,
)
from congress.voting.crypto.layout import MAGIC, Layout
from congress.voting.crypto.proofs import (
    bit_commitments,
    bit_holds,
    exact_commitments,
    exact_holds,
    prove_bit,
    prove_exact,
)
from congress.voting.crypto.reading import ContestPart, Parts, refused, split, statement_of
from congress.voting.crypto.transcript import Item


@dataclass(frozen=True, slots=True)
class OpenedContest:
    """What one contest's ciphertexts were made of.

    Attributes:
        values: What each holds: the cells, then the range bits.
        scalars: The randomness of each.
    """

    values: tuple[int, ...] = field(repr=False)
    scalars: tuple[Scalar, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a ballot was made of: shown when it is challenged, forgotten when it is cast."""

    contests: tuple[OpenedContest, ...] = field(repr=False)

    def to_json(self) -> list[Json]:
        """Return the opening as it stands on the ledger."""
        return [
            {
                "values": list(item.values),
                "scalars": [encode_bytes(encode_scalar(scalar)) for scalar in item.scalars],
            }
            for item in self.contests
        ]

    @classmethod
    def from_json(cls, value: Any) -> "Opening":
        """Return the opening that ``to_json`` wrote.

        Raises:
            InputError: ``voting.bad_opening`` if it wrote no such thing.
        """
        try:
            contests = tuple(
                OpenedContest(
                    tuple(map(integer, item["values"])),
                    tuple(decode_scalar(decode_bytes(code)) for code in item["scalars"]),
                )
                for item in value
            )
        except (KeyError, TypeError, AttributeError, InputError) as error:
            raise InputError("voting.bad_opening") from error
        return cls(contests)


@dataclass(frozen=True, slots=True)
class Encrypted:
    """An encrypted ballot and what it was made of.

    Attributes:
        ballot: The bytes that go on the ledger.
        opening: Never leaves the station, unless the ballot is challenged.
    """

    ballot: bytes
    opening: Opening = field(repr=False)


def encrypt(
    context: Context,
    layouts: Sequence[Layout],
    values: Sequence[Sequence[int]],
    secret: Scalar,
) -> Encrypted:
    """Return a ballot with all its proofs.

    Args:
        context: The poll and its key.
        layouts: One for each contest.
        values: For each contest, 0 or 1 for each cell.
        secret: The secret x of the credential that casts it.

    Raises:
        InputError: ``voting.bad_ballot`` if the values do not fit the layouts.
    """
    if len(values) != len(layouts):
        raise InputError("voting.bad_ballot")
    credential = required(base(secret)).encode()
    signed, opened = [MAGIC, credential], []
    for layout, chosen in zip(layouts, values, strict=True):
        if len(chosen) != len(layout.cells) or not {0, 1}.issuperset(chosen):
            raise InputError("voting.bad_ballot")
        held = (*chosen, *layout.range_bits(chosen))
        contest = OpenedContest(held, tuple(random_scalar() for _ in held))
        signed.extend(_encrypted_contest(context, layout, credential, contest))
        opened.append(contest)
    text = b"".join(signed)
    signature = schnorr.prove("signature", signed_items(context, credential, text), secret)
    return Encrypted(text + signature, Opening(tuple(opened)))


def _encrypted_contest(
    context: Context, layout: Layout, credential: bytes, contest: OpenedContest
) -> list[bytes]:
    key = context.joint_key
    ciphertexts = [
        encrypt_bit(key, value, scalar).encode()
        for value, scalar in zip(contest.values, contest.scalars, strict=True)
    ]
    statement = statement_of(context, layout.contest_id, credential, ciphertexts)
    proofs = []
    for number, item in enumerate(layout.statements):
        randomness = sum(contest.scalars[cell] * factor for cell, factor in item.terms) % ORDER
        held = sum(contest.values[cell] * factor for cell, factor in item.terms) - item.constant
        if item.bit:
            proofs.append(prove_bit(statement, number, key, held, randomness))
        else:
            proofs.append(prove_exact(statement, number, key, randomness))
    return ciphertexts + proofs


def signed_items(context: Context, credential: bytes, signed: bytes) -> tuple[Item, ...]:
    """Return what the signature of a ballot is bound to."""
    return context.digest, credential, hashlib.sha512(signed).digest()


def credential_of(ballot: bytes) -> bytes:
    """Return the public credential ``K`` (33 bytes) that a ballot names."""
    return ballot[len(MAGIC) : len(MAGIC) + 33]


def ciphertexts_of(layouts: Sequence[Layout], ballot: bytes) -> tuple[bytes, ...]:
    """Return every ciphertext (66 bytes) of a ballot: none may appear in a second one.

    Raises:
        InputError: ``voting.ballot_proof`` if the ballot has not the form of the poll's.
    """
    parts = split(layouts, ballot)
    return tuple(item for contest in parts.contests for item in contest.ciphertexts)


def verify(context: Context, layouts: Sequence[Layout], ballot: bytes) -> None:
    """Check every proof of a ballot and its signature.

    That its credential was issued and has not voted is for the caller to know.

    Raises:
        InputError: ``voting.ballot_proof`` with the ``reason`` and the ``contest``.
    """
    examine(context, split(layouts, ballot))


def examine(context: Context, parts: Parts) -> list[Point]:
    """Check a ballot and return the points that its hints hold, in their order (section 12).

    Raises:
        InputError: As ``verify``.
    """
    try:
        credential = Point.decode(parts.credential)
        found = [credential]
        for contest in parts.contests:
            found.extend(_examine_contest(context, parts.credential, contest))
        commitment = schnorr.commitment_of(credential, parts.signature)
    except InputError as error:
        raise error if error.code == "voting.ballot_proof" else refused("encoding") from error
    items = signed_items(context, parts.credential, parts.signed)
    if not schnorr.answers("signature", items, commitment, parts.signature):
        raise refused("signature")
    return [*found, commitment]


def _examine_contest(context: Context, credential: bytes, contest: ContestPart) -> list[Point]:
    key = fixed_base(context.joint_key)
    layout = contest.layout
    statement = statement_of(context, layout.contest_id, credential, contest.ciphertexts)
    ciphertexts = [Ciphertext.decode(item) for item in contest.ciphertexts]
    found = [point for item in ciphertexts for point in (item.a, item.b)]
    for number, (item, proof) in enumerate(zip(layout.statements, contest.proofs, strict=True)):
        subject = combination(ciphertexts, item.terms, item.constant)
        commitments_of, holds = (
            (bit_commitments, bit_holds) if item.bit else (exact_commitments, exact_holds)
        )
        commitments = commitments_of(key, subject, proof)
        if not holds(statement, number, proof, commitments):
            raise refused("proof", layout.contest_id)
        found.extend(commitments)
    return found


def check_opening(
    context: Context, layouts: Sequence[Layout], ballot: bytes, opening: Opening
) -> None:
    """Check that a ballot holds what its opening says, in every ciphertext.

    Raises:
        InputError: ``voting.bad_opening`` if it does not; ``voting.ballot_proof`` if the
            ballot has not the form of the poll's.
    """
    parts = split(layouts, ballot)
    if len(opening.contests) != len(parts.contests):
        raise InputError("voting.bad_opening")
    for contest, opened in zip(parts.contests, opening.contests, strict=True):
        if not len(contest.ciphertexts) == len(opened.values) == len(opened.scalars):
            raise InputError("voting.bad_opening")
        if any(value not in (0, 1) for value in opened.values) or 0 in opened.scalars:
            raise InputError("voting.bad_opening")
        again = tuple(
            encrypt_bit(context.joint_key, value, scalar).encode()
            for value, scalar in zip(opened.values, opened.scalars, strict=True)
        )
        if again != contest.ciphertexts:
            raise InputError("voting.bad_opening")
