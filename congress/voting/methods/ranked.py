"""Putting names in an order: the paper of the single transferable vote."""

from collections.abc import Mapping

from congress.voting.methods.form import overmarked, unmarked, valid
from congress.voting.model import Contest, Judgement, Marks
from congress.voting.rules.model import Rule


def cell(candidate_id: str, rank: int) -> str:
    """Return the cell that gives a candidate this rank, from 1."""
    return f"{candidate_id}:{rank}"


def marks_of(ranking: tuple[str, ...]) -> Marks:
    """Return the marks of a paper on which these candidates bear the ranks from 1 on."""
    return frozenset(cell(candidate_id, rank) for rank, candidate_id in enumerate(ranking, 1))


def ranking_of(contest: Contest, marks: Marks) -> tuple[str, ...]:
    """Return the candidates in the order that the marks give, as far as it is clear.

    The order ends before the first rank that not exactly one candidate bears, or whose
    candidate bears another rank too: nobody can tell what the voter wanted from there on.
    """
    ranks = _ranks(contest, marks)
    bearers: dict[int, list[str]] = {}
    for candidate_id, borne in ranks.items():
        for rank in borne:
            bearers.setdefault(rank, []).append(candidate_id)
    ranking: list[str] = []
    for rank in range(1, len(contest.candidates) + 1):
        bearing = bearers.get(rank, [])
        if len(bearing) != 1 or len(ranks[bearing[0]]) > 1:
            break
        ranking.append(bearing[0])
    return tuple(ranking)


def _ranks(contest: Contest, marks: Marks) -> Mapping[str, list[int]]:
    numbers = range(1, len(contest.candidates) + 1)
    return {
        item.id: [rank for rank in numbers if cell(item.id, rank) in marks]
        for item in contest.candidates
    }


class Ranked:
    """One cell for each candidate and rank."""

    def cells(self, contest: Contest) -> tuple[str, ...]:
        """Return every rank of the first candidate, then of the next."""
        ranks = range(1, len(contest.candidates) + 1)
        return tuple(cell(item.id, rank) for item in contest.candidates for rank in ranks)

    def support(self, candidate_id: str) -> str:
        """Return the candidate's first preference."""
        return cell(candidate_id, 1)

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count the order as far as it is clear; without a clear first there is none."""
        if not marks:
            return unmarked(rule)
        ranking = ranking_of(contest, marks)
        if not ranking:
            return overmarked(rule, "ballot.no_first")
        counted = marks_of(ranking)
        key = "ballot.ranked" if counted == marks else "ballot.ranked_partly"
        return valid(counted, key, count=len(ranking))
