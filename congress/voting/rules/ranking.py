"""Who comes first: the candidates by votes, and the tie at the last place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from congress.voting.methods.forms import FORMS
from congress.voting.model import Contest, Number


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates by votes.

    Attributes:
        standings: ``(candidate, votes)``, most votes first, then in ballot-paper order.
        reached: How many reached the threshold.
        elected: Those surely elected.
        level: Those with the same votes at the last place, more than ``seats``.
        seats: Seats left after ``elected``.
    """

    standings: tuple[tuple[str, Number], ...]
    reached: int
    elected: tuple[str, ...]
    level: tuple[str, ...]
    seats: int


def rank(
    contest: Contest, votes: Mapping[str, Number], reaches: Callable[[Number], bool]
) -> Ranking:
    """Return the ranking of the candidates of a contest.

    Args:
        contest: The contest.
        votes: Votes of every cell of its ballot paper.
        reaches: Whether so many votes are enough to be elected.
    """
    form = FORMS[contest.method]
    standings = tuple(
        sorted(
            ((item.id, votes[form.support(item.id)]) for item in contest.candidates),
            key=lambda standing: -standing[1],
        )
    )
    reached = [item for item in standings if reaches(item[1])]
    elected = [candidate_id for candidate_id, _ in reached]
    level: list[str] = []
    if len(reached) > contest.seats:
        last = reached[contest.seats - 1][1]
        elected = [candidate_id for candidate_id, had in reached if had > last]
        level = [candidate_id for candidate_id, had in reached if had == last]
        if len(elected) + len(level) == contest.seats:
            elected, level = elected + level, []
    return Ranking(
        standings, len(reached), tuple(elected), tuple(level), contest.seats - len(elected)
    )


def elders(contest: Contest, ranking: Ranking) -> tuple[str, ...]:
    """Return the eldest of those level, as many as seats are left.

    Empty where there is no tie, or where the dates of birth do not tell.
    """
    born: list[tuple[date, str]] = []
    for candidate_id in ranking.level:
        day = contest.candidate(candidate_id).born
        if day is None:
            return ()
        born.append((day, candidate_id))
    born.sort()
    if not born or born[ranking.seats - 1][0] == born[ranking.seats][0]:
        return ()
    return tuple(candidate_id for _, candidate_id in born[: ranking.seats])
