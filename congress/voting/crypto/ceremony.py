"""The public transcript of a key ceremony, and what makes it hold (section 5)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from congress.kernel.canonical import Json, decode_bytes, encode, encode_bytes
from congress.kernel.errors import InputError
from congress.kernel.signing import verify
from congress.voting.crypto import dkg
from congress.voting.crypto.fields import integer, text
from congress.voting.crypto.group import Point, Scalar

VERSION = 1
PURPOSE = "ceremony"
"""What every trustee's signature of the transcript is for."""


@dataclass(frozen=True, slots=True)
class Trustee:
    """One trustee as the others know it.

    Attributes:
        index: From 1.
        name: As announced.
        signing_key: Ed25519 public key (32 bytes).
        box_key: X25519 public key (32 bytes), for the shares the others send.
        commitment_hash: Given before anything was revealed (64 bytes).
    """

    index: int
    name: str
    signing_key: bytes
    box_key: bytes
    commitment_hash: bytes


@dataclass(frozen=True, slots=True)
class Reveal:
    """What a trustee committed to.

    Attributes:
        index: The trustee.
        points: Commitments ``C_0 … C_{t-1}`` (33 bytes each).
        proofs: For each the proof ``c‖r`` that its coefficient is known (64 bytes).
    """

    index: int
    points: tuple[bytes, ...]
    proofs: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class SealedShare:
    """A share on its way from one trustee to another."""

    sender: int
    receiver: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Approval:
    """A trustee's Ed25519 signature (64 bytes) of the whole transcript."""

    index: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class TrusteeShare:
    """What one trustee keeps to itself, in its own file.

    Attributes:
        index: The trustee.
        ceremony_hash: Of the transcript that the share belongs to (32 bytes).
        share: Its share of the private key.
        seed: Seed of its signing key (32 bytes).
    """

    index: int
    ceremony_hash: bytes
    share: Scalar = field(repr=False)
    seed: bytes = field(repr=False)


def share_label(ceremony_id: str, sender: int, receiver: int) -> list[Json]:
    """Return the label that a share's envelope is sealed under."""
    return ["ceremony-share", ceremony_id, sender, receiver]


@dataclass(frozen=True)
class Ceremony:
    """A whole key ceremony. Every trustee signed it.

    Attributes:
        id: Random identifier.
        threshold: How many trustees decrypt together.
        trustees: In order of their index.
        reveals: Likewise.
        shares: By sender, then receiver.
        signatures: In order of their index.
    """

    id: str
    threshold: int
    trustees: tuple[Trustee, ...]
    reveals: tuple[Reveal, ...]
    shares: tuple[SealedShare, ...]
    signatures: tuple[Approval, ...] = ()

    def to_sign(self) -> dict[str, Json]:
        """Return what the trustees sign: the transcript without the signatures."""
        return {
            "v": VERSION,
            "id": self.id,
            "threshold": self.threshold,
            "trustees": [
                {
                    "index": item.index,
                    "name": item.name,
                    "signing_key": encode_bytes(item.signing_key),
                    "box_key": encode_bytes(item.box_key),
                    "commitment_hash": encode_bytes(item.commitment_hash),
                }
                for item in self.trustees
            ],
            "reveals": [
                {
                    "index": item.index,
                    "points": [encode_bytes(point) for point in item.points],
                    "proofs": [encode_bytes(proof) for proof in item.proofs],
                }
                for item in self.reveals
            ],
            "shares": [
                {"from": item.sender, "to": item.receiver, "sealed": encode_bytes(item.sealed)}
                for item in self.shares
            ],
        }

    def to_json(self) -> dict[str, Json]:
        """Return the transcript as it stands on a ledger."""
        return {
            **self.to_sign(),
            "signatures": [
                {"index": item.index, "signature": encode_bytes(item.signature)}
                for item in self.signatures
            ],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Ceremony":
        """Return the transcript that ``to_json`` wrote; ``check`` says whether it holds.

        Raises:
            InputError: ``voting.bad_ceremony`` if it wrote no such thing.
        """
        try:
            ceremony = cls._read(value)
        except (KeyError, TypeError, AttributeError, InputError) as error:
            raise InputError("voting.bad_ceremony", reason="form") from error
        if encode(ceremony.to_json()) != encode(value):
            raise InputError("voting.bad_ceremony", reason="form")
        return ceremony

    @classmethod
    def _read(cls, value: Mapping[str, Any]) -> "Ceremony":
        return cls(
            id=text(value["id"]),
            threshold=integer(value["threshold"]),
            trustees=tuple(
                Trustee(
                    integer(item["index"]),
                    text(item["name"]),
                    decode_bytes(item["signing_key"]),
                    decode_bytes(item["box_key"]),
                    decode_bytes(item["commitment_hash"]),
                )
                for item in value["trustees"]
            ),
            reveals=tuple(
                Reveal(
                    integer(item["index"]),
                    tuple(map(decode_bytes, item["points"])),
                    tuple(map(decode_bytes, item["proofs"])),
                )
                for item in value["reveals"]
            ),
            shares=tuple(
                SealedShare(
                    integer(item["from"]), integer(item["to"]), decode_bytes(item["sealed"])
                )
                for item in value["shares"]
            ),
            signatures=tuple(
                Approval(integer(item["index"]), decode_bytes(item["signature"]))
                for item in value["signatures"]
            ),
        )

    @cached_property
    def hash(self) -> bytes:
        """SHA-256 of the canonical transcript (32 bytes)."""
        return hashlib.sha256(encode(self.to_json())).digest()

    @cached_property
    def commitments(self) -> tuple[tuple[Point, ...], ...]:
        """The points that the trustees committed to."""
        return tuple(tuple(map(Point.decode, item.points)) for item in self.reveals)

    @cached_property
    def joint_key(self) -> Point:
        """The public key that ballots are encrypted with."""
        return dkg.joint_key(self.commitments)

    def public_share(self, index: int) -> Point:
        """Return the public key of the share of trustee ``index``.

        Raises:
            InputError: ``voting.no_such_trustee``.
        """
        self.trustee(index)
        return dkg.public_share(self.commitments, index)

    def trustee(self, index: int) -> Trustee:
        """Return the trustee of that number.

        Raises:
            InputError: ``voting.no_such_trustee``.
        """
        if not 1 <= index <= len(self.trustees):
            raise InputError("voting.no_such_trustee")
        return self.trustees[index - 1]

    def check(self) -> None:
        """Check everything that anyone can check of a ceremony.

        Raises:
            InputError: ``voting.bad_ceremony`` with the ``reason``, and the ``trustee`` whose
                part does not hold where it is one's.
        """
        self.check_unsigned()
        indices = [item.index for item in self.signatures]
        if indices != [item.index for item in self.trustees]:
            raise InputError("voting.bad_ceremony", reason="signatures")
        signed = self.to_sign()
        for trustee, approval in zip(self.trustees, self.signatures, strict=True):
            if not verify(trustee.signing_key, PURPOSE, signed, approval.signature):
                raise _bad("signature", trustee.index)

    def check_unsigned(self) -> None:
        """Check all but the signatures: what a trustee does before it signs.

        Raises:
            InputError: As ``check``.
        """
        count = len(self.trustees)
        if not dkg.FEWEST <= count <= dkg.MOST:
            raise InputError("voting.bad_ceremony", reason="trustees")
        if not dkg.FEWEST_TOGETHER <= self.threshold <= count:
            raise InputError("voting.bad_ceremony", reason="threshold")
        numbers = list(range(1, count + 1))
        if [item.index for item in self.trustees] != numbers:
            raise InputError("voting.bad_ceremony", reason="trustees")
        if [item.index for item in self.reveals] != numbers:
            raise InputError("voting.bad_ceremony", reason="reveals")
        _all_differ("name", [item.name for item in self.trustees])
        _all_differ("signing_key", [item.signing_key for item in self.trustees])
        _all_differ("box_key", [item.box_key for item in self.trustees])
        pairs = [(item.sender, item.receiver) for item in self.shares]
        if pairs != [(one, other) for one in numbers for other in numbers if one != other]:
            raise InputError("voting.bad_ceremony", reason="shares")
        for trustee, reveal in zip(self.trustees, self.reveals, strict=True):
            self._check_reveal(trustee, reveal)

    def _check_reveal(self, trustee: Trustee, reveal: Reveal) -> None:
        if len(trustee.signing_key) != 32 or len(trustee.box_key) != 32:
            raise _bad("keys", trustee.index)
        if len(reveal.points) != self.threshold:
            raise _bad("points", trustee.index)
        try:
            points = tuple(map(Point.decode, reveal.points))
        except InputError as error:
            raise _bad("points", trustee.index) from error
        if dkg.commitment_hash(self.id, trustee.index, points) != trustee.commitment_hash:
            raise _bad("commitment", trustee.index)
        if not dkg.known(self.id, trustee.index, points, reveal.proofs):
            raise _bad("knowledge", trustee.index)


def _bad(reason: str, trustee: int) -> InputError:
    return InputError("voting.bad_ceremony", reason=reason, trustee=trustee)


def _all_differ(reason: str, values: Sequence[object]) -> None:
    if len(set(values)) != len(values):
        raise InputError("voting.bad_ceremony", reason=reason)
