"""The cells and limits that a contest must have, and the proofs of a ballot (sections 4 and 7)."""

from dataclasses import dataclass

from congress.verifier import canonical
from congress.verifier.manifest import Contest

POINT, SCALAR = 33, 32
CIPHERTEXT, BIT_PROOF, EXACT_PROOF = 2 * POINT, 4 * SCALAR, 2 * SCALAR


@dataclass(frozen=True, slots=True)
class Limit:
    """``low <= sum of coefficient * cell <= high``; a term is (cell, coefficient)."""

    terms: tuple[tuple[int, int], ...]
    low: int
    high: int

    def weights(self) -> tuple[int, ...]:
        """Return the weights of the range bits; none where a single proof is enough."""
        width = self.high - self.low
        if width < 2:
            return ()
        bits = width.bit_length()
        return (*(2**place for place in range(bits - 1)), width - (2 ** (bits - 1) - 1))


@dataclass(frozen=True, slots=True)
class Claim:
    """What one proof says: the sum of the terms, less ``constant``, encrypts 0 (or 0 or 1).

    Attributes:
        bit: Whether 1 is allowed beside 0.
        terms: (ciphertext, coefficient).
        constant: What is taken off.
    """

    bit: bool
    terms: tuple[tuple[int, int], ...]
    constant: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How the part of one contest in a ballot is laid out.

    Attributes:
        contest_id: The contest.
        cells: Names of the cells.
        limits: What must hold for them.
        ciphertexts: How many there are, range bits included.
        claims: What the proofs say, in order.
        length: Bytes of the part.
        hints: Bytes of its hints.
    """

    contest_id: str
    cells: tuple[str, ...]
    limits: tuple[Limit, ...]
    ciphertexts: int
    claims: tuple[Claim, ...]
    length: int
    hints: int

    def to_json(self) -> canonical.Json:
        """Return the layout as the manifest must have it."""
        return {
            "contest": self.contest_id,
            "cells": list(self.cells),
            "limits": [
                {
                    "terms": [list(term) for term in limit.terms],
                    "low": limit.low,
                    "high": limit.high,
                }
                for limit in self.limits
            ],
        }


def layout_of(contest: Contest, unmarked: str, overmarked: str) -> Layout:
    """Return the layout that a contest has by section 4.

    Args:
        contest: The contest; not a ranked one.
        unmarked: What the rule makes of a ballot without a choice.
        overmarked: What it makes of one with too many.
    """
    form = contest.cells
    flags = _flags(contest, unmarked, overmarked)
    cells = form + flags
    both = range(len(form), len(cells))

    def limit(most: int) -> Limit:
        terms = [(cell, 1) for cell in range(len(form))] + [(flag, most) for flag in both]
        return Limit(tuple(terms), 1, most)

    names = len(contest.candidates)
    match contest.method:
        case "yes_no_abstain":
            limits = [limit(1)]
        case "strike_out" | "plurality":
            limits = [limit(min(contest.seats, names))]
        case "k_of_n":
            limits = [limit(min(contest.choices, names))]
        case "approval":
            limits = [limit(names)]
        case _ if names == 1:
            limits = [limit(1)]
        case _:
            limits = [Limit(((2 * name, 1), (2 * name + 1, 1)), 0, 1) for name in range(names)]
    return layout(contest.id, cells, tuple(limits))


def _flags(contest: Contest, unmarked: str, overmarked: str) -> tuple[str, ...]:
    if contest.method == "agree_disagree" and len(contest.candidates) > 1:
        return ()
    blank = unmarked == "blank"
    invalid = unmarked == "invalid" or (overmarked == "invalid" and contest.method != "approval")
    return (*((":blank",) if blank else ()), *((":invalid",) if invalid else ()))


def layout(contest_id: str, cells: tuple[str, ...], limits: tuple[Limit, ...]) -> Layout:
    """Return a layout with its proofs in the order of section 7."""
    claims = [Claim(True, ((cell, 1),), 0) for cell in range(len(cells))]
    place = len(cells)
    for limit in limits:
        weights = limit.weights()
        slack = tuple((place + number, -weight) for number, weight in enumerate(weights))
        claims += [Claim(True, ((bit, 1),), 0) for bit, _ in slack]
        claims.append(Claim(limit.high - limit.low == 1, limit.terms + slack, limit.low))
        place += len(weights)
    bits = sum(claim.bit for claim in claims)
    exact = len(claims) - bits
    return Layout(
        contest_id,
        cells,
        limits,
        place,
        tuple(claims),
        place * CIPHERTEXT + bits * BIT_PROOF + exact * EXACT_PROOF,
        place * 2 * SCALAR + bits * 8 * SCALAR + exact * 4 * SCALAR,
    )
