"""The mathematics of the key ceremony (section 5). Pure.

Pedersen's distributed key generation with Feldman's commitments (EUROCRYPT 1991; FOCS 1987).
Commitments are hashed before any is revealed, so that nobody can choose a key after seeing
another's (Gennaro, Jarecki, Krawczyk, Rabin, EUROCRYPT 1999), and each coefficient comes with
a proof that its owner knows it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from congress.kernel.errors import InputError
from congress.voting.crypto import schnorr
from congress.voting.crypto.group import (
    ORDER,
    Element,
    Point,
    Scalar,
    base,
    multiply,
    random_scalar,
    required,
    total,
)
from congress.voting.crypto.transcript import digest

FEWEST, MOST = 3, 15
"""Trustees of a congress."""
FEWEST_TOGETHER = 2
"""The lowest threshold."""


def usual_threshold(trustees: int) -> int:
    """Return how many of ``trustees`` decrypt together, unless the congress decides otherwise."""
    return trustees // 2 + 1


@dataclass(frozen=True, slots=True)
class Polynomial:
    """A trustee's secret polynomial; its value at 0 is the trustee's part of the key.

    Attributes:
        coefficients: From the constant one up; as many as the threshold.
    """

    coefficients: tuple[Scalar, ...] = field(repr=False)

    @classmethod
    def random(cls, threshold: int) -> "Polynomial":
        """Return one with ``threshold`` random coefficients."""
        return cls(tuple(random_scalar() for _ in range(threshold)))

    def points(self) -> tuple[Point, ...]:
        """Return the commitments ``C_k`` to the coefficients."""
        return tuple(required(base(coefficient)) for coefficient in self.coefficients)

    def share_for(self, index: int) -> Scalar:
        """Return the value at ``index``: what the trustee of that number is sent."""
        value = 0
        for coefficient in reversed(self.coefficients):
            value = (value * index + coefficient) % ORDER
        return value

    def prove(self, ceremony_id: str, index: int) -> tuple[bytes, ...]:
        """Return for each coefficient the proof ``c‖r`` that it is known.

        Args:
            ceremony_id: Identifier of the ceremony.
            index: Number of the trustee whose polynomial this is.
        """
        return tuple(
            schnorr.prove("dkg-knowledge", (ceremony_id, index, place, point), coefficient)
            for place, (point, coefficient) in enumerate(
                zip(self.points(), self.coefficients, strict=True)
            )
        )


def commitment_hash(ceremony_id: str, index: int, points: Sequence[Point]) -> bytes:
    """Return the hash (64 bytes) that a trustee gives before it reveals its ``points``."""
    joined = b"".join(point.encode() for point in points)
    return digest("dkg-commitment", ceremony_id, index, joined)


def known(ceremony_id: str, index: int, points: Sequence[Point], proofs: Sequence[bytes]) -> bool:
    """Return whether ``proofs`` show that trustee ``index`` knows what it committed to."""
    return len(points) == len(proofs) and all(
        schnorr.holds("dkg-knowledge", (ceremony_id, index, place, point), point, proof)
        for place, (point, proof) in enumerate(zip(points, proofs, strict=True))
    )


def value_at(points: Sequence[Point], index: int) -> Element:
    """Return ``Σ index^k C_k``: the committed polynomial at ``index``, in the exponent."""
    return total(multiply(point, pow(index, place, ORDER)) for place, point in enumerate(points))


def share_fits(points: Sequence[Point], index: int, share: Scalar) -> bool:
    """Return whether ``share`` is what the trustee of ``points`` owes trustee ``index``."""
    return 0 < share < ORDER and base(share) == value_at(points, index)


def share_of(parts: Iterable[Scalar]) -> Scalar:
    """Return a trustee's share of the joint key: the sum of what all sent it.

    Raises:
        InputError: ``voting.bad_share`` in the case, never seen, that it comes to 0.
    """
    share = sum(parts) % ORDER
    if not share:
        raise InputError("voting.bad_share")
    return share


def public_share(commitments: Iterable[Sequence[Point]], index: int) -> Point:
    """Return ``Y_j``: the public key that belongs to the share of trustee ``index``.

    Args:
        commitments: Of every trustee.
        index: Number of the trustee, from 1.

    Raises:
        InputError: ``voting.bad_encoding`` if it is infinity.
    """
    return required(total(value_at(points, index) for points in commitments))


def joint_key(commitments: Iterable[Sequence[Point]]) -> Point:
    """Return the public key that ballots are encrypted with.

    Raises:
        InputError: ``voting.bad_encoding`` if it is infinity.
    """
    return required(total(points[0] for points in commitments))


def at_zero(indices: Sequence[int], index: int) -> Scalar:
    """Return the Lagrange coefficient at 0 of ``index`` among ``indices``."""
    above = below = 1
    for other in indices:
        if other != index:
            above = above * other % ORDER
            below = below * (other - index) % ORDER
    return above * pow(below, -1, ORDER) % ORDER
