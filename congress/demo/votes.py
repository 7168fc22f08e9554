"""How the delegates of the sample congress vote: the same on every run."""

from collections.abc import Sequence
from random import Random

from congress.voting.model import Ballot, Contest

_SEED = 1927
YES, NO, ABSTAIN = "yes", "no", "abstain"


def motion_ballots(count: int) -> Sequence[Ballot]:
    """Return ``count`` ballots of a motion that carries: about three in four say yes."""
    answers = [YES if at % 4 else (NO if at % 8 else ABSTAIN) for at in range(count)]
    return [Ballot((frozenset({answer}),)) for answer in answers]


def election_ballots(contest: Contest, count: int) -> Sequence[Ballot]:
    """Return ``count`` strike-out ballots that leave two level at the last seat.

    One is left untouched, one has all names struck, the others are valid. Whoever keeps one
    of the two names keeps the other as well, so that they come out level.

    Args:
        contest: The contest, with two candidates more than seats at least.
        count: How many ballots, at least 20.
    """
    chance = Random(_SEED)  # noqa: S311 - a sample, nothing secret
    names = [candidate.id for candidate in contest.candidates]
    sure, level, rest = (
        names[: contest.seats - 1],
        names[contest.seats - 1 : contest.seats + 1],
        names[contest.seats + 1 :],
    )
    ballots = [Ballot((frozenset(names),)), Ballot((frozenset(),))]
    for at in range(count - len(ballots)):
        kept = [name for number, name in enumerate(sure) if number != at % len(sure)]
        if at % 3:
            kept += level
        else:
            kept += chance.sample(rest, min(len(rest), chance.randrange(3)))
        ballots.append(Ballot((frozenset(kept[: contest.seats]),)))
    return ballots


def deciding_ballots(contest: Contest, count: int) -> Sequence[Ballot]:
    """Return ``count`` ballots that elect the first of two, about two thirds to one third."""
    first, second = (candidate.id for candidate in contest.candidates)
    return [Ballot((frozenset({first if at % 3 else second}),)) for at in range(count)]


def paper_marks(names: Sequence[str], seats: int, count: int) -> Sequence[frozenset[str]]:
    """Return the names to strike on each of ``count`` ballot papers: more of the later ones."""
    chance = Random(_SEED)  # noqa: S311 - a sample, nothing secret
    marks = []
    for _ in range(count):
        liked = sorted(
            names,
            key=lambda name: chance.random() * (len(names) + 1 - names.index(name)),
            reverse=True,
        )
        marks.append(frozenset(liked[seats:]))
    return marks
