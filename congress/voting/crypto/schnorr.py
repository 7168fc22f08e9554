"""Proofs that one knows a secret scalar (Schnorr, CRYPTO 1989), made non-interactive.

They say who made a ballot (section 7) and that a trustee knows what it committed to (section 5).
"""

from congress.kernel.errors import BugError, InputError
from congress.voting.crypto.group import (
    ORDER,
    SCALAR_BYTES,
    Point,
    Scalar,
    base,
    decode_scalar,
    encode_scalar,
    multiply_two,
    random_scalar,
    required,
)
from congress.voting.crypto.transcript import Item, challenge


def prove(domain: str, items: tuple[Item, ...], secret: Scalar) -> bytes:
    """Return ``c‖r`` (64 bytes): whoever made it knows ``secret``.

    Args:
        domain: What the proof is for.
        items: Everything that it is bound to; the public point among them.
        secret: Not 0.
    """
    nonce = random_scalar()
    commitment = base(nonce)
    if commitment is None or not 0 < secret < ORDER:
        raise BugError("a secret scalar is out of range")
    answer = challenge(domain, *items, commitment)
    return encode_scalar(answer) + encode_scalar((nonce + answer * secret) % ORDER)


def commitment_of(public: Point, proof: bytes) -> Point:
    """Return the commitment ``u = rG − cX`` that a proof ``c‖r`` about X must have.

    Raises:
        InputError: ``voting.bad_encoding`` if the proof is not two scalars, or the
            commitment is infinity.
    """
    if len(proof) != 2 * SCALAR_BYTES:
        raise InputError("voting.bad_encoding")
    answer = decode_scalar(proof[:SCALAR_BYTES])
    response = decode_scalar(proof[SCALAR_BYTES:])
    return required(multiply_two(response, public, -answer))


def answers(domain: str, items: tuple[Item, ...], commitment: Point, proof: bytes) -> bool:
    """Return whether the challenge of a proof is that of its commitment."""
    return challenge(domain, *items, commitment) == decode_scalar(proof[:SCALAR_BYTES])


def holds(domain: str, items: tuple[Item, ...], public: Point, proof: bytes) -> bool:
    """Return whether ``proof`` shows knowledge of the logarithm of ``public``."""
    try:
        return answers(domain, items, commitment_of(public, proof), proof)
    except InputError:
        return False
