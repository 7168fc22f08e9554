"""Which cells a ballot of a contest has, which limits hold for them, what must be proven.

Pure geometry (sections 4 and 7): which layout a contest has is for ``congress.voting.layouts``
to say; here it is taken apart into ciphertexts and proofs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from congress.kernel.canonical import Json
from congress.kernel.errors import InputError
from congress.voting.crypto.fields import integer, text
from congress.voting.crypto.group import POINT_BYTES, SCALAR_BYTES

CIPHERTEXT_BYTES = 2 * POINT_BYTES
BIT_BYTES, EXACT_BYTES = 4 * SCALAR_BYTES, 2 * SCALAR_BYTES
MAGIC = b"PCB1"
SIGNATURE_BYTES = 2 * SCALAR_BYTES
HEADER_BYTES = len(MAGIC) + POINT_BYTES


@dataclass(frozen=True)
class Limit:
    """A linear sum of cells that must lie in a range.

    Attributes:
        terms: Pairs of the index of a cell and its coefficient, in the order of the cells.
        low: Least sum.
        high: Greatest sum.
    """

    terms: tuple[tuple[int, int], ...]
    low: int
    high: int

    @cached_property
    def weights(self) -> tuple[int, ...]:
        """Weights of the range bits, whose sums are just the numbers from 0 to high − low.

        None where the range is so narrow that one proof about the sum says it.
        """
        spread = self.high - self.low
        if spread < 2:
            return ()
        places = spread.bit_length()
        return (*(1 << place for place in range(places - 1)), spread - ((1 << places - 1) - 1))


@dataclass(frozen=True, slots=True)
class Statement:
    """What one proof of a ballot says about the contest's ciphertexts.

    Attributes:
        bit: Whether the sum encrypts 0 or 1; if not, it encrypts 0.
        terms: Pairs of the index of a ciphertext and its coefficient in the sum.
        constant: Taken from the sum.
    """

    bit: bool
    terms: tuple[tuple[int, int], ...]
    constant: int = 0


@dataclass(frozen=True)
class Layout:
    """The form of one contest's part of an encrypted ballot.

    Attributes:
        contest_id: The contest.
        cells: Names of the cells; each encrypts 0 or 1.
        limits: What holds for their sums.
    """

    contest_id: str
    cells: tuple[str, ...]
    limits: tuple[Limit, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the layout as it stands in the manifest."""
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

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Layout":
        """Return the layout that ``to_json`` wrote.

        Raises:
            InputError: ``voting.bad_layout`` if it wrote no such thing.
        """
        try:
            layout = cls(
                text(value["contest"]),
                tuple(map(text, value["cells"])),
                tuple(
                    Limit(
                        tuple((integer(cell), integer(factor)) for cell, factor in limit["terms"]),
                        integer(limit["low"]),
                        integer(limit["high"]),
                    )
                    for limit in value["limits"]
                ),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise InputError("voting.bad_layout") from error
        if layout.to_json() != value or not layout._sound():
            raise InputError("voting.bad_layout")
        return layout

    def _sound(self) -> bool:
        return bool(self.cells) and all(
            limit.terms
            and limit.low <= limit.high
            and all(0 <= cell < len(self.cells) and factor > 0 for cell, factor in limit.terms)
            for limit in self.limits
        )

    @cached_property
    def ciphertexts(self) -> int:
        """How many ciphertexts the contest's part has: cells and range bits."""
        return len(self.cells) + sum(len(limit.weights) for limit in self.limits)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """What the proofs say, in their order."""
        found = [Statement(True, ((cell, 1),)) for cell in range(len(self.cells))]
        place = len(self.cells)
        for limit in self.limits:
            bits = range(place, place + len(limit.weights))
            place = bits.stop
            found.extend(Statement(True, ((bit, 1),)) for bit in bits)
            slack = tuple((bit, -weight) for bit, weight in zip(bits, limit.weights, strict=True))
            one_apart = limit.high - limit.low == 1
            found.append(Statement(one_apart, limit.terms + slack, limit.low))
        return tuple(found)

    @cached_property
    def commitments(self) -> int:
        """How many points the proofs commit to: four for a bit, two for an exact one."""
        return sum(4 if item.bit else 2 for item in self.statements)

    @cached_property
    def length(self) -> int:
        """Bytes of the contest's part of a ballot."""
        proofs = sum(BIT_BYTES if item.bit else EXACT_BYTES for item in self.statements)
        return self.ciphertexts * CIPHERTEXT_BYTES + proofs

    def range_bits(self, values: Sequence[int]) -> tuple[int, ...]:
        """Return the values of the range bits for the values of the cells.

        Raises:
            InputError: ``voting.bad_ballot`` if a sum is outside its range.
        """
        bits: list[int] = []
        for limit in self.limits:
            slack = sum(values[cell] * factor for cell, factor in limit.terms) - limit.low
            if not 0 <= slack <= limit.high - limit.low:
                raise InputError("voting.bad_ballot")
            chosen = []
            for weight in reversed(limit.weights):
                taken = slack >= weight
                slack -= weight * taken
                chosen.append(int(taken))
            bits.extend(reversed(chosen))
        return tuple(bits)


def ballot_length(layouts: Sequence[Layout]) -> int:
    """Return how many bytes every ballot of a poll has."""
    return HEADER_BYTES + sum(layout.length for layout in layouts) + SIGNATURE_BYTES
