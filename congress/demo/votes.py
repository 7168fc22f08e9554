"""How the delegates of the sample congress vote: the same on every run."""

from collections.abc import Sequence
from random import Random

from congress.voting.model import Ballot, Contest

_SEED = 1927
YES, NO, ABSTAIN = "yes", "no", "abstain"
_LEANINGS = (6, 5, 4, 8, 2, 3, 9, 7, 4)
"""How much each candidate is liked; who is liked less is struck out more often."""


def motion_ballots(count: int) -> Sequence[Ballot]:
    """Return ``count`` ballots of a motion that carries: about three in four say yes."""
    answers = [YES if at % 4 else (NO if at % 8 else ABSTAIN) for at in range(count)]
    return [Ballot((frozenset({answer}),)) for answer in answers]


def election_ballots(contest: Contest, count: int) -> Sequence[Ballot]:
    """Return ``count`` strike-out ballots: most valid, one untouched, one with all struck.

    Args:
        contest: The contest, with at most nine candidates.
        count: How many ballots, at least 2.
    """
    chance = Random(_SEED)  # noqa: S311 - a sample, nothing secret
    names = [candidate.id for candidate in contest.candidates]
    ballots = [Ballot((frozenset(names),)), Ballot((frozenset(),))]
    while len(ballots) < count:
        liked = sorted(
            names,
            key=lambda name: chance.random() * _LEANINGS[names.index(name)],
            reverse=True,
        )
        ballots.append(Ballot((frozenset(liked[: contest.seats - chance.randrange(2)]),)))
    return ballots
