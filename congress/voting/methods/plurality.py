"""Choosing names: at most as many as there are seats."""

from congress.voting.methods.form import overmarked, unmarked, valid
from congress.voting.model import Contest, Judgement, Marks
from congress.voting.rules.model import Rule


class Plurality:
    """A marked cell is a name that was chosen; at most as many as there are seats."""

    def cells(self, contest: Contest) -> tuple[str, ...]:
        """Return one cell for each candidate."""
        return tuple(candidate.id for candidate in contest.candidates)

    def support(self, candidate_id: str) -> str:
        """Return the candidate's cell."""
        return candidate_id

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count the names chosen if they are not more than may be."""
        most = self.most(contest)
        if not marks:
            return unmarked(rule)
        if len(marks) > most:
            return overmarked(rule, "ballot.chosen_too_many", count=len(marks), seats=most)
        return valid(marks, "ballot.chosen", count=len(marks), seats=most)

    def most(self, contest: Contest) -> int:
        """Return how many names may be chosen."""
        return contest.seats


class KOfN(Plurality):
    """Choosing up to a number of names that is not that of the seats (a limited vote)."""

    def most(self, contest: Contest) -> int:
        """Return the number of choices that the contest gives."""
        return contest.choices


class Approval(Plurality):
    """Choosing as many names as one likes."""

    def judge(self, contest: Contest, rule: Rule, marks: Marks) -> Judgement:
        """Count every name chosen."""
        if not marks:
            return unmarked(rule)
        return valid(marks, "ballot.approved", count=len(marks))
