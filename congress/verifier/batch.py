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
from congress.verifier.curve import Affine, G, Point, Q
from congress.verifier.faults import Fault
from congress.verifier.lanes import sum_each
from congress.verifier.msm import combine_groups
from congress.verifier.unhinted import check_all

WEIGHT_BITS = 128
_BYTES = WEIGHT_BITS // 8


@dataclass(frozen=True, slots=True)
class Equations:
    """The weighted equations of one ballot: points, and what each is multiplied by.

    Attributes:
        commitments: Points with weights of ``WEIGHT_BITS``.
        weights: Their weights.
        points: Ciphertexts and credential.
        scalars: Their scalars, less than ``Q``.
        base: What the base point is multiplied by.
        key: What the joint key is multiplied by.
    """

    commitments: tuple[Affine, ...]
    weights: tuple[int, ...]
    points: tuple[Affine, ...]
    scalars: tuple[int, ...]
    base: int
    key: int


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
    ``r`` and commitments ``a``, ``b``: ``a + c A - r G`` and ``b + c (B - i G) - r Y`` are
    the identity; for the signature ``u + c K - r G``.

    Raises:
        Fault: A challenge is not what it must be, or the ballot is without hints.
    """
    if ballot.commitment is None:
        raise Fault("bad_hint")
    check_challenges(
        setting, ballot, [part.commitments for part in ballot.parts], ballot.commitment
    )
    commitments: list[Affine] = []
    points: list[Affine] = []
    scalars: list[int] = []
    for part in ballot.parts:
        commitments += part.commitments
        points += part.points
    commitments.append(ballot.commitment)
    random = secrets.token_bytes(_BYTES * len(commitments))
    weights = [
        int.from_bytes(random[place : place + _BYTES], "big")
        for place in range(0, len(random), _BYTES)
    ]
    base = key = 0
    at = 0
    for part in ballot.parts:
        factors = [0] * len(part.points)
        for claim, proof in zip(part.layout.claims, part.proofs, strict=True):
            if claim.bit:
                c0, c1, r0, r1 = proof
                u0, v0, u1, v1 = weights[at : at + 4]
                at += 4
                first = u0 * c0 + u1 * c1
                second = v0 * c0 + v1 * c1
                base -= u0 * r0 + u1 * r1 + v1 * c1 + second * claim.constant
                key -= v0 * r0 + v1 * r1
            else:
                c, r = proof
                u, v = weights[at : at + 2]
                at += 2
                first, second = u * c, v * c
                base -= u * r + second * claim.constant
                key -= v * r
            for ciphertext, coefficient in claim.terms:
                factors[2 * ciphertext] += coefficient * first
                factors[2 * ciphertext + 1] += coefficient * second
        scalars += [factor % Q for factor in factors]
    c, r = ballot.signature
    points.append(ballot.credential)
    scalars.append(weights[at] * c % Q)
    base -= weights[at] * r
    return Equations(
        tuple(commitments), tuple(weights), tuple(points), tuple(scalars), base % Q, key % Q
    )


def _guilty(key: Affine, equations: Sequence[tuple[int, Equations]]) -> list[int]:
    """Return the positions of the ballots whose equations do not all hold."""
    if not equations or _holds(key, [item for _, item in equations]):
        return []
    if len(equations) == 1:
        return [equations[0][0]]
    middle = len(equations) // 2
    return _guilty(key, equations[:middle]) + _guilty(key, equations[middle:])


def _holds(key: Affine, equations: Sequence[Equations]) -> bool:
    commitments: list[Affine] = []
    weights: list[int] = []
    points = [G, key]
    scalars = [sum(item.base for item in equations) % Q, sum(item.key for item in equations) % Q]
    for item in equations:
        commitments += item.commitments
        weights += item.weights
        points += item.points
        scalars += item.scalars
    groups = [(commitments, weights, WEIGHT_BITS), (points, scalars, Q.bit_length())]
    return combine_groups(groups) is None


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
