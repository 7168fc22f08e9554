"""Ranked ballots counted as if they had been marked: by plurality, or by approval.

A ballot counts one vote for each name that its voter would have marked. Under plurality these
are the first names, as many as there are seats: with one seat, the first preference. Under
approval they are all names on it, at whatever rank. Nothing is transferred.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.voting.model import Candidate, Contest, Method
from congress.voting.rules.ranking import rank
from congress.voting.stv.model import RankedBallots


@dataclass(frozen=True, slots=True)
class Unranked:
    """What ranked ballots come to without transfers. Candidates are numbered from 0.

    Attributes:
        votes: Votes of each candidate.
        empty: Ballots that name nobody who stands.
        elected: Who is elected, the most votes first.
        level: Those with the same votes at the last seats, more than ``seats``.
        seats: Seats left after ``elected``; more than nought without a tie where too few had
            any vote at all.
    """

    votes: tuple[int, ...]
    empty: int
    elected: tuple[int, ...]
    level: tuple[int, ...]
    seats: int


def count(method: Method, ballots: RankedBallots, decided: Sequence[int] = ()) -> Unranked:
    """Count ranked ballots by plurality or by approval.

    Args:
        method: ``PLURALITY`` or ``APPROVAL``.
        ballots: The ballots; those who have withdrawn are passed over.
        decided: Who was chosen by lot for each seat that a tie leaves open, in order.

    Returns:
        The count; up to the tie if ``decided`` does not reach or names nobody of it.
    """
    standing = ballots.standing
    votes, empty = [0] * len(ballots.candidates), 0
    for papers, ranking in ballots.ballots:
        named = [each for each in ranking if each in standing]
        empty += 0 if named else papers
        for each in named[: ballots.seats] if method is Method.PLURALITY else named:
            votes[each] += papers
    names = tuple(Candidate(str(each), ballots.candidates[each]) for each in standing)
    contest = Contest("ranked", ballots.title, method, ballots.seats, names)
    ranked = rank(contest, {str(at): had for at, had in enumerate(votes)}, lambda had: had > 0)
    elected, level = [*map(int, ranked.elected)], [*map(int, ranked.level)]
    for chosen in decided:
        if len(elected) == ballots.seats or chosen not in level:
            break
        level.remove(chosen)
        elected.append(chosen)
    left = ballots.seats - len(elected)
    return Unranked(tuple(votes), empty, tuple(elected), tuple(level) if left else (), left)
