"""Proofs about ciphertexts (sections 7 and 8).

That a ciphertext holds 0 or 1: a disjunction of two Chaum–Pedersen proofs (CRYPTO 1992), one
of them simulated (Cramer, Damgård, Schoenmakers, CRYPTO 1994). That it holds 0, and that a
partial decryption is right: one such proof.
"""

from collections.abc import Sequence

from congress.kernel.errors import InputError
from congress.voting.crypto.elgamal import Ciphertext
from congress.voting.crypto.group import (
    ORDER,
    SCALAR_BYTES,
    FixedBase,
    Point,
    Scalar,
    add,
    base,
    decode_scalar,
    encode_scalar,
    multiply,
    multiply_secret,
    multiply_two,
    random_scalar,
    required,
    subtract,
)
from congress.voting.crypto.transcript import Item, challenge


def scalars_of(proof: bytes, count: int) -> tuple[Scalar, ...]:
    """Return the ``count`` scalars of a proof.

    Raises:
        InputError: ``voting.bad_encoding`` if it has not so many, or one is not canonical.
    """
    if len(proof) != count * SCALAR_BYTES:
        raise InputError("voting.bad_encoding")
    return tuple(
        decode_scalar(proof[start : start + SCALAR_BYTES])
        for start in range(0, len(proof), SCALAR_BYTES)
    )


def prove_bit(
    statement: bytes,
    number: int,
    key: Point,
    bit: int,
    randomness: Scalar,
) -> bytes:
    """Return ``c0‖c1‖r0‖r1``: a ciphertext of ``bit`` with ``randomness`` holds 0 or 1.

    The ciphertext itself is bound by ``statement``.

    Args:
        statement: Hash that binds context, contest, credential and all ciphertexts.
        number: Number of the proof within the contest.
        key: The public key Y.
        bit: What is encrypted, 0 or 1.
        randomness: What it is encrypted with.
    """
    nonce, false_challenge, false_response = random_scalar(), random_scalar(), random_scalar()
    true_pair = (required(base(nonce)), multiply_secret(key, nonce))
    # rG − c(ρG) and rY − c(ρY + mG − iG), from the logarithms: m − i is 1 or −1.
    inner = (false_response - false_challenge * randomness) % ORDER
    shift = false_challenge * (1 - 2 * bit) % ORDER
    false_pair = (required(base(inner)), required(add(multiply_secret(key, inner), base(shift))))
    pairs = (true_pair, false_pair) if bit == 0 else (false_pair, true_pair)
    whole = challenge("bit", statement, number, *pairs[0], *pairs[1])
    answer = (whole - false_challenge) % ORDER
    response = (nonce + answer * randomness) % ORDER
    true, false = (answer, response), (false_challenge, false_response)
    zero, one = (true, false) if bit == 0 else (false, true)
    return b"".join(map(encode_scalar, (zero[0], one[0], zero[1], one[1])))


def bit_commitments(key: FixedBase, ciphertext: Ciphertext, proof: bytes) -> tuple[Point, ...]:
    """Return the ``a_0, b_0, a_1, b_1`` that a bit proof must have been made with.

    Raises:
        InputError: ``voting.bad_encoding`` if the proof is not four scalars, or one of them
            is infinity.
    """
    c0, c1, r0, r1 = scalars_of(proof, 4)
    a, b = ciphertext.a, ciphertext.b
    return (
        required(multiply_two(r0, a, -c0)),
        required(key.multiply_add(r0, multiply(b, -c0))),
        required(multiply_two(r1, a, -c1)),
        required(key.multiply_add(r1, multiply_two(c1, b, -c1))),
    )


def bit_holds(statement: bytes, number: int, proof: bytes, commitments: Sequence[Item]) -> bool:
    """Return whether the challenge of a bit proof is that of its commitments."""
    c0, c1, _, _ = scalars_of(proof, 4)
    return challenge("bit", statement, number, *commitments) == (c0 + c1) % ORDER


def prove_exact(statement: bytes, number: int, key: Point, randomness: Scalar) -> bytes:
    """Return ``c‖r``: a ciphertext with ``randomness`` holds 0.

    Args:
        statement: Hash that binds context, contest, credential and all ciphertexts.
        number: Number of the proof within the contest.
        key: The public key Y.
        randomness: Of the ciphertext, which follows from those that ``statement`` binds.
    """
    nonce = random_scalar()
    pair = (required(base(nonce)), multiply_secret(key, nonce))
    answer = challenge("exact", statement, number, *pair)
    return encode_scalar(answer) + encode_scalar((nonce + answer * randomness) % ORDER)


def exact_commitments(key: FixedBase, ciphertext: Ciphertext, proof: bytes) -> tuple[Point, ...]:
    """Return the ``u, v`` that an exact proof must have been made with.

    Raises:
        InputError: As ``bit_commitments``.
    """
    answer, response = scalars_of(proof, 2)
    return (
        required(multiply_two(response, ciphertext.a, -answer)),
        required(key.multiply_add(response, multiply(ciphertext.b, -answer))),
    )


def exact_holds(statement: bytes, number: int, proof: bytes, commitments: Sequence[Item]) -> bool:
    """Return whether the challenge of an exact proof is that of its commitments."""
    answer, _ = scalars_of(proof, 2)
    return challenge("exact", statement, number, *commitments) == answer


def decrypt_part(items: tuple[Item, ...], point: Point, share: Scalar) -> tuple[Point, bytes]:
    """Return ``M = sA`` and the proof ``c‖r`` that it is so.

    Args:
        items: What the proof is bound to, before ``M``.
        point: The ciphertext's A.
        share: The trustee's share s.
    """
    part = multiply_secret(point, share)
    nonce = random_scalar()
    pair = (required(base(nonce)), multiply_secret(point, nonce))
    answer = challenge("partial", *items, part, *pair)
    proof = encode_scalar(answer) + encode_scalar((nonce + answer * share) % ORDER)
    return part, proof


def part_holds(
    items: tuple[Item, ...], point: Point, part: Point, public: Point, proof: bytes
) -> bool:
    """Return whether ``part`` is ``point`` times the logarithm of ``public``."""
    try:
        answer, response = scalars_of(proof, 2)
        u = required(multiply_two(response, public, -answer))
        v = required(subtract(multiply(point, response), multiply(part, answer)))
    except InputError:
        return False
    return challenge("partial", *items, part, u, v) == answer
