"""Exponential ElGamal (ElGamal, CRYPTO 1984; Cramer, Gennaro, Schoenmakers, EUROCRYPT 1997).

The sum of ciphertexts encrypts the sum of what they encrypt, so that a tally can be decrypted
without any ballot being so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.kernel.errors import InputError
from congress.voting.crypto.group import (
    GENERATOR,
    POINT_BYTES,
    Point,
    Scalar,
    add,
    base,
    multiply,
    multiply_secret,
    required,
    total,
)


@dataclass(frozen=True, slots=True)
class Ciphertext:
    """An encrypted number: ``A = ρG`` and ``B = ρY + mG``."""

    a: Point
    b: Point

    def encode(self) -> bytes:
        """Return ``A‖B`` (66 bytes)."""
        return self.a.encode() + self.b.encode()

    @classmethod
    def decode(cls, data: bytes) -> "Ciphertext":
        """Return the ciphertext that ``encode`` wrote.

        Raises:
            InputError: ``voting.bad_encoding`` if it wrote no such thing.
        """
        if len(data) != 2 * POINT_BYTES:
            raise InputError("voting.bad_encoding")
        return cls(Point.decode(data[:POINT_BYTES]), Point.decode(data[POINT_BYTES:]))


def encrypt_bit(key: Point, bit: int, randomness: Scalar) -> Ciphertext:
    """Return 0 or 1 encrypted, by the same steps whichever it is.

    Args:
        key: The public key Y.
        bit: What is encrypted.
        randomness: A fresh secret scalar, not 0.
    """
    shared = multiply_secret(key, randomness)
    choices = (shared, required(add(shared, GENERATOR)))
    return Ciphertext(required(base(randomness)), choices[bit])


def combination(
    ciphertexts: Sequence[Ciphertext], terms: Sequence[tuple[int, int]], constant: int = 0
) -> Ciphertext:
    """Return the linear combination of ciphertexts, less ``constant``.

    Args:
        ciphertexts: What the terms choose from.
        terms: Pairs of an index and a coefficient.
        constant: A public number that is taken from what the sum encrypts.

    Raises:
        InputError: ``voting.bad_encoding`` if a component comes to infinity.
    """
    if len(terms) == 1 and terms[0][1] == 1 and not constant:
        return ciphertexts[terms[0][0]]
    a = total(multiply(ciphertexts[index].a, factor) for index, factor in terms)
    b = total(multiply(ciphertexts[index].b, factor) for index, factor in terms)
    if constant:
        b = add(b, base(-constant))
    return Ciphertext(required(a), required(b))
