"""Ballots of those who know their credential and all formulas, and want more than their vote."""

from collections.abc import Callable, Sequence

import pytest

from congress.voting.crypto import ballots, elgamal, proofs, schnorr
from congress.voting.crypto.credentials import public_of
from congress.voting.crypto.elgamal import Ciphertext
from congress.voting.crypto.group import (
    GENERATOR,
    ORDER,
    Element,
    add,
    base,
    multiply,
    random_scalar,
    required,
)
from congress.voting.crypto.layout import HEADER_BYTES, Layout
from congress.voting.crypto.proofs import prove_bit, prove_exact
from congress.voting.crypto.reading import statement_of
from tests.helpers.sealed import ballot, boxes, context, motion, reason, signed, strike_out

SECRET = 7


def forged(
    layout: Layout,
    values: Sequence[int],
    *,
    claims: Sequence[int] | None = None,
    scalars: Sequence[int] | None = None,
    order: Sequence[int] | None = None,
    secret: int = SECRET,
) -> bytes:
    """Make a ballot as ``encrypt`` does, of any integers, claiming that its bits are others.

    Args:
        layout: Of the one contest.
        values: What the ciphertexts hold, range bits included.
        claims: What each bit proof says it proves; the value where that is a bit.
        scalars: Randomness of the ciphertexts.
        order: In which the numbers of the proofs are given.
        secret: Of the credential.
    """
    key, credential = context().joint_key, public_of(secret)
    scalars = scalars or [random_scalar() for _ in values]
    texts = [
        Ciphertext(
            required(base(scalar)),
            required(add(multiply(key, scalar), multiply(GENERATOR, value))),
        ).encode()
        for value, scalar in zip(values, scalars, strict=True)
    ]
    statement = statement_of(context(), layout.contest_id, credential, texts)
    proofs = []
    numbers = [*(order or ()), *range(len(order or ()), len(layout.statements))]
    for number, item in zip(numbers, layout.statements, strict=True):
        randomness = sum(scalars[cell] * factor for cell, factor in item.terms) % ORDER
        held = sum(values[cell] * factor for cell, factor in item.terms) - item.constant
        if item.bit:
            bit = held if claims is None else claims[number]
            proofs.append(prove_bit(statement, number, key, bit, randomness))
        else:
            proofs.append(prove_exact(statement, number, key, randomness))
    return signed(b"\0" * HEADER_BYTES + b"".join(texts + proofs), secret)


def test_the_forgery_makes_good_ballots_of_good_values() -> None:
    assert reason([motion()], forged(motion(), [0, 1, 0])) == ""
    assert reason([strike_out(3, 3)], forged(strike_out(3, 3), [1, 1, 0, 0, 1, 0])) == ""


@pytest.mark.parametrize(
    ("values", "claims"),
    [
        ([2, 0, 0], [0, 0, 0]),
        ([2, 0, 0], [1, 0, 0]),
        ([2, -1, 0], [1, 0, 0]),
        ([2, -1, 0], [1, 1, 0]),
        ([-1, 1, 1], [0, 1, 1]),
        ([ORDER - 1, 1, 1], [1, 1, 1]),
        ([5, -4, 0], [0, 0, 0]),
    ],
    ids=str,
)
def test_two_valued_and_negative_plaintexts_cannot_be_proven(
    values: list[int], claims: list[int]
) -> None:
    """Their sum is 1, so that the limit holds; the bits do not."""
    assert reason([motion()], forged(motion(), values, claims=claims)) == "proof"


@pytest.mark.parametrize("values", [[1, 1, 0], [1, 1, 1], [0, 0, 0]], ids=str)
def test_more_or_fewer_votes_than_one_cannot_be_proven(values: list[int]) -> None:
    assert reason([motion()], forged(motion(), values)) == "proof"


@pytest.mark.parametrize("slack", [[0, 0], [1, 0], [0, 1], [1, 1]], ids=str)
def test_an_over_vote_cannot_be_proven_with_any_range_bits(slack: list[int]) -> None:
    layout = strike_out(4, 3)
    assert layout.ciphertexts == 7
    assert reason([layout], forged(layout, [1, 1, 1, 1, 0, *slack])) == "proof"
    assert reason([layout], forged(layout, [0, 0, 0, 0, 0, *slack])) == "proof"
    assert reason([layout], forged(layout, [1, 0, 0, 0, 1, *slack])) == "proof"


def test_both_boxes_of_a_name_cannot_be_proven() -> None:
    layout = boxes(2)
    assert reason([layout], forged(layout, [1, 0, 0, 0])) == ""
    claims = [1, 1, 0, 0, 1, 0]
    assert reason([layout], forged(layout, [1, 1, 0, 0], claims=claims)) == "proof"


def test_a_sum_that_comes_to_infinity_is_refused() -> None:
    """Randomness that cancels out leaves nothing to prove about."""
    scalar = random_scalar()
    scalars = [scalar, ORDER - scalar, scalar]
    assert reason([boxes(1)], forged(boxes(1), [1, 0], scalars=scalars[:2])) == "encoding"
    made = forged(motion(), [0, 1, 0], scalars=[scalar, scalar, ORDER - 2 * scalar % ORDER])
    assert reason([motion()], made) == "encoding"


def test_proofs_in_another_order_are_refused() -> None:
    """The same statement hash, other numbers: only the number tells the proofs apart."""
    assert reason([motion()], forged(motion(), [0, 0, 1], order=(1, 0, 2))) == "proof"


def test_a_ballot_made_with_another_generator_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """All of its equations hold for 2G in the place of G."""
    double: Callable[[int], Element] = lambda scalar: base(2 * scalar)  # noqa: E731
    with monkeypatch.context() as patched:
        for module in (ballots, elgamal, proofs, schnorr):
            patched.setattr(module, "base", double)
        patched.setattr(elgamal, "GENERATOR", base(2))
        made = ballot([motion()], [[0, 1, 0]], SECRET).ballot
    assert reason([motion()], made) == "proof"
