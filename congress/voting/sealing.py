"""How a ballot lies in the box: the seam at which encryption goes in.

``UnsealedBallots`` is what there is now. It hides nothing by itself: whoever holds a
passphrase of the congress and reads the vault's file past the program can read the ballots
in the box, though none bears a name. The screens say so, from ``not_guaranteed``.
"""

import secrets
from collections.abc import Callable, Sequence
from typing import Protocol

from congress.kernel.canonical import Json
from congress.kernel.errors import InputError
from congress.voting.ballots import from_bits, to_bits
from congress.voting.methods.counting import count
from congress.voting.model import Ballot, Plan
from congress.voting.outcome import Count
from congress.voting.rules.model import Rule

_NONCE_LENGTH = 16


class Sealing(Protocol):
    """Turns a ballot into what is kept of it, and the box into totals."""

    @property
    def suite(self) -> str:
        """Name of the way of sealing, as it stands in the manifest."""
        ...

    @property
    def not_guaranteed(self) -> tuple[str, ...]:
        """Keys of the texts that say what this way of sealing does not protect.

        The first says it to a voter in a line; the others say it in full.
        """
        ...

    def seal(self, plan: Plan, ballot: Ballot) -> Json:
        """Return what is kept of ``ballot``: no two are equal, all of one size."""
        ...

    def holds(self, plan: Plan, payload: Json, ballot: Ballot) -> bool:
        """Return whether ``payload`` is this ballot, for a request that is repeated."""
        ...

    def totals(self, plan: Plan, rule: Rule, payloads: Sequence[Json]) -> tuple[Count, ...]:
        """Return the totals of every contest.

        Raises:
            InputError: ``voting.bad_ballot`` if something in the box is no ballot.
        """
        ...


class UnsealedBallots:
    """Ballots in plain, each with a random number that makes its tracking code its own."""

    def __init__(self, entropy: Callable[[int], bytes] = secrets.token_bytes) -> None:
        """Take the source of the random numbers."""
        self._entropy = entropy

    @property
    def suite(self) -> str:
        """Say plainly that nothing is encrypted."""
        return "unsealed/1"

    @property
    def not_guaranteed(self) -> tuple[str, ...]:
        """Name what a stranger to the hall must not be led to believe."""
        return (
            "chair.not_guaranteed.short",
            "chair.not_guaranteed.encryption",
            "chair.not_guaranteed.traces",
            "chair.not_guaranteed.recount",
            "chair.not_guaranteed.room",
        )

    def seal(self, plan: Plan, ballot: Ballot) -> Json:
        """Return the ballot's bits with 128 random bits."""
        return {
            "bits": to_bits(plan.contests, ballot),
            "nonce": self._entropy(_NONCE_LENGTH).hex(),
        }

    def holds(self, plan: Plan, payload: Json, ballot: Ballot) -> bool:
        """Return whether the bits are the ballot's."""
        return _open(plan, payload) == ballot

    def totals(self, plan: Plan, rule: Rule, payloads: Sequence[Json]) -> tuple[Count, ...]:
        """Open every ballot and count each contest twice."""
        opened = [_open(plan, payload) for payload in payloads]
        return tuple(
            count(contest, rule, [ballot.marks[index] for ballot in opened])
            for index, contest in enumerate(plan.contests)
        )


def _open(plan: Plan, payload: Json) -> Ballot:
    if not isinstance(payload, dict) or set(payload) != {"bits", "nonce"}:
        raise InputError("voting.bad_ballot")
    return from_bits(plan.contests, payload["bits"])
