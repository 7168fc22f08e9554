"""The voters' part of a simulated poll: their cards, their choices, their encrypted ballots."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from congress.kernel.progress import Progress, Silent
from congress.voting.crypto import credentials
from congress.voting.crypto.ballots import Encrypted, credential_of, encrypt
from congress.voting.crypto.context import Context
from congress.voting.crypto.layout import Layout
from congress.voting.crypto.workers import processors, spread
from congress.voting.layouts import values_of
from congress.voting.outcome import Reconciliation
from congress.voting.simulation.scenario import Scenario
from congress.voting.simulation.voters import Voters

_SPARE, _SPOILED = 50, 1
"""One card in so many is left over; so many are voided."""
_AT_ONCE = 1_000
"""Ciphertexts that are made between two reports of progress."""
_ALONE = 1_500
"""Ciphertexts for which no second process is worth its start."""


@dataclass(frozen=True, slots=True)
class Box:
    """What the voters left behind.

    Attributes:
        ballots: Cast ones.
        challenged: One that was opened instead.
        spoiled: Public credentials of the cards voided.
        unused: Of the cards left over.
    """

    ballots: tuple[bytes, ...]
    challenged: Encrypted
    spoiled: tuple[bytes, ...]
    unused: tuple[bytes, ...]

    @property
    def issued(self) -> list[bytes]:
        """Public credentials of all cards."""
        used = map(credential_of, self.ballots)
        return sorted((*used, *self.spoiled, *self.unused))

    @property
    def figures(self) -> Reconciliation:
        """Cards against ballots."""
        cast = len(self.ballots)
        return Reconciliation(
            len(self.issued), cast, cast, cast, len(self.spoiled), len(self.unused)
        )


def opinions(
    scenario: Scenario, layouts: Sequence[Layout], cast: int, seed: int
) -> list[list[list[int]]]:
    """Return what the ballot of each voter encrypts, contest by contest.

    Args:
        scenario: What is voted on.
        layouts: One for each contest.
        cast: How many vote.
        seed: Of their choices.
    """
    random = Random(seed)  # noqa: S311 - opinions, not keys
    voters = [Voters(contest, scenario.rule, random) for contest in scenario.plan.contests]
    return [
        [
            values_of(layout, voter.judgement())
            for layout, voter in zip(layouts, voters, strict=True)
        ]
        for _ in range(cast)
    ]


def _code() -> str:
    return credentials.new_code(secrets.token_bytes(credentials.ENTROPY_BYTES))


def vote(
    context: Context,
    layouts: tuple[Layout, ...],
    values: Sequence[Sequence[Sequence[int]]],
    workers: int | None,
    progress: Progress | None,
) -> Box:
    """Give out cards, encrypt the ballots on all processors, and open one to a challenge.

    Args:
        context: The poll and its key.
        layouts: One for each contest.
        values: What each ballot encrypts, at least one.
        workers: Processes; by default one for each processor, or none for a few ballots.
        progress: Told how many ballots are encrypted; may cancel.

    Raises:
        Cancelled: The person cancelled.
    """
    codes = [_code() for _ in values]
    each = sum(layout.ciphertexts for layout in layouts)
    size = max(1, _AT_ONCE // each)
    starts = range(0, len(values), size)
    pieces = [(codes[at : at + size], values[at : at + size]) for at in starts]
    if workers is None:
        workers = processors() if each * len(values) > _ALONE else 1
    made = spread(
        partial(_cast, context, layouts),
        pieces,
        [len(piece) for piece, _ in pieces],
        workers=min(workers, len(pieces)),
        progress=progress or Silent(),
    )
    election = context.election_id
    # An auditor has the first card's ballot opened, and then casts another with the same card.
    challenged = encrypt(context, layouts, values[0], credentials.secret_of(election, codes[:1]))
    spare = 1 + len(values) // _SPARE
    left = [
        credentials.public_of(credentials.secret_of(election, [_code()]))
        for _ in range(_SPOILED + spare)
    ]
    cast = tuple(ballot for piece in made for ballot in piece)
    return Box(cast, challenged, tuple(left[:_SPOILED]), tuple(left[_SPOILED:]))


def _cast(
    context: Context,
    layouts: tuple[Layout, ...],
    piece: tuple[Sequence[str], Sequence[Sequence[Sequence[int]]]],
) -> list[bytes]:
    """Return the ballots of some voters, each with the code of its card."""
    return [
        encrypt(context, layouts, values, credentials.secret_of(context.election_id, [code])).ballot
        for code, values in zip(*piece, strict=True)
    ]
