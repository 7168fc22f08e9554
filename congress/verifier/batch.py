"""Many ballots checked in one sum (Bellare, Garay, Rabin, EUROCRYPT 1998).

Every proof claims equations between points. Each equation is multiplied by a weight of 128
bits that nobody could foresee, and all are added up: if one is false, the sum is the
identity with a chance of 2^-128. Which ballot is to blame is then found by halving, and that
ballot is worked out alone, without its hints, before it is called false.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from congress.verifier.ballots import Ballot, Setting, check_challenges, take_apart
from congress.verifier.curve import Affine, G, Point, Q, add, multiply
from congress.verifier.faults import Fault
from congress.verifier.lanes import sum_each
from congress.verifier.msm import Terms, combine
from congress.verifier.pairs import Pair
from congress.verifier.unhinted import check_all

WEIGHT_BITS = 128
_BYTES = WEIGHT_BITS // 8


@dataclass(frozen=True, slots=True)
class Equations:
    """The weighted equations of one ballot: pairs of points, and what each is multiplied by.

    Attributes:
        commitments: Multiplied by weights of ``WEIGHT_BITS``.
        weights: Their weights.
        ciphertexts: The ciphertexts, and the credential twice over.
        scalars: What those are multiplied by, less than ``Q``.
        responses: What the base point is multiplied by in the first halves, and the joint
            key in the second ones.
        constants: What the base point is multiplied by in the second halves.
        signed: What the base point is multiplied by in both, for the signature.
    """

    commitments: tuple[Pair, ...]
    weights: tuple[int, ...]
    ciphertexts: tuple[Pair, ...]
    scalars: tuple[int, ...]
    responses: int
    constants: int
    signed: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a list of ballots.

    Attributes:
        faults: Positions of false ballots, with what is wrong.
        false_hints: How many ballots had hints that are false, but hold themselves.
        sums: For each contest the sums ``A, B, …`` of every cell over the ballots that hold.
    """

    faults: tuple[tuple[int, Fault], ...]
    false_hints: int
    sums: tuple[tuple[Point, ...], ...]


def check(setting: Setting, ballots: Sequence[tuple[bytes, bytes | None]]) -> Checked:
    """Check ballots and add up the cells of those that hold.

    Args:
        setting: The poll.
        ballots: Each with its hints, or ``None``.
    """
    apart: list[Ballot | None] = []
    equations: list[tuple[int, Equations]] = []
    suspects: list[int] = []
    for position, (data, hints) in enumerate(ballots):
        ballot = None
        if hints is not None and len(hints) == setting.hints:
            try:
                ballot = take_apart(setting, data, hints)
                equations.append((position, equations_of(setting, ballot)))
            except Fault:
                ballot = None
        if ballot is None:
            suspects.append(position)
        apart.append(ballot)
    suspects += _guilty(setting.joint_key, equations)
    faults = []
    false_hints = 0
    suspects.sort()
    alone = check_all(setting, [ballots[position][0] for position in suspects])
    for position, found in zip(suspects, alone, strict=True):
        if isinstance(found, Fault):
            apart[position] = None
            faults.append((position, found))
        else:
            apart[position] = found
            false_hints += ballots[position][1] is not None
    good = [ballot for ballot in apart if ballot is not None]
    return Checked(tuple(faults), false_hints, _sums(setting, good))


def equations_of(setting: Setting, ballot: Ballot) -> Equations:
    """Return the weighted equations of a ballot with its hints, once its challenges hold.

    For a ciphertext (or linear combination of some) ``(A, B)``, challenge ``c``, response
    ``r`` and commitments ``a``, ``b`` the first halves give ``a + c A - r G`` and the second
    ones ``b + c (B - i G) - r Y``, both to be the identity and both with one weight: each
    half is added up by itself. The signature, ``u + c K - r G``, stands in both halves.

    Raises:
        Fault: A challenge is not what it must be, or the ballot is without hints.
    """
    if ballot.commitment is None:
        raise Fault("bad_hint")
    check_challenges(
        setting, ballot, [part.commitments for part in ballot.parts], ballot.commitment
    )
    commitments: list[Pair] = []
    ciphertexts: list[Pair] = []
    for part in ballot.parts:
        commitments += _paired(part.commitments)
        ciphertexts += _paired(part.points)
    commitments.append(ballot.commitment + ballot.commitment)
    ciphertexts.append(ballot.credential + ballot.credential)
    random = secrets.token_bytes(_BYTES * len(commitments))
    weights = [
        int.from_bytes(random[place : place + _BYTES], "big")
        for place in range(0, len(random), _BYTES)
    ]
    scalars: list[int] = []
    responses = constants = at = 0
    for part in ballot.parts:
        factors = [0] * part.layout.ciphertexts
        for claim, proof in zip(part.layout.claims, part.proofs, strict=True):
            if claim.bit:
                c0, c1, r0, r1 = proof
                zero, one = weights[at], weights[at + 1]
                at += 2
                factor = zero * c0 + one * c1
                responses += zero * r0 + one * r1
                constants += one * c1 + factor * claim.constant
            else:
                c, r = proof
                factor = weights[at] * c
                responses += weights[at] * r
                constants += factor * claim.constant
                at += 1
            for ciphertext, coefficient in claim.terms:
                factors[ciphertext] += coefficient * factor
        scalars += [factor % Q for factor in factors]
    c, r = ballot.signature
    scalars.append(weights[at] * c % Q)
    return Equations(
        tuple(commitments),
        tuple(weights),
        tuple(ciphertexts),
        tuple(scalars),
        responses % Q,
        constants % Q,
        weights[at] * r % Q,
    )


def _paired(points: Sequence[Affine]) -> list[Pair]:
    return [first + second for first, second in zip(points[::2], points[1::2], strict=True)]


def _guilty(key: Affine, equations: Sequence[tuple[int, Equations]]) -> list[int]:
    """Return the positions of the ballots whose equations do not all hold."""
    if not equations or _holds(key, [item for _, item in equations]):
        return []
    if len(equations) == 1:
        return [equations[0][0]]
    middle = len(equations) // 2
    return _guilty(key, equations[:middle]) + _guilty(key, equations[middle:])


def _holds(key: Affine, equations: Sequence[Equations]) -> bool:
    commitments: list[Pair] = []
    weights: list[int] = []
    ciphertexts: list[Pair] = []
    scalars: list[int] = []
    responses = constants = signed = 0
    for item in equations:
        commitments += item.commitments
        weights += item.weights
        ciphertexts += item.ciphertexts
        scalars += item.scalars
        responses += item.responses
        constants += item.constants
        signed += item.signed
    first, second = combine(
        [Terms(commitments, weights, WEIGHT_BITS), Terms(ciphertexts, scalars, Q.bit_length())]
    )
    return first == multiply(G, responses + signed) and second == add(
        multiply(key, responses), multiply(G, constants + signed)
    )


def _sums(setting: Setting, ballots: Sequence[Ballot]) -> tuple[tuple[Point, ...], ...]:
    return tuple(
        tuple(
            sum_each(
                [
                    [ballot.parts[contest].points[half] for ballot in ballots]
                    for half in range(2 * len(layout.cells))
                ]
            )
        )
        for contest, layout in enumerate(setting.layouts)
    )
